"""Which nodes of a tree are comments, and which comment every node in the thread belongs to.

Knows platforms and trees; must not know what is read from a comment.
"""

from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from archiver.extract.comments.platform import Platform
from archiver.extract.text import has_text
from archiver.extract.tree import Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    """One comment's nodes: the node itself and the siblings that go on with it."""

    nodes: tuple[HtmlElement, ...]
    number: str | None
    inside: int | None
    """Index of the innermost comment around it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owned:
    """The comments of a page in document order, and for each node in them the innermost comment it lies in."""

    roots: tuple[Root, ...]
    owner: dict[HtmlElement, int]

    def matches(self, tree: Tree, selector: str) -> dict[int, list[HtmlElement]]:
        """The selector's matches by the comment they lie in."""
        found: dict[int, list[HtmlElement]] = {}
        for node in tree.select(selector):
            index = self.owner.get(node)
            if index is not None:
                found.setdefault(index, []).append(node)
        return found

    def first_matches(self, tree: Tree, selectors: tuple[str, ...]) -> dict[int, list[HtmlElement]]:
        """For each comment the matches, those without any text left out, of the first selector that has some."""
        found: dict[int, list[HtmlElement]] = {}
        for selector in selectors:
            for index, nodes in self.matches(tree, selector).items():
                if index not in found and (filled := [node for node in nodes if has_text(node)]):
                    found[index] = filled
        return found


def find(tree: Tree, platform: Platform) -> Owned:
    roots: list[Root] = []
    index_of: dict[HtmlElement, int] = {}
    seen: set[str] = set()
    skipped = set(tree.select(platform.skip))
    without_id = set(tree.select(platform.without_id))
    for node in tree.select(", ".join(filter(None, (platform.comment, platform.without_id)))):
        number = _number(node, platform)
        if number is None and node not in without_id:
            continue
        inside = _nearest(node, index_of)
        if (number is not None and number in seen) or _under(node, skipped):
            continue
        if number is not None and inside is not None and roots[inside].number is None:
            # the id of a comment can stand on an inner node
            roots[inside] = replace(roots[inside], number=number)
            seen.add(number)
            continue
        seen.update(() if number is None else (number,))
        nodes = (node, *_continuations(node, platform.continued))
        index_of.update(dict.fromkeys(nodes, len(roots)))
        roots.append(Root(nodes=nodes, number=number, inside=inside))
    return Owned(roots=tuple(roots), owner=_owners(roots, index_of))


def _number(node: HtmlElement, platform: Platform) -> str | None:
    match = platform.native_id.match(node.get("id", ""))
    return match.group(1) if match else None


def _nearest(node: HtmlElement, index_of: dict[HtmlElement, int]) -> int | None:
    return next((index_of[each] for each in node.iterancestors() if each in index_of), None)


def _under(node: HtmlElement, skipped: set[HtmlElement]) -> bool:
    return bool(skipped) and (node in skipped or any(each in skipped for each in node.iterancestors()))


def _continuations(node: HtmlElement, tag: str | None) -> list[HtmlElement]:
    found: list[HtmlElement] = []
    for sibling in node.itersiblings() if tag else ():
        if sibling.tag != tag:
            break
        found.append(sibling)
    return found


def _owners(roots: list[Root], index_of: dict[HtmlElement, int]) -> dict[HtmlElement, int]:
    owner: dict[HtmlElement, int] = {}
    for root in roots:
        for top in root.nodes:
            if top in owner:
                continue  # walked with the comment around it
            for node in top.iter():
                parent = node.getparent()
                own = index_of.get(node)
                owner[node] = own if own is not None else owner[parent]  # type: ignore[index] # top has its own
    return owner
