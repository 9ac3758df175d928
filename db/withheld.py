"""What must not be shown: ids of articles and comments that are kept on disk and hidden from every reader.

They stand in a temporary table of the connection, ``withheld``, filled from archive.toml when the database is opened:
the rows of the archive are the same with it and without. Every query whose answer is shown leaves them out.
"""

from collections.abc import Iterable
from typing import Final

from sqlite_utils import Database

from db.sql import Row, Value, rows

NOT_WITHHELD: Final = "{column} NOT IN (SELECT id FROM temp.withheld)"
"""A condition on a column that holds ids of articles or comments; ``format`` it with the column's name."""


def prepare(db: Database) -> None:
    """Make the connection's list, empty."""
    db.conn.execute("CREATE TEMP TABLE IF NOT EXISTS withheld (id TEXT PRIMARY KEY) WITHOUT ROWID")


def withhold(db: Database, ids: Iterable[str]) -> None:
    """Hide these articles and comments from what is read over this connection; of articles, all comments too."""
    db.conn.executemany("INSERT OR IGNORE INTO temp.withheld (id) VALUES (?)", [(one,) for one in ids])
    db.conn.execute(
        "INSERT OR IGNORE INTO temp.withheld (id) SELECT comments.id FROM comments "
        "WHERE comments.article_id IN (SELECT id FROM temp.withheld)"
    )
    db.conn.commit()


def is_withheld(db: Database, one: str) -> bool:
    """Whether this article or comment must not be shown."""
    return db.conn.execute("SELECT 1 FROM temp.withheld WHERE id = ?", [one]).fetchone() is not None


def shown(db: Database, comments: Iterable[Row]) -> list[Row]:
    """Comments of an article without those withheld; what answers one of those moves up to what that one answers."""
    hidden = {row["id"] for row in rows(db, "SELECT id FROM temp.withheld")}
    found = list(comments)
    answered = {row["id"]: row["parent_id"] for row in found}
    return [row | {"parent_id": _nearest(row, answered, hidden)} for row in found if row["id"] not in hidden]


def _nearest(row: Row, answered: dict[Value, Value], hidden: set[Value]) -> Value:
    """The nearest shown comment above one; None where there is none."""
    parent, passed = row["parent_id"], set[Value]()
    while parent in hidden:
        if parent in passed:  # pages can claim that comments answer each other
            return None
        passed.add(parent)
        parent = answered.get(parent)
    return None if parent == row["id"] else parent
