"""Laws of extraction: any bytes give a page, the same bytes the same page, and the page is sound."""

import unicodedata
from dataclasses import fields
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.extract.model import Article, Comment, Page, Verdict
from tests.extract.golden import Case, cases
from tests.extract.pages import article_html, read

TAGS = st.sampled_from(["p", "div", "li", "ol", "article", "cite", "b", "time", "br", "h2", "a", "pre", "table", "td"])
NAMES = st.sampled_from(
    [
        "",
        ' class="comment-list"',
        ' id="comment-1"',
        ' id="li-comment-2" class="comment depth-3"',
        ' class="fn"',
        ' class="comment-content"',
        ' class="children"',
        ' class="pingback"',
        ' datetime="2019-13-40"',
        ' href="#comment-1"',
        ' class="wp-block-comment-template"',
        ' id="respond"',
        ' rel="tag"',
        ' id="comment_list"',
    ]
)
PIECES = st.one_of(
    st.builds("<{}{}>".format, TAGS, NAMES),
    st.builds("</{}>".format, TAGS),
    st.text(st.characters(codec="utf-8"), max_size=30),
    st.sampled_from(["March 4, 2019 at 9:05 am", "3 Comments", "says:", "<!--", "]]>", "&#0;", "&#xD800;", "\ufeff"]),
)
SOUP = st.lists(PIECES, max_size=40).map(lambda pieces: "<html><body><ol class=commentlist>" + "".join(pieces))
TYPES = st.sampled_from(
    [None, "text/html", "text/plain", "text/html; charset=utf-16", "text/html; charset=unicode_escape"]
)
HEADS = [
    b"",
    b"<html><body>",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\x00\x00\xfe\xff",
    b"<?xml encoding='x'?><html>",
]


@settings(max_examples=60, deadline=None)
@given(st.builds(bytes.__add__, st.sampled_from(HEADS), st.binary(max_size=400)), TYPES)
def test_any_bytes_give_a_sound_page(body: bytes, content_type: str | None) -> None:
    assert_sound(read(body, content_type=content_type))


@settings(max_examples=60, deadline=None)
@given(SOUP)
def test_any_markup_gives_the_same_sound_page_twice(source: str) -> None:
    first, second = read(source), read(source)
    assert first == second
    assert_sound(first)


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.characters(codec="utf-8"), max_size=300)
    | st.lists(
        st.sampled_from(
            [
                "Title",
                "",
                "  1. Avatar A says:",
                "\t2. B says:",
                "    1. C says:",
                "Words and more words.",
                "Tags: a, b",
                " 10. D says:",
            ]
        ),
        max_size=20,
    ).map("\n".join)
)
def test_any_text_gives_a_sound_page(source: str) -> None:
    assert_sound(read(source, content_type="text/plain"))


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.folder.name)
def test_golden_pages_are_sound(case: Case) -> None:
    assert_sound(case.page())


@pytest.mark.parametrize(
    "body",
    [
        "<html><body>" + "<div>" * 100_000 + "deep",
        "<html><body>" + "<ol class=commentlist><li id=comment-1>" * 5_000,
        "<html><body><ol class=commentlist>" + "".join(f"<li id=comment-{n}><cite>" for n in range(5_000)),
        "<html><body>" + "<a href=/x>y</a>" * 20_000,
        "<html><head><script type=application/ld+json>" + "[" * 100_000 + "</script></head><body><p>a</p>",
        "<html><body><p>" + "a " * 200_000,
        "<html lang='" + "x" * 10_000 + "'><body><b class=fn>" + " - " * 50_000,
    ],
    ids=["deep", "deep-thread", "unclosed-thread", "links", "deep-json", "long", "spaces"],
)
def test_huge_and_deep_pages_give_a_page(body: str) -> None:
    assert_sound(read(body))


def test_paragraphs_of_article_survive_pruning() -> None:
    plain = read(article_html())
    with_thread = read(
        article_html(after='<ol class="commentlist"><li id="comment-1"><b class="fn">A</b><p>Hi.</p></li></ol>')
    )
    assert len(with_thread.comments) == 1
    assert plain.article is not None
    assert with_thread.article is not None
    assert with_thread.article.raw_text == plain.article.raw_text


def assert_sound(page: Page) -> None:
    assert (page.article is not None) == (page.verdict in {Verdict.ARTICLE, Verdict.PAY_WALL})
    parts: list[Page | Article | Comment] = [page, *page.comments, *([page.article] if page.article else [])]
    for part in parts:
        for text in texts(part):
            assert not [char for char in text if is_unfit(char)]
    for index, comment in enumerate(page.comments):
        assert comment.parent is None or 0 <= comment.parent < len(page.comments)
        assert comment.depth == depth(page.comments, index)
    if page.article:
        assert all(
            before.strip() for before, _ in pairwise(f"{page.article.text}\n\n".split("\n\n")) if page.article.text
        )


def texts(part: Page | Article | Comment) -> list[str]:
    values = [getattr(part, field.name) for field in fields(part)]
    flat = [each for value in values for each in (value if isinstance(value, tuple) else (value,))]
    return [each for each in flat if isinstance(each, str)]


def is_unfit(char: str) -> bool:
    return char not in "\n\t" and unicodedata.category(char) in {"Cc", "Cs"}


def depth(comments: tuple[Comment, ...], index: int) -> int:
    """Steps to the top; more than there are comments would be a circle."""
    parent = comments[index].parent
    for steps in range(len(comments)):
        if parent is None:
            return steps
        parent = comments[parent].parent
    raise AssertionError("parents go round in a circle")
