"""Our selectors find what lxml's find, and in document order."""

import pytest
from cssselect import SelectorError
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement
from trafilatura import load_html

from archiver.extract import places
from archiver.extract.comments import PLATFORMS, claims
from archiver.extract.tree import Tree
from archiver.extract.verdict import index, paywall, refusals
from tests.extract.golden import cases

TABLES = [
    each
    for platform in PLATFORMS
    for each in (
        *platform.evidence,
        *platform.foreign,
        platform.comment,
        platform.without_id,
        *platform.author,
        platform.author_noise,
        *platform.published,
        *platform.text,
        platform.boilerplate,
        platform.skip,
        platform.prune,
    )
]
OTHERS = [
    *claims._HEADINGS,
    claims._NOT_THE_THREADS,
    places.NOT_THE_ARTICLES,
    places.HEADLINES,
    *places.BYLINES,
    places.AUTHOR_LINKS,
    places.AUTHOR_WORDS,
    places.TAG_LINKS,
    places.PUBLISHED,
    places.ANY_TIME,
    places.DATES,
    places.MODIFIED,
    places.SECTIONS,
    places.IMAGES,
]
OTHERS += [
    index._TEASERS,
    index._BOARDS,
    index._POST_TITLES,
    paywall._PRICED_NODES,
    refusals._CAPTCHAS,
    *(kind.marks or "" for kind in refusals._KINDS),
    "*",
    "li[id]",
    "a[rel~=tag]:not([rel~=category])",
]
SELECTORS = sorted({each for each in [*TABLES, *OTHERS] if each})


@pytest.fixture(scope="module")
def roots() -> list[HtmlElement]:
    return [root for root in (load_html(case.body) for case in cases()) if root is not None]


@pytest.mark.parametrize("selector", SELECTORS)
def test_selector_finds_what_lxml_finds(selector: str, roots: list[HtmlElement]) -> None:
    for root in roots:
        assert Tree(root).select(selector) == CSSSelector(selector, translator="html")(root)


@pytest.mark.parametrize("selector", ["p ~ p", "p:first-child", "a[href|=x]", "p::before", "p >"])
def test_selector_outside_our_part_of_css_is_refused(selector: str, roots: list[HtmlElement]) -> None:
    with pytest.raises((ValueError, KeyError, SelectorError)):
        Tree(roots[0]).select(selector)


def test_nothing_is_selected_for_none(roots: list[HtmlElement]) -> None:
    assert Tree(roots[0]).select(None) == []
