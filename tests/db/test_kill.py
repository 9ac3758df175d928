"""kill -9 in the middle of a load, a migration, the exchange of a rebuilt database: what is left opens, whole.

A child process counts what it does (statements, stretches of long ones, steps of copies, syncs) and kills itself at one
of these points. No timing: a first child counts them all, others die at points spread evenly over them.
"""

import os
import shutil
import signal
import sqlite3
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest

from db import keeping, load
from db.facts import CaptureFacts, CaptureRow
from db.load import acknowledge, load_many, unextracted
from db.rebuild import differences, install, newest_capture, scratch_database
from db.schema import checkpoint, open_database, remove_database
from tests.db import earlier
from tests.db.histories import EXTRACTOR, article, comment, dump, loose_keys, memory_database, redirect

pytestmark = pytest.mark.slow

KILLS: Final = 12
INSTRUCTIONS: Final = 5000
FACTS: Final = [
    article(1, comment("first words", id_="c1"), comment("second", id_="c2", parent=0)),
    article(2, comment("edited words", id_="c1")),
    article(2, comment("elsewhere", id_="c1"), url="https://example.org/other/"),
    redirect(3, "https://example.org/2024/hoist/", url="https://example.org/?p=1"),
    article(4, url="https://example.org/other/", title="Other"),
    article(5, comment("edited words", id_="c1"), comment("late", id_="c3", parent=0)),
]


def waiting(facts: Iterable[CaptureFacts]) -> list[CaptureRow]:
    """As their records say it, before extraction."""
    return [replace(one.capture, extractor=None, verdict=None, redirect_url=None) for one in facts]


class Counter:
    """Kills its process when it has counted so far."""

    def __init__(self, last: int | None) -> None:
        self.count = 0
        self._last = last

    def __call__(self, *_: object) -> int:
        self.count += 1
        if self.count == self._last:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0


class Counted(sqlite3.Connection):
    """A connection that counts what it does."""

    counter = Counter(None)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.set_trace_callback(self.counter)
        self.set_progress_handler(self.counter, INSTRUCTIONS)

    def backup(self, target: sqlite3.Connection, *, pages: int = 16, progress: Any = None, **options: Any) -> None:
        def count(*status: int) -> None:
            self.counter()
            if progress:
                progress(*status)

        super().backup(target, pages=pages, progress=count, **options)


def run(action: Callable[[], None], last: int | None) -> int | None:
    """Do it in a child that dies at this point; the number of points if it came to its end, None if it was killed."""
    here, there = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            Counted.counter = Counter(last)
            sqlite3.connect = partial(sqlite3.connect, factory=Counted)  # type: ignore[assignment]
            sync = keeping._sync  # pyright: ignore[reportPrivateUsage]

            def count_and_sync(path: Path) -> None:
                Counted.counter()
                sync(path)

            keeping._sync = count_and_sync  # pyright: ignore[reportPrivateUsage]
            action()
            os.write(there, str(Counted.counter.count).encode())
        except BaseException:  # noqa: BLE001 - the process ends here, whatever it is
            traceback.print_exc()
        finally:
            os._exit(0)
    os.close(there)
    _, status = os.waitpid(child, 0)
    with os.fdopen(here) as stream:
        counted = stream.read()
    assert counted or os.WIFSIGNALED(status), "it failed; its output says why"
    return int(counted) if counted else None


def killed(action: Callable[[], None], prepare: Callable[[], object]) -> Iterator[int]:
    """Have it killed at points spread over all it does, each time after ``prepare``; yields after each."""
    prepare()
    total = run(action, None)
    assert total is not None
    assert total > KILLS
    for last in sorted({1 + number * (total - 1) // (KILLS - 1) for number in range(KILLS)}):
        prepare()
        assert run(action, last) is None
        yield last


def content(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as raw:
        return list(raw.iterdump())


def test_load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "_BATCH", 2)
    path = tmp_path / "archive.db"
    facts = {one.capture.record_id: one for one in FACTS}

    def prepare() -> None:
        remove_database(path)
        with closing(open_database(path, create=True)) as db:
            acknowledge(db, waiting(FACTS))

    def action() -> None:
        with closing(open_database(path)) as db:
            load_many(db, FACTS)
            checkpoint(db)

    with closing(memory_database()) as fresh:
        load_many(fresh, FACTS)
        for _ in killed(action, prepare):
            with closing(open_database(path, read_only=True)) as db:
                assert db.table("captures").count == len(FACTS)
            with closing(open_database(path)) as db:
                assert db.conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
                assert loose_keys(db) == []
                load_many(db, [facts[row.record_id] for row in unextracted(db, EXTRACTOR)])  # as ``extract`` does
                assert differences(db, fresh) == []


@pytest.mark.parametrize("version", earlier.VERSIONS)
def test_migration(tmp_path: Path, version: str) -> None:
    """Either the old database is there, whole, or the new one and the old one beside it."""
    path = tmp_path / "archive.db"
    copy = tmp_path / "archive.db.before-0003"
    before = content(earlier.database(version, tmp_path / "old.db"))

    def prepare() -> None:
        for one in tmp_path.glob("archive.db*"):
            one.unlink()
        shutil.copy(tmp_path / "old.db", path)

    def action() -> None:
        open_database(path).close()

    prepare()
    with closing(open_database(path)) as db:
        wanted = dump(db)
    migrated = 0
    for _ in killed(action, prepare):
        copies = [one for one in tmp_path.glob(f"{copy.name}*") if not one.name.endswith(".part")]
        assert all(content(one) == before for one in copies)
        with closing(sqlite3.connect(path)) as raw:
            steps = [name for (name,) in raw.execute("SELECT name FROM _sqlite_migrations ORDER BY id")]
        if steps[-1] == "0003":
            migrated += 1
            assert copies == [copy]
        else:
            assert content(path) == before
        with closing(open_database(path)) as db:
            assert dump(db) == wanted
            assert loose_keys(db) == []
        assert not list(tmp_path.glob("*.part"))
    assert 0 < migrated < KILLS


def test_exchange_of_a_rebuilt_database(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    stale, meanwhile = article(1, comment("stale"), url="https://example.org/stale/"), article(6, comment("new"))

    def prepare() -> None:
        remove_database(path)
        with closing(open_database(path, create=True)) as db:
            load_many(db, [stale])

    def action() -> None:
        with closing(open_database(path)) as db:
            since = newest_capture(db)
            acknowledge(db, waiting([meanwhile]))
            checkpoint(db)
        with scratch_database(path) as new:
            load_many(new, FACTS)
            install(new, path, since=since)

    def again() -> None:
        """By now the WARC files hold it."""
        with scratch_database(path) as new:
            load_many(new, FACTS)
            acknowledge(new, waiting([meanwhile]))
            install(new, path)

    def states() -> Iterator[dict[str, list[tuple[object, ...]]]]:
        for facts, later in (([stale], []), ([stale], [meanwhile]), (FACTS, [meanwhile])):
            with closing(memory_database()) as fresh:
                load_many(fresh, facts)
                acknowledge(fresh, waiting(later))
                yield dump(fresh)

    known = list(states())
    seen: set[int] = set()
    for _ in killed(action, prepare):
        with closing(open_database(path)) as db:
            assert db.conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert dump(db) in known
            seen.add(known.index(dump(db)))
        again()
        with closing(open_database(path)) as db:
            assert dump(db) == known[2]
        assert not path.with_name("archive.db.rebuild").exists()
    assert len(seen) > 1
