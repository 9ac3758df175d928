"""Ids are short, the same everywhere, and never collide by the way their parts are put together."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.ids import capture_id, comment_id, fingerprint_id, page_id

_TEXT = st.text(st.characters())


def test_ids_are_pinned() -> None:
    """An archive is cited by these: they may never change."""
    assert capture_id("<urn:uuid:00000000-0000-0000-0000-000000000001>") == "36tjs4odsl3ayfpr"
    assert page_id("https://example.org/2024/hoist/") == "k3xrgkenplsbrp5o"
    assert comment_id("k3xrgkenplsbrp5o", "comment-951") == "p7y5ocnshewut6qj"
    assert fingerprint_id("k3xrgkenplsbrp5o", "veth", "A short text.") == "37scgwjsl444j2p4"


def test_page_id_is_that_of_the_canonical_url() -> None:
    assert page_id("https://EXAMPLE.org/a/comment-page-2/?utm_source=x#c") == page_id("https://example.org/a/")


@pytest.mark.parametrize(
    "url", ["http://example.org/a", "https://www.example.org/a/", "https://example.org/a/index.html"]
)
def test_page_id_is_one_for_all_addresses_of_a_page(url: str) -> None:
    assert page_id(url) == page_id("https://example.org/a/")


@settings(deadline=None)
@given(_TEXT)
def test_ids_of_any_text_are_sixteen_plain_characters(text: str) -> None:
    for id_ in (capture_id(text), page_id(text), comment_id(text, text), fingerprint_id(text, text, text, number=3)):
        assert re.fullmatch("[a-z2-7]{16}", id_)


@settings(deadline=None)
@given(st.tuples(_TEXT, _TEXT), st.tuples(_TEXT, _TEXT))
def test_different_comments_have_different_ids(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert (comment_id(*one) == comment_id(*other)) == (one == other)


def test_repeated_comment_has_its_own_id() -> None:
    ids = {fingerprint_id("a", None, "+1", number=number) for number in range(3)}
    ids |= {comment_id("a", "c1", number=number) for number in range(3)}
    assert len(ids) == 6


def test_white_space_makes_no_other_fingerprint() -> None:
    assert fingerprint_id("a", " Jane  Doe", "two\n\nwords ") == fingerprint_id("a", "Jane Doe", "two words")
