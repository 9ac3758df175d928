"""Keeps a copy of a database beside it: whole and on disk under its name, or not there at all."""

import os
import shutil
import sqlite3
from contextlib import closing
from itertools import count
from pathlib import Path

from db.errors import CannotWrite


def keep_copy(path: Path, *, name: str) -> Path:
    """Copy the database at ``path`` with SQLite's backup API; return the copy, which is on disk by then.

    What has that name already stays: the copy has a number then. To be called with the write lock held, so that what
    is copied is what is changed next. A copy that is interrupted goes by another name (``….part``), and the next one
    replaces it. Raises CannotWrite.
    """
    draft = path.with_name(f"{name}.part")
    try:
        draft.unlink(missing_ok=True)
        # Over a connection of its own: the one that holds the lock cannot be copied from.
        live = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        with closing(live), closing(sqlite3.connect(draft)) as copy:
            live.backup(copy, progress=_refuse_to_wait)
        shutil.copymode(path, draft)
        _sync(draft)
        kept = _free(path.with_name(name))
        draft.rename(kept)
        _sync(path.absolute().parent)
    except BaseException as error:
        draft.unlink(missing_ok=True)
        if isinstance(error, (sqlite3.Error, OSError)):
            room = 3 * path.stat().st_size // 1_000_000 + 1  # the copy, the new tables beside the old ones, the log
            raise CannotWrite(
                f"{path}: no copy of it can be kept before it is brought up to date ({error}); "
                f"free about {room} MB on that disk; nothing was changed"
            ) from error
        raise
    return kept


def _refuse_to_wait(status: int, _remaining: int, _total: int) -> None:
    """Python would try for ever; nobody but us can use either file."""
    if status not in (sqlite3.SQLITE_OK, sqlite3.SQLITE_DONE):
        raise sqlite3.OperationalError("the database is in use")


def _free(path: Path) -> Path:
    numbered = (path.with_name(f"{path.name}-{number}") for number in count(2))
    return path if not path.exists() else next(one for one in numbered if not one.exists())


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
