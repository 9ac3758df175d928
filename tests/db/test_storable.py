"""Every text and number of the facts is cleaned, whatever is told fast."""

from dataclasses import fields, replace

import pytest

from db.facts import CommentFacts
from db.storable import storable, storable_text
from tests.db.histories import article, comment

COMMENT_FIELDS = [one.name for one in fields(CommentFacts)]
_LARGEST = 2**63 - 1
_DIRTY: dict[str, tuple[object, object]] = {
    "parent": (2**64, None),
    "depth": (-(2**64), -_LARGEST),
    "likes": (2**64, _LARGEST),
    "edited": (True, True),
    "moderated": (True, True),
}
CONTROLS = [chr(code) for code in (*range(9), 11, 12, *range(14, 32), 127, 0xD800, 0xDFFF)]


@pytest.mark.parametrize("character", CONTROLS, ids=ascii)
def test_what_no_database_can_hold_is_taken_away(character: str) -> None:
    assert storable_text(f"a{character}ä漢") == "aä漢"


@pytest.mark.parametrize("text", ["", "a\tb\r\nc", "ä漢🙂\x80\xad\u2028\ue000"], ids=ascii)
def test_what_can_be_held_stays_the_same_text(text: str) -> None:
    assert storable_text(text) is text


@pytest.mark.parametrize("name", COMMENT_FIELDS)
def test_each_field_of_a_comment_is_cleaned(name: str) -> None:
    dirty, clean = _DIRTY.get(name, ("a\x00b\ud800", "ab"))
    one = replace(comment("text"), **{name: dirty})  # type: ignore[arg-type]  # a value of its type
    (cleaned,) = storable(article(1, one)).comments
    assert getattr(cleaned, name) == clean


def test_clean_comments_are_not_made_anew() -> None:
    facts = article(1, comment("text"))
    assert storable(facts).comments[0] is facts.comments[0]


@pytest.mark.parametrize(("parent", "kept"), [(None, None), (0, 0), (1, None), (2, None), (-1, None), (2**70, None)])
def test_comment_answers_another_of_its_page_or_none(parent: int | None, kept: int | None) -> None:
    """Rows say no more, and what is compared with them must not either, or loading order would tell."""
    facts = article(1, comment("first"), comment("second", parent=parent))
    assert storable(facts).comments[1].parent == kept
