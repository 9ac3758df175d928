"""Invision Community (IPS 4): topics of its forums, and the comments below its articles."""

import re

from archiver.extract.comments.forum import first_post
from archiver.extract.comments.platform import NativeId, Platform

INVISION = Platform(
    name="invision",
    evidence=("article.ipsComment",),
    comment="article.ipsComment[id]",
    native_id=(NativeId(pattern=re.compile(r"elComment_(\d+)$"), form="comment-{}"),),
    id_required=True,
    opening=first_post("article.cPost", earlier="link[rel=prev]"),
    author=(".cAuthorPane_author", ".ipsComment_author strong", ".ipsComment_author"),
    published=(".ipsComment_meta [datetime]", "[datetime]"),
    text=("[data-role=commentContent]",),
    guesses=False,
    is_forum=True,
    boilerplate=".ipsType_reset.ipsType_light, .ipsQuote_citation .ipsQuote_arrow",
    permalink="a[href*='findComment']",
    likes="[data-role=reactCountText]",
    edited=".ipsType_reset.ipsType_light [datetime]",
    moderated=".ipsComment_unapproved, .ipsModerated",
    answers=lambda root: next(
        filter(None, (each.get("data-ipsquote-contentcommentid") for each in root.iter("blockquote"))), None
    ),
    flat=True,
)
