"""Opening the database file: made, checked, brought up to date, set up for many readers and one writer.

Knows SQLite's modes and our marks on the file. Must not know what the tables mean.
"""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Final

from sqlite_utils import Database

from db import withheld
from db.errors import ArchiveDatabaseError, CannotWrite, NotFound, SchemaMismatch, SqliteTooOld
from db.migrations import APPLICATION_ID, steps
from db.sql import writing

_IN_USE: Final = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
BUSY_TIMEOUT_S: Final = 30.0
OLDEST_SQLITE: Final = (3, 37, 0)
"""The first with STRICT tables."""


def open_database(path: Path, *, create: bool = False, read_only: bool = False) -> Database:
    """Open the archive's database; the caller closes it. Use it from the thread that opened it.

    Raises NotFound if it is not there and not to be made, SchemaMismatch if it is no archive database or
    needs another version of this program, SqliteTooOld. A database that could not be made leaves no file.
    """
    check_sqlite()
    existed = path.exists()
    if not existed and (read_only or not create):
        raise NotFound(f"{path}: there is no database; make one by archiving a page, or rebuild it from the WARC files")
    db = _connect(path, mode="ro" if read_only else "rwc" if create else "rw")
    try:
        _check(db, path, create=create, read_only=read_only)
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
    db.conn.execute("PRAGMA busy_timeout = 0")
    try:
        db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in _IN_USE:  # somebody reads, or a statement of ours was interrupted
            return
        raise CannotWrite(f"the database cannot be written: {error}; free some space, nothing is lost") from error
    finally:
        db.conn.execute(f"PRAGMA busy_timeout = {int(BUSY_TIMEOUT_S * 1000)}")


def settle(db: Database) -> None:
    """Have all that was committed survive a power cut, when this returns.

    With synchronous=NORMAL the last commits may lie in the log and in memory only. Raises CannotWrite.
    """
    checkpoint(db)
    path = Path(str(db.conn.execute("PRAGMA database_list").fetchone()[2]))
    try:
        for name in (f"{path.name}-wal", path.name):  # the log, where a reader has kept it from being brought home
            with suppress(FileNotFoundError), path.with_name(name).open("rb") as stream:
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


def _connect(path: Path, *, mode: str) -> Database:
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=BUSY_TIMEOUT_S)
    except sqlite3.Error as error:
        raise _translated(error, path) from error
    # Plug-ins of sqlite-utils that happen to be installed must not change what our queries mean.
    return Database(connection, execute_plugins=False)


def _check(db: Database, path: Path, *, create: bool, read_only: bool) -> None:
    if not db.conn.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
        if read_only or not create:
            raise SchemaMismatch(f"{path}: the file is empty; delete it and rebuild the database from the WARC files")
        migrate(db)
        return
    if db.conn.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise SchemaMismatch(f"{path}: this is a database of another program; move it away or name another archive")
    newer = {step.name for step in steps.applied(db)} - _known_steps()
    if newer:
        raise SchemaMismatch(
            f"{path}: a newer version of this program made it (schema step {max(newer)}); upgrade this program"
        )
    if steps.pending(db):
        if read_only:
            raise SchemaMismatch(
                f"{path}: an older version of this program made it; any command that writes brings it up to date"
            )
        migrate(db)


def _known_steps() -> set[str]:
    with Database(memory=True, execute_plugins=False) as empty:
        return {step.name for step in steps.pending(empty)}


def _prepare_to_write(db: Database) -> None:
    """Set the modes of a writing connection.

    synchronous=NORMAL: in WAL mode a crash of the program loses nothing, a power cut at most the last
    commits, never the file. What is lost then can be had again from the WARC files, which are fsynced before
    the database hears of them. FULL would add an fsync to each commit for no truth gained.
    """
    db.conn.execute("PRAGMA journal_mode = WAL")
    db.conn.execute("PRAGMA synchronous = NORMAL")
    db.conn.execute("PRAGMA foreign_keys = ON")


def _translated(error: sqlite3.Error, path: Path) -> ArchiveDatabaseError:
    if error.sqlite_errorname in {"SQLITE_NOTADB", "SQLITE_CORRUPT"}:
        return SchemaMismatch(
            f"{path}: this is no database, or a damaged one ({error}); move it away and rebuild it from the WARC files"
        )
    return ArchiveDatabaseError(f"{path}: the database cannot be opened ({error}); are folder and file yours to write?")
