"""The frontier as a table, told by its pages and times."""

import pytest
from sqlite_utils import Database

from db.frontier import CapturedPage, DuePage, captured, discover, due, failed
from db.ids import page_id
from db.sql import first, rows
from tests.db.histories import at

A, B, C, D = (f"https://example.org/{letter}" for letter in "abcd")


def urls(pages: list[DuePage]) -> list[str]:
    return [page.url for page in pages]


def _captured(db: Database, url: str, *, at: str, due_at: str | None, why: str | None) -> None:
    captured(db, [CapturedPage(page_id=page_id(url), url=url, at=at, due_at=due_at, why=why)])


def test_discovered_pages_are_due_at_once(db: Database) -> None:
    assert discover(db, [A, B], source="feed", now=at(1)) == 2
    assert due(db, now=at(1), sources=None, limit=None) == [
        DuePage(
            page_id=page_id(url),
            url=url,
            host="example.org",
            source="feed",
            why="new",
            due_at=at(1),
            last_captured=None,
        )
        for url in (A, B)
    ]


def test_page_is_known_by_its_canonical_url_and_keeps_the_first_form(db: Database) -> None:
    assert discover(db, [f"{A}?utm_source=x", A, A], source="feed", now=at(1)) == 1
    assert discover(db, [f"{A}#comments"], source="section", now=at(2)) == 0
    assert [(row["url"], row["source"]) for row in rows(db, "SELECT * FROM pages")] == [(f"{A}?utm_source=x", "feed")]


def test_nothing_discovered_is_nothing_new(db: Database) -> None:
    assert discover(db, [], source=None, now=at(1)) == 0


def test_never_captured_first_then_longest_overdue(db: Database) -> None:
    discover(db, [A, B, C], source="feed", now=at(1))
    _captured(db, A, at=at(2), due_at=at(4), why="interval")
    _captured(db, B, at=at(2), due_at=at(3), why="interval")
    discover(db, [D], source="feed", now=at(5))
    assert urls(due(db, now=at(9))) == [C, D, B, A]
    assert urls(due(db, now=at(9), limit=2)) == [C, D]
    assert urls(due(db, now=at(3), limit=None)) == [C, B]


def test_due_pages_of_some_sources_only(db: Database) -> None:
    discover(db, [A], source="one", now=at(1))
    discover(db, [B], source="two", now=at(1))
    discover(db, [C], source=None, now=at(1))
    assert urls(due(db, now=at(1), sources=["one"])) == [A]
    assert urls(due(db, now=at(1), sources=["one", "two"])) == [A, B]
    assert urls(due(db, now=at(1), sources=[])) == []
    assert urls(due(db, now=at(1))) == [A, B, C]


def test_captured_page_waits_for_its_time_or_for_ever(db: Database) -> None:
    discover(db, [A, B], source="feed", now=at(1))
    _captured(db, f"{A}?fbclid=1", at=at(2), due_at=at(5), why="interval")
    _captured(db, B, at=at(2), due_at=None, why=None)
    assert urls(due(db, now=at(4))) == []
    (page,) = due(db, now=at(5))
    assert (page.url, page.last_captured, page.due_at, page.why) == (A, at(2), at(5), "interval")


def test_captured_page_that_was_not_known_is_added(db: Database) -> None:
    _captured(db, A, at=at(2), due_at=at(3), why="interval")
    assert urls(due(db, now=at(3))) == [A]


def test_older_capture_does_not_turn_back_the_clock(db: Database) -> None:
    _captured(db, A, at=at(5), due_at=at(6), why="interval")
    _captured(db, A, at=at(1), due_at=at(6), why="interval")
    assert due(db, now=at(6))[0].last_captured == at(5)


def test_failure_is_noted_and_the_page_tried_later(db: Database) -> None:
    discover(db, [A], source="feed", now=at(1))
    failed(db, A, at=at(1), crawl_id="c", reason="timeout\x00", due_at=at(2), why="failed before")
    failed(db, B, at=at(1), crawl_id=None, reason="no such host", due_at=None, why="failed before")
    assert urls(due(db, now=at(1))) == []
    (page,) = due(db, now=at(2))
    assert (page.url, page.why, page.last_captured) == (A, "failed before", None)
    assert [(row["url"], row["crawl_id"], row["reason"]) for row in rows(db, "SELECT * FROM failures ORDER BY id")] == [
        (A, "c", "timeout"),
        (B, None, "no such host"),
    ]


def test_page_held_by_a_crawl_is_not_due(db: Database) -> None:
    discover(db, [A], source="feed", now=at(1))
    with db.atomic():
        db.execute("UPDATE pages SET lease_until = ?", [at(3)])
    assert due(db, now=at(2)) == []
    assert urls(due(db, now=at(3))) == [A]
    _captured(db, A, at=at(3), due_at=at(3), why="interval")
    assert first(db, "SELECT lease_until FROM pages") == {"lease_until": None}


@pytest.mark.parametrize("time", ["2024-05-01T12:00:00Z", "2024-05-01 12:00:00.000000Z", "", "now"])
def test_time_in_another_form_is_refused(db: Database, time: str) -> None:
    with pytest.raises(ValueError, match="not a time as"):
        discover(db, [A], source=None, now=time)
    with pytest.raises(ValueError, match="not a time as"):
        due(db, now=time)
    with pytest.raises(ValueError, match="not a time as"):
        _captured(db, A, at=at(1), due_at=time or "x", why=None)
    with pytest.raises(ValueError, match="not a time as"):
        failed(db, A, at=time, crawl_id=None, reason="", due_at=None, why="failed before")
    assert rows(db, "SELECT * FROM pages") == rows(db, "SELECT * FROM failures") == []


def test_hostile_url_is_stored_without_harm(db: Database) -> None:
    assert discover(db, ["http://[", "https://example.org/\ud800", "\x00"], source=None, now=at(1)) == 3
    assert len(due(db, now=at(1))) == 3
