"""The one walker: reads a comment thread from a tree by a ``Platform`` value.

Knows trees and platforms; must not know any platform by name. Every selector runs once over the page and its
matches are handed to the comments they lie in, so that the cost grows with the page, not with nesting.
"""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from archiver.extract.comments.nodes import Owned, Root, find
from archiver.extract.comments.platform import Platform, speaks_for
from archiver.extract.dates import machine_time, visible_date
from archiver.extract.links import absolute, article_path
from archiver.extract.model import Comment, CommentKind
from archiver.extract.text import block_text, inline_text
from archiver.extract.tree import Tree

_SAYS = (
    r"(?:says?|said|wrote|writes|sagte?|schreibt|schrieb|meinte?|dijo|dice|disse|diz|escribi[óo]|a dit|dit|a écrit"
    r"|pisze|napisał\(?a?\)?|пише|говорит|пишет|zegt|schreef|säger|skriver|diyor ki)"
)
_BY = r"(?:(?:comment|kommentar|commentaire|comentario|posted|written)\s+)?(?:by|von|de|par|from)"
_HEAD = re.compile(rf"\A(?:{_SAYS}\s*:|:|Pingback\s*:|Trackback\s*:|{_BY}\s*:?)\s*(?:\n|\Z)", re.IGNORECASE)
_NAME_HEAD = re.compile(rf"\A{_BY}\s*:?\s+", re.IGNORECASE)
_NAME_DATE = re.compile(r"\s(?:[—–|•·-]|on|am|le|el)\s[^\n]{0,40}\b(?:19|20)\d\d\b")  # noqa: RUF001 - dashes as pages write them
_NAME_TAIL = re.compile(rf"(?:\s+{_SAYS}\s*:)?[\s,:;|]*\Z", re.IGNORECASE)
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """Comments in page order, and the nodes that are the thread's and not the article's."""

    platform: str
    comments: tuple[Comment, ...]
    nodes: tuple[HtmlElement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The page around the thread: ``base`` is what links are relative to, ``language`` that of visible dates."""

    url: str
    base: str
    canonical_url: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Matches:
    """What the platform's selectors matched, by comment; ``noise`` and ``badges`` for the whole page."""

    authors: dict[int, list[HtmlElement]]
    texts: dict[int, list[HtmlElement]]
    dates: tuple[dict[int, list[HtmlElement]], ...]
    links: dict[int, list[HtmlElement]]
    badges: set[HtmlElement]
    noise: set[HtmlElement]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Date:
    published: str | None = None
    shown: str | None = None
    node: HtmlElement | None = None


def read_thread(tree: Tree, platforms: Sequence[Platform], setting: Setting) -> Thread | None:
    """The thread of the first platform that has evidence and comments in the page."""
    for platform in platforms:
        if speaks_for(tree, platform):
            thread = _read(tree, platform, setting)
            if thread is not None:
                return thread
    return None


def newest_lists(tree: Tree, platforms: Sequence[Platform]) -> list[HtmlElement]:
    """Side columns' lists of newest comments: neither the article's text nor its thread, and full of names."""
    return [node for selector in {each.skip for each in platforms} for node in tree.select(selector)]


def _read(tree: Tree, platform: Platform, setting: Setting) -> Thread | None:
    owned = find(tree, platform)
    if not owned.roots:
        return None
    matches = _match(tree, platform, owned)
    comments = [_comment(index, root, platform, matches, setting) for index, root in enumerate(owned.roots)]
    own = {path for path in map(article_path, (setting.url, setting.canonical_url)) if path}
    kept = [_is_filled(comment) and not _is_elsewhere(comment, own) for comment in comments]
    if not any(kept):
        return None
    nodes = [node for root, keep in zip(owned.roots, kept, strict=True) if keep for node in root.nodes]
    parents = _parents(owned.roots, platform)
    return Thread(
        platform=platform.name,
        comments=_arrange(comments, parents, kept),
        nodes=(*nodes, *tree.select(platform.prune)),
    )


def _match(tree: Tree, platform: Platform, owned: Owned) -> _Matches:
    noise = set(tree.select(platform.boilerplate))
    noise.update(node for root in owned.roots for node in root.nodes)
    return _Matches(
        authors=owned.first_matches(tree, platform.author),
        texts=owned.first_matches(tree, platform.text),
        dates=tuple(owned.matches(tree, selector) for selector in platform.published),
        links=owned.matches(tree, "a[href]"),
        badges=set(tree.select(platform.author_noise)),
        noise=noise,
    )


# One comment


def _comment(index: int, root: Root, platform: Platform, matches: _Matches, setting: Setting) -> Comment:
    author = next(iter(matches.authors.get(index, ())), None)
    date = _date(index, author, matches, setting.language)
    native_id = platform.id_format.format(root.number) if root.number else None
    text = _text(index, root, matches, (author, date.node))
    if date.published is None:
        date, text = _bare_date(date, text, setting.language)
    return Comment(
        text=text,
        kind=platform.kind(root.nodes[0]),
        native_id=native_id,
        author=_name(author, matches.badges),
        author_url=_author_url(author, setting.base),
        published=date.published,
        published_text=date.shown,
        permalink=_permalink(matches.links.get(index, []), native_id, setting),
    )


def _name(node: HtmlElement | None, badges: set[HtmlElement]) -> str | None:
    if node is None:
        return None
    name = _NAME_HEAD.sub("", inline_text(node, badges.__contains__))[:_LONGEST_NAME]
    dated = _NAME_DATE.search(name)
    return _NAME_TAIL.sub("", name[: dated.start()] if dated else name).strip() or None


def _author_url(node: HtmlElement | None, base: str) -> str | None:
    if node is None:
        return None
    around = next(node.iterancestors("a"), None)
    link = next(node.iter("a"), around)
    url = absolute(base, link.get("href")) if link is not None else None
    return url if url and "#comment" not in url and "replytocom=" not in url else None


def _date(index: int, author: HtmlElement | None, matches: _Matches, language: str | None) -> _Date:
    """The first node with a date that can be read; else what the first node shows."""

    def is_other(node: HtmlElement) -> bool:
        return node is author or node in matches.badges

    first = _Date()
    for node in (node for tier in matches.dates for node in tier.get(index, ())):
        shown = inline_text(node, is_other) or None
        published = machine_time(node.get("datetime")) or visible_date(shown or "", language)
        if published:
            return _Date(published=published, shown=shown or node.get("datetime"), node=node)
        if first.node is None and shown:
            first = _Date(shown=shown, node=node)
    return first


def _text(index: int, root: Root, matches: _Matches, read: tuple[HtmlElement | None, ...]) -> str:
    found = matches.texts.get(index)
    holders = (_innermost(found),) if found else root.nodes
    dropped = {_with_cite(node) for node in read if node is not None}

    def is_noise(node: HtmlElement) -> bool:
        return node in matches.noise or node in dropped

    return _HEAD.sub("", "\n\n".join(filter(None, (block_text(each, is_noise) for each in holders)))).strip()


def _bare_date(date: _Date, text: str, language: str | None) -> tuple[_Date, str]:
    """Some themes print the date as bare text before the body: a first line that is a date and no more."""
    line, _, rest = text.partition("\n")
    published = visible_date(line, language)
    return (_Date(published=published, shown=line), rest.strip()) if published else (date, text)


def _innermost(nodes: Sequence[HtmlElement]) -> HtmlElement:
    """The innermost of the nodes nested in the first."""
    inner = nodes[0]
    for node in nodes[1:]:
        if inner in node.iterancestors():
            inner = node
    return inner


def _with_cite(node: HtmlElement) -> HtmlElement:
    """Old themes write ``<cite>Comment by NAME - DATE</cite>``: the words around the name go with it."""
    return next(node.iterancestors("cite"), node)


def _permalink(links: Sequence[HtmlElement], native_id: str | None, setting: Setting) -> str | None:
    if native_id is None:
        return None
    for link in links:
        href = link.get("href", "").strip()
        if href.endswith(f"#{native_id}") and "replytocom=" not in href:
            # a bare fragment is the page's own, whatever its <base> says
            return absolute(setting.url if href.startswith("#") else setting.base, href)
    return absolute(setting.url, f"#{native_id}")


# The list


def _is_filled(comment: Comment) -> bool:
    return (
        bool(comment.text)
        or (comment.author is not None and comment.native_id is not None)
        or (comment.author is not None and comment.kind is CommentKind.PINGBACK)
    )


def _is_elsewhere(comment: Comment, own: Container[str]) -> bool:
    """Whether it is a comment on another article, shown here in a list of newest comments."""
    path = article_path(comment.permalink)
    return bool(own) and path is not None and path not in own


def _parents(roots: Sequence[Root], platform: Platform) -> list[int | None]:
    """By the depth the markup states, the list taken in reading order; else by nesting."""
    latest: dict[int, int] = {}
    parents: list[int | None] = []
    for index, root in enumerate(roots):
        depth = platform.stated_depth(root.nodes[0])
        if depth is None:
            parents.append(root.inside)
            continue
        latest[depth] = index
        parents.append(latest.get(depth - 1, root.inside) if depth > 1 else None)
    return parents


def _arrange(comments: Sequence[Comment], parents: Sequence[int | None], kept: Sequence[bool]) -> tuple[Comment, ...]:
    """The kept comments with parents and depths; replies to one left out go to the one it answered."""
    arranged: list[Comment] = []
    place: list[int | None] = []  # where a comment, or the nearest kept one above it, stands in ``arranged``
    for comment, parent, keep in zip(comments, parents, kept, strict=True):
        above = place[parent] if parent is not None else None
        if not keep:
            place.append(above)
            continue
        place.append(len(arranged))
        depth = arranged[above].depth + 1 if above is not None else 0
        arranged.append(replace(comment, parent=above, depth=depth))
    return tuple(arranged)
