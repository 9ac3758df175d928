"""What was stored before: a payload, a page's validators, the original of a revisit. Indexed questions, no memory."""

from dataclasses import dataclass

from sqlite_utils import Database

from db.derived import SAME_PAYLOAD
from db.facts import CaptureRow
from db.ids import capture_id, page_id
from db.sql import Row, first, integer, rows, text
from db.storable import storable_text

_OF_SHA256 = SAME_PAYLOAD["payload_sha256"].format(digest=":digest")
_ORIGINALS = "record_type IN ('response', 'resource') AND truncated IS NULL"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCapture:
    """Where a record with a payload lies, and what a revisit of it has to name."""

    record_id: str
    url: str
    captured_at: str
    payload_digest: str
    warc_file: str
    warc_offset: int
    transfer_coding: str | None
    extractor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What the newest whole answer of a URL gave to ask with, and the record that holds its payload.

    ``came_unchanged``: that answer was asked for with these validators and came in full with the payload of before:
    the server does not compare them.
    """

    record_id: str
    etag: str | None
    last_modified: str | None
    came_unchanged: bool


def stored_payload(db: Database, sha256: str) -> list[StoredCapture]:
    """The oldest captures that hold this payload (sha256 in hex), one of each transfer coding."""
    if db.conn.execute(f"SELECT 1 FROM captures WHERE {_OF_SHA256} LIMIT 1", {"digest": sha256}).fetchone() is None:  # noqa: S608  # ours
        return []  # as a rule: not worth the sorting below
    found = rows(
        db,
        f"SELECT *, min(captured_at) FROM captures WHERE {_OF_SHA256} AND {_ORIGINALS} "  # noqa: S608  # ours
        "GROUP BY transfer_coding ORDER BY captured_at",
        {"digest": sha256},
    )
    return [_stored(row) for row in found]


def stored_capture(db: Database, record_id: str) -> StoredCapture | None:
    row = first(db, f"SELECT * FROM captures WHERE id = ? AND {_ORIGINALS}", [capture_id(record_id)])  # noqa: S608  # ours
    return None if row is None else _stored(row)


def validators(db: Database, url: str) -> Validators | None:
    """Of the newest answer 200 of exactly this URL; None if there is none, or nothing to ask with."""
    row = first(
        db,
        "SELECT * FROM captures WHERE page_id = ? AND url = ? AND status = 200 "
        "AND record_type IN ('response', 'revisit') AND truncated IS NULL ORDER BY captured_at DESC, id DESC LIMIT 1",
        [page_id(url), storable_text(url)],
    )
    if row is None or not (row["etag"] or row["last_modified"]):
        return None
    original = text(row["refers_to"]) if row["record_type"] == "revisit" else str(row["record_id"])
    if original is None:
        return None
    return Validators(
        record_id=original,
        etag=text(row["etag"]),
        last_modified=text(row["last_modified"]),
        came_unchanged=row["record_type"] == "revisit",
    )


def original_of(db: Database, revisit: CaptureRow) -> StoredCapture | None:
    """The capture that holds a revisit's payload: by its record id, else the oldest of the same payload.

    Among those of the same digest, one of the same URL comes first (revisits of WARC/1.0 name no record).
    """
    if revisit.refers_to is not None:
        named = stored_capture(db, revisit.refers_to)
        if named is not None:
            return named
    algorithm, _, value = (revisit.payload_digest or "").partition(":")
    column, digest = ("payload_sha256", value) if algorithm == "sha256" else ("payload_digest", revisit.payload_digest)
    row = first(
        db,
        f"SELECT * FROM captures WHERE {SAME_PAYLOAD[column].format(digest=':digest')} AND {_ORIGINALS} "  # noqa: S608
        "ORDER BY url <> :url, captured_at, id LIMIT 1",
        {"digest": digest, "url": revisit.url},
    )
    return None if row is None else _stored(row)


def _stored(row: Row) -> StoredCapture:
    return StoredCapture(
        record_id=str(row["record_id"]),
        url=str(row["url"]),
        captured_at=str(row["captured_at"]),
        payload_digest=str(row["payload_digest"]),
        warc_file=str(row["warc_file"]),
        warc_offset=integer(row["warc_offset"]) or 0,
        transfer_coding=text(row["transfer_coding"]),
        extractor=text(row["extractor"]),
    )
