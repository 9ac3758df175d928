"""Discourse topics: the page as browsers build it, and the plain ones for crawlers and for reading without scripts."""

import re

from lxml.html import HtmlElement

from archiver.extract.comments.forum import first_post
from archiver.extract.comments.platform import NativeId, Platform

_NATIVE_ID = (NativeId(pattern=re.compile(r"post_(\d+)$"), form="post_{}"),)
_GENERATOR = "meta[name=generator][content^=Discourse]"
# Counts of clicks beside links, sizes under images, buttons of quotes
_BOILERPLATE = ".quote-controls, .badge-notification, .badge.clicks, .lightbox .meta, .cooked-selection-barrier"


def quoted(root: HtmlElement) -> str | None:
    """The post of this topic that is quoted; above a quote from another topic stands a link to that."""
    for quote in root.iterdescendants("aside"):
        if quote.get("data-post") and "quote" in quote.get("class", "").split():
            title = next((each for each in quote if each.get("class") == "title"), None)
            if title is None or next(title.iterdescendants("a"), None) is None:
                return quote.get("data-post")
    return None


DISCOURSE = Platform(
    name="discourse",
    evidence=(".topic-post",),
    comment=".topic-post article[id]:not(.small-action)",
    native_id=_NATIVE_ID,
    id_required=True,
    opening=first_post("#post_1"),
    author=(".names .first", ".names .username"),
    author_noise=".user-title, .poster-icon, .svg-icon",
    published=(".post-date .relative-date", ".post-date"),
    text=(".cooked",),
    guesses=False,
    is_forum=True,
    boilerplate=f"{_BOILERPLATE}, .topic-map, .post-notice",
    permalink="a.post-date, .post-date a",
    likes=".like-count",
    edited=".post-info.edits",
    answers=quoted,
    answered_name=".reply-to-tab",
    flat=True,
)

DISCOURSE_CRAWLER = Platform(
    name="discourse-crawler",
    evidence=(".crawler-post",),
    comment=".crawler-post",
    native_id=_NATIVE_ID,  # which older versions do not print
    opening=first_post(".crawler-post", number="[itemprop=position]"),
    author=(".creator [itemprop=name]", ".creator"),
    published=("time.post-time", ".crawler-post-infos [datetime]", ".crawler-post-infos"),
    text=(".post",),
    guesses=False,
    is_forum=True,
    boilerplate=_BOILERPLATE,
    likes=".post-likes",
    answers=quoted,
    flat=True,
)

DISCOURSE_PLAIN = Platform(
    name="discourse-plain",
    evidence=(_GENERATOR,),
    foreign=(".crawler-post", ".topic-post"),
    comment="div[itemtype$='/DiscussionForumPosting']",
    opening=first_post("div[itemtype$='/DiscussionForumPosting']", number="[itemprop=position]"),
    author=(".creator [itemprop=author]", ".creator b"),
    published=("[itemprop=datePublished]",),
    text=("[itemprop=articleBody]", ".post"),
    guesses=False,
    is_forum=True,
    boilerplate=_BOILERPLATE,
    flat=True,
)
