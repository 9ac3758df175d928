"""TypePad, and Movable Type from which it came."""

import re

from archiver.extract.comments.platform import NativeId, Platform

TYPEPAD = Platform(
    name="typepad",
    evidence=(".comment .comment-footer", ".comments-post"),
    foreign=(".comment .asset-meta",),
    comment=".comment[id]",
    native_id=(NativeId(pattern=re.compile(r"comment-(\w+)$"), form="comment-{}"),),
    id_required=True,
    author=(".comment-footer a:not([href*='#comment-'])", ".comment-footer"),
    published=(".comment-footer a[href*='#comment-']", ".comment-footer"),
    text=(".comment-content", ".comment-inner"),
    guesses=False,
    boilerplate=".comment-footer, .comment-avatar, .comment-reply-link",
    moderated=".comment-removed",
    skip=".module-recent-comments",
    prune=".comments-header, .comments-open, #comment-form, .comments-open-header, .trackbacks-info, #trackback",
)

MOVABLE_TYPE = Platform(
    name="movable-type",
    evidence=(".comment .asset-meta", ".comment .byline"),
    comment=".comment[id]",
    native_id=(NativeId(pattern=re.compile(r"comment-(\d+)$"), form="comment-{}"),),
    id_required=True,
    author=(".byline .author", ".vcard.author", ".byline"),
    published=("abbr.published", ".byline-date", ".asset-meta a[href*='#comment-']"),
    text=(".comment-content",),
    guesses=False,
    boilerplate=".comment-footer, .comment-header",
    skip=".widget-recent-comments",
    prune=".comments-header, .comments-open, #comments-form, .comments-open-header",
    answered=".byline a[href*='#comment-']",
)
