"""What pywb replays from the archive folder as it lies there: every capture, a revisit with its original's body."""

import pytest

from tests.acceptance.made import Archive, kind_of
from tests.acceptance.tools import Wayback
from warc.coding import decode_content

RESPONSE, SAME_PAYLOAD, NOT_MODIFIED = "response", "identical-payload-digest", "server-not-modified"

CASES = (
    ("plain", 1, RESPONSE),
    ("gzip", 1, RESPONSE),
    ("chunked", 1, RESPONSE),
    ("pdf", 1, RESPONSE),
    ("redirect", 1, RESPONSE),
    ("missing", 1, RESPONSE),
    ("etag-gzip", 1, RESPONSE),
    ("edited", 1, RESPONSE),
    ("plain", 2, SAME_PAYLOAD),
    ("gzip", 2, SAME_PAYLOAD),
    ("chunked", 2, SAME_PAYLOAD),
    ("pdf", 2, SAME_PAYLOAD),
    ("etag", 2, NOT_MODIFIED),
    ("modified", 2, NOT_MODIFIED),
    ("etag-gzip", 2, NOT_MODIFIED),
    ("etag-chunked", 2, NOT_MODIFIED),
    ("edited", 2, RESPONSE),
)


@pytest.mark.parametrize(
    ("name", "crawl", "kind"),
    [pytest.param(*case, id=f"{case[0]}, crawl {case[1]}, {case[2]}") for case in CASES],
)
def test_capture_is_replayed_as_the_site_sent_it(
    archive: Archive, wayback: Wayback, name: str, crawl: int, kind: str
) -> None:
    line = archive.line(name, crawl)
    original = archive.original(line)
    assert kind_of(archive.capture(line).record) == kind
    reply = wayback.replay("archive", line)
    assert reply.status == original.head.status
    assert reply.headers.get("memento-datetime") == line.http_date, "another capture was served in its place"
    sent = archive.served[name, crawl]
    assert reply.body == original.body == decode_content(original.head, sent, limit=len(sent) * 1000)
    assert reply.body


def test_every_line_of_the_index_is_replayed(archive: Archive, wayback: Wayback) -> None:
    lines = archive.lines
    assert len(lines) > 2 * len(archive.urls)
    for line in lines:
        original = archive.original(line)
        reply = wayback.replay("archive", line)
        assert reply.status == (original.head.status or 200), line
        assert reply.headers.get("memento-datetime") == line.http_date, line
        assert reply.body == original.body, line


@pytest.mark.parametrize("crawl", [1, 2])
@pytest.mark.parametrize("name", ["gzip", "etag-gzip"])
def test_gzipped_page_is_replayed_gzipped_to_who_takes_it(
    archive: Archive, wayback: Wayback, name: str, crawl: int
) -> None:
    line = archive.line(name, crawl)
    reply = wayback.get("archive", line.timestamp, line.url, coding="gzip")
    assert reply.headers["content-encoding"] == "gzip"
    assert reply.body == archive.served[name, crawl]


@pytest.mark.parametrize("name", ["chunked-no-more", "chunked-now"])
def test_payload_in_another_framing_is_replayed_whole(archive: Archive, wayback: Wayback, name: str) -> None:
    """A player puts a revisit's head before the original's bytes; a head without chunks before chunks spoils it."""
    assert archive.served[name, 1] == archive.served[name, 2]
    for crawl in (1, 2):
        assert wayback.replay("archive", archive.line(name, crawl)).body == archive.served[name, crawl]


@pytest.mark.parametrize("name", ["etag", "modified", "etag-gzip", "etag-chunked"])
def test_unchanged_page_is_not_downloaded_again(archive: Archive, name: str) -> None:
    assert [status for path, status in archive.answered if path == f"/{name}/"] == [200, 304]


def test_page_never_captured_is_not_found(archive: Archive, wayback: Wayback) -> None:
    line = archive.line("plain", 1)
    assert wayback.get("archive", line.timestamp, f"{line.url}never-captured").status == 404
