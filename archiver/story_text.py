"""The history of an article as lines for a terminal, and as JSON. Values in, text out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from archiver.render import counted, one_line
from db.sql import Row, Value
from db.story import Event

_FOLDED: Final = 3
"""So many comments of an event are named, unless all are asked for."""
_SHORT: Final = 72

_STATES: Final = {
    "live": "back",
    "moved": "moved: redirects to another page",
    "404": "not found (404)",
    "410": "gone (410)",
}
_COMMENTS: Final = {
    "added": ("new comment", ""),
    "found": ("comment", "first seen: no capture before shows the whole thread"),
    "edited": ("edited comment", ""),
    "gone": ("comment", "gone"),
    "hidden": ("comment", "hidden: what it answers is gone"),
    "restored": ("comment", "back"),
    "moved": ("comment", "answering another one than before, or none"),
    "moderated": ("comment", "marked as held or removed by a moderator"),
    "approved": ("comment", "no longer marked by a moderator"),
}


def when(time: Value) -> str:
    """A time of the database, shorter where its seconds are whole; the beginning of it stays a reference to it."""
    return str(time).replace(".000000Z", "Z")


def short(text: Value) -> str:
    """The beginning of a text, on one line."""
    line = one_line(str(text)[: _SHORT * 4])
    return line if len(line) <= _SHORT else f"{line[: _SHORT - 1].rstrip()}…"


def author_of(comment: Row) -> str:
    return one_line(str(comment["author"] or "")) or "(no name)"


def event_lines(
    events: Iterable[Event], comments: Mapping[str, Row], versions: Mapping[str, Sequence[Row]], *, full: bool
) -> Iterator[str]:
    """``versions``: of comments that had more than one; each is named as it was last seen at that time."""
    for event in events:
        yield f"  {when(event.at)}  {event.capture_id}  {_said(event)}"
        if event.kind == "captured":
            continue
        named = event.comments if full else event.comments[: _FOLDED if len(event.comments) > _FOLDED + 1 else None]
        for one in named:
            then = _version_at(comments[one], versions.get(one, ()), event.at)
            yield f"      {author_of(then)}: {short(then['text'])}"
        if len(named) < len(event.comments):
            yield f"      … and {len(event.comments) - len(named)} more: --full"


def _version_at(comment: Row, versions: Sequence[Row], at: str) -> Row:
    """What a comment said by a time; as it says now if it was never edited."""
    return next((row for row in reversed(versions) if str(row["captured_at"]) <= at), comment)


def _said(event: Event) -> str:
    if event.kind == "captured":
        return f"first captured, {counted(len(event.comments), 'comment')}"
    if event.kind == "revision":
        return f"revision {event.revision}: {', '.join(_field(name, event) for name in event.fields)}"
    if event.kind == "state":
        state = str(event.state)
        return one_line(_STATES.get(state, state))
    noun, rest = _COMMENTS[event.kind]
    return f"{counted(len(event.comments), noun)} {rest}".rstrip()


def _field(name: str, event: Event) -> str:
    added, removed = event.words
    return f"text (+{added} -{removed} words)" if name == "text" else name


def event_json(event: Event) -> dict[str, Any]:
    """``comments`` are ids; keys that say nothing of this kind of event are left out."""
    found: dict[str, Any] = {"at": event.at, "capture": event.capture_id, "event": event.kind}
    if event.kind == "revision":
        added, removed = event.words
        found |= {"revision": event.revision, "fields": list(event.fields)}
        found |= {"words_added": added, "words_removed": removed}
    elif event.kind == "state":
        found |= {"state": event.state}
    else:
        found |= {"comments": list(event.comments)}
    return found
