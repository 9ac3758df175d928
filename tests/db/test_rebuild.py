"""A rebuilt database takes the place of the live one whole or not at all, and can be compared to it."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlite_utils import Database

from db import rebuild, schema
from db.errors import InUse
from db.frontier import discover, due, failed
from db.load import acknowledge, load, load_many, unextracted
from db.operations import health, record_source, start_crawl
from db.rebuild import differences, install, newest_capture, scratch_database
from db.schema import open_database
from db.search import search
from tests.db.histories import EXTRACTOR, article, at, comment, dump, memory_database, redirect

FACTS = [
    article(1, comment("first words", id_="c1"), comment("second", id_="c2", parent=0)),
    article(2, comment("edited words", id_="c1")),
    redirect(3, "https://example.org/2024/hoist/", url="https://example.org/?p=1"),
]


@pytest.fixture
def path(live: Database, tmp_path: Path) -> Path:
    """A live database with stale rows and a frontier."""
    load(live, article(1, comment("stale", id_="c9"), url="https://example.org/stale/"))
    discover(live, ["https://example.org/next"], source="feed", now=at(1))
    failed(live, "https://example.org/lost", at=at(2), crawl_id="c", reason="timeout", due_at=None, why="failed before")
    record_source(live, "feed", kind="feed", url=None, at=at(1))
    start_crawl(live, "c", at=at(1))
    return tmp_path / "archive.db"


def test_install_replaces_derived_rows_and_carries_over_the_others(path: Path) -> None:
    with scratch_database(path) as new:
        load_many(new, FACTS)
        wanted = dump(new)
        install(new, path)
    with closing(open_database(path)) as db:
        assert dump(db) == wanted
        assert [page.url for page in due(db, now=at(1))] == ["https://example.org/next"]
        told = health(db, now=at(2))
        assert (len(told.sources), len(told.crawls), len(told.failures)) == (1, 1, 1)
        assert db.journal_mode == "wal"
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert [hit.kind for hit in search(db, "edited")] == ["comment"]
        assert search(db, "stale") == []
        load(db, article(4, comment("later", id_="c3")))
        assert [hit.kind for hit in search(db, "later")] == ["comment"]


def test_readers_go_on_with_the_old_rows_and_then_see_the_new(path: Path) -> None:
    with closing(open_database(path, read_only=True)) as reader:
        reader.execute("BEGIN")
        before = dump(reader)
        with scratch_database(path) as new:
            load_many(new, FACTS)
            wanted = dump(new)
            install(new, path)
        assert dump(reader) == before
        reader.execute("COMMIT")
        assert dump(reader) == wanted


def test_writer_that_was_open_meanwhile_goes_on(path: Path, live: Database) -> None:
    with scratch_database(path) as new:
        load_many(new, FACTS)
        install(new, path)
    load(live, article(4, comment("later", id_="c3")))
    with closing(memory_database()) as fresh:
        load_many(fresh, [*FACTS, article(4, comment("later", id_="c3"))])
        assert differences(live, fresh) == []


def test_what_is_carried_over_cannot_change_meanwhile(
    path: Path, live: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look at the live database and the exchange nobody writes: it would be lost."""
    carry_over = rebuild._carry_over  # pyright: ignore[reportPrivateUsage]

    def try_to_write(reader: Database, new: Database, *, since: int | None) -> None:
        with (
            closing(sqlite3.connect(path, timeout=0)) as other,
            pytest.raises(sqlite3.OperationalError, match="locked"),
        ):
            other.execute("BEGIN IMMEDIATE")
        carry_over(reader, new, since=since)

    monkeypatch.setattr(rebuild, "_carry_over", try_to_write)
    with scratch_database(path) as new:
        discover(live, ["https://example.org/meanwhile"], source="feed", now=at(1))
        install(new, path)
    assert [page.url for page in due(live, now=at(1))] == ["https://example.org/meanwhile", "https://example.org/next"]


