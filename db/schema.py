"""Opening the database file: made, checked, brought up to date, set up for many readers and one writer.

Knows SQLite's modes and our marks on the file. Must not know what the tables mean.
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlite_utils import Database

from db import withheld
from db.errors import ArchiveDatabaseError, CannotWrite, InUse, NotFound, SchemaMismatch, SqliteTooOld
from db.keeping import keep_copy
from db.migrations import APPLICATION_ID, steps
from db.sql import writing
from db.waiting import BUSY_TIMEOUT_S, in_use, is_in_use, path_of, patiently

_MIGRATION_TIMEOUT_S: Final = 3600.0
"""How long to wait for another process that migrates the same database: until that is done."""

OLDEST_SQLITE: Final = (3, 37, 0)
"""The first with STRICT tables."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrated:
    """A database that was brought up to date; ``kept`` is the copy of what it was."""

    path: Path
    step: str
    kept: Path


def open_database(
    path: Path,
    *,
    create: bool = False,
    read_only: bool = False,
    on_migrated: Callable[[Migrated], None] = lambda _: None,
) -> Database:
    """Open the archive's database; the caller closes it. Use it from the thread that opened it.

    One that an older program made is copied (``db.keeping``), then brought up to date in one transaction, and
    ``on_migrated`` is told; another process that opens it at that time waits. Raises NotFound if it is not there and
    not to be made, SchemaMismatch if it is no archive database or needs another version of this program,
    SqliteTooOld, CannotWrite, InUse. A database that could not be made leaves no file.
    """
    check_sqlite()
    existed = path.exists()
    if not existed and (read_only or not create):
        raise NotFound(f"{path}: there is no database; make one by archiving a page, or rebuild it from the WARC files")
    db = _connect_to_read(path) if read_only else _connect(path, mode="rwc" if create else "rw")
    try:
        _check(db, path, create=create, read_only=read_only, on_migrated=on_migrated)
        if not read_only:
            _prepare_to_write(db)
        withheld.prepare(db)
    except BaseException as error:
        db.close()
        if not existed:
            remove_database(path)
        if isinstance(error, sqlite3.Error):
            raise _translated(error, path) from error
        raise
    return db


def migrate(db: Database) -> None:
    """Bring the schema up to date in one transaction; does nothing if it is."""
    with writing(db):
        steps.apply(db)


def checkpoint(db: Database) -> None:
    """Bring the write-ahead log home and empty it; to be called after a crawl or a rebuild.

    Does not wait for readers in the middle of something: what they hold back, the next call brings home.
    """
    _wait_up_to(db, 0)
    try:
        db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError as error:
        if is_in_use(error):  # somebody reads, or a statement of ours was interrupted
            return
        raise CannotWrite(f"the database cannot be written: {error}; free some space, nothing is lost") from error
    finally:
        _wait_up_to(db, BUSY_TIMEOUT_S)


def settle(db: Database) -> None:
    """Have all that was committed survive a power cut, when this returns.

    With synchronous=NORMAL the last commits may lie in the log and in memory only. What a checkpoint brings home, it
    syncs; the log is synced here, where a reader has kept it from being brought home. The database file itself must
    not be opened for that: closing it again would cancel SQLite's locks on it, and the next process to end would
    take away the log that this one writes to. Raises CannotWrite.
    """
    checkpoint(db)
    path = path_of(db)
    if path is None:
        return
    try:
        with suppress(FileNotFoundError), path.with_name(f"{path.name}-wal").open("rb") as stream:
            os.fsync(stream.fileno())
    except OSError as error:
        raise CannotWrite(f"the database cannot be written: {error.strerror}; free some space") from error


def remove_database(path: Path) -> None:
    """Delete a database file and what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def check_sqlite() -> None:
    """Raise SqliteTooOld unless this Python's SQLite has STRICT tables and FTS5."""
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise SqliteTooOld(
            f"SQLite {sqlite3.sqlite_version} is too old: {'.'.join(map(str, OLDEST_SQLITE))} or later is needed; "
            "use a Python that is linked to a newer one"
        )
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE probe USING fts5(text)")
    except sqlite3.OperationalError as error:
        raise SqliteTooOld(
            f"SQLite {sqlite3.sqlite_version} was built without FTS5; use a Python whose SQLite has it"
        ) from error
    finally:
        connection.close()


