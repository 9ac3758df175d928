"""Rows to be searched, put into a database without loading captures."""

from typing import Final

from sqlite_utils import Database

from db.derived import make_derived
from db.search import Scope, search
from db.searchable import SEARCHED, make_search_indexes, make_searchable
from db.sql import Row, Value, writing
from db.withheld import prepare

_TIME: Final = "2024-05-01T12:00:00.000000Z"
_ARTICLE: Final[Row] = {
    "text": "",
    "word_count": 0,
    "comment_count": 0,
    "first_captured": _TIME,
    "last_captured": _TIME,
    "capture_count": 1,
    "revision_count": 1,
    "state": "live",
}
_CAPTURE: Final[Row] = {
    "id": "capture",
    "key": 1,
    "url": "https://example.org/",
    "captured_at": _TIME,
    "record_id": "urn:uuid:1",
    "record_type": "response",
    "warc_file": "a.warc.gz",
    "warc_offset": 0,
    "warc_length": 1,
    "page_id": "page",
}
_COMMENT: Final[Row] = {
    "kind": "comment",
    "text": "",
    "position": 1,
    "depth": 0,
    "marked_edited": 0,
    "moderated": 0,
    "first_seen": _TIME,
    "last_seen": _TIME,
    "first_capture": 1,
    "version_count": 1,
    "state": "live",
}


def searched_database(*, trigrams: bool = True) -> Database:
    """The derived tables in memory, empty, with the search indexes; or as older steps made those."""
    db = Database(memory=True, execute_plugins=False)
    with writing(db):
        make_derived(db)
        if trigrams:
            make_search_indexes(db)
        else:
            for table in SEARCHED:
                make_searchable(db, table)
    prepare(db)
    return db


def put_article(db: Database, id_: str, **columns: Value) -> None:
    """Not committed, as all that is put."""
    _put(db, "articles", _ARTICLE | {"id": id_, "url": f"https://example.org/{id_}/"} | columns)


def put_comment(db: Database, id_: str, article_id: str = "a", **columns: Value) -> None:
    row = db.conn.execute("SELECT count(*) FROM comments").fetchone()
    _put_capture(db)
    _put(db, "comments", _COMMENT | {"id": id_, "article_id": article_id, "key": row[0] + 1} | columns)


def _put_capture(db: Database) -> None:
    """The one capture that is the first of all comments."""
    if db.conn.execute("SELECT 1 FROM captures").fetchone() is None:
        _put(db, "captures", _CAPTURE)


def found(db: Database, query: str, scope: Scope | None = None) -> list[str]:
    """The ids of the hits, in their order."""
    return [hit.id for hit in search(db, query, scope=scope)]


def _put(db: Database, table: str, row: Row) -> None:
    # Older schemas have fewer columns.
    known = {name: value for name, value in row.items() if name in db.table(table).columns_dict}
    marks = ", ".join("?" * len(known))
    db.conn.execute(f"INSERT INTO {table} ({', '.join(known)}) VALUES ({marks})", list(known.values()))  # noqa: S608
