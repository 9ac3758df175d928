"""What the crawler did: sources, crawls, and the health that ``status`` shows.

Knows the operational tables; takes times as texts of the fixed form of ``db.times``, never a clock.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal

from sqlite_utils import Database

from db.observed import json_text
from db.sql import Row, integer, rows, run, text, writing
from db.storable import storable_text
from db.times import checked_time, parsed_time, time_text

CrawlState = Literal["finished", "interrupted", "failed"]

_CRAWLS_SHOWN: Final = 10
_FAILURES_SHOWN: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlCounts:
    discovered: int = 0
    captured: int = 0
    articles: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHealth:
    """``due`` counts pages that are due by now, ``overdue`` those of them that are so for longer than the grace."""

    name: str
    kind: str
    url: str | None
    last_crawl: str | None
    last_success: str | None
    last_error: str | None
    pages: int
    due: int
    overdue: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """Sources by name; crawls and failures newest first, failures those since the last crawl began."""

    sources: tuple[SourceHealth, ...]
    crawls: tuple[Row, ...]
    failures: tuple[Row, ...]


def record_source(
    db: Database, name: str, *, kind: str, url: str | None, at: str | None = None, error: str | None = None
) -> None:
    """Note that a source is configured and, with ``at``, that it was read then, well or with an error."""
    at = at and checked_time(at)
    with writing(db):
        # sqlite-utils' upsert makes and drops a table to try, which fails where a statement was interrupted.
        sql = (
            "INSERT INTO sources (name, kind, url) VALUES (?, ?, ?) "
            "ON CONFLICT (name) DO UPDATE SET kind = excluded.kind, url = excluded.url"
        )
        run(db, sql, [name, kind, url])
        if at is None:
            return
        if error is None:
            sql = "UPDATE sources SET last_crawl = :at, last_success = :at, last_error = NULL WHERE name = :name"
        else:
            sql = "UPDATE sources SET last_crawl = :at, last_error = :error WHERE name = :name"
        run(db, sql, {"name": name, "at": at, "error": error and storable_text(error)})


def start_crawl(db: Database, crawl_id: str, *, at: str, sources: Sequence[str] = ()) -> None:
    row: Row = {
        "id": crawl_id,
        "started_at": checked_time(at),
        "finished_at": None,
        "sources": json_text(list(sources)),
        "state": "running",
        "discovered": 0,
        "captured": 0,
        "articles": 0,
        "failed": 0,
    }
    with writing(db):
        db.table("crawls").insert(row)


def finish_crawl(db: Database, crawl_id: str, *, at: str, counts: CrawlCounts, state: CrawlState = "finished") -> None:
    with writing(db):
        run(
            db,
            "UPDATE crawls SET finished_at = ?, state = ?, discovered = ?, captured = ?, articles = ?, failed = ? "
            "WHERE id = ?",
            [checked_time(at), state, counts.discovered, counts.captured, counts.articles, counts.failed, crawl_id],
        )


def health(db: Database, *, now: str, grace: timedelta = timedelta(days=1)) -> Health:
    return Health(
        sources=_sources(db, now=now, grace=grace),
        crawls=tuple(
            rows(db, "SELECT * FROM crawls ORDER BY started_at DESC, id DESC LIMIT ?", [_CRAWLS_SHOWN]),
        ),
        failures=tuple(
            rows(
                db,
                "SELECT * FROM failures WHERE at >= coalesce((SELECT max(started_at) FROM crawls), '') "
                "ORDER BY at DESC, id DESC LIMIT ?",
                [_FAILURES_SHOWN],
            )
        ),
    )


def _sources(db: Database, *, now: str, grace: timedelta) -> tuple[SourceHealth, ...]:
    found = rows(
        db,
        "SELECT sources.*, count(pages.page_id) AS pages, "
        "count(CASE WHEN pages.due_at <= :now THEN 1 END) AS due, "
        "count(CASE WHEN pages.due_at <= :late THEN 1 END) AS overdue "
        "FROM sources LEFT JOIN pages ON pages.source = sources.name GROUP BY sources.name ORDER BY sources.name",
        {"now": now, "late": time_text(parsed_time(now) - grace)},
    )
    return tuple(
        SourceHealth(
            name=str(row["name"]),
            kind=str(row["kind"]),
            url=text(row["url"]),
            last_crawl=text(row["last_crawl"]),
            last_success=text(row["last_success"]),
            last_error=text(row["last_error"]),
            pages=integer(row["pages"]) or 0,
            due=integer(row["due"]) or 0,
            overdue=integer(row["overdue"]) or 0,
        )
        for row in found
    )
