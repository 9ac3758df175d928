"""Articles and threads as text: what is hostile to a terminal never gets through, lines stay in their width."""

import json
import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.extract.model import Article, Comment, CommentKind, Page, Verdict
from archiver.render import (
    WIDTH,
    article_lines,
    comment_lines,
    json_text,
    message,
    one_line,
    page_json,
    page_text,
    printable,
    wrapped,
)

HOSTILE = "\x1b[2J\x1b]0;title\x07\x9b31m\x08\x00\u202e\u2066\ud800\ue000"


JOINERS = "\u200c\u200d"
"""Shape Persian and Indic words and emoji."""


def _unsafe(text: str) -> Iterator[str]:
    controls = (one for one in text if unicodedata.category(one) in ("Cc", "Cf", "Cs", "Co"))
    return (one for one in controls if one not in {"\n", *JOINERS})


def _comment(text: str, *, author: str | None = None, depth: int = 0, **values: str) -> Comment:
    return Comment(text=text, author=author, depth=depth, **values)  # type: ignore[arg-type]  # texts only


@given(st.text(alphabet=st.characters(codec=None)))
@settings(deadline=None)
def test_no_control_character_gets_through(text: str) -> None:
    for shown in (printable(text), one_line(text), wrapped(text, margin="    ")):
        assert not list(_unsafe(shown))
    assert "\n" not in one_line(text)


@given(st.text(alphabet=st.characters(codec=None)))
@settings(deadline=None)
def test_printable_text_stays_as_it_is(text: str) -> None:
    assert printable(printable(text)) == printable(text)


@given(
    st.text(alphabet=st.characters(codec=None))
    | st.text(alphabet="ab\r\n\t\x85\xa0\xad\u2028\u202e\x1b\ud800\U000e0001")
)
@settings(deadline=None)
def test_printable_is_said_character_by_character(text: str) -> None:
    def one(each: str) -> str:
        if not list(_unsafe(each)):
            return each
        return " " if each.isspace() else ""

    assert printable(text) == "".join(map(one, text.replace("\r\n", "\n")))


WHITE = {"a\tb": "a b", "a\r\nb": "a\nb", "a\rb": "a b", "a\x0bb": "a b", "a\x85b": "a b", "a\u200bb": "ab"}


@pytest.mark.parametrize(("text", "expected"), WHITE.items(), ids=map(ascii, WHITE))
def test_white_control_characters_part_words(text: str, expected: str) -> None:
    assert printable(text) == expected


@pytest.mark.parametrize("text", ["\u0645\u06cc\u200c\u062e\u0648", "👩\u200d👩\u200d👧", "क्\u200dष"], ids=ascii)
def test_what_joins_letters_and_emoji_stays(text: str) -> None:
    assert printable(text) == text


def test_name_of_a_file_that_is_no_text_is_said() -> None:
    assert message(Path(os.fsdecode(b"a\xff\x1b.html"))) == "a?.html"


@given(st.recursive(st.text(alphabet=st.characters(codec=None)), st.lists), st.sampled_from([None, 2]))
@settings(deadline=None)
def test_json_says_the_same_and_steers_no_terminal(value: object, indent: int | None) -> None:
    shown = json_text(value, indent=indent)
    assert json.loads(shown) == value
    assert not list(_unsafe(shown))


def test_every_field_of_a_page_is_made_safe() -> None:
    article = Article(
        title=HOSTILE + "T",
        authors=(HOSTILE + "A",),
        editors=(HOSTILE,),
        published=HOSTILE,
        modified=HOSTILE,
        site=HOSTILE,
        categories=(HOSTILE,),
        tags=(HOSTILE,),
        text=HOSTILE + "text",
    )
    comment = _comment(HOSTILE + "words", author=HOSTILE + "N", published_text=HOSTILE)
    page = Page(verdict=Verdict.ARTICLE, extractor="x", article=article, comments=(comment,))
    assert not list(_unsafe(page_text(page)))
    assert not list(_unsafe(page_text(Page(verdict=Verdict.EMPTY, extractor="x", reason=HOSTILE))))


