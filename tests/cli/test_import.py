"""``import``: files of six other programs into the books of an archive: once, in any order, whole or damaged."""

import hashlib
import os
from collections.abc import Callable, Iterable
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from archiver.cli import run
from archiver.errors import Exit
from archiver.folder import make_folder
from db.descriptions import DERIVED
from tests.cli.running import Done, archiver, dump, execute, make_archive, query
from tests.site_answers import png
from tests.warc import foreign
from tests.warc.made import member, packed, record
from warc.importing import remove_drafts

Import = Callable[..., Done]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_folder(tmp_path / "archive").root


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Import:
    """The command line in this process: the same code, without a second to start each time."""

    def call(folder: Path, *args: str | Path) -> Done:
        capsys.readouterr()
        code = run(["-C", str(folder), *map(str, args)])
        printed = capsys.readouterr()
        return Done(code=code, out=printed.out, err=printed.err)

    return call


def source(tmp_path: Path, name: str, data: bytes) -> Path:
    path = tmp_path / "sources" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    return path


def derived(folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    return dump(folder, tuple(table for table in DERIVED if table not in ("articles_fts", "comments_fts")))


def state(folder: Path) -> dict[str, str]:
    """Digest of every file of the archive but the database, whose rows are compared instead."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith("archive.db")
    }


@pytest.mark.parametrize("plain", [True, False], ids=["plain", "gzip"])
@pytest.mark.parametrize(("make", "captures"), foreign.TOOLS.values(), ids=foreign.TOOLS)
def test_file_of_another_tool_is_taken_in(
    tmp_path: Path,
    folder: Path,
    command: Import,
    make: Callable[[], list[bytes]],
    captures: int,
    *,
    plain: bool,
) -> None:
    path = source(tmp_path, "x.warc" if plain else "x.warc.gz", packed(make(), plain=plain))
    done = command(folder, "import", path)
    records = len(make())
    assert (done.code, done.err) == (Exit.OK, "")
    assert done.out == f"{path}: {records} records, {captures} captures, kept as {path.name}\n"
    [article] = query(folder, "select * from articles")
    assert article["url"] == foreign.URL
    assert article["comment_count"] > 0
    revisits = query(folder, "select * from captures where record_type = 'revisit'")
    assert [(row["verdict"], row["error"]) for row in revisits] == [("article", None)] * len(revisits)
    assert article["capture_count"] == 1 + len(revisits)
    assert len((folder / "indexes" / "index.cdxj").read_text().splitlines()) == captures
    assert command(folder, "verify").out.endswith("all well\n")
    assert command(folder, "rebuild", "--check").code == Exit.OK


def test_importing_twice_changes_nothing(tmp_path: Path, folder: Path, command: Import) -> None:
    paths = [
        source(tmp_path, "a.warc.gz", packed(foreign.wget("1.1"))),
        source(tmp_path, "b.wacz", foreign.wacz({"b.warc.gz": packed(foreign.browsertrix())})),
    ]
    assert command(folder, "import", *paths).code == Exit.OK
    before = state(folder), derived(folder)
    again = command(folder, "import", *paths)
    assert again.out == (
        f"{paths[0]}: here already, as a.warc.gz\n{paths[1]}:archive/b.warc.gz: here already, as b.warc.gz\n"
    )
    assert (state(folder), derived(folder)) == before
    renamed = source(tmp_path, "other.warc.gz", paths[0].read_bytes())
    assert "here already, as a.warc.gz" in command(folder, "import", renamed).out
    assert (state(folder), derived(folder)) == before


def _import_all(folder: Path, command: Import, paths: Iterable[Path]) -> dict[str, list[tuple[Any, ...]]]:
    for path in paths:
        assert command(folder, "import", path).code == Exit.OK
    assert command(folder, "rebuild", "--check").code == Exit.OK
    return derived(folder)


def test_order_of_import_does_not_matter(tmp_path: Path, command: Import) -> None:
    """The original of a revisit may come after it; what could not be resolved then is resolved later."""
    original, revisit = foreign.pywb()[0], foreign.pywb()[2]
    paths = [
        source(tmp_path, "original.warc.gz", packed([original])),
        source(tmp_path, "revisit.warc.gz", packed([revisit])),
        source(tmp_path, "other.warc.gz", foreign.second_page()),
    ]
    rows = [
        _import_all(make_folder(tmp_path / f"archive-{number}").root, command, order)
        for number, order in enumerate(list(permutations(paths))[::2])
    ]
    assert rows[0]["articles"]
    assert all(one == rows[0] for one in rows)


def test_same_name_with_other_content_is_kept_beside(tmp_path: Path, folder: Path, command: Import) -> None:
    for content in (packed(foreign.pywb()), foreign.second_page()):
        assert command(folder, "import", source(tmp_path, "x.warc.gz", content)).code == Exit.OK
    names = sorted(path.name for path in (folder / "archive").iterdir())
    assert len(names) == 2
    assert names[1] == "x.warc.gz"
    assert len(query(folder, "select id from articles")) == 2
    assert command(folder, "verify").code == Exit.OK


def test_damage_is_named_by_record_and_the_rest_is_taken_in(tmp_path: Path, folder: Path, command: Import) -> None:
    bad = bytearray(member(record(7)))
    bad[40] ^= 0xFF
    data = packed(foreign.pywb()) + bytes(bad) + foreign.second_page()
    path = source(tmp_path, "x.warc.gz", data)
    done = command(folder, "import", path)
    offset = len(packed(foreign.pywb()))
    assert done.code == Exit.DAMAGE
    assert done.err.startswith(f"archiver: x.warc.gz, offset {offset}: ")
    assert len(query(folder, "select id from articles")) == 2
    assert path.read_bytes() == data == (folder / "archive" / "x.warc.gz").read_bytes()
    told = command(folder, "import", "--json", source(tmp_path, "y.warc.gz", data + member(record(8))))
    assert told.code == Exit.DAMAGE
    assert told.json["new"] is True
    assert told.json["captures"] == 4
    assert [f"offset {offset}:" in one for one in told.json["damage"]] == [True]


def test_damaged_file_of_a_wacz_does_not_keep_the_others_out(tmp_path: Path, folder: Path, command: Import) -> None:
    one = packed(foreign.wget("1.0"))
    data = bytearray(foreign.wacz({"one.warc.gz": one, "two.warc.gz": foreign.second_page()}))
    data[data.index(one) + len(packed(foreign.wget("1.0")[:4])) + 40] ^= 0xFF
    done = command(folder, "import", source(tmp_path, "x.wacz", bytes(data)))
    assert (done.code, done.err.count("archiver: one.warc.gz, offset ")) == (Exit.DAMAGE, 1)
    assert len(query(folder, "select id from articles")) == 2
    assert command(folder, "rebuild", "--check").code == Exit.DAMAGE, "the damage is still there"


def test_link_makes_no_copy(tmp_path: Path, folder: Path, command: Import) -> None:
    path = source(tmp_path, "x.warc.gz", packed(foreign.pywb()))
    assert command(folder, "import", "--link", path.parent).code == Exit.OK
    assert (folder / "archive" / "x.warc.gz").samefile(path)
    assert command(folder, "verify").code == Exit.OK


REFUSED = {
    "PNG": ("x.warc.gz", png(), "neither a WARC file nor"),
    "text": ("x.warc", b"text\n", "neither a WARC file nor"),
    "empty": ("x.warc.gz", b"", "it is empty"),
    "several records in one member": ("x.warc.gz", member(record(1) + record(2)), "several records in one gzip member"),
    "ZIP of other things": ("x.wacz", foreign.wacz({}), "no WACZ"),
    "ZIP that is cut off": ("x.wacz", foreign.wacz({"x.warc.gz": packed(foreign.pywb())})[:200], "the WACZ is damaged"),
}


@pytest.mark.parametrize(("name", "data", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_warc_is_refused_and_the_rest_is_taken_in(  # noqa: PLR0917 - fixtures and one table
    tmp_path: Path, folder: Path, command: Import, name: str, data: bytes, reason: str
) -> None:
    bad = source(tmp_path, name, data)
    good = source(tmp_path, "good.warc.gz", foreign.second_page())
    done = command(folder, "import", bad, good)
    assert done.code == Exit.DAMAGE
    assert done.err.startswith(f"archiver: {bad}: not taken in: ")
    assert reason in done.err
    assert [path.name for path in (folder / "archive").iterdir()] == ["good.warc.gz"]
    assert len(query(folder, "select id from articles")) == 1


@pytest.mark.parametrize("given", ["none.warc.gz", "."], ids=["missing", "folder without files"])
def test_path_with_nothing_to_import_is_wrong_usage(tmp_path: Path, folder: Path, command: Import, given: str) -> None:
    (tmp_path / "empty").mkdir()
    good = source(tmp_path, "good.warc.gz", foreign.second_page())
    done = command(folder, "import", good, tmp_path / "empty" / given)
    assert (done.code, str(tmp_path / "empty") in done.err) == (Exit.USAGE, True)
    assert list((folder / "archive").iterdir()) == [], "it is said before anything is done"


def test_import_killed_before_its_books_is_taken_up(tmp_path: Path, folder: Path, command: Import) -> None:
    path = source(tmp_path, "x.warc.gz", packed(foreign.pywb()))
    (folder / "archive" / "x.warc.gz").write_bytes(path.read_bytes())
    done = command(folder, "import", path)
    assert (done.code, "here already, as x.warc.gz" in done.out) == (Exit.OK, True)
    assert len(query(folder, "select id from articles")) == 1
    assert command(folder, "verify").code == Exit.OK


def test_files_joined_into_one_give_the_same_rows_by_every_way(tmp_path: Path, folder: Path, command: Import) -> None:
    """Each part has a warcinfo record of its own; only the first speaks for captures that name none."""
    named = foreign.wget("1.0")
    named[0] = named[0].replace(b"robots: classic", b"isPartOf: crawl")
    other = [foreign.info("1.0", 700, "other"), *foreign.heritrix()[1:]]
    path = source(tmp_path, "x.warc.gz", packed([*named, *other]))
    assert command(folder, "import", path).code == Exit.OK
    assert command(folder, "rebuild", "--check").code == Exit.OK
    assert command(folder, "verify").code == Exit.OK


def test_extraction_made_anew_gives_the_same_rows(tmp_path: Path, folder: Path, command: Import) -> None:
    parts = {f"{number}.warc.gz": packed(make()) for number, (make, _) in enumerate(foreign.TOOLS.values())}
    assert command(folder, "import", source(tmp_path, "x.wacz", foreign.wacz(parts))).code == Exit.OK
    before = derived(folder)
    execute(folder, "update captures set extractor = null")
    assert command(folder, "extract").code == Exit.OK
    assert derived(folder) == before
    index = (folder / "indexes" / "index.cdxj").read_bytes()
    assert command(folder, "rebuild").code == Exit.OK
    assert derived(folder) == before
    assert (folder / "indexes" / "index.cdxj").read_bytes() == index


@pytest.mark.parametrize("order", [("a.warc.gz", "b.warc"), ("b.warc", "a.warc.gz")], ids=" ".join)
def test_same_records_in_two_files(tmp_path: Path, folder: Path, command: Import, order: tuple[str, str]) -> None:
    for name in order:
        plain = name == "b.warc"
        path = source(tmp_path, name, packed(foreign.pywb(), plain=plain))
        assert command(folder, "import", path).code == Exit.OK
    assert command(folder, "rebuild", "--check").code == Exit.OK


def test_command_runs_by_itself(tmp_path: Path, folder: Path) -> None:
    path = source(tmp_path, "x.warc.gz", packed(foreign.pywb()))
    done = archiver("-C", folder, "import", path, "--json")
    assert (done.code, done.err) == (Exit.OK, "")
    assert done.json == {
        "source": str(path),
        "file": "x.warc.gz",
        "new": True,
        "records": 3,
        "captures": 2,
        "damage": [],
        "refused": None,
    }


def test_copy_of_an_import_that_was_killed_goes(tmp_path: Path) -> None:
    folder = make_archive(tmp_path / "a")
    dead = folder / "archive" / ".999999999.importing"
    living = folder / "archive" / f".{os.getpid()}.importing"
    for draft in (dead, living):
        draft.write_bytes(b"half")
    remove_drafts(folder / "archive")
    assert [path.name for path in (folder / "archive").iterdir()] == [living.name]


def test_import_stops_before_the_disk_is_full(tmp_path: Path) -> None:
    folder = make_archive(tmp_path / "a", "[warc]\nmin_free_gb = 1e9\n")
    source = tmp_path / "any.warc.gz"
    source.write_bytes(b"any")
    done = archiver("-C", folder, "import", source)
    assert (done.code, done.err.count("\n")) == (Exit.CANNOT_STORE, 1)
    assert "warc.min_free_gb" in done.err
    assert list((folder / "archive").iterdir()) == []
