"""What every comment shows: nodes with a date, and nodes with a name.

Knows roles of names and what dates look like; must not know which nodes are comments.
"""

import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from archiver.extract.comments.author import name_in
from archiver.extract.comments.guess import roles
from archiver.extract.comments.phrases import FULL_DATE, RELATIVE, is_dateish
from archiver.extract.comments.vocabulary import Role
from archiver.extract.comments.when import EPOCHS, bare_texts, is_hinted
from archiver.extract.text import inline_text

INLINE = frozenset(
    {"a", "span", "i", "b", "em", "strong", "label", "input", "textarea", "button", "svg", "img", "link"}
)
_LEAVES = frozenset(
    "span a p div li small em i abbr b strong dt dd td cite font h4 h5 h6".split()  # noqa: SIM905 - a list would fill the screen
)
_LINES = frozenset({"div", "li", "p", "span", "td", "small", "footer", "header"})
_MOST_IN_LINE, _LONGEST_LINE, _LONGEST_BARE = 6, 160, 40
_LONGEST_DATED, _LONGEST_RELATIVE = 60, 30
_STATED_DATE = re.compile(r"\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{2,4}|\b(?:19|20)\d\d\b")
_BACK = re.compile(r"\s*(?:ping|track)back", re.IGNORECASE)
CLOSED = frozenset({"template", "noscript", "script", "head"})


def anchors_in(regions: Sequence[HtmlElement]) -> tuple[list[HtmlElement], list[HtmlElement]]:
    """Nodes with a date, and nodes with a name; none inside another."""
    dates: list[HtmlElement] = []
    names: list[HtmlElement] = []
    for region in regions:
        under_date: set[HtmlElement | None] = set()
        under_name: set[HtmlElement | None] = set()
        for node in region.iter("*"):
            parent = node.getparent()
            if node is not region and ((parent in under_date and parent in under_name) or _is_unread(node)):
                under_date.add(node)
                under_name.add(node)
                continue
            if parent in under_date:
                under_date.add(node)
            elif _is_date(node):
                under_date.add(node)
                dates.append(node)
            if parent in under_name:
                under_name.add(node)
            elif _is_name(node):
                under_name.add(node)
                names.append(node)
    return dates, names


def _is_unread(node: HtmlElement) -> bool:
    """Where readers write, and what is not shown: nothing that they wrote."""
    if node.tag in CLOSED or roles(node) & Role.ASIDE:
        return True
    if node.tag == "form":
        return next(node.iter("textarea"), None) is not None
    return node.tag in {"label", "fieldset"} or node.get("id") == "respond"


def _is_date(node: HtmlElement) -> bool:
    if node.tag == "time" or node.get("datetime") is not None:
        return True
    if node.tag in {"form", "script", "style", "option", "input", "textarea", "iframe"}:
        return False
    found = roles(node)
    if found & Role.DATE:
        told = is_dateish(inline_text(node)) or any(node.get(name) for name in EPOCHS)
        return told or is_hinted(node)
    return _is_dated_leaf(node) or _is_dated_line(node) or is_hinted(node)


def _is_dated_leaf(node: HtmlElement) -> bool:
    text = node.text_content() if node.tag in _LEAVES and len(node) <= 2 else ""  # noqa: PLR2004 - a leaf, or nearly
    if not 0 < len(text) <= _LONGEST_DATED:
        return False
    text = " ".join(text.split())
    is_dated = bool(_STATED_DATE.search(text)) and is_dateish(text)
    return is_dated or (len(text) <= _LONGEST_RELATIVE and bool(RELATIVE.search(text)))


def _is_dated_line(node: HtmlElement) -> bool:
    """A line of name, date and links; or a node with a date as bare text in it."""
    if node.tag not in _LINES or len(node) > _MOST_IN_LINE:
        return False
    if all(each.tag in INLINE for each in node) and (node.tag != "p" or node.get("class")):
        text = node.text_content()
        if len(text) <= _LONGEST_LINE and FULL_DATE.search(text) and not _BACK.match(text):
            return True
    return any(_is_bare_date(text) for text in bare_texts(node))


def _is_bare_date(text: str) -> bool:
    if len(text) > _LONGEST_DATED:
        return False
    return bool(FULL_DATE.search(text) or (len(text) <= _LONGEST_BARE and RELATIVE.search(text)))


def _is_name(node: HtmlElement) -> bool:
    return bool(roles(node) & Role.AUTHOR) and name_in(node) is not None
