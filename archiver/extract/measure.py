"""How much of a page is read: what is beyond it is a log, a table or an attack, and would hold a worker for minutes.

Knows which work grows faster than the page in the libraries under us; must not know what a page is about.
"""

import re

from lxml.etree import XPath
from lxml.html import HtmlElement

_MOST_CHARS = 25_000_000
_MOST_ELEMENTS = 200_000
"""Room for five thousand comments of forty elements."""
_LONG_PIECE, _MOST_ATTRIBUTES = re.compile(r"<[A-Za-z][^<]{50000,}"), 10_000
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_END_OF_DOCUMENT = re.compile(r"</(?:body|html)\b", re.IGNORECASE)
_CONTAINER = re.compile(r"<(/?)(?:article|div|main|ol|section|table|ul)\b", re.IGNORECASE)
_FEW_ELEMENTS = 10_000
_COUNT = XPath("count(//*)")


def beyond_reading(source: str) -> str | None:
    """Why markup is not parsed; None where it is."""
    if len(source) > _MOST_CHARS:
        return "more text than is read"
    return "more attributes than are read" if _has_endless_tag(source) else None


def is_beyond_walking(root: HtmlElement) -> bool:
    return _elements(root) > _MOST_ELEMENTS


def is_beyond_second_look(root: HtmlElement) -> bool:
    """Whether trafilatura must not ask justext too, whose time grows with the square of short paragraphs."""
    return _elements(root) > _FEW_ELEMENTS


def _elements(root: HtmlElement) -> int:
    return int(float(str(_COUNT(root))))


def _has_endless_tag(source: str) -> bool:
    """libxml2 compares every attribute of a tag with those before it."""
    tags = (_QUOTED.sub("", match.group()).partition(">")[0] for match in _LONG_PIECE.finditer(source))
    return any(len(tag.split()) > _MOST_ATTRIBUTES for tag in tags)


def is_cut_off(source: str) -> bool:
    """Whether the markup ends in the middle: without the document's end, and inside of a text, a tag or a container.

    The end tags of ``html`` and ``body`` may be left out, and some programs do; those of containers may not.
    """
    if _END_OF_DOCUMENT.search(source):
        return False
    return not source.rstrip().endswith(">") or sum(-1 if end else 1 for end in _CONTAINER.findall(source)) > 0
