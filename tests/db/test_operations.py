"""Sources, crawls and the health made of them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlite_utils import Database

from db.frontier import CapturedPage, captured, discover, failed
from db.ids import page_id
from db.operations import CrawlCounts, SourceHealth, finish_crawl, health, record_source, start_crawl
from db.times import checked_time, parsed_time, time_text
from tests.db.histories import at


def test_source_keeps_its_last_success_over_an_error(db: Database) -> None:
    record_source(db, "feed", kind="feed", url="https://example.org/feed", at=at(1))
    record_source(db, "feed", kind="feed", url="https://example.org/feed", at=at(2), error="timeout")
    record_source(db, "feed", kind="feed", url="https://example.org/rss")
    (source,) = health(db, now=at(3)).sources
    assert source == SourceHealth(
        name="feed",
        kind="feed",
        url="https://example.org/rss",
        last_crawl=at(2),
        last_success=at(1),
        last_error="timeout",
        pages=0,
        due=0,
        overdue=0,
    )
    record_source(db, "feed", kind="feed", url=None, at=at(3))
    assert health(db, now=at(3)).sources[0].last_error is None


def test_due_pages_become_overdue_after_the_grace(db: Database) -> None:
    record_source(db, "list", kind="list", url=None)
    discover(db, [f"https://example.org/{number}" for number in range(3)], source="list", now=at(1))
    discover(db, ["https://example.org/of-another"], source="another", now=at(1))
    due = {"https://example.org/0": at(9), "https://example.org/1": at(3)}
    captured(
        db,
        [
            CapturedPage(page_id=page_id(url), url=url, at=at(1), due_at=due_at, why="interval")
            for url, due_at in due.items()
        ],
    )

    def counts(now: str, grace: timedelta) -> tuple[int, int, int]:
        (source,) = health(db, now=now, grace=grace).sources
        return (source.pages, source.due, source.overdue)

    assert counts(at(1), timedelta(days=1)) == (3, 1, 0)
    assert counts(at(3), timedelta(days=1)) == (3, 2, 1)
    assert counts(at(3), timedelta(days=3)) == (3, 2, 0)


def test_crawl_is_running_until_it_is_finished(db: Database) -> None:
    start_crawl(db, "c1", at=at(1), sources=["feed", "über"])
    (crawl,) = health(db, now=at(1)).crawls
    assert (crawl["state"], crawl["finished_at"], crawl["sources"]) == ("running", None, '["feed","über"]')
    finish_crawl(db, "c1", at=at(2), counts=CrawlCounts(discovered=4, captured=3, articles=2, failed=1))
    (crawl,) = health(db, now=at(2)).crawls
    assert [crawl[name] for name in ("state", "finished_at", "discovered", "captured", "articles", "failed")] == [
        "finished",
        at(2),
        4,
        3,
        2,
        1,
    ]


def test_health_tells_failures_since_the_last_crawl_began(db: Database) -> None:
    failed(db, "https://example.org/a", at=at(1), crawl_id="c1", reason="timeout", due_at=None, why="failed before")
    assert [row["reason"] for row in health(db, now=at(1)).failures] == ["timeout"]
    start_crawl(db, "c2", at=at(2))
    assert health(db, now=at(2)).failures == ()
    failed(db, "https://example.org/a", at=at(3), crawl_id="c2", reason="refused", due_at=None, why="failed before")
    assert [row["reason"] for row in health(db, now=at(3)).failures] == ["refused"]


def test_last_crawls_come_newest_first(db: Database) -> None:
    for day in range(1, 13):
        start_crawl(db, f"c{day}", at=at(day))
    crawls = health(db, now=at(12)).crawls
    assert [row["id"] for row in crawls] == [f"c{day}" for day in range(12, 2, -1)]


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2024, 5, 1, 12, tzinfo=UTC), "2024-05-01T12:00:00.000000Z"),
        (datetime(2024, 5, 1, 1, 0, 0, 5, tzinfo=timezone(timedelta(hours=2))), "2024-04-30T23:00:00.000005Z"),
        (datetime(999, 1, 1, tzinfo=UTC), "0999-01-01T00:00:00.000000Z"),
    ],
)
def test_time_text_has_one_width_and_reads_back(moment: datetime, text: str) -> None:
    assert time_text(moment) == checked_time(text) == text
    assert parsed_time(text) == moment


def test_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        time_text(datetime(2024, 5, 1))  # noqa: DTZ001  # the mistake under test
