"""Errors of the application and the exit codes they lead to.

ArchiverError
├── UsageError           a wrong argument, or a file given as one that cannot be read
│   └── ConfigError      archive.toml is missing, unreadable or says something wrong; names the key
├── CrawlLocked          another run holds the archive's lock
└── NoWorkers            no process to extract in could be started, or none stays alive
"""

import sqlite3
from enum import IntEnum
from pathlib import Path

from db.errors import Ambiguous, ArchiveDatabaseError, Contradiction, InUse, NotFound, SchemaMismatch, SqliteTooOld
from db.waiting import in_use, is_in_use
from warc.errors import CannotStore, WarcError


class Exit(IntEnum):
    """What the command's exit code says. The numbers above 64 are those of sysexits.h."""

    OK = 0
    FAILED = 1
    USAGE = 2
    NOT_FOUND = 3
    DAMAGE = 4
    UNHEALTHY = 5
    CANNOT_STORE = 74
    LOCKED = 75
    INTERRUPTED = 130


class ArchiverError(Exception):
    """Base of all errors of the application; the text says what is wrong and what to do."""


class UsageError(ArchiverError):
    """A wrong argument or option; a file given as one that is missing or unreadable."""


class ConfigError(UsageError):
    """Something is wrong with archive.toml. ``key`` is the dotted name of the setting, if one is to blame."""

    def __init__(self, path: Path, problem: str, key: str | None = None) -> None:
        super().__init__(f"{path}: {key}: {problem}" if key else f"{path}: {problem}")
        self.path = path
        self.key = key


class CrawlLocked(ArchiverError):
    """Another run holds the archive's lock."""


class NoWorkers(ArchiverError):
    """No process to extract in could be started, or none stays alive."""

    def __init__(self) -> None:
        super().__init__("no worker process stays alive; free some memory. What is stored is kept, extract it later")


_CODES: tuple[tuple[type[Exception], Exit], ...] = (
    (NotFound, Exit.NOT_FOUND),
    (Ambiguous, Exit.NOT_FOUND),
    (SchemaMismatch, Exit.USAGE),
    (SqliteTooOld, Exit.USAGE),
    (InUse, Exit.LOCKED),
    (Contradiction, Exit.DAMAGE),
    (ArchiveDatabaseError, Exit.CANNOT_STORE),  # it cannot be opened or made
    (CannotStore, Exit.CANNOT_STORE),
    (sqlite3.OperationalError, Exit.CANNOT_STORE),  # reading, too, may need room: for temporary files
    (WarcError, Exit.DAMAGE),
    (CrawlLocked, Exit.LOCKED),
    (NoWorkers, Exit.CANNOT_STORE),
    (UsageError, Exit.USAGE),
)


def told(error: Exception) -> str:
    """What is said of an error. That SQLite waited in vain for a lock says nothing of who holds it."""
    return in_use() if is_in_use(error) else str(error)


def exit_code(error: Exception) -> Exit | None:
    """The exit code of an error we know; None for a bug. The first kind that fits counts."""
    if is_in_use(error):
        return Exit.LOCKED
    return next((code for kind, code in _CODES if isinstance(error, kind)), None)
