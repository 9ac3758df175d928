"""Simple Machines Forum topics (2.0 and 2.1)."""

import re

from archiver.extract.comments.forum import first_post
from archiver.extract.comments.platform import NativeId, Platform

SMF = Platform(
    name="smf",
    evidence=("#forumposts .post_wrapper",),
    comment="#forumposts .post_wrapper",
    native_id=(NativeId(pattern=re.compile(r"msg_(\d+)$"), inside=".post .inner", form="msg{}"),),
    opening=first_post("#forumposts .post_wrapper", earlier=".pagelinks .prev_page, .pagelinks .nav_page.prev"),
    author=(".poster h4",),
    author_noise=".poster h4 img, .poster h4 .on, .poster h4 .off",
    published=(".postinfo .smalltext", ".keyinfo .smalltext"),
    text=(".post .inner",),
    guesses=False,
    is_forum=True,
    boilerplate=".signature, .modified",
    permalink=".keyinfo a[href*='#msg']",
    edited=".modified em, .modified .lastedit",
    moderated=".approve_post",
    answered=".quoteheader a, cite a",
    flat=True,
)
