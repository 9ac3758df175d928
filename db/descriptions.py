"""What each table and column means, as data: Datasette shows it, the documentation is checked against it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class TableDescription:
    """``label`` is the column that stands for a row where another table refers to it."""

    text: str
    columns: Mapping[str, str]
    label: str | None = None


DERIVED: Final = ("captures", "articles", "aliases", "revisions", "comments", "comment_versions", "sightings")
"""Tables that are a function of the WARC files: rebuilt, and compared by ``rebuild --check``."""

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

TABLES: Final[Mapping[str, TableDescription]] = {
    "articles": TableDescription(
        text="Articles as their newest capture shows them",
        label="title",
        columns={
            "id": "Made from the canonical URL; the same on every machine",
            "url": "Canonical URL",
            **_STATE_COLUMNS,
            "site": "Name of the site as the page gives it, else its host",
            "word_count": "Words of the text",
            "comment_count": "Comments ever seen under it",
            "claimed_comments": "Number of comments the page itself claims",
            "first_captured": "First capture that shows the article (UTC)",
            "last_captured": "Newest capture that shows the article (UTC)",
            "capture_count": "Captures that show the article",
            "revision_count": "Distinct states in a row, see revisions",
            "state": "What the newest capture of its page saw: live, 404, 410, moved, blocked, error, …",
        },
    ),
    "captures": TableDescription(
        text="Recorded exchanges: what was captured when, and the WARC record that proves it",
        label="captured_at",
        columns={
            "id": "Made from the record id",
            "url": "URL as requested",
            "captured_at": "When the record was made (UTC)",
            "status": "HTTP status; empty for a stored file",
            "mime": "Media type as the server gave it",
            "verdict": "What the page is: article, redirect, error page, block page, …; empty until extracted",
            "reason": "Why the verdict is so",
            "article_id": "The article it shows, belonged to, or redirects to",
            "redirect_url": "Where a redirect leads",
            "claimed_comments": "Number of comments the page claims",
            "comment_count": "Comments this capture shows",
            "complete": "1: shows the whole thread; 0: does not; empty: does not say",
            "source": "Configured source that led to it",
            "crawl_id": "The run that made it",
            "record_id": "WARC-Record-ID",
            "record_type": "response, resource or revisit",
            "payload_digest": "SHA-1 of the entity body (base32)",
            "warc_file": "File under archive/",
            "warc_offset": "Where its record begins, in bytes",
            "warc_length": "Length of its compressed record, in bytes",
            "extractor": "Version of the extractor; empty until extracted",
            "error": "Why extraction failed",
            "payload_sha256": "SHA-256 of the entity body (hex); empty for a revisit",
            "transfer_coding": "Transfer coding of the stored body: chunked, …",
            "etag": "Validator that the server gave, for conditional requests",
            "last_modified": "The same, as a date of HTTP",
            "refers_to": "Of a revisit: WARC-Record-ID of the record that holds its payload",
            "truncated": "Why the response ends early: time, length, disconnect, unspecified",
            "page_id": "Id of the canonical form of the URL",
            "redirect_page_id": "The same of the redirect's target",
            "state_digest": "Digest of the article's state it shows; equal digests, equal states",
            "raw_text": "Text before cleaning, where it differs from that of its revision",
        },
    ),
    "aliases": TableDescription(
        text="Other names under which an article answers",
        columns={
            "alias": "Canonical URL of a page that redirects, or a superseded id",
            "article_id": "The article at the end of the redirects",
            "page_id": "Id of the redirecting page",
        },
    ),
    "revisions": TableDescription(
        text="States of an article, one row where something changed",
        columns={
            "article_id": "The article",
            "number": "1 is the oldest known state",
            "capture_id": "First capture that shows this state",
            "captured_at": "When that was (UTC)",
            **_STATE_COLUMNS,
            "raw_text": "Text before cleaning",
            "state_digest": "Digest of all columns but raw_text",
        },
    ),
    "comments": TableDescription(
        text="Reader comments as they were last seen",
        label="author",
        columns={
            "id": "Made from the article and the site's own id, else from author and text",
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
            "first_seen": "First capture that shows it (UTC)",
            "last_seen": "Newest capture that shows it (UTC)",
            "gone_since": "First capture after that which shows the whole thread without it (UTC)",
            "version_count": "Distinct texts in a row, see comment_versions",
            "state": "live, edited (more than one version) or absent (gone_since is set)",
        },
    ),
    "comment_versions": TableDescription(
        text="Texts of a comment, one row where author or text changed",
        columns={
            "comment_id": "The comment",
            "number": "1 is the oldest known text",
            "capture_id": "First capture that shows it",
            "captured_at": "When that was (UTC)",
            "author": "Name as shown",
            "text": "Text",
        },
    ),
    "sightings": TableDescription(
        text="Which capture showed which comment",
        columns={
            "capture_id": "The capture",
            "comment_id": "The comment",
            "version": "Number of the comment version it showed",
            "position": "Place in the thread, from 1",
            "differs": "What this capture showed otherwise than the comment's row (JSON), such as fewer likes",
        },
    ),
    "pages": TableDescription(
        text="The frontier: known pages and when they are due",
        label="url",
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
