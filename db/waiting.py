"""Waiting for a database that others use, and saying who they are when that takes too long.

SQLite waits by itself for a lock that will become free (``BUSY_TIMEOUT_S``). In some places it answers SQLITE_BUSY at
once all the same: where it would wait for a lock while it holds a weaker one (switching a new database to its log, a
statement of our own still open) it cannot tell delay from deadlock. There we try again ourselves, for as long.
"""

import re
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:  # errors are explained by what is here: `--help` must not load a database for it
    from sqlite_utils import Database

BUSY_TIMEOUT_S: Final = 30.0
_IN_USE: Final = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_FIRST_WAIT_S: Final = 0.005
_LONGEST_WAIT_S: Final = 0.25

_WRITE_LOCK_OF_LOG: Final = 120
"""The byte of the file ``-shm`` that is locked by who writes to a database with a log."""

_RESERVED_LOCK: Final = 0x40000001
"""The byte of the database file that is locked by who writes to one without."""

_T = TypeVar("_T")


def is_in_use(error: BaseException) -> bool:
    """Whether SQLite says that another connection holds what is needed."""
    return isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorcode", 0) & 0xFF in _IN_USE


def patiently(action: Callable[[], _T], *, most_s: float = BUSY_TIMEOUT_S) -> _T:
    """Do what SQLite may refuse because others use the database, again and again if need be.

    Time that SQLite itself has waited counts. Raises the last refusal.
    """
    end = time.monotonic() + most_s
    wait = _FIRST_WAIT_S
    while True:
        try:
            return action()
        except sqlite3.OperationalError as error:
            # A snapshot that is too old (a statement of ours still reads from it) does not become newer by waiting.
            is_old = error.sqlite_errorcode == sqlite3.SQLITE_BUSY_SNAPSHOT
            if not is_in_use(error) or is_old or time.monotonic() + wait >= end:
                raise
        time.sleep(wait)
        wait = min(2 * wait, _LONGEST_WAIT_S)


def in_use(path: Path | None = None) -> str:
    """Say in a sentence who holds the database and what to do; who it is only Linux tells."""
    holder = None if path is None else _holder(path)
    name = "another program" if holder is None else f"process {holder}"
    return (
        f"{path or 'the database'}: {name} has been writing to it for more than {BUSY_TIMEOUT_S:.0f} s; "
        "try again when it has ended, or end it"
    )


def path_of(db: "Database") -> Path | None:
    """The file of a database, or None if it is in memory. Asks nothing that needs a lock."""
    file = str(db.conn.execute("PRAGMA database_list").fetchone()[2] or "")
    return Path(file) if file else None


def _holder(path: Path) -> int | None:
    """The process that holds the write lock, as far as /proc knows it.

    Asking for the lock itself (``F_GETLK``) would need the file to be opened and closed: closing it would cancel all
    locks that this process has on it.
    """
    wanted = [(path.with_name(f"{path.name}-shm"), _WRITE_LOCK_OF_LOG), (path, _RESERVED_LOCK)]
    try:
        locks = Path("/proc/locks").read_text(encoding="ascii")
        for file, byte in wanted:
            inode = file.stat().st_ino if file.exists() else None
            for match in re.finditer(r"WRITE (\d+) \S+:(\d+) (\d+) (\d+|EOF)", locks):
                pid, locked, first, last = match.groups()
                if int(locked) == inode and int(first) <= byte and (last == "EOF" or byte <= int(last)):
                    return int(pid) or None  # 0: of another namespace
    except OSError:
        pass
    return None
