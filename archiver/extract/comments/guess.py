"""Reads a comment without knowing its platform: id, marks and text by what names in markup usually mean.

Knows roles of names (``vocabulary``) and what sites print (``phrases``); must not know any platform.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from archiver.extract.comments.phrases import (
    EDITED,
    IN_REPLY,
    is_action,
    is_glue,
)
from archiver.extract.comments.vocabulary import Role, roles_of, words_of
from archiver.extract.text import has_text, inline_text

LONGEST_NAME, LONGEST_LINE = 80, 200
_TEXT_PROPERTY = re.compile(r"(?:^|[\s:/])(?:text|commentText|reviewBody|articleBody|encoded|content)$", re.IGNORECASE)
_CLICKABLE = frozenset({"a", "span", "li", "p", "div", "small"})


def roles(node: HtmlElement) -> int:
    """By class and id."""
    names, own_id = node.get("class"), node.get("id")
    found = roles_of(names) if names else Role.NONE
    return found | roles_of(own_id) if own_id else found


def has_property(node: HtmlElement, pattern: re.Pattern[str]) -> bool:
    value = node.get("itemprop") or node.get("property")
    return bool(value and pattern.search(value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A value, what the page shows for it, and the node it was read from."""

    value: str | None = None
    shown: str | None = None
    node: HtmlElement | None = None


# The id

_ANCHOR = re.compile(r"#([\w:.-]*\d[\w:.-]*)$")
_BARE_ID = re.compile(r"[a-z]{0,3}[-_]?\d{2,}$", re.IGNORECASE)
_WRAPPING = re.compile(r"^(?:(?:ajax|li|div|row|block|node|entry)[-_])+(?=\w)|(?<=[-_])wrapper[-_]", re.IGNORECASE)
_COUNT = re.compile(r"\s*[+-]?\d{1,4}\s*")
_LONGEST_ID = 80


def digits_of(text: str | None) -> str | None:
    found = re.findall(r"\d+", text or "")
    return found[-1] if found else None


def id_of(own: Sequence[HtmlElement]) -> str | None:
    """The fragment that leads to the comment: as its permalink has it, else as its nodes do.

    An id can stand on the node, on an empty anchor inside, or on one just before it.
    """
    stated = [one for one in _stated_ids(own) if one and len(one) <= _LONGEST_ID and any(map(str.isdigit, one))]
    linked = [match.group(1) for node in own if (match := _ANCHOR.search(node.get("href", "")))]
    for fragment in linked:
        if fragment in stated or digits_of(fragment) in map(digits_of, stated[:3]):
            return fragment
    if stated:
        return _WRAPPING.sub("", stated[0])
    return linked[0] if len(set(linked)) == 1 else None


def _stated_ids(own: Sequence[HtmlElement]) -> Iterable[str]:
    top = own[0]
    yield top.get("id", "")
    around = top.getparent()
    if around is not None and len(around) == 1:
        yield around.get("id", "")
    before = top.getprevious()
    if before is not None and before.tag == "a" and not (before.text or "").strip():
        yield before.get("id") or before.get("name") or ""
    for node in own[1:]:
        if node.tag == "a" and node.get("name"):
            yield node.get("name", "")
    for node in own[1:12]:
        if roles_of(node.get("id", "")) & (Role.COMMENT | Role.POST) or _BARE_ID.match(node.get("id", "")):
            yield node.get("id", "")


# What is marked on it

_VOTES = frozenset(
    [
        "like",
        "likes",
        "vote",
        "votes",
        "score",
        "karma",
        "upvote",
        "upvotes",
        "recommend",
        "recommendations",
        "points",
        "thumbs",
    ]
)
_PLAIN_COUNT = re.compile(r"[+-]?\d{1,6}")
_SMALL = frozenset({"small", "em", "i", "span", "div", "p", "time"})
_LONGEST_NOTE = 80


def likes_of(own: Iterable[HtmlElement]) -> int | None:
    """A bare number in a node named after votes."""
    for node in own:
        if roles(node) & Role.NOISE and _VOTES & set(words_of(node.get("class", "")[:200])):
            text = inline_text(node)
            if _PLAIN_COUNT.fullmatch(text):
                return int(text)
    return None


def is_edited(own: Iterable[HtmlElement]) -> bool:
    """Whether a note outside the text says so."""
    for node in own:
        if node.tag in _SMALL and not len(node):
            note = inline_text(node)
            if 0 < len(note) <= _LONGEST_NOTE and EDITED.search(note) and not roles(node) & Role.TEXT:
                return True
    return False


# The text


def text_holder(own: Sequence[HtmlElement], taken: Sequence[HtmlElement]) -> HtmlElement | None:
    """The node that holds what was written and neither name nor date; None if no node says so."""
    by_property = [node for node in own if has_property(node, _TEXT_PROPERTY) and has_text(node)]
    if by_property:
        return by_property[0]
    around = {each for node in taken for each in (node, *node.iterancestors())}
    mine = set(own)
    best, most = None, 0
    for node in own[1:]:
        found = roles(node)
        if found & Role.TEXT and node not in around and not found & (Role.META | Role.AUTHOR | Role.DATE):
            length = sum(len(each.text or "") + len(each.tail or "") for each in node.iterdescendants() if each in mine)
            length += len(node.text or "")
            if length > most and (best is None or best not in node.iterancestors()):
                best, most = node, length
    return best


def is_noise(node: HtmlElement) -> bool:
    """Whether a node inside a comment is something to click, or belongs to its head or foot."""
    found = roles(node)
    if found & (Role.NOISE | Role.META) and not found & Role.TEXT and node.tag not in {"p", "blockquote"}:
        return True
    if node.tag in _CLICKABLE and node.tag != "p" and len(node) <= 2 and _is_reply_line(node):  # noqa: PLR2004 - a name or two
        return True
    return node.tag in _CLICKABLE and len(node) <= 3 and _is_clickable(node)  # noqa: PLR2004 - a link, an icon, a count


def _is_reply_line(node: HtmlElement) -> bool:
    """Whether it says whom the comment answers, and no more."""
    text = node.text_content()
    return len(text) <= LONGEST_NAME and bool(IN_REPLY.match(text))


def _is_clickable(node: HtmlElement) -> bool:
    if node.tag not in {"a", "li"} and next(node.iterdescendants("a"), None) is None:
        return False
    text = inline_text(node)
    return bool(text) and is_action(text)


def without_head(text: str, names: Iterable[str | None]) -> str:
    """The text without first lines that hold nothing but words around name and date, and last lines to click on."""
    lines = text.split("\n")
    known = {name.casefold() for name in names if name}
    while lines and (not lines[0].strip() or is_glue(lines[0]) or lines[0].strip().casefold() in known):
        if lines[0].strip() and len(lines) == 1:
            break
        del lines[0]
    while len(lines) > 1 and (not lines[-1].strip() or is_action(lines[-1]) or _COUNT.fullmatch(lines[-1])):
        del lines[-1]
    return "\n".join(lines).strip()
