"""What happened to an article, as a list of what was observed and when. Pure: rows in, events out.

An event is of the first capture that shows it. What is not seen is not told: that a comment is gone is an event only
where a moment that covers the thread says so.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from db.changes import dated_after
from db.derived import STATE_FIELDS
from db.history import page_state
from db.read import ArticleRow, ArticleView
from db.sql import Row, Value, integer

Kind = Literal[
    "captured",
    "revision",
    "added",
    "found",
    "edited",
    "gone",
    "hidden",
    "restored",
    "moved",
    "moderated",
    "approved",
    "state",
]
KINDS: Final[tuple[Kind, ...]] = (
    "state",
    "captured",
    "revision",
    "added",
    "found",
    "edited",
    "moved",
    "moderated",
    "approved",
    "gone",
    "hidden",
    "restored",
)
"""In the order in which those of one capture are told."""

_LIVE: Final = "live"
_FIRST_SEEN: Final = ("added", "found")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that a capture showed first.

    ``comments``: ids of those it is about; of ``captured``, those of the first moment; of ``found``, those seen first
    though no moment before says that they were not there. ``fields``: what changed in a
    revision, ``words``: how many words its text won and lost. ``state``: of the page, where it is another than before.
    """

    kind: Kind
    at: str
    capture_id: str
    comments: tuple[str, ...] = ()
    revision: int | None = None
    fields: tuple[str, ...] = ()
    words: tuple[int, int] = (0, 0)
    state: str | None = None


def story(view: ArticleView) -> tuple[Event, ...]:
    """Return what is known to have happened, in order of time."""
    captures = view.captures[::-1]
    places = {str(row["id"]): place for place, row in enumerate(captures)}
    told = [*_states(captures), *_revisions(view.revisions), *_thread(view, captures)]
    order = {kind: number for number, kind in enumerate(KINDS)}
    return tuple(sorted(told, key=lambda one: (places.get(one.capture_id, -1), order[one.kind])))


def _states(captures: Sequence[Row]) -> Iterator[Event]:
    """The first capture that shows the article, and where its pages say something else than before.

    As for ``articles.state``: redirects among the article's own pages say nothing.
    """
    pages = {row["page_id"] for row in captures if row["comment_count"] is not None}
    before = None
    for row in captures:
        if row["verdict"] is None or row["page_id"] not in pages or row["redirect_page_id"] in pages:
            continue
        state = page_state(str(row["verdict"]), integer(row["status"]))
        if state != before and (state != _LIVE or before is not None):
            yield Event(kind="state", at=str(row["captured_at"]), capture_id=str(row["id"]), state=state)
        before = state


def _revisions(revisions: Sequence[ArticleRow]) -> Iterator[Event]:
    before: Mapping[str, object] | None = None
    for row in revisions:
        if before is not None:
            fields = tuple(name for name in STATE_FIELDS if row[name] != before[name])
            yield Event(
                kind="revision",
                at=str(row["captured_at"]),
                capture_id=str(row["capture_id"]),
                revision=int(row["number"]),
                fields=fields,
                words=_words(str(before["text"]), str(row["text"])) if "text" in fields else (0, 0),
            )
        before = row


def _words(old: str, new: str) -> tuple[int, int]:
    """How many words the new text has that the old one had not, and the other way round, wherever they stand."""
    before, after = Counter(old.split()), Counter(new.split())
    return (after - before).total(), (before - after).total()


def _thread(view: ArticleView, captures: Sequence[Row]) -> Iterator[Event]:
    """What happened to comments, those of one capture and kind in one event, in the order of the thread."""
    places = {str(row["id"]): place for place, row in enumerate(view.comments)}
    times = {str(row["id"]): str(row["captured_at"]) for row in captures}
    moments = {str(row["id"]): row["moment"] for row in captures if row["moment"] is not None}
    first = next((row for row in captures if row["moment"] is not None), None)
    found: dict[tuple[str, Kind], list[str]] = {}
    for comment_id, capture_id, kind in _happenings(view, captures):
        if first is not None and kind in _FIRST_SEEN and moments.get(capture_id) == first["moment"]:
            found.setdefault((str(first["id"]), "captured"), []).append(comment_id)
        else:
            found.setdefault((capture_id, kind), []).append(comment_id)
    if first is not None:
        found.setdefault((str(first["id"]), "captured"), [])
    for (capture_id, kind), ids in found.items():
        comments = tuple(sorted(dict.fromkeys(ids), key=lambda one: places.get(one, -1)))
        yield Event(kind=kind, at=times.get(capture_id, ""), capture_id=capture_id, comments=comments)


def _happenings(view: ArticleView, captures: Sequence[Row]) -> Iterator[tuple[str, str, Kind]]:
    """Comment, capture, and what it showed of the comment first."""
    shown = {str(row["id"]): row for row in view.comments}
    before = _known_before(captures)
    for comment_id, row in shown.items():
        first = str(row["first_capture"])
        covered, until = before[first]
        yield comment_id, first, "added" if covered or dated_after(row["published"], until) else "found"
    for comment_id, versions in view.versions.items():
        if comment_id in shown:
            for version in versions[1:]:
                yield comment_id, str(version["capture_id"]), "edited"
    for comment_id, absences in view.absences.items():
        if comment_id in shown:
            for capture_id, kind in _comings_and_goings(absences):
                yield comment_id, capture_id, kind
    varied = {comment_id for turns in view.turns.values() for comment_id in turns}
    for comment_id, row in shown.items():
        if row["moderated"] and comment_id not in varied:
            yield comment_id, str(row["first_capture"]), "moderated"
    yield from _turns(view, captures)


def _known_before(captures: Iterable[Row]) -> dict[str, tuple[bool, str]]:
    """Of each capture of a moment, whether one before it covers the thread, and when the last one ended."""
    found: dict[str, tuple[bool, str]] = {}
    covered, until = False, ""
    moment: Value = None
    state = (covered, until)
    for row in captures:
        if row["moment"] is None:
            continue
        if row["moment"] != moment:
            moment, state = row["moment"], (covered, until)
        found[str(row["id"])] = state
        covered, until = covered or bool(row["covers"]), str(row["captured_at"])
    return found


def _comings_and_goings(absences: Sequence[Row]) -> Iterator[tuple[str, Kind]]:
    ends: Value = None
    for absence in absences:
        if ends is not None and ends != absence["since_capture"]:
            yield str(ends), "restored"
        yield str(absence["since_capture"]), "hidden" if absence["state"] == "hidden" else "gone"
        ends = absence["until_capture"]
    if ends is not None:
        yield str(ends), "restored"


def _turns(view: ArticleView, captures: Iterable[Row]) -> Iterator[tuple[str, str, Kind]]:
    """Where a comment answers another one than before, or its mark of moderation comes or goes."""
    before: dict[str, tuple[Value, Value]] = {}
    for row in captures:
        capture_id = str(row["id"])
        for comment_id, (parent_id, moderated) in view.turns.get(capture_id, {}).items():
            known_parent, known_mark = before.get(comment_id, (parent_id, 0))
            if parent_id != known_parent:
                yield comment_id, capture_id, "moved"
            if moderated != known_mark:
                yield comment_id, capture_id, "moderated" if moderated else "approved"
            before[comment_id] = (parent_id, moderated)
