"""Kinja, the platform of the Gawker and Gizmodo sites: discussions in branches, each reply naming what it answers."""

import re

from archiver.extract.comments.platform import NativeId, Platform

KINJA = Platform(
    name="kinja",
    evidence=("article.js_reply",),
    comment="article.js_reply[id]",
    native_id=(NativeId(pattern=re.compile(r"reply_(\d+)$"), form="reply_{}"),),
    id_required=True,
    author=(".display-name .fn", ".display-name"),
    author_noise=".replyto-author",
    published=(".publish-time .hide-on-hover", ".publish-time"),
    text=(".reply-content",),
    guesses=False,
    boilerplate=".read-more-placeholder, .readmore-core-decorated",
    permalink=".publish-time a",
    likes=".js_like",
    prune=".js_replies, .reply-filters-tabbed",
    answers=lambda root: root.get("data-parentid"),
    flat=True,
)
