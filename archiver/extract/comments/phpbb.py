"""phpBB topics: prosilver and subsilver2 (version 3), subSilver (version 2)."""

import re

from archiver.extract.comments.forum import first_post
from archiver.extract.comments.platform import NativeId, Platform

PHPBB = Platform(
    name="phpbb",
    evidence=(".postprofile",),
    comment=".post[id]",
    native_id=(NativeId(pattern=re.compile(r"p(\d+)$"), form="p{}"),),
    id_required=True,
    opening=first_post(".post[id]", page=".pagination .active, .pagination strong"),
    author=(".author strong", ".postprofile dt .username", ".postprofile dt"),
    author_noise=".author .responsive-hide, .author .sr-only",
    published=(".author [datetime]", ".author"),
    text=(".content",),
    guesses=False,
    is_forum=True,
    boilerplate="cite a[data-post-id], .attachbox, .notice, .signature",
    permalink=".author a[href*='#p']",
    edited=".notice:not(.post_deleted_msg)",
    moderated=".post_deleted_msg, .post-notice.deleted, .post-notice.unapproved",
    skip=".topicreview, #topicreview",
    answered="cite a[data-post-id], cite a[href*='#p']",
    flat=True,
)

PHPBB_SUBSILVER = Platform(
    name="phpbb-subsilver",
    evidence=(".postauthor",),
    foreign=(".postprofile",),
    comment=".tablebg a[name]",
    native_id=(NativeId(pattern=re.compile(r"p(\d+)$"), attribute="name", form="p{}"),),
    id_required=True,
    around=".tablebg",
    opening=first_post(".tablebg a[name^=p]", page=".nav strong"),
    author=(".postauthor",),
    published=(".gensmall div", "td.gensmall"),
    text=("div.postbody",),
    guesses=False,
    is_forum=True,
    permalink="a[href*='#p']",
    edited="td > span.gensmall",
    answered="cite a[href*='#p']",
    flat=True,
)

PHPBB_2 = Platform(
    name="phpbb-2",
    evidence=("table.forumline span.postdetails",),
    comment=".name a[name]",
    native_id=(NativeId(pattern=re.compile(r"(\d+)$"), attribute="name"),),
    id_required=True,
    around="tr",
    opening=first_post(".name a[name]", page=".nav b"),
    author=(".name b", ".name"),
    published=(".forumline table .postdetails",),
    text=("span.postbody",),
    guesses=False,
    is_forum=True,
    flat=True,
)
