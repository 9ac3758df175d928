"""Which capture of an article somebody means: by id, date, revision, or the word for the first or last."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlite_utils import Database

from db.errors import NotFound
from db.sql import Row, rows
from db.storable import storable_text
from db.times import parsed_time, time_text

_TIME: Final = re.compile(
    r"[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9]{2}(:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?)?)?)?)?", re.ASCII
)
_WHOLE: Final = "2000-01-01T00:00:00.000000Z"
_REVISION: Final = re.compile(r"r([0-9]{1,9})", re.ASCII)
_INNER: Final = ("key", "thread", "state")
"""Columns that serve joins; ``revision`` says what ``state`` does."""

REFERENCES: Final = "a capture id, a date or time in UTC (2024-05-03, 2024-05-03T12:30), a revision (r2), first or last"


def captures_of(db: Database, article_id: str) -> list[Row]:
    """Return all captures of an article, oldest first."""
    sql = "SELECT * FROM captures WHERE article_id = ? ORDER BY captured_at, id"
    return rows(db, sql, [article_id])


def without_inner(capture: Row) -> Row:
    """A capture as it may be shown."""
    return {name: value for name, value in capture.items() if name not in _INNER}


def shows_article(capture: Row) -> bool:
    return capture["comment_count"] is not None


def find_capture(captures: Sequence[Row], ref: str) -> Row:
    """Return the capture that a reference means among those of an article, oldest first. Raises NotFound.

    An id names any capture. All else names captures that show the article: ``first``, ``last``, ``r2`` the first one of
    revision 2, and a time, or the beginning of one, the newest at or before its end. Where captures belong together, as
    the pages of one thread do, the one that shows the article itself is taken.
    """
    ref = storable_text(ref).strip()
    for capture in captures:
        if capture["id"] == ref.lower():
            return capture
    showing = [one for one in captures if shows_article(one)]
    if not showing:
        raise NotFound("no capture shows this article")
    revision = _REVISION.fullmatch(ref.lower())
    if revision:
        return _of_revision(showing, int(revision[1]))
    if ref.lower() == "first":
        return _main(showing, showing[0])
    if ref.lower() in ("last", "newest"):
        return _main(showing, showing[-1])
    time = time_of(ref)
    if time is None:
        raise NotFound(f"no capture of this article is called {ref[:200]!r}; name one by {REFERENCES}")
    until = [one for one in showing if str(one["captured_at"])[: len(time)] <= time]
    if not until:
        raise NotFound(f"no capture shows this article by {time}; the first is of {showing[0]['captured_at']}")
    return _main(until, until[-1])


def _of_revision(showing: Sequence[Row], number: int) -> Row:
    found = next((one for one in showing if one["revision"] == number), None)
    if found is None:
        last = max((int(one["revision"] or 0) for one in showing), default=0)
        raise NotFound(f"this article has no revision {number}, its newest is r{last}")
    return found


def _main(showing: Sequence[Row], one: Row) -> Row:
    """Of the captures that belong to this one's moment the newest that shows the article itself, else this one."""
    moment = [other for other in showing if other["moment"] == one["moment"] and other["revision"] is not None]
    return moment[-1] if moment else one


def time_of(ref: str) -> str | None:
    """Return the beginning of a time in the form of the database; None if it is none."""
    time = ref.strip().upper().replace(" ", "T").removesuffix("Z")
    try:
        if _TIME.fullmatch(time):
            parsed_time(time + _WHOLE[len(time) :])
            return time
        moment = datetime.fromisoformat(time)
        return time_text(moment) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None
