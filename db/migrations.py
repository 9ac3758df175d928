"""The schema, as the steps that lead to it.

A step that was released is never edited: a change of schema is a new step. ``transform()`` and
``add_foreign_key()`` of sqlite-utils drop the search triggers: a step that uses them calls
``make_search_indexes`` again.
"""

from typing import Final

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from db.derived import make_derived
from db.earlier import drop_set_aside, facts_set_aside, set_aside
from db.frontier import rekey
from db.load import load_many
from db.searchable import SEARCHED, make_search_indexes, make_searchable
from db.sql import run

APPLICATION_ID: Final = 0x41724368
"""Marks the file as ours (SQLite's ``PRAGMA application_id``): the letters "ArCh"."""

steps: Final = Migrations("archiver")


@steps(name="0001")
def _first(db: Database) -> None:
    run(db, f"PRAGMA application_id = {APPLICATION_ID}")
    _articles(db)
    _captures(db)
    _history(db)
    _comments(db)
    _operational(db)
    for table in SEARCHED:
        make_searchable(db, table)


@steps(name="0002")
def _repeats(db: Database) -> None:
    """What is needed to see that a payload is stored already, and to ask a server whether a page has changed."""
    captures = db.table("captures")
    for column in ("payload_sha256", "transfer_coding", "etag", "last_modified", "refers_to", "truncated"):
        captures.add_column(column, str)
    captures.create_index(["payload_sha256"])
    captures.create_index(["payload_digest"])
    captures.create_index(["url", "captured_at"])
    captures.create_index(["record_id"])


@steps(name="0003")
def _remembering(db: Database) -> None:
    """Texts stored once, sightings by integers, absences, joined pages, what stands beside a state."""
    set_aside(db)
    make_derived(db)
    make_search_indexes(db)
    load_many(db, facts_set_aside(db))
    drop_set_aside(db)
    rekey(db)


def _articles(db: Database) -> None:
    db.create_table(
        "articles",
        {
            "id": str,
            "url": str,
            "site": str,
            "title": str,
            "authors": str,
            "editors": str,
            "published": str,
            "modified": str,
            "language": str,
            "section": str,
            "categories": str,
            "tags": str,
            "description": str,
            "image": str,
            "text": str,
            "word_count": int,
            "comment_count": int,
            "claimed_comments": int,
            "first_captured": str,
            "last_captured": str,
            "capture_count": int,
            "revision_count": int,
            "state": str,
        },
        pk="id",
        not_null=("id", "url", "text", "first_captured", "last_captured", "state"),
        strict=True,
    )


def _captures(db: Database) -> None:
    table = db.create_table(
        "captures",
        {
            "id": str,
            "url": str,
            "captured_at": str,
            "status": int,
            "mime": str,
            "verdict": str,
            "reason": str,
            "article_id": str,
            "redirect_url": str,
            "claimed_comments": int,
            "comment_count": int,
            "complete": int,
            "source": str,
            "crawl_id": str,
            "record_id": str,
            "record_type": str,
            "payload_digest": str,
            "warc_file": str,
            "warc_offset": int,
            "warc_length": int,
            "extractor": str,
            "error": str,
            "page_id": str,
            "redirect_page_id": str,
            "state_digest": str,
            "raw_text": str,
        },
        pk="id",
        not_null=(
            "id",
            "url",
            "captured_at",
            "record_id",
            "record_type",
            "warc_file",
            "warc_offset",
            "warc_length",
            "page_id",
        ),
        foreign_keys=[("article_id", "articles", "id")],
        strict=True,
    )
    table.create_index(["page_id", "captured_at"])
    table.create_index(["article_id", "captured_at"])
    table.create_index(["redirect_page_id"])
    table.create_index(["extractor"])
    table.create_index(["crawl_id"])


