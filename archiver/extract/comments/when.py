"""When a comment was written: by attributes made for machines, what is shown, tooltips and bare text.

Knows roles of names (``vocabulary``) and what dates look like (``phrases``); must not know any platform.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from lxml.html import HtmlElement

from archiver.extract.comments.guess import LONGEST_LINE, LONGEST_NAME, Found, has_property, roles
from archiver.extract.comments.phrases import (
    FULL_DATE,
    is_dateish,
)
from archiver.extract.comments.vocabulary import Role
from archiver.extract.dates import stated_time, visible_date
from archiver.extract.text import inline_text, one_line

_TITLED = (
    "title", "data-title", "data-original-title", "data-tooltip", "data-date", "data-datetime",
    "data-livestamp", "data-tippy-content", "data-value", "data-content", "aria-label",
)  # fmt: skip
EPOCHS = (
    "data-timestamp", "data-time", "data-utime", "data-epoch", "data-ts", "data-publishtime", "data-created",
    "data-comment-timestamp", "data-unixtime", "data-date",
)  # fmt: skip
_DATE_PROPERTY = re.compile(
    r"(?:^|[\s:/])(?:date(?:Published|Created|Posted)?|created|published|commentTime)$", re.IGNORECASE
)
_ISO_HEAD = re.compile(r"\s*\d{4}-\d\d-\d\d[T ]\d\d:\d\d[\d:.]*(?:Z|[+-]\d\d:?\d\d)?(?=[\s,]|$)")
_HOLDERS = frozenset({"div", "section", "article", "table", "tbody", "tr", "td", "li", "ul", "ol"})
_HINTED = frozenset({"a", "span", "small", "em", "i"})
_BLOCKS = frozenset({"div", "p", "section", "article", "blockquote", "ul", "ol", "table", "dd", "td", "li", "pre"})
_MOST_PIECES = 8


def date_of(own: Sequence[HtmlElement], language: str | None, skip: Callable[[HtmlElement], bool]) -> Found:
    """A time made for machines, then a visible one with a clock, then titles and epochs, then a visible day."""
    first = Found()
    seen: list[Found] = []
    for node in own:
        if _is_date_node(node) and not any(_is_date_node(each) for each in islice(node.iterdescendants(), 12)):
            found = date_in(node, language, skip)
            if found.value and (node.get("datetime") or found.shown is None):
                return found
            if found.value:
                seen.append(found)
            elif first.node is None and found.shown and is_dateish(found.shown):
                first = found
    seen.sort(key=lambda one: "T" not in (one.value or ""))
    best = seen[0] if seen else _date_in_head(own, language, skip)
    return first if best is None else _with_clock(best, own[0], language)


def _with_clock(date: Found, top: HtmlElement, language: str | None) -> Found:
    """A day whose time of day stands beside it: as the node around both reads."""
    node = date.node
    for _ in range(2):
        node = node.getparent() if node is not None else None
        if node is None or node is top or date.value is None or "T" in date.value:
            break
        shown = one_line(" ".join(node.itertext()))
        full = visible_date(shown, language)
        if full and full.startswith(f"{date.value}T"):
            return Found(value=full, shown=shown, node=node)
    return date


def _is_date_node(node: HtmlElement) -> bool:
    return (
        node.tag in {"time", "abbr"}
        or node.get("datetime") is not None
        or has_property(node, _DATE_PROPERTY)
        or bool(roles(node) & Role.DATE)
        or any(name in node.attrib for name in EPOCHS)
        or (node.tag in _HINTED and is_hinted(node))
    )


def is_hinted(node: HtmlElement) -> bool:
    """Whether a date stands in what is shown when a pointer rests on it."""
    return any(FULL_DATE.search(value[:LONGEST_NAME]) for name in _TITLED if (value := node.get(name)))


def bare_texts(node: HtmlElement) -> Iterable[str]:
    """Short pieces of text that stand in a node itself and in none of its children."""
    for text in (node.text, *(each.tail for each in node[:_MOST_PIECES])):
        if text and 0 < len(text) <= LONGEST_LINE and not text.isspace():
            yield one_line(text).strip("()[]|,:;·•- ")


def date_in(node: HtmlElement, language: str | None, skip: Callable[[HtmlElement], bool] = lambda _: False) -> Found:
    """What one node says of a time."""
    shown = inline_text(node, skip)[:200] or None
    published = stated_time(node.get("datetime")) or stated_time(node.get("content"))
    if published is None:
        machine = next(filter(None, (_machine_time(node.get(name)) for name in _TITLED)), None)
        visible = visible_date(shown or "", language)
        titled = next(filter(None, (visible_date(node.get(name, ""), language) for name in _TITLED)), None)
        epoch = next(filter(None, (stated_time(node.get(name)) for name in EPOCHS)), None)
        published = _fullest(machine, visible, epoch, titled)
    return Found(value=published, shown=shown, node=node)


def _machine_time(title: str | None) -> str | None:
    """A title's ISO 8601, whatever follows it (``2014-02-07 10:53:03Z, License: …``)."""
    head = _ISO_HEAD.match(title) if title else None
    return stated_time(head.group() if head else title)


def _fullest(*times: str | None) -> str | None:
    """The first with a clock; else the first."""
    given = [time for time in times if time]
    return next((time for time in given if "T" in time), given[0] if given else None)


def _date_in_head(
    own: Sequence[HtmlElement], language: str | None, skip: Callable[[HtmlElement], bool]
) -> Found | None:
    """Short lines that hold a date: links to the comment itself, heads of it."""
    for node in own[1:]:
        if node.tag in _BLOCKS and not roles(node) & Role.META and len(node) > 2:  # noqa: PLR2004 - a holder of others
            continue
        shown = inline_text(node, skip)
        if is_dateish(shown):
            published = visible_date(shown, language)
            if published:
                return _innermost(Found(value=published, shown=shown, node=node), language, skip)
    for node in own:
        for text in bare_texts(node) if node.tag in _BLOCKS else ():
            published = visible_date(text, language) if is_dateish(text) and FULL_DATE.search(text) else None
            if published:
                return Found(value=published, shown=text)
    return None


def _innermost(date: Found, language: str | None, skip: Callable[[HtmlElement], bool]) -> Found:
    """Down from a block to the least part with the same date: what a short comment says may stand in the block, too."""
    node = date.node
    while node is not None and node.tag in _HOLDERS:
        inner = ((each, inline_text(each, skip)) for each in node if isinstance(each.tag, str))
        node, shown = next(((each, text) for each, text in inner if is_dateish(text)), (None, ""))
        if node is not None and visible_date(shown, language) == date.value:
            date = Found(value=date.value, shown=shown, node=node)
    return date
