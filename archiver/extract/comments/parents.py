"""Who answers whom: by ids and links the markup gives, by depth it states, by containers of replies, by nesting.

Knows comments' nodes and platforms; must not know texts or dates.
"""

import re
from collections.abc import Container, Mapping, Sequence
from itertools import pairwise

from lxml.html import HtmlElement

from archiver.extract.comments.nodes import Owned, Root
from archiver.extract.comments.platform import Platform
from archiver.extract.text import inline_text
from archiver.extract.tree import Tree

_LAST_DIGITS = re.compile(r"(\d+)\D*$")
_NAMING = ("href", "data-source", "value", "resource")
_FARTHEST = 500
_DEEPEST_BELIEVED = 8
"""A chain of so many comments, each the only one inside the one before, comes of tags that were not closed."""


def parents_of(tree: Tree, owned: Owned, platform: Platform, names: Sequence[str | None]) -> list[int | None]:
    """For each comment the index of the one it answers; ``names`` are their authors."""
    roots = owned.roots
    by_name = _by_name(roots)
    answered = _answered(tree, owned, platform, by_name)
    addressed = _addressed(tree, owned, platform)
    below = _below(tree, owned, platform.replies)
    nested = [None] * len(roots) if platform.flat or _is_unclosed(roots) else [root.inside for root in roots]
    latest: dict[int, int] = {}
    parents: list[int | None] = []
    for index, root in enumerate(roots):
        stated = by_name.get(platform.answers(root.nodes[0]) or answered.get(index, ""))
        if stated is None and index in addressed:
            stated = next((one for one in range(index - 1, -1, -1) if names[one] == addressed[index]), None)
        depth = platform.stated_depth(root.nodes[0])
        if depth is not None:
            latest[depth] = index
        if stated is not None and stated != index:
            parents.append(stated)
        elif depth is not None:
            parents.append(latest.get(depth - 1, nested[index]) if depth > 1 else None)
        else:
            parents.append(nested[index] if nested[index] is not None else below.get(index))
    return without_circles(parents)


def _by_name(roots: Sequence[Root]) -> dict[str, int]:
    """The first comment of each number and of each id."""
    found: dict[str, int] = {}
    for index, root in enumerate(roots):
        for name in filter(None, (root.number, root.native_id)):
            found.setdefault(name, index)
    return found


def _answered(tree: Tree, owned: Owned, platform: Platform, known: Container[str]) -> dict[int, str]:
    """By a link to the comment that is answered (RDFa names it as a resource): its id, or the number at its end."""
    found: dict[int, str] = {}
    for index, links in owned.matches(tree, platform.answered).items():
        own = (owned.roots[index].number, owned.roots[index].native_id)
        for link in links:
            address = next(filter(None, map(link.get, _NAMING)), "")
            digits = _LAST_DIGITS.search(address)
            named = (address.rpartition("#")[2], digits.group(1) if digits else "")
            name = next((one for one in named if one in known), None)
            if name and name not in own:
                found.setdefault(index, name)
    return found


def _addressed(tree: Tree, owned: Owned, platform: Platform) -> dict[int, str]:
    found = owned.matches(tree, platform.answered_name)
    return {index: name for index, nodes in found.items() if (name := inline_text(nodes[0]).lstrip("@ ").rstrip(" :,"))}


def _below(tree: Tree, owned: Owned, selector: str | None) -> dict[int, int]:
    """Replies in a container that is a sibling after the comment they answer."""
    containers = set(tree.select(selector))
    return reply_containers(owned, containers) if containers else {}


def reply_containers(owned: Owned, containers: set[HtmlElement]) -> dict[int, int]:
    """For each comment in such a container the one before it that stands beside the container, or holds it."""
    tops = {root.nodes[0]: index for index, root in enumerate(owned.roots)}
    answered: dict[HtmlElement, int | None] = {}
    found: dict[int, int] = {}
    for node, index in tops.items():
        container = next((each for each in node.iterancestors() if each in containers or each in tops), None)
        if container is None or container in tops:
            continue
        if container not in answered:  # its first comment: the one it answers was the last before it
            answered[container] = _beside(owned, container, index)
        before = answered[container]
        if before is not None:
            found[index] = before
    return found


def _beside(owned: Owned, container: HtmlElement, index: int) -> int | None:
    if index == 0:
        return None
    holder = container.getparent()
    above = set(container.iterancestors())
    for candidate in range(index - 1, max(-1, index - 1 - _FARTHEST), -1):
        node = owned.roots[candidate].nodes[0]
        if node in above or node.getparent() is holder:
            return candidate
    return index - 1


def _is_unclosed(roots: Sequence[Root]) -> bool:
    """Whether every comment lies in the one before it, down to a depth that nobody's threads have."""
    chain = longest = 0
    for (index, _), (_, after) in pairwise(enumerate(roots)):
        chain = chain + 1 if after.inside == index else 0
        longest = max(longest, chain)
    return longest >= _DEEPEST_BELIEVED and longest >= len(roots) - 2


def without_circles(parents: Sequence[int | None]) -> list[int | None]:
    """A comment that would answer itself over others answers nobody."""
    found = list(parents)
    settled: set[int] = set()
    for start in range(len(found)):
        path: dict[int, None] = {}
        here: int | None = start
        while here is not None and here not in settled and here not in path:
            path[here] = None
            here = found[here]
        if here is not None and here in path:
            found[here] = None
        settled.update(path)
    return found


def depths(parents: Mapping[int, int | None]) -> dict[int, int]:
    """Steps to the top for each comment; parents may come after their answers."""
    found: dict[int, int] = {}
    for start in parents:
        path: list[int] = []
        here: int | None = start
        while here is not None and here not in found:
            path.append(here)
            here = parents[here]
        depth = -1 if here is None else found[here]
        for one in reversed(path):
            depth += 1
            found[one] = depth
    return found
