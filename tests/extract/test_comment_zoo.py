"""The generic finder on markups it was not made for: each thread comes out as it went in, and nothing else does."""

from functools import cache

import pytest

from tests.extract.zoo import LOOKALIKES, MARKUPS
from tests.extract.zoo.check import FIELDS, guessed, reading
from tests.extract.zoo.kit import Markup
from tests.extract.zoo.known import KNOWN, LOUD
from tests.extract.zoo.lookalikes import Lookalike
from tests.extract.zoo.stories import STORIES


@cache
def wrong_fields(markup: Markup) -> frozenset[str]:
    """What differs in any thread of the markup's language."""
    story = STORIES[markup.lang]
    pages = ((posts, markup.page(story, posts)) for _, posts in story.threads)
    return frozenset(field for posts, source in pages for field in reading(markup, posts, source).wrong())


def cases() -> list[object]:
    found: list[object] = []
    for markup in MARKUPS:
        for field in FIELDS:
            reason = KNOWN.get(markup.name, {}).get(field)
            marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
            found.append(pytest.param(markup, field, id=f"{markup.name}-{field}", marks=marks))
    return found


@pytest.mark.parametrize(("markup", "field"), cases())
def test_comments_come_out_as_they_were_given(markup: Markup, field: str) -> None:
    assert field not in wrong_fields(markup)


@pytest.mark.parametrize(
    "lookalike",
    [
        pytest.param(
            each,
            id=each.name,
            marks=[pytest.mark.xfail(reason=LOUD[each.name], strict=True)] if each.name in LOUD else [],
        )
        for each in LOOKALIKES
    ],
)
def test_nothing_is_found_where_no_comments_are(lookalike: Lookalike) -> None:
    assert guessed(lookalike.page(STORIES[lookalike.lang])) == ()


def test_known_failures_name_markups_and_fields_that_exist() -> None:
    assert set(KNOWN) <= {markup.name for markup in MARKUPS}
    assert {field for fields in KNOWN.values() for field in fields} <= set(FIELDS)
    assert set(LOUD) <= {each.name for each in LOOKALIKES}
