"""What must not be shown: ids of articles and comments that are kept on disk and hidden from every reader.

They stand in a temporary table of the connection, ``withheld``, filled from archive.toml when the database is opened:
the rows of the archive are the same with it and without. Every query whose answer is shown leaves them out.
"""

import json
from collections.abc import Iterable
from typing import Final

from sqlite_utils import Database

from db.sql import Row, Value, rows

NOT_WITHHELD: Final = "{column} NOT IN (SELECT id FROM temp.withheld)"
"""A condition on a column that holds ids of articles or comments; ``format`` it with the column's name."""

SHOWABLE_CAPTURE: Final = "captures.id NOT IN (SELECT id FROM temp.withheld_captures)"
"""A condition on ``captures``, after ``hide_captures``."""

_ARTICLES: Final = "SELECT id FROM temp.withheld"
_ARTICLES_OF_COMMENTS: Final = (
    "SELECT article_id FROM comments WHERE id IN (SELECT id FROM temp.withheld) "
    "AND article_id NOT IN (SELECT id FROM temp.withheld)"
)


def _pages_of(articles: str) -> str:
    """A question for the ids of all pages of these articles."""
    return (
        f"{articles} UNION SELECT page_id FROM aliases WHERE article_id IN ({articles}) AND page_id IS NOT NULL "  # noqa: S608
        f"UNION SELECT alias FROM aliases WHERE article_id IN ({articles})"
    )


def _of(articles: str) -> str:
    """A condition on ``captures``: of these articles, be it by their address alone, or leading to it."""
    pages = _pages_of(articles)
    return f"(article_id IN ({articles}) OR page_id IN ({pages}) OR redirect_page_id IN ({pages}))"


OF_WITHHELD_ARTICLES: Final = _of(_ARTICLES)
"""A condition on ``captures``."""

WITHHELD_PAGES: Final = f"SELECT id AS name FROM ({_pages_of(_ARTICLES)})"  # noqa: S608 - texts of ours
"""A question for the ids of the pages of withheld articles."""

_LEADING: Final = ("redirect", "canonical")
"""Columns of ``captures`` that name another page begin so."""

_OF_NO_TEXT: Final = "('redirect', 'error page', 'block page')"
"""Verdicts of captures that show nothing of an article."""

_HIDDEN_CAPTURES: Final = (
    f"SELECT id FROM captures WHERE {OF_WITHHELD_ARTICLES}",  # noqa: S608 - texts of ours
    "SELECT capture_id FROM sightings WHERE comment_id IN (SELECT id FROM temp.withheld)",
    # What was cut off, or never read, may show the comment all the same.
    (
        f"SELECT id FROM captures WHERE {_of(_ARTICLES_OF_COMMENTS)} "  # noqa: S608 - texts of ours
        f"AND comment_count IS NULL AND coalesce(verdict, '') NOT IN {_OF_NO_TEXT}"
    ),
    # The same bytes under another address show the same.
    (
        "SELECT captures.id FROM captures AS hidden CROSS JOIN captures "  # noqa: S608 - texts of ours
        "ON substr(captures.payload_digest, 6, 12) = substr(hidden.payload_digest, 6, 12) "
        "AND captures.payload_digest = hidden.payload_digest "
        "WHERE hidden.id IN (SELECT id FROM temp.withheld_captures) AND captures.payload_digest IS NOT NULL "
        f"AND coalesce(hidden.verdict, '') NOT IN {_OF_NO_TEXT}"
    ),
    # A revisit names the record whose payload it repeats, and is nothing without it.
    (
        "SELECT id FROM captures WHERE record_type = 'revisit' AND refers_to IN "
        "(SELECT record_id FROM captures WHERE id IN (SELECT id FROM temp.withheld_captures))"
    ),
)
"""Captures that show what is withheld: each question may build on the answers before it."""


def prepare(db: Database) -> None:
    """Make the connection's lists, empty: of articles and comments, and of captures (``hide_captures``)."""
    db.conn.execute("CREATE TEMP TABLE IF NOT EXISTS withheld (id TEXT PRIMARY KEY) WITHOUT ROWID")
    db.conn.execute("CREATE TEMP TABLE IF NOT EXISTS withheld_captures (id TEXT PRIMARY KEY) WITHOUT ROWID")


def withhold(db: Database, ids: Iterable[str]) -> None:
    """Hide these articles and comments from what is read over this connection; of articles, all comments too."""
    db.conn.executemany("INSERT OR IGNORE INTO temp.withheld (id) VALUES (?)", [(one,) for one in ids])
    db.conn.execute(
        "INSERT OR IGNORE INTO temp.withheld (id) SELECT comments.id FROM comments "
        "WHERE comments.article_id IN (SELECT id FROM temp.withheld)"
    )
    db.conn.commit()


def hide_captures(db: Database) -> None:
    """Hide the captures, too, that show what is withheld: to be asked for by whoever hands out their records."""
    if db.conn.execute("SELECT 1 FROM temp.withheld LIMIT 1").fetchone() is None:
        return
    for question in _HIDDEN_CAPTURES:
        db.conn.execute(f"INSERT OR IGNORE INTO temp.withheld_captures (id) {question}")
    db.conn.commit()


def is_withheld(db: Database, one: str) -> bool:
    """Whether this article or comment must not be shown."""
    return db.conn.execute("SELECT 1 FROM temp.withheld WHERE id = ?", [one]).fetchone() is not None


def shown(db: Database, comments: Iterable[Row]) -> list[Row]:
    """Comments of an article without those withheld; what answers one of those moves up to what that one answers."""
    found = list(comments)
    if not rows(db, "SELECT 1 FROM temp.withheld LIMIT 1"):
        return found
    ids = json.dumps([row["id"] for row in found])
    sql = "SELECT id FROM temp.withheld WHERE id IN (SELECT value FROM json_each(?))"
    hidden = {row["id"] for row in rows(db, sql, [ids])}
    if not hidden:
        return found
    answered = {row["id"]: row["parent_id"] for row in found}
    return [row | {"parent_id": _nearest(row, answered, hidden)} for row in found if row["id"] not in hidden]


def leading_to_shown(db: Database, captures: Iterable[Row]) -> list[Row]:
    """Captures of articles that are shown, without the addresses of withheld ones to which they lead."""
    found = list(captures)
    leads = any(row[f"{kind}_page_id"] for row in found for kind in _LEADING)
    if not leads or not rows(db, "SELECT 1 FROM temp.withheld LIMIT 1"):
        return found
    hidden = {row["name"] for row in rows(db, WITHHELD_PAGES)}
    return [
        row
        | {
            f"{kind}_{what}": None
            for kind in _LEADING
            if row[f"{kind}_page_id"] in hidden
            for what in ("url", "page_id")
        }
        for row in found
    ]


def _nearest(row: Row, answered: dict[Value, Value], hidden: set[Value]) -> Value:
    """The nearest shown comment above one; None where there is none."""
    parent, passed = row["parent_id"], set[Value]()
    while parent in hidden:
        if parent in passed:  # pages can claim that comments answer each other
            return None
        passed.add(parent)
        parent = answered.get(parent)
    return None if parent == row["id"] else parent
