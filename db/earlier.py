"""Reads the derived tables as they were before schema step 0003: what each capture showed, one page after the other.

Those tables held all that was observed, each thing once: a text stood in its revision or comment version, a sighting
named its version and said only what differed from the comment's row, and an article was the captures of one page. This
puts the facts together again, so that they can be loaded anew. What those tables did not hold stays empty; captures
that it is missing from are marked, so that they are extracted once more. Knows nothing of the present tables.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Final

from sqlite_utils import Database

from db.facts import ArticleFacts, CaptureFacts, CaptureRow, CommentFacts
from db.sql import Row, Value, each, integer, rows, run, text

_TABLES: Final = ("sightings", "comment_versions", "comments", "revisions", "aliases", "captures", "articles")
"""Each before those it refers to."""

_ASIDE: Final = "old_"
_MARK: Final = " (schema 0002)"

_CAPTURE: Final = tuple(one.name for one in fields(CaptureRow))
_LISTS: Final = ("authors", "editors", "categories", "tags")
_STATE: Final = (
    "title",
    "published",
    "modified",
    "site",
    "language",
    "section",
    "description",
    "image",
    "text",
    *_LISTS,
)
_OF_COMMENT: Final = ("parent_id", "kind", "author_url", "published", "published_text", "permalink", "depth", "likes")
"""What a sighting could show otherwise than the comment's row."""

_Threads = Mapping[Value, tuple[CommentFacts, ...]]
"""Comments by the id of the capture that showed them."""


def set_aside(db: Database) -> None:
    """Rename the derived tables of before step 0003, without their search. To be called inside ``writing``.

    What refers to them refers to the new names: the old tables stay whole among themselves.
    """
    for table in ("articles", "comments"):
        db.table(table).disable_fts()
    for table in _TABLES:
        run(db, f"ALTER TABLE {table} RENAME TO {_ASIDE}{table}")


def drop_set_aside(db: Database) -> None:
    """To be called inside ``writing``, when all facts have been read."""
    for table in _TABLES:
        run(db, f"DROP TABLE {_ASIDE}{table}")


def facts_set_aside(db: Database) -> Iterator[CaptureFacts]:
    """What each capture showed, in the order of pages; holds those of one page at a time."""
    pages = each(db, f"SELECT DISTINCT page_id FROM {_ASIDE}captures ORDER BY page_id")  # noqa: S608  # name of ours
    for page in pages:
        yield from _of_page(db, str(page["page_id"]))


def _of_page(db: Database, page: str) -> Iterator[CaptureFacts]:
    captures = rows(
        db,
        f"SELECT * FROM {_ASIDE}captures WHERE page_id = ? ORDER BY captured_at, id",  # noqa: S608  # name of ours
        [page],
    )
    shows = any(row["state_digest"] is not None for row in captures)
    revisions = {row["capture_id"]: row for row in _of_article(db, "revisions", page)} if shows else {}
    threads: _Threads = _threads(db, page) if shows else {}
    revision: Row = {}
    for row in captures:
        if row["state_digest"] is None:
            yield CaptureFacts(capture=_capture(row))
            continue
        revision = revisions.get(row["id"], revision)
        raw_text = revision["raw_text"] if row["raw_text"] is None else row["raw_text"]
        yield CaptureFacts(
            capture=_capture(row),
            article=_article(revision, str(raw_text)),
            comments=threads.get(row["id"], ()),
            claimed_comments=integer(row["claimed_comments"]),
            complete=None if row["complete"] is None else bool(row["complete"]),
        )


def _of_article(db: Database, table: str, article_id: str) -> list[Row]:
    return rows(db, f"SELECT * FROM {_ASIDE}{table} WHERE article_id = ?", [article_id])  # noqa: S608  # names of ours


def _capture(row: Row) -> CaptureRow:
    """Columns that came with step 0002 may be missing. A capture that shows an article has more to say by now."""
    values = {name: row[name] for name in _CAPTURE if name in row}
    if row["state_digest"] is not None and row["extractor"] is not None:
        values["extractor"] = f"{row['extractor']}{_MARK}"
    return CaptureRow(**values)  # type: ignore[arg-type]  # columns of a STRICT table


def _article(revision: Row, raw_text: str) -> ArticleFacts:
    values = {name: tuple(json.loads(str(revision[name]))) if name in _LISTS else revision[name] for name in _STATE}
    return ArticleFacts(**values, raw_text=raw_text)  # type: ignore[arg-type]  # columns of a STRICT table


def _threads(db: Database, article_id: str) -> _Threads:
    comments = {row["id"]: row for row in _of_article(db, "comments", article_id)}
    versions = {(row["comment_id"], row["number"]): row for row in _of_comments(db, "comment_versions", article_id)}
    shown: dict[Value, list[Row]] = {}
    for row in _of_comments(db, "sightings", article_id):
        shown.setdefault(row["capture_id"], []).append(row)
    return {capture: tuple(_comments(sightings, comments, versions)) for capture, sightings in shown.items()}


def _of_comments(db: Database, table: str, article_id: str) -> list[Row]:
    return rows(
        db,
        f"SELECT * FROM {_ASIDE}{table} "  # noqa: S608  # names of ours
        f"WHERE comment_id IN (SELECT id FROM {_ASIDE}comments WHERE article_id = ?)",
        [article_id],
    )


def _comments(
    sightings: list[Row], comments: Mapping[Value, Row], versions: Mapping[tuple[Value, Value], Row]
) -> Iterator[CommentFacts]:
    """The comments of one capture in the order of the page."""
    sightings = sorted(sightings, key=lambda row: integer(row["position"]) or 0)
    places = {row["comment_id"]: place for place, row in enumerate(sightings)}
    for row in sightings:
        comment = comments[row["comment_id"]]
        version = versions[row["comment_id"], row["version"]]
        differs: Row = json.loads(str(row["differs"])) if row["differs"] else {}
        shown = {name: differs.get(name, comment[name]) for name in _OF_COMMENT}
        parent_id = shown.pop("parent_id")
        yield CommentFacts(
            text=str(version["text"]),
            author=text(version["author"]),
            native_id=text(comment["native_id"]),
            parent=places.get(parent_id),
            **shown,  # type: ignore[arg-type]  # columns of a STRICT table
        )
