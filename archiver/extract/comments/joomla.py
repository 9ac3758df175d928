"""Comment extensions of Joomla: JComments, the comments of K2, Komento."""

import re

from lxml.html import HtmlElement

from archiver.extract.comments.platform import NativeId, Platform

_KOMENTO_ID = re.compile(r"kmt-(\d+)$")
_K2_ID = re.compile(r"(?:.*#)?comment(\d+)$")
_DEPTH = re.compile(r"\d{1,3}$")


def komento_answered(root: HtmlElement) -> str | None:
    """``parentid="kmt-11"``, of number 0 at the top."""
    match = re.match(r"(?:kmt-)?(\d+)$", root.get("parentid") or root.get("data-parentid") or "")
    return match.group(1) if match else None


def komento_depth(root: HtmlElement) -> int | None:
    stated = root.get("depth") or root.get("data-depth") or ""
    return int(stated) + 1 if _DEPTH.match(stated) else None


JCOMMENTS = Platform(
    name="jcomments",
    evidence=(".comment-body[id^='comment-body-']", ".comment-box .comment-anchor"),
    comment="[id^='comment-item-']",
    native_id=(NativeId(pattern=re.compile(r"comment-item-(\d+)$"), form="comment-{}"),),
    id_required=True,
    author=(".comment-author, .author-homepage",),
    published=(".comment-date",),
    text=("[id^='comment-body-']", ".comment-body"),
    boilerplate=".comments-buttons, .comments-list",
    likes=".vote-none, span.vote-good, span.vote-poor",
    skip=".jcomments-latest",
    prune="#jc, #comments-form, #comments-form-link, #comments-footer",
)

K2 = Platform(
    name="k2",
    evidence=(".itemCommentsList .commentAuthorName",),
    comment=".itemCommentsList > li",
    native_id=(
        NativeId(pattern=_K2_ID, form="comment{}"),
        NativeId(pattern=_K2_ID, inside="a[id^='comment']", form="comment{}"),
        NativeId(pattern=_K2_ID, attribute="href", inside="a[href*='#comment']", form="comment{}"),
    ),
    author=(".commentAuthorName a", ".commentAuthorName"),
    published=(".commentDate",),
    text=(".commentText, .commentBody", "p"),
    boilerplate=".commentLink, .commentDate, .commentAuthorName, .commentAuthorEmail, .commentToolbar",
    moderated=".unpublishedComment",
    prune=".itemCommentsCounter, .itemCommentsPagination, .itemCommentsForm",
)

KOMENTO = Platform(
    name="komento",
    evidence=(".kmt-item",),
    comment=".kmt-item",
    native_id=(
        NativeId(pattern=_KOMENTO_ID, form="kmt-{}"),
        NativeId(pattern=re.compile(r"(\d+)$"), attribute="data-id", form="kmt-{}"),
    ),
    id_required=True,
    author=(".kmt-author",),
    author_noise=".kmt-rank, .kmt-author-time",
    published=(".kmt-time time", ".kmt-time [title]", ".kmt-time, .kmt-author-time"),
    text=(".commentText", ".kmt-text", ".kmt-body"),
    boilerplate=".kmt-info, .kmt-attachments, .kmt-control, .kmt-head, .kmt-edited",
    likes=".kmt-like-counter",
    edited=".kmt-edited, .kmt-info-edited",
    moderated=".kmt-unpublished, .kmt-pending",
    prune=".kmt-title, .kmt-list-title, .kmt-form, .kmt-sorting",
    answers=komento_answered,
    stated_depth=komento_depth,
)
