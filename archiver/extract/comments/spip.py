"""SPIP forums: the list of its own templates, and that of the plugin ``comments``."""

import re

from archiver.extract.comments.platform import NativeId, Platform

_ANCHOR = re.compile(r"forum(\d+)$")

SPIP = Platform(
    name="spip",
    evidence=(".forum-message", ".forum-fil"),
    comment="li a[name]",
    native_id=(
        NativeId(pattern=_ANCHOR, attribute="name", form="forum{}"),
        NativeId(pattern=_ANCHOR, form="forum{}"),
    ),
    id_required=True,
    around="li",
    author=(
        "b[class*=forum-qui]",
        ".forum-chapo small span",
        ".forum-chapo .auteur",
        ".forum-chapo strong:not(.forum-titre)",
    ),
    published=(".forum-nav", ".forum-chapo [title]", ".forum-chapo small", ".forum-chapo"),
    text=(".forum-texte",),
    guesses=False,
    boilerplate=".repondre, .hyperlien, .forum-titre, .formulaire_spip",
    prune=".repondre, .formulaire_forum, #formulaire_forum",
)

SPIP_COMMENTS = Platform(
    name="spip-comments",
    evidence=(".comments-ul", ".comment-li"),
    comment="li a[id]",
    native_id=(NativeId(pattern=re.compile(r"(?:forum|comment)(\d+)$"), form="forum{}"),),
    id_required=True,
    around="li",
    author=(".comment-meta .fn", ".comment-meta .reviewer"),
    published=(".comment-meta [title]", ".comment-meta time", ".comment-meta small"),
    text=(".comment-texte",),
    guesses=False,
    boilerplate=".repondre, .comment-reponse, .comment-external-link, .formulaire_spip",
    prune=".comment-reply, .comments-form, .comments h2.comments-h, .formulaire_forum",
)
