"""Which comments of different captures are the same comment.

Pure, and a function of the observations in their order of time. A site's own id decides where there is one. Where there
is none, a comment is known again by author, text and date; what is left is an edit if the same author wrote it at the
same time, or wrote something much like it in the same place. What could as well be another comment is another one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from db.facts import CommentFacts
from db.ids import comment_id, fingerprint_id
from db.likeness import likeness
from db.observed import Observation

_ALIKE: Final = 0.5
"""Texts of one author are versions of one comment from here on …"""

_ALIKE_IN_PLACE: Final = 0.2
"""… and from here on between the same neighbours."""

_TELLING: Final = 20
"""Characters that two people, or one at two times, do not write alike by chance."""

_MOST_COMPARED: Final = 40
"""Candidates for an edit that are compared word by word, those nearest in place first: a bound for hostile pages."""


@dataclass(slots=True, kw_only=True)
class Identity:
    """One comment over all captures. ``number`` counts them in the order of their first sighting, from 0.

    ``latest`` is its newest sighting so far, ``place`` its index there, ``parent`` what it answered and ``neighbours``
    what stood before and after it.
    """

    number: int
    native: tuple[str, int] | None
    first: CommentFacts
    latest: CommentFacts
    place: int = 0
    parent: int | None = None
    neighbours: tuple[int | None, int | None] = (None, None)
    id: str = ""


@dataclass(slots=True)
class Identities:
    """All comments of an article and, for each observation, the number of the identity of each comment it shows."""

    every: list[Identity] = field(default_factory=list[Identity])
    shown: list[list[int]] = field(default_factory=list[list[int]])


def identify(article_id: str, ordered: Sequence[Observation], visits: Sequence[Sequence[int]]) -> Identities:
    """``ordered``: the observations of one article by time; ``visits``: the indexes of those of each moment."""
    recogniser = _Recogniser(once=all(one.comments == ordered[0].comments for one in ordered))
    before: Observation | None = None
    for visit in visits:
        recogniser.begin([ordered[index].comments for index in visit])
        for one in (ordered[index] for index in visit):
            if before is not None and one.comments == before.comments:
                recogniser.found.shown.append(recogniser.found.shown[-1])
            else:
                recogniser.look_at(one.comments)
            before = one
    _give_ids(article_id, recogniser.found.every)
    return recogniser.found


def _give_ids(article_id: str, identities: list[Identity]) -> None:
    earlier: dict[str, int] = defaultdict(int)
    for one in identities:
        if one.native:
            one.id = comment_id(article_id, one.native[0], number=one.native[1])
            continue
        # The time of writing is a better mark than a text that may be edited, if it is told to the minute.
        mark = one.first.published if _is_exact(one.first.published) else one.first.text
        plain = fingerprint_id(article_id, one.first.author, mark or "", number=0)
        number = earlier[plain]
        earlier[plain] += 1
        one.id = fingerprint_id(article_id, one.first.author, mark or "", number=number) if number else plain


class _Recogniser:
    """Goes through the captures in time, and knows the comments seen so far.

    ``once``: all captures show one and the same, so that no comment has to be known again.
    """

    def __init__(self, *, once: bool) -> None:
        self._once = once
        self.found = Identities()
        self._native: dict[tuple[str, int], int] = {}
        self._worded: dict[tuple[str, str], dict[int, None]] = defaultdict(dict)
        self._by_author: dict[str, list[int]] = defaultdict(list)
        self._here: set[int] = set()

    def begin(self, pages: Sequence[Sequence[CommentFacts]]) -> None:
        """Begin a visit: what any of its pages shows in its old words is no other comment, edited."""
        self._here = set()
        for comments in pages if len(pages) > 1 and self.found.every else ():
            natives = list(_native_keys(comments))
            numbers = [None if key is None else self._native.get(key) for key in natives]
            if None in numbers:
                self._by_words(comments, natives, numbers)
            self._here.update(number for number in numbers if number is not None)

    def look_at(self, comments: Sequence[CommentFacts]) -> None:
        natives = list(_native_keys(comments))
        numbers: list[int | None] = [None if key is None else self._native.get(key) for key in natives]
        if self.found.every and None in numbers:
            self._by_words(comments, natives, numbers)
            if any(number is None and key is None for number, key in zip(numbers, natives, strict=True)):
                self._by_likeness(comments, natives, numbers)
        known = [
            self._new(comment, native) if number is None else number
            for comment, native, number in zip(comments, natives, numbers, strict=True)
        ]
        for index, (comment, native, number) in enumerate(zip(comments, natives, known, strict=True)):
            self._note(self.found.every[number], comment, native, index, known)
        self.found.shown.append(known)
        self._here.update(known)

    def _new(self, comment: CommentFacts, native: tuple[str, int] | None) -> int:
        number = len(self.found.every)
        self.found.every.append(Identity(number=number, native=native, first=comment, latest=comment))
        if native:
            self._native[native] = number
        if not self._once:
            author = _words(comment.author)
            self._by_author[author].append(number)
            self._worded[author, _words(comment.text)][number] = None
        return number

    def _note(
        self, one: Identity, comment: CommentFacts, native: tuple[str, int] | None, index: int, known: list[int]
    ) -> None:
        if native and one.native is None:
            one.native = native
            self._native[native] = one.number
        if comment is not one.latest:
            self._note_words(one, comment)
        one.latest, one.place = comment, index
        one.parent = _parent_of(comment, known)
        one.neighbours = _neighbours(known, index)

    def _note_words(self, one: Identity, comment: CommentFacts) -> None:
        author = _words(comment.author)
        if author != _words(one.latest.author):
            self._by_author[author].append(one.number)
        self._worded[author, _words(comment.text)][one.number] = None

    def _by_words(
        self, comments: Sequence[CommentFacts], natives: Sequence[tuple[str, int] | None], numbers: list[int | None]
    ) -> None:
        """The same author and text, at a date that can be the same: as last seen first, then as seen before that."""
        taken = {number for number in numbers if number is not None}
        for fits in (_is_as_last_seen, _can_be, _can_be_reckoned):
            free: dict[tuple[str, str], list[Identity]] = {}
            for index, comment in enumerate(comments):
                if numbers[index] is not None:
                    continue
                key = (_words(comment.author), _words(comment.text))
                if key not in free:
                    free[key] = [self.found.every[one] for one in self._worded.get(key, ())]
                candidates = (one for one in free[key] if one.number not in taken)
                fitting = (
                    one for one in candidates if not (natives[index] and one.native) and fits(comment, one.latest)
                )
                best = _best_of(fitting, comment, _parent_of(comment, numbers))
                if best:
                    free[key].remove(best)
                    taken.add(best.number)
                    numbers[index] = best.number

    def _by_likeness(
        self, comments: Sequence[CommentFacts], natives: Sequence[tuple[str, int] | None], numbers: list[int | None]
    ) -> None:
        """Edits of comments without an id: the most alike pairs first."""
        taken = {number for number in numbers if number is not None}
        places = {number: index for index, number in enumerate(numbers) if number is not None}
        pairs: list[tuple[float, int, int, int]] = []
        for index, comment in enumerate(comments):
            if numbers[index] is None and natives[index] is None:
                neighbours = _neighbours(numbers, index)
                for one in self._candidates(comment, index, taken):
                    if one.number in self._here and not _is_same_minute(one.latest, comment):
                        continue  # a page of this visit shows that one beside this one
                    score = self._score(comment, one, neighbours, _parent_of(comment, numbers), places)
                    if score:
                        pairs.append((-score, abs(one.place - index), index, one.number))
        for _, _, index, number in sorted(pairs):
            if numbers[index] is None and number not in taken:
                numbers[index] = number
                taken.add(number)

    def _candidates(self, comment: CommentFacts, index: int, taken: set[int]) -> Iterator[Identity]:
        """Of the same author; or of the same text and time, whoever signs it now."""
        same = (self.found.every[number] for number in self._by_author.get(_words(comment.author), ()))
        free = [one for one in same if one.number not in taken and one.latest.native_id is None]
        yield from sorted(free, key=lambda one: (abs(one.place - index), one.number))[:_MOST_COMPARED]
        if comment.published and len(comment.text) >= _TELLING:
            words = _words(comment.text)
            others = (one for one in self.found.every if one.number not in taken and one.latest.native_id is None)
            yield from (
                one
                for one in others
                if one.latest.published == comment.published
                and _words(one.latest.author) != _words(comment.author)
                and _words(one.latest.text) == words
            )

    @staticmethod
    def _score(
        comment: CommentFacts,
        one: Identity,
        neighbours: tuple[int | None, int | None],
        parent: int | None,
        places: dict[int, int],
    ) -> float:
        """Return how surely a comment is a new version of a known one; 0: it is not."""
        before = one.latest
        if _words(before.author) != _words(comment.author):
            return 2.0
        if not _same_time(before.published, comment.published):
            return 0.0
        alike = likeness(before.text, comment.text)
        if _is_same_minute(before, comment):
            return 1.0 + alike
        if one.parent != parent and one.parent in places:  # what it answered is here, and this answers something else
            return 0.0
        in_place = one.neighbours == neighbours != (None, None)
        return alike if alike >= (_ALIKE_IN_PLACE if in_place else _ALIKE) else 0.0


def _native_keys(comments: Sequence[CommentFacts]) -> Iterator[tuple[str, int] | None]:
    """Native id and how many comments before have the same: a page may show one twice."""
    earlier: dict[str, int] = {}
    for comment in comments:
        native = comment.native_id
        if not native:
            yield None
            continue
        number = earlier.get(native, 0)
        earlier[native] = number + 1
        yield (native, number)


def _neighbours(numbers: Sequence[int | None], index: int) -> tuple[int | None, int | None]:
    before = numbers[index - 1] if index else None
    after = numbers[index + 1] if index + 1 < len(numbers) else None
    return before, after


def _parent_of(comment: CommentFacts, numbers: Sequence[int | None]) -> int | None:
    parent = comment.parent
    return numbers[parent] if parent is not None and 0 <= parent < len(numbers) else None


def _best_of(fitting: Iterable[Identity], comment: CommentFacts, parent: int | None) -> Identity | None:
    """The first with the same date and the same answered comment, else the nearest to that."""
    best: tuple[tuple[bool, bool], Identity] | None = None
    for one in fitting:
        rank = (one.latest.published != comment.published, one.parent != parent)
        if best is None or rank < best[0]:
            best = (rank, one)
        if not any(rank):
            break
    return best[1] if best else None


def _is_as_last_seen(comment: CommentFacts, latest: CommentFacts) -> bool:
    return (
        _words(comment.text) == _words(latest.text)
        and _words(comment.author) == _words(latest.author)
        and _can_be(comment, latest)
    )


def _can_be(comment: CommentFacts, before: CommentFacts) -> bool:
    """Whether two comments of one author and text can be one."""
    return _same_time(before.published, comment.published)


def _can_be_reckoned(comment: CommentFacts, before: CommentFacts) -> bool:
    """The same with a date reckoned from "two days ago", which moves by a day: of texts that tell.

    Two times told to the minute are two times.
    """
    both_exact = _is_exact(before.published) and _is_exact(comment.published)
    return not both_exact and len(comment.text) >= _TELLING


def _same_time(one: str | None, other: str | None) -> bool:
    """Whether two dates can be one, told with different precision or not at all."""
    if one is None or other is None:
        return True
    return one.startswith(other) or other.startswith(one)


def _is_same_minute(one: CommentFacts, other: CommentFacts) -> bool:
    return _is_exact(one.published) and one.published == other.published


def _is_exact(published: str | None) -> bool:
    return published is not None and "T" in published


def _words(text: str | None) -> str:
    return " ".join(text.split()) if text else ""
