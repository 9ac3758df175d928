"""The one walker: reads a comment thread from a tree by a ``Platform`` value.

Knows trees and platforms; must not know any platform by name.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from archiver.extract.comments import generic
from archiver.extract.comments.guess import digits_of
from archiver.extract.comments.hints import hinted_parents
from archiver.extract.comments.nodes import Owned, find, nearest
from archiver.extract.comments.parents import depths, parents_of, without_circles
from archiver.extract.comments.platform import Platform, speaks_for
from archiver.extract.comments.reading import Setting, read_comments
from archiver.extract.links import article_path, web_host
from archiver.extract.model import Comment, CommentKind
from archiver.extract.text import block_text
from archiver.extract.tree import Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """The opening post that the comments answer, where the article is one."""

    text: str
    node: HtmlElement
    """Holds the text and nothing around it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """Comments in page order, and the nodes that are the thread's and not the article's."""

    platform: str
    comments: tuple[Comment, ...]
    nodes: tuple[HtmlElement, ...]
    is_forum: bool = False
    """The whole page is a thread, whose opening post is the article."""
    opening: Opening | None = None


def read_thread(tree: Tree, platforms: Sequence[Platform], setting: Setting) -> Thread | None:
    """The thread of the first platform that has evidence and comments, or an opening post, in the page."""
    for platform in platforms:
        if speaks_for(tree, platform):
            thread = _thread(tree, platform, find(tree, platform), setting)
            if thread is not None:
                return thread
    return None


def guess_thread(tree: Tree, setting: Setting) -> Thread | None:
    """The thread of a page whose platform nobody has described."""
    own = _own_paths(setting)
    for found in generic.find(tree):
        if generic.is_list_of_others(found, setting.url, own):
            continue
        thread = _thread(tree, generic.GENERIC, found, setting)
        if thread is not None and generic.is_thread(thread.comments):
            return thread
    return None


def _thread(tree: Tree, platform: Platform, owned: Owned, setting: Setting) -> Thread | None:
    comments = read_comments(tree, owned, platform, setting)
    own = _own_paths(setting)
    if platform.permalink is not None:
        own.clear()  # each comment is a page of its own: where it stands tells nothing
    elsewhere = _elsewhere(comments, own, setting.url)
    kept = [_is_filled(comment) and not away for comment, away in zip(comments, elsewhere, strict=True)]
    opening = _opening(tree, platform)
    if not any(kept) and opening is None:
        return None
    nodes = [node for root, keep in zip(owned.roots, kept, strict=True) if keep for node in root.nodes]
    parents = parents_of(tree, owned, platform, [comment.author for comment in comments])
    if platform is generic.GENERIC:
        hinted = hinted_parents(owned)
        parents = without_circles([one if two is None else two for one, two in zip(parents, hinted, strict=True)])
    return Thread(
        platform=platform.name,
        comments=_arrange(comments, parents, kept),
        nodes=(*nodes, *owned.repeats, *tree.select(platform.prune)),
        is_forum=platform.is_forum,
        opening=opening,
    )


def _own_paths(setting: Setting) -> set[str]:
    return {path for path in map(article_path, (setting.url, setting.canonical_url)) if path}


def _opening(tree: Tree, platform: Platform) -> Opening | None:
    """By the selectors for a comment's text: what holds the opening post is printed by the same template."""
    match = platform.opening(tree)
    if match is None:
        return None
    post = nearest(match, set(tree.select(platform.around)))
    noise = set(tree.select(platform.boilerplate))
    inside = (node for selector in platform.text for node in tree.select(selector) if post in node.iterancestors())
    read = ((block_text(node, noise.__contains__), node) for node in inside)
    return next((Opening(text=text, node=node) for text, node in read if text), None)


def _is_filled(comment: Comment) -> bool:
    return (
        bool(comment.text)
        or (comment.author is not None and comment.native_id is not None)
        or (comment.author is not None and comment.kind is CommentKind.PINGBACK)
    )


def _elsewhere(comments: Sequence[Comment], own: Container[str], url: str) -> list[bool]:
    """Of each comment whether it is on another article.

    Several that all lead to one and the same page are this article's under another address; and links to another
    host lead to where the comments are kept.
    """
    host = web_host(url)
    away = [_is_elsewhere(comment, own) and web_host(comment.permalink) == host for comment in comments]
    paths = {article_path(comment.permalink) for comment in comments}
    return [False] * len(comments) if len(comments) > 1 and len(paths) == 1 else away


def _is_elsewhere(comment: Comment, own: Container[str]) -> bool:
    """Whether it is a comment on another article, shown here in a list of newest comments.

    Some systems give each comment an address of its own, which ends in its number.
    """
    path = article_path(comment.permalink)
    if not own or path is None or path in own:
        return False
    digits = digits_of(comment.native_id)
    return digits is None or digits != digits_of(path)


def _arrange(comments: Sequence[Comment], parents: Sequence[int | None], kept: Sequence[bool]) -> tuple[Comment, ...]:
    """The kept comments with parents and depths; answers to one left out go to the one it answered."""
    place = {index: number for number, index in enumerate(index for index, keep in enumerate(kept) if keep)}
    above: dict[int, int | None] = {}
    for index in place:
        parent = parents[index]
        while parent is not None and parent not in place:
            parent = parents[parent]
        above[index] = parent
    depth = depths(above)
    return tuple(
        replace(comments[index], parent=None if parent is None else place[parent], depth=depth[index])
        for index, parent in above.items()
    )
