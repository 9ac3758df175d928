"""Where comments may stand when no name in the markup says so: after a heading or an empty anchor that speaks of them.

Knows words of headings and what follows a node; must not know what a comment looks like.
"""

import re
from collections.abc import Iterable
from itertools import islice, takewhile

from lxml.html import HtmlElement

from archiver.extract.comments.vocabulary import Role, roles_of
from archiver.extract.text import inline_text
from archiver.extract.tree import Tree

_WORDS = (
    r"comments?|comment[ea]d?|kommentar(?:e|er)?|leserkommentare|commentaires?|comentarios?|comentários?|commenti|komentarz[ey]|komentar[ze]"
    r"|reacties|responses?|replies|answers?|antworten|réponses|respuestas|yorum(?:lar)?|läsarkommentarer|kommentit"
    r"|комментари[йяеи]|комментариев|коментар[іи]|отзывы|コメント|评论|評論|留言|댓글"
)
_HEADING = re.compile(
    rf"\W*(?:\d[\d.,]*\s*)?(?:(?:all|total|user|reader|readers'|leave|всего|この記事への)\s*)?(?:{_WORDS})"
    r"(?:\W*\d[\d.,]*\s*件?)?\W*",
    re.IGNORECASE,
)
_WORD = re.compile(_WORDS, re.IGNORECASE)
_MOST_PARTS = 6
_MOST_MARKERS, _SHORTEST_WORD = 8, 2
_LONGEST, _HIGHEST, _SHORTEST_THREAD = 40, 3, 60
_TAGS = ("h1", "h2", "h3", "h4", "h5", "h6", "div", "p", "b", "strong", "span", "td", "legend")
_LEVELS = {f"h{level}": level for level in range(1, 7)}
_LEAF_TAGS = frozenset({"div", "p", "b", "strong", "span", "td"})
_NOT_AFTER = frozenset({"form", "nav", "aside", "footer", "script", "style", "template", "noscript"})


def headed(tree: Tree) -> list[HtmlElement]:
    """What follows headings and anchors of comments, the outermost nodes in page order."""
    found: dict[HtmlElement, None] = {}
    for marker in islice(_markers(tree), _MOST_MARKERS):
        found.update(dict.fromkeys(_after(marker)))
    return sorted((one for one in found if not any(each in found for each in one.iterancestors())), key=tree.order)


def _markers(tree: Tree) -> Iterable[HtmlElement]:
    for tag in _TAGS:
        for node in tree.by_tag(tag):
            if (tag not in _LEAF_TAGS or len(node) <= 1) and _is_heading(node):
                yield node
    for node in tree.by_tag("a"):
        name = node.get("name") or node.get("id")
        if name and not node.get("href") and roles_of(name) & Role.SECTION:
            yield node


def _is_heading(node: HtmlElement) -> bool:
    if len(node) > _MOST_PARTS:
        return False
    text = node.text_content()
    if not _SHORTEST_WORD <= len(text) <= 4 * _LONGEST or not _WORD.search(text):
        return False
    text = inline_text(node)
    return len(text) <= _LONGEST and bool(_HEADING.fullmatch(text))


def _after(marker: HtmlElement) -> list[HtmlElement]:
    """The siblings after it, or after what it is the last part of, as far as its section goes."""
    node = marker
    for _ in range(_HIGHEST):
        following = [each for each in node.itersiblings() if isinstance(each.tag, str)]
        section = list(takewhile(lambda each: not _is_next_section(each, marker), following))
        kept = [each for each in section if each.tag not in _NOT_AFTER and not _is_aside(each)]
        if sum(len(each.text_content()) for each in kept) >= _SHORTEST_THREAD:
            return kept
        parent = node.getparent()
        if following != section or parent is None or parent.tag in {"body", "main", "html"}:
            return []
        node = parent
    return []


def _is_next_section(node: HtmlElement, marker: HtmlElement) -> bool:
    """Whether it begins with a heading of the marker's level, or a higher one."""
    own = _LEVELS.get(str(marker.tag))
    first = next((_LEVELS[str(each.tag)] for each in node.iter(*_LEVELS)), None)
    return own is not None and first is not None and first <= own


def _is_aside(node: HtmlElement) -> bool:
    return bool((roles_of(node.get("class", "")) | roles_of(node.get("id", ""))) & Role.ASIDE)
