"""A page's tree with its nodes looked up by tag, id, class and attribute: CSS selectors at the cost of their matches.

Knows the part of CSS our tables use: types, classes, ids, attributes, ``:not()``, ``A B``, ``A > B``, lists. (XPath
made of CSS took longer than all other work on a comment page: it tests every node for every class, and joins
lists in more than linear time.) Must not know what is looked for.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from operator import contains, eq

import cssselect
from cssselect import parser as css
from lxml.html import HtmlElement

Matcher = Callable[[HtmlElement], bool]

_OPERATORS: dict[str, Callable[[str, str], bool]] = {
    "=": eq,
    "~=": lambda actual, wanted: wanted in actual.split(),
    "^=": str.startswith,
    "$=": str.endswith,
    "*=": contains,
}


_KINDS = ("id", "class", "value", "tag", "attribute")
"""Kinds of index, the most telling first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Compound:
    """What is asked of one node; under ``key`` an index holds all nodes that can match, if they pass the ``rest``."""

    key: tuple[str, str]
    tests: tuple[Matcher, ...]
    rest: tuple[Matcher, ...]

    def matches(self, node: HtmlElement) -> bool:
        return all(test(node) for test in self.tests)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Path:
    """Compounds from right to left, and how each stands to the next: ``" "`` inside, ``">"`` a child of it."""

    compounds: tuple[_Compound, ...]
    combinators: tuple[str, ...]


@dataclass(slots=True)
class _Indexes:
    order: dict[HtmlElement, int] = field(default_factory=dict[HtmlElement, int])
    classes: dict[str, list[HtmlElement]] = field(default_factory=dict[str, list[HtmlElement]])
    ids: dict[str, list[HtmlElement]] = field(default_factory=dict[str, list[HtmlElement]])
    attributes: dict[str, list[HtmlElement]] = field(default_factory=dict[str, list[HtmlElement]])


class Tree:
    """The tree as it is now: after nodes were dropped, make a new one. An index is made when it is first asked for."""

    def __init__(self, root: HtmlElement) -> None:
        self.root = root
        self._tags: dict[str, list[HtmlElement]] = {}
        self._values: dict[str, list[HtmlElement]] = {}

    @cached_property
    def _indexes(self) -> _Indexes:
        """Made in one walk: to ask lxml for the nodes of one attribute takes a fifth of it, found or not."""
        made = _Indexes()
        for place, node in enumerate(self.root.iter("*")):
            made.order[node] = place
            for name, value in node.items():
                if name == "class":
                    made.classes.setdefault(value, []).append(node)
                elif name == "id":
                    made.ids.setdefault(value, []).append(node)
                else:
                    made.attributes.setdefault(name, []).append(node)
        return made

    @property
    def _order(self) -> dict[HtmlElement, int]:
        return self._indexes.order

    @property
    def by_class(self) -> Mapping[str, list[HtmlElement]]:
        """The nodes of each distinct ``class``, as it is written: pages have few of them, and many nodes."""
        return self._indexes.classes

    @property
    def by_id(self) -> Mapping[str, list[HtmlElement]]:
        return self._indexes.ids

    @cached_property
    def _by_class_name(self) -> dict[str, list[HtmlElement]]:
        found: dict[str, list[HtmlElement]] = {}
        mixed: set[str] = set()
        for value, nodes in self.by_class.items():
            for name in dict.fromkeys(value.split()):
                if name in found:
                    mixed.add(name)
                    found[name] = found[name] + nodes
                else:
                    found[name] = nodes
        for name in mixed:
            found[name].sort(key=self._order.__getitem__)
        return found

    def order(self, node: HtmlElement) -> int:
        """Where it stands in the document."""
        return self._order[node]

    def by_tag(self, tag: str) -> list[HtmlElement]:
        if tag not in self._tags:
            self._tags[tag] = list(self.root.iter(tag))
        return self._tags[tag]

    def by_attribute(self, name: str) -> list[HtmlElement]:
        if name in ("class", "id"):
            values = self.by_class if name == "class" else self.by_id
            return sorted((node for nodes in values.values() for node in nodes), key=self._order.__getitem__)
        return self._indexes.attributes.get(name, [])

    def _candidates(self, key: tuple[str, str]) -> list[HtmlElement]:
        kind, name = key
        match kind:
            case "id":
                return self.by_id.get(name, [])
            case "class":
                return self._by_class_name.get(name, [])
            case "tag":
                return self.by_tag(name)
            case "attribute":
                return self.by_attribute(name)
            case "value":
                return self._by_value(name)
            case _:
                return self.by_tag("*")

    def _by_value(self, asked: str) -> list[HtmlElement]:
        """By a part of ``class`` or ``id``: each distinct value is looked at once."""
        if asked not in self._values:
            attribute, operator, wanted = asked.split(" ", 2)
            values = self.by_class if attribute == "class" else self.by_id
            compare = _OPERATORS[operator]
            found = [nodes for value, nodes in values.items() if compare(value, wanted)]
            merged = [node for nodes in found for node in nodes]
            self._values[asked] = sorted(merged, key=self._order.__getitem__) if len(found) > 1 else merged
        return self._values[asked]

    def first(self, tag: str) -> HtmlElement:
        """The first node of this tag; the root where there is none."""
        return next(iter(self.by_tag(tag)), self.root)

    def select(self, selector: str | None) -> list[HtmlElement]:
        """Matches in document order; none for None."""
        if selector is None:
            return []
        found = [self._matches(path) for path in _parsed(selector)]
        filled = [nodes for nodes in found if nodes]
        if len(filled) <= 1:
            return filled[0] if filled else []
        return sorted({node for nodes in filled for node in nodes}, key=self._order.__getitem__)

    def _matches(self, path: _Path) -> list[HtmlElement]:
        """From the outermost compound inwards; where one is not to be found, nothing is."""
        nodes = self._of(path.compounds[-1])
        for compound, combinator in zip(path.compounds[-2::-1], path.combinators[::-1], strict=True):
            if not nodes:
                return []
            around = set(nodes)
            inner = self._of(compound)
            if combinator == " ":
                nodes = [node for node in inner if not around.isdisjoint(node.iterancestors())]
            else:
                nodes = [node for node in inner if node.getparent() in around]
        return nodes

    def _of(self, compound: _Compound) -> list[HtmlElement]:
        candidates = self._candidates(compound.key)
        for test in compound.rest:
            candidates = [node for node in candidates if test(node)]
        return candidates


