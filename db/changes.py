"""What changed in a thread between two moments. Pure: values in, values out.

*Observe, do not infer*: a comment that one of the moments does not show is called gone or new only where that moment,
or what is known of its time, says so; else it is not covered.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import Final

from db.moments import Moment, Thread
from db.sql import Row, Value
from db.times import parsed_time

_HIDDEN: Final = "hidden"
_ANY_ZONE: Final = timedelta(days=1)
"""What a date that names no zone can be off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A comment as it was in the older moment and in the newer one; None where it was not shown."""

    a: Row | None
    b: Row | None

    @property
    def row(self) -> Row:
        """As it was last shown."""
        row = self.a if self.b is None else self.b
        if row is None:
            raise AssertionError("a change of nothing")
        return row


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadChanges:
    """Comments by what happened to them, in the order of the thread. One comment can stand in several.

    ``added``: not there in the older moment, which covers the thread, or written since, as the site dates it.
    ``restored``: gone or hidden in the older moment. ``hidden``: not shown because the comment it answers is gone.
    ``moved``: answers another comment. ``moderated``: its mark as held or removed by a moderator is new or gone.
    ``not_covered``: one of the moments does not show it and does not cover the thread.
    """

    added: tuple[Change, ...] = ()
    edited: tuple[Change, ...] = ()
    gone: tuple[Change, ...] = ()
    hidden: tuple[Change, ...] = ()
    restored: tuple[Change, ...] = ()
    moved: tuple[Change, ...] = ()
    moderated: tuple[Change, ...] = ()
    not_covered: tuple[Change, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is known to have changed."""
        return any(getattr(self, one.name) for one in fields(self) if one.name != "not_covered")


def thread_changes(known: Thread, away: Mapping[str, Sequence[Row]], a: Moment, b: Moment) -> ThreadChanges:
    """Compare a moment with a later one. ``away``: the absences of each comment."""
    kinds: dict[str, list[Change]] = {}
    for comment_id, sighting in b.seen.items():
        before = a.seen.get(comment_id)
        if before is None:
            kind = _appeared(known.comments[comment_id], _absence(away.get(comment_id, ()), a), a)
            kinds.setdefault(kind, []).append(Change(a=None, b=known.row(comment_id, sighting)))
        elif before[0] != sighting[0] or before[1] != sighting[1]:
            change = Change(a=known.row(comment_id, before), b=known.row(comment_id, sighting))
            for kind in _differences(change):
                kinds.setdefault(kind, []).append(change)
    for comment_id, sighting in a.seen.items():
        if comment_id not in b.seen:
            kind = _disappeared(_absence(away.get(comment_id, ()), b), b)
            kinds.setdefault(kind, []).append(Change(a=known.row(comment_id, sighting), b=None))
    return ThreadChanges(**{kind: tuple(sorted(found, key=_place)) for kind, found in kinds.items()})


def _place(change: Change) -> tuple[int, str]:
    return int(change.row["position"] or 0), str(change.row["id"])


def _appeared(comment: Row, absence: Row | None, a: Moment) -> str:
    if absence is not None:
        return "restored"
    was_not_seen = str(comment["first_seen"]) > a.until
    return "added" if was_not_seen and (a.covers or dated_after(comment["published"], a.until)) else "not_covered"


def dated_after(published: Value, until: str) -> bool:
    """Whether the site dates something later than a time of the database; False where its date does not tell."""
    try:
        date = datetime.fromisoformat(str(published))
        return (date if date.tzinfo else date.replace(tzinfo=UTC) - _ANY_ZONE) > parsed_time(until)
    except (ValueError, OverflowError):
        return False


def _disappeared(absence: Row | None, b: Moment) -> str:
    if not b.covers:
        return "not_covered"
    return _HIDDEN if absence is not None and absence["state"] == _HIDDEN else "gone"


def _differences(change: Change) -> Iterable[str]:
    a, b = change.a or {}, change.b or {}
    if (a["author"], a["text"]) != (b["author"], b["text"]):
        yield "edited"
    if a["parent_id"] != b["parent_id"]:
        yield "moved"
    if a["moderated"] != b["moderated"]:
        yield "moderated"


def _absence(absences: Sequence[Row], moment: Moment) -> Row | None:
    """The absence that a comment was in at the end of a moment."""
    return next((one for one in absences if _begins(one) <= moment.end and _lasts(one, moment)), None)


def _begins(absence: Row) -> tuple[str, str]:
    return str(absence["since"]), str(absence["since_capture"])


def _lasts(absence: Row, moment: Moment) -> bool:
    return absence["until"] is None or (str(absence["until"]), str(absence["until_capture"])) > moment.end
