"""MyBB topics."""

import re

from archiver.extract.comments.forum import first_post
from archiver.extract.comments.platform import NativeId, Platform

MYBB = Platform(
    name="mybb",
    evidence=("#posts .post_body", "#posts .post_content"),
    comment=".post[id]",
    native_id=(NativeId(pattern=re.compile(r"post_(\d+)$"), form="pid{}"),),
    id_required=True,
    opening=first_post(".post[id]", number=".post_head .float_right"),
    author=(".author_information .largetext", ".author_information strong"),
    published=(".post_date [title]", ".post_date"),
    author_noise=".post_edit",
    text=(".post_body",),
    guesses=False,
    is_forum=True,
    boilerplate=".quick_jump, .signature, .post_meta, .edited_post",
    permalink=".post_head .float_right a[href*='#pid']",
    edited=".post_edit a, .edited_post",
    moderated=".deleted_post, .unapproved_post",
    answered="cite a.quick_jump",
    flat=True,
)
