"""What plain sqlite3 does with the same rows: the physical tables of a database, its newest rows, and inserting them.

Knows no table by name: schemas come and go, and the same is asked of each.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from db.schema import open_database

_VALUES_AT_ONCE: Final = 16_000
_ROWS_AT_ONCE: Final = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """``parent``: of a table without row ids, the column that says to which row of which table a row belongs."""

    name: str
    columns: tuple[str, ...]
    parent: tuple[str, str, str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    table: Table
    values: list[Sequence[object]]


class Newest:
    """The rows that came since the last question."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._tables = tables(connection)
        self._last = {table.name: _last(connection, table.name) for table in self._tables if not table.parent}

    def rows(self) -> list[Rows]:
        found = [
            Rows(table=table, values=self._connection.execute(*self._query(table)).fetchall()) for table in self._tables
        ]
        self._last = {name: _last(self._connection, name) for name in self._last}
        return found

    def _query(self, table: Table) -> tuple[str, list[int]]:
        if table.parent is None:
            return f'SELECT * FROM "{table.name}" WHERE rowid > ? ORDER BY rowid', [self._last[table.name]]  # noqa: S608 - ours
        column, other, key = table.parent
        return (
            f'SELECT one.* FROM "{other}" AS other CROSS JOIN "{table.name}" AS one ON one."{column}" = other."{key}" '  # noqa: S608
            "WHERE other.rowid > ? ORDER BY other.rowid"
        ), [self._last[other]]


def tables(connection: sqlite3.Connection) -> list[Table]:
    """Those that hold rows of their own, parents first. Indexes of full text and what lies below them are none."""
    listed = connection.execute(
        "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
    ).fetchall()
    names = {name: bool(without_row_ids) for name, without_row_ids in listed if not name.startswith(("sqlite_", "_"))}
    parents = {name: _parents(connection, name) for name in names}
    found: list[Table] = []
    waiting = sorted(names)
    while waiting:
        name = next(one for one in waiting if not {other for _, other, _ in parents[one]} & set(waiting) - {one})
        waiting.remove(name)
        found.append(
            Table(
                name=name,
                columns=tuple(row[0] for row in connection.execute("SELECT name FROM pragma_table_info(?)", [name])),
                parent=parents[name][0] if names[name] else None,
            )
        )
    return found


def _parents(connection: sqlite3.Connection, name: str) -> list[tuple[str, str, str]]:
    """Column, table and column there of each foreign key, those of the primary key first."""
    return connection.execute(
        'SELECT keys."from", keys."table", keys."to" FROM pragma_foreign_key_list(?1) AS keys '
        'JOIN pragma_table_info(?1) AS columns ON columns.name = keys."from" ORDER BY pk = 0, pk',
        [name],
    ).fetchall()


def _last(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f'SELECT coalesce(max(rowid), 0) FROM "{name}"').fetchone()[0])  # noqa: S608 - ours


def made_like_ours(path: Path) -> sqlite3.Connection:
    """An empty database with our schema and our modes, to be used by statements of its own."""
    return open_database(path, create=True).conn


def insert_one_by_one(connection: sqlite3.Connection, new: list[Rows]) -> None:
    """One transaction, ``executemany``."""
    _begin(connection)
    for one in new:
        connection.executemany(f"INSERT INTO {_target(one.table)} VALUES ({_marks(one.table)})", one.values)  # noqa: S608 - ours
    connection.execute("COMMIT")


def insert_many_at_once(connection: sqlite3.Connection, new: list[Rows]) -> None:
    """One transaction, many rows in each statement."""
    _begin(connection)
    for one in new:
        for rows in _parts(one.values, min(_ROWS_AT_ONCE, _VALUES_AT_ONCE // len(one.table.columns))):
            marks = ", ".join([f"({_marks(one.table)})"] * len(rows))
            flat = [value for row in rows for value in row]
            connection.execute(f"INSERT INTO {_target(one.table)} VALUES {marks}", flat)  # noqa: S608 - ours
    connection.execute("COMMIT")


def _begin(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("PRAGMA defer_foreign_keys = ON")  # as ours: a reply may stand before what it answers


def _parts(values: list[Sequence[object]], size: int) -> Iterator[list[Sequence[object]]]:
    iterator = iter(values)
    while part := list(islice(iterator, size)):
        yield part


def _target(table: Table) -> str:
    return f'"{table.name}" ({", ".join(table.columns)})'


def _marks(table: Table) -> str:
    return ", ".join("?" * len(table.columns))