def test_captures_acknowledged_meanwhile_wait_for_extraction(path: Path, live: Database) -> None:
    """As those of an ``add`` beside a rebuild: in files that the rebuild had read by then, or read in part."""
    since = newest_capture(live)
    later = [article(4, comment("later", id_="c3")), article(5, comment("later still", id_="c4"))]
    with scratch_database(path) as new:
        load_many(new, [*FACTS, later[0]])
        load_many(live, later)
        install(new, path, since=since)
    waiting = unextracted(live, EXTRACTOR)
    assert [row.record_id for row in waiting] == [later[1].capture.record_id]
    assert waiting == [replace(later[1].capture, verdict=None, extractor=None)]
    with closing(memory_database()) as fresh:
        load_many(fresh, [*FACTS, later[0]])
        acknowledge(fresh, waiting)
        assert differences(live, fresh) == [], "what is older and no longer in the WARC files is gone"
        load_many(live, later[1:])
        load_many(fresh, later[1:])
        assert differences(live, fresh) == []


def test_another_process_that_writes_for_too_long_is_told_and_nothing_is_changed(
    path: Path, live: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dump(live)
    with scratch_database(path) as new, closing(sqlite3.connect(path)) as other:
        load_many(new, FACTS)
        other.execute("BEGIN IMMEDIATE")
        monkeypatch.setattr(schema, "BUSY_TIMEOUT_S", 0.0)
        with pytest.raises(InUse, match=r"archive\.db: .* has been writing to it .*; nothing was changed"):
            install(new, path)
    assert dump(live) == before


def test_install_makes_a_database_that_was_lost(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with scratch_database(path) as new:
        load_many(new, FACTS)
        wanted = dump(new)
        install(new, path)
    with closing(open_database(path)) as db:
        assert dump(db) == wanted


def _rebuild(path: Path, *, error: Exception | None = None) -> None:
    with scratch_database(path) as new:
        load_many(new, FACTS)
        if error:
            raise error
        install(new, path)


def test_scratch_database_is_gone_afterwards_and_after_an_error(path: Path) -> None:
    path.with_name("archive.db.rebuild").write_text("left behind by a killed rebuild")
    with pytest.raises(LookupError):
        _rebuild(path, error=LookupError())
    _rebuild(path)
    assert {found.name for found in path.parent.iterdir()} <= {"archive.db", "archive.db-wal", "archive.db-shm"}


def test_failed_copy_leaves_the_live_database_as_it_was(
    path: Path, live: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dump(live)

    def fail(_live: Database, _new: Database, *, since: int | None) -> None:
        del since
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(rebuild, "_carry_over", fail)
    with pytest.raises(sqlite3.OperationalError):
        _rebuild(path)
    assert dump(live) == before


def test_databases_of_the_same_captures_do_not_differ(live: Database, db: Database) -> None:
    load_many(live, FACTS)
    load_many(db, reversed(FACTS))
    discover(db, ["https://example.org/next"], source="feed", now=at(1))
    assert differences(live, db) == []


def test_differences_name_table_row_column_and_both_values(live: Database, db: Database) -> None:
    load_many(live, FACTS)
    load_many(db, FACTS)
    with db.atomic():
        db.execute("UPDATE articles SET title = 'Other'")
        db.execute("DELETE FROM aliases")
    with live.atomic():
        live.execute("UPDATE captures SET begins_revision = 0 WHERE begins_revision = 1")
    found = differences(live, db, names=("the database", "the rebuild"))
    assert [line.split(" ")[0] for line in found] == ["captures", "articles", "revisions", "aliases"]
    assert found[0].endswith(": begins_revision is 0 in the database, 1 in the rebuild")
    assert found[1].endswith(": title is 'Hoist' in the database, 'Other' in the rebuild")
    assert found[2].endswith(" 1: only in the rebuild")
    assert found[3] == "aliases https://example.org/?p=1: only in the database"


def test_differences_stop_at_the_limit(live: Database, db: Database) -> None:
    load_many(live, [article(1, *[comment(str(number), id_=str(number)) for number in range(30)])])
    assert len(differences(live, db)) == 20
    assert len(differences(db, live, limit=3)) == 3
