"""Many processes on one database: nobody is told that it is locked, and the rows are those of one process alone."""

import multiprocessing
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Generator, Sequence
from contextlib import closing, contextmanager
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier, Event
from pathlib import Path
from typing import Any, Final

import pytest
from sqlite_utils import Database

from db import waiting
from db.errors import InUse
from db.facts import CaptureFacts
from db.load import acknowledge, load, load_many
from db.operations import record_source
from db.rebuild import differences
from db.schema import checkpoint, open_database, settle
from db.search import search
from db.sql import rows, writing
from db.waiting import patiently
from tests.db.histories import article, comment, memory_database, redirect

pytestmark = pytest.mark.slow

CONTEXT: Final = multiprocessing.get_context("spawn")
WRITERS: Final = "abc"
DAYS: Final = range(1, 6)


def written_by(name: str) -> list[CaptureFacts]:
    """Captures of pages that all writers write to, and of one that redirects there."""
    pages = [f"https://example.org/{number}/" for number in range(2)]
    facts = [
        article(
            day, comment(f"by {name} on {day}", id_=name), comment("reply", parent=0), url=pages[day % 2], name=name
        )
        for day in DAYS
    ]
    return [*facts, redirect(9, pages[0], url=f"https://example.org/{name}/", name=name)]


def write(path: Path, name: str, start: Barrier) -> None:
    """As ``add`` does it, again and again: open, acknowledge, load, bring the log home, close."""
    start.wait()
    for facts in written_by(name):
        with closing(open_database(path, create=True)) as db:
            acknowledge(db, [facts.capture])
            load(db, facts)
            checkpoint(db)


def read(path: Path, start: Barrier, end: Event) -> None:
    """As ``show``, ``search`` and Datasette do it, until all is written."""
    start.wait()
    while not end.is_set():
        with closing(open_database(path, read_only=True)) as db:
            search(db, "by reply")
            assert db.conn.execute("PRAGMA quick_check").fetchone() == ("ok",)


def make(paths: Sequence[Path], start: Barrier) -> None:
    for path in paths:
        start.wait()
        with closing(open_database(path, create=True)) as db:
            record_source(db, "one", kind="list", url=None)


@contextmanager
def running(target: Callable[..., None], *arguments: tuple[Any, ...]) -> Generator[None]:
    """Processes that run beside the block; all of them have to end well after it."""
    processes = [CONTEXT.Process(target=target, args=one) for one in arguments]
    for process in processes:
        process.start()
    try:
        yield
    finally:
        for process in processes:
            process.join()
    assert [process.exitcode for process in processes] == [0] * len(processes)


