"""Which comments of two captures are one, where the site gives them no ids: what a careful reader would say."""

from collections.abc import Sequence
from contextlib import closing

import pytest

from db.facts import CommentFacts
from db.ids import capture_id
from db.load import load_many
from db.sql import rows
from tests.db.histories import URL, article, at, memory_database

TEN, ELEVEN, DAY = "2024-05-01T10:00:00", "2024-05-01T11:00:00", "2024-05-01"
CRANE = "the crane in the yard is red since they painted it in spring"
BLUE = "the crane in the yard is blue since they painted it in spring"
LADDER = "nobody climbs a ladder of that length without a second man below"
PAGE_1 = f"{URL}comment-page-1/"
PART = "Part {} of my report about the harbour and its four old cranes"


def said(
    text: str,
    published: str | None = None,
    *,
    author: str | None = "veth",
    parent: int | None = None,
    shown: str | None = None,
) -> CommentFacts:
    depth = 0 if parent is None else 1
    return CommentFacts(text=text, author=author, published=published, published_text=shown, parent=parent, depth=depth)


CASES: dict[str, tuple[list[CommentFacts], list[CommentFacts], list[int | None]]] = {
    "nothing changed": ([said(CRANE)], [said(CRANE)], [0]),
    "white space alone": ([said(CRANE)], [said(CRANE.replace(" ", "\n  "))], [0]),
    "one word, no date": ([said(CRANE)], [said(BLUE)], [0]),
    "one word, a day": ([said(CRANE, DAY)], [said(BLUE, DAY)], [0]),
    "one word, nobody's": ([said(CRANE, author=None)], [said(BLUE, author=None)], [0]),
    "words added": ([said(CRANE)], [said(f"{CRANE} EDIT: in May")], [0]),
    "words taken away": ([said(f"{CRANE} and in autumn")], [said(CRANE)], [0]),
    "a slip in a short text": ([said("Thnaks!", TEN)], [said("Thanks!", TEN)], [0]),
    "rewritten, same author, same time of day": ([said(CRANE, TEN)], [said("I take that back.", TEN)], [0]),
    "another name for the author": ([said(CRANE, TEN)], [said(CRANE, TEN, author="Veth, J.")], [0]),
    "days ago, more of them": ([said(CRANE, shown="today")], [said(CRANE, shown="3 days ago")], [0]),
    "days ago, and a word": ([said(CRANE, shown="today")], [said(BLUE, shown="3 days ago")], [0]),
    "no spaces, one sign": (
        [said("这台起重机在院子里是红色的因为春天刚刚油漆过")],
        [said("这台起重机在院子里是蓝色的因为春天刚刚油漆过")],
        [0],
    ),
    "another text": ([said(CRANE)], [said(LADDER)], [None]),
    "another text on the same day": ([said(CRANE, DAY)], [said(LADDER, DAY)], [None]),
    "another time": ([said(CRANE, TEN)], [said(LADDER, ELEVEN)], [None]),
    "another text by another": ([said(CRANE)], [said(LADDER, author="Robert")], [None]),
    "one word, another time of day": ([said(PART.format("one"), TEN)], [said(PART.format("two"), ELEVEN)], [None]),
    "much alike beside it": (
        [said(PART.format("one"))],
        [said(PART.format("one")), said(PART.format("two"))],
        [0, None],
    ),
    "much alike before it": (
        [said(PART.format("one"))],
        [said(PART.format("two")), said(PART.format("one"))],
        [None, 0],
    ),
    "two edited at once": (
        [said(CRANE), said(LADDER)],
        [said(BLUE), said(LADDER.replace("second", "third"))],
        [0, 1],
    ),
    "two of nobody's edited at once": (
        [said(CRANE, author=None), said(LADDER, author=None)],
        [said(BLUE, author=None), said(LADDER.replace("second", "third"), author=None)],
        [0, 1],
    ),
    "edited, and the order turned": ([said(CRANE), said(LADDER)], [said(LADDER), said(BLUE)], [1, 0]),
    "edited, and a new one before it": ([said(CRANE)], [said(LADDER), said(BLUE)], [None, 0]),
    "edited, and a new one by another with the old words": (
        [said(CRANE)],
        [said(BLUE), said(CRANE, author="Robert")],
        [0, None],
    ),
    "quoted by another": ([said(CRANE)], [said(CRANE), said(f"{CRANE} - no", author="Robert", parent=0)], [0, None]),
    "thanks twice, the first removed": (
        [said("Thanks!", TEN), said("Thanks!", ELEVEN)],
        [said("Thanks!", ELEVEN)],
        [1],
    ),
    "thanks twice, the order turned": (
        [said("Thanks!", TEN), said("Thanks!", ELEVEN)],
        [said("Thanks!", ELEVEN), said("Thanks!", TEN)],
        [1, 0],
    ),
    "agreed by two, one removed": (
        [said("Agreed!"), said("Agreed!", author="Robert")],
        [said("Agreed!", author="Robert")],
        [1],
    ),
    "agreed by one to two, one answer removed with what it answers": (
        [said(CRANE), said("Agreed!", author="R", parent=0), said(LADDER), said("Agreed!", author="R", parent=2)],
        [said(LADDER), said("Agreed!", author="R", parent=0)],
        [2, 3],
    ),
    "moved up to its grandparent, and edited": (
        [said(LADDER), said("No.", author="Ana", parent=0), said(CRANE, parent=1)],
        [said(LADDER), said(BLUE, parent=0)],
        [0, 2],
    ),
}


