"""Opening the database: made whole or not at all, refused with a remedy, described column by column."""

import multiprocessing
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from db import schema
from db.descriptions import DERIVED, OPERATIONAL, TABLES
from db.errors import ArchiveDatabaseError, NotFound, SchemaMismatch, SqliteTooOld
from db.load import load
from db.operations import record_source
from db.schema import checkpoint, open_database, settle
from db.search import search
from db.searchable import SEARCHED, make_search_indexes
from db.sql import writing
from tests.db.histories import article, comment


def test_new_database_is_wal_strict_and_ours(tmp_path: Path) -> None:
    with closing(open_database(tmp_path / "a b#?%41.db", create=True)) as db:
        assert db.journal_mode == "wal"
        assert db.execute("PRAGMA synchronous").fetchone() == (1,)
        assert db.execute("PRAGMA foreign_keys").fetchone() == (1,)
        assert db.execute("PRAGMA busy_timeout").fetchone() == (30_000,)
        tables = [name for name, table in TABLES.items() if not table.is_view]
        assert {table: db.table(table).strict for table in tables} == dict.fromkeys(tables, True)
    assert [path.name for path in tmp_path.iterdir()] == ["a b#?%41.db"]


def test_missing_database_is_not_made_unasked(tmp_path: Path) -> None:
    for read_only, create in ((False, False), (True, False), (True, True)):
        with pytest.raises(NotFound, match=r"archive\.db: there is no database; make one"):
            open_database(tmp_path / "archive.db", read_only=read_only, create=create)
    assert list(tmp_path.iterdir()) == []


def test_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArchiveDatabaseError, match=r"nowhere/archive\.db: the database cannot be opened"):
        open_database(tmp_path / "nowhere" / "archive.db", create=True)
    assert list(tmp_path.iterdir()) == []


def test_failure_while_making_it_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_db: Database) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(schema, "_prepare_to_write", fail)
    with pytest.raises(KeyboardInterrupt):
        open_database(tmp_path / "archive.db", create=True)
    assert list(tmp_path.iterdir()) == []


def test_empty_file_is_filled_only_when_asked(tmp_path: Path) -> None:
    """Such a file is what a kill at the wrong moment leaves behind."""
    path = tmp_path / "archive.db"
    path.touch()
    with pytest.raises(SchemaMismatch, match="the file is empty; delete it"):
        open_database(path)
    open_database(path, create=True).close()
    open_database(path).close()


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize("content", [b"no database at all, but a text", b"SQLite format 3\x00" + b"\xff" * 5000])
def test_file_of_another_kind_is_refused_and_kept(tmp_path: Path, content: bytes, *, read_only: bool) -> None:
    path = tmp_path / "archive.db"
    path.write_bytes(content)
    with pytest.raises(SchemaMismatch, match=r"archive\.db: this is no database.*rebuild it from the WARC files"):
        open_database(path, create=not read_only, read_only=read_only)
    assert path.read_bytes() == content


def test_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE articles (id)")
    with pytest.raises(SchemaMismatch, match="a database of another program"):
        open_database(path, create=True)


def test_database_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with closing(open_database(path, create=True)) as db:
        newer = {"migration_set": "archiver", "name": "9999", "applied_at": "2030-01-01"}
        db.table("_sqlite_migrations").insert(newer)
    with pytest.raises(SchemaMismatch, match=r"newer version of this program made it \(schema step 9999\); upgrade"):
        open_database(path)


def test_database_of_an_older_program_is_brought_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "archive.db"
    open_database(path, create=True).close()
    later = Migrations("archiver")
    later(name="0001")(lambda _: None)
    later(name="0002")(lambda _: None)
    later(name="0003")(lambda _: None)
    later(name="9999")(lambda db: db.table("sources").add_column("note", str))
    monkeypatch.setattr(schema, "steps", later)
    with pytest.raises(SchemaMismatch, match="an older version of this program made it; any command that writes"):
        open_database(path, read_only=True)
    with closing(open_database(path)) as db:
        assert "note" in db.table("sources").columns_dict
    open_database(path, read_only=True).close()


def test_read_only_database_reads_and_does_not_write(live: Database, tmp_path: Path) -> None:
    load(live, article())
    with closing(open_database(tmp_path / "archive.db", read_only=True)) as db:
        assert db.table("articles").count == 1
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            db.execute("DELETE FROM articles")


