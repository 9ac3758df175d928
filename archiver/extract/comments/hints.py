"""Who answers whom where no platform says it: what attributes, hidden fields, links, depths and names hint at.

Knows comments' nodes; must not know any platform.
"""

import re
from collections.abc import Iterable, Sequence

from lxml.html import HtmlElement

from archiver.extract.comments.guess import roles
from archiver.extract.comments.nodes import Owned
from archiver.extract.comments.parents import reply_containers
from archiver.extract.comments.vocabulary import Role, words_of
from archiver.extract.text import inline_text

_PARENT_NAME = re.compile(r"parent|reply-?to|in-?reply|answer-?to", re.IGNORECASE)
_PARENT_CLASS = re.compile(r"(?:parent|replyto|reply-to|child-of)[-_]?(?:comment)?[-_]?(\d{2,})", re.IGNORECASE)
_DEPTH_CLASS = re.compile(
    r"(?:^|[\s_-])(?:depth|level|lvl|indent|tiefe|ebene|deep|nesting|nested|ind)[-_]?(\d{1,2})(?=$|\s)", re.IGNORECASE
)
_MARGIN = re.compile(
    r"(?:(?:margin|padding)-left|--[\w-]{0,20}(?:depth|level|indent|count))\s*:\s*(\d{1,4}(?:\.\d+)?)(?:px|%|em|rem)?",
    re.IGNORECASE,
)
_REPLY_WORDS = frozenset(
    ("indented", "child", "reply", "answer", "sub", "nested", "antwort", "response", "subcomment", "indent")
)
_ANSWERS = re.compile(
    r"^\s*[@#»>]|in (?:reply|response) to|replying to|replied to|reply to|(?:als )?antwort auf"
    r"|en réponse à|répond à|en respuesta a"
    r"|em resposta a|in risposta a|odpowiedź na|ответ на|als antwoord op|svar till|回覆|返信",
    re.IGNORECASE,
)
_HIGHEST_WRAPPER = 3
_LAST_DIGITS = re.compile(r"(\d+)\D*$")


def hinted_parents(owned: Owned) -> list[int | None]:
    """For each comment the one it answers, by the best kind of hint that the thread has."""
    referred = _referred(owned)
    is_nested = any(root.inside is not None for root in owned.roots)
    wrapped = {} if is_nested else _wrapped(owned)
    contained = wrapped or reply_containers(owned, _containers(owned)) or _boxed(owned)
    depth = _depths(owned, is_nested=is_nested)
    latest: dict[int, int] = {}
    found: list[int | None] = []
    for index in range(len(owned.roots)):
        level = depth[index]
        latest[level] = index
        below = latest.get(level - 1) if level else None
        found.append(next((one for one in (referred.get(index), contained.get(index), below) if one is not None), None))
    return found


def _containers(owned: Owned) -> set[HtmlElement]:
    """Nodes named after replies, around comments and outside of what any comment holds itself."""
    found: set[HtmlElement] = set()
    for root in owned.roots:
        for node in root.nodes[0].iterancestors():
            if node in owned.owner:
                break
            if roles(node) & Role.REPLIES and not roles(node) & Role.SECTION:
                found.add(node)
    return found if len(found) < len(owned.roots) else set()  # one around each comment is around no answers


def _wrapped(owned: Owned) -> dict[int, int]:
    """By the nodes around each comment and its answers, one inside the other, as far up as each has its own."""
    around = [root.nodes[0] for root in owned.roots]
    for _ in range(_HIGHEST_WRAPPER):
        parents = [node.getparent() for node in around]
        around = [node for node in parents if node is not None]
        if len(set(around)) < len(owned.roots) or len({str(node.tag) for node in around}) > 1:
            return {}
        index_of = {node: index for index, node in enumerate(around)}
        nearest = (next((index_of[each] for each in node.iterancestors() if each in index_of), None) for node in around)
        found = {index: above for index, above in enumerate(nearest) if above is not None and above < index}
        if found:
            return found
    return {}


def _boxed(owned: Owned) -> dict[int, int]:
    """By a box without a name that stands right after the comment whose answers it holds."""
    tops = {root.nodes[0]: index for index, root in enumerate(owned.roots)}
    holders = {node.getparent() for node in tops}
    found: dict[int, int] = {}
    for node, index in tops.items():
        for box in node.iterancestors():
            if box in tops or box in owned.owner:
                break
            if box.getparent() in holders:
                before = next((tops[each] for each in box.itersiblings(preceding=True) if each in tops), None)
                if before is not None and before < index:
                    found[index] = before
                break
    return found


def _referred(owned: Owned) -> dict[int, int]:
    """By the number of the other comment in an attribute, a hidden field or a link."""
    by_number: dict[str, int] = {}
    for index, root in enumerate(owned.roots):
        if root.number and len(root.number) > 1:
            by_number.setdefault(root.number, index)
    found: dict[int, int] = {}
    if by_number:
        for index, own in enumerate(owned.own_nodes()):
            others = (by_number.get(number) for number in _references(own))
            other = next((one for one in others if one is not None and one != index), None)
            if other is not None:
                found[index] = other
    return found


def _references(own: Sequence[HtmlElement]) -> Iterable[str]:
    for node in own[:60]:
        for name, value in node.items():
            if _PARENT_NAME.search(name) or (name == "value" and node.get("type") == "hidden"):
                digits = _LAST_DIGITS.search(value[-80:])
                if digits:
                    yield digits.group(1)
            elif name == "class" and (stated := _PARENT_CLASS.search(value)):
                yield stated.group(1)
        href = node.get("href", "")
        if "#" in href and node.tag == "a":
            digits = _LAST_DIGITS.search(href[-80:])
            if digits and _is_reference(node):
                yield digits.group(1)


def _is_reference(link: HtmlElement) -> bool:
    if _ANSWERS.search(inline_text(link)[:80]):
        return True
    before = link.getprevious()
    text = (before.tail if before is not None else getattr(link.getparent(), "text", None)) or ""
    if text.rstrip().endswith(("@", "»")):
        return True
    around = link.getparent()
    return around is not None and len(around) <= 4 and bool(_ANSWERS.search(inline_text(around)[:120]))  # noqa: PLR2004


def _depths(owned: Owned, *, is_nested: bool) -> list[int]:
    """By what the comment's own node says: a number in its class, its margin, or that it is a reply."""
    tops = [root.nodes[0] for root in owned.roots]
    stated = [_DEPTH_CLASS.search(node.get("class", "")) for node in tops]
    if all(stated):
        return _ranks([float(match.group(1)) for match in stated if match])
    if any(stated) and not is_nested:  # only answers state it
        return _ranks([float(match.group(1)) if match else -1.0 for match in stated])
    margins = [_MARGIN.search(node.get("style", "")) for node in tops]
    if all(margins):
        return _ranks([float(match.group(1)) for match in margins if match])
    replies = [bool(_REPLY_WORDS & set(words_of(node.get("class", "")[:200]))) for node in tops]
    return [int(one) for one in replies] if not all(replies) and not is_nested else [0] * len(tops)


def _ranks(values: Sequence[float]) -> list[int]:
    order = {value: rank for rank, value in enumerate(sorted(set(values)))}
    return [order[value] for value in values]
