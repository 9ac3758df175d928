"""wpDiscuz, a comment plugin for WordPress: the markup since version 7 (``wpd-``) and the one before (``wc-``)."""

import re

from lxml.html import HtmlElement

from archiver.extract.comments.platform import NativeId, Platform
from archiver.extract.model import CommentKind

_NODE_ID = re.compile(r"(?:wpd|wc)-comm-(\d+)(?:_(\d+))?$")
_NATIVE_ID = (NativeId(pattern=_NODE_ID, form="comment-{}"),)
_READ_MORE = "[id^='wpdiscuz-readmore'], .wpdiscuz-readmore, .wpdiscuz-hellip"
_PINGBACKS = frozenset({"pingback", "trackback", "wc-blog-pingback", "wc-blog-trackback"})


def answered(root: HtmlElement) -> str | None:
    """The node's id is its comment's number and that of the comment it answers, 0 for none."""
    match = _NODE_ID.match(root.get("id", ""))
    return match.group(2) if match else None


def kind_of(root: HtmlElement) -> CommentKind:
    return CommentKind.PINGBACK if _PINGBACKS & set(root.get("class", "").split()) else CommentKind.COMMENT


WPDISCUZ = Platform(
    name="wpdiscuz",
    evidence=(".wpd-comment",),
    comment=".wpd-comment",
    native_id=_NATIVE_ID,
    id_required=True,
    author=(".wpd-comment-author",),
    author_noise=".wpd-comment-label, .wpd-rating, .wpd-user-badges",
    published=(".wpd-comment-date",),
    text=(".wpd-comment-text",),
    boilerplate=f"{_READ_MORE}, .wpd-comment-last-edited, .wpd-comment-header, .wpd-comment-footer, form",
    likes=".wpd-vote-result:not(.wpd-vote-result-dislike)",
    edited=".wpd-comment-last-edited",
    moderated=".wpd-unapproved, .wpd-unapproved-comment",
    prune="#wpdcom, #wpd-threads",
    kind=kind_of,
    answers=answered,
    answered=".wpd-reply-to a[href]",
)

WPDISCUZ_CLASSIC = Platform(
    name="wpdiscuz-classic",
    evidence=(".wc-comment",),
    comment=".wc-comment",
    native_id=_NATIVE_ID,
    id_required=True,
    author=(".wc-comment-author",),
    author_noise=".wc-comment-label, .wc-user-badges",
    published=(".wc-comment-date",),
    text=(".wc-comment-text",),
    boilerplate=f"{_READ_MORE}, .wc_held_for_moderate, .wc-comment-header, .wc-comment-footer, .wc-last-edited, form",
    likes=".wc-vote-result:not(.wc-vote-result-dislike)",
    edited=".wc-last-edited, .wc-comment-last-edited",
    moderated=".wc_held_for_moderate, .wc-unapproved-comment",
    prune="#wpcomm, #wcThreadWrapper",
    kind=kind_of,
    answers=answered,
)
