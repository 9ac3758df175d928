"""An article as one capture showed it, and two captures side by side."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from db.captures import captures_of, find_capture, shows_article, without_inner
from db.changes import ThreadChanges, thread_changes
from db.errors import NotFound
from db.moments import Moment, Thread, read_moment, read_thread, revision_at, state_at
from db.read import ArticleRow, absences_of
from db.sql import Row, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class AsOf:
    """What was known of an article by one of its captures.

    ``revision`` is the number of the newest revision that was seen by then, ``state`` its row; 0 and None if none was.
    A capture that shows no article says no more than its verdict: state and revision are those before it.
    """

    capture: Row
    revision: int
    state: ArticleRow | None
    moment: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """``a`` is the older one; ``known`` are the comments of the article, whenever they were seen."""

    a: AsOf
    b: AsOf
    thread: ThreadChanges
    known: Thread


def as_of(db: Database, article_id: str, ref: str) -> tuple[AsOf, Thread]:
    """Return an article as of the capture that a reference names, see ``find_capture``. Raises NotFound."""
    known = read_thread(db, article_id)
    reader = _Reader(db=db, article_id=article_id, captures=captures_of(db, article_id), known=known)
    capture = find_capture(reader.captures, ref)
    return reader.as_of(capture, reader.moment(capture)), known


def compare(db: Database, article_id: str, a: str | None, b: str | None) -> Comparison:
    """Compare two captures of an article, whichever is named first; see ``find_capture``. Raises NotFound.

    Without ``b``, with the newest capture that shows the article; without ``a``, with the newest capture before it that
    showed something else, or, where none did, with the one before it.
    """
    known, absences = read_thread(db, article_id), absences_of(db, article_id)
    reader = _Reader(db=db, article_id=article_id, captures=captures_of(db, article_id), known=known)
    newer = find_capture(reader.captures, b or "last")
    b_moment = reader.moment(newer)
    if a is None:
        older, a_moment, changes = reader.differing(newer, b_moment, absences)
    else:
        older = find_capture(reader.captures, a)
        a_moment = reader.moment(older)
        if _order(older) > _order(newer):
            older, newer, a_moment, b_moment = newer, older, b_moment, a_moment
        changes = thread_changes(known, absences, a_moment, b_moment)
    sides = (reader.as_of(older, a_moment), reader.as_of(newer, b_moment))
    return Comparison(a=sides[0], b=sides[1], thread=changes, known=known)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """One article; ``captures`` are all of its, oldest first."""

    db: Database
    article_id: str
    captures: Sequence[Row]
    known: Thread

    def moment(self, capture: Row) -> Moment:
        return read_moment(self.db, self.captures, capture, self.known.comments)

    def as_of(self, capture: Row, moment: Moment) -> AsOf:
        number = revision_at(self.captures, capture)
        state = state_at(self.db, self.article_id, number)
        return AsOf(capture=without_inner(capture), revision=number, state=state, moment=moment)

    def differing(
        self, newer: Row, moment: Moment, absences: Mapping[str, Sequence[Row]]
    ) -> tuple[Row, Moment, ThreadChanges]:
        """The newest capture before another one that showed something else, and what changed in the thread since."""
        nearest: tuple[Row, Moment, ThreadChanges] | None = None
        revision, threads = revision_at(self.captures, newer), _threads(moment.captures)
        by_moment: dict[Value, list[Row]] = {}
        for one in self.captures:
            by_moment.setdefault(one["moment"], []).append(one)
        for capture in _before(by_moment, newer):
            own = by_moment[capture["moment"]]
            same_revision = revision_at(self.captures, capture) == revision
            if nearest is not None and same_revision and _threads(own) == threads:
                continue
            then = self.moment(capture)
            changes = thread_changes(self.known, absences, then, moment)
            if changes or not same_revision:
                return capture, then, changes
            nearest = nearest or (capture, then, changes)
        if nearest is None:
            raise NotFound(f"nothing to compare with: no capture before {newer['captured_at']} shows the article")
        return nearest


def _before(by_moment: Mapping[Value, Sequence[Row]], newer: Row) -> Iterator[Row]:
    """One capture of each moment before that of another capture, newest first: the one that shows the article."""
    newest: list[Row] = []
    for moment, captures in by_moment.items():
        earlier = [one for one in captures if shows_article(one) and _order(one) < _order(newer)]
        if earlier and moment != newer["moment"]:
            newest.append(next((one for one in reversed(earlier) if one["revision"]), earlier[-1]))
    yield from sorted(newest, key=_order, reverse=True)


def _threads(captures: Sequence[Row]) -> set[object]:
    """Captures that show the same comments in the same way have the same ``thread``."""
    return {one["thread"] for one in captures}


def _order(capture: Row) -> tuple[str, str]:
    return str(capture["captured_at"]), str(capture["id"])
