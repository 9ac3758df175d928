"""Laws of extraction: any bytes give a page, the same bytes the same page, and the page is sound."""

import os
import socket
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import fields
from itertools import pairwise
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.extract.model import Article, Comment, Page, Verdict
from tests.extract.golden import Case, cases
from tests.extract.pages import article_html, read

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True, scope="module")
def _no_network() -> Iterator[None]:
    """A page is made of its bytes alone: whoever asks the network or a name server fails."""

    def refuse(*_args: object, **_more: object) -> NoReturn:
        raise AssertionError("extraction went to the network")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", refuse)
        patch.setattr(socket.socket, "connect_ex", refuse)
        patch.setattr(socket, "getaddrinfo", refuse)
        yield


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


WORDS = "The keeper climbs two hundred steps every day, and counts them aloud. "
SHORT_ARTICLE = "<h1>Steps</h1>" + f"<p>{WORDS * 3}</p>" * 4
LD = '<html><head><script type="application/ld+json">{}</script></head><body>' + SHORT_ARTICLE
THREAD = "<html><body><ol class=commentlist>"

HOSTILE = {
    "deep": "<html><body>" + "<div>" * 100_000 + "deep",
    "deep-lists": "<html><body>" + "<ul><li>" * 20_000 + "deep",
    "deep-thread": THREAD + "<li id=comment-1>" * 5_000,
    "unclosed-thread": THREAD + "".join(f"<li id=comment-{n}><cite>" for n in range(5_000)),
    "empty-comments": THREAD + "".join(f"<li id=comment-{n}></li>" for n in range(10_000)),
    "same-comment": THREAD + "<li id=comment-1><p>Hi</p></li>" * 5_000,
    "links": "<html><body>" + "<a href=/x>y</a>" * 20_000,
    "worded-links": "<html><body>" + "<a href=/x>a headline of words</a>" * 5_000,
    "deep-json": LD.format("[" * 100_000),
    "deep-json-objects": LD.format('{"a":' * 50_000),
    "many-json-nodes": LD.format("[" + '{"@type": "Article"},' * 20_000 + "{}]"),
    "long-json": LD.format('{"@type": "Article", "headline": "' + "a " * 500_000 + '"}'),
    "spaced-json": LD.format('{"isAccessibleForFree"' + " " * 100_000 + '"@type"' + " " * 100_000),
    "long": "<html><body><p>" + "a " * 200_000,
    "one-word": "<html><body><p>" + "a" * 2_000_000,
    "title": "<html><head><title>" + "a - | " * 100_000 + "</title></head><body>" + SHORT_ARTICLE,
    "headings": "<html><body>" + f"<h1>{'a | ' * 1_000}</h1>" * 200 + SHORT_ARTICLE,
    "entities": "<html><body><p>" + "&amp;&lt;&#233;&nbsp;&bogus;" * 20_000,
    "entities-of-no-character": "<html><body><p>" + "&#0;&#xD800;&#x110000;&#x80;" * 5_000,
    "nul": "<html><body><p>" + "a\0b " * 50_000,
    "comments-in-markup": "<html><body>" + "<!-- -- -->" * 20_000 + SHORT_ARTICLE,
    "classes": f"<html><body><p class='{'x ' * 200_000}'>a</p>{SHORT_ARTICLE}",
    "short-paragraphs": "<html><body>" + "<p class='paywall error404 comment' id=c>t</p>" * 11_000,
    "attributes": "<html><body><p " + " ".join(f"a{n}=b" for n in range(5_000)) + f">a</p>{SHORT_ARTICLE}",
    "refreshes": "<html><head>" + '<meta http-equiv=refresh content="0;   ">' * 5_000 + "</head><body>" + SHORT_ARTICLE,
    "metas": "<html><head>" + "<meta charset" * 20_000,
    "breaks": "<html><body><p>" + "text<br>" * 20_000,
    "markup-without-end": "<html><body>" + "<p><i>a" * 110_000,
    "spaces-in-title": "<html lang='" + "x" * 10_000 + "'><body><b class=fn>" + " - " * 50_000,
    "spaces-in-code": f"{THREAD}<li id=comment-1><b class=fn>A</b><pre>posted by" + "\xa0" * 50_000 + "x</pre></li>",
    "tabs-in-code": f"{THREAD}<li id=comment-1><b class=fn>A</b><pre>posted by" + "\t" * 50_000 + "x</pre></li>",
    "digits-in-date": f"{THREAD}<li id=comment-1><b class=fn>A</b><time>" + "1" * 50_000 + "</time><p>Hi</p></li>",
    "dashes-in-name": f"{THREAD}<li id=comment-1><b class=fn>" + "-" * 50_000 + "</b><p>Hi</p></li>",
    "numbers-in-heading": "<html><body><div id=comments><h2>" + "123 " * 20_000 + f"</h2></div>{SHORT_ARTICLE}",
    "base64": "<html><body><p>\xe9" + "QUJD" * 100_000,
}


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE)
def test_huge_and_deep_pages_give_a_page(source: str) -> None:
    assert_sound(read(source))


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<br>" * 200_001, "more markup than is read"),
        ("<html><p>" + "word " * 5_000_001, "more text than is read"),
        ("<html><p " + " ".join(f"a{n}='b > c'" for n in range(10_001)) + " title=>a", "more attributes than are read"),
    ],
    ids=["markup", "text", "attributes"],
)
def test_page_beyond_all_measure_is_not_a_page(source: str, reason: str) -> None:
    page = read(source)
    assert (page.verdict, page.reason) == (Verdict.NOT_A_PAGE, reason)


