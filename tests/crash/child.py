"""The process that is struck: runs a command of the archiver over a disk that counts what is asked of it.

At a chosen operation (the third write into a WARC file, the second commit) the process kills itself before, within or
after it, or the operation fails, and with it every later one of its kind. Nothing here runs in the test's own process:
``crawl`` is the target of a forked one.
"""

import errno
import io
import json
import os
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path
from signal import ITIMER_PROF, SIG_UNBLOCK, SIGINT, SIGKILL, Signals, pthread_sigmask, setitimer
from stat import S_ISDIR
from threading import Event, current_thread, main_thread
from typing import Any, Final, TypeVar

import archiver.store
from archiver.cli import run
from warc.index import add_to_index

STRUCK: Final = "struck"
"""Among the counted operations: that the signal was sent."""

FILE_BYTES: Final = 60_000
"""Of each WARC file, about."""

_STALLED_S: Final = 2.0
_T = TypeVar("_T")
_SUBJECTS: Final = (
    (".warc.gz", "warc"),
    (".warc.gz.open", "warc"),
    (".torn", "torn"),
    (".torn.new", "torn"),
    ("manifest.jsonl", "manifest"),
    (".cdxj", "index"),
    (".new", "index"),
    (".json", "summary"),
    ("archive.db", "database"),
    ("archive.db-wal", "database"),
)


class When(StrEnum):
    BEFORE = "before"
    WITHIN = "within"
    AFTER = "after"


@dataclass(frozen=True, slots=True, kw_only=True)
class Blow:
    """At the ``nth`` operation whose name (``write warc``, ``sql commit``) fits ``moment``: patterns, ``|`` between.

    With ``error`` (an errno) the process is not struck: that operation and every later one that fits fails.
    ``within`` a write, half of it is done; within anything else is before it. ``power_cut``: what was never synced is
    lost besides (the test takes it away, by what the process has noted of its syncs). ``stall``: from this sync of a
    WARC file on none is done, while the crawl goes on; the moment is when it asks for one itself, or waits too long.
    """

    moment: str
    nth: int
    when: When = When.BEFORE
    signal: Signals = SIGKILL
    error: int | None = None
    power_cut: bool = False
    stall: int = 0

    def __str__(self) -> str:
        what = errno.errorcode[self.error] if self.error else "power cut" if self.power_cut else self.signal.name
        stalled = f", WARC syncs stalled from number {self.stall}" if self.stall else ""
        return f"{what} {self.when} '{self.moment}' number {self.nth}{stalled}"


