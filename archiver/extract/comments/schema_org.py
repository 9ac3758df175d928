"""Comments marked up in the vocabularies of schema.org (microdata, RDFa) and SIOC, whoever printed them.

A vocabulary, not a platform: many platforms use it beside their own names, so it is tried after them.
"""

import re

from archiver.extract.comments.platform import NativeId, Platform

_FRAGMENT = re.compile(r".*#([\w:.-]*\d[\w:.-]*)$")
_TYPES = (
    "[itemtype$='schema.org/Comment'], [itemtype$='schema.org/comment'], [itemtype$='schema.org/UserComments'],"
    " [itemtype$='schema.org/UserComment'], [typeof~='schema:Comment'], [typeof~='schema:UserComments'],"
    " [typeof~='Comment'], [typeof~='UserComments'], [typeof~='sioct:Comment'], [typeof~='sioc:Comment']"
)
# Elsewhere a review is the article, or the article's subject is what is reviewed
_REVIEWS = ", ".join(
    f"{section}[itemtype$='schema.org/Review']"
    for section in ("#comments ", ".comments ", ".comment-list ", ".comments-list ", "#comment-list ", ".comment")
)

SCHEMA_ORG = Platform(
    name="schema-org",
    evidence=(_TYPES, _REVIEWS),
    comment=f"{_TYPES}, {_REVIEWS}",
    native_id=(
        NativeId(pattern=re.compile(r"([\w:.-]*\d[\w:.-]*)$")),
        NativeId(pattern=_FRAGMENT, attribute="itemid"),
        NativeId(pattern=_FRAGMENT, attribute="about"),
        NativeId(pattern=_FRAGMENT, attribute="resource"),
        NativeId(
            pattern=_FRAGMENT,
            attribute="href",
            inside="[itemprop~='url'], [property~='schema:url'], [property~='url']",
        ),
        NativeId(pattern=_FRAGMENT, attribute="content", inside="meta[itemprop~='url']"),
    ),
    author=(
        "[itemprop~='author'] [itemprop~='name'], [itemprop~='creator'] [itemprop~='name']",
        "[itemprop~='author'], [itemprop~='creator']",
        "[property~='schema:author'] [property~='schema:name'], [property~='author'] [property~='name']",
        "[rel~='sioc:has_creator'], [property~='schema:author'], [property~='author'], [property~='foaf:name']",
    ),
    published=(
        "[itemprop~='dateCreated'], [itemprop~='datePublished'], [itemprop~='commentTime'], [itemprop~='uploadDate']",
        "[property~='schema:dateCreated'], [property~='schema:datePublished'], [property~='dc:created']",
        "[property~='dateCreated'], [property~='datePublished'], [property~='dcterms:created'], [property~='dc:date']",
    ),
    text=(
        "[itemprop~='text'], [itemprop~='commentText'], [itemprop~='reviewBody']",
        "[itemprop~='articleBody'], [itemprop~='description']",
        "[property~='schema:text'], [property~='text'], [property~='content:encoded'], [property~='sioc:content']",
    ),
    text_required=True,  # some sites say it of a whole list
    boilerplate="[itemprop~='headline'], [itemprop~='name'], [property~='schema:name'], [property~='dc:title'], form",
    likes="[itemprop~='upvoteCount'], [property~='schema:upvoteCount']",
    answered="[itemprop~='parentItem'][href], [itemprop~='parentItem'] [itemprop~='url'], [rel~='sioc:reply_of']",
)
