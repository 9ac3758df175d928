"""What changed between two moments: told where they say so, else not covered."""

from dataclasses import fields, replace
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from db.asof import Comparison, as_of, compare
from db.captures import captures_of
from db.changes import ThreadChanges, dated_after
from db.errors import NotFound
from db.facts import CaptureFacts, CommentFacts
from db.ids import capture_id, page_id
from db.load import load_many
from db.moments import thread_at
from db.read import absences_of
from db.withheld import withhold
from tests.db.histories import URL, article, at, capture_facts, comment, error, memory_database

ARTICLE = page_id(URL)


def _partial(day: int, *comments: CommentFacts, **values: Any) -> CaptureFacts:
    """A capture that shows a part of its thread."""
    return replace(article(day, *comments, **values), claimed_comments=99, complete=False)


def _told(changes: ThreadChanges) -> dict[str, list[str]]:
    """The texts of the comments by what happened to them."""
    named = ((one.name, getattr(changes, one.name)) for one in fields(changes))
    return {name: [str(change.row["text"]) for change in found] for name, found in named if found}


def _one(text: str, **values: Any) -> CommentFacts:
    return replace(comment(text, id_="c1"), **values)


TWO = comment("two", id_="c2")
REPLY = comment("reply", id_="c3", parent=0)

CASES: dict[str, tuple[list[CaptureFacts], dict[str, list[str]]]] = {
    "nothing": ([article(1, _one("one")), article(2, _one("one"))], {}),
    "added": ([article(1, _one("one")), article(2, _one("one"), TWO)], {"added": ["two"]}),
    "not in a part of the thread that was all before": (
        [_partial(1, _one("one")), article(2, _one("one"), TWO)],
        {"not_covered": ["two"]},
    ),
    "dated since": (
        [_partial(1, _one("one")), article(2, _one("one"), replace(TWO, published="2024-05-01T16:00:00+02:00"))],
        {"added": ["two"]},
    ),
    "dated before": (
        [_partial(1, _one("one")), article(2, _one("one"), replace(TWO, published="2024-05-01T13:30:00+02:00"))],
        {"not_covered": ["two"]},
    ),
    "edited": ([article(1, _one("one")), article(2, _one("other"))], {"edited": ["other"]}),
    "another name": ([article(1, _one("one")), article(2, _one("one", author="Robert"))], {"edited": ["one"]}),
    "edited and back": ([article(1, _one("one")), article(2, _one("other")), article(3, _one("one"))], {}),
    "gone": ([article(1, _one("one"), TWO), article(2, TWO)], {"gone": ["one"]}),
    "gone earlier": ([article(1, _one("one"), TWO), article(2, TWO), article(3, TWO)], {"gone": ["one"]}),
    "not in a part of the thread": ([article(1, _one("one"), TWO), _partial(2, TWO)], {"not_covered": ["one"]}),
    "gone, then not covered": (
        [article(1, _one("one"), TWO), article(2, TWO), _partial(3, TWO)],
        {"not_covered": ["one"]},
    ),
    "known before, not in the older part": (
        [article(1, _one("one"), TWO), _partial(2, TWO), article(3, _one("one"), TWO)],
        {"not_covered": ["one"]},
    ),
    "hidden with its parent": (
        [article(1, _one("one"), replace(REPLY, parent=0), TWO), replace(article(2, TWO), claimed_comments=2)],
        {"gone": ["one"], "hidden": ["reply"]},
    ),
    "restored": (
        [article(1, _one("one"), TWO), article(2, TWO), article(3, _one("one"), TWO)],
        {"restored": ["one"]},
    ),
    "moved": (
        [article(1, _one("one"), TWO, REPLY), article(2, _one("one"), TWO, replace(REPLY, parent=1))],
        {"moved": ["reply"]},
    ),
    "moderated": ([article(1, _one("one")), article(2, _one("one", moderated=True))], {"moderated": ["one"]}),
    "more likes": ([article(1, _one("one")), article(2, _one("one", likes=5))], {}),
    "an error page": ([article(1, _one("one")), error(2)], {"not_covered": ["one"]}),
}