def test_old_sqlite_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 0))
    monkeypatch.setattr(sqlite3, "sqlite_version", "3.36.0")
    with pytest.raises(SqliteTooOld, match=r"SQLite 3\.36\.0 is too old: 3\.37\.0 or later"):
        open_database(tmp_path / "archive.db", create=True)


def test_every_table_and_column_is_described_and_nothing_else(db: Database) -> None:
    kinds = tuple(f"{table}_{kind}" for table in SEARCHED for kind in ("fts", "trigram"))
    hidden = {name for name in db.table_names() if name.startswith(kinds)}
    made = {
        name: set(db.table(name).columns_dict)
        for name in db.table_names()
        if not name.startswith("_") and name not in hidden
    } | {name: set(db.view(name).columns_dict) for name in db.view_names()}
    assert {name: set(table.columns) for name, table in TABLES.items()} == made
    inner = {name for name, table in TABLES.items() if table.is_inner}
    assert set(TABLES) == {*DERIVED, *OPERATIONAL, *inner}
    assert {name for name, table in TABLES.items() if table.is_view} == set(db.view_names())
    assert all({*table.key, *table.inner} <= {*table.columns} for table in TABLES.values())
    assert all(text for table in TABLES.values() for text in (table.text, *table.columns.values()))
    assert all(table.label is None or table.label in table.columns for table in TABLES.values())


def test_transform_would_silence_search_and_make_searchable_restores_it(db: Database) -> None:
    """sqlite-utils drops the triggers when it transforms a table: what migrations must know."""
    for name in ("revisions", "comment_versions", "sightings"):
        db.view(name).drop()
    for name in ("comments_date", "comments_gone"):
        db.execute(f"DROP INDEX {name}")
    db.table("comments").transform(types={"likes": int})
    load(db, article(1, comment("a hoist")))
    assert search(db, "hoist", scope="comments") == []
    make_search_indexes(db)
    assert len(search(db, "hoist", scope="comments")) == 1
    assert set(db.triggers_dict) == {
        f"{index}_{when}" for table in SEARCHED for index in (table, f"{table}_trigram") for when in ("ai", "ad", "au")
    }


def test_writing_rolls_back_and_nests(db: Database) -> None:
    def insert_and_stop(name: str) -> None:
        with writing(db):
            db.table("sources").insert({"name": name, "kind": "list"})
            raise LookupError

    with pytest.raises(LookupError):
        insert_and_stop("a")
    with writing(db):
        db.table("sources").insert({"name": "b", "kind": "list"})
        with pytest.raises(LookupError):
            insert_and_stop("c")
    assert [row["name"] for row in db.table("sources").rows] == ["b"]


def test_checkpoint_empties_the_log_and_waits_for_no_reader(live: Database, tmp_path: Path) -> None:
    log = tmp_path / "archive.db-wal"
    with closing(open_database(tmp_path / "archive.db", read_only=True)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM articles").fetchone()
        load(live, article())
        checkpoint(live)
        assert log.stat().st_size > 0
        reader.execute("COMMIT")
    checkpoint(live)
    assert log.stat().st_size == 0
    assert live.execute("PRAGMA busy_timeout").fetchone() == (30_000,)


def _write_much(path: Path, name: str) -> None:
    with closing(open_database(path, create=True)) as db:
        for day in range(1, 16):
            load(db, article(day, comment(f"by {name}", id_=name), url=f"https://example.org/{day % 3}/", name=name))


def test_several_processes_make_and_write_one_database(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write_much, args=(path, name)) for name in "abc"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    with closing(open_database(path)) as db:
        assert db.table("captures").count == 45
        assert db.table("comments").count == 9


def test_what_was_interrupted_keeps_nobody_from_ending_well(tmp_path: Path) -> None:
    """A signal in the middle of a statement leaves its cursor open for as long as the traceback lives."""
    with closing(open_database(tmp_path / "archive.db", create=True)) as db:
        record_source(db, "one", kind="list", url=None)
        cursor = db.conn.execute("SELECT name FROM sqlite_master")
        assert cursor.fetchone()
        record_source(db, "two", kind="list", url=None)
        checkpoint(db)
        settle(db)
        assert [row["name"] for row in db["sources"].rows] == ["one", "two"]
