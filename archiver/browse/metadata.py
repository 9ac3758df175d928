"""What Datasette shows of an archive: made from the descriptions beside the schema."""

from typing import Any

from db.descriptions import TABLES

_FACETS: dict[str, list[str | dict[str, str]]] = {
    "articles": ["site", "state", "language", {"array": "categories"}, {"array": "authors"}],
    "comments": ["author", "state", "kind"],
    "captures": ["verdict", "status", "mime", "source"],
    "pages": ["source", "why", "host"],
    "failures": ["reason"],
    "crawls": ["state"],
}
_NEWEST_FIRST = {
    "articles": "last_captured",
    "captures": "captured_at",
    "revisions": "captured_at",
    "absences": "since",
    "failures": "at",
    "crawls": "started_at",
}
_IN_ORDER = {"comments": "position"}
_THREAD = """\
select c.position, substr('                    ', 1, 2 * min(c.depth, 10)) || coalesce(c.author, '') as author,
       c.published, c.text, c.state, c.first_seen, c.last_seen, c.gone_since, c.permalink
from comments c where c.article_id = :article order by c.position"""
_PROOF = """\
select captured_at, url, status, verdict, warc_file, warc_offset, warc_length, record_id, payload_digest
from captures where article_id = :article order by captured_at desc"""


def database_metadata() -> dict[str, Any]:
    return {
        "description": "An archive of articles and their reader comments, made from its WARC files",
        "queries": {
            "thread": {
                "title": "Thread of an article",
                "description": "Its comments in order, replies indented",
                "sql": _THREAD,
                "params": ["article"],
            },
            "proof": {
                "title": "Records of an article",
                "description": "Every capture, with the WARC file and the offset that prove it",
                "sql": _PROOF,
                "params": ["article"],
            },
        },
        "tables": {name: _table(name) for name in TABLES} | {"_sqlite_migrations": {"hidden": True}},
    }


def _table(name: str) -> dict[str, Any]:
    described = TABLES[name]
    optional = {
        "label_column": described.label,
        "facets": _FACETS.get(name),
        "sort_desc": _NEWEST_FIRST.get(name),
        "sort": _IN_ORDER.get(name),
        "hidden": described.is_inner,
    }
    return {"description": described.text, "columns": dict(described.columns)} | {
        key: value for key, value in optional.items() if value
    }
