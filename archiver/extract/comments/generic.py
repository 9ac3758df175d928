"""Finds a thread without knowing the platform: a shape of node that repeats around dates and names.

Where names in the markup speak of comments there are regions; in these every comment shows a date, or at least a name:
the anchors. Of all shapes of node (tag and class) around the anchors the one with the most nodes is the comment, and
of several with as many the outermost. Knows trees and roles of names; must not know any platform.
"""

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, takewhile

from lxml.html import HtmlElement

from archiver.extract.comments import guess
from archiver.extract.comments.anchors import CLOSED, INLINE, anchors_in
from archiver.extract.comments.author import author_of, is_profile
from archiver.extract.comments.nodes import Owned, Root, owned_by
from archiver.extract.comments.phrases import is_action, is_dateish
from archiver.extract.comments.places import headed
from archiver.extract.comments.platform import Platform
from archiver.extract.comments.vocabulary import Role, roles_of, words_of
from archiver.extract.links import absolute, article_path, web_host
from archiver.extract.model import Comment
from archiver.extract.text import has_text, inline_text
from archiver.extract.tree import Tree

GENERIC = Platform(name="generic", evidence=(), comment="")

NEWEST_LISTS = (
    ".recentcomments, #recentcomments, .wp-block-latest-comments, .widget_recent_comments, .jcomments-latest,"
    " .recent-comments, .latest-comments, #recent-comments"
)
"""Lists of a whole site's newest comments: neither an article's text nor its thread, and full of names."""

_NO_REGIONS = INLINE | {"html", "body", "form", "main", "head", "script", "style", "template", "nav", "meta", "select"}
_NO_UNITS = frozenset({"html", "body", "a", "time", "span", "i", "b", "em", "strong", "small", "abbr", "cite", "form"})
_HIGHEST = 16
_ANSWER = frozenset({"reply", "answer", "antwort", "response", "respuesta", "reponse"})
_LONGEST_HEAD = 120
_MOST_SHAPES, _MOST_ANCHORS = 3, 3
_MARKS = ("data-comment-id", "data-commentid", "data-cid", "data-comment")
_NUMBERED = re.compile(r"(?:\d{2,}|[0-9a-f]{7,})$")
_SCHEMA = re.compile(r"schema\.org/(?:user)?comments?$", re.IGNORECASE)

Shape = tuple[str, str]


@dataclass(slots=True)
class _Units:
    """The nodes of one shape, and how many anchors are each one's own."""

    nodes: dict[HtmlElement, int] = field(default_factory=dict)
    is_named: bool = False
    is_section: bool = False
    """Named after the whole thread: believed only of several."""
    is_comment: bool = False
    height: int = 0
    """The least number of steps from an anchor up to its node."""

    @property
    def is_numbered(self) -> bool:
        """Whether it is one node alone with a number of its own."""
        return len(self.nodes) == 1 and all(_NUMBERED.search(node.get("id", "")) for node in self.nodes)

    @property
    def count(self) -> int:
        """How many of the nodes are no bigger than a comment."""
        return sum(1 for anchors in self.nodes.values() if anchors <= _MOST_ANCHORS)


def find(tree: Tree) -> Iterable[Owned]:
    """What may be the comments: in places named after comments; after headings; else posts and answers that repeat."""
    named = _regions(tree, Role.COMMENT)
    yield from (_owned_in(tree, regions) for regions in (named, _widened(tree, named)) if regions)
    headings = headed(tree)
    if headings:
        yield _owned_in(tree, headings)
    owned = _owned_in(tree, _regions(tree, Role.POST | Role.REPLIES))
    if _are_posts(owned):
        yield owned


def _owned_in(tree: Tree, regions: Sequence[HtmlElement]) -> Owned:
    units = _units_in(regions)
    units.sort(key=tree.order)
    return _with_ids(owned_by(_rooted(units)))


def _widened(tree: Tree, regions: Sequence[HtmlElement]) -> list[HtmlElement]:
    """The nodes around the regions: in some markup only the text of a comment is named after comments."""
    told = [each for each in regions if each.tag not in {"td", "th"} and not guess.roles(each) & Role.NOISE]
    around = dict.fromkeys(each.getparent() for each in told)
    if len(around) * 2 < len(told) or (len(told) == 1 and not guess.roles(told[0]) & Role.ITEM):
        return []
    headlines = {each for node in tree.by_tag("h1") for each in node.itersiblings()}
    headlines.update(each for node in tree.by_tag("h1") for each in node.iterancestors())
    return [each for each in around if each is not None and each.tag not in _NO_REGIONS and each not in headlines]


def is_thread(comments: Sequence[Comment]) -> bool:
    """Whether what was found reads like comments: most have a name, and a date or an id or an answer."""
    named = sum(comment.author is not None for comment in comments)
    told = sum(bool(one.published or one.published_text or one.native_id) for one in comments)
    written = sum(bool(comment.text) for comment in comments)
    if len(comments) > 1 and len({comment.text for comment in comments}) == 1:
        return False
    return named * 2 >= len(comments) and told * 2 >= len(comments) and written * 2 > len(comments)


