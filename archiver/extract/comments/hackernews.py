"""Hacker News: a table row for each comment, set in by its depth."""

import re

from lxml.html import HtmlElement

from archiver.extract.comments.forum import first_post
from archiver.extract.comments.platform import NativeId, Platform

_STEP = 40
"""Pixels that each level is set in, where the cell does not state it."""


def stated_depth(root: HtmlElement) -> int | None:
    cell = next((each for each in root.iterdescendants("td") if each.get("class") == "ind"), None)
    if cell is None:
        return None
    indent = cell.get("indent", "")
    if indent.isdecimal():
        return int(indent[:4]) + 1
    width = next((each.get("width", "") for each in cell.iterdescendants("img")), "")
    return int(width[:6]) // _STEP + 1 if width.isdecimal() else None


HACKER_NEWS = Platform(
    name="hacker-news",
    evidence=("#hnmain",),
    comment=".comtr[id]",
    native_id=(NativeId(pattern=re.compile(r"(\d+)$")),),
    id_required=True,
    author=(".hnuser", ".comhead a[href^='user?id=']"),
    published=(".age",),
    text=(".commtext", ".comment", ".toptext"),
    guesses=False,
    is_forum=True,
    boilerplate=".reply",
    permalink=".age a",
    opening=first_post(".fatitem"),
    stated_depth=stated_depth,
    flat=True,
)
