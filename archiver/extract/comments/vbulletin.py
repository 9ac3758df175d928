"""vBulletin topics: the tables of version 3, the lists of version 4, the blocks of version 5."""

import re

from archiver.extract.comments.forum import first_post
from archiver.extract.comments.platform import NativeId, Platform

VBULLETIN_3 = Platform(
    name="vbulletin-3",
    evidence=("a.bigusername",),
    comment="table[id]",
    native_id=(NativeId(pattern=re.compile(r"post(\d+)$"), form="post{}"),),
    id_required=True,
    opening=first_post("table[id^=post]", number="a[id^=postcount]"),
    author=("a.bigusername", ".bigusername", "div[id^=postmenu_]"),
    published=("td.thead",),
    author_noise="a[id^=postcount]",
    text=("div[id^=post_message_]",),
    guesses=False,
    is_forum=True,
    edited="td.alt1 div.smallfont em",
    answered="div[id^=post_message_] a[href*='#post']",
    flat=True,
)

VBULLETIN_4 = Platform(
    name="vbulletin-4",
    evidence=(".postbit", ".postbitlegacy"),
    comment="li[id]",
    native_id=(NativeId(pattern=re.compile(r"post_(\d+)$"), form="post{}"),),
    id_required=True,
    opening=first_post("li[id^=post_]", number=".postcounter"),
    author=(".username_container .username", ".userinfo .username"),
    published=(".postdate .date", ".postdate"),
    text=(".postcontent.restore", "div[id^=post_message_]"),
    guesses=False,
    is_forum=True,
    boilerplate=".lastedited, .signature",
    permalink="a.postcounter",
    edited=".lastedited",
    moderated=".postbitdeleted",
    answered=".bbcode_postedby a",
    flat=True,
)

VBULLETIN_5 = Platform(
    name="vbulletin-5",
    evidence=(".b-post",),
    comment=".b-post[data-node-id]",
    native_id=(NativeId(pattern=re.compile(r"(\d+)$"), attribute="data-node-id", form="post{}"),),
    id_required=True,
    opening=first_post(".b-post[data-node-id]", number=".b-post__count"),
    author=(".author [itemprop=name]", ".author"),
    published=(".b-post__timestamp [datetime]", ".b-post__timestamp"),
    text=(".js-post__content-text",),
    guesses=False,
    is_forum=True,
    boilerplate=".b-post__edit",
    permalink="a.b-post__count",
    edited=".b-post__edit",
    moderated=".b-post--deleted",
    answered=".bbcode_postedby a",
    flat=True,
)
