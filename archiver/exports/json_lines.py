"""JSON lines: an article a line, with its thread, its history and its records inside."""

import json
from collections.abc import Iterable, Iterator
from typing import IO, Any

from archiver.exports.counting import Counts
from db.exported import RECORD, ExportedArticle, ExportedRow

_BESIDE = frozenset(RECORD) - {"capture_id"}
"""What is left out inside: ``capture_id`` leads to the one of ``captures`` that has it."""


def write_json_lines(articles: Iterable[ExportedArticle], stream: IO[bytes]) -> Counts:
    counts = Counts()
    for one in articles:
        stream.write(json.dumps(as_object(one), ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
        counts.add(one)
    return counts


def as_object(one: ExportedArticle) -> dict[str, Any]:
    """Versions and absences stand in their comments; what all parts of it have in common stands once."""
    versions, absences = _by_comment(one.comment_versions), _by_comment(one.absences)
    comments = [
        _inner(row, "article_id")
        | {"versions": list(versions.get(row["id"], ())), "absences": list(absences.get(row["id"], ()))}
        for row in one.comments
    ]
    return {
        **_inner(one.article),
        "comments": comments,
        "revisions": [_inner(row, "article_id") for row in one.revisions],
        "captures": [{name: value for name, value in row.items() if name != "article_id"} for row in one.captures],
    }


def _by_comment(rows: Iterable[ExportedRow]) -> dict[str, list[ExportedRow]]:
    found: dict[str, list[ExportedRow]] = {}
    for row in rows:
        found.setdefault(row["comment_id"], []).append(_inner(row, "article_id", "comment_id"))
    return found


def _inner(row: ExportedRow, *without: str) -> ExportedRow:
    return dict(_kept(row, without))


def _kept(row: ExportedRow, without: Iterable[str]) -> Iterator[tuple[str, Any]]:
    return ((name, value) for name, value in row.items() if name not in _BESIDE and name not in without)