@pytest.mark.parametrize("name", CASES)
def test_changes_are_told(db: Database, name: str) -> None:
    captures, expected = CASES[name]
    load_many(db, captures)
    rows = captures_of(db, ARTICLE)
    older = "r1" if name not in ("restored", "known before, not in the older part") else str(rows[1]["id"])
    assert _told(compare(db, ARTICLE, older, str(rows[-1]["id"])).thread) == expected


@pytest.mark.parametrize(
    ("published", "is_after"),
    [
        ("2024-05-02T12:00:01Z", True),
        ("2024-05-02T12:00:00Z", False),
        ("2024-05-02T20:00:00+09:00", False),
        ("2024-05-02T22:00", False),
        ("2024-05-03", False),
        ("2024-05-04", True),
        ("2024-06", False),
        ("2025", False),
        ("9999-12-31T23:59:59-14:00", True),
        ("0001-01-01", False),
        (None, False),
        ("soon", False),
    ],
)
def test_date_of_the_site_is_believed_as_far_as_it_tells(published: str | None, *, is_after: bool) -> None:
    assert dated_after(published, at(2)) == is_after


def test_older_one_is_a_whichever_is_named_first(db: Database) -> None:
    load_many(db, [article(1, _one("one")), article(2, _one("other"), TWO)])
    assert compare(db, ARTICLE, "last", "first") == compare(db, ARTICLE, "first", "last")


def test_comments_are_as_each_side_showed_them(db: Database) -> None:
    load_many(db, [article(1, _one("one", likes=1)), article(2, _one("other", author="Robert")), article(3, _one("x"))])
    [change] = compare(db, ARTICLE, "r1", "2024-05-02").thread.edited
    assert change.a is not None
    assert change.b is not None
    assert (change.a["text"], change.a["author"], change.a["likes"]) == ("one", "veth", 1)
    assert (change.b["text"], change.b["author"], change.b["version"]) == ("other", "Robert", 2)


def _sides(comparison: Comparison) -> tuple[str, str]:
    return str(comparison.a.capture["captured_at"]), str(comparison.b.capture["captured_at"])


DEFAULTS: dict[str, tuple[list[CaptureFacts], tuple[str, str]]] = {
    "another text": ([article(1, text="a"), article(2, text="b"), article(3, text="b")], (at(1), at(3))),
    "another comment": ([article(1), article(2), article(3, _one("one")), article(4, _one("one"))], (at(2), at(4))),
    "the newest that differs": (
        [article(1, _one("one")), article(2, _one("two")), article(3, _one("one")), article(4, _one("one"))],
        (at(2), at(4)),
    ),
    "nothing ever": ([article(1), article(2), article(3)], (at(2), at(3))),
    "a part of the thread is no change": (
        [article(1, _one("one")), article(2, _one("one"), TWO), _partial(3, TWO)],
        (at(1), at(3)),
    ),
    "error pages are no change": ([article(1), error(2), article(3, _one("one")), error(4)], (at(1), at(3))),
}


@pytest.mark.parametrize(("captures", "expected"), DEFAULTS.values(), ids=DEFAULTS)
def test_without_names_the_last_change_is_shown(
    db: Database, captures: list[CaptureFacts], expected: tuple[str, str]
) -> None:
    load_many(db, captures)
    assert _sides(compare(db, ARTICLE, None, None)) == expected


def test_one_capture_has_nothing_to_be_compared_with(db: Database) -> None:
    load_many(db, [article(1), error(2)])
    with pytest.raises(NotFound, match="nothing to compare with: no capture before 2024-05-01T"):
        compare(db, ARTICLE, None, None)


def test_capture_that_shows_no_article_says_what_was_known(db: Database) -> None:
    load_many(db, [error(1), article(2, _one("one"), text="old"), article(3, text="new"), error(4)])
    ids = [str(row["id"]) for row in captures_of(db, ARTICLE)]
    comparison = compare(db, ARTICLE, ids[0], ids[-1])
    assert (comparison.a.state, comparison.a.revision) == (None, 0)
    assert comparison.b.state is not None
    assert (comparison.b.state["text"], comparison.b.revision, comparison.b.moment.covers) == ("new", 2, False)
    assert not comparison.thread


