"""What archive.toml withholds is in no answer of any command, and stays on disk."""

import gzip
import json
import re
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow.parquet
import pytest

from archiver.errors import Exit
from tests.cli.running import ROOT, archiver, execute, make_archive, query
from tests.cli.test_serve import get, get_json

SECRET = "https://example.org/zweckform/"  # noqa: S105 - an address
SHOWN = "https://example.org/boat/"
PAGE = """<!doctype html><html lang="en"><head><title>{title}</title>
<meta property="og:type" content="article"></head><body><article><h1>{title}</h1><p>{text}</p></article>
<ol class="comment-list">{comments}</ol></body></html>"""
COMMENT = """<li id="comment-{number}" class="comment"><article><footer class="comment-meta"><b class="fn">{author}</b>
<a href="{url}#comment-{number}"><time datetime="2024-05-0{number}T10:00:00+00:00">May {number}</time></a></footer>
<div class="comment-content"><p>{text}</p></div></article></li>"""
SENTENCE = "The {animal} was seen again on the river this morning, and nobody could say where it had come from. "
HIDDEN = ("aardwolf", "zweckform", "quokkabear", "Xanthippe")
"""Words of the article and of the comment that are withheld."""


def page(url: str, animal: str, *comments: tuple[str, str]) -> str:
    shown = (
        COMMENT.format(number=number, author=author, url=url, text=text)
        for number, (author, text) in enumerate(comments, start=1)
    )
    text = SENTENCE.format(animal=animal) * 8
    return PAGE.format(title=f"The {animal} on the river", text=text, comments="".join(shown))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two articles, one withheld; the other twice, the first time without the comment that is withheld."""
    place = tmp_path_factory.mktemp("withhold")
    folder = make_archive(place / "my-archive")
    first, then = ("Robert", "What a fine boat that is"), ("Xanthippe", "I am the quokkabear of this town")
    for name, url, html in (
        ("a.html", SHOWN, page(SHOWN, "boat", first)),
        ("b.html", SHOWN, page(SHOWN, "boat", first, then)),
        ("c.html", SECRET, page(SECRET, "aardwolf", first)),
    ):
        (place / name).write_text(html, encoding="utf-8")
        done = archiver("-C", folder, "add", place / name, "--url", url)
        assert done.code == Exit.OK, done
    assert query(folder, "select count(*) as n from comments where text like '%quokkabear%'") == [{"n": 1}]
    with (folder / "archive.toml").open("a", encoding="utf-8") as config:
        config.write(f'[withhold]\n"{SECRET}" = "court order 1/24"\n"{SHOWN}#comment-2" = "her wish"\n')
    return folder


def clean(text: str) -> bool:
    return not [word for word in HIDDEN if word.lower() in text.lower()]


def contents(path: Path) -> str:
    """All that an export says, unpacked, with the names of its files."""
    if path.is_dir():
        return "\n".join(
            f"{one.relative_to(path)}\n{contents(one)}" for one in sorted(path.rglob("*")) if one.is_file()
        )
    if path.suffix == ".parquet":
        return repr(pyarrow.parquet.read_table(path).to_pylist())
    if path.suffix == ".wacz":
        with zipfile.ZipFile(path) as packed:
            parts = [packed.read(name) for name in packed.namelist()]
        return "\n".join((gzip.decompress(part) if part[:2] == b"\x1f\x8b" else part).decode() for part in parts)
    return path.read_text(encoding="utf-8")


ALL, ONE, NEW = (), ("--article", SHOWN), ("--since", "2020-01-01")


@pytest.mark.parametrize(
    ("form", "scope"),
    [*((form, ALL) for form in ("jsonl", "csv", "parquet", "markdown", "wacz")), ("wacz", ONE), ("wacz", NEW)],
    ids=lambda one: one if isinstance(one, str) else "".join(one[:1]) or "all",
)
def test_no_export_holds_what_is_withheld(folder: Path, tmp_path: Path, form: str, scope: tuple[str, ...]) -> None:
    out = tmp_path / f"out.{form}"
    done = archiver("-C", folder, "export", form, out, *scope)
    assert done.code == Exit.OK, done
    said = contents(out)
    assert "fine boat" in said
    assert clean(said), [word for word in HIDDEN if word in said]
    if form == "wacz":
        count = 1 if "--article" in scope else 2
        captures = "1 capture" if count == 1 else f"{count} captures"
        assert done.err == f"{captures} left out: what they show is withheld, as archive.toml says\n"
    else:
        assert done.err == ""


def test_rebuild_check_names_rows_and_quotes_none(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    execute(copy, "update articles set title = 'forged ' || title, text = 'forged ' || text")
    done = archiver("-C", copy, "rebuild", "--check")
    assert done.code == Exit.NOT_FOUND
    named = re.findall(r"^articles \w+: title differs between the WARC files and the database$", done.out, re.MULTILINE)
    assert len(named) == 2
    assert clean(done.out + done.err)


def test_withheld_article_alone_cannot_be_exported(folder: Path, tmp_path: Path) -> None:
    for form in ("jsonl", "wacz"):
        done = archiver("-C", folder, "export", form, tmp_path / "out", "--article", SECRET)
        assert (done.code, done.out) == (Exit.NOT_FOUND, "")
        assert "is withheld; [withhold] in archive.toml says why" in done.err


def test_nothing_is_left_to_be_exported(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    with (copy / "archive.toml").open("a", encoding="utf-8") as config:
        config.write(f'"{SHOWN}" = "the same order"\n')
    done = archiver("-C", copy, "export", "wacz", tmp_path / "out.wacz")
    assert (done.code, done.out) == (Exit.NOT_FOUND, "")
    assert done.err.endswith("there are no captures of copy but 3 captures of what archive.toml withholds\n")


def test_show_says_that_it_is_withheld_and_no_more(folder: Path) -> None:
    done = archiver("-C", folder, "show", SECRET)
    assert (done.code, done.out) == (Exit.NOT_FOUND, "")
    assert "is withheld" in done.err
    assert clean(done.err)
    done = archiver("-C", folder, "show", SHOWN, "--json")
    assert [one["author"] for one in done.json["comments"]] == ["Robert"]
    assert clean(json.dumps(done.json["comments"]))


def test_diff_shows_nothing_of_it(folder: Path) -> None:
    done = archiver("-C", folder, "diff", SECRET)
    assert (done.code, done.out) == (Exit.NOT_FOUND, "")
    assert clean(done.err)
    for options in ([], ["--json"]):
        done = archiver("-C", folder, "diff", SHOWN, *options)
        assert clean(done.out), done.out


@pytest.mark.parametrize("words", ["aardwolf", "quokkabear", "river author:xanthippe", "site:example.org"])
def test_search_finds_nothing_of_it(folder: Path, words: str) -> None:
    done = archiver("-C", folder, "search", words, "--json")
    assert done.code == Exit.OK
    assert clean(done.out)


def test_names_that_fit_nothing_are_notes_of_status(folder: Path) -> None:
    path = folder / "archive.toml"
    before = path.read_text(encoding="utf-8")
    path.write_text(f'{before}"https://example.org/to-come/" = "x"\n', encoding="utf-8")
    try:
        done = archiver("-C", folder, "status")
        assert done.code == Exit.OK
        assert 'note: withheld "https://example.org/to-come/" names nothing in the archive yet\n' in done.out
        assert archiver("-C", folder, "status", "--json").json["notes"] == [
            'withheld "https://example.org/to-come/" names nothing in the archive yet'
        ]
    finally:
        path.write_text(before, encoding="utf-8")
    assert archiver("-C", folder, "status", "--json").json["notes"] == []


def test_add_says_only_that_it_is_withheld(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    saved, url = tmp_path / "c.html", f"{SECRET}more/"
    saved.write_text(page(url, "aardwolf", ("Robert", "What a fine boat that is")), encoding="utf-8")
    with (copy / "archive.toml").open("a", encoding="utf-8") as config:
        config.write(f'"{url}" = "the same order"\n')
    for _ in range(2):  # the first time it is new to the archive
        done = archiver("-C", copy, "add", saved, "--url", url)
        assert (done.code, done.err) == (Exit.OK, "")
        assert re.fullmatch(r"[a-z2-7]{16}  withheld; \[withhold\] in archive.toml says why\n", done.out)
    result = archiver("-C", copy, "add", saved, "--url", url, "--json").json
    assert (result["withheld"], result["title"], result["comments"], result["problem"]) == (True, None, 0, None)


def test_id_that_means_nothing_is_told_of_by_whatever_shows(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    with (copy / "archive.toml").open("a", encoding="utf-8") as config:
        config.write('"aaaaaaaaaaaaaaaa" = "a comment"\n')
    line = 'withheld "aaaaaaaaaaaaaaaa" is the id of nothing in the archive: name the URL or permalink instead\n'
    for command in (["show", SHOWN], ["search", "boat"], ["diff", SHOWN], ["export", "jsonl", tmp_path / "out"]):
        done = archiver("-C", copy, *command)
        assert (done.code, done.err) == (Exit.OK, f"archiver: {line}")
    status = archiver("-C", copy, "status")
    assert f"note: {line}" in status.out


def test_what_is_withheld_stays_on_disk(folder: Path) -> None:
    files = b"".join(gzip.decompress(path.read_bytes()) for path in (folder / "archive").iterdir())
    assert b"aardwolf" in files
    assert query(folder, "select count(*) as n from articles") == [{"n": 2}]


@contextmanager
def served(folder: Path, temporary: Path, said: list[str]) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    command = [sys.executable, "-m", "archiver", "-C", str(folder), "serve", "--port", "0"]
    environment = {"PATH": "/usr/bin:/bin", "TMPDIR": str(temporary), "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:  # noqa: S603 - ours
        assert process.stderr
        for line in process.stderr:
            said.append(line)
            if found := re.search(r"Uvicorn running on (http://\S+)", line):
                yield found[1], process
                break
        process.stderr.read()


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM], ids=lambda one: one.name)
def test_serve_shows_a_copy_without_it(folder: Path, tmp_path: Path, end: signal.Signals) -> None:
    said: list[str] = []
    with served(folder, tmp_path, said) as (base, process):
        [place] = tmp_path.iterdir()
        assert place.stat().st_mode & 0o077 == 0
        assert any("a copy without it, as of now" in line for line in said)
        for table in ("articles", "comments", "captures", "sightings"):
            assert clean(get(f"{base}/archive/{table}.json?_shape=array&_size=max")), table
        assert [one["url"] for one in get_json(f"{base}/archive/articles.json?_shape=array")] == [SHOWN]
        for path in tmp_path.rglob("*.db*"):
            assert clean(path.read_bytes().decode("latin-1")), path
        process.send_signal(end)
    assert list(tmp_path.iterdir()) == []