def test_thousands_of_comments_are_within_measure() -> None:
    comment = "<li id=comment-{0}>" + "<span></span>" * 20 + "<b class=fn>A</b><p>Hello {0}</p></li>"
    page = read(THREAD + "".join(comment.format(n) for n in range(2_000)) + "</ol></body>")
    assert len(page.comments) == 2_000


@pytest.mark.parametrize("tail", [b"\xe9" + b"A" * 500_000, b"\xff" * 500_000, b"\x1b$B" * 100_000, b"~{" * 200_000])
@pytest.mark.parametrize("content_type", [None, "text/html; charset=" + " " * 50_000, "text/html; charset=iso-2022-jp"])
def test_long_bytes_in_no_charset_give_a_page(tail: bytes, content_type: str | None) -> None:
    assert_sound(read(b"<html><body><p>" + tail, content_type=content_type))


SCRIPT = """
import hashlib, sys
from tests.extract.golden import cases
from tests.extract.pages import article_html, read
pages = [case.page() for case in cases()]
pages += [read(article_html(after="<ol class=commentlist><li id=comment-1><b class=fn>A</b><p>Hi</p></li></ol>"))]
pages += [read(article_html().encode("cp1252"), content_type=None), read("Straße \xfc".encode("koi8-u", "replace"))]
print(hashlib.sha256(repr(pages).encode()).hexdigest())
"""


def test_pages_are_the_same_in_every_process() -> None:
    digests = {
        subprocess.run(  # noqa: S603 - our own interpreter and script
            [sys.executable, "-c", SCRIPT],
            env=os.environ | {"PYTHONHASHSEED": seed},
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("0", "1", "4711")
    }
    assert len(digests) == 1
    assert len(next(iter(digests)).strip()) == 64


COMMENT = '<li id="comment-1" class="comment"><b class="fn">Ann</b><div class="comment-content"><p>{}</p></div></li>'
THREADS = {
    "list": '<ol class="commentlist">{}</ol>',
    "section": '<section id="comments"><h2>1 Comment</h2><ol class="comment-list">{}</ol></section>',
    "respond": '<ul class="comment-list">{}</ul><div id="respond"><h3>Leave a reply</h3></div>',
}


@pytest.mark.parametrize("thread", THREADS.values(), ids=THREADS)
@pytest.mark.parametrize("place", ["after", "inside", "before"])
@given(words=st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=60).map(" ".join))
@settings(max_examples=4, deadline=None)
def test_pruning_takes_no_paragraph_of_the_article(place: str, thread: str, words: str) -> None:
    filled = thread.format(COMMENT.format(words))
    plain = read(article_html())
    source = {
        "after": article_html(after=filled),
        "inside": article_html(inside=filled),
        "before": article_html().replace("<article>", f"{filled}<article>"),
    }[place]
    page = read(source)
    assert [comment.text for comment in page.comments] == [words]
    assert plain.article is not None
    assert page.article is not None
    assert page.article.raw_text == plain.article.raw_text


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
