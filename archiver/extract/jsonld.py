"""A small reader for JSON-LD: the node that describes the page's article.

Knows schema.org's words for articles and comment counts; must not know the rest of the page. What cannot be
parsed is passed over.
"""

import html
import json
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeGuard

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
    comment_count: int | None = None


def article_node(tree: Tree) -> ArticleNode | None:
    """The page's first article node."""
    nodes = [node for document in _documents(tree) for node in _nodes(document)]
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    article = next((node for node in nodes if _is_article(node)), None)
    return _read(article, by_id) if article is not None else None


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
