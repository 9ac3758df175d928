"""``archiver export`` as JSON lines, CSV, Parquet and Markdown: what it writes, says and refuses."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest
from pyarrow import parquet

from archiver.errors import Exit
from tests.cli.running import SEED, SEED_TEXT, Done, archiver, make_archive

URL = "https://example.org/an-article/"
CONFIG = '[sources.news]\nkind = "list"\nurls = ["https://example.org/"]\n'
COMMENTS = len(SEED["comments"])
SAID = f"1 article, {COMMENTS} comments"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_archive(tmp_path_factory.mktemp("export") / "my-archive", CONFIG)
    assert archiver("-C", folder, "add", SEED_TEXT, "--url", URL).code == Exit.OK
    return folder


def export(folder: Path, form: str, out: str | Path, *options: str, cwd: Path | None = None) -> Done:
    return archiver("-C", folder, "export", form, out, *options, cwd=cwd)


def test_json_lines_hold_an_article_a_line(folder: Path, tmp_path: Path) -> None:
    done = export(folder, "jsonl", "all.jsonl", cwd=tmp_path)
    assert (done.code, done.out, done.err) == (Exit.OK, f"all.jsonl: {SAID}\n", "")
    [one] = [json.loads(line) for line in (tmp_path / "all.jsonl").read_text(encoding="utf-8").splitlines()]
    assert (one["title"], one["url"], len(one["comments"])) == (SEED["title"], URL, COMMENTS)
    [capture] = one["captures"]
    record = folder / "archive" / capture["warc_file"]
    assert record.stat().st_size >= capture["warc_offset"] + capture["warc_length"]
    assert {one["capture_id"], one["revisions"][0]["capture_id"]} == {capture["id"]}


def test_json_lines_go_to_standard_output(folder: Path) -> None:
    done = export(folder, "jsonl", "-")
    assert (done.code, done.err) == (Exit.OK, f"standard output: {SAID}\n")
    assert [one["title"] for one in done.json_lines] == [SEED["title"]]
    refused = export(folder, "jsonl", "-", "--json")
    assert (refused.code, refused.out) == (Exit.USAGE, "")
    assert "leave it out, or name a file" in refused.err


@pytest.mark.parametrize("form", ["csv", "parquet", "markdown"])
def test_folder_is_written_and_replaced_only_by_force(folder: Path, tmp_path: Path, form: str) -> None:
    out = tmp_path / "out"
    done = export(folder, form, out, "--article", "putin now fears", "--json")
    assert (done.code, done.err) == (Exit.OK, "")
    assert done.json == {"path": str(out), "articles": 1, "comments": COMMENTS, "revisions": 1, "captures": 1}
    assert json.loads((out / "export.json").read_text())["format"] == form
    refused = export(folder, form, out)
    assert refused.code == Exit.USAGE
    assert "is there already; name another folder, or replace it with --force" in refused.err
    assert export(folder, form, out, "--force").code == Exit.OK
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_tables_hold_the_thread(folder: Path, tmp_path: Path) -> None:
    assert export(folder, "csv", tmp_path / "tables").code == Exit.OK
    with (tmp_path / "tables" / "comments.csv").open(encoding="utf-8", newline="") as stream:
        authors = [row["author"] for row in csv.DictReader(stream)]
    assert export(folder, "parquet", tmp_path / "parquet").code == Exit.OK
    typed = parquet.read_table(tmp_path / "parquet" / "comments.parquet").to_pylist()
    assert authors == [row["author"] for row in typed] == [one["author"] for one in SEED["comments"]]


def test_markdown_has_a_folder_for_the_article(folder: Path, tmp_path: Path) -> None:
    assert export(folder, "markdown", tmp_path / "notes").code == Exit.OK
    [place] = [path for path in (tmp_path / "notes").iterdir() if path.is_dir()]
    assert {path.name for path in place.iterdir()} == {"article.md", "thread.md", "history.md"}
    assert (place / "article.md").read_text(encoding="utf-8").startswith("---\ntitle: ")


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        pytest.param(["--source", "nwes"], Exit.USAGE, "no source 'nwes'; the sources are: news", id="no source"),
        pytest.param(
            ["--source", "news"],
            Exit.NOT_FOUND,
            "nothing to export: there are no articles of source news",
            id="nothing",
        ),
        pytest.param(
            ["--since", "2999-01-01"],
            Exit.NOT_FOUND,
            "nothing to export: there are no articles since 2999-01-01",
            id="nothing since",
        ),
        pytest.param(
            ["--since", "yesterday"],
            Exit.USAGE,
            "--since 'yesterday' is no date; write it like 2026-05-01 or 2026-05-01T12:00Z",
            id="no date",
        ),
        pytest.param(
            ["--since", "0001-01-01T00:00+23:59"],
            Exit.USAGE,
            "--since '0001-01-01T00:00+23:59' is no date; write it like 2026-05-01 or 2026-05-01T12:00Z",
            id="date before all time",
        ),
        pytest.param(
            ["--source", "news", "--article", "x"], Exit.USAGE, "give --source or --article, not both", id="two"
        ),
    ],
)
def test_what_cannot_be_exported_is_said(
    folder: Path, tmp_path: Path, options: list[str], code: Exit, message: str
) -> None:
    done = export(folder, "csv", tmp_path / "out", *options)
    assert (done.code, done.out, done.err) == (code, "", f"archiver: {message}\n")
    assert list(tmp_path.iterdir()) == []


def test_parquet_without_its_extra_names_it(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "pyarrow.py").write_text("raise ImportError('not here')")
    environment = {"PYTHONPATH": f"{tmp_path}:{Path(__file__).resolve().parents[2]}"}
    done = archiver("-C", folder, "export", "parquet", tmp_path / "out", env=environment)
    message = "archiver: export parquet needs pyarrow: pip install 'archiver-threads[parquet]'\n"
    assert (done.code, done.out, done.err) == (Exit.USAGE, "", message)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs /dev/full")
def test_full_output_is_said(folder: Path) -> None:
    command = [sys.executable, "-m", "archiver", "-C", str(folder), "export", "jsonl", "-"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)  # noqa: S603 - ours
    assert done.returncode == Exit.CANNOT_STORE
    assert "No space left on device" in done.stderr


@pytest.mark.parametrize(
    "name", ["", "archive.db", "archive.toml", "archive.db-wal", "archive/x", "fixity/manifest.jsonl"]
)
def test_nothing_of_the_archive_is_replaced(folder: Path, name: str) -> None:
    refused = export(folder, "jsonl", folder / name, "--force")
    assert (refused.code, refused.out) == (Exit.USAGE, "")
    assert refused.err == f"archiver: {folder / name} belongs to the archive; name another place\n"
