"""Putting a freshly built database in the place of the live one, and comparing two.

The new content is copied onto the live file with SQLite's backup API, as one transaction: readers go on with
the old rows until it commits. Never by renaming a file over a database in WAL mode: the old ``-wal`` would be
replayed into the new file and silently undo it.
"""

from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from sqlite_utils import Database

from db.descriptions import DERIVED, OPERATIONAL, TABLES
from db.schema import checkpoint, open_database, remove_database
from db.sql import Row, Value, rows, run, writing

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
            # It is thrown away if anything happens: nothing to be kept safe.
            db.conn.execute("PRAGMA synchronous = OFF")
            yield db
    finally:
        remove_database(path)


def install(new: Database, live_path: Path) -> None:
    """Replace the content of the live database by the new one, operational tables carried over from the live one.

    A live database that does not exist is made. If it cannot be opened, or the copy fails, it stays as it was.
    """
    with closing(open_database(live_path, create=True)) as live:
        _carry_over(live, new)
        new.conn.backup(live.conn)
        # The copy went through the WAL: bring it home, or the file beside stays as large as the database.
        checkpoint(live)


def differences(
    a: Database, b: Database, *, names: tuple[str, str] = ("the first", "the second"), limit: int = 20
) -> list[str]:
    """Return lines that name the first rows in which the derived tables of two databases differ.

    Rows are compared by key and value, so neither the order of loading nor hidden row numbers matter.
    """
    found: list[str] = []
    for table in DERIVED:
        for line in _differences(a, b, table, names):
            if len(found) == limit:
                return found
            found.append(line)
    return found


def _carry_over(live: Database, new: Database) -> None:
    """Copy the operational rows, again if the live database was written to meanwhile."""
    while True:
        before = _data_version(live)
        for table in OPERATIONAL:
            kept = rows(live, f'SELECT * FROM "{table}"')  # noqa: S608  # name of ours
            with writing(new):
                run(new, f'DELETE FROM "{table}"')  # noqa: S608  # name of ours
                new.table(table).insert_all(kept)
        if _data_version(live) == before:
            return


def _data_version(db: Database) -> int:
    return int(db.conn.execute("PRAGMA data_version").fetchone()[0])


def _differences(a: Database, b: Database, table: str, names: tuple[str, str]) -> Iterator[str]:
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
                yield f"{table} {_named(one)}: {_first_difference(one[1], other[1], names)}"
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


def _first_difference(one: Row, other: Row, names: tuple[str, str]) -> str:
    for column, value in one.items():
        if value != other.get(column):
            return f"{column} is {_short(value)} in {names[0]}, {_short(other.get(column))} in {names[1]}"
    return f"it has other columns in {names[1]}"


def _short(value: Value) -> str:
    shown = repr(value)
    return shown if len(shown) <= _VALUE_SHOWN else f"{shown[:_VALUE_SHOWN]}…"