@pytest.mark.parametrize(("before", "after", "same"), CASES.values(), ids=CASES)
@pytest.mark.parametrize("backwards", [False, True], ids=["in order", "backwards"])
def test_comment_is_known_again(
    *, before: Sequence[CommentFacts], after: Sequence[CommentFacts], same: Sequence[int | None], backwards: bool
) -> None:
    facts = [article(1, *before), article(2, *after)]
    with closing(memory_database()) as db:
        for one in reversed(facts) if backwards else facts:
            load_many(db, [one])
        seen = {(row["capture_id"], row["position"]): row["comment_id"] for row in rows(db, "SELECT * FROM sightings")}
    was, became = (
        [seen[capture_id(one.capture.record_id), place] for place in range(1, len(one.comments) + 1)] for one in facts
    )
    assert len(set(was)) == len(was)
    assert [was.index(id_) if id_ in was else None for id_ in became] == list(same)


PAGES: dict[str, tuple[list[CommentFacts], list[CommentFacts], bool]] = {
    "much alike, by one author": ([said(PART.format("one"))], [said(PART.format("two"))], False),
    "much alike, on one day": ([said(PART.format("one"), DAY)], [said(PART.format("two"), DAY)], False),
    "much alike, nobody's": (
        [said(PART.format("one"), author=None)],
        [said(PART.format("two"), author=None)],
        False,
    ),
    "much alike, with others around": (
        [said(LADDER), said(PART.format("one")), said(CRANE)],
        [said("A harbour without cranes is a bay, and bays are what tourists come for"), said(PART.format("two"))],
        False,
    ),
    "thanks twice": ([said("Thanks!", TEN)], [said("Thanks!", ELEVEN)], False),
    "moved over the border between two requests": ([said(LADDER, TEN)], [said(LADDER, TEN)], True),
}


@pytest.mark.parametrize(("first_page", "own_page", "is_one"), PAGES.values(), ids=PAGES)
@pytest.mark.parametrize("backwards", [False, True], ids=["in order", "backwards"])
def test_comments_on_two_pages_of_one_visit(
    *, first_page: Sequence[CommentFacts], own_page: Sequence[CommentFacts], is_one: bool, backwards: bool
) -> None:
    """Each visit shows both, so that neither can be an edit of the other."""
    facts = [
        article(day, *comments, url=url) for day in (1, 2) for url, comments in ((PAGE_1, first_page), (URL, own_page))
    ]
    with closing(memory_database()) as db:
        for one in reversed(facts) if backwards else facts:
            load_many(db, [one])
        told = rows(db, "SELECT version_count FROM comments")
    assert [row["version_count"] for row in told] == [1] * len({*first_page, *own_page})
    assert (len(told) == 1) == is_one


@pytest.mark.parametrize("backwards", [False, True], ids=["in order", "backwards"])
def test_new_comment_is_no_edit_of_one_that_moved_to_another_page(*, backwards: bool) -> None:
    one, two, three = (said(PART.format(word)) for word in ("one", "two", "three"))
    facts = [article(1, one, url=PAGE_1), article(1, two)]
    facts += [article(2, three, name="a"), article(2, one, url=PAGE_1), article(2, two, url=f"{URL}comment-page-2/")]
    with closing(memory_database()) as db:
        for each in reversed(facts) if backwards else facts:
            load_many(db, [each])
        told = rows(db, "SELECT text, version_count FROM comments ORDER BY text")
    assert told == [{"text": PART.format(word), "version_count": 1} for word in ("one", "three", "two")]


def test_comment_is_known_by_its_newest_words_and_only_once() -> None:
    """It was seen in words that another one has now: both cannot be it."""
    shown = [
        [CommentFacts(text=CRANE, native_id="c1")],
        [CommentFacts(text=LADDER, author="Robert", native_id="c1"), said(CRANE, author=None)],
        [said(CRANE, author=None), said(LADDER, author="Robert")],
    ]
    with closing(memory_database()) as db:
        load_many(db, [article(day, *comments) for day, comments in enumerate(shown, 1)])
        told = rows(db, "SELECT author, text, version_count, last_seen FROM comments ORDER BY version_count")
    assert [tuple(row.values()) for row in told] == [(None, CRANE, 1, at(3)), ("Robert", LADDER, 2, at(3))]
