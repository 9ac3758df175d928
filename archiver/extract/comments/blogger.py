"""Blogger: threads as its script prints them, flat lists of its themes since 2017, and definition lists before 2012."""

import re

from archiver.extract.comments.platform import NativeId, Platform

# The fragment is a letter and the comment's number; its permalink says the moment.
_NUMBER = re.compile(r"c(\d{6,20})$")
_NATIVE_ID = (NativeId(pattern=_NUMBER, form="c{}"),)
_STAMP = re.compile(r"[?&]showComment=(\d{13}|\d{10})\b")
_PRUNE = "#comments.comments, #backlinks-container"

BLOGGER = Platform(
    name="blogger",
    evidence=(".comment-block cite.user", ".comment-block .comment-timestamp"),
    comment="li.comment[id], div.comment[id]",
    native_id=_NATIVE_ID,
    id_required=True,
    author=("cite.user", ".comment-author a[href]", ".comment-author"),
    published=(".datetime", ".comment-timestamp a", ".comment-timestamp"),
    stamped=_STAMP,
    text=(".comment-content", ".comment-body"),
    boilerplate=".comment-header, .comment-author, .comment-actions, .comment-footer, .comment-replies",
    moderated=".deleted-comment, .comment-body.deleted",
    prune=_PRUNE,
)

BLOGGER_DEFINITIONS = Platform(
    name="blogger-definitions",
    evidence=("dl#comments-block dt.comment-author",),
    comment="#comments-block dt[id], #comments-block dt.comment-author",
    native_id=(*_NATIVE_ID, NativeId(pattern=_NUMBER, attribute="name", inside="a[name]", form="c{}")),
    continued="dd",
    author=("dt a[href]", "dt"),
    published=(".comment-timestamp a", ".comment-timestamp"),
    stamped=_STAMP,
    text=("dd.comment-body",),
    boilerplate=".comment-footer",
    moderated=".deleted-comment",
    prune=_PRUNE,
)