def test_pages_of_a_thread_are_one(db: Database) -> None:
    def page(number: int, text: str, published: str) -> CaptureFacts:
        facts = article(1, replace(comment(text, id_=text), published=published), name=str(number))
        url = f"{URL}comment-page-{number}/"
        return replace(facts, capture=replace(facts.capture, url=url, crawl_id="c", captured_at=at(1, 5 - number)))

    load_many(db, [page(2, "new", "2024-02-02"), page(1, "old", "2024-01-01")])
    then, known = as_of(db, ARTICLE, "first")
    assert [row["text"] for row in thread_at(known, then.moment)] == ["old", "new"]
    assert [row["position"] for row in thread_at(known, then.moment)] == [1, 2]


def test_withheld_comments_are_in_no_list(db: Database) -> None:
    load_many(db, [article(1, _one("one"), REPLY), article(2, _one("other"), replace(REPLY, parent=None))])
    first = db.conn.execute("SELECT id FROM comments WHERE native_id = 'c1'").fetchone()[0]
    withhold(db, [first])
    comparison = compare(db, ARTICLE, None, None)
    assert _told(comparison.thread) == {}
    assert first not in repr((comparison.thread, comparison.known))
    assert first not in comparison.a.moment.seen


def test_captures_of_one_time_stand_in_the_order_of_their_ids(db: Database) -> None:
    """WARC/1.0 tells time to the second: there and gone and there again, within one."""
    names = sorted("xyz", key=lambda name: capture_id(article(1, name=name).capture.record_id))
    shown = _one("three")
    load_many(db, [article(1, *page, name=name) for name, page in zip(names, ([shown], [], [shown]), strict=True)])
    first, second, third = (str(row["id"]) for row in captures_of(db, ARTICLE))
    assert _told(compare(db, ARTICLE, first, second).thread) == {"gone": ["three"]}
    assert _told(compare(db, ARTICLE, second, third).thread) == {"restored": ["three"]}


@given(st.lists(capture_facts(), max_size=10, unique_by=lambda facts: facts.capture.record_id))
@settings(max_examples=60)
def test_threads_are_those_of_the_captures_and_changes_part_them(captures: list[CaptureFacts]) -> None:
    by_record = {facts.capture.record_id: facts for facts in captures}
    with memory_database() as db:
        load_many(db, captures)
        articles = [str(row[0]) for row in db.conn.execute("SELECT id FROM articles")]
        for article_id in articles:
            rows = captures_of(db, article_id)
            for row in rows:
                then, known = as_of(db, article_id, str(row["id"]))
                shown = thread_at(known, then.moment)
                facts = by_record[str(row["record_id"])]
                if len(then.moment.captures) == 1:
                    expected = [(one.author, one.text, one.likes, one.kind) for one in facts.comments]
                    found = [(one["author"], one["text"], one["likes"], one["kind"]) for one in shown]
                    assert sorted(found, key=repr) == sorted(expected if facts.article else [], key=repr)
            for a, b in combinations(rows, 2):
                _check_parts(db, article_id, compare(db, article_id, str(a["id"]), str(b["id"])))


def _check_parts(db: Database, article_id: str, comparison: Comparison) -> None:
    """Each comment of one side only is in one list that says so; gone is what an absence or the moment says."""
    told = comparison.thread
    a, b = comparison.a.moment, comparison.b.moment
    ids = {one.name: [str(change.row["id"]) for change in getattr(told, one.name)] for one in fields(told)}
    from_a = [*ids["gone"], *ids["hidden"], *(str(one.row["id"]) for one in told.not_covered if one.b is None)]
    from_b = [*ids["added"], *ids["restored"], *(str(one.row["id"]) for one in told.not_covered if one.a is None)]
    assert sorted(from_a) == sorted(a.seen.keys() - b.seen.keys())
    assert sorted(from_b) == sorted(b.seen.keys() - a.seen.keys())
    absences = absences_of(db, article_id)
    for comment_id in (*ids["gone"], *ids["hidden"]):
        mine = absences[comment_id]
        assert b.covers
        assert any(
            (one["since"], one["since_capture"]) <= b.end
            and (one["until"] is None or (one["until"], one["until_capture"]) > b.end)
            for one in mine
        )
    for change in told.added:
        assert a.covers or dated_after(change.row["published"], a.until)
    for change in told.edited:
        assert change.a is not None
        assert change.b is not None
        assert (change.a["author"], change.a["text"]) != (change.b["author"], change.b["text"])
