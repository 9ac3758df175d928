"""Putting a freshly built database in the place of the live one, and comparing two.

The new content is copied onto the live file with SQLite's backup API, as one transaction: readers go on with
the old rows until it commits. Never by renaming a file over a database in WAL mode: the old ``-wal`` would be
replayed into the new file and silently undo it.
"""

import sqlite3
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Final

from sqlite_utils import Database

from db.descriptions import DERIVED, OPERATIONAL, TABLES
from db.errors import InUse
from db.facts import CaptureRow
from db.load import acknowledge
from db.schema import checkpoint, open_database, remove_database
from db.sql import Row, Value, each, rows, run, writing
from db.stored import next_key
from db.waiting import in_use

_PAGES_AT_ONCE: Final = 16
"""Fewer than an empty database has, so that the first step of a copy is never the last."""

_CACHE_KIB: Final = 65_536
"""What a new database may hold in memory of itself: indexes are filled in no order."""

_EXTRACTED: Final = frozenset({"verdict", "reason", "redirect_url", "extractor", "error"})
"""What a capture has from its extraction."""

_VALUE_SHOWN: Final = 60
_Key = tuple[str, ...]


@contextmanager
def scratch_database(live_path: Path) -> Generator[Database, None, None]:
    """Make an empty database beside the live one to build in; it is gone after the block.

    The caller holds the archive's lock: what a killed rebuild left behind is removed first.
    """
    path = live_path.with_name(f"{live_path.name}.rebuild")
    remove_database(path)
    try:
        with closing(open_database(path, create=True)) as db:
            # It is thrown away if anything happens: nothing to be kept safe, no transaction to be rolled back.
            for setting in ("synchronous = OFF", "journal_mode = OFF", f"cache_size = -{_CACHE_KIB}"):
                db.conn.execute(f"PRAGMA {setting}").fetchall()
            yield db
    finally:
        remove_database(path)


def newest_capture(live: Database) -> int:
    """A mark in the live database, to be taken before the WARC files are read: later captures stand behind it."""
    return next_key(live, "captures") - 1


def install(new: Database, live_path: Path, *, since: int | None = None) -> None:
    """Replace the content of the live database by the new one, operational tables carried over from the live one.

    So are captures that stand behind ``since`` and are not in the new one: other commands have acknowledged them
    meanwhile, and they wait for extraction. All of it under the live database's write lock: what is acknowledged
    before the exchange is carried over, what comes after it finds the new rows. A live database that does not exist is
    made. If it cannot be opened, or the copy fails, it stays as it was. Raises InUse.
    """
    with closing(open_database(live_path, create=True)) as live, closing(open_database(live_path)) as reader:
        done = False

        def carry_over(status: int, _remaining: int, _total: int) -> None:
            nonlocal done
            if status not in (sqlite3.SQLITE_OK, sqlite3.SQLITE_DONE):  # Python would try for ever
                raise InUse(f"{in_use(live_path)}; nothing was changed")
            if not done:
                # The first step has taken the lock. What is written to the source by now is copied with the rest.
                _carry_over(reader, new, since=since)
                done = True

        new.conn.backup(live.conn, pages=_PAGES_AT_ONCE, progress=carry_over)
        # The copy went through the WAL: bring it home, or the file beside stays as large as the database.
        reader.close()
        checkpoint(live)


def differences(
    a: Database,
    b: Database,
    *,
    names: tuple[str, str] = ("the first", "the second"),
    limit: int = 20,
    quote: bool = True,
) -> list[str]:
    """Return lines that name the first rows in which the derived tables of two databases differ.

    Rows are compared by key and value, so neither the order of loading nor hidden row numbers matter. Values are left
    out where they are not to be quoted.
    """
    found: list[str] = []
    for table in DERIVED:
        for line in _differences(a, b, table, names, quote=quote):
            if len(found) == limit:
                return found
            found.append(line)
    return found


def _carry_over(live: Database, new: Database, *, since: int | None) -> None:
    with writing(new):
        for table in OPERATIONAL:
            run(new, f'DELETE FROM "{table}"')  # noqa: S608  # name of ours
            new.table(table).insert_all(each(live, f'SELECT * FROM "{table}"'))  # noqa: S608  # name of ours
        if since is not None:
            acknowledge(new, map(_waiting, rows(live, "SELECT * FROM captures WHERE key > ?", [since])))


def _waiting(capture: Row) -> CaptureRow:
    values = {one.name: capture[one.name] for one in fields(CaptureRow) if one.name not in _EXTRACTED}
    return CaptureRow(**values)  # type: ignore[arg-type]  # columns of a STRICT table


def _differences(a: Database, b: Database, table: str, names: tuple[str, str], *, quote: bool) -> Iterator[str]:
    """Walk both tables side by side in the order of their keys."""
    left, right = _in_order(a, table), _in_order(b, table)
    one, other = next(left, None), next(right, None)
    while one is not None or other is not None:
        if other is None or (one is not None and one[0] < other[0]):
            yield f"{table} {_named(one)}: only in {names[0]}"
            one = next(left, None)
        elif one is None or other[0] < one[0]:
            yield f"{table} {_named(other)}: only in {names[1]}"
            other = next(right, None)
        else:
            if one[1] != other[1]:
                yield f"{table} {_named(one)}: {_first_difference(one[1], other[1], names, quote=quote)}"
            one, other = next(left, None), next(right, None)


def _in_order(db: Database, table: str) -> Iterator[tuple[_Key, Row]]:
    described = TABLES[table]
    key = described.key
    order = ", ".join(f'"{column}"' for column in key)
    shown = ", ".join(f'"{column}"' for column in described.columns if column not in described.inner)
    found = db.conn.execute(f'SELECT {shown} FROM "{table}" ORDER BY {order}')  # noqa: S608  # names of ours
    columns = [column[0] for column in found.description]
    for values in found:
        row: Row = dict(zip(columns, values, strict=True))
        # Keys are texts and numbers; a number sorts by its digits, filled up.
        yield tuple(f"{row[column]:>20}" if isinstance(row[column], int) else str(row[column]) for column in key), row


def _named(entry: tuple[_Key, Row] | None) -> str:
    return " ".join(part.strip() for part in entry[0]) if entry else ""


def _first_difference(one: Row, other: Row, names: tuple[str, str], *, quote: bool) -> str:
    for column, value in one.items():
        if value != other.get(column) and not quote:
            return f"{column} differs between {names[0]} and {names[1]}"
        if value != other.get(column):
            return f"{column} is {_short(value)} in {names[0]}, {_short(other.get(column))} in {names[1]}"
    return f"it has other columns in {names[1]}"


def _short(value: Value) -> str:
    shown = repr(value)
    return shown if len(shown) <= _VALUE_SHOWN else f"{shown[:_VALUE_SHOWN]}…"
