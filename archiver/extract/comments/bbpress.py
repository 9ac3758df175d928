"""bbPress and BuddyPress, plugins for WordPress: topics of a forum, and comments on what members did.

In bbPress the head of each reply stands before its body, as its sibling.
"""

import re

from archiver.extract.comments.platform import NativeId, Platform

BBPRESS = Platform(
    name="bbpress",
    evidence=(".bbp-reply-header", ".bbp-replies .bbp-reply-content"),
    comment=".bbp-reply-header",
    native_id=(NativeId(pattern=re.compile(r"post-(\d+)$"), form="post-{}"),),
    id_required=True,
    # the opening post has such a head too, but its body is a topic's: it is the article
    continued=".type-reply, .bbp-threaded-replies",
    author=(".bbp-author-name", "a.bbp-author-link, .bbp-reply-author a", ".bbp-reply-author"),
    author_noise=".bbp-author-role, .bbp-author-avatar, .bbp-author-ip, .bbp-reply-ip",
    published=(".bbp-reply-post-date",),
    text=(".bbp-reply-content",),
    boilerplate=".bbp-meta, .bbp-reply-author, .bbp-reply-revision-log, .bbp-attachments, .bbp-signature",
    edited=".bbp-reply-revision-log",
    moderated=".status-pending, .status-spam, .status-trash",
    skip=".widget_display_replies",
    prune=".bbp-reply-form, .bbp-pagination, .bbp-no-reply, .bbp-footer, #new-post",
    is_forum=True,
)

BUDDYPRESS = Platform(
    name="buddypress",
    evidence=(".acomment-content",),
    comment="li[id^='acomment-']",
    native_id=(NativeId(pattern=re.compile(r"acomment-(\d+)$"), form="acomment-{}"),),
    id_required=True,
    author=(".acomment-meta a:not(.activity-time-since)",),
    published=(".acomment-meta [datetime]", ".acomment-meta [data-livestamp]", ".activity-time-since, .time-since"),
    text=(".acomment-content",),
    boilerplate=".acomment-meta, .acomment-options, .activity-read-more, form",
    prune=".ac-form, .activity-comments .show-all",
)
