"""The thread that a page's JSON-LD describes: comments of its article, posts of a discussion, answers to a question.

For pages whose markup shows no thread. Knows schema.org's words for comments; must not know markup.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import cast

from lxml.etree import LxmlError
from lxml.html import fragment_fromstring

from archiver.extract.comments.parents import depths, without_circles
from archiver.extract.comments.reading import Setting
from archiver.extract.comments.thread import Thread
from archiver.extract.dates import stated_time
from archiver.extract.jsonld import JsonObject, objects
from archiver.extract.links import absolute, article_path
from archiver.extract.model import Comment
from archiver.extract.text import block_text, clean, one_line
from archiver.extract.tree import Tree

_DISCUSSED = ("article", "posting", "newsmediaobject", "webpage", "creativework", "recipe", "videoobject")
_TEXTS = ("text", "commentText", "articleBody", "description")
_TIMES = ("dateCreated", "datePublished", "commentTime", "uploadDate")
_ANSWERS = ("comment", "acceptedAnswer", "suggestedAnswer")
_WORDS = tuple(f'"{word}"' for word in _ANSWERS)
_FRAGMENT = re.compile(r"#([\w:.-]*\d[\w:.-]*)$")
_TAG = re.compile(
    r"</?(?:p|br|div|a|em|strong|i|b|ul|ol|li|blockquote|span|img|code|pre|h\d)\b[^<>]{0,2000}>", re.IGNORECASE
)
_MOST_COMMENTS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A comment's object and the index of the comment that holds it."""

    node: JsonObject
    inside: int | None


def json_thread(tree: Tree, setting: Setting) -> Thread | None:
    """In the order of the JSON. Most pages' has no comments: that is seen before it is parsed."""
    if not any(word in (script.text or "") for script in tree.by_tag("script") for word in _WORDS):
        return None
    own = {path for path in map(article_path, (setting.url, setting.canonical_url)) if path}
    for node in _discussed(tree):
        addresses = [address for key in ("url", "mainEntityOfPage", "@id") if (address := _address(node.get(key)))]
        paths = {article_path(absolute(setting.base, address)) for address in addresses} - {None}
        if own and paths and not own & paths:
            continue  # another page's
        found = _collect(node)
        comments = [_comment(one.node, setting) for one in found]
        if any(comment.text for comment in comments):
            return Thread(platform="json-ld", comments=_arranged(comments, found), nodes=())
    return None


def _discussed(tree: Tree) -> Iterator[JsonObject]:
    """What can have comments; questions only where the page is about one (a list of them is an editor's)."""
    for node in objects(tree):
        kinds = {kind.lower() for kind in _strings(node.get("@type"))}
        if "qapage" in kinds and not isinstance(node.get("mainEntity"), list):
            yield from _objects(node.get("mainEntity"))
        elif "question" not in kinds and any(kind.endswith(_DISCUSSED) for kind in kinds):
            yield node


def _collect(top: JsonObject) -> list[_Found]:
    """Everything said below ``top``: each before what answers it."""
    found: list[_Found] = []
    waiting: list[tuple[JsonObject, int | None]] = [(each, None) for each in reversed([*_below(top)])]
    while waiting and len(found) < _MOST_COMMENTS:
        node, index = waiting.pop()
        if _written(node):  # else it is no more than a reference
            found.append(_Found(node=node, inside=index))
            index = len(found) - 1
        waiting.extend((each, index) for each in reversed([*_below(node)]))
    return found


def _written(node: JsonObject) -> str | None:
    return next(filter(None, (_string(node.get(key)) for key in _TEXTS)), None)


def _below(node: JsonObject) -> Iterator[JsonObject]:
    return (each for key in _ANSWERS for each in _objects(node.get(key)))


def _comment(node: JsonObject, setting: Setting) -> Comment:
    address = next((found for key in ("url", "@id") if (found := _address(node.get(key)))), None)
    fragment = _FRAGMENT.search(address or "")
    shown = next(filter(None, (_first(node.get(key)) for key in _TIMES)), None)
    published = stated_time(shown)
    name, author_url = _author(node.get("author") or node.get("creator"))
    return Comment(
        text=_plain(_written(node) or ""),
        native_id=fragment.group(1) if fragment else None,
        author=name,
        author_url=absolute(setting.base, author_url),
        published=published,
        published_text=None if published else shown,
        permalink=absolute(setting.base, address),
        likes=_likes(node),
    )


def _arranged(comments: list[Comment], found: list[_Found]) -> tuple[Comment, ...]:
    """With parents, by nesting or by what they name as the one they answer."""
    named = {name: index for index, one in reversed([*enumerate(found)]) for name in _names(one.node)}
    parents: list[int | None] = []
    for index, one in enumerate(found):
        item = one.node.get("parentItem")
        answered = next((named[name] for name in _names(item) if name in named), None) if item else None
        parents.append(one.inside if answered in {None, index} else answered)
    parents = without_circles(parents)
    depth = depths(dict(enumerate(parents)))
    return tuple(replace(comment, parent=parents[index], depth=depth[index]) for index, comment in enumerate(comments))


def _names(value: object) -> list[str]:
    """What an object, or a reference to one, is called."""
    inside = (each.get(key) for each in _objects(value) for key in ("@id", "url", "identifier"))
    return [name for each in (value, *inside) if (name := _first(each))]


def _author(value: object) -> tuple[str | None, str | None]:
    for each in _objects(value):
        return _first(each.get("name")) or _first(each.get("alternateName")), _first(each.get("url"))
    return _first(value), None


def _likes(node: JsonObject) -> int | None:
    stated = (
        each.get("userInteractionCount")
        for each in _objects(node.get("interactionStatistic"))
        if "LikeAction" in str(each.get("interactionType"))
    )
    return next((count for count in map(_count, (node.get("upvoteCount"), *stated)) if count is not None), None)


def _count(value: object) -> int | None:
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return int(text) if re.fullmatch(r"-?\d{1,7}", text) else None


def _plain(text: str) -> str:
    """Text with paragraphs of what may be HTML, escaped once more or not."""
    text = html.unescape(text)
    if _TAG.search(text):
        try:
            return block_text(fragment_fromstring(clean(text), create_parent="div"))
        except (LxmlError, ValueError):
            pass
    paragraphs = re.split(r"\n\s*\n", clean(text))
    lines = ("\n".join(filter(None, map(one_line, each.split("\n")))) for each in paragraphs)
    return "\n\n".join(filter(None, lines))


def _address(value: object) -> str | None:
    named = (_first(each.get("@id") or each.get("url")) for each in _objects(value))
    return _first(value) or next(named, None)


def _first(value: object) -> str | None:
    return one_line(html.unescape(_string(value) or "")) or None


def _string(value: object) -> str | None:
    return next(_strings(value), None)


def _strings(value: object) -> Iterator[str]:
    return (each for each in _listed(value) if isinstance(each, str))


def _objects(value: object) -> Iterator[JsonObject]:
    return (cast("JsonObject", each) for each in _listed(value) if isinstance(each, dict))


def _listed(value: object) -> list[object]:
    return cast("list[object]", value) if isinstance(value, list) else [value]
