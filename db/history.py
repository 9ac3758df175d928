"""History: what the captures of one article, put in order of time, say about it and its comments.

Pure, and a function of the set of observations: rows out, in no order that matters. *Observe, do not infer*: only
captures that show the article change history, and a comment is gone only where a later moment covers the thread and
does not show it.

Rows name captures and comments by their ids; the integers of the tables are put in when they are written. They keep all
that was observed, each thing once, so that ``db.stored`` can read the observations back, and history can be derived
again when an older capture arrives or one is extracted anew.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from db.coverage import moments
from db.identity import identify
from db.lives import Life, Lives, Sighting, lives
from db.observed import Observation, differing, json_text, makes_revision, state_columns
from db.sql import Row, Value
from db.urls import canonical_url

SHOWN: Final = (
    "kind",
    "native_id",
    "author_url",
    "published",
    "published_text",
    "permalink",
    "depth",
    "likes",
    "edited",
    "moderated",
)
"""The facts that a comment's row takes from its newest sighting, besides author, text and what it answers."""

_COLUMNS: Final = tuple((name, "marked_edited" if name == "edited" else name) for name in SHOWN)
_PAGE_STATES: Final = {"article": "live", "redirect": "moved", "block page": "blocked"}
_GONE_STATUSES: Final = frozenset({404, 410})


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The rows of one article. ``captures`` holds the columns that history gives to captures, with their id.

    ``threads`` are lists of sightings, by the id of the capture under which they stand.
    """

    article: Row
    captures: Sequence[Row]
    states: Sequence[Row]
    comments: Sequence[Row]
    texts: Sequence[Row]
    threads: dict[str, list[Row]]
    absences: Sequence[Row]


@dataclass(slots=True)
class _States:
    """The distinct states of an article in the order of their first capture, and what each capture shows of them.

    ``revisions``: the number of the revision, None for a capture of a comment page or another form of the article.
    """

    distinct: dict[tuple[Value, ...], tuple[int, Row]] = field(default_factory=dict[tuple[Value, ...], tuple[int, Row]])
    numbers: list[int] = field(default_factory=list[int])
    revisions: list[int | None] = field(default_factory=list[int | None])
    begins: list[bool] = field(default_factory=list[bool])
    newest: Row = field(default_factory=dict[str, Value])
    url: str = ""


def page_state(verdict: str, status: int | None) -> str:
    """Return what a capture says of its page.

    ``live``, ``404``, ``410``, ``moved``, ``blocked``, ``error``, else the verdict itself (``login wall``, …).
    """
    if verdict == "error page":
        return str(status) if status in _GONE_STATUSES else "error"
    return _PAGE_STATES.get(verdict, verdict)


def derive(article_id: str, *, state: str, observed: Iterable[Observation]) -> History:
    """Derive all rows of an article from at least one observation, given in any order.

    ``state`` is what the newest capture of its pages saw.
    """
    ordered = sorted(observed, key=lambda one: one.order)
    visits = moments(ordered)
    told = lives(ordered, visits, identify(article_id, ordered, visits))
    states = _states(ordered)
    article = _article_row(article_id, ordered, states, state=state, comments=len(told.by_number))
    threads, owners = _threads(ordered, told)
    captures: list[Row] = []
    for moment, visit in enumerate(visits, start=1):
        for index in visit:
            row = _capture_row(article_id, ordered[index], states, index)
            row |= {"moment": moment, "covers": int(told.covered[moment - 1]), "thread": owners[index]}
            captures.append(row)
    return History(
        article=article,
        captures=captures,
        states=_state_rows(article_id, states, article),
        comments=[_comment_row(article_id, life, told) for life in told.by_number],
        texts=[row for life in told.by_number if len(life.versions) > 1 for row in _text_rows(life)],
        threads=threads,
        absences=[row for life in told.by_number if life.absences for row in _absence_rows(life)],
    )


def _states(ordered: Sequence[Observation]) -> _States:
    found = _States()
    has_main = any(one.is_main for one in ordered)
    revision, before = 0, None
    known: dict[int, tuple[int, Row]] = {}  # captures that show the same often share one value
    for one in ordered:
        if id(one.article) not in known:
            columns = state_columns(one.article)
            known[id(one.article)] = found.distinct.setdefault(
                tuple(columns.values()), (len(found.distinct) + 1, columns)
            )
        number, columns = known[id(one.article)]
        found.numbers.append(number)
        bears = one.is_main or not has_main
        state = makes_revision(columns)
        begins = bears and (revision == 0 or state != before)
        if bears:
            revision += begins
            before, found.newest, found.url = state, columns, one.url
        found.begins.append(begins)
        found.revisions.append(revision if bears else None)
    return found


def _article_row(article_id: str, ordered: Sequence[Observation], states: _States, *, state: str, comments: int) -> Row:
    shown = {name: value for name, value in states.newest.items() if name != "raw_text"}
    return {
        "id": article_id,
        "url": canonical_url(states.url),
        **shown,
        "word_count": len(str(shown["text"]).split()),
        "comment_count": comments,
        "claimed_comments": next(
            (one.claimed_comments for one in reversed(ordered) if one.claimed_comments is not None), None
        ),
        "first_captured": ordered[0].captured_at,
        "last_captured": ordered[-1].captured_at,
        "capture_count": len(ordered),
        "revision_count": sum(states.begins),
        "state": state,
    }


def _state_rows(article_id: str, states: _States, article: Row) -> list[Row]:
    found = ((number, differing(columns, article)) for number, columns in states.distinct.values())
    return [{"article_id": article_id, "number": number, "differs": differs} for number, differs in found if differs]


def _capture_row(article_id: str, one: Observation, states: _States, index: int) -> Row:
    return {
        "id": one.capture_id,
        "article_id": article_id,
        "revision": states.revisions[index],
        "begins_revision": int(states.begins[index]),
        "state": states.numbers[index],
    }


def _threads(ordered: Sequence[Observation], told: Lives) -> tuple[dict[str, list[Row]], list[str | None]]:
    """The distinct lists of sightings, and under which capture each observation's stands; None: it shows none."""
    threads: dict[str, list[Row]] = {}
    owners: list[str | None] = []
    by_content: dict[tuple[object, ...], str] = {}
    before: list[Sighting] | None = None
    for one, sightings in zip(ordered, told.seen, strict=True):
        if not sightings:
            owners.append(None)
        elif sightings is before:
            owners.append(owners[-1])
        else:
            rows = [_sighting_row(sighting, told) for sighting in sightings]
            owner = by_content.setdefault(tuple(tuple(row.values()) for row in rows), one.capture_id)
            if owner == one.capture_id:
                threads[owner] = rows
            owners.append(owner)
        before = sightings
    return threads, owners


