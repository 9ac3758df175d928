"""Articles as an export hands them out: whole, one after the other, each row with the record that proves it.

Knows which columns of the tables are for others to read, and their kinds. Must not know any format.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlite_utils import Database

from db.export import Scope
from db.read import thread
from db.sql import Row, Value, each, marks, rows
from db.withheld import NOT_WITHHELD, leading_to_shown, shown

Kind = Literal["text", "time", "integer", "truth", "texts", "object"]
"""Of a column. ``time``: UTC, as ``db/times.py`` writes it; ``texts``: a list; ``object``: names with texts."""

ExportedRow = dict[str, Any]
"""A row for others: lists, objects and truths are decoded, times are text."""

_STATE: Final[Mapping[str, Kind]] = {
    "site": "text",
    "title": "text",
    "authors": "texts",
    "editors": "texts",
    "published": "text",
    "modified": "text",
    "language": "text",
    "section": "text",
    "categories": "texts",
    "tags": "texts",
    "description": "text",
    "image": "text",
    "text": "text",
    "links": "texts",
    "origins": "object",
}
RECORD: Final[Mapping[str, Kind]] = {
    "capture_id": "text",
    "record_id": "text",
    "warc_file": "text",
    "warc_offset": "integer",
    "warc_length": "integer",
    "payload_digest": "text",
}
"""The columns that name the record behind a row: what it says can be read again from those bytes."""

COLUMNS: Final[Mapping[str, Mapping[str, Kind]]] = {
    "articles": {
        "id": "text",
        "url": "text",
        **_STATE,
        "word_count": "integer",
        "comment_count": "integer",
        "claimed_comments": "integer",
        "first_captured": "time",
        "last_captured": "time",
        "capture_count": "integer",
        "revision_count": "integer",
        "state": "text",
        **RECORD,
    },
    "comments": {
        "id": "text",
        "article_id": "text",
        "parent_id": "text",
        "native_id": "text",
        "kind": "text",
        "permalink": "text",
        "author": "text",
        "author_url": "text",
        "published": "text",
        "published_text": "text",
        "text": "text",
        "position": "integer",
        "depth": "integer",
        "likes": "integer",
        "marked_edited": "truth",
        "moderated": "truth",
        "first_seen": "time",
        "last_seen": "time",
        "gone_since": "time",
        "version_count": "integer",
        "state": "text",
        **RECORD,
    },
    "revisions": {
        "article_id": "text",
        "number": "integer",
        "captured_at": "time",
        **_STATE,
        "raw_text": "text",
        **RECORD,
    },
    "comment_versions": {
        "comment_id": "text",
        "article_id": "text",
        "number": "integer",
        "captured_at": "time",
        "author": "text",
        "text": "text",
        **RECORD,
    },
    "absences": {
        "comment_id": "text",
        "article_id": "text",
        "number": "integer",
        "state": "text",
        "since": "time",
        "until": "time",
        "until_capture_id": "text",
        **RECORD,
    },
    "captures": {
        "id": "text",
        "article_id": "text",
        "url": "text",
        "captured_at": "time",
        "status": "integer",
        "mime": "text",
        "verdict": "text",
        "reason": "text",
        "revision": "integer",
        "moment": "integer",
        "covers": "truth",
        "comment_count": "integer",
        "claimed_comments": "integer",
        "complete": "truth",
        "comment_pages": "texts",
        "elsewhere": "texts",
        "redirect_url": "text",
        "canonical_url": "text",
        "source": "text",
        "crawl_id": "text",
        "record_id": "text",
        "record_type": "text",
        "refers_to": "text",
        "payload_digest": "text",
        "payload_sha256": "text",
        "warc_file": "text",
        "warc_offset": "integer",
        "warc_length": "integer",
        "transfer_coding": "text",
        "truncated": "text",
        "etag": "text",
        "last_modified": "text",
        "extractor": "text",
        "error": "text",
    },
}
"""Tables and columns of an export, in order."""

_REVISIONS: Final = "SELECT * FROM revisions WHERE article_id = ? ORDER BY number"
_COMMENTS: Final = "SELECT * FROM comments WHERE article_id = ?"
# The ids stand in the question themselves: SQLite takes no other into the parts of a view.
_VERSIONS: Final = "SELECT * FROM comment_versions WHERE comment_id IN ({ids})"
_ABSENCES: Final = (
    "SELECT *, since_capture AS capture_id, until_capture AS until_capture_id FROM absences WHERE comment_id IN ({ids})"
)
_AT_ONCE: Final = 500
_CAPTURES: Final = "SELECT * FROM captures WHERE article_id = ? ORDER BY captured_at, id"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedArticle:
    """An article with all that is known of it, without what must not be shown.

    ``comments`` stand in the order of the thread, ``parent_id`` and ``depth`` as the thread stands here;
    versions and absences in the order of their comments. All rows have the columns of ``COLUMNS``, and no others.
    """

    article: ExportedRow
    comments: tuple[ExportedRow, ...]
    revisions: tuple[ExportedRow, ...]
    comment_versions: tuple[ExportedRow, ...]
    absences: tuple[ExportedRow, ...]
    captures: tuple[ExportedRow, ...]

    def tables(self) -> Iterator[tuple[str, Iterable[ExportedRow]]]:
        """Names of ``COLUMNS`` with the rows."""
        yield "articles", (self.article,)
        yield "comments", self.comments
        yield "revisions", self.revisions
        yield "comment_versions", self.comment_versions
        yield "absences", self.absences
        yield "captures", self.captures


def count_articles(db: Database, scope: Scope) -> int:
    found = rows(db, f"SELECT count(*) AS n FROM articles WHERE {_chosen(scope)}", scope.values)  # noqa: S608 - ours
    return int(found[0]["n"] or 0)


def exported_articles(db: Database, scope: Scope) -> Iterator[ExportedArticle]:
    """Every article with a capture of the scope, whole, in the order of ids. To be gone through inside ``reading``."""
    sql = f"SELECT * FROM articles WHERE {_chosen(scope)} ORDER BY id"  # noqa: S608 - texts of ours
    for row in each(db, sql, scope.values):
        yield _exported(db, row)


def _chosen(scope: Scope) -> str:
    condition = NOT_WITHHELD.format(column="articles.id")
    if scope == Scope():
        return condition
    return f"{condition} AND articles.id IN (SELECT captures.article_id FROM captures WHERE {scope.wanted})"  # noqa: S608


def _exported(db: Database, article: Row) -> ExportedArticle:
    key = [article["id"]]
    comments = thread(shown(db, rows(db, _COMMENTS, key)))
    captures = leading_to_shown(db, rows(db, _CAPTURES, key))
    references = {row["id"]: _reference(row) for row in captures}
    order = {row["id"]: place for place, row in enumerate(comments)}

    def proved(table: str, row: Row, capture: Value) -> ExportedRow:
        nothing: Row = dict.fromkeys(RECORD)
        return _row(table, nothing | row | {"article_id": article["id"]} | references.get(capture, {}))

    def of_thread(table: str, sql: str) -> tuple[ExportedRow, ...]:
        found = _by_ids(db, sql, list(order))
        found.sort(key=lambda row: (order[row["comment_id"]], row["number"]))
        return tuple(proved(table, row, row["capture_id"]) for row in found)

    versions = of_thread("comment_versions", _VERSIONS)
    newest = {row["comment_id"]: row["capture_id"] for row in versions}
    shows = [row["id"] for row in captures if row["comment_count"] is not None]
    return ExportedArticle(
        article=proved("articles", article | {"comment_count": len(comments)}, shows[-1] if shows else None),
        comments=tuple(proved("comments", row, newest.get(str(row["id"]))) for row in comments),
        revisions=tuple(proved("revisions", row, row["capture_id"]) for row in rows(db, _REVISIONS, key)),
        comment_versions=versions,
        absences=of_thread("absences", _ABSENCES),
        captures=tuple(_row("captures", row) for row in captures),
    )


def _by_ids(db: Database, sql: str, ids: list[Value]) -> list[Row]:
    parts = (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))
    return [row for part in parts for row in rows(db, sql.format(ids=marks(part)), part)]


def _reference(capture: Row) -> Row:
    return {"capture_id": capture["id"]} | {name: capture[name] for name in RECORD if name != "capture_id"}


def _row(table: str, row: Row) -> ExportedRow:
    return {name: _decoded(kind, row[name]) for name, kind in COLUMNS[table].items()}


def _decoded(kind: Kind, value: Value) -> Any:
    if value is None:
        return None
    if kind == "truth":
        return bool(value)
    return json.loads(str(value)) if kind in {"texts", "object"} else value
