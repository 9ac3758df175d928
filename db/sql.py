"""Small ways to read rows and to write the difference between rows, over sqlite-utils.

Knows rows as dicts and one kind of transaction; knows no table.
"""

import sqlite3
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from operator import itemgetter
from typing import Final, cast

from sqlite_utils import Database

from db.errors import CannotWrite, Contradiction, InUse
from db.waiting import in_use, is_in_use, path_of, patiently

Value = str | int | float | None
Row = dict[str, Value]
Key = tuple[Value, ...]
Parameters = Sequence[Value] | Mapping[str, Value]

_INSERTS_AT_ONCE: Final = 250
_VALUES_AT_ONCE: Final = 16_000
"""Rows and values of one INSERT: more are no faster, and SQLite takes 32,766 values at most."""


@contextmanager
def reading(db: Database) -> Generator[None, None, None]:
    """Let several questions see one state of the database, whatever others write meanwhile."""
    db.conn.execute("BEGIN")
    try:
        yield
    finally:
        db.rollback()


@contextmanager
def writing(db: Database) -> Generator[None, None, None]:
    """Run a block as one transaction that takes the write lock at its start; nests.

    sqlite-utils' ``atomic()`` begins deferred: a block that reads and then writes fails at once with
    "database is locked" if another process wrote between, whatever the busy timeout says.

    Raises CannotWrite where SQLite refuses, InUse where another process has held the lock for too long.
    """
    if db.conn.in_transaction:
        with db.atomic():
            yield
        return
    try:
        patiently(lambda: db.conn.execute("BEGIN IMMEDIATE"))
        # Rows of one batch refer to each other; the keys are checked at the commit.
        db.conn.execute("PRAGMA defer_foreign_keys = ON")
        yield
        patiently(lambda: db.conn.execute("COMMIT"))
    except BaseException as error:
        db.rollback()
        if is_in_use(error):
            raise InUse(f"{in_use(path_of(db))}; nothing was changed") from error
        if isinstance(error, sqlite3.IntegrityError):
            where = path_of(db) or "the database"
            raise Contradiction(
                f"{where} contradicts itself ({error}); make it anew with 'archiver rebuild'"
            ) from error
        if isinstance(error, sqlite3.OperationalError):  # disk full, not writable
            raise CannotWrite(f"the database cannot be written: {error}; nothing was changed") from error
        raise


def run(db: Database, sql: str, parameters: Parameters = ()) -> None:
    """Run a statement that writes; to be called inside ``writing``."""
    db.conn.execute(sql, parameters)


def rows(db: Database, sql: str, parameters: Parameters = ()) -> list[Row]:
    cursor = db.conn.execute(sql, parameters)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, values, strict=False)) for values in cursor]


def each(db: Database, sql: str, parameters: Parameters = ()) -> Iterator[Row]:
    """One row after the other, for answers that are too many to hold."""
    cursor = db.conn.execute(sql, parameters)
    names = [column[0] for column in cursor.description]
    for values in cursor:
        yield dict(zip(names, values, strict=True))


def first(db: Database, sql: str, parameters: Parameters = ()) -> Row | None:
    return next(iter(rows(db, sql, parameters)), None)


def marks(values: Collection[object]) -> str:
    """Return as many question marks as there are values, for ``IN (…)``."""
    return ", ".join("?" * len(values))


def text(value: Value) -> str | None:
    return None if value is None else str(value)


def integer(value: Value) -> int | None:
    return None if value is None else int(value)


@dataclass(slots=True, kw_only=True)
class Changes:
    """What one batch will write to one table. Filled page by page, written once."""

    table: str
    key: tuple[str, ...]
    inserts: list[Row] = field(default_factory=list[Row])
    updates: dict[tuple[str, ...], list[list[Value]]] = field(default_factory=dict[tuple[str, ...], list[list[Value]]])
    deletes: list[Key] = field(default_factory=list[Key])

    def bring(self, stored: Iterable[Row], wanted: Iterable[Row]) -> None:
        """Note what turns the stored rows into the wanted ones; columns not in ``wanted`` stay."""
        key_of = cast("Callable[[Row], Value | Key]", itemgetter(*self.key))
        before = {key_of(row): row for row in stored}
        if not before:
            self.inserts.extend(wanted)
            return
        for row in wanted:
            known = before.pop(key_of(row), None)
            if known is None:
                self.inserts.append(row)
            else:
                self._note_update(known, row)
        self.deletes.extend(key if isinstance(key, tuple) else (key,) for key in before)

    def _note_update(self, known: Row, row: Row) -> None:
        # Only changed columns are named, so that the search triggers run only when text changed.
        changed = tuple(column for column, value in row.items() if known[column] != value)
        if changed:
            values = [row[column] for column in (*changed, *self.key)]
            self.updates.setdefault(changed, []).append(values)

    def write(self, db: Database) -> None:
        where = " AND ".join(f'"{column}" = ?' for column in self.key)
        db.conn.executemany(f'DELETE FROM "{self.table}" WHERE {where}', self.deletes)  # noqa: S608  # names of ours
        for columns, values in sorted(self.updates.items()):
            assignments = ", ".join(f'"{column}" = ?' for column in columns)
            db.conn.executemany(f'UPDATE "{self.table}" SET {assignments} WHERE {where}', values)  # noqa: S608  # same
        _insert(db, self.table, self.inserts)


def _insert(db: Database, table: str, new: Sequence[Row]) -> None:
    """Insert rows that all have the same columns, many in a statement: a third faster than one by one."""
    if not new:
        return
    columns = tuple(new[0])
    values_of = cast("Callable[[Row], tuple[Value, ...]]", itemgetter(*columns))
    names = ", ".join(f'"{column}"' for column in columns)
    row = f"({marks(columns)})"
    at_once = min(_INSERTS_AT_ONCE, _VALUES_AT_ONCE // len(columns))
    for start in range(0, len(new), at_once):
        some = new[start : start + at_once]
        sql = f'INSERT INTO "{table}" ({names}) VALUES {", ".join([row] * len(some))}'  # noqa: S608  # names of ours
        db.conn.execute(sql, list(chain.from_iterable(map(values_of, some))))
