"""What each table and column means, as data: Datasette shows it, the documentation is checked against it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class TableDescription:
    """``label`` is the column that stands for a row where another table refers to it.

    ``is_view``: put together from other tables. ``is_inner``: read through a view, not by people. ``key``: the columns
    that tell rows apart; ``inner``: columns that serve joins alone and depend on the order of loading.
    """

    text: str
    columns: Mapping[str, str]
    label: str | None = None
    is_view: bool = False
    is_inner: bool = False
    key: tuple[str, ...] = ("id",)
    inner: frozenset[str] = frozenset()


DERIVED: Final = (
    "captures",
    "articles",
    "states",
    "revisions",
    "aliases",
    "comments",
    "comment_versions",
    "sightings",
    "absences",
)
"""Tables and views that are a function of the WARC files: rebuilt, and compared by ``rebuild --check``."""

OPERATIONAL: Final = ("pages", "failures", "sources", "crawls")
"""Tables that a rebuild carries over and never compares."""

_STATE_COLUMNS: Final = {
    "site": "Name of the site as the page gives it",
    "title": "Headline",
    "authors": "Authors (JSON list)",
    "editors": "Editors (JSON list)",
    "published": "When the site says it was published (ISO 8601)",
    "modified": "When the site says it was last modified (ISO 8601)",
    "language": "Language code",
    "section": "Section of the site",
    "categories": "Categories (JSON list)",
    "tags": "Tags (JSON list)",
    "description": "The page's own summary",
    "image": "URL of the main image",
    "text": "Body, paragraphs parted by a blank line",
}
_BESIDE_COLUMNS: Final = {
    "links": "URLs that the text links to (JSON list)",
    "origins": "Where each field comes from (JSON object): json-ld, meta, trafilatura, html, text",
}

TABLES: Final[Mapping[str, TableDescription]] = {
    "articles": TableDescription(
        text="Articles as their newest capture shows them",
        label="title",
        columns={
            "id": "Made from the canonical URL; the same on every machine",
            "url": "Canonical URL",
            **_STATE_COLUMNS,
            "site": "Name of the site as the page gives it, else its host",
            **_BESIDE_COLUMNS,
            "word_count": "Words of the text",
            "comment_count": "Comments ever seen under it",
            "claimed_comments": "Number of comments the page itself claims, newest claim",
            "first_captured": "First capture that shows the article (UTC)",
            "last_captured": "Newest capture that shows the article (UTC)",
            "capture_count": "Captures that show the article",
            "revision_count": "Distinct states in a row, see revisions",
            "state": "What the newest capture of its pages saw: live, 404, 410, moved, blocked, error, …",
        },
    ),
    "captures": TableDescription(
        text="Recorded exchanges: what was captured when, and the WARC record that proves it",
        label="captured_at",
        inner=frozenset({"key", "thread"}),
        columns={
            "id": "Made from the record id",
            "key": "Number for joins; depends on the order of loading",
            "url": "URL as requested",
            "captured_at": "When the record was made (UTC)",
            "status": "HTTP status; empty for a stored file",
            "mime": "Media type as the server gave it",
            "verdict": "What the page is: article, redirect, error page, block page, …; empty until extracted",
            "reason": "Why the verdict is so",
            "article_id": "The article it shows, belonged to, or redirects to",
            "revision": "Number of the revision it shows; empty for a comment page or another form of the article",
            "begins_revision": "1: the first capture of that revision",
            "state": "Number of the state it shows, see states",
            "moment": "Number of the moment: captures of the article that one crawl made belong together",
            "covers": "1: the captures of its moment together show the whole thread",
            "comment_count": "Comments it shows; empty where it shows no article",
            "claimed_comments": "Number of comments the page claims",
            "complete": "1: shows the whole thread by itself; 0: does not; empty: does not say",
            "comment_pages": "Other pages of the thread that it links to (JSON list)",
            "elsewhere": "Threads that it loads from elsewhere: system, id, URL (JSON list)",
            "thread": "Key of the capture under which its sightings stand",
            "redirect_url": "Where a redirect leads",
            "canonical_url": "What the page says its URL is (rel=canonical), where that is another page",
            "source": "Configured source that led to it",
            "crawl_id": "The run that made it",
            "record_id": "WARC-Record-ID",
            "record_type": "response, resource or revisit",
            "refers_to": "Of a revisit: WARC-Record-ID of the record that holds its payload",
            "payload_digest": "SHA-1 of the entity body (base32)",
            "payload_sha256": "SHA-256 of the entity body (hex); empty for a revisit",
            "warc_file": "File under archive/",
            "warc_offset": "Where its record begins, in bytes",
            "warc_length": "Length of its compressed record, in bytes",
            "transfer_coding": "Transfer coding of the stored body: chunked, …",
            "truncated": "Why the response ends early: time, length, disconnect, unspecified",
            "etag": "Validator that the server gave, for conditional requests",
            "last_modified": "The same, as a date of HTTP",
            "extractor": "Version of the extractor; empty until extracted",
            "error": "Why extraction failed",
            "page_id": "Id of the page that its URL names, in any form",
            "redirect_page_id": "The same of the redirect's target",
            "canonical_page_id": "The same of canonical_url",
        },
    ),
    "states": TableDescription(
        text="What states of an article have otherwise than its row in articles; read them through revisions",
        is_inner=True,
        key=("article_id", "number"),
        columns={
            "article_id": "The article",
            "number": "1 is the state of its first capture",
            "differs": "Columns that differ (JSON object); raw_text where it is not the text",
        },
    ),
    "aliases": TableDescription(
        text="Other names under which an article answers",
        key=("alias",),
        columns={
            "alias": "A URL in its canonical form, or an id",
            "article_id": "The article",
            "page_id": "The page that gives this name",
            "kind": "redirect: it redirects to the article; joined: it is the same article; id: the id it would have"
            " without that; canonical: the article alone claims this URL",
        },
    ),
    "revisions": TableDescription(
        text="States of an article, one row where something changed",
        is_view=True,
        key=("article_id", "number"),
        columns={
            "article_id": "The article",
            "number": "1 is the oldest known state",
            "capture_id": "First capture that shows this state",
            "captured_at": "When that was (UTC)",
            **_STATE_COLUMNS,
            "raw_text": "Text before cleaning",
            **_BESIDE_COLUMNS,
        },
    ),
    "comments": TableDescription(
        text="Reader comments as they were last seen",
        label="author",
        inner=frozenset({"key", "first_capture"}),
        columns={
            "id": "Made from the article and the site's own id, else from author and time or text",
            "key": "Number for joins; depends on the order of loading",
            "article_id": "The article it stands under",
            "parent_id": "The comment it answers",
            "native_id": "The site's own id",
            "kind": "comment or pingback",
            "permalink": "Its own address",
            "author": "Name as shown",
            "author_url": "Where the name links to",
            "published": "When the site says it was written (ISO 8601)",
            "published_text": "The same as the page shows it",
            "text": "Text, paragraphs parted by a blank line",
            "position": "Place in the thread in its newest sighting, from 1",
            "depth": "0 at the top level",
            "likes": "Votes or likes as shown",
            "marked_edited": "1: the page marks it as edited",
            "moderated": "1: the page marks it as held for approval or removed by a moderator",
            "first_seen": "First capture that shows it (UTC)",
            "last_seen": "Newest capture that shows it (UTC)",
            "gone_since": "Since when captures that cover the thread do not show it (UTC)",
            "first_capture": "Key of the first capture that shows it",
            "version_count": "Distinct texts in a row, see comment_versions",
            "state": "live; edited: live, with more than one version; gone; hidden: gone with the comment it answers;"
            " moderated: so marked; not covered: no newer capture covers the thread",
        },
    ),
    "comment_versions": TableDescription(
        text="Texts of a comment, one row where author or text changed",
        is_view=True,
        key=("comment_id", "number"),
        columns={
            "comment_id": "The comment",
            "number": "1 is the oldest known text",
            "capture_id": "First capture that shows it",
            "captured_at": "When that was (UTC)",
            "author": "Name as shown",
            "text": "Text",
        },
    ),
    "comment_texts": TableDescription(
        text="Versions of comments that have several; read them through comment_versions",
        is_inner=True,
        key=("comment", "number"),
        columns={
            "comment": "Key of the comment",
            "number": "1 is the oldest known text",
            "capture": "Key of the first capture that shows it",
            "author": "Name as shown; empty for the newest, which stands in comments",
            "text": "Text; empty for the newest",
        },
    ),
    "seen": TableDescription(
        text="Sightings of each distinct thread; read them through sightings",
        is_inner=True,
        key=("capture", "comment"),
        columns={
            "capture": "Key of the first capture that shows the thread so",
            "comment": "Key of the comment",
            "version": "Number of the comment version it showed",
            "position": "Place on the page, from 1",
            "differs": "As in sightings",
        },
    ),
    "absences": TableDescription(
        text="When comments were gone: since a moment that covers the thread without it, until it was seen again",
        key=("comment_id", "number"),
        columns={
            "comment_id": "The comment",
            "number": "1 is its first absence",
            "state": "gone, or hidden with the comment it answers",
            "since": "When it was first known to be gone (UTC)",
            "since_capture": "The capture that completes the proof",
            "until": "When it was seen again, or gone in another way (UTC); empty: it is gone",
            "until_capture": "The capture that shows that",
        },
    ),
    "sightings": TableDescription(
        text="Which capture showed which comment",
        is_view=True,
        key=("capture_id", "comment_id"),
        columns={
            "capture_id": "The capture",
            "comment_id": "The comment",
            "version": "Number of the comment version it showed",
            "position": "Place on the page, from 1",
            "differs": "What this capture showed otherwise than the comment's row (JSON), such as fewer likes",
        },
    ),
    "pages": TableDescription(
        text="The frontier: known pages and when they are due",
        label="url",
        key=("page_id",),
        columns={
            "page_id": "Id of the canonical URL",
            "url": "URL as discovered",
            "host": "Host, for politeness",
            "source": "Configured source that found it first",
            "discovered_at": "When it was found (UTC)",
            "last_captured": "Newest capture (UTC)",
            "due_at": "When it is to be captured (UTC); empty: never again",
            "why": "Why it is due then",
            "lease_until": "Until when a running crawl holds it (UTC)",
        },
    ),
    "failures": TableDescription(
        text="Attempts that left no record",
        columns={
            "id": "Running number",
            "url": "URL as requested",
            "at": "When (UTC)",
            "crawl_id": "The run",
            "reason": "What went wrong",
        },
    ),
    "sources": TableDescription(
        text="Configured places where pages are found",
        label="name",
        key=("name",),
        columns={
            "name": "Name in archive.toml",
            "kind": "list, feed, section, …",
            "url": "Its address",
            "last_crawl": "When it was last tried (UTC)",
            "last_success": "When it was last read well (UTC)",
            "last_error": "What went wrong at the last try; empty if nothing",
        },
    ),
    "crawls": TableDescription(
        text="Runs of the crawler",
        label="started_at",
        columns={
            "id": "Id of the run, also in its WARC files",
            "started_at": "When it began (UTC)",
            "finished_at": "When it ended (UTC)",
            "sources": "Sources it worked on (JSON list)",
            "state": "running, finished, interrupted or failed",
            "discovered": "New pages found",
            "captured": "Pages captured",
            "articles": "Captures that show an article",
            "failed": "Attempts that left no record",
        },
    ),
}