@given(st.text(alphabet="ab \n", max_size=400), st.integers(0, 44))
@settings(deadline=None)
def test_wrapped_lines_keep_width_and_margin(text: str, blanks: int) -> None:
    margin = " " * blanks
    lines = wrapped(text, margin=margin).split("\n")
    for line in lines:
        assert not line.strip() or line.startswith(margin)
        assert len(line) <= WIDTH or " " not in line.strip(), "only one long word may stand out"
    assert " ".join(lines).split() == text.split(), "no word is lost"


def test_paragraphs_stay_apart() -> None:
    assert wrapped("one\n\ntwo\nthree", margin="  ") == "  one\n\n  two\n  three"


def test_long_word_is_not_broken() -> None:
    url = "https://a.example/" + "x-" * 100
    assert wrapped(f"see {url} there").split() == ["see", url, "there"]


def test_article_begins_with_its_title_and_facts() -> None:
    lines = list(article_lines("A\ntitle", [("by", "Ann"), ("edited by", "Ed"), ("site", "")], "Text."))
    assert lines == ["A title", "=======", "by         Ann", "edited by  Ed", "", "Text."]


def test_article_without_anything_still_shows() -> None:
    assert list(article_lines(None, [], "")) == ["(no title)", "=========="]


def test_long_title_is_underlined_to_the_width() -> None:
    assert list(article_lines("t" * 200, [], ""))[1] == "=" * WIDTH


def test_comment_is_indented_by_its_depth() -> None:
    lines = list(comment_lines(3, "Ann", when="2017", note="[pingback]", text="one\ntwo", depth=2))
    assert lines == ["        3. Ann  2017  [pingback]", "            one\n            two", ""]


def test_deep_comment_keeps_room_for_words() -> None:
    heading, text, _ = comment_lines(1, None, when=None, note="", text="word " * 100, depth=500)
    assert heading.strip() == "1. (no name)"
    assert len(heading) - len(heading.lstrip()) == 40
    assert max(map(len, text.split("\n"))) <= WIDTH


def test_page_shows_its_thread_and_what_it_claims() -> None:
    comments = (_comment("Hello.", author="Ann"), Comment(text="Ping.", kind=CommentKind.PINGBACK, parent=0, depth=1))
    article = Article(title="T", authors=("A", "B"), text="Text.")
    page = Page(verdict=Verdict.ARTICLE, extractor="x", article=article, comments=comments, claimed_comments=3)
    assert page_text(page) == (
        "T\n=\nby  A, B\n\nText.\n\nComments: 2 of 3 claimed\n\n"
        "1. Ann\n    Hello.\n\n    2. (no name)  [pingback]\n        Ping."
    )


def test_page_that_is_no_article_says_why() -> None:
    assert page_text(Page(verdict=Verdict.ERROR_PAGE, extractor="x", reason="404 Not Found")) == (
        "error page: 404 Not Found"
    )
    assert page_text(Page(verdict=Verdict.EMPTY, extractor="x")) == "empty"


def test_page_as_json_keeps_the_short_keys() -> None:
    comment = Comment(text="Hi.", native_id="comment-7", published="2017-02-24", published_text="today", parent=None)
    page = Page(verdict=Verdict.ARTICLE, extractor="x", article=Article(title="T"), comments=(comment,), complete=True)
    data = json.loads(json.dumps(page_json("a.html", None, page)))
    assert (data["file"], data["url"], data["verdict"], data["complete"]) == ("a.html", None, "article", True)
    assert data["article"]["title"] == "T"
    assert (data["comments"][0]["id"], data["comments"][0]["date"]) == ("comment-7", "2017-02-24")
    assert data["comments"][0]["date_text"] == "today"
