"""PIXNET blogs: a list for each comment, the blogger's answer as an item of the same list, signed at its end."""

import re

from archiver.extract.comments.platform import NativeId, Platform

PIXNET = Platform(
    name="pixnet",
    evidence=("#comment-box ul.single-post", "#comment-text ul.single-post"),
    comment="ul.single-post:not(.secret), ul.single-post > li.reply-text",
    native_id=(NativeId(pattern=re.compile(r"(comment-\d+)$"), attribute="name", inside=".post-info a[name]"),),
    author=(".user-name", ".reply-text > p > a"),
    published=(".post-time", ".reply-text > p"),
    text=(".post-text", ".reply-text"),
    boilerplate=".post-info, .post-photo, .reply-text > p",
    prune="#comment-box .page, #comment-form, .secret",
)
