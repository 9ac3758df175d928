"""Archives of earlier versions: opened by a command, told once, and after an extraction the same as a rebuild."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from archiver.errors import Exit
from tests.cli.running import archiver
from tests.db import earlier

pytestmark = pytest.mark.slow

KEPT = "archive.db.before-0003"


@pytest.fixture(params=earlier.VERSIONS)
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return earlier.archive(str(request.param), tmp_path / "archive")


def test_old_archive_is_brought_up_to_date_and_equals_a_rebuild(folder: Path) -> None:
    before = (folder / "archive.db").read_bytes()
    for command in (["status"], ["search", "ferry"], ["show", "library"]):
        done = archiver("-C", folder, *command)
        assert (done.code, done.out) == (Exit.USAGE, "")
        assert done.err == (
            f"archiver: {folder / 'archive.db'}: an older version of this program made it; "
            "any command that writes brings it up to date, such as 'archiver extract'\n"
        )
    assert (folder / "archive.db").read_bytes() == before
    done = archiver("-C", folder, "extract")
    assert done.code == Exit.OK, done
    assert done.err == (
        f"archiver: archive.db brought up to date (schema 0003); the old one is kept as {KEPT}. "
        "'archiver extract' fills in what it did not hold\n"
    )
    with closing(sqlite3.connect(folder / KEPT)) as kept:
        assert kept.execute("SELECT count(*) FROM captures").fetchone() == (18,)
    for command in (["status"], ["search", "ferry"], ["show", "library"], ["extract"]):
        done = archiver("-C", folder, *command)
        assert done.err == ""
        assert done.code in (Exit.OK, Exit.UNHEALTHY)
    done = archiver("-C", folder, "rebuild", "--check")
    assert (done.code, done.err, done.out) == (Exit.OK, "", "the database equals the WARC files\n")


def test_rebuild_of_an_old_archive_needs_no_extraction(folder: Path) -> None:
    done = archiver("-C", folder, "rebuild")
    assert done.code == Exit.OK, done
    assert KEPT in done.err
    done = archiver("-C", folder, "rebuild", "--check")
    assert (done.code, done.out) == (Exit.OK, "the database equals the WARC files\n")
    assert (folder / KEPT).exists()
    with closing(sqlite3.connect(folder / "archive.db")) as db:
        assert db.execute("SELECT count(*) FROM crawls").fetchone() == (6,), "operational rows are carried over"