def _are_posts(owned: Owned) -> bool:
    """Posts and answers, where nothing is named after comments: several, named so, with ids and names in the markup."""
    named = [root for root in owned.roots if shape_of(root.nodes[0])[1]]
    ids = sum(root.native_id is not None for root in owned.roots)
    if len(named) < 2 or len(named) * 2 <= len(owned.roots) or ids * 2 <= len(owned.roots):  # noqa: PLR2004 - one post is no thread
        return False
    written_by = sum(author_of(own, by_place=False).node is not None for own in owned.own_nodes())
    return written_by * 2 > len(owned.roots)


def is_list_of_others(owned: Owned, url: str, own_paths: Container[str]) -> bool:
    """Whether most of the comments lead to other articles of the site, as lists of newest comments do."""
    host = web_host(url)
    if host is None or not own_paths:
        return False
    leading = sum(
        any(_leads_away(node, url, host, own_paths) and not _is_own(node, root) for node in own)
        for root, own in zip(owned.roots, owned.own_nodes(), strict=True)
    )
    return leading * 5 > len(owned.roots) * 3


def _is_own(link: HtmlElement, root: Root) -> bool:
    """Whether it is the address of the comment itself, which ends in its number."""
    return root.number is not None and root.number in link.get("href", "")


def _leads_away(node: HtmlElement, url: str, host: str, own_paths: Container[str]) -> bool:
    if node.tag != "a" or is_profile(node):
        return False
    target = absolute(url, node.get("href"))
    path = article_path(target)
    if target is None or path is None or path in own_paths or web_host(target) != host:
        return False
    if any(each.tag == "p" or guess.roles(each) & Role.TEXT for each in islice(node.iterancestors(), 3)):
        return False
    text = inline_text(node)
    return not is_action(text) and not is_dateish(text) and ("#" in node.get("href", "") or len(text.split()) > 2)  # noqa: PLR2004


def _units_in(regions: Sequence[HtmlElement]) -> list[HtmlElement]:
    dates, names = anchors_in(regions)
    by_date, by_name = _units(dates, regions), _units(names, regions)
    units = by_date if len(by_date) * 5 >= len(by_name) * 4 else by_name
    return units + _answers_inside(units, dates) if units else []


# Where comments can be


def _regions(tree: Tree, role: int) -> list[HtmlElement]:
    """The outermost nodes whose names speak of comments, without those around the page's headline."""
    named = [
        node
        for values in (tree.by_class, tree.by_id)
        for names, nodes in values.items()
        if roles_of(names) & role
        for node in nodes
    ]
    marked = [node for name in (*_MARKS, "itemtype") for node in tree.by_attribute(name) if is_marked(node)]
    candidates = {node for node in (*named, *marked) if node.tag not in _NO_REGIONS}
    if not candidates:
        return []
    headlines = {each for node in tree.by_tag("h1") for each in node.iterancestors()}
    candidates -= headlines
    closed: dict[HtmlElement, bool] = {}
    paragraphs = len(tree.by_tag("p"))
    found = [
        node
        for node in candidates
        if not any(each in candidates for each in node.iterancestors())
        and not any(_is_closed(each, headlines, paragraphs, closed) for each in (node, *node.iterancestors()))
    ]
    return sorted(found, key=tree.order)


def _is_closed(node: HtmlElement, headlines: set[HtmlElement], paragraphs: int, known: dict[HtmlElement, bool]) -> bool:
    """Whether no thread of this page can be in it; a menu that was not closed holds all the page."""
    if node not in known:
        if node.tag in CLOSED:
            known[node] = True
        elif node in headlines or node.tag in {"body", "html"}:
            known[node] = False
        elif node.tag == "nav":
            known[node] = sum(1 for _ in node.iter("p")) * 4 <= paragraphs
        else:
            known[node] = bool(guess.roles(node) & Role.ASIDE)
    return known[node]


def is_marked(node: HtmlElement) -> bool:
    """Whether attributes other than class and id say that it is one comment."""
    return any(name in node.attrib for name in _MARKS) or bool(_SCHEMA.search(node.get("itemtype", "")))


# Which shape repeats


def _units(anchors: Iterable[HtmlElement], regions: Sequence[HtmlElement]) -> list[HtmlElement]:
    """The nodes that are comments by these anchors."""
    tops = set(regions)
    left = list(anchors)
    found: list[HtmlElement] = []
    for _ in range(_MOST_SHAPES):
        best = _best([*_shapes(left, tops).values()], is_first=not found)
        if best is None:
            break
        found += best.nodes
        taken = set(found)
        left = [one for one in left if not any(each in taken for each in (one, *one.iterancestors()))]
    return found


def _best(shapes: Sequence[_Units], *, is_first: bool) -> _Units | None:
    """The shape with the most nodes that have few anchors each; those named after comments first."""
    shapes = [one for one in shapes if not one.is_section or one.count > 1]
    named = [one for one in shapes if one.is_named and one.count and (is_first or one.is_comment)]
    if is_first and not any(one.count > 1 for one in named):
        named += [one for one in shapes if one.count > 1]
    if not named and is_first:
        named = [one for one in shapes if one.count]
    return max(named, key=lambda one: (one.count, one.is_named, one.is_numbered, one.height), default=None)


