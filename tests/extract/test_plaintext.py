"""Articles saved as plain text."""

import pytest

from archiver.extract.model import Verdict
from archiver.extract.plaintext import TextPage, read_text
from tests.extract.pages import PARAGRAPHS, read


def text_page(*tail: str, head: tuple[str, ...] = ("Lighthouse stays open",)) -> str:
    return "\n\n".join((*head, *PARAGRAPHS, *tail))


def must_read(text: str) -> TextPage:
    page = read_text(text)
    assert page is not None
    return page


def threads(page: TextPage) -> list[tuple[str | None, str, int | None, int]]:
    return [(each.author, each.text, each.parent, each.depth) for each in page.comments]


def test_text_without_comments_is_an_article() -> None:
    page = must_read(text_page())
    assert page.article.title == "Lighthouse stays open"
    assert page.article.text.split("\n\n") == list(PARAGRAPHS)
    assert page.comments == ()


def test_wrapped_lines_are_joined() -> None:
    wrapped = PARAGRAPHS[0].replace(" voted ", "\nvoted ").replace(" open ", "\nopen ")
    assert must_read(f"Title\n\n{wrapped}").article.text == PARAGRAPHS[0]


def test_lines_without_blank_ones_between_are_paragraphs() -> None:
    assert must_read("Title\n" + "\n".join(PARAGRAPHS)).article.text.split("\n\n") == list(PARAGRAPHS)


@pytest.mark.parametrize(
    ("line", "categories"),
    [
        ("International, More", ("International", "More")),
        ("World, Arts and Culture", ("World", "Arts and Culture")),
        ("Politics", ()),
        ("Yes, he said.", ()),
        ("Of all, the lighthouse keeper knew best", ()),
    ],
)
def test_short_list_before_first_paragraph_is_categories(line: str, categories: tuple[str, ...]) -> None:
    article = must_read(text_page(head=("Title", line))).article
    assert article.categories == categories
    assert (line in article.text) is not bool(categories)


@pytest.mark.parametrize(("line", "tags"), [("Tags: , , ,", ()), ("Tags: sea, lamps", ("sea", "lamps")), ("Tags:", ())])
def test_tags_line_is_read_and_dropped(line: str, tags: tuple[str, ...]) -> None:
    article = must_read(text_page(line)).article
    assert article.tags == tags
    assert line not in article.text


def test_nesting_follows_indentation() -> None:
    first = "  1. Avatar A says:\n\n    one\n\n    1. B says:\n\n      two\n\n      1. C says:\n\n        three"
    tail = f"{first}\n\n  2. D says:\n\n    four"
    assert threads(must_read(text_page(tail))) == [
        ("A", "one", None, 0),
        ("B", "two", 0, 1),
        ("C", "three", 1, 2),
        ("D", "four", None, 0),
    ]


def test_nesting_follows_tabs() -> None:
    tail = "1. A says:\n\n\tone\n\n\t1. B says:\n\n\t\ttwo\n\n2. C says:\n\n\tthree"
    assert [each[2] for each in threads(must_read(text_page(tail)))] == [None, 0, None]


@pytest.mark.parametrize("indent", ["  ", " "], ids=["left-aligned", "right-aligned"])
def test_tenth_comment_is_no_reply_to_the_ninth(indent: str) -> None:
    tail = f"  9. A says:\n\n    one\n\n{indent}10. B says:\n\n    two\n\n    1. C says:\n\n      three"
    assert [each[2] for each in threads(must_read(text_page(tail)))] == [None, None, 1]


def test_paragraphs_and_lines_of_a_comment_are_kept() -> None:
    tail = "  1. Avatar A says:\n\n    one\n    two\n\n    three"
    assert must_read(text_page(tail)).comments[0].text == "one\ntwo\n\nthree"


def test_text_after_the_list_is_no_comment() -> None:
    assert must_read(text_page("  1. A says:\n\n    one\n\nLeave a Reply")).comments[0].text == "one"


def test_deep_nesting_is_read() -> None:
    tail = "\n\n".join(f"{'  ' * level}1. N{level} says:\n\n{'  ' * level}  words" for level in range(1, 200))
    assert [each.parent for each in must_read(text_page(tail)).comments] == [None, *range(198)]


@pytest.mark.parametrize(
    "text",
    [
        "User-agent: *\nDisallow: /admin/\nSitemap: https://harbour.example/sitemap.xml",
        "#!/bin/sh\nset -e\nfor f in *; do\n  echo $f;\ndone",
        "import os\n\ndef main():\n    return os.name\n\nmain()",
        "2024-06-01 12:00:00 INFO start\n2024-06-01 12:00:01 ERROR stop\n2024-06-01 12:00:02 INFO start",
        "127.0.0.1 - - [01/Jun/2024] GET / 200\n127.0.0.1 - - [01/Jun/2024] GET /a 200",
        "a,b,c\n1,2,3\n4,5,6",
        "Title only",
        "x" * 5000,
    ],
    ids=["robots", "shell", "python", "log", "access-log", "csv", "title", "long-line"],
)
def test_text_that_is_no_article_is_no_page(text: str) -> None:
    page = read(text, content_type="text/plain", url="https://harbour.example/file.txt")
    assert (page.verdict, page.reason) == (Verdict.NOT_A_PAGE, "text that is no article")
