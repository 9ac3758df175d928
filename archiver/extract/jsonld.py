"""A small reader for JSON-LD: the node that describes the page's article.

Knows schema.org's words for articles and comment counts, and which of several nodes speaks of the page itself; must
not know the rest of the page. What cannot be parsed is passed over.
"""

import html
import json
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeGuard

from archiver.extract.links import absolute, article_path
from archiver.extract.text import one_line
from archiver.extract.tree import Tree

JsonObject = dict[str, Any]

_LARGEST_SCRIPT = 2_000_000
_MOST_NODES = 20_000
_ARTICLE_ENDS = ("article", "blogposting", "socialmediaposting", "discussionforumposting", "reportage", "report")
_PASSED_OVER = {"comment", "isRelatedTo", "relatedLink", "itemListElement", "mentions", "citation", "hasPart"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleNode:
    """Fields as the page gives them, on one line; empty where it gives none."""

    headline: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    modified: str = ""
    section: str = ""
    keywords: tuple[str, ...] = ()
    description: str = ""
    image: str = ""
    language: str = ""
    publisher: str = ""
    comment_count: int | None = None


def article_node(tree: Tree, url: str = "") -> ArticleNode | None:
    """The article node that names this page as its own; else the first that names no other page, or the first."""
    nodes = [node for document in _documents(tree) for node in _nodes(document)]
    articles = [node for node in nodes if _is_article(node)]
    if not articles:
        return None
    by_id: dict[str, JsonObject] = {}
    for node in nodes:
        if isinstance(node.get("@id"), str) and len(node) > 1:
            by_id.setdefault(node["@id"], node)
    here = article_path(url)
    return _read(min(articles, key=lambda node: _distance(node, url, here)) if here else articles[0], by_id)


def _distance(node: JsonObject, url: str, here: str) -> int:
    """0 for the node of this page, 1 for one that names none, 2 for another page's."""
    places = [node.get("url"), node.get("@id"), node.get("mainEntityOfPage")]
    links = [each.get("@id") or each.get("url") if _is_object(each) else each for each in places]
    paths = {article_path(absolute(url, link)) for link in links if isinstance(link, str)} - {None}
    return 0 if here in paths else 2 if paths else 1


def _documents(tree: Tree) -> Iterator[object]:
    for script in tree.by_tag("script"):
        text = script.text or ""
        if "ld+json" not in script.get("type", "").lower() or len(text) > _LARGEST_SCRIPT:
            continue
        text = text.strip().removeprefix("<!--").removesuffix("-->").strip()
        text = text.removeprefix("//<![CDATA[").removesuffix("//]]>").strip().rstrip(";")
        try:
            yield json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue


def _is_object(value: object) -> TypeGuard[JsonObject]:
    return isinstance(value, dict)


def _is_list(value: object) -> TypeGuard[list[object]]:
    return isinstance(value, list)


def _nodes(document: object) -> Iterator[JsonObject]:
    """All objects of a document, outer ones first."""
    queue = deque([document])
    for _ in range(_MOST_NODES):
        if not queue:
            return
        value = queue.popleft()
        if _is_list(value):
            queue.extend(value)
        elif _is_object(value):
            yield value
            queue.extend(inner for key, inner in value.items() if key not in _PASSED_OVER)


def objects(tree: Tree) -> Iterator[JsonObject]:
    """All objects of the page's JSON-LD, document by document, but for what ``_PASSED_OVER`` keys hold."""
    return (node for document in _documents(tree) for node in _nodes(document))


def _is_article(node: JsonObject) -> bool:
    return any(kind.lower().endswith(_ARTICLE_ENDS) for kind in _texts(node.get("@type")))


def _read(node: JsonObject, by_id: dict[str, JsonObject]) -> ArticleNode:
    return ArticleNode(
        headline=_first(node.get("headline")) or _first(node.get("name")),
        authors=tuple(_names(node.get("author"), by_id) or _names(node.get("creator"), by_id)),
        published=_first(node.get("datePublished")),
        modified=_first(node.get("dateModified")),
        section=_first(node.get("articleSection")),
        keywords=tuple(_keywords(node.get("keywords"))),
        description=_first(node.get("description")),
        image=_image(node, by_id),
        language=_first(node.get("inLanguage")),
        publisher=next(iter(_names(node.get("publisher"), by_id)), ""),
        comment_count=_count(node.get("commentCount")),
    )


def _texts(value: object) -> list[str]:
    values = value if _is_list(value) else [value]
    return [one_line(html.unescape(each)) for each in values if isinstance(each, str)]


def _first(value: object) -> str:
    return next(filter(None, _texts(value)), "")


def _names(value: object, by_id: dict[str, JsonObject]) -> list[str]:
    names: list[str] = []
    for each in value if _is_list(value) else [value]:
        if not _is_object(each):
            names += _texts(each)
            continue
        node = each if "name" in each else by_id.get(str(each.get("@id")), each)
        names += _texts(node.get("name"))
    return [name for name in dict.fromkeys(names) if name]


def _keywords(value: object) -> list[str]:
    texts = _texts(value)
    if len(texts) == 1:
        texts = [part.strip() for part in texts[0].split(",")]
    return [text for text in dict.fromkeys(texts) if text]


def _image(node: JsonObject, by_id: dict[str, JsonObject]) -> str:
    value = node.get("image") or node.get("thumbnailUrl")
    each = next(iter(value), None) if _is_list(value) else value
    if _is_object(each):
        each = by_id.get(str(each.get("@id")), each).get("url") if "url" not in each else each["url"]
    return _first(each)


def _count(value: object) -> int | None:
    if isinstance(value, str) and value.isdecimal() and len(value) < 10:  # noqa: PLR2004 - no thread is longer
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9 else None
