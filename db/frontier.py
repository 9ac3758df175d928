"""The frontier: which pages are known, and when each is due.

Knows the table ``pages`` and notes failures beside it. Must not know why a page is due at some time: that is
decided elsewhere and handed in. Times are texts of the fixed form of ``db.times``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from sqlite_utils import Database

from db.ids import page_id
from db.sql import Row, each, marks, rows, run, text, writing
from db.storable import storable_text
from db.times import checked_time
from db.urls import host_of

NEW: Final = "new"
_REKEYED: Final = "new:"


@dataclass(frozen=True, slots=True, kw_only=True)
class DuePage:
    page_id: str
    url: str
    host: str
    source: str | None
    why: str | None
    due_at: str
    last_captured: str | None


def discover(db: Database, urls: Iterable[str], *, source: str | None, now: str) -> int:
    """Add pages that are not known yet, due now; return how many were new. A known page stays as it is."""
    checked_time(now)
    found: dict[str, str] = {}
    for url in map(storable_text, urls):
        found.setdefault(page_id(url), url)
    before = db.conn.total_changes
    with writing(db):
        _add(db, [_page(page, url, source=source, now=now) for page, url in found.items()])
    return db.conn.total_changes - before


def due(db: Database, *, now: str, sources: Sequence[str] | None = None, limit: int | None = None) -> list[DuePage]:
    """Return the pages that are due and held by no crawl: never captured ones first, then the longest overdue.

    ``sources`` restricts them to pages found by these; None takes all.
    """
    only = "" if sources is None else f"AND source IN ({marks(sources)}) "
    found = rows(
        db,
        "SELECT page_id, url, host, source, why, due_at, last_captured FROM pages "  # noqa: S608  # only question marks
        f"WHERE due_at <= ? AND (lease_until IS NULL OR lease_until <= ?) {only}"
        "ORDER BY last_captured IS NOT NULL, due_at, url LIMIT ?",
        [checked_time(now), now, *(sources or ()), -1 if limit is None else limit],
    )
    return [
        DuePage(
            page_id=str(row["page_id"]),
            url=str(row["url"]),
            host=str(row["host"]),
            source=text(row["source"]),
            why=text(row["why"]),
            due_at=str(row["due_at"]),
            last_captured=text(row["last_captured"]),
        )
        for row in found
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class CapturedPage:
    """A page that was captured at a time, and when it is due again (None: never)."""

    page_id: str
    url: str
    at: str
    due_at: str | None
    why: str | None


def captured(db: Database, pages: Sequence[CapturedPage]) -> None:
    """Note captures of the schedule. A page not known yet is added."""
    new = [_page(one.page_id, storable_text(one.url), source=None, now=checked_time(one.at)) for one in pages]
    values = [(one.at, one.due_at and checked_time(one.due_at), one.why, one.page_id) for one in pages]
    with writing(db):
        _add(db, new)
        db.conn.executemany(
            "UPDATE pages SET last_captured = max(coalesce(last_captured, ''), ?), due_at = ?, why = ?, "
            "lease_until = NULL WHERE page_id = ?",
            values,
        )


def seen(db: Database, pages: Sequence[tuple[str, str]]) -> None:
    """Note captures outside the schedule, by page id and time.

    A page not known is not added, a known one keeps its next date.
    """
    values = [(checked_time(at), page) for page, at in pages]
    with writing(db):
        db.conn.executemany(
            "UPDATE pages SET last_captured = max(coalesce(last_captured, ''), ?) WHERE page_id = ?", values
        )


def failed(
    db: Database,
    url: str,
    *,
    at: str,
    crawl_id: str | None,
    reason: str,
    due_at: str | None,
    why: str | None,
) -> None:
    """Note an attempt that left no record, and when to try again (None: as planned before).

    A page not known yet is not added.
    """
    url = storable_text(url)
    failure: Row = {"url": url, "at": checked_time(at), "crawl_id": crawl_id, "reason": storable_text(reason)}
    due_at = due_at and checked_time(due_at)
    with writing(db):
        db.table("failures").insert(failure)
        run(
            db,
            "UPDATE pages SET due_at = coalesce(?, due_at), why = coalesce(?, why), lease_until = NULL "
            "WHERE page_id = ?",
            [due_at, why, page_id(url)],
        )


def rekey(db: Database) -> None:
    """Give the pages the ids that their URLs have by now; pages that so turn out to be one are merged.

    To be called inside ``writing`` when the rules of ``db.urls`` have changed.
    """
    groups: dict[str, list[str]] = {}
    for row in each(db, "SELECT page_id, url FROM pages ORDER BY page_id"):
        groups.setdefault(page_id(str(row["url"])), []).append(str(row["page_id"]))
    for page, before in groups.items():
        if before == [page]:
            continue
        condition = f"page_id IN ({marks(before)})"
        merged = _merged(rows(db, f"SELECT * FROM pages WHERE {condition}", before))  # noqa: S608  # question marks
        run(db, f"DELETE FROM pages WHERE {condition}", before)  # noqa: S608  # question marks
        # The new id may be that of a page whose turn has yet to come.
        db.table("pages").insert(merged | {"page_id": f"{_REKEYED}{page}"})
    run(db, "UPDATE pages SET page_id = substr(page_id, ?) WHERE page_id LIKE ?", [len(_REKEYED) + 1, f"{_REKEYED}%"])


def _merged(pages: list[Row]) -> Row:
    """One page of several: as it was found first, with its newest capture; due as soon as one of them was."""
    first = min(pages, key=lambda page: (str(page["discovered_at"]), str(page["url"])))
    due = min(pages, key=lambda page: (page["due_at"] is None, str(page["due_at"]), str(page["url"])))
    latest = {
        name: max((str(page[name]) for page in pages if page[name] is not None), default=None)
        for name in ("last_captured", "lease_until")
    }
    return first | latest | {"due_at": due["due_at"], "why": due["why"]}


def _add(db: Database, pages: list[Row]) -> None:
    """Known ones stay as they are."""
    if pages:
        columns = ", ".join(pages[0])
        db.conn.executemany(
            f"INSERT INTO pages ({columns}) VALUES ({marks(pages[0])}) ON CONFLICT (page_id) DO NOTHING",  # noqa: S608  # ours
            [tuple(page.values()) for page in pages],
        )


def _page(page: str, url: str, *, source: str | None, now: str) -> Row:
    return {
        "page_id": page,
        "url": url,
        "host": host_of(url),
        "source": source,
        "discovered_at": now,
        "last_captured": None,
        "due_at": now,
        "why": NEW,
        "lease_until": None,
    }
