"""Forums: which post opens the topic, what is read of it, and what a platform says in place of guesses."""

# ruff: noqa: E501 - tables of markup

import re

import pytest
from trafilatura import load_html

from archiver.extract.comments.forum import first_post
from archiver.extract.comments.platform import NativeId, Platform
from archiver.extract.comments.reading import Setting
from archiver.extract.comments.thread import Thread, read_thread
from archiver.extract.comments.when import date_in
from archiver.extract.text import block_text
from archiver.extract.tree import Tree

SETTING = Setting(url="https://forum.example/t/7", base="https://forum.example/t/7", language="en")


def tree(body: str) -> Tree:
    root = load_html(f"<html><body>{body}</body></html>")
    assert root is not None
    return Tree(root)


def post(number: int, text: str, place: str = "", inside: str = "") -> str:
    return f'<div class="post" id="p{number}"><i class="place">{place}</i><q class="text">{text}</q>{inside}</div>'


FORUM = Platform(
    name="forum",
    evidence=(".post",),
    comment=".post[id]",
    native_id=(NativeId(pattern=re.compile(r"p(\d+)$"), form="p{}"),),
    opening=first_post(".post", number=".place", page=".page", earlier="a[rel=prev]"),
    text=(".text",),
    guesses=False,
)


def opening(thread: Thread) -> str | None:
    return thread.opening.text if thread.opening else None


def read_topic(body: str, platform: Platform = FORUM) -> Thread | None:
    return read_thread(tree(body), (platform,), SETTING)


@pytest.mark.parametrize(
    ("place", "around", "opens"),
    [
        pytest.param("", "", True, id="nothing-says-otherwise"),
        pytest.param("#1", "", True, id="first-number"),
        pytest.param("#21", "", False, id="later-number"),
        pytest.param("", '<b class="page">1</b> of <b class="page">3</b>', True, id="first-page"),
        pytest.param("", '<b class="page">2</b> of <b class="page">3</b>', False, id="second-page"),
        pytest.param("", '<a rel="prev" href="?p=1">before</a>', False, id="earlier-page"),
    ],
)
def test_first_post_opens_topic_on_its_first_page(place: str, around: str, opens: bool) -> None:  # noqa: FBT001 - a table
    thread = read_topic(around + post(5, "Question?", place) + post(6, "Answer.", "#22"))
    assert thread is not None
    assert opening(thread) == ("Question?" if opens else None)
    assert [comment.text for comment in thread.comments] == (["Answer."] if opens else ["Question?", "Answer."])


def test_posts_inside_opening_one_are_comments() -> None:
    thread = read_topic(post(5, "Question?", inside=post(6, "Answer.")))
    assert thread is not None
    assert opening(thread) == "Question?"
    assert [(comment.text, comment.parent) for comment in thread.comments] == [("Answer.", None)]


def test_topic_without_answers_is_an_article() -> None:
    thread = read_topic(post(5, "Question?"))
    assert thread is not None
    assert (opening(thread), thread.comments) == ("Question?", ())


def test_page_with_empty_opening_post_alone_is_no_thread() -> None:
    assert read_topic(post(5, "")) is None


ROWS = Platform(
    name="rows",
    evidence=(".row",),
    comment="a[name]",
    native_id=(NativeId(pattern=re.compile(r"c(\d+)$"), attribute="name", form="c{}"),),
    id_required=True,
    around="tr",
    text=(".text",),
    author=(".who",),
    guesses=False,
    permalink="a.self",
)


def test_comment_is_row_around_its_anchor() -> None:
    row = '<tr class="row"><td><a name="c{0}"></a></td><td><b>Bold Title</b><i class="text">Words {0}</i></td></tr>'
    thread = read_topic(f"<table>{row.format(1)}{row.format(2)}</table>", ROWS)
    assert thread is not None
    assert [(one.native_id, one.text) for one in thread.comments] == [("c1", "Words 1"), ("c2", "Words 2")]


def test_nobody_is_named_where_platform_does_not_guess() -> None:
    row = '<tr class="row"><td><a name="c1"></a><b>Bold Title</b> on March 4, 2019 <i class="text">Words</i></td></tr>'
    thread = read_topic(f"<table>{row}</table>", ROWS)
    assert thread is not None
    assert [(one.author, one.published) for one in thread.comments] == [(None, None)]


def test_permalink_may_be_page_of_its_own() -> None:
    row = '<tr class="row"><td><a name="c1"></a><a class="self" href="/c/1">#</a><i class="text">Words</i></td></tr>'
    thread = read_topic(f"<table>{row}</table>", ROWS)
    assert thread is not None
    assert [one.permalink for one in thread.comments] == ["https://forum.example/c/1"]


@pytest.mark.parametrize(
    ("node", "published"),
    [
        pytest.param('<i title="2014-02-07 10:53:03Z, License: CC BY-SA 3.0">Feb 7, 2014 at 11:53</i>', "2014-02-07T10:53:03+00:00", id="words-after"),
        pytest.param('<i title="2023-05-01T12:00:00 1682942400">2 hours ago</i>', "2023-05-01T12:00:00", id="epoch-after"),
        pytest.param('<i title="3 Feb 2021 9:15" data-time="1612339200000">3 Feb</i>', "2021-02-03T08:00:00Z", id="epoch-before-written"),
        pytest.param('<i title="3 Feb 2021 9:15">3 Feb</i>', "2021-02-03T09:15", id="written-title"),
        pytest.param('<i title="A reader since 2014">2 hours ago</i>', None, id="no-date"),
    ],
)  # fmt: skip
def test_title_for_machines_is_read_first(node: str, published: str | None) -> None:
    assert date_in(tree(node).first("i"), "en").value == published


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        pytest.param("<blockquote><div><cite>Ada wrote:</cite>Yes</div></blockquote>", "Ada wrote:\n\nYes", id="in-div"),
        pytest.param("<blockquote><cite>Ada wrote:</cite>Yes</blockquote>", "Ada wrote:\n\nYes", id="in-quote"),
        pytest.param("<blockquote>In <em>Ships</em> <cite>Ada</cite> writes</blockquote>", "In Ships Ada writes", id="amid"),
        pytest.param("<p><cite>Ships</cite> is a book</p>", "Ships is a book", id="no-quote"),
    ],
)  # fmt: skip
def test_head_of_quote_is_line_of_its_own(quote: str, text: str) -> None:
    assert block_text(tree(quote).first("body")) == text