class Disk:
    """What the archive folder asks of the system, counted by name; all else passes by.

    ``synced`` says of files that are new or were synced, by inode, how many of their bytes are surely on disk;
    ``unnamed`` are the new ones whose folder was not synced since.
    """

    def __init__(self, task: "Task") -> None:
        self._root = str(task.folder.resolve())
        self._blow = task.blow
        self._output = task.output
        self.synced: dict[int, int] = {}
        self.unnamed: set[int] = set()
        self._fitting = 0
        self.counts: Counter[str] = Counter()

    def install(self) -> None:
        """For the life of the process."""
        open_, connect = io.open, sqlite3.connect
        for name in ("rename", "replace", "unlink"):
            setattr(os, name, partial(self._named, "rename" if name == "replace" else name, getattr(os, name)))
        for name in ("fsync", "fdatasync"):
            setattr(os, name, partial(self._synced, getattr(os, name)))

        def opened(file: Any, mode: str = "r", buffering: int = -1, *args: Any, **kwargs: Any) -> Any:
            if isinstance(file, int) or not set(mode) & set("wax+") or not self._subject(os.fspath(file)):
                return open_(file, mode, buffering, *args, **kwargs)
            raw = _File(self, os.fspath(file), mode.replace("b", "").replace("t", ""))
            if buffering == 0:
                return raw
            stream = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
            return stream if "b" in mode else io.TextIOWrapper(stream, *args, **kwargs)

        io.open = opened  # pathlib asks here
        vars(sqlite3)["connect"] = partial(connect, factory=self._connection_type())

    def at(self, operation: str, subject: str, act: Callable[[], _T], part: Callable[[], _T] | None = None) -> _T:
        name = f"{operation} {subject}"
        self.counts[name] += 1
        blow = self._blow
        if blow is None or not any(fnmatchcase(name, one) for one in blow.moment.split("|")):
            return act()
        self._fitting += 1
        if self._fitting < blow.nth:
            return act()
        if blow.error:
            if part and blow.when is When.WITHIN and self._fitting == blow.nth:
                return part()
            raise _failure(operation, blow.error)
        if self._fitting > blow.nth:
            return act()
        if blow.when is When.AFTER:
            done = act()
            self._strike(blow)
            return done
        if part and blow.when is When.WITHIN and blow.signal is SIGKILL:
            part()
        self._strike(blow)
        return act()

    def _strike(self, blow: Blow) -> None:
        self.counts[STRUCK] += 1
        if blow.power_cut:
            notes = {"synced": self.synced, "unnamed": [*self.unnamed], "calm": current_thread() is main_thread()}
            self._output.with_suffix(".synced").write_text(json.dumps(notes), encoding="utf-8")
        os.kill(os.getpid(), blow.signal)

    def _subject(self, path: str) -> str | None:
        """None outside the archive, and for logs and locks."""
        path = os.path.abspath(path)  # noqa: PTH100 - a link in /proc must not be followed
        if not path.startswith(self._root):
            return None
        return next((name for suffix, name in _SUBJECTS if path.endswith(suffix)), None)

    def _named(self, operation: str, act: Callable[..., None], path: Any, *rest: Any, **kwargs: Any) -> None:
        subject = self._subject(os.fspath(path))
        if subject is None:
            act(path, *rest, **kwargs)
        else:
            self.at(operation, subject, lambda: act(path, *rest, **kwargs))

    def _synced(self, act: Callable[[int], None], descriptor: Any) -> None:
        number = descriptor if isinstance(descriptor, int) else descriptor.fileno()
        path = Path(f"/proc/self/fd/{number}")
        subject = "file"
        if path.exists():
            target = os.readlink(path)  # noqa: PTH115 - a descriptor's, not a path's
            subject = self._subject(target) or "folder"
        if subject == "warc" and self._blow and 0 < self._blow.stall <= self.counts["sync warc"] + 1:
            if current_thread() is not main_thread():
                Event().wait(_STALLED_S)  # a disk that hangs; only how long the crawl may go on depends on it
            self._strike(self._blow)
        self.at("sync", subject, lambda: self._sync(act, number))

    def _sync(self, act: Callable[[int], None], descriptor: int) -> None:
        status = os.fstat(descriptor)  # what is written from here on may be left out
        named = set(self.unnamed)
        act(descriptor)
        if S_ISDIR(status.st_mode):
            self.unnamed -= named
        else:
            self.synced[status.st_ino] = status.st_size

    def _connection_type(self) -> type[sqlite3.Connection]:
        disk = self

        class Connection(sqlite3.Connection):
            def execute(self, sql: str, *args: Any) -> sqlite3.Cursor:
                word = sql.split(None, 1)[0].lower()
                return disk.at("sql", word, lambda: super(Connection, self).execute(sql, *args))

            def executemany(self, sql: str, *args: Any) -> sqlite3.Cursor:
                return disk.at("sql", "many", lambda: super(Connection, self).executemany(sql, *args))

        return Connection


class _File(io.FileIO):
    """A file of the archive, its writes and cuts counted."""

    def __init__(self, disk: Disk, path: str, mode: str) -> None:
        self._disk = disk
        self._about = disk._subject(path) or ""
        disk.at("open", self._about, lambda: super(_File, self).__init__(path, mode))
        if "x" in mode:
            inode = os.fstat(self.fileno()).st_ino
            disk.synced[inode] = 0
            disk.unnamed.add(inode)

    def write(self, data: Any, /) -> int:
        half = memoryview(data)[: max(1, memoryview(data).nbytes // 2)]
        return self._disk.at(
            "write", self._about, lambda: super(_File, self).write(data), lambda: super(_File, self).write(half)
        )

    def truncate(self, size: int | None = None, /) -> int:
        return self._disk.at("truncate", self._about, lambda: super(_File, self).truncate(size))


def _failure(operation: str, number: int) -> Exception:
    if operation != "sql":
        return OSError(number, os.strerror(number))
    return sqlite3.OperationalError("database or disk is full" if number == errno.ENOSPC else "disk I/O error")


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """``archiver -C FOLDER ARGS``; what it prints goes into ``output``, counted operations into a file beside it.

    After ``cpu_s`` seconds of processor time, if any, the system ends the process where it happens to be.
    """

    folder: Path
    output: Path
    args: tuple[str, ...]
    blow: Blow | None
    cpu_s: float


def _make_small() -> None:
    """Let a crawl of some pages do what else only a large one does: close many files, gather runs of the index."""
    vars(archiver.store).update(_MB=FILE_BYTES, _LINES_AT_ONCE=8)
    defaults = add_to_index.__kwdefaults__
    assert defaults is not None
    assert "cheap_bytes" in defaults
    defaults["cheap_bytes"] = 3000


def act(task: Task) -> None:
    """The whole life of a process."""
    descriptor = os.open(task.output, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o644)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
    pthread_sigmask(SIG_UNBLOCK, {SIGINT})  # workers, for which the server is, never see it
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        del os.environ[name]
    _make_small()
    disk = Disk(task)
    disk.install()
    if task.cpu_s:
        setitimer(ITIMER_PROF, task.cpu_s)  # nobody handles SIGPROF: the kernel ends the process
    code = run(["-C", str(task.folder), *task.args])
    setitimer(ITIMER_PROF, 0)
    task.output.with_suffix(".events").write_text(json.dumps(disk.counts), encoding="utf-8")
    sys.exit(code)
