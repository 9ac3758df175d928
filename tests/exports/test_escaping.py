"""Text of strangers in Markdown and YAML: shown letter by letter, never more than text."""

import html
import re
from collections.abc import Callable

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from archiver.exports.escaping import front_matter, inline, link, markdown
from tests.exports.made import HOSTILE

RENDERER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
# What means something in Markdown, often.
_PARTS = [*"\\`*_[]<>&#~|{}$!^-+=:.() \t\n\r1a", "    ", "\n\n", "http://a.example/", "www.b.example", "&lt;"]
TEXTS = st.lists(st.sampled_from(_PARTS) | st.characters(codec="utf-8"), max_size=40).map("".join)
HOSTILES = [
    HOSTILE,
    "# heading",
    "heading\n===",
    "heading\n---",
    "---",
    "- item\n- item",
    "1. item\n2) item",
    "+ item",
    "    code",
    "\tcode",
    "```\ncode\n```",
    "~~~\ncode",
    "> quote",
    "a | b\n--|--\nc | d",
    "<!-- -->",
    "<a href='x'>",
    "[a]: http://x/\n\n[a]",
    "https://a.example/ and www.a.example",
    "<https://a.example/>",
    "line\\",
    "two blanks  \nat the end",
    "&lt;script&gt; &#60;",
    "~~gone~~ and ~~~",
    "\x00\x0b\x0c\x85",
    "*\n*",
    "[x]\n[ ] task",
    "a\r\nb\rc",
]


def words(text: str) -> list[str]:
    """White space and control characters part words; no more than that is lost."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", text).split()


def shown(source: str, tags: str) -> list[str]:
    """The words of the rendered text, after a look at its tags."""
    rendered = RENDERER.render(source)
    found = re.sub(rf"</?(?:{tags})(?: /)?>", "\n", rendered)
    assert not re.search(r"[<>]", found), rendered
    return html.unescape(found).split()


def with_examples(function: Callable[[str], None]) -> Callable[[str], None]:
    for text in HOSTILES:
        function = example(text)(function)
    return function


@given(TEXTS)
@with_examples
def test_paragraphs_show_the_text_and_mean_nothing(text: str) -> None:
    assert shown(markdown(text), "p|br") == words(text)


@given(TEXTS)
@with_examples
def test_quotes_show_the_text_and_mean_nothing(text: str) -> None:
    quoted = "\n".join(f"> {line}".rstrip() for line in markdown(text).split("\n"))
    assert shown(quoted, "p|br|blockquote") == words(text)


@given(TEXTS)
@with_examples
def test_lines_show_the_text_and_mean_nothing(text: str) -> None:
    for before in ("", "# ", "- ", "**name** · "):
        rest = words(re.sub("[\u202a-\u202e\u2066-\u2069]", "", text))
        assert shown(f"{before}{inline(text)}", "p|h1|ul|li|strong")[-len(rest) :] == rest or not rest


def test_line_turns_the_direction_of_nothing_behind_it() -> None:
    assert inline("\u202eevil\u2066 \u05d0\u200f") == "evil \u05d0\u200f"
    assert markdown("\u2067\u05d0\u2069") == "\u2067\u05d0\u2069"


@given(TEXTS, st.lists(TEXTS, max_size=3))
@example("---\n...\n", ["a: b", "- c", '"', "\\", "\ufeff\u2028\x85\U0001f600"])
def test_front_matter_reads_back(text: str, texts: list[str]) -> None:
    _, head, rest = front_matter([("title", text), ("authors", texts), ("words", 7), ("none", None)]).split("---\n")
    assert rest == ""
    assert "\n".join(head.splitlines()) == head.rstrip("\n")
    read = yaml.safe_load(head)
    assert read.get("title", "") == text
    assert read.get("authors", []) == texts
    assert (read["words"], "none" in read) == (7, False)


@pytest.mark.parametrize(
    "url",
    [None, "", "javascript:alert(1)", "data:text/html,x", "//a.example/", "http://", "vbscript:x", "http://a b/", "x"],
)
def test_what_is_no_address_of_the_web_is_no_link(url: str | None) -> None:
    assert link("label", url) == "label"


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/b?c=d&e=f#g",
        "https://a.example/(b)/<c>",
        "https://a.example/\\>[x](http://evil.example/)",
        "https://a.example/`*_'\"|{}^",
        "https://ä.example/ü%20",
    ],
)
def test_link_is_one_link(url: str) -> None:
    rendered = RENDERER.render(f"before {link(inline('la]bel'), url)} behind")
    assert re.fullmatch(r'<p>before <a href="https://[^"<> ]+">la\]bel</a> behind</p>\n', rendered), rendered
    assert "evil.example" not in rendered.partition("href=")[0]
