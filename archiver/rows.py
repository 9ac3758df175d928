"""The database row of a stored capture, from its records alone: nothing extracted yet."""

from db.facts import CaptureRow
from db.times import time_text
from warc.http1 import transfer_codings
from warc.record import Capture


def capture_row(capture: Capture) -> CaptureRow:
    """What the record itself says; nothing extracted yet."""
    record, head = capture.record, capture.head
    is_revisit = record.type == "revisit"
    return CaptureRow(
        record_id=record.id,
        record_type=record.type,
        url=record.url,
        captured_at=time_text(record.date),
        status=head.status,
        mime=capture.mime,
        payload_digest=capture.payload_digest,
        payload_sha256=None if is_revisit else capture.digests.sha256,
        transfer_coding=", ".join(transfer_codings(head)) or None,
        etag=head.first("ETag"),
        last_modified=head.first("Last-Modified"),
        refers_to=record.refers_to if is_revisit else None,
        truncated=record.first("WARC-Truncated"),
        warc_file=record.file,
        warc_offset=record.offset,
        warc_length=record.length,
        source=capture.fields.get("source"),
        crawl_id=capture.info.get("isPartOf"),
    )
