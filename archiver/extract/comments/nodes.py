"""Which nodes of a tree are comments, and which comment every node in the thread belongs to.

Knows platforms and trees; must not know what is read from a comment.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from lxml.html import HtmlElement

from archiver.extract.comments.platform import NativeId, Platform
from archiver.extract.text import has_text
from archiver.extract.tree import Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    """One comment's nodes: the node itself and the siblings that go on with it."""

    nodes: tuple[HtmlElement, ...]
    number: str | None = None
    """What tells its id, without the words around (``123``)."""
    native_id: str | None = None
    inside: int | None = None
    """Index of the innermost comment around it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owned:
    """The comments of a page in document order, and for each node in them the innermost comment it lies in.

    ``repeats`` show a comment again that stands before them.
    """

    roots: tuple[Root, ...]
    owner: dict[HtmlElement, int]
    repeats: tuple[HtmlElement, ...] = ()

    def matches(self, tree: Tree, selector: str | None) -> dict[int, list[HtmlElement]]:
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

    def own_nodes(self) -> list[list[HtmlElement]]:
        """For each comment the nodes that are its own, in document order."""
        own: list[list[HtmlElement]] = [[] for _ in self.roots]
        for node, index in self.owner.items():
            own[index].append(node)
        return own


def find(tree: Tree, platform: Platform) -> Owned:
    """By the platform's selectors."""
    roots: list[Root] = []
    repeats: list[HtmlElement] = []
    index_of: dict[HtmlElement, int] = {}
    seen: set[str] = set()
    skipped = set(tree.select(platform.skip))
    without_id = set(tree.select(platform.without_id))
    continued = set(tree.select(platform.continued))
    around = set(tree.select(platform.around))
    opening = platform.opening(tree)
    own_ids = tuple(one for one in platform.native_id if one.inside is None)
    for match in tree.select(", ".join(filter(None, (platform.comment, platform.without_id)))):
        number, native_id = _id_of(match, own_ids)
        if match is opening or (number is None and platform.id_required and match not in without_id):
            continue
        node = nearest(match, around)
        inside = _nearest(node, index_of)
        if _under(node, skipped):
            continue
        if number is not None and number in seen:
            repeats += [node] if inside is None else []
            continue
        if number is not None and inside is not None and platform.id_required and roots[inside].number is None:
            # the id of a comment can stand on an inner node
            roots[inside] = replace(roots[inside], number=number, native_id=native_id)
            seen.add(number)
            continue
        seen.update(() if number is None else (number,))
        nodes = (node, *_continuations(node, continued))
        index_of.update(dict.fromkeys(nodes, len(roots)))
        roots.append(Root(nodes=nodes, number=number, native_id=native_id, inside=inside))
    owned = replace(owned_by(roots), repeats=tuple(repeats))
    return _with_inner_ids(tree, platform, owned)


def nearest(match: HtmlElement, around: set[HtmlElement]) -> HtmlElement:
    """The nearest of these around it; itself where there are none."""
    return next((each for each in match.iterancestors() if each in around), match) if around else match


def owned_by(roots: Sequence[Root]) -> Owned:
    index_of = {node: index for index, root in enumerate(roots) for node in root.nodes}
    owner: dict[HtmlElement, int] = {}
    for index, root in enumerate(roots):
        for top in root.nodes:
            if top in owner:
                continue  # walked with the comment around it
            owner[top] = index
            for node in top.iterdescendants():
                own = index_of.get(node)
                owner[node] = own if own is not None else owner[node.getparent()]  # type: ignore[index] # top has its own
    return Owned(roots=tuple(roots), owner=owner)


def _with_inner_ids(tree: Tree, platform: Platform, owned: Owned) -> Owned:
    """Ids that stand on a node inside, for the comments that have none yet."""
    roots = list(owned.roots)
    for rule in platform.native_id:
        if rule.inside is None:
            continue
        for index, nodes in owned.matches(tree, rule.inside).items():
            if roots[index].number is None:
                number, native_id = next(filter(None, (_id_by(node, rule) for node in nodes)), (None, None))
                roots[index] = replace(roots[index], number=number, native_id=native_id)
    return replace(owned, roots=tuple(roots))


def _id_of(node: HtmlElement, rules: tuple[NativeId, ...]) -> tuple[str, str] | tuple[None, None]:
    return next(filter(None, (_id_by(node, rule) for rule in rules)), (None, None))


def _id_by(node: HtmlElement, rule: NativeId) -> tuple[str, str] | None:
    bearer = node.getprevious() if rule.before else node
    match = rule.pattern.match(bearer.get(rule.attribute, "")) if bearer is not None else None
    return (match.group(1), rule.form.format(match.group(1))) if match else None


def _nearest(node: HtmlElement, index_of: dict[HtmlElement, int]) -> int | None:
    return next((index_of[each] for each in node.iterancestors() if each in index_of), None)


def _under(node: HtmlElement, skipped: set[HtmlElement]) -> bool:
    return bool(skipped) and (node in skipped or any(each in skipped for each in node.iterancestors()))


def _continuations(node: HtmlElement, wanted: set[HtmlElement]) -> list[HtmlElement]:
    return list(takewhile(wanted.__contains__, node.itersiblings())) if wanted else []