def test_writers_and_readers_at_once_give_the_rows_of_one_after_the_other(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    open_database(path, create=True).close()
    start, end = CONTEXT.Barrier(len(WRITERS) + 2), CONTEXT.Event()
    with running(read, *[(path, start, end)] * 2):
        with running(write, *[(path, name, start) for name in WRITERS]):
            pass
        end.set()
    with closing(open_database(path)) as db, closing(memory_database()) as alone:
        for name in WRITERS:
            load_many(alone, written_by(name))
        assert differences(db, alone) == []


def test_processes_that_make_one_database_at_once_all_succeed(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.db" for number in range(20)]
    start = CONTEXT.Barrier(3)
    with running(make, *[(paths, start)] * 3):
        pass
    for path in paths:
        with closing(open_database(path)) as db:
            assert db.journal_mode == "wal"
            assert db.table("sources").count == 1


def hold_snapshot(path: Path, pipe: Connection) -> None:
    """Tell how many captures there are, whenever asked; end the snapshot when told so."""
    with closing(open_database(path, read_only=True)) as db:
        db.conn.execute("BEGIN")
        for wanted in iter(pipe.recv, None):
            if wanted == "newest":
                db.conn.execute("ROLLBACK")
            pipe.send(db.conn.execute("SELECT count(*) FROM captures").fetchone()[0])


def test_reader_keeps_its_snapshot_over_a_checkpoint(live: Database, tmp_path: Path) -> None:
    here, there = CONTEXT.Pipe()
    log = tmp_path / "archive.db-wal"
    load(live, article(1))
    with running(hold_snapshot, (tmp_path / "archive.db", there)):
        here.send("snapshot")
        assert here.recv() == 1
        load(live, article(2))
        checkpoint(live)
        settle(live)
        load(live, article(3))
        here.send("snapshot")
        assert here.recv() == 1
        assert log.stat().st_size
        here.send("newest")
        assert here.recv() == 3
        here.send(None)
    checkpoint(live)
    assert log.stat().st_size == 0


def use_and_close(path: Path) -> None:
    with closing(open_database(path)) as db:
        record_source(db, "there", kind="list", url=None)


def test_log_of_an_open_database_is_not_taken_away_by_the_next_one_that_closes(live: Database, tmp_path: Path) -> None:
    """To open and close the file cancels SQLite's locks: what this process wrote from then on nobody saw."""
    path = tmp_path / "archive.db"
    record_source(live, "first", kind="list", url=None)
    settle(live)
    with running(use_and_close, (path,)):
        pass
    assert path.with_name("archive.db-wal").exists()
    record_source(live, "second", kind="list", url=None)
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT count(*) FROM sources").fetchone() == (3,)


def write_and_wait(path: Path, pipe: Connection) -> None:
    with closing(open_database(path)) as db:
        load(db, article(1, comment("committed")))
        with writing(db):
            record_source(db, "not committed", kind="list", url=None)
            pipe.send("written")
            pipe.recv()


def open_after_a_kill(path: Path, read_only: object, start: Barrier) -> None:
    start.wait()
    with closing(open_database(path, read_only=bool(read_only))) as db:
        assert db.table("captures").count == 1
        assert db.table("sources").count == 0


def test_log_of_a_killed_writer_is_recovered_by_whoever_comes_first(tmp_path: Path) -> None:
    """Several at once, with and without the right to write."""
    path = tmp_path / "archive.db"
    open_database(path, create=True).close()
    here, there = CONTEXT.Pipe()
    writer = CONTEXT.Process(target=write_and_wait, args=(path, there))
    writer.start()
    here.recv()
    writer.kill()
    writer.join()
    assert path.with_name("archive.db-wal").stat().st_size
    start = CONTEXT.Barrier(4)
    with running(open_after_a_kill, *[(path, read_only, start) for read_only in (True, False, True, False)]):
        pass


class Clock:
    """In the place of ``time``: waiting takes no time, and does what it is told instead."""

    def __init__(self, during: Callable[[], object] = lambda: None) -> None:
        self.now = 0.0
        self._during = during

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self._during()


def test_what_sqlite_refuses_at_once_is_tried_again(
    live: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(tmp_path / "archive.db", timeout=0)) as other:
        other.execute("BEGIN IMMEDIATE")
        monkeypatch.setattr(waiting, "time", Clock(other.rollback))
        live.conn.execute("PRAGMA busy_timeout = 0")
        record_source(live, "one", kind="list", url=None)
    assert live.table("sources").count == 1


def test_switching_to_the_log_waits_for_a_writer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where several processes make a database, one writes while another one switches: SQLite refuses that at once."""
    path = tmp_path / "archive.db"
    with closing(open_database(path, create=True)) as db:
        db.conn.execute("PRAGMA journal_mode = DELETE")
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        monkeypatch.setattr(waiting, "time", Clock(other.rollback))
        with closing(open_database(path)) as db:
            assert db.journal_mode == "wal"


def test_waiting_ends_and_errors_of_other_kinds_come_out_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    monkeypatch.setattr(waiting, "time", clock)
    with closing(sqlite3.connect(":memory:")) as db:
        with pytest.raises(sqlite3.OperationalError, match="no such table"):
            patiently(lambda: db.execute("SELECT * FROM nowhere"))
        assert clock.now == 0
    error = sqlite3.OperationalError("database is locked")
    error.sqlite_errorcode = sqlite3.SQLITE_BUSY

    def refuse() -> None:
        raise error

    with pytest.raises(sqlite3.OperationalError, match="locked"):
        patiently(refuse)
    assert 25 < clock.now < 30


def hold_lock(path: Path, pipe: Connection) -> None:
    with closing(open_database(path)) as db, writing(db):
        pipe.send(os.getpid())
        pipe.recv()


@pytest.mark.skipif(not Path("/proc/locks").exists(), reason="only Linux tells who holds a lock")
def test_process_that_holds_the_lock_for_too_long_is_named(
    live: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "archive.db"
    here, there = CONTEXT.Pipe()
    live.conn.execute("PRAGMA busy_timeout = 0")
    monkeypatch.setattr(waiting, "time", Clock())
    with running(hold_lock, (path, there)):
        holder = here.recv()
        with pytest.raises(InUse) as caught:
            record_source(live, "one", kind="list", url=None)
        here.send("go on")
    assert str(caught.value) == (
        f"{path}: process {holder} has been writing to it for more than 30 s; try again when it has ended, or end it; "
        "nothing was changed"
    )
    monkeypatch.setattr(waiting, "time", Clock())
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(InUse, match=f"process {os.getpid()} has been"):
            record_source(live, "one", kind="list", url=None)


def test_statement_of_ours_that_is_still_open_is_told_apart(live: Database, tmp_path: Path) -> None:
    """Its snapshot is too old to be written upon: waiting would not help, and the user is not told of locks."""
    record_source(live, "one", kind="list", url=None)
    cursor = live.conn.execute("SELECT name FROM sqlite_master")
    assert cursor.fetchone()
    with running(use_and_close, (tmp_path / "archive.db",)):
        pass
    with pytest.raises(InUse, match="nothing was changed"):
        record_source(live, "two", kind="list", url=None)
    cursor.close()
    record_source(live, "two", kind="list", url=None)


def _read_as_nobody(path: Path, pipe: Connection) -> None:
    os.seteuid(65534)  # root may write everywhere
    with closing(open_database(path, read_only=True)) as db:
        pipe.send([row["name"] for row in rows(db, "SELECT name FROM sources")])


@pytest.mark.skipif(os.geteuid() != 0, reason="needs to become somebody with fewer rights")
def test_who_may_only_read_the_folder_reads_the_database() -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        folder.chmod(0o755)
        path = folder / "archive.db"
        here, there = CONTEXT.Pipe()
        with closing(open_database(path, create=True)) as db:
            record_source(db, "one", kind="list", url=None)
            with running(_read_as_nobody, (path, there)):  # while somebody writes
                assert here.recv() == ["one"]
        assert [one.name for one in folder.iterdir()] == ["archive.db"]
        with running(_read_as_nobody, (path, there)):
            assert here.recv() == ["one"]
        assert [one.name for one in folder.iterdir()] == ["archive.db"]
    finally:
        shutil.rmtree(folder)