def _connect(path: Path, *, mode: str, immutable: bool = False) -> Database:
    uri = f"{path.absolute().as_uri()}?mode={mode}{'&immutable=1' if immutable else ''}"
    try:
        connection = sqlite3.connect(uri, uri=True, timeout=BUSY_TIMEOUT_S)
    except sqlite3.Error as error:
        raise _translated(error, path) from error
    # Plug-ins of sqlite-utils that happen to be installed must not change what our queries mean.
    return Database(connection, execute_plugins=False)


def _connect_to_read(path: Path) -> Database:
    """Reading needs SQLite's file ``-shm``. Who may not make it, as on a disk that is read-only, reads without.

    That is safe only where nobody writes: there is neither that file then, nor a log.
    """
    db = _connect(path, mode="ro")
    try:
        db.conn.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
    except sqlite3.OperationalError as error:
        beside = [path.with_name(f"{path.name}{suffix}") for suffix in ("-wal", "-shm")]
        if is_in_use(error) or any(one.exists() for one in beside):
            return db  # the next question tells
        db.close()
        return _connect(path, mode="ro", immutable=True)
    except sqlite3.Error:
        pass
    return db


def _check(db: Database, path: Path, *, create: bool, read_only: bool, on_migrated: Callable[[Migrated], None]) -> None:
    if not db.conn.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
        if read_only or not create:
            raise SchemaMismatch(f"{path}: the file is empty; delete it and rebuild the database from the WARC files")
        migrate(db)
        return
    if db.conn.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise SchemaMismatch(f"{path}: this is a database of another program; move it away or name another archive")
    _refuse_newer(db, path)
    if steps.pending(db):
        if read_only:
            raise SchemaMismatch(
                f"{path}: an older version of this program made it; any command that writes brings it up to date, "
                "such as 'archiver extract'"
            )
        migrated = _bring_up_to_date(db, path)
        if migrated:
            on_migrated(migrated)


def _refuse_newer(db: Database, path: Path) -> None:
    newer = {step.name for step in steps.applied(db)} - _known_steps()
    if newer:
        raise SchemaMismatch(
            f"{path}: a newer version of this program made it (schema step {max(newer)}); upgrade this program"
        )


def _bring_up_to_date(db: Database, path: Path) -> Migrated | None:
    """Copy, then migrate, both under the write lock; None if another process has done it by the time we have that."""
    kept: Path | None = None
    _wait_up_to(db, _MIGRATION_TIMEOUT_S)
    try:
        with writing(db):
            _refuse_newer(db, path)
            waiting = [step.name for step in steps.pending(db)]
            if not waiting:
                return None
            kept = keep_copy(path, name=f"{path.name}.before-{max(waiting)}")
            steps.apply(db)
    except BaseException:
        with suppress(sqlite3.Error):
            if kept and steps.pending(db):  # nothing was changed; else the interruption came behind the commit
                kept.unlink(missing_ok=True)
        raise
    finally:
        _wait_up_to(db, BUSY_TIMEOUT_S)
    return Migrated(path=path, step=max(waiting), kept=kept)


def _wait_up_to(db: Database, timeout_s: float) -> None:
    db.conn.execute(f"PRAGMA busy_timeout = {int(timeout_s * 1000)}")


def _known_steps() -> set[str]:
    with Database(memory=True, execute_plugins=False) as empty:
        return {step.name for step in steps.pending(empty)}


def _prepare_to_write(db: Database) -> None:
    """Set the modes of a writing connection.

    synchronous=NORMAL: in WAL mode a crash of the program loses nothing, a power cut at most the last
    commits, never the file. What is lost then can be had again from the WARC files, which are fsynced before
    the database hears of them. FULL would add an fsync to each commit for no truth gained.
    """
    patiently(lambda: db.conn.execute("PRAGMA journal_mode = WAL"))
    db.conn.execute("PRAGMA synchronous = NORMAL")
    db.conn.execute("PRAGMA foreign_keys = ON")


def _translated(error: sqlite3.Error, path: Path) -> ArchiveDatabaseError:
    if is_in_use(error):
        return InUse(in_use(path))
    if error.sqlite_errorname in {"SQLITE_NOTADB", "SQLITE_CORRUPT"}:
        return SchemaMismatch(
            f"{path}: this is no database, or a damaged one ({error}); move it away and rebuild it from the WARC files"
        )
    return ArchiveDatabaseError(f"{path}: the database cannot be opened ({error}); are folder and file yours to write?")
