"""Visible text of tree nodes: blocks become paragraphs, ``<br>`` a new line, white space is collapsed.

Knows HTML elements; must not know what a comment or an article is. No recursion: trees come from strangers.
"""

import re
from collections.abc import Callable

from lxml.html import HtmlElement

# Marks between pieces of text while a node is read; ``clean`` has taken such characters out of the text itself.
_PARAGRAPH, _ROW, _BREAK = "\x01", "\x02", "\x03"

_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "center", "details", "div", "dl", "figure", "footer", "form"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "ol", "p", "pre", "section", "summary"}
    | {"table", "ul"}
)
_ROWS = frozenset({"dd", "dt", "li", "tr"})
_CELLS = frozenset({"td", "th"})
_UNSEEN = frozenset(
    {"audio", "button", "canvas", "form", "head", "iframe", "img", "input", "noscript", "object", "script"}
    | {"select", "style", "svg", "template", "textarea", "video"}
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ud800-\udfff]")
_SPACE = re.compile(r"\s+")
_INNER_SPACE = re.compile(r"[^\S\n]+")
_MARKS = re.compile(r"(?: ?[\x01-\x03])+ ?")
_OPEN, _CLOSE = 0, 1


def clean(text: str) -> str:
    """The text without control characters, lone surrogates and byte order marks, with Unix line ends."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str | None) -> str:
    """Clean text on one line; empty for None."""
    return _SPACE.sub(" ", clean(text)).strip() if text else ""


def has_text(node: HtmlElement) -> bool:
    """Whether anything but white space stands in it (scripts count: this is a quick look)."""
    return any(not text.isspace() for text in node.itertext() if text)


def inline_text(node: HtmlElement, skip: Callable[[HtmlElement], bool] = lambda _: False) -> str:
    return one_line(block_text(node, skip))


def block_text(node: HtmlElement, skip: Callable[[HtmlElement], bool] = lambda _: False) -> str:
    """Paragraphs of ``node`` parted by a blank line, without what lies under nodes that ``skip`` is true of."""
    return _arrange("".join(_pieces(node, skip)))


def _pieces(root: HtmlElement, skip: Callable[[HtmlElement], bool]) -> list[str]:
    pieces: list[str] = []
    stack: list[tuple[HtmlElement, int]] = [(root, _OPEN)]
    while stack:
        node, step = stack.pop()
        if step == _OPEN and (node is root or (_is_seen(node) and not skip(node))):
            pieces += (_mark(node), _content(node, node.text))
            stack.append((node, _CLOSE))
            stack.extend((child, _OPEN) for child in reversed(node))
            continue
        if step == _CLOSE and node.tag != "br":
            pieces.append(_mark(node))
        if node is not root:
            pieces.append(_content(node.getparent(), node.tail))
    return pieces


def _is_seen(node: HtmlElement) -> bool:
    return is_element(node) and node.tag not in _UNSEEN


def is_element(node: HtmlElement) -> bool:
    """False for comments and processing instructions, whose tag is a function (lxml's types say str)."""
    return isinstance(node.tag, str)  # pyright: ignore[reportUnnecessaryIsInstance]


def _mark(node: HtmlElement) -> str:
    if node.tag in _BLOCKS:
        return _PARAGRAPH
    if node.tag in _ROWS:
        return _ROW
    if node.tag == "br":
        return _BREAK
    return " " if node.tag in _CELLS else ""


def _content(holder: HtmlElement | None, text: str | None) -> str:
    if not text:
        return ""
    text = clean(text)
    if holder is not None and holder.tag == "pre":
        return _INNER_SPACE.sub(" ", text.strip("\n")).replace("\n", _BREAK)
    return _SPACE.sub(" ", text)


def _arrange(text: str) -> str:
    return _MARKS.sub(_gap, re.sub(" +", " ", text)).strip()


def _gap(marks: re.Match[str]) -> str:
    return "\n\n" if _PARAGRAPH in marks.group() or marks.group().count(_BREAK) > 1 else "\n"
