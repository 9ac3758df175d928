"""Where the name of who wrote a comment stands when no name in the markup says so: short words beside the date.

Knows the order of nodes; must not know how names are told from other words.
"""

import re
from collections.abc import Iterable, Sequence

from lxml.html import HtmlElement

from archiver.extract.comments.vocabulary import Role, roles_of
from archiver.extract.text import has_text, inline_text

_MOST_WORDS, _LONGEST = 5, 50
_TEXTS = frozenset({"p", "blockquote", "pre", "li", "q"})
_HIGHEST = 3
_COUNT = re.compile(r"\W*\d+\s")
_SENTENCE = re.compile(r"[.!?…。]$")
_ENDS_LIKE_A_NAME = re.compile(r"\b\w{1,2}\.$")


def beside(own: Sequence[HtmlElement], date: HtmlElement | None) -> Iterable[HtmlElement]:
    """Leaves with few words, the nearest to the date first; ``own``: the nodes of one comment in document order.

    Without a date only the very first words of the comment.
    """
    place = {node: index for index, node in enumerate(own)}
    if date is None or date not in place:
        yield from [node for node in own[1:] if _is_leaf(node)][:1]
        return
    seen: set[HtmlElement] = set()
    at = place[date]
    for holder in (date, *date.iterancestors())[: _HIGHEST + 1]:
        inside = [node for node in holder.iterdescendants() if node in place and _is_leaf(node)]
        before = [node for node in reversed(inside) if place[node] < at]
        after = [node for node in inside if place[node] > at and not _is_text(node)]
        yield from (node for node in (*before, *after) if node not in seen)
        seen.update(inside)
        if holder is own[0] or holder.getparent() is own[0]:
            break
    yield from _at_the_head(own[1:at], seen)


def _at_the_head(before: Sequence[HtmlElement], seen: set[HtmlElement]) -> Iterable[HtmlElement]:
    """Leaves before everything that may be the text."""
    for node in before:
        if _is_text(node):
            return
        if node not in seen and _is_leaf(node):
            yield node


def _is_text(node: HtmlElement) -> bool:
    return node.tag in _TEXTS or bool(roles_of(node.get("class", "")) & Role.TEXT)


def _is_leaf(node: HtmlElement) -> bool:
    """Few words that are no sentence, in a node that is neither text nor something to click."""
    if any(has_text(each) for each in node) or _is_text(node):
        return False
    if roles_of(node.get("class", "")) & (Role.NOISE | Role.DATE):
        return False
    text = inline_text(node)
    if not 1 < len(text) <= _LONGEST or len(text.split()) > _MOST_WORDS or not any(map(str.isalpha, text)):
        return False
    if _COUNT.match(text):
        return False
    return not _SENTENCE.search(text) or bool(_ENDS_LIKE_A_NAME.search(text))
