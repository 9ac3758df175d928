"""Opening a database of an older program: copied first, migrated whole or not at all; other processes wait."""

import multiprocessing
import resource
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlite_utils import Database

from db import keeping, schema
from db.errors import CannotWrite, SchemaMismatch
from db.migrations import steps
from db.schema import Migrated, open_database
from db.sql import writing
from tests.db import earlier

if TYPE_CHECKING:
    from multiprocessing.queues import SimpleQueue

COPY = "archive.db.before-0003"


@pytest.fixture(params=earlier.VERSIONS)
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A database of an earlier version."""
    return earlier.database(str(request.param), tmp_path / "archive.db")


def content(path: Path) -> list[str]:
    """All that a file holds, whatever its version."""
    with closing(sqlite3.connect(path)) as db:
        return list(db.iterdump())


def names(path: Path) -> set[str]:
    return {one.name for one in path.parent.iterdir()} - {"archive.db-wal", "archive.db-shm"}


def test_old_database_is_copied_and_brought_up_to_date(path: Path) -> None:
    before, mode = content(path), path.stat().st_mode
    told: list[Migrated] = []
    with closing(open_database(path, on_migrated=told.append)) as db:
        assert steps.pending(db) == []
    kept = path.with_name(COPY)
    assert told == [Migrated(path=path, step="0003", kept=kept)]
    assert content(kept) == before
    assert kept.stat().st_mode == mode
    assert names(path) == {"archive.db", COPY}
    open_database(path, on_migrated=told.append).close()
    open_database(path, read_only=True, on_migrated=told.append).close()
    assert len(told) == 1


def test_copy_takes_in_what_lies_in_the_log(path: Path) -> None:
    with closing(sqlite3.connect(path)) as writer:
        writer.execute("UPDATE sources SET last_error = 'late'")
        writer.commit()
        assert path.with_name("archive.db-wal").stat().st_size
        before = list(writer.iterdump())
        open_database(path).close()
    assert content(path.with_name(COPY)) == before


def test_reading_an_old_database_names_the_remedy_and_changes_nothing(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(SchemaMismatch, match=r"archive\.db: an older version .* such as 'archiver extract'"):
        open_database(path, read_only=True)
    assert path.read_bytes() == before
    assert names(path) == {"archive.db"}


def test_copies_are_never_overwritten(path: Path) -> None:
    old = path.read_bytes()
    path.with_name(COPY).write_text("of another time")
    for copy in (f"{COPY}-2", f"{COPY}-3"):
        told: list[Migrated] = []
        open_database(path, on_migrated=told.append).close()
        assert [one.kept.name for one in told] == [copy]
        path.write_bytes(old)
    assert path.with_name(COPY).read_text() == "of another time"


def test_copy_that_a_killed_process_left_half_done_is_replaced(path: Path) -> None:
    path.with_name(f"{COPY}.part").write_bytes(path.read_bytes()[:5000])
    open_database(path).close()
    assert names(path) == {"archive.db", COPY}


@contextmanager
def room_for(size: int) -> Generator[None]:
    """Let files grow to this size only, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_no_room_for_the_copy_is_told_and_nothing_is_changed(path: Path) -> None:
    before = content(path)
    with (
        pytest.raises(
            CannotWrite, match=r"archive\.db: no copy of it can be kept .*; free about \d+ MB .*nothing was ch"
        ),
        room_for(99_999),
    ):
        open_database(path)
    assert content(path) == before
    assert names(path) == {"archive.db"}


def test_no_room_for_the_migration_is_told_and_nothing_is_changed(path: Path) -> None:
    before = content(path)
    size = path.stat().st_size
    with pytest.raises(CannotWrite, match=r"the database cannot be written: .*; nothing was changed"), room_for(size):
        open_database(path)
    assert content(path) == before
    assert names(path) == {"archive.db"}


@pytest.mark.parametrize("error", [KeyboardInterrupt(), LookupError()])
def test_interrupted_copy_leaves_nothing(path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def fail(_path: Path) -> None:
        raise error

    before = content(path)
    monkeypatch.setattr(keeping, "_sync", fail)
    with pytest.raises(type(error)):
        open_database(path)
    assert content(path) == before
    assert names(path) == {"archive.db"}


def test_failed_migration_leaves_the_old_database_alone(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_db: Database) -> None:
        raise LookupError

    before = content(path)
    last = steps.pending(Database(memory=True))[-1]
    monkeypatch.setattr(last, "fn", fail)
    with pytest.raises(LookupError):
        open_database(path)
    assert content(path) == before
    assert names(path) == {"archive.db"}


def test_interruption_behind_the_commit_leaves_the_copy(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def interrupted(db: Database) -> Generator[None]:
        with writing(db):
            yield
        raise KeyboardInterrupt

    before = content(path)
    with monkeypatch.context() as patch:
        patch.setattr(schema, "writing", interrupted)
        with pytest.raises(KeyboardInterrupt):
            open_database(path)
    assert content(path.with_name(COPY)) == before
    with closing(open_database(path, read_only=True)) as db:
        assert steps.pending(db) == []


def test_newer_program_that_was_first_is_seen_under_the_lock(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the first look at the schema and the lock, another process may have migrated further than we can read."""
    refuse = schema._refuse_newer  # pyright: ignore[reportPrivateUsage]
    looks: list[int] = []

    def look(db: Database, path: Path) -> None:
        looks.append(1)
        if len(looks) == 2:
            row = {"migration_set": "archiver", "name": "9999", "applied_at": "2030-01-01"}
            db.table("_sqlite_migrations").insert(row)
        refuse(db, path)

    monkeypatch.setattr(schema, "_refuse_newer", look)
    with pytest.raises(SchemaMismatch, match="step 9999"):
        open_database(path)
    assert names(path) == {"archive.db"}


def _open(path: Path, barrier: Barrier, told: "SimpleQueue[str]") -> None:
    barrier.wait()
    with closing(open_database(path, on_migrated=lambda one: told.put(one.kept.name))) as db:
        assert steps.pending(db) == []
        assert db.table("captures").count == 18


def test_one_of_several_processes_migrates_and_the_others_wait(path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    barrier, told = context.Barrier(3), context.SimpleQueue()
    processes = [context.Process(target=_open, args=(path, barrier, told)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert told.get() == COPY
    assert told.empty()
    assert names(path) == {"archive.db", COPY}
