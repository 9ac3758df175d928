"""History: what the captures of one article, put in order of time, say about it and its comments.

Pure, and a function of the set of observations: rows out, in no order that matters. *Observe, do not infer*:
only captures that show the article change history, and a comment is gone only where a later capture shows
the whole thread without it.

The rows keep all that was observed, each thing once: a text stands in its revision or version, a sighting
names its version and says only what differed from the comment's row. ``observations`` reads it back, so
history can be derived again when an older capture arrives or one is extracted anew.
"""

import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from db.observed import Observation, SeenComment, json_text, state_columns, state_digest, state_facts
from db.sql import Row, Value, integer, text

_SHOWN: Final = ("parent_id", "kind", "author_url", "published", "published_text", "permalink", "depth", "likes")
"""What a comment's row takes from its newest sighting, besides author and text."""

_STATES: Final = {"article": "live", "redirect": "moved", "block page": "blocked"}
_GONE_STATUSES: Final = frozenset({404, 410})


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The rows of one article. ``captures`` holds the columns that history gives to captures, with their id."""

    article: Row
    captures: Sequence[Row]
    revisions: Sequence[Row]
    comments: Sequence[Row]
    versions: Sequence[Row]
    sightings: Sequence[Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sighting:
    seen: SeenComment
    where: Observation


@dataclass(frozen=True, slots=True, kw_only=True)
class _Life:
    """All sightings of one comment in order of time, in runs of the same author and text."""

    versions: Sequence[Sequence[_Sighting]]

    @property
    def first(self) -> _Sighting:
        return self.versions[0][0]

    @property
    def newest(self) -> _Sighting:
        return self.versions[-1][-1]


def page_state(verdict: str, status: int | None) -> str:
    """Return what a capture says of its page.

    ``live``, ``404``, ``410``, ``moved``, ``blocked``, ``error``, else the verdict itself (``login wall``, …).
    """
    if verdict == "error page":
        return str(status) if status in _GONE_STATUSES else "error"
    return _STATES.get(verdict, verdict)


def derive(article_id: str, *, url: str, site: str, state: str, observed: Iterable[Observation]) -> History:
    """Derive all rows of an article from at least one observation, given in any order.

    ``state`` is what the newest capture of its page saw; ``site`` stands in where the page names none.
    """
    ordered = sorted(observed, key=lambda one: one.order)
    lives = _lives(ordered)
    states = [state_columns(one.article) for one in ordered]
    digests = [state_digest(columns) for columns in states]
    revisions = _revisions(article_id, ordered, states, digests)
    newest = ordered[-1]
    article = {
        "id": article_id,
        "url": url,
        **states[-1],
        "site": newest.article.site or site,
        "word_count": len(newest.article.text.split()),
        "comment_count": len(lives),
        "claimed_comments": newest.claimed_comments,
        "first_captured": ordered[0].captured_at,
        "last_captured": newest.captured_at,
        "capture_count": len(ordered),
        "revision_count": len(revisions),
        "state": state,
    }
    return History(
        article=article,
        captures=_capture_columns(ordered, digests),
        revisions=revisions,
        comments=[_comment_row(article_id, life, ordered) for life in lives],
        versions=[row for life in lives for row in _version_rows(life)],
        sightings=[row for life in lives for row in _sighting_rows(life)],
    )


def observations(
    captures: Iterable[Row],
    revisions: Iterable[Row],
    comments: Iterable[Row],
    versions: Iterable[Row],
    sightings: Iterable[Row],
) -> list[Observation]:
    """Read back from the stored rows of an article what its captures showed: the inverse of ``derive``."""
    begins = {row["capture_id"]: row for row in revisions}
    comment_rows = {row["id"]: row for row in comments}
    version_rows = {(row["comment_id"], row["number"]): row for row in versions}
    seen: dict[Value, list[SeenComment]] = {}
    for row in sightings:
        version = version_rows[row["comment_id"], row["version"]]
        seen.setdefault(row["capture_id"], []).append(_seen(row, comment_rows[row["comment_id"]], version))
    found: list[Observation] = []
    revision: Row = {}
    for capture in sorted(captures, key=lambda row: (str(row["captured_at"]), str(row["id"]))):
        revision = begins.get(capture["id"], revision)
        raw_text = revision["raw_text"] if capture["raw_text"] is None else capture["raw_text"]
        found.append(
            Observation(
                capture_id=str(capture["id"]),
                captured_at=str(capture["captured_at"]),
                article=state_facts(revision, str(raw_text)),
                comments=tuple(sorted(seen.get(capture["id"], ()), key=lambda one: one.position)),
                claimed_comments=integer(capture["claimed_comments"]),
                complete=None if capture["complete"] is None else bool(capture["complete"]),
            )
        )
    return found


def _revisions(article_id: str, ordered: list[Observation], states: list[Row], digests: list[str]) -> list[Row]:
    begins = [index for index, digest in enumerate(digests) if index == 0 or digest != digests[index - 1]]
    return [
        {
            "article_id": article_id,
            "number": number,
            "capture_id": ordered[index].capture_id,
            "captured_at": ordered[index].captured_at,
            **states[index],
            "raw_text": ordered[index].article.raw_text,
            "state_digest": digests[index],
        }
        for number, index in enumerate(begins, start=1)
    ]


def _capture_columns(ordered: list[Observation], digests: list[str]) -> list[Row]:
    columns: list[Row] = []
    before, raw_text = "", ""
    for one, digest in zip(ordered, digests, strict=True):
        if digest != before:
            before, raw_text = digest, one.article.raw_text
        columns.append(
            {
                "id": one.capture_id,
                "state_digest": digest,
                "raw_text": None if one.article.raw_text == raw_text else one.article.raw_text,
                "claimed_comments": one.claimed_comments,
                "comment_count": len(one.comments),
                "complete": None if one.complete is None else int(one.complete),
            }
        )
    return columns


def _lives(ordered: list[Observation]) -> list[_Life]:
    sightings: dict[str, list[_Sighting]] = {}
    for one in ordered:
        for seen in one.comments:
            sightings.setdefault(seen.id, []).append(_Sighting(seen=seen, where=one))
    return [
        _Life(versions=[list(run) for _, run in groupby(known, key=lambda one: (one.seen.author, one.seen.text))])
        for known in sightings.values()
    ]


def _comment_row(article_id: str, life: _Life, ordered: list[Observation]) -> Row:
    newest = life.newest
    gone_since = _gone_since(newest.where, ordered)
    return {
        "id": newest.seen.id,
        "article_id": article_id,
        "native_id": newest.seen.native_id,
        "author": newest.seen.author,
        "text": newest.seen.text,
        "position": newest.seen.position,
        **_shown(newest.seen),
        "first_seen": life.first.where.captured_at,
        "last_seen": newest.where.captured_at,
        "gone_since": gone_since,
        "version_count": len(life.versions),
        "state": "absent" if gone_since else "edited" if len(life.versions) > 1 else "live",
    }


def _gone_since(last_seen: Observation, ordered: list[Observation]) -> str | None:
    """Return the time of the first capture after the last sighting that shows the whole thread."""
    for one in ordered[bisect_right(ordered, last_seen.order, key=lambda one: one.order) :]:
        if one.complete:
            return one.captured_at
    return None


def _version_rows(life: _Life) -> list[Row]:
    return [
        {
            "comment_id": run[0].seen.id,
            "number": number,
            "capture_id": run[0].where.capture_id,
            "captured_at": run[0].where.captured_at,
            "author": run[0].seen.author,
            "text": run[0].seen.text,
        }
        for number, run in enumerate(life.versions, start=1)
    ]


def _sighting_rows(life: _Life) -> list[Row]:
    newest = _shown(life.newest.seen)
    return [
        {
            "capture_id": one.where.capture_id,
            "comment_id": one.seen.id,
            "version": number,
            "position": one.seen.position,
            "differs": _differences(_shown(one.seen), newest),
        }
        for number, run in enumerate(life.versions, start=1)
        for one in run
    ]


def _shown(seen: SeenComment) -> Row:
    return {name: getattr(seen, name) for name in _SHOWN}


def _differences(shown: Row, newest: Row) -> str | None:
    differing = {name: value for name, value in shown.items() if value != newest[name]}
    return json_text(differing) if differing else None


def _seen(sighting: Row, comment: Row, version: Row) -> SeenComment:
    differs: Mapping[str, Value] = json.loads(str(sighting["differs"])) if sighting["differs"] else {}
    shown = {name: differs.get(name, comment[name]) for name in _SHOWN}
    return SeenComment(
        id=str(comment["id"]),
        native_id=text(comment["native_id"]),
        position=integer(sighting["position"]) or 0,
        author=text(version["author"]),
        text=str(version["text"]),
        **shown,  # type: ignore[arg-type]  # columns of a STRICT table
    )