def _sighting_row(sighting: Sighting, told: Lives) -> Row:
    life = told.by_number[sighting.number]
    return {
        "comment": life.identity.id,
        "version": sighting.version,
        "position": sighting.place + 1,
        "differs": _differs(sighting, life.newest, told),
    }


def _differs(sighting: Sighting, newest: Sighting, told: Lives) -> str | None:
    if sighting is newest:
        return None
    one, other = sighting.comment, newest.comment
    found: dict[str, Value] = {}
    if one is not other:
        found = {
            column: _number(getattr(one, name))
            for name, column in _COLUMNS
            if getattr(one, name) != getattr(other, name)
        }
    if sighting.parent != newest.parent:
        found["parent_id"] = _id_of(sighting.parent, told)
    return json_text(found) if found else None


def _number(value: Value) -> Value:
    """A mark as the column has it: 1 or 0."""
    return int(value) if isinstance(value, bool) else value


def _id_of(number: int | None, told: Lives) -> str | None:
    return None if number is None else told.by_number[number].identity.id


def _comment_row(article_id: str, life: Life, told: Lives) -> Row:
    comment = life.newest.comment
    first = life.versions[0][0]
    return {
        "id": life.identity.id,
        "article_id": article_id,
        "parent_id": _id_of(life.newest.parent, told),
        "native_id": comment.native_id,
        "kind": comment.kind,
        "permalink": comment.permalink,
        "author": comment.author,
        "author_url": comment.author_url,
        "published": comment.published,
        "published_text": comment.published_text,
        "text": comment.text,
        "position": life.position,
        "depth": comment.depth,
        "likes": comment.likes,
        "marked_edited": int(comment.edited),
        "moderated": int(comment.moderated),
        "first_seen": first.captured_at,
        "last_seen": life.last_seen.captured_at,
        "gone_since": life.gone_since,
        "first_capture": first.capture_id,
        "version_count": len(life.versions),
        "state": life.state,
    }


def _text_rows(life: Life) -> Iterable[Row]:
    """All versions; the newest says its author and text by nothing, for they stand in the comment's row."""
    for number, (one, comment) in enumerate(life.versions, start=1):
        is_newest = number == len(life.versions)
        yield {
            "comment": life.identity.id,
            "number": number,
            "capture": one.capture_id,
            "author": None if is_newest else comment.author,
            "text": None if is_newest else comment.text,
        }


def _absence_rows(life: Life) -> Iterable[Row]:
    for number, one in enumerate(life.absences, start=1):
        yield {
            "comment_id": life.identity.id,
            "number": number,
            "state": one.state,
            "since": one.since.captured_at,
            "since_capture": one.since.capture_id,
            "until": one.until.captured_at if one.until else None,
            "until_capture": one.until.capture_id if one.until else None,
        }
