"""Which captures belong together, and whether together they show the whole thread.

Pure. A thread may lie on several pages, so that one capture says nothing of the comments on the others. The captures of
one article that one crawl made are a *moment*; only a moment that covers the thread can say that a comment is gone.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from db.observed import Observation
from db.times import parsed_time
from db.urls import request_key

_ONE_VISIT: Final = timedelta(hours=1)
"""Captures that name no crawl belong together if each comes so soon after the one before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What was known of a thread before a moment, as numbers of comments.

    ``visible`` are those that were not gone then, ``parents`` says what each known comment answered.
    """

    visible: AbstractSet[int]
    parents: Mapping[int, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """``counted``: the page's own count leaves no room for hidden replies: whatever is missing was removed itself."""

    covers: bool
    counted: bool = False


def moments(ordered: Sequence[Observation]) -> list[list[int]]:
    """Return the indexes of the observations of each moment, in time.

    A moment ends where another crawl begins, where a URL comes again, or, without crawl ids, after an hour of nothing.
    """
    found: list[list[int]] = []
    urls: set[str] = set()
    for index, one in enumerate(ordered):
        if not found or one.url in urls or not _together(ordered[index - 1], one):
            found.append([])
            urls = set()
        found[-1].append(index)
        urls.add(one.url)
    return found


def coverage(
    captures: Sequence[Observation], shown: AbstractSet[int], pingbacks: AbstractSet[int], before: Before
) -> Coverage:
    """Say whether the captures of a moment show the whole thread. ``shown``: on any of them; ``pingbacks``: all known.

    The article's own URL and all comment pages that are linked have to be there: on any may stand what is not counted.
    The pages' own count decides where there is one: as many as it says are shown, or what is missing are replies that
    the page hides with the comment they answer and counts all the same. Without a count, most of the comments that were
    visible before have to be there: a page whose thread comes from elsewhere by now, or in a form that is not
    understood, says nothing about it.
    """
    claims = {one.claimed_comments for one in captures if one.claimed_comments is not None}
    has_main = any(one.is_main for one in captures)
    if not has_main or len(claims) > 1 or any(map(_is_elsewhere, captures)):
        return Coverage(covers=False)
    unfetched = _unfetched(captures)
    if not claims:
        kept = len(before.visible & shown)
        return Coverage(covers=not unfetched and bool(shown) and kept * 2 >= len(before.visible))
    (claimed,) = claims
    # Not every theme counts pingbacks.
    numbers = {len(shown), len(shown - pingbacks)}
    if unfetched or max(numbers) >= claimed:
        return Coverage(covers=not unfetched, counted=not unfetched)
    missing = before.parents.keys() - shown
    hidden = sum(before.parents[one] in missing for one in missing)
    return Coverage(covers=any(0 < claimed - number <= hidden for number in numbers))


def _together(one: Observation, other: Observation) -> bool:
    if one.crawl_id or other.crawl_id:
        return one.crawl_id == other.crawl_id
    return parsed_time(other.captured_at) - parsed_time(one.captured_at) <= _ONE_VISIT


def _unfetched(captures: Sequence[Observation]) -> AbstractSet[str]:
    """The comment pages that these captures link to and that are not among them."""
    linked = {request_key(url) for one in captures for url in one.comment_pages}
    return linked - {request_key(one.url) for one in captures} if linked else linked


def _is_elsewhere(one: Observation) -> bool:
    """Whether a part of the thread is loaded from another system: the page is not complete, and for no other reason."""
    if one.complete is not False:
        return False
    claims_more = one.claimed_comments is not None and one.claimed_comments > len(one.comments)
    return bool(one.elsewhere) if one.comment_pages or claims_more else True