def _history(db: Database) -> None:
    aliases = db.create_table(
        "aliases",
        {"alias": str, "article_id": str, "page_id": str},
        pk="alias",
        not_null=("alias", "article_id"),
        foreign_keys=[("article_id", "articles", "id")],
        strict=True,
    )
    aliases.create_index(["article_id"])
    aliases.create_index(["page_id"])
    db.create_table(
        "revisions",
        {
            "article_id": str,
            "number": int,
            "capture_id": str,
            "captured_at": str,
            "title": str,
            "authors": str,
            "editors": str,
            "published": str,
            "modified": str,
            "site": str,
            "language": str,
            "section": str,
            "categories": str,
            "tags": str,
            "description": str,
            "image": str,
            "text": str,
            "raw_text": str,
            "state_digest": str,
        },
        pk=("article_id", "number"),
        not_null=("article_id", "number", "capture_id", "captured_at", "text", "raw_text", "state_digest"),
        foreign_keys=[("article_id", "articles", "id"), ("capture_id", "captures", "id")],
        strict=True,
    )


def _comments(db: Database) -> None:
    comments = db.create_table(
        "comments",
        {
            "id": str,
            "article_id": str,
            "parent_id": str,
            "native_id": str,
            "kind": str,
            "permalink": str,
            "author": str,
            "author_url": str,
            "published": str,
            "published_text": str,
            "text": str,
            "position": int,
            "depth": int,
            "likes": int,
            "first_seen": str,
            "last_seen": str,
            "gone_since": str,
            "version_count": int,
            "state": str,
        },
        pk="id",
        not_null=("id", "article_id", "kind", "text", "position", "depth", "first_seen", "last_seen", "state"),
        foreign_keys=[("article_id", "articles", "id"), ("parent_id", "comments", "id")],
        strict=True,
    )
    comments.create_index(["article_id", "position"])
    comments.create_index(["parent_id"])
    db.create_table(
        "comment_versions",
        {"comment_id": str, "number": int, "capture_id": str, "captured_at": str, "author": str, "text": str},
        pk=("comment_id", "number"),
        not_null=("comment_id", "number", "capture_id", "captured_at", "text"),
        foreign_keys=[("comment_id", "comments", "id"), ("capture_id", "captures", "id")],
        strict=True,
    )
    sightings = db.create_table(
        "sightings",
        {"capture_id": str, "comment_id": str, "version": int, "position": int, "differs": str},
        pk=("capture_id", "comment_id"),
        not_null=("capture_id", "comment_id", "version", "position"),
        foreign_keys=[("capture_id", "captures", "id"), ("comment_id", "comments", "id")],
        strict=True,
    )
    sightings.create_index(["comment_id"])


def _operational(db: Database) -> None:
    db.create_table(
        "sources",
        {"name": str, "kind": str, "url": str, "last_crawl": str, "last_success": str, "last_error": str},
        pk="name",
        not_null=("name", "kind"),
        strict=True,
    )
    crawls = db.create_table(
        "crawls",
        {
            "id": str,
            "started_at": str,
            "finished_at": str,
            "sources": str,
            "state": str,
            "discovered": int,
            "captured": int,
            "articles": int,
            "failed": int,
        },
        pk="id",
        not_null=("id", "started_at", "sources", "state"),
        strict=True,
    )
    crawls.create_index(["started_at"])
    pages = db.create_table(
        "pages",
        {
            "page_id": str,
            "url": str,
            "host": str,
            "source": str,
            "discovered_at": str,
            "last_captured": str,
            "due_at": str,
            "why": str,
            "lease_until": str,
        },
        pk="page_id",
        not_null=("page_id", "url", "host", "discovered_at"),
        strict=True,
    )
    pages.create_index(["due_at"])
    pages.create_index(["source", "due_at"])
    failures = db.create_table(
        "failures",
        {"id": int, "url": str, "at": str, "crawl_id": str, "reason": str},
        pk="id",
        not_null=("url", "at", "reason"),
        strict=True,
    )
    failures.create_index(["at"])
    failures.create_index(["crawl_id"])
