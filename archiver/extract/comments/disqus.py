"""Disqus: the list for readers without scripts that blogs print, and the thread as a browser rendered and saved it."""

import re

from archiver.extract.comments.platform import NativeId, Platform
from archiver.extract.comments.wordpress import kind_of, stated_depth

DISQUS = Platform(
    name="disqus",
    evidence=(".dsq-comment-header", "#dsq-comments"),
    comment="[id^='dsq-comment-']",
    native_id=(NativeId(pattern=re.compile(r"dsq-comment-(\d+)$"), form="comment-{}"),),
    id_required=True,
    without_id="#dsq-comments li.pingback, #dsq-comments li.trackback",
    author=("[id^='dsq-author-user-']", "[id^='dsq-cite-']", "cite", "li.pingback a[href], li.trackback a[href]"),
    published=("[id^='dsq-time-']", ".dsq-comment-date", ".dsq-comment-header-time"),
    text=("[id^='dsq-comment-message-']", ".dsq-comment-message", "[id^='dsq-comment-body-']"),
    boilerplate=".dsq-comment-header, .dsq-comment-footer, .children, ul.children, li.pingback a, li.trackback a",
    prune="#dsq-content",
    kind=kind_of,
    stated_depth=stated_depth,
)

DISQUS_RENDERED = Platform(
    name="disqus-rendered",
    evidence=(".post-list .post-message-container", ".post-list [data-role='post-content'] .post-message"),
    comment=".post-list li.post, .children li.post",
    native_id=(
        NativeId(pattern=re.compile(r"post-(\d+)$"), form="comment-{}"),
        NativeId(pattern=re.compile(r".*#comment-(\d+)$"), attribute="href", inside="a.time-ago", form="comment-{}"),
    ),
    author=(".post-byline .author", ".author"),
    author_noise=".badge, .badges, .parent-link-container",
    published=("a.time-ago", ".time-ago", ".post-meta"),
    text=(".post-message", ".post-message-container"),
    boilerplate=".post-body > header, .comment__header, .comment__footer, .see-more, .media-container, .children",
    likes="[data-role='likes'], .vote-up .count",
    edited=".has-edit, .post-edited",
    moderated=".post--deleted, .minimized-moderated, .is-moderated",
    prune="#global-alert, .nav-primary, .nav-secondary, #form, .load-more, #disqus_thread",
)
