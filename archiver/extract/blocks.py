"""The text of a page as rows in document order: each run of text without a block's end or ``<br>`` in it.

Knows HTML elements and how pages hide text; must not know what a row is for. No recursion: trees come from strangers.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from archiver.extract.text import one_line

_UNSEEN = frozenset(
    {"audio", "button", "canvas", "head", "iframe", "input", "nav", "noscript", "object", "script", "select"}
    | {"style", "svg", "template", "textarea", "video"}
)
_INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i"}
    | {"img", "ins", "kbd", "label", "mark", "nobr", "picture", "q", "rp", "rt", "ruby", "s", "samp", "small"}
    | {"source", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"}
)
# What only shows when one points at something, or is read out only.
_HIDDEN = re.compile(
    r"(?:^|\s)(?:screen-reader-text|sr-only|visually-?hidden|visuallyhidden|offscreen|tooltip(?:-?(?:text|content))?"
    r"|pop-?over|hover-?card|rollover(?:-\w+)*-block)(?:\s|$)",
    re.IGNORECASE,
)
_NO_DISPLAY = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """``text`` is what is seen; ``key`` compares it, hidden words included, as ``key_of`` does."""

    key: str
    text: str
    block: HtmlElement
    """The innermost block around it."""
    plain: str
    """The key of what is seen and does not stand in links."""
    links: tuple[HtmlElement, ...]


def key_of(text: str) -> str:
    """The letters and digits of a text, without case: white space and signs differ between readers."""
    return _NO_WORD.sub("", text).casefold()


def rows(root: HtmlElement) -> list[Row]:
    reader = _Reader(root)
    walk = iterwalk(root, events=("start", "end"))
    for event, node in walk:
        tag = node.tag
        if not isinstance(tag, str) or tag in _UNSEEN:
            if event == "start":
                walk.skip_subtree()
            elif node.tail:
                reader.add(node.tail)
        elif event == "start":
            reader.open(node, tag)
        elif node is not root:
            reader.close(node, tag)
    reader.end_row()
    return reader.rows


class _Reader:
    """The rows read so far and the one being read."""

    def __init__(self, root: HtmlElement) -> None:
        self.rows: list[Row] = []
        self._blocks = [root]
        self._in_link: HtmlElement | None = None
        self._in_hidden: HtmlElement | None = None
        self._whole: list[str] = []
        self._seen: list[str] = []
        self._hides = False
        self._plain: list[str] = []
        self._links: list[HtmlElement] = []

    def open(self, node: HtmlElement, tag: str) -> None:
        if tag not in _INLINE:
            self.end_row()
            if tag != "br":
                self._blocks.append(node)
        elif tag == "a" and self._in_link is None:
            self._in_link = node
            if self._in_hidden is None:
                self._links.append(node)
        if self._in_hidden is None and _is_hidden(node):
            self._in_hidden = node
        if node.text:
            self.add(node.text)

    def close(self, node: HtmlElement, tag: str) -> None:
        if tag not in _INLINE:
            self.end_row()
            if tag != "br":
                self._blocks.pop()
        elif node is self._in_link:
            self._in_link = None
        if node is self._in_hidden:
            self._in_hidden = None
        if node.tail:
            self.add(node.tail)

    def add(self, text: str) -> None:
        self._whole.append(text)
        if self._in_hidden is not None:
            self._hides = True
            return
        self._seen.append(text)
        if self._in_link is None:
            self._plain.append(text)

    def end_row(self) -> None:
        if not self._whole:
            return
        whole = one_line("".join(self._whole))
        key = key_of(whole)
        if key:
            self.rows.append(
                Row(
                    key=key,
                    text=one_line("".join(self._seen)) if self._hides else whole,
                    block=self._blocks[-1],
                    plain=key_of("".join(self._plain)) if self._links else key,
                    links=tuple(self._links),
                )
            )
        self._whole, self._seen, self._plain, self._hides = [], [], [], False
        self._links = [self._in_link] if self._in_link is not None else []


def _is_hidden(node: HtmlElement) -> bool:
    names = node.get("class")
    if names and _hides(names):
        return True
    style = node.get("style")
    return bool(style and _NO_DISPLAY.search(style)) or node.get("hidden") is not None


@lru_cache(maxsize=4096)  # the same names stand on most nodes of a page, and of a site
def _hides(names: str) -> bool:
    return bool(_HIDDEN.search(names))
