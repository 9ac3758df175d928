"""WordPress threads: what core and its themes print (html4 and html5 lists, definition lists), and block themes."""

import re

from lxml.html import HtmlElement

from archiver.extract.comments.platform import NativeId, Platform
from archiver.extract.model import CommentKind

_DEPTH = re.compile(r"(?:^|\s)depth-(\d{1,4})(?:\s|$)")
_NATIVE_ID = (NativeId(pattern=re.compile(r"(?:(?:li|div|article|dt|dd)-){0,2}comment-(\d+)$"), form="comment-{}"),)

_EVIDENCE = (
    "link[href*='/wp-content/']",
    "link[href*='/wp-includes/']",
    "script[src*='/wp-content/']",
    "script[src*='/wp-includes/']",
    "link[rel='https://api.w.org/']",
    "meta[name=generator][content^=WordPress]",
    "form[action*='wp-comments-post.php']",
    "ol.commentlist",
    "ol.comment-list",
    "ul.commentlist",
    "ul.comment-list",
)
# Plugins that print their own threads into a WordPress page
_PLUGINS = (".wpd-thread-list", "#wpcomm", ".wc-thread-wrapper", "#disqus_thread .post-list", "#dsq-comments")

_BOILERPLATE = (
    ".comment-author, .comment-meta, .comment-metadata, .commentmetadata, .comment-info, .vcard, .fn,"
    " .comment-date, .comment-time, .comment-details, .comment-number, .gravatar, .avatar,"
    " .says, .reply, .comment-reply, .comment-reply-link, .comment-reply-login, .comment-edit-link, .edit-link,"
    " .comment-awaiting-moderation, .comment-respond, form, ol.children, ul.children,"
    " .comment-likes, .likebtn_container, .wprm-comment-rating, .sharedaddy, .cld-like-dislike-wrap,"
    " .navigation, .screen-reader-text, .comment-actions, .comment-tools"
)
_AWAITING = ".comment-awaiting-moderation, .unapproved"
_NEWEST = ".wp-block-latest-comments, .recentcomments, #recentcomments"
_PRUNE = "#respond, .comment-respond, .comments-title, #comments-title, h3#comments, h2#comments, .commentcount"


def kind_of(root: HtmlElement) -> CommentKind:
    classes = f" {root.get('class', '')} ".lower()
    return CommentKind.PINGBACK if " pingback " in classes or " trackback " in classes else CommentKind.COMMENT


def stated_depth(root: HtmlElement) -> int | None:
    match = _DEPTH.search(root.get("class", ""))
    return int(match.group(1)) if match else None


WORDPRESS = Platform(
    name="wordpress",
    evidence=_EVIDENCE,
    foreign=(".wp-block-comment-template", *_PLUGINS),
    comment=("li[id*='comment-'], div[id*='comment-'], article[id*='comment-'], section[id*='comment-']"),
    native_id=_NATIVE_ID,
    id_required=True,
    without_id="li.pingback, li.trackback",
    author=(
        ".fn",
        ".comment-author-name, .comment-author .author, .comment-author-link",
        ".comment-author .url, .comment-author strong, .comment-author b, .comment-author cite",
        "cite a:not([href*='#comment-']), cite strong, cite b",
        "cite",
        ".comment-author",
        ".author, .comment_author, .commentauthor, .comment-name",
        "a.url",
        "li.comment > h4",
    ),
    author_noise=(
        ".says, .badge, [class*='comment_author'], [class*='author-badge'], [class*='author-label'], .post-author,"
        " time, .comment-meta, .commentmetadata, h4 > .meta"
    ),
    published=(
        "[datetime]",
        ".comment-metadata a, .commentmetadata a, .comment-meta a[href*='#comment-']",
        "a[href*='#comment-']:not(.comment-reply-link)",
        ".comment-date, .comment-time, .comment_date, .date, .commentmetadata, .comment-metadata",
        ".comment-meta, .comment-author, .comment-info, cite, h4 > .meta",
    ),
    text=(
        ".comment-content, .comment-text, .comment_text, .commenttext, .comment-entry",
        ".comment-body, .commentbody, .commentcontent",
    ),
    boilerplate=_BOILERPLATE,
    moderated=_AWAITING,
    skip=_NEWEST,
    prune=_PRUNE,
    kind=kind_of,
    stated_depth=stated_depth,
)

WORDPRESS_BLOCKS = Platform(
    name="wordpress-blocks",
    evidence=(".wp-block-comment-template",),
    foreign=_PLUGINS,
    comment=".wp-block-comment-template li[id]",
    native_id=_NATIVE_ID,
    id_required=True,
    author=(".wp-block-comment-author-name",),
    author_noise=".says, .badge",
    published=(".wp-block-comment-date [datetime]", ".wp-block-comment-date"),
    text=(".wp-block-comment-content",),
    boilerplate=(
        ".wp-block-comment-author-name, .wp-block-comment-date, .wp-block-comment-reply-link,"
        " .wp-block-comment-edit-link, .wp-block-avatar, .comment-awaiting-moderation, form"
    ),
    moderated=_AWAITING,
    skip=_NEWEST,
    prune=".wp-block-comments-title, .wp-block-post-comments-form, .wp-block-comments-pagination, #respond",
    kind=kind_of,
    stated_depth=stated_depth,
)

WORDPRESS_DEFINITIONS = Platform(
    name="wordpress-definitions",
    evidence=("dl#comment_list", "dl.commentlist", "dl[id*=comment]"),
    foreign=_PLUGINS,
    comment="dt[id*='comment-']",
    native_id=_NATIVE_ID,
    id_required=True,
    continued="dd",
    author=(".comment_author, .fn, .comment-author", "cite", "strong", "a.url"),
    author_noise=".says, .comment_num, .avatar",
    published=("[datetime]", ".comment_time, .comment-time, .comment_date", "a[href*='#comment-']"),
    text=(".format_text, .comment_text, .comment-content, dd",),
    boilerplate=".reply, .comment-reply-link, form",
    skip=_NEWEST,
    prune=_PRUNE,
    kind=kind_of,
)
