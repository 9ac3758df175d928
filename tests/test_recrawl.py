"""When a page is due again."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.recrawl import Due, after_failure, next_due

MOMENT = datetime(2017, 2, 24, 16, 5, tzinfo=UTC)
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds
INTERVALS = st.timedeltas(timedelta(seconds=1), timedelta(days=36_500))


def test_captured_page_is_due_after_the_interval() -> None:
    assert next_due(MOMENT, interval=timedelta(hours=12)) == Due(at=MOMENT + timedelta(hours=12), why="interval")


def test_failed_page_is_due_after_the_interval_and_says_why() -> None:
    assert after_failure(MOMENT, interval=timedelta(days=1)) == Due(at=MOMENT + timedelta(days=1), why="failed before")


@given(MOMENTS, INTERVALS)
@settings(deadline=None)
def test_page_is_due_later_than_it_was_asked_for(moment: datetime, interval: timedelta) -> None:
    for due in (next_due(moment, interval=interval), after_failure(moment, interval=interval)):
        assert due.at > moment
        assert due.at.tzinfo is UTC
        assert due.why
