"""What must not be shown: ids of articles and comments that are kept on disk and hidden from every reader.

They stand in a temporary table of the connection, ``withheld``, filled from archive.toml when the database is opened:
the rows of the archive are the same with it and without. Every query whose answer is shown leaves them out.
"""

from collections.abc import Iterable
from typing import Final

from sqlite_utils import Database

NOT_WITHHELD: Final = "{column} NOT IN (SELECT id FROM temp.withheld)"
"""A condition on a column that holds ids of articles or comments; ``format`` it with the column's name."""


def prepare(db: Database) -> None:
    """Make the connection's list, empty."""
    db.conn.execute("CREATE TEMP TABLE IF NOT EXISTS withheld (id TEXT PRIMARY KEY) WITHOUT ROWID")


def withhold(db: Database, ids: Iterable[str]) -> None:
    """Hide these articles and comments from what is read over this connection."""
    db.conn.executemany("INSERT OR IGNORE INTO temp.withheld (id) VALUES (?)", [(one,) for one in ids])
    db.conn.commit()
