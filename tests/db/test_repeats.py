"""What was stored before: payloads, validators and the originals of revisits, asked of rows."""

from dataclasses import replace
from typing import Any

import pytest
from sqlite_utils import Database

from archiver.capture.conditional import conditional_headers
from db.derived import SAME_PAYLOAD
from db.facts import CaptureRow
from db.load import acknowledge
from db.repeats import Validators, original_of, stored_capture, stored_payload, validators
from tests.db.histories import URL, row

SHA256 = "a" * 64
OTHER = "https://example.org/other/"


def response(day: int, **values: Any) -> CaptureRow:
    defaults = {"payload_sha256": SHA256, "etag": '"1"', "extractor": None, "verdict": None}
    made = row(day, url=values.pop("url", URL), name=values.pop("name", ""))
    return replace(made, record_id=f"urn:uuid:{day}", **{**defaults, **values})


def revisit(day: int, **values: Any) -> CaptureRow:
    return response(day, **{"record_type": "revisit", "payload_sha256": None, "refers_to": "urn:uuid:1", **values})


STORED: dict[str, tuple[list[CaptureRow], list[str]]] = {
    "nothing": ([], []),
    "the oldest": ([response(2), response(1), response(3)], ["urn:uuid:1"]),
    "one of each framing": (
        [response(1), response(2, transfer_coding="chunked"), response(3, transfer_coding="chunked")],
        ["urn:uuid:1", "urn:uuid:2"],
    ),
    "not one cut off": ([response(1, truncated="length"), response(2)], ["urn:uuid:2"]),
    "not a revisit": ([revisit(1, payload_sha256=SHA256), response(2)], ["urn:uuid:2"]),
    "not another payload": ([response(1, payload_sha256="b" * 64)], []),
    "of any URL": ([response(1, url=OTHER)], ["urn:uuid:1"]),
}


@pytest.mark.parametrize(("rows", "found"), STORED.values(), ids=STORED)
def test_payload_is_found_by_its_sha256(db: Database, rows: list[CaptureRow], found: list[str]) -> None:
    acknowledge(db, rows)
    assert [one.record_id for one in stored_payload(db, SHA256)] == found


VALIDATORS: dict[str, tuple[list[CaptureRow], tuple[str, str | None, str | None, bool] | None]] = {
    "nothing": ([], None),
    "tag": ([response(1)], ("urn:uuid:1", '"1"', None, False)),
    "date": ([response(1, etag=None, last_modified="x")], ("urn:uuid:1", None, "x", False)),
    "the newest": ([response(2, etag='"2"'), response(1)], ("urn:uuid:2", '"2"', None, False)),
    "the newest gives none": ([response(2, etag=None), response(1)], None),
    "not of an error": ([response(1), response(2, status=500, etag='"2"')], ("urn:uuid:1", '"1"', None, False)),
    "not of a redirect": ([response(1, status=301)], None),
    "not of a 304": ([response(1), revisit(2, status=304, etag='"2"')], ("urn:uuid:1", '"1"', None, False)),
    "not of what was cut off": (
        [response(1), response(2, truncated="time", etag='"2"')],
        ("urn:uuid:1", '"1"', None, False),
    ),
    "not of a file": ([response(1, record_type="resource")], None),
    "not of another URL": ([response(1, url=OTHER)], None),
    "not of another form of it": ([response(1, url=URL + "?utm_source=x")], None),
    "came in full, unchanged": ([response(1), revisit(2, etag='"2"')], ("urn:uuid:1", '"2"', None, True)),
    "unchanged, but of nobody": ([revisit(2, refers_to=None)], None),
}


@pytest.mark.parametrize(("rows", "found"), VALIDATORS.values(), ids=VALIDATORS)
def test_validators_are_those_of_the_newest_whole_answer(
    db: Database, rows: list[CaptureRow], found: tuple[str, str | None, str | None, bool] | None
) -> None:
    acknowledge(db, rows)
    known = validators(db, URL)
    assert (known and (known.record_id, known.etag, known.last_modified, known.came_unchanged)) == found