def _answers_inside(units: Sequence[HtmlElement], dates: Sequence[HtmlElement]) -> list[HtmlElement]:
    """Answers that stand inside the comment they answer, in a node of another shape with a date of its own."""
    tops = set(units)
    seen: set[HtmlElement] = set()
    inner: list[HtmlElement] = []
    for date in dates:
        top = next((each for each in date.iterancestors() if each in tops), None)
        if top is not None and top in seen:
            inner.append(date)
        elif top is not None:
            seen.add(top)
    found = [
        node
        for date in inner
        for node in _upward(date, tops)
        if node not in tops and node.tag not in _NO_UNITS and _ANSWER & set(words_of(node.get("class", "")[:200]))
    ]
    return list(dict.fromkeys(found))


def _shapes(anchors: Iterable[HtmlElement], tops: set[HtmlElement]) -> dict[Shape, _Units]:
    shapes: dict[Shape, _Units] = {}
    for anchor in anchors:
        seen: set[Shape] = set()
        for height, node in enumerate(_upward(anchor, tops)):
            shape, named = shape_of(node)
            if shape in seen or node.tag in _NO_UNITS:
                continue
            seen.add(shape)
            units = shapes.setdefault(
                shape, _Units(is_named=bool(named), is_comment=bool(named & Role.ITEM), height=height)
            )
            units.nodes[node] = units.nodes.get(node, 0) + 1
            units.is_section = units.is_section or _is_section(node)
            units.height = min(units.height, height)
    return shapes


def _is_section(node: HtmlElement) -> bool:
    """Whether its name is that of the whole thread and of no comment."""
    return guess.roles(node) & (Role.SECTION | Role.ITEM | Role.POST) == Role.SECTION


def _upward(anchor: HtmlElement, tops: set[HtmlElement]) -> Iterable[HtmlElement]:
    node: HtmlElement | None = anchor
    for _ in range(_HIGHEST):
        if node is None:
            return
        yield node
        if node in tops:
            return
        node = node.getparent()


def shape_of(node: HtmlElement) -> tuple[Shape, int]:
    """Tag and the word of its class that says what it is; as what it is named."""
    names = node.get("class", "").split()
    for name in names:
        role = roles_of(name) & (Role.ITEM | Role.POST)
        if role:
            return (str(node.tag), name.rstrip("0123456789-_")), role
    stem = node.get("id", "").rstrip("0123456789")
    if stem != node.get("id", ""):
        role = roles_of(stem) & (Role.ITEM | Role.POST)
        if role:
            return (str(node.tag), "#" + stem), role
    role = Role.ITEM if is_marked(node) else Role.NONE
    return (str(node.tag), names[0].rstrip("0123456789-_") if names else ""), role


# Their ids


def _rooted(units: Sequence[HtmlElement]) -> list[Root]:
    """With the siblings that go on with a comment where its node holds a head and no more."""
    tops = set(units)
    goes_on = sum(map(_is_head, units)) * 2 > len(units)
    are_heads = not goes_on and _are_heads(units, tops)
    index_of: dict[HtmlElement, int] = {}
    roots: list[Root] = []
    for node in units:
        inside = next((index_of[each] for each in node.iterancestors() if each in index_of), None)
        nodes = [node]
        if goes_on:
            nodes += takewhile(lambda each: each not in tops and each.tag == "dd", node.itersiblings())
        elif are_heads:
            nodes += islice(node.itersiblings(), 1)
        index_of.update(dict.fromkeys(nodes, len(roots)))
        roots.append(Root(nodes=tuple(nodes), inside=inside))
    return roots


def _are_heads(units: Sequence[HtmlElement], tops: set[HtmlElement]) -> bool:
    """Whether each node is short and has no text, and a sibling of one and the same shape follows it."""
    following = [node.getnext() for node in units]
    shapes = {(str(each.tag), each.get("class")) for each in following if each is not None and each not in tops}
    if len(units) < 2 or None in following or len(shapes) > 1 or any(each in tops for each in following):  # noqa: PLR2004 - one node tells no shape
        return False
    if any(len(node.text_content()) > _LONGEST_HEAD or next(node.iter("p"), None) is not None for node in units):
        return False
    bodies = [each for each in following if each is not None]
    return all(map(has_text, bodies)) and not any(guess.roles(each) & Role.NOISE for each in bodies)


def _is_head(node: HtmlElement) -> bool:
    following = node.getnext()
    return node.tag == "dt" and following is not None and following.tag == "dd"


def _with_ids(owned: Owned) -> Owned:
    found = [guess.id_of(own) for own in owned.own_nodes()]
    unique = {one for one in found if one and found.count(one) == 1} if len(found) < 1000 else set(filter(None, found))  # noqa: PLR2004
    roots = [
        replace(root, native_id=one, number=guess.digits_of(one)) if one in unique and one else root
        for root, one in zip(owned.roots, found, strict=True)
    ]
    return replace(owned, roots=tuple(roots))
