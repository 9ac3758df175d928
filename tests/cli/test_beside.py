"""Commands beside others that use the same database: the log is brought home, a rebuild loses nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from archiver import ingest
from archiver.cli import run
from archiver.commands import rebuild
from archiver.errors import Exit
from archiver.folder import open_folder
from archiver.session import Session
from db import schema, waiting
from db.rebuild import install
from tests.cli.running import SEED_TEXT, archiver, make_archive, query
from tests.db import earlier
from tests.here import counting
from tests.site import RunningSite

pytestmark = pytest.mark.slow

WARC = earlier.FIXTURES / "archive"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_archive(tmp_path / "archive")


@pytest.fixture
def used(folder: Path) -> Iterator[Path]:
    """An archive whose database somebody has open, as Datasette has: the last one that closes it is not a command."""
    with closing(sqlite3.connect(folder / "archive.db")) as reader:
        reader.execute("SELECT count(*) FROM captures").fetchone()
        yield folder


def test_every_command_that_writes_brings_the_log_home(used: Path, html5_site: RunningSite) -> None:
    config = used / "archive.toml"
    config.write_text(f'{config.read_text()}\n[sources.news]\nkind = "feed"\nurl = "{html5_site.feed_url}"\n')
    for command in (["add", SEED_TEXT], ["import", WARC], ["extract", "--all"], ["crawl"], ["rebuild"]):
        done = archiver("-C", used, *command)
        assert done.code == Exit.OK, done
        assert (used / "archive.db-wal").stat().st_size == 0, command
    assert query(used, "SELECT count(*) AS n FROM captures WHERE extractor IS NULL") == [{"n": 0}]


def test_what_is_added_during_a_rebuild_is_not_lost(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stored, acknowledged and loaded after the rebuild has read the files, before it puts its database in place."""
    assert archiver("-C", folder, "import", WARC).code == Exit.OK
    archive = open_folder(folder)

    def add_first(*arguments: object, **options: object) -> None:
        with Session(archive, command="add") as session:
            session.store_file(url="http://a.example/added", body=SEED_TEXT.read_bytes(), content_type="text/plain")
            session.commit()
            ingest.ingest_new(archive, session.database, crawl_id=session.id)
        install(*arguments, **options)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]

    monkeypatch.setattr(rebuild, "install", add_first)
    with monkeypatch.context() as patch:
        counting(patch, ingest)
        assert run(["-C", str(folder), "rebuild"]) == Exit.OK
    assert query(folder, "SELECT url, extractor FROM captures WHERE url LIKE '%added'") == [
        {"url": "http://a.example/added", "extractor": None}
    ]
    assert archiver("-C", folder, "extract").code == Exit.OK
    assert query(folder, "SELECT count(*) AS n FROM articles WHERE url LIKE '%added'") == [{"n": 1}]
    done = archiver("-C", folder, "rebuild", "--check")
    assert (done.code, done.out) == (Exit.OK, "the database equals the WARC files\n")


@pytest.mark.parametrize(
    "command", [["status"], ["search", "ferry"], ["extract"], ["add", str(SEED_TEXT)], ["rebuild"]]
)
def test_nobody_is_told_of_locks(
    folder: Path, command: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where another program keeps the database to itself for too long: who it is, and what to do."""
    monkeypatch.setattr(schema, "BUSY_TIMEOUT_S", 0.0)
    monkeypatch.setattr(waiting, "_FIRST_WAIT_S", waiting.BUSY_TIMEOUT_S)
    with closing(sqlite3.connect(folder / "archive.db")) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN IMMEDIATE")
        assert run(["-C", str(folder), *command]) == Exit.LOCKED
    said = capsys.readouterr().err
    assert "has been writing to it for more than 30 s; try again when it has ended, or end it" in said
    assert f"archiver: {folder / 'archive.db'}: " in said
    assert "locked" not in said