BOTH = {"etag": '"1"', "last_modified": "Fri, 24 Feb 2017 16:05:00 GMT"}
HEADERS: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "none": ({}, {}),
    "strong tag": ({"etag": '"1"'}, {"If-None-Match": '"1"'}),
    "weak tag": ({"etag": 'W/"1"'}, {"If-None-Match": 'W/"1"'}),
    "date": ({"last_modified": "x"}, {"If-Modified-Since": "x"}),
    "both": (BOTH, {"If-None-Match": '"1"', "If-Modified-Since": BOTH["last_modified"]}),
    "both, tag not known again": ({**BOTH, "came_unchanged": True}, {"If-Modified-Since": BOTH["last_modified"]}),
    "tag alone, not known again": ({"etag": '"1"', "came_unchanged": True}, {"If-None-Match": '"1"'}),
    "empty": ({"etag": "", "last_modified": ""}, {}),
    "not latin": ({"etag": '"é€"'}, {"If-None-Match": '"é"'}),
}


@pytest.mark.parametrize(("values", "headers"), HEADERS.values(), ids=HEADERS)
def test_page_is_asked_for_with_what_it_gave(values: dict[str, Any], headers: dict[str, str]) -> None:
    known = Validators(**{"record_id": "x", "etag": None, "last_modified": None, "came_unchanged": False, **values})
    assert conditional_headers(known) == {name: value.encode("latin-1") for name, value in headers.items()}


ORIGINALS: dict[str, tuple[list[CaptureRow], CaptureRow, str | None]] = {
    "named": ([response(1), response(2)], revisit(3, refers_to="urn:uuid:2"), "urn:uuid:2"),
    "named, not here, same payload": ([response(1)], revisit(3, refers_to="urn:uuid:9"), "urn:uuid:1"),
    "none named": ([response(2), response(1)], revisit(3, refers_to=None), "urn:uuid:1"),
    "none named, of the same URL": (
        [response(1, url=OTHER), response(2)],
        revisit(3, refers_to=None),
        "urn:uuid:2",
    ),
    "by sha256": ([response(1)], revisit(3, refers_to=None, payload_digest=f"sha256:{SHA256}"), "urn:uuid:1"),
    "no digest": ([response(1)], revisit(3, refers_to=None, payload_digest=None), None),
    "another payload": ([response(1)], revisit(3, refers_to=None, payload_digest="sha1:B"), None),
    "a revisit is no original": ([revisit(1)], revisit(3, refers_to="urn:uuid:1"), None),
    "nor what was cut off": ([response(1, truncated="length")], revisit(3), None),
}


@pytest.mark.parametrize(("rows", "asked", "found"), ORIGINALS.values(), ids=ORIGINALS)
def test_original_of_a_revisit(db: Database, rows: list[CaptureRow], asked: CaptureRow, found: str | None) -> None:
    acknowledge(db, rows)
    original = original_of(db, asked)
    assert (original and original.record_id) == found


def test_capture_is_found_with_its_place(db: Database) -> None:
    acknowledge(db, [response(1, transfer_coding="chunked")])
    found = stored_capture(db, "urn:uuid:1")
    assert found is not None
    assert (found.url, found.warc_file, found.warc_offset, found.transfer_coding) == (URL, "a.warc.gz", 1000, "chunked")
    assert stored_capture(db, "urn:uuid:2") is None


@pytest.mark.parametrize(
    "sql",
    [
        f"SELECT * FROM captures WHERE {SAME_PAYLOAD['payload_sha256'].format(digest='1')}",  # noqa: S608 - ours
        "SELECT * FROM captures WHERE page_id = 'x' AND url = 'x' ORDER BY captured_at DESC, id DESC LIMIT 1",
        f"SELECT * FROM captures WHERE {SAME_PAYLOAD['payload_digest'].format(digest='1')}",  # noqa: S608 - ours
    ],
)
def test_questions_are_answered_by_an_index(db: Database, sql: str) -> None:
    plan = " ".join(str(one[3]) for one in db.execute(f"EXPLAIN QUERY PLAN {sql}"))
    assert "USING INDEX" in plan or "USING COVERING INDEX" in plan
    assert "SCAN captures" not in plan
