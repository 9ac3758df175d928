"""When a page is due again. Pure: times in, times out."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """``why`` is shown by ``crawl --dry-run`` and kept in the frontier."""

    at: datetime
    why: str


def next_due(captured_at: datetime, *, interval: timedelta) -> Due:
    """A plain interval after the last capture."""
    return Due(at=captured_at + interval, why="interval")


def after_failure(failed_at: datetime, *, interval: timedelta) -> Due:
    """A page that could not be fetched is tried again at the next interval, like any other."""
    return Due(at=failed_at + interval, why="failed before")
