"""XenForo topics (versions 1 and 2), and the forum's answers that news sites show below an article."""

import re

from archiver.extract.comments.forum import first_post
from archiver.extract.comments.platform import NativeId, Platform

XENFORO = Platform(
    name="xenforo",
    evidence=(".message--post",),
    comment=".message--post",
    native_id=(
        NativeId(pattern=re.compile(r"post-(\d+)$"), attribute="data-content", form="post-{}"),
        NativeId(pattern=re.compile(r"js-post-(\d+)$"), form="post-{}"),
    ),
    id_required=True,
    opening=first_post(".message--post", number=".message-attribution-opposite"),
    author=(".message-name .username", ".message-name", ".message-userDetails .username"),
    published=(".message-attribution [datetime]", ".message-attribution .u-dt"),
    text=(".message-body .bbWrapper", ".message-body"),
    guesses=False,
    is_forum=True,
    boilerplate=".bbCodeBlock-expandLink, .js-selectToQuoteEnd, .message-signature, .message-lastEdit",
    permalink=".message-attribution a[href*='post-'], .message-attribution a[href*='/posts/']",
    edited=".message-lastEdit",
    moderated=".messageNotice--deleted, .messageNotice--moderated, .message--deleted",
    answered="blockquote[data-source], a.bbCodeBlock-sourceJump",
    flat=True,
)

XENFORO_1 = Platform(
    name="xenforo-1",
    evidence=("#messageList", ".messageList"),
    foreign=(".message--post",),
    comment="li.message[id]",
    native_id=(NativeId(pattern=re.compile(r"post-(\d+)$"), form="post-{}"),),
    id_required=True,
    opening=first_post("li.message[id]", number=".postNumber"),
    author=(".userText .username", ".messageUserBlock .username", ".messageMeta .author"),
    published=(".messageMeta .DateTime", ".DateTime"),
    text=(".messageText",),
    guesses=False,
    is_forum=True,
    boilerplate=".messageTextEndMarker, .quoteExpand, .AttributionLink, .signature, .editDate",
    permalink="a.datePermalink",
    edited=".editDate",
    moderated="li.message.deleted, .deletionNote, .messageNotices .moderatedNotice, .messageNotices .deletedNotice",
    answered="a.AttributionLink",
    flat=True,
)

XENFORO_WIDGET = Platform(
    name="xenforo-widget",
    evidence=(".xenforo-comment",),
    comment=".xenforo-comment[id]",
    native_id=(NativeId(pattern=re.compile(r"xenforo-comment-(\d+)$"), form="xenforo-comment-{}"),),
    id_required=True,
    author=(".author-name",),
    published=(".post-date",),
    text=(".js-read-more", ".xenforo-comment-content"),
    guesses=False,
    boilerplate=".xf-comment-reply, .xenforo-comment-content header",
    flat=True,
)
