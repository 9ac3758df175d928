"""Reddit: the page of custom elements, and the older one (``old.reddit.com``)."""

import re

from archiver.extract.comments.forum import first_post
from archiver.extract.comments.platform import NativeId, Platform

_FULL_NAME = re.compile(r"(t1_\w+)$")

REDDIT = Platform(
    name="reddit",
    evidence=("shreddit-comment",),
    comment="shreddit-comment",
    native_id=(NativeId(pattern=_FULL_NAME, attribute="thingid"),),
    opening=first_post("shreddit-post"),
    author=("[slot=commentMeta] a[href*='/user/']", "[slot=commentMeta] .author-name-meta"),
    published=("[slot=commentMeta] [datetime]", "[slot=commentMeta] [ts]"),
    text=("[slot=comment]", "[slot=text-body]"),
    guesses=False,
    is_forum=True,
    permalink="[slot=commentMeta] a[href*='/comment/']",
    likes="shreddit-comment-action-row[score]",
    edited="[slot=commentMeta] [edited], faceplate-timeago[slot=edited]",
)

REDDIT_OLD = Platform(
    name="reddit-old",
    evidence=(".thing.comment",),
    comment=".thing.comment",
    native_id=(
        NativeId(pattern=_FULL_NAME, attribute="data-fullname"),
        NativeId(pattern=re.compile(r"thing_(t1_\w+)$")),
    ),
    opening=first_post(".thing.link"),
    author=(".tagline .author",),
    published=(".tagline time:not(.edited-timestamp)",),
    text=(".usertext-body .md", ".usertext-body", ".commentbody"),
    guesses=False,
    is_forum=True,
    permalink="a.bylink",
    likes=".score.unvoted",
    edited=".edited-timestamp",
)
