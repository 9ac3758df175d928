"""The database row of a stored capture, from its records alone: nothing extracted yet."""

from db.facts import CaptureRow
from db.times import time_text
from warc.record import Capture


def capture_row(capture: Capture) -> CaptureRow:
    """What the record itself says; nothing extracted yet."""
    record, head = capture.record, capture.head
    return CaptureRow(
        record_id=record.id,
        record_type=record.type,
        url=record.url,
        captured_at=time_text(record.date),
        status=head.status,
        mime=capture.mime,
        payload_digest=capture.payload_digest,
        warc_file=record.file,
        warc_offset=record.offset,
        warc_length=record.length,
        source=capture.fields.get("source"),
        crawl_id=capture.info.get("isPartOf"),
    )