# Reading selectors


@cache
def _parsed(selector: str) -> tuple[_Path, ...]:
    parsed = cssselect.parse(selector)
    if any(each.pseudo_element for each in parsed):
        raise ValueError(f"pseudo-element not supported: {selector}")
    return tuple(_path(each.parsed_tree) for each in parsed)


def _path(tree: css.Tree) -> _Path:
    compounds: list[_Compound] = []
    combinators: list[str] = []
    while isinstance(tree, css.CombinedSelector):
        compounds.append(_compound(tree.subselector))
        combinators.append(tree.combinator)
        tree = tree.selector
    compounds.append(_compound(tree))
    if set(combinators) - {" ", ">"}:
        raise ValueError(f"combinator not supported in {tree!r}")
    return _Path(compounds=tuple(compounds), combinators=tuple(combinators))


def _compound(tree: css.Tree) -> _Compound:
    asked: list[tuple[tuple[str, str] | None, Matcher]] = []
    while not isinstance(tree, css.Element):
        asked.append(_test(tree))
        tree = tree.selector
    if tree.element is not None:
        asked.append((("tag", tree.element), _has_tag(tree.element)))
    key = min((key for key, _ in asked if key), key=lambda one: _KINDS.index(one[0]), default=("*", ""))
    return _Compound(
        key=key,
        tests=tuple(test for _, test in asked),
        rest=tuple(test for one, test in asked if one != key or key[0] == "attribute"),
    )


def _test(tree: css.Tree) -> tuple[tuple[str, str] | None, Matcher]:
    match tree:
        case css.Hash():
            return ("id", tree.id), _has_attribute("id", "=", tree.id)
        case css.Class():
            return ("class", tree.class_name), _has_attribute("class", "~=", tree.class_name)
        case css.Attrib():
            value = tree.value.value if tree.value is not None else None
            if tree.attrib in ("class", "id") and tree.operator in _OPERATORS:
                key = ("value", f"{tree.attrib} {tree.operator} {value}")
            else:
                key = ("attribute", tree.attrib)
            return key, _has_attribute(tree.attrib, tree.operator, value or "")
        case css.Negation():
            unwanted = _compound(tree.subselector)
            return None, lambda node: not unwanted.matches(node)
        case _:
            raise ValueError(f"selector not supported: {tree!r}")


def _has_tag(tag: str) -> Matcher:
    return lambda node: node.tag == tag


def _has_attribute(name: str, operator: str, wanted: str) -> Matcher:
    if operator == "exists":
        return lambda node: node.get(name) is not None
    compare = _OPERATORS[operator]

    def test(node: HtmlElement) -> bool:
        actual = node.get(name)
        return actual is not None and compare(actual, wanted)

    return test
