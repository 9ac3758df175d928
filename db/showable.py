"""A copy of a database without what is withheld, for programs that read any row of a file they are given.

Rows are deleted and their bytes overwritten: what is withheld is in no page of the copy. Knows which tables name
articles, comments and pages; what else hangs on those is found by the foreign keys.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from sqlite_utils import Database

from db.errors import CannotWrite
from db.ids import page_id
from db.sql import Row, Value, rows
from db.withheld import OF_WITHHELD_ARTICLES, WITHHELD_PAGES, prepare

_FULL_TEXT: Final = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%USING FTS5%'"
)


def copy_showable(db: Database, path: Path) -> None:
    """Make a new file with all that may be shown over this connection. Raises CannotWrite; then it is of no use."""
    try:
        with closing(Database(sqlite3.connect(path), execute_plugins=False)) as copy:
            db.conn.backup(copy.conn)
            # What is thrown away if anything happens needs no journal, and the text would be in that.
            for setting in ("journal_mode = DELETE", "journal_mode = OFF", "secure_delete = ON", "foreign_keys = OFF"):
                copy.conn.execute(f"PRAGMA {setting}").fetchall()
            prepare(copy)
            hidden = rows(db, "SELECT id FROM temp.withheld")
            copy.conn.executemany("INSERT INTO temp.withheld (id) VALUES (:id)", hidden)
            _leave_out(copy)
            copy.conn.commit()
            if copy.conn.execute("PRAGMA foreign_key_check").fetchone() is not None:
                raise CannotWrite(f"{path}: rows that name withheld ones are left in the copy; nothing is shown")
    except sqlite3.OperationalError as error:
        raise CannotWrite(
            f"the copy without what is withheld cannot be made in {path.parent}: {error}; free some space there, "
            "or name another folder: TMPDIR=/a/folder archiver serve"
        ) from error


def _leave_out(copy: Database) -> None:
    _move_up(copy)
    pages = {row["name"] for row in rows(copy, f"SELECT name FROM ({WITHHELD_PAGES})")}  # noqa: S608 - texts of ours
    for condition in _conditions(copy, pages):
        copy.conn.execute(f"DELETE FROM {condition}")  # noqa: S608 - texts of ours
    for row in rows(copy, "SELECT name, url FROM sources WHERE url IS NOT NULL"):
        if page_id(str(row["url"])) in pages:
            copy.conn.execute("UPDATE sources SET url = NULL, last_error = NULL WHERE name = ?", [row["name"]])
    copy.conn.execute(
        "UPDATE captures SET canonical_url = NULL, canonical_page_id = NULL "  # noqa: S608 - texts of ours
        f"WHERE canonical_page_id IN ({WITHHELD_PAGES})"
    )
    while sum(copy.conn.execute(statement).rowcount for statement in _loose_rows(copy)):
        pass
    for row in rows(copy, _FULL_TEXT):
        copy.conn.execute(f'INSERT INTO "{row["name"]}"("{row["name"]}") VALUES (\'optimize\')')  # noqa: S608 - names of ours


def _move_up(copy: Database) -> None:
    """Let what answers a withheld comment answer what that one answers, in each sighting too."""
    hidden = (
        "SELECT id, article_id FROM comments WHERE id IN (SELECT id FROM temp.withheld) "
        "AND article_id NOT IN (SELECT id FROM temp.withheld)"
    )
    for row in rows(copy, hidden):
        above = copy.conn.execute("SELECT parent_id FROM comments WHERE id = ?", [row["id"]]).fetchone()[0]
        copy.conn.execute("UPDATE comments SET parent_id = ? WHERE parent_id = ?", [above, row["id"]])
        copy.conn.execute("UPDATE comments SET parent_id = NULL WHERE id = parent_id AND id = ?", [above])
        copy.conn.execute(
            "UPDATE seen SET differs = json_remove(differs, '$.parent_id') "
            "WHERE json_extract(differs, '$.parent_id') = ? "
            "AND comment IN (SELECT key FROM comments WHERE article_id = ?)",
            [row["id"], row["article_id"]],
        )


def _conditions(copy: Database, pages: set[Value]) -> Iterator[str]:
    """Tables, each with the rows to be deleted."""
    copy.conn.execute("CREATE TEMP TABLE withheld_failures (id INTEGER PRIMARY KEY)")
    failed = [row["id"] for row in rows(copy, "SELECT id, url FROM failures") if page_id(str(row["url"])) in pages]
    copy.conn.executemany("INSERT INTO temp.withheld_failures VALUES (?)", [(one,) for one in failed])
    yield "failures WHERE id IN (SELECT id FROM temp.withheld_failures)"
    yield f"pages WHERE page_id IN ({WITHHELD_PAGES})"
    yield f"captures WHERE {OF_WITHHELD_ARTICLES}"
    yield "comments WHERE id IN (SELECT id FROM temp.withheld)"
    # Its aliases go with it, by which its captures and pages were found: last.
    yield "articles WHERE id IN (SELECT id FROM temp.withheld)"


def _loose_rows(copy: Database) -> Iterator[str]:
    """For every foreign key: delete what names a row that is not there."""
    for table in copy.table_names():
        for key in rows(copy, f'PRAGMA foreign_key_list("{table}")'):
            yield _loose(table, key)


def _loose(table: str, key: Row) -> str:
    column, other, named = key["from"], key["table"], key["to"]
    return (
        f'DELETE FROM "{table}" WHERE "{column}" IS NOT NULL '  # noqa: S608 - names of ours
        f'AND "{column}" NOT IN (SELECT "{named}" FROM "{other}")'
    )
