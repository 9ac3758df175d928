"""Small questions that the commands ask of the tables."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from sqlite_utils import Database

from db.ids import capture_id
from db.sql import first, integer, rows, text


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureOutcome:
    """What one capture turned out to be. ``comments`` counts those it shows."""

    verdict: str | None
    reason: str | None
    article_id: str | None
    title: str | None
    comments: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """``unextracted`` captures have an error for a result."""

    articles: int
    comments: int
    captures: int
    unextracted: int


def capture_outcome(db: Database, record_id: str) -> CaptureOutcome | None:
    """None if the record is not in the database; ``reason`` is the verdict's, or why extraction failed."""
    row = first(
        db,
        "SELECT captures.verdict, coalesce(captures.reason, captures.error) AS reason, captures.article_id, "
        "captures.comment_count, articles.title "
        "FROM captures LEFT JOIN articles ON articles.id = captures.article_id WHERE captures.id = ?",
        [capture_id(record_id)],
    )
    if row is None:
        return None
    return CaptureOutcome(
        verdict=text(row["verdict"]),
        reason=text(row["reason"]),
        article_id=text(row["article_id"]),
        title=text(row["title"]),
        comments=integer(row["comment_count"]) or 0,
    )


def known_places(db: Database) -> Iterator[tuple[str, int]]:
    """WARC file and offset of every capture."""
    for row in rows(db, "SELECT warc_file, warc_offset FROM captures"):
        yield str(row["warc_file"]), integer(row["warc_offset"]) or 0


def capture_places(db: Database) -> Iterator[tuple[str, int, int, str, str]]:
    """WARC file, offset, length, payload digest and record id of every capture."""
    yield from db.conn.execute("SELECT warc_file, warc_offset, warc_length, payload_digest, record_id FROM captures")


def extraction_errors(db: Database, extractor: str, *, beginning: str) -> dict[str, str]:
    """The error of each capture that this extractor left with one that begins so, by record id."""
    sql = "SELECT record_id, error FROM captures WHERE extractor = ? AND substr(error, 1, ?) = ?"
    found = rows(db, sql, [extractor, len(beginning), beginning])
    return {str(row["record_id"]): str(row["error"]) for row in found}


def known_pages(db: Database) -> frozenset[str]:
    """The ids of all pages of the frontier."""
    return frozenset(str(row["page_id"]) for row in rows(db, "SELECT page_id FROM pages"))


def count_articles(db: Database, crawl_id: str) -> int:
    """How many captures of a run show an article."""
    row = first(db, "SELECT count(*) AS n FROM captures WHERE crawl_id = ? AND verdict = 'article'", [crawl_id])
    return integer(row["n"]) or 0 if row else 0


def totals(db: Database) -> Totals:
    row = first(
        db,
        "SELECT (SELECT count(*) FROM articles) AS articles, (SELECT count(*) FROM comments) AS comments, "
        "(SELECT count(*) FROM captures) AS captures, (SELECT count(error) FROM captures) AS unextracted",
    )
    row = row or {}
    return Totals(**{one.name: integer(row.get(one.name)) or 0 for one in fields(Totals)})
