"""The model itself: that it shows what a WordPress site shows, and that its captures say what extraction would."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings

from db.facts import CaptureFacts
from tests.db.model import Claims, Comment, Dating, Links, Site, State, Status, Theme
from tests.db.stories import stories, texts_of
from tests.db.visits import Outcome, Shot, Story, in_loading_order

law = settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])

# 1 ─ 2 ─ 3, 4, 5 ─ 6
STATE = State()
for _number, _parent in ((1, None), (2, 1), (3, 2), (4, None), (5, None), (6, 5)):
    STATE = STATE.add(Comment(number=_number, text=texts_of(_number)[0], parent=_parent))


def tree(state: State) -> list[tuple[int, int]]:
    return [(comment.number, depth) for thread in state.threads for comment, depth in thread]


HAPPENINGS: dict[str, tuple[Callable[[State], State], list[tuple[int, int]], int]] = {
    "nothing": (lambda state: state, [(1, 0), (2, 1), (3, 2), (4, 0), (5, 0), (6, 1)], 6),
    "removed, replies move up": (lambda state: state.remove(1), [(2, 0), (3, 1), (4, 0), (5, 0), (6, 1)], 5),
    "reply removed": (lambda state: state.remove(2), [(1, 0), (3, 1), (4, 0), (5, 0), (6, 1)], 5),
    "trashed, replies hidden and counted": (lambda state: state.put(1, Status.TRASHED), [(4, 0), (5, 0), (6, 1)], 5),
    "held": (lambda state: state.put(2, Status.HELD), [(1, 0), (4, 0), (5, 0), (6, 1)], 5),
    "held and approved": (
        lambda state: state.put(2, Status.HELD).put(2, Status.LIVE),
        [(1, 0), (2, 1), (3, 2), (4, 0), (5, 0), (6, 1)],
        6,
    ),
    "trashed, then removed": (
        lambda state: state.put(1, Status.TRASHED).remove(1),
        [(2, 0), (3, 1), (4, 0), (5, 0), (6, 1)],
        5,
    ),
    "edited": (lambda state: state.edit(4, "x"), [(1, 0), (2, 1), (3, 2), (4, 0), (5, 0), (6, 1)], 6),
}


@pytest.mark.parametrize(("happening", "shown", "count"), HAPPENINGS.values(), ids=HAPPENINGS)
def test_thread_after(happening: Callable[[State], State], shown: list[tuple[int, int]], count: int) -> None:
    state = happening(STATE)
    assert (tree(state), state.count()) == (shown, count)
    assert state.visible == {number for number, _ in shown}


def site_of(state: State = STATE, **theme: object) -> Site:
    return Site(theme=Theme(**theme), states=((0, State()), (10, state)))  # type: ignore[arg-type]  # of each case


def pages(*numbers: int) -> tuple[str, ...]:
    return tuple(site_of().page_url(number) for number in numbers)


SHOWN: dict[str, tuple[Site, int | None, list[int], int | None, tuple[str, ...]]] = {
    "one page": (site_of(), None, [1, 2, 3, 4, 5, 6], 6, ()),
    "the article shows the last": (site_of(per_page=1), None, [5, 6], 6, pages(1, 2)),
    "the last has an address too": (site_of(per_page=1), 3, [5, 6], 6, pages(1, 2)),
    "the oldest": (site_of(per_page=1), 1, [1, 2, 3], 6, pages(2)),
    "past the end": (site_of(per_page=1), 4, [], None, ()),
    "neighbours alone": (site_of(per_page=1, links=Links.NEIGHBOURS), None, [5, 6], 6, pages(2)),
    "the article shows the first": (site_of(per_page=1, newest_first=False), None, [1, 2, 3], 6, pages(2, 3)),
    "removed, one moved over the border": (site_of(STATE.remove(4), per_page=1), None, [5, 6], 5, pages(1)),
    "no number": (site_of(claims=Claims.NEVER), None, [1, 2, 3, 4, 5, 6], None, ()),
    "pingbacks not counted": (
        site_of(STATE.add(Comment(number=7, text="x", is_pingback=True)), counts_pingbacks=False),
        None,
        [1, 2, 3, 4, 5, 6, 7],
        6,
        (),
    ),
    "none": (site_of(State()), None, [], 0, ()),
    "none, and no heading": (site_of(State(), claims=Claims.WHERE_ANY), None, [], None, ()),
}


@pytest.mark.parametrize(("site", "page", "shown", "claimed", "links"), SHOWN.values(), ids=SHOWN)
def test_page_shows(
    site: Site, page: int | None, shown: list[int], claimed: int | None, links: tuple[str, ...]
) -> None:
    found = site.shown(10, page)
    assert [comment.number for comment, _ in found.comments] == shown
    assert (found.claimed, found.links) == (claimed, links)


@pytest.mark.parametrize(
    ("dating", "expected"),
    [
        (Dating.TIME, ("2024-05-01T01:10:00", "01 May 2024 at 01:10")),
        (Dating.DAY, ("2024-05-01", "01 May 2024")),
        (Dating.RELATIVE, (None, "3 days ago")),
        (Dating.NONE, (None, None)),
    ],
)
def test_dates_are_written_as_the_theme_does(dating: Dating, expected: tuple[str | None, str | None]) -> None:
    comment = Comment(number=1, text="", written=70)
    assert site_of(dating=dating).dates(comment, 3 * 24 * 60 + 90) == expected


def only(outcome: Outcome) -> CaptureFacts:
    (facts,) = Story(site=site_of(), shots=(Shot(minute=20, outcome=outcome),)).facts
    return facts


@pytest.mark.parametrize(
    ("outcome", "verdict", "status", "claimed", "complete"),
    [
        (Outcome.ARTICLE, "article", 200, 6, True),
        (Outcome.REVISIT, "article", 200, 6, True),  # nothing to repeat
        (Outcome.BLOCK, "block page", 200, None, None),
        (Outcome.MISSING, "error page", 404, None, None),
        (Outcome.BROKEN, "error page", 500, None, None),
        (Outcome.CUT, "article", 200, 6, False),
        (Outcome.REDIRECT, "redirect", 301, None, None),
    ],
)
def test_outcome_as_facts(
    *, outcome: Outcome, verdict: str, status: int, claimed: int | None, complete: bool | None
) -> None:
    facts = only(outcome)
    assert (facts.capture.verdict, facts.capture.status) == (verdict, status)
    assert (facts.claimed_comments, facts.complete) == (claimed, complete)
    assert (facts.article is not None) == (outcome in {Outcome.ARTICLE, Outcome.REVISIT})


def shots(*minutes_and_pages: tuple[int, int | None], crawl: str | None = "crawl") -> tuple[Shot, ...]:
    return tuple(Shot(minute=minute, page=page, crawl=crawl) for minute, page in minutes_and_pages)


def test_same_bytes_again_are_a_revisit() -> None:
    first, again = shots((20, None), (30, None))
    story = Story(site=site_of(), shots=(first, Shot(minute=30, outcome=Outcome.REVISIT)))
    assert story.facts[1].same_as == story.facts[0].capture.record_id
    assert story.seen[1].facts is story.facts[0]
    changed = Story(site=site_of().then(25, STATE.edit(4, "x")), shots=(first, again))
    assert changed.facts[1].same_as is None
    assert in_loading_order(reversed(story.facts)) == list(story.facts)


MOMENTS: dict[str, tuple[tuple[Shot, ...], list[int]]] = {
    "one crawl": (shots((20, None), (200, 1), (2000, 2)), [3]),
    "two crawls": ((*shots((20, None), (21, 1)), *shots((22, None), crawl="other")), [2, 1]),
    "an address again": (shots((20, None), (21, 1), (22, None)), [2, 1]),
    "imported, an hour": (shots((20, None), (80, 1), crawl=None), [2]),
    "imported, more than an hour": (shots((20, None), (81, 1), crawl=None), [1, 1]),
    "a failed one is in none": (
        (*shots((20, None)), Shot(minute=21, page=1, outcome=Outcome.BLOCK, crawl="crawl"), *shots((22, 1))),
        [2],
    ),
}


@pytest.mark.parametrize(("captured", "sizes"), MOMENTS.values(), ids=MOMENTS)
def test_captures_belong_together(captured: tuple[Shot, ...], sizes: list[int]) -> None:
    story = Story(site=site_of(per_page=1), shots=captured)
    assert [len(moment.seen) for moment in story.moments] == sizes


BEFORE = shots((20, None), (21, 1), (22, 2), crawl="before")
WHOLE: dict[str, tuple[Site, tuple[Shot, ...], bool]] = {
    "all pages": (site_of(per_page=1), shots((120, 1), (121, 2), (122, None)), True),
    "one failed": (site_of(per_page=1), shots((120, 1), (122, None)), False),
    "not the article's own address": (site_of(per_page=1), shots((120, 1), (121, 2), (122, 3)), False),
    "something happened": (
        site_of(per_page=1).then(121, STATE.remove(1)),
        shots((120, 1), (121, 2), (122, None)),
        False,
    ),
    "hidden and known": (
        site_of(per_page=1).then(100, STATE.put(1, Status.TRASHED)),
        shots((120, 1), (122, None)),
        True,
    ),
    "hidden, one of them never seen": (
        site_of(per_page=1).then(
            100, STATE.add(Comment(number=7, text="x", parent=1)).put(1, Status.TRASHED)
        ),
        shots((120, 1), (122, None)),
        False,
    ),
    "no number, half is left": (
        site_of(per_page=1, claims=Claims.NEVER).then(100, STATE.put(1, Status.TRASHED)),
        shots((120, 1), (122, None)),
        True,
    ),
    "no number, less is left": (
        site_of(per_page=1, claims=Claims.NEVER).then(100, STATE.put(1, Status.TRASHED).remove(4)),
        shots((120, None)),
        False,
    ),
    "none is left, and says so": (site_of().then(100, State()), shots((120, None)), True),
    "none is left, and says nothing": (
        site_of(claims=Claims.WHERE_ANY).then(100, State()),
        shots((120, None)),
        False,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("site", "captured", "expected"), WHOLE.values(), ids=WHOLE)
def test_moment_is_whole(*, site: Site, captured: tuple[Shot, ...], expected: bool) -> None:
    story = Story(site=site, shots=(*BEFORE, *captured))
    assert story.is_whole(story.moments[-1]) is expected


def test_half_is_left_of_those_that_were_still_there() -> None:
    few = State()
    for number in (1, 2):
        few = few.add(Comment(number=number, text=texts_of(number)[0]))
    site = site_of(few, claims=Claims.NEVER).then(30, few.put(1, Status.TRASHED)).then(50, few.put(2, Status.TRASHED))
    visits = (*shots((20, None), crawl="a"), *shots((40, None), crawl="b"), *shots((60, None), crawl="c"))
    assert Story(site=site, shots=visits).whole == {20, 40}


def test_absences_and_versions_of_a_story() -> None:
    site = site_of().then(30, STATE.put(4, Status.HELD)).then(50, STATE.edit(4, "other words"))
    story = Story(site=site, shots=shots((20, None), (40, None), (45, None), (60, None)))
    assert [(a.minute, b.begin, c and c.minute) for a, b, c in story.absences(4)] == [(20, 40, 60)]
    assert list(story.absences(5)) == []
    assert [text for _, _, text in story.versions(4)] == [texts_of(4)[0], "other words"]


@law
@given(story=stories())
def test_whole_moments_show_all_that_is_visible(story: Story) -> None:
    for moment in story.moments:
        if story.is_whole(moment):
            assert moment.numbers == story.site.at(moment.end).visible


@law
@given(story=stories())
def test_captures_show_each_comment_once_with_its_parent_before_it(story: Story) -> None:
    for one in story.seen:
        assert len(set(one.numbers)) == len(one.numbers) == len(one.facts.comments)
        for index, comment in enumerate(one.facts.comments):
            assert comment.parent is None or comment.parent < index
            assert comment.depth == (0 if comment.parent is None else one.facts.comments[comment.parent].depth + 1)


@law
@given(story=stories())
def test_texts_of_one_comment_are_alike_and_those_of_two_are_not(story: Story) -> None:
    said = {(number, text) for number in story.numbers for _, _, text in story.versions(number)}
    for number, text in said:
        for other, another in said:
            shared = len(set(text.split()) & set(another.split()))
            assert shared >= 9 if number == other else shared <= 4
