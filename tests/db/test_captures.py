"""Captures found by what people call them."""

import pytest

from db.captures import find_capture, time_of, without_inner
from db.errors import NotFound
from db.sql import Row
from tests.db.histories import at


def _capture(id_: str, time: str, *, revision: int | None = None, moment: int | None = None) -> Row:
    """One that shows the article, unless it has no moment."""
    return {
        "id": id_,
        "captured_at": time,
        "revision": revision,
        "moment": moment,
        "comment_count": None if moment is None else 0,
    }


CAPTURES = [
    _capture("early", at(1)),  # a block page
    _capture("one", at(2), revision=1, moment=1),
    _capture("same", at(3), revision=1, moment=2),
    _capture("two", at(4), revision=2, moment=3),
    _capture("page", at(4, 30), moment=3),  # a page of its comments
    _capture("lost", at(5)),  # a 404
]

FOUND = {
    "id": ("same", "same"),
    "id in capitals and blanks": (" SAME ", "same"),
    "id of one that shows no article": ("lost", "lost"),
    "first": ("first", "one"),
    "last": ("last", "two"),
    "newest": ("Newest", "two"),
    "revision": ("r1", "one"),
    "revision in capitals": ("R2", "two"),
    "day": ("2024-05-03", "same"),
    "day without a capture": ("2024-05-20", "two"),
    "month": ("2024-05", "two"),
    "year": ("2030", "two"),
    "hour": ("2024-05-04T12", "two"),
    "minute before": ("2024-05-04T11:59", "same"),
    "second": ("2024-05-03T12:00:00", "same"),
    "second, UTC": ("2024-05-03T12:00:00Z", "same"),
    "a blank for the T": ("2024-05-03 11:00", "one"),
    "whole time": (at(2), "one"),
    "zone": ("2024-05-03T13:59:00+02:00", "one"),
    "zone, later": ("2024-05-03T14:00:00+02:00", "same"),
}


@pytest.mark.parametrize(("ref", "expected"), FOUND.values(), ids=FOUND)
def test_capture_is_found(ref: str, expected: str) -> None:
    assert find_capture(CAPTURES, ref)["id"] == expected


NOT_FOUND = {
    "word": ("nothing", r"is called 'nothing'; name one by a capture id, a date"),
    "empty": ("", "is called ''"),
    "hostile": ("\x1b[31m\x00", r"is called '\[31m'"),
    "long": ("x" * 5000, "^.{0,400}$"),
    "number": ("2", "is called '2'"),
    "no date": ("2024-13-01", "is called '2024-13-01'"),
    "no day of that month": ("2024-02-30", "is called"),
    "no time": ("2024-05-03T25", "is called"),
    "not ASCII": ("٢٠٢٤", "is called"),
    "before all": ("2024-05-01", "no capture shows this article by 2024-05-01; the first is of 2024-05-02T"),
    "revision": ("r3", "has no revision 3, its newest is r2"),
    "revision 0": ("r0", "has no revision 0"),
    "huge revision": ("r" + "9" * 30, "is called"),
    "far zone": ("0001-01-01T00:00+14:00", "is called"),
}


@pytest.mark.parametrize(("ref", "message"), NOT_FOUND.values(), ids=NOT_FOUND)
def test_what_is_no_capture_is_named_with_a_remedy(ref: str, message: str) -> None:
    with pytest.raises(NotFound, match=message):
        find_capture(CAPTURES, ref)


@pytest.mark.parametrize("ref", ["first", "last", "r1", "2024"])
def test_article_that_no_capture_shows_has_no_captures_but_by_id(ref: str) -> None:
    with pytest.raises(NotFound, match="no capture shows this article"):
        find_capture([CAPTURES[0]], ref)
    assert find_capture([CAPTURES[0]], "early")["id"] == "early"


def test_comment_page_alone_stands_for_itself() -> None:
    assert find_capture([CAPTURES[1], _capture("page", at(9), moment=2)], "last")["id"] == "page"


def test_time_is_a_beginning_of_one_in_the_database() -> None:
    assert time_of("2024-05-03 12:30z") == "2024-05-03T12:30"
    assert time_of("2024-05-03T12:30:00+01:00") == "2024-05-03T11:30:00.000000Z"
    assert time_of("first") is None


def test_inner_columns_are_not_shown() -> None:
    assert without_inner({"id": "a", "key": 7, "thread": 7, "state": 1}) == {"id": "a"}
