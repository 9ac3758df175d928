"""The lives of an article's comments: their versions, when they were seen, when they were gone.

Pure. Knows moments and what they cover; must not know rows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from db.coverage import Before, coverage
from db.facts import CommentFacts
from db.identity import Identities, Identity
from db.observed import Observation

PINGBACK = "pingback"
Gone = Literal["gone", "hidden"]


class Sighting(NamedTuple):
    """A comment as one capture shows it. ``place`` is its index there, ``version`` and ``parent`` are numbers."""

    number: int
    version: int
    place: int
    comment: CommentFacts
    parent: int | None


@dataclass(slots=True, kw_only=True)
class Absence:
    """From the end of the moment that first covers the thread without the comment, until it is seen again."""

    state: Gone
    since: Observation
    until: Observation | None = None


@dataclass(slots=True, kw_only=True)
class Life:
    """One comment. ``versions`` holds the first sighting of each author and text, with the capture that shows it."""

    identity: Identity
    versions: list[tuple[Observation, CommentFacts]] = field(default_factory=list[tuple[Observation, CommentFacts]])
    absences: list[Absence] = field(default_factory=list[Absence])
    newest: Sighting
    last_seen: Observation
    position: int = 0
    state: str = ""

    @property
    def gone_since(self) -> str | None:
        """When it was first known to be gone for the time that lasts, whether hidden then or not."""
        since: str | None = None
        for one in reversed(self.absences):
            if one.until is not None and one.until.captured_at != since:
                break
            since = one.since.captured_at
        return since


@dataclass(slots=True)
class Lives:
    """``by_number``: of each identity; ``seen``: the sightings of each observation; ``covered``: of each moment."""

    by_number: list[Life] = field(default_factory=list[Life])
    seen: list[list[Sighting]] = field(default_factory=list[list[Sighting]])
    covered: list[bool] = field(default_factory=list[bool])


def lives(ordered: Sequence[Observation], visits: Sequence[Sequence[int]], identities: Identities) -> Lives:
    """``visits``: the indexes of the observations of each moment, see ``db.coverage``."""
    told = Lives()
    for visit in visits:
        known = len(told.by_number)
        _look(told, ordered, visit, identities)
        shown = {number for index in visit for number in identities.shown[index]}
        _judge(told, [ordered[index] for index in visit], shown, range(known))
    newest = set(visits[-1])
    for life in told.by_number:
        is_current = any(ordered[index] is life.last_seen for index in newest)
        life.state = _state(life, is_current=is_current)
    return told


def _look(told: Lives, ordered: Sequence[Observation], visit: Sequence[int], identities: Identities) -> None:
    """Note what the captures of a moment show."""
    offsets = dict(_offsets([(index, ordered[index]) for index in visit]))
    for index in visit:
        one, shown = ordered[index], identities.shown[index]
        if index and shown is identities.shown[index - 1]:
            told.seen.append(told.seen[-1])
            for place, number in enumerate(shown):
                life = told.by_number[number]
                life.last_seen, life.position = one, offsets[index] + place + 1
            continue
        sightings: list[Sighting] = []
        for place, (number, comment) in enumerate(zip(shown, one.comments, strict=True)):
            parent = comment.parent
            answered = shown[parent] if parent is not None and 0 <= parent < len(shown) and parent != place else None
            sighting = Sighting(number, 1, place, comment, answered)
            if number < len(told.by_number):
                life = told.by_number[number]
                before = life.versions[-1][1]
                if comment.text != before.text or comment.author != before.author:
                    life.versions.append((one, comment))
                sighting = sighting._replace(version=len(life.versions))
                life.newest, life.last_seen = sighting, one
            else:
                life = Life(identity=identities.every[number], newest=sighting, last_seen=one)
                life.versions.append((one, comment))
                told.by_number.append(life)
            life.position = offsets[index] + place + 1
            sightings.append(sighting)
        told.seen.append(sightings)


def _judge(told: Lives, captures: Sequence[Observation], shown: set[int], known: Iterable[int]) -> None:
    """Note which known comments are back, and which are gone where the moment covers the thread."""
    earlier = [told.by_number[number] for number in known]
    parents = {life.identity.number: life.newest.parent for life in earlier}
    away = {life.identity.number for life in earlier if life.absences and life.absences[-1].until is None}
    pingbacks = {number for number in parents.keys() | shown if told.by_number[number].newest.comment.kind == PINGBACK}
    covered = coverage(captures, shown, pingbacks, Before(visible=parents.keys() - away, parents=parents))
    told.covered.append(covered.covers)
    back = away & shown
    if back:
        # From the last capture to the first, so that the first that shows one has the last word.
        for one, sightings in zip(reversed(captures), reversed(told.seen), strict=False):
            for sighting in sightings:
                if sighting.number in back:
                    told.by_number[sighting.number].absences[-1].until = one
    if not covered.covers:
        return
    missing = parents.keys() - shown
    for number in sorted(missing):
        absences = told.by_number[number].absences
        # Pingbacks are not counted everywhere: that a count is met says nothing of them.
        is_clear = covered.counted and number not in pingbacks
        state: Gone = "hidden" if parents[number] in missing and not is_clear else "gone"
        if number in away:
            if absences[-1].state == state or state == "hidden":
                continue  # what was removed itself is not hidden by what becomes of its parent later
            absences[-1].until = captures[-1]
        absences.append(Absence(state=state, since=captures[-1]))


def _state(life: Life, *, is_current: bool) -> str:
    if life.absences and life.absences[-1].until is None:
        return life.absences[-1].state
    if not is_current:
        return "not covered"
    if life.newest.comment.moderated:
        return "moderated"
    return "edited" if len(life.versions) > 1 else "live"


def _offsets(captures: Sequence[tuple[int, Observation]]) -> Iterable[tuple[int, int]]:
    """How many comments stand on the pages before each page of a moment: pages follow each other as their dates do."""
    if len(captures) == 1:
        yield captures[0][0], 0
        return
    total = 0
    for index, one in sorted(captures, key=lambda each: (_oldest(each[1]), each[0])):
        yield index, total
        total += len(one.comments)


def _oldest(one: Observation) -> str:
    return min((comment.published for comment in one.comments if comment.published), default="")
