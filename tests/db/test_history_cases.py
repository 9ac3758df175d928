"""What became of comments, case by case: each is a story of a site and its captures."""

from dataclasses import dataclass, replace

import pytest
from sqlite_utils import Database

from db.facts import CaptureFacts
from db.load import load_many
from tests.db.histories import article, comment
from tests.db.model import Claims, Comment, Links, Site, State, Status, Theme
from tests.db.stories import texts_of
from tests.db.told import told_of
from tests.db.visits import Outcome, Shot, Story

# 1 ─ 2 ─ 3, 4, 5 ─ 6
STATE = State()
for _number, _parent in ((1, None), (2, 1), (3, 2), (4, None), (5, None), (6, 5)):
    STATE = STATE.add(Comment(number=_number, text=texts_of(_number)[0], parent=_parent))
REMOVED = STATE.remove(4)
TRASHED = STATE.put(1, Status.TRASHED)
FIRST_DAY, SECOND_DAY, THIRD_DAY = 1440, 2880, 4320

Absence = tuple[str, int, int | None]
"""State, the moment in which it begins and the one in which it ends, each by its first minute."""

PAGED, NUMBERLESS = Theme(per_page=1), Theme(claims=Claims.NEVER)
PLAIN = Theme()
ALL_PAGES = (1, 2, None)
GONE_ON_2: list[Absence] = [("gone", SECOND_DAY, None)]
HIDDEN_ON_2: list[Absence] = [("hidden", SECOND_DAY, None)]
BACK_ON_3: list[Absence] = [("gone", SECOND_DAY, THIRD_DAY)]
SHOWN_ON_3: list[Absence] = [("hidden", SECOND_DAY, THIRD_DAY)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What happened after each day's captures, and the captures; ``became`` names comments that are not simply live."""

    shots: tuple[Shot, ...]
    happened: tuple[State, ...]
    theme: Theme = PLAIN
    became: dict[int, tuple[str, list[Absence]]]

    @property
    def story(self) -> Story:
        site = Site(theme=self.theme, states=((0, State()), (10, STATE)))
        for day, state in enumerate(self.happened, 1):
            site = site.then(day * FIRST_DAY + 720, state)
        return Story(site=site, shots=self.shots)


def visit(
    day: int, *pages: int | None, crawl: bool = True, gap: int = 1, failed: dict[int | None, Outcome] | None = None
) -> tuple[Shot, ...]:
    """Captures of these pages of the thread on one day; none given: the article's own address alone."""
    return tuple(
        Shot(
            minute=day * FIRST_DAY + index * gap,
            page=page,
            crawl=f"crawl-{day}" if crawl else None,
            outcome=(failed or {}).get(page, Outcome.ARTICLE),
        )
        for index, page in enumerate(pages or (None,))
    )


CASES: dict[str, Case] = {
    "gone": Case(
        shots=(*visit(1), *visit(2), *visit(3)), happened=(REMOVED,), became={4: ("gone", GONE_ON_2)}
    ),
    "edited": Case(
        shots=(*visit(1), *visit(2)), happened=(STATE.edit(4, texts_of(4)[1]),), became={4: ("edited", [])}
    ),
    "edited, then gone": Case(
        shots=(*visit(1), *visit(2), *visit(3)),
        happened=(STATE.edit(4, texts_of(4)[1]), REMOVED),
        became={4: ("gone", [("gone", THIRD_DAY, None)])},
    ),
    "hidden with its trashed parent": Case(
        shots=(*visit(1), *visit(2)),
        happened=(TRASHED,),
        became={1: ("gone", GONE_ON_2), 2: ("hidden", HIDDEN_ON_2), 3: ("hidden", HIDDEN_ON_2)},
    ),
    "hidden with its trashed parent, pages without a number": Case(
        shots=(*visit(1), *visit(2)),
        happened=(TRASHED,),
        theme=NUMBERLESS,
        became={1: ("gone", GONE_ON_2), 2: ("hidden", HIDDEN_ON_2), 3: ("hidden", HIDDEN_ON_2)},
    ),
    "hidden, then restored with its parent": Case(
        shots=(*visit(1), *visit(2), *visit(3)),
        happened=(TRASHED, STATE),
        became={
            1: ("live", BACK_ON_3),
            2: ("live", SHOWN_ON_3),
            3: ("live", SHOWN_ON_3),
        },
    ),
    "hidden, then shown when its parent is removed for good": Case(
        shots=(*visit(1), *visit(2), *visit(3)),
        happened=(TRASHED, TRASHED.remove(1)),
        became={
            1: ("gone", GONE_ON_2),
            2: ("live", SHOWN_ON_3),
            3: ("live", SHOWN_ON_3),
        },
    ),
    "removed itself, as the number says, and its parent too": Case(
        shots=(*visit(1), *visit(2)),
        happened=(STATE.remove(6).remove(5),),
        became={5: ("gone", GONE_ON_2), 6: ("gone", GONE_ON_2)},
    ),
    "hidden, then removed itself, as the number says": Case(
        shots=(*visit(1), *visit(2), *visit(3)),
        happened=(STATE.put(5, Status.TRASHED), STATE.put(5, Status.TRASHED).remove(6)),
        became={
            5: ("gone", GONE_ON_2),
            6: ("gone", [("hidden", SECOND_DAY, THIRD_DAY), ("gone", THIRD_DAY, None)]),
        },
    ),
    "removed itself, then its parent trashed with another reply": Case(
        shots=(*visit(1), *visit(2), *visit(3)),
        happened=(STATE.remove(3), STATE.remove(3).put(1, Status.TRASHED)),
        became={
            1: ("gone", [("gone", THIRD_DAY, None)]),
            2: ("hidden", [("hidden", THIRD_DAY, None)]),
            3: ("gone", GONE_ON_2),
        },
    ),
    "removed itself, then its parent too, pages without a number": Case(
        shots=(*visit(1), *visit(2), *visit(3)),
        happened=(STATE.remove(6), STATE.remove(6).remove(5)),
        theme=NUMBERLESS,
        became={5: ("gone", [("gone", THIRD_DAY, None)]), 6: ("gone", GONE_ON_2)},
    ),
    "replies of a removed one move up": Case(
        shots=(*visit(1), *visit(2)), happened=(STATE.remove(1),), became={1: ("gone", GONE_ON_2)}
    ),
    "held, then approved": Case(
        shots=(*visit(1), *visit(2), *visit(3)),
        happened=(STATE.put(4, Status.HELD), STATE),
        became={4: ("live", BACK_ON_3)},
    ),
    "restored and edited": Case(
        shots=(*visit(1), *visit(2), *visit(3)),
        happened=(STATE.put(4, Status.HELD), STATE.edit(4, texts_of(4)[1])),
        became={4: ("edited", BACK_ON_3)},
    ),
    "moved over a border of pages": Case(
        shots=(*visit(1, *ALL_PAGES), *visit(2, 1, None)),
        happened=(REMOVED,),
        theme=PAGED,
        became={4: ("gone", GONE_ON_2)},
    ),
    "the oldest page of the thread removed, all others move up": Case(
        shots=(*visit(1, *ALL_PAGES), *visit(2, None, 1)),
        happened=(STATE.remove(1).remove(2).remove(3),),
        theme=PAGED,
        became=dict.fromkeys((1, 2, 3), ("gone", GONE_ON_2)),
    ),
    "the article's own address alone": Case(
        shots=(*visit(1, *ALL_PAGES), *visit(2)),
        happened=(STATE.remove(4),),
        theme=PAGED,
        became={number: ("not covered", []) for number in (1, 2, 3, 4)},
    ),
    "one page blocked": Case(
        shots=(*visit(1, *ALL_PAGES), *visit(2, 1, None, failed={1: Outcome.BLOCK})),
        happened=(REMOVED,),
        theme=PAGED,
        became={number: ("not covered", []) for number in (1, 2, 3, 4)},
    ),
    "one page cut off": Case(
        shots=(*visit(1, *ALL_PAGES), *visit(2, 1, None, failed={1: Outcome.CUT})),
        happened=(REMOVED,),
        theme=PAGED,
        became={number: ("not covered", []) for number in (1, 2, 3, 4)},
    ),
    "all failed": Case(
        shots=(*visit(1), *visit(2, failed={None: Outcome.CUT}), *visit(3, failed={None: Outcome.MISSING})),
        happened=(REMOVED,),
        became={},
    ),
    "no number, neighbours linked, the page that nothing links to not read": Case(
        shots=(*visit(1, *ALL_PAGES), *visit(2, 1, 2)),
        happened=(),
        theme=replace(PAGED, claims=Claims.NEVER, links=Links.NEIGHBOURS),
        became={number: ("not covered", []) for number in (5, 6)},
    ),
    "as many missing as could be hidden, the page that nothing links to not read": Case(
        shots=(*visit(1, *ALL_PAGES), *visit(2, 1)),
        happened=(STATE.remove(3).put(1, Status.TRASHED),),
        theme=PAGED,
        became={number: ("not covered", []) for number in (1, 2, 3, 5, 6)},
    ),
    "the article shows the oldest, and that failed": Case(
        shots=(*visit(1, None, 2, 3), *visit(2, None, 2, 3, failed={None: Outcome.BROKEN})),
        happened=(),
        theme=replace(PAGED, newest_first=False, claims=Claims.NEVER),
        became={number: ("not covered", []) for number in (1, 2, 3)},
    ),
    "a page past the end": Case(
        shots=(*visit(1, *ALL_PAGES), *visit(2, 3)),
        happened=(STATE.remove(4).remove(5),),
        theme=PAGED,
        became={number: ("not covered", []) for number in STATE.visible},
    ),
    "none is left, and the page says so": Case(
        shots=(*visit(1), *visit(2)),
        happened=(State(),),
        became=dict.fromkeys(STATE.visible, ("gone", GONE_ON_2)),
    ),
    "none is left, and the page says nothing": Case(
        shots=(*visit(1), *visit(2)),
        happened=(State(),),
        theme=Theme(claims=Claims.WHERE_ANY),
        became={number: ("not covered", []) for number in STATE.visible},
    ),
    "no number, half is left": Case(
        shots=(*visit(1), *visit(2)),
        happened=(STATE.remove(1).remove(2).remove(3),),
        theme=NUMBERLESS,
        became={1: ("gone", GONE_ON_2), 2: ("hidden", HIDDEN_ON_2), 3: ("hidden", HIDDEN_ON_2)},
    ),
    "no number, less than half is left": Case(
        shots=(*visit(1), *visit(2)),
        happened=(STATE.remove(1).remove(2).remove(3).remove(4),),
        theme=NUMBERLESS,
        became={number: ("not covered", []) for number in (1, 2, 3, 4)},
    ),
    "imported, pages an hour apart": Case(
        shots=(*visit(1, *ALL_PAGES, crawl=False), *visit(2, 1, None, crawl=False, gap=60)),
        happened=(REMOVED,),
        theme=PAGED,
        became={4: ("gone", GONE_ON_2)},
    ),
    "imported, pages more than an hour apart": Case(
        shots=(*visit(1, *ALL_PAGES, crawl=False), *visit(2, 1, None, crawl=False, gap=61)),
        happened=(REMOVED,),
        theme=PAGED,
        became={number: ("not covered", []) for number in (1, 2, 3, 4)},
    ),
    "a crawl, pages hours apart": Case(
        shots=(*visit(1, *ALL_PAGES), *visit(2, 1, None, gap=300)),
        happened=(REMOVED,),
        theme=PAGED,
        became={4: ("gone", GONE_ON_2)},
    ),
    "the same address again": Case(
        shots=(*visit(1), *visit(2, None, None)), happened=(REMOVED,), became={4: ("gone", GONE_ON_2)}
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
@pytest.mark.parametrize("backwards", [False, True], ids=["in order", "backwards"])
def test_comments_became(db: Database, *, case: Case, backwards: bool) -> None:
    assert_became(db, case.story, case.became, backwards=backwards)


def test_pages_that_claim_different_numbers_do_not_cover_the_thread(db: Database) -> None:
    """Removed between two requests: 4 stood on page 2, which was page 1 when that was read."""
    site = Site(theme=replace(PAGED, newest_first=False), states=((0, State()), (10, STATE)))
    site = site.then(SECOND_DAY + 1, STATE.remove(1).remove(2).remove(3))
    shots = (*visit(1, None, 2, 3), *visit(2, None, 2, 3, gap=2))
    story = Story(site=site, shots=shots)
    assert_became(db, story, {4: ("not covered", [])})


def test_pingbacks_do_not_stand_for_comments_on_a_page_not_read(db: Database) -> None:
    """The theme does not count them, so that one and a comment are as many as it says."""
    state = State()
    for number in (1, 2, 3):
        state = state.add(Comment(number=number, text=texts_of(number)[0], is_pingback=number == 1))
    site = Site(theme=replace(PAGED, counts_pingbacks=False, newest_first=False), states=((0, state),))
    story = Story(site=site, shots=(*visit(1, None, 2, 3), *visit(2, None, 2, 3, failed={3: Outcome.BROKEN})))
    assert_became(db, story, {3: ("not covered", [])})


@pytest.mark.parametrize(
    ("pages", "missing"), [((2, 3), 1), ((None, 1), 2)], ids=["that of the article's own address", "another"]
)
def test_what_is_not_counted_may_stand_on_a_page_that_was_not_captured(
    db: Database, pages: tuple[int | None, ...], missing: int
) -> None:
    """Three comment pages, and on the one that is missing a pingback: all that the theme counts are there."""
    state = State()
    for number in (1, 2, 3):
        state = state.add(Comment(number=number, text=texts_of(number)[0], is_pingback=number == missing))
    theme = replace(PAGED, counts_pingbacks=False, newest_first=None in pages)
    story = Story(site=Site(theme=theme, states=((0, state),)), shots=visit(1, *pages))
    load_many(db, story.facts)
    [moment] = story.moments
    assert not story.is_whole(moment)
    assert not told_of(db, story).covers(moment)


def test_page_that_came_during_the_crawl_may_hold_what_is_not_counted(db: Database) -> None:
    """The article's own address was captured before, and does not link to it; the pages behind do."""
    state = State()
    for number in (1, 2, 3):
        state = state.add(Comment(number=number, text=texts_of(number)[0]))
    theme = replace(PAGED, counts_pingbacks=False, newest_first=False)
    grown = state.add(Comment(number=4, text=texts_of(4)[0], is_pingback=True))
    site = Site(theme=theme, states=((0, state),)).then(FIRST_DAY + 1, grown)
    story = Story(site=site, shots=visit(1, None, 2, 3, gap=2))
    load_many(db, story.facts)
    [moment] = story.moments
    assert not told_of(db, story).covers(moment)


def test_pingback_that_answers_what_is_trashed_is_hidden_with_it(db: Database) -> None:
    """A count that is met does not say that it was removed itself: the theme does not count it."""
    state = State()
    for number, parent in ((1, None), (2, 1), (3, None)):
        text = texts_of(number)[0]
        state = state.add(Comment(number=number, text=text, parent=parent, is_pingback=number == 2))
    site = Site(theme=replace(PLAIN, counts_pingbacks=False), states=((0, state),))
    site = site.then(FIRST_DAY + 720, state.put(1, Status.TRASHED))
    story = Story(site=site, shots=(*visit(1), *visit(2)))
    assert_became(db, story, {1: ("gone", GONE_ON_2), 2: ("hidden", HIDDEN_ON_2)})


def assert_became(
    db: Database, story: Story, became: dict[int, tuple[str, list[Absence]]], *, backwards: bool = False
) -> None:
    facts = [*story.facts]
    for one in reversed(facts) if backwards else facts:
        load_many(db, [one])
    told = told_of(db, story)
    begins = {one.captured_at: moment.begin for moment in story.moments for one in moment.seen}
    expected: dict[int, tuple[str, list[Absence]]] = {number: ("live", []) for number in story.numbers}
    found = {
        number: (
            str(told.comments[id_]["state"]),
            [
                (str(row["state"]), begins[str(row["since"])], row["until"] and begins[str(row["until"])])
                for row in told.absences[id_]
            ],
        )
        for number, id_ in told.ids.items()
    }
    assert found == expected | became


def test_footer_and_titles_of_comment_pages_make_no_revision(db: Database) -> None:
    site = Site(theme=replace(PAGED, titles_pages=True), states=((0, STATE),))
    site = site.then(SECOND_DAY - 1, replace(STATE, footer="Recent posts: Bollard"))
    story = Story(site=site, shots=(*visit(1, *ALL_PAGES), *visit(2, None, 1, 2)))
    load_many(db, story.facts)
    told = told_of(db, story)
    assert [(row["capture_id"], row["title"]) for row in told.revisions] == [(story.seen[2].capture_id, "Hoist")]
    assert [told.captures[one.capture_id]["revision"] for one in story.seen] == [None, None, 1, 1, None, None]


def test_reply_that_moved_up_answers_its_grandparent(db: Database) -> None:
    site = Site(states=((0, STATE), (SECOND_DAY - 1, STATE.remove(2))))
    story = Story(site=site, shots=(*visit(1), *visit(2)))
    load_many(db, story.facts)
    told = told_of(db, story)
    assert told.comments[told.ids[3]]["parent_id"] == told.ids[1]
    assert [told.shown(one, 3)["parent_id"] for one in story.seen] == [told.ids[2], told.ids[1]]


def elsewhere(facts: CaptureFacts, *, complete: bool) -> CaptureFacts:
    return replace(facts, elsewhere=("disqus hoist https://hoist.disqus.com/",), complete=complete)


@pytest.mark.parametrize(
    ("later", "state"),
    [
        pytest.param(elsewhere(article(2), complete=True), "gone", id="and this page shows that thread"),
        pytest.param(elsewhere(article(2), complete=False), "not covered", id="and this page does not show it"),
    ],
)
def test_thread_that_lies_elsewhere(db: Database, later: CaptureFacts, state: str) -> None:
    load_many(db, [article(1, comment("first", id_="c1")), later])
    assert [row["state"] for row in db.table("comments").rows] == [state]


@pytest.mark.parametrize(
    ("marked", "state"),
    [
        ((True, False), "live"),
        ((False, True), "moderated"),
        ((True, True), "moderated"),
    ],
)
def test_marks_of_the_page_itself(db: Database, marked: tuple[bool, bool], state: str) -> None:
    one = comment("first", id_="c1")
    load_many(db, [article(1, one), article(2, replace(one, edited=marked[0], moderated=marked[1]))])
    (row,) = db.table("comments").rows
    assert (row["state"], row["marked_edited"], row["moderated"]) == (state, *map(int, marked))
