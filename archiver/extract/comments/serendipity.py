"""Serendipity (s9y) threads: lists set in by their depth, trackbacks among them."""

import re

from lxml.html import HtmlElement

from archiver.extract.comments.platform import NativeId, Platform
from archiver.extract.model import CommentKind

_LEVEL = re.compile(r"(?:^|\s)commentlevel-(\d{1,3})(?:\s|$)")
_INDENT = re.compile(r"(padding|margin)-left:\s*(\d{1,5})px")
_STEP = {"padding": 20, "margin": 10}
"""Pixels that the templates set each level in."""


def stated_depth(root: HtmlElement) -> int | None:
    """A class in newer templates, an indent in older ones, on the comment or the list's item around it."""
    level = _LEVEL.search(root.get("class", ""))
    if level:
        return int(level.group(1)) + 1
    around = root.getparent()
    for node in (root, around) if around is not None else (root,):
        indent = _INDENT.search(node.get("style", ""))
        if indent:
            return int(indent.group(2)) // _STEP[indent.group(1)] + 1
    return 1


def kind_of(root: HtmlElement) -> CommentKind:
    is_trackback = root.get("id") is None or "serendipity_trackback" in root.get("class", "").split()
    return CommentKind.PINGBACK if is_trackback else CommentKind.COMMENT


SERENDIPITY = Platform(
    name="serendipity",
    evidence=(".serendipity_comment",),
    comment=".serendipity_comment[id], .serendipity_trackback[id]",
    native_id=(
        NativeId(pattern=re.compile(r"(?:serendipity_comment_|c)(\d+)$"), form="c{}"),
        NativeId(pattern=re.compile(r"c(\d+)$"), inside="a[id]", form="c{}"),
    ),
    without_id="div.serendipity_comment",
    author=(".comment_source_author", "cite", ".serendipity_comment_author"),
    author_noise=".pc-owner, .comment_source_author strong",
    published=("[datetime]", ".comment_source_date", ".commentmetadata", ".serendipity_comment_source"),
    text=(".serendipity_commentBody",),
    boilerplate=".serendipity_comment_source, .commentmetadata, cite, .comment_reply, .serendipity_replyform",
    prune=(
        ".serendipity_commentsTitle, .serendipity_comments_hint, .serendipity_center, #serendipity_CommentForm,"
        " .serendipity_section_commentform, .serendipity_section_trackbacks, .serendipity_commentForm"
    ),
    kind=kind_of,
    stated_depth=stated_depth,
    flat=True,
)
