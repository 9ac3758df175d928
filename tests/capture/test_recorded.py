"""Captures in a real archive folder, found by the place in the database, against the server's own ledger."""

import base64
import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

import pytest

from tests.capture.cases import BY_PATH, WHOLE, path_of, schemes_of
from tests.capture.conftest import Archived
from tests.capture.model import OWN
from tests.capture.proxy import PASSWORD, USER
from tests.capture.wire import Conversation
from warc.block import Block
from warc.exchange import Truncation, redact
from warc.reader import iter_captures, iter_records, read_capture, warc_files
from warc.record import Record


class Stored(NamedTuple):
    """The row of a capture and the records that belong to it, in the order of the file."""

    row: dict[str, Any]
    records: list[Record]

    def block(self, record_type: str) -> bytes:
        """The bytes of all HTTP records of that type, one behind the other."""
        return b"".join(
            bytes(record.block)
            for record in self.records
            if record.type == record_type and (record.first("Content-Type") or "").startswith("application/http")
        )


@pytest.fixture(scope="module")
def stored(archived: Archived) -> dict[str, list[Stored]]:
    """By URL, in the order of the file."""
    found: dict[str, list[Stored]] = {}
    for row in _rows(archived, "captures", "warc_file, warc_offset"):
        path = archived.folder.warc_dir / row["warc_file"]
        records = iter_records(path, offset=row["warc_offset"])
        own = [next(records)]
        for record in records:
            if record.first("WARC-Concurrent-To") != f"<{own[0].id}>":
                break
            own.append(record)
        found.setdefault(row["url"], []).append(Stored(row, own))
    return found


def _rows(archived: Archived, table: str, order: str) -> list[dict[str, Any]]:
    database = archived.folder.database()
    try:
        return list(database[table].rows_where(order_by=order))
    finally:
        database.close()


def _talks(archived: Archived) -> Iterator[tuple[str, list[Conversation]]]:
    """The conversations that had an answer, by URL."""
    for base, ledger in archived.servers.ledgers.items():
        answered = [one for one in ledger.all() if one.sent]
        for path, talks in groupby(sorted(answered, key=lambda one: one.path), key=lambda one: one.path):
            yield base + path, list(talks)


def _urls(archived: Archived, name: str) -> list[str]:
    found = [url for url in archived.urls if url.endswith(path_of(name))]
    assert len(found) == len(schemes_of(name))
    return found


def test_every_record_is_what_crossed_the_wire(archived: Archived, stored: dict[str, list[Stored]]) -> None:
    talks = dict(_talks(archived))
    assert stored.keys() == talks.keys()
    for url, captures in stored.items():
        case = BY_PATH["/" + url.rpartition("/")[2]]
        answers = [answer for answer in case.answers if answer.parts]
        assert len(captures) == len(talks[url]), url
        for number, (capture, talk) in enumerate(zip(captures, talks[url], strict=True)):
            answer = answers[min(number, len(answers) - 1)]
            response = capture.block("metadata") + bytes(capture.records[0].block)
            message = talk.sent[: len(talk.sent) - answer.trailing]
            assert capture.block("request") == bytes(redact(Block(talk.request))), url
            assert message == response if answer.whole else message.startswith(response), url
            doubtful = case is WHOLE["http 0.9"] and _is_on_used_connection(archived, talk)
            truncated = Truncation.UNSPECIFIED if doubtful else answer.truncated
            assert capture.records[0].first("WARC-Truncated") == truncated, url


def _is_on_used_connection(archived: Archived, talk: Conversation) -> bool:
    """There what looks like HTTP/0.9 may be left of the answer before. Which pages share a connection is not ours."""
    [ledger] = [one for one in archived.servers.ledgers.values() if talk in one.conversations]
    before = ledger.conversations[: ledger.conversations.index(talk)]
    return any(one.connection == talk.connection for one in before)


def test_no_payload_comes_twice(archived: Archived) -> None:
    """Else the records of the second would refer to the first, and say nothing of what crossed the wire."""
    rows = _rows(archived, "captures", "id")
    assert {row["record_type"] for row in rows} == {"response"}


def test_credentials_of_the_proxy_are_not_stored(archived: Archived, stored: dict[str, list[Stored]]) -> None:
    far = {url: captures for url, captures in stored.items() if url.startswith("http://far.example:")}
    assert far
    for captures in far.values():
        for capture in captures:
            assert b"\r\nProxy-Authorization: [redacted]\r\n" in capture.block("request")
            assert capture.records[0].first("WARC-IP-Address") is None
    secret = base64.b64encode(f"{USER}:{PASSWORD}".encode())
    for path in archived.folder.root.rglob("*"):
        if path.is_file():
            is_warc = path.suffix == ".gz"
            data = b"".join(bytes(one.block) for one in iter_records(path)) if is_warc else path.read_bytes()
            assert secret not in data, path
            assert b"sesame" not in data, path


def test_rows_name_record_file_and_length(archived: Archived, stored: dict[str, list[Stored]]) -> None:
    for captures in stored.values():
        for row, records in captures:
            assert row["record_id"] == records[0].id
            assert row["record_type"] == "response"
            assert row["warc_length"] == records[0].length
            read = read_capture(archived.folder.warc_dir, row["warc_file"], row["warc_offset"])
            assert read.payload_digest == row["payload_digest"]
            assert read.head.status == row["status"]


def test_index_names_every_capture(archived: Archived) -> None:
    lines = archived.folder.index_path.read_text().splitlines()
    fields = [json.loads(line.split(" ", 2)[2]) for line in lines]
    places = {(one["filename"], int(one["offset"])) for one in fields}
    assert places == {(row["warc_file"], row["warc_offset"]) for row in _rows(archived, "captures", "id")}
    assert lines == sorted(lines)


def test_final_record_answers_for_the_page(archived: Archived, stored: dict[str, list[Stored]]) -> None:
    for url in _urls(archived, "redirect"):
        target = url.replace(path_of("redirect"), path_of("redirected"))
        assert archived.result["stored"][url] == stored[target][-1].row["record_id"]
    for url in _urls(archived, "503 twice then 200"):
        assert [one.row["status"] for one in stored[url]] == [503, 503, 200]
        assert archived.result["stored"][url] == stored[url][-1].row["record_id"]


def test_redirect_says_where_it_came_from(archived: Archived) -> None:
    captures = {one.record.url: one for path in warc_files(archived.folder.warc_dir) for one in iter_captures(path)}
    for base in archived.servers.ledgers:
        assert captures[base + path_of("redirect again")].fields["via"] == base + path_of("redirect")
        assert captures[base + path_of("redirected")].fields["via"] == base + path_of("redirect again")
        assert "via" not in captures[base + path_of("redirect")].fields


_READABLE = [name for name, case in WHOLE.items() if case.archived and case.body is not None and not case.error]


@pytest.mark.parametrize("name", _READABLE)
def test_what_is_read_back_is_what_was_downloaded(
    archived: Archived, stored: dict[str, list[Stored]], name: str
) -> None:
    talks = dict(_talks(archived))
    urls = [url for url in stored if url.endswith(path_of(name))]
    assert urls
    for url in urls:
        row = stored[url][-1].row
        capture = read_capture(archived.folder.warc_dir, row["warc_file"], row["warc_offset"])
        assert row["status"] == (None if name == "http 0.9" else WHOLE[name].status), "HTTP/0.9 says none"
        assert capture.body == (WHOLE[name].body or b"").replace(OWN, talks[url][-1].own)


def test_every_page_asked_for_has_an_outcome(archived: Archived) -> None:
    kept, failed = archived.result["stored"], archived.result["failed"]
    assert {*kept, *failed} == set(archived.urls)
    assert not kept.keys() & failed.keys()


def test_attempt_without_a_byte_is_a_failure_row(archived: Archived, stored: dict[str, list[Stored]]) -> None:
    failures = {row["url"]: row["reason"] for row in _rows(archived, "failures", "id")}
    assert failures == archived.result["failed"]
    for name in ("reset before a byte", "closed before a byte"):
        for url in _urls(archived, name):
            assert failures[url] == "the connection broke"
            assert url not in stored


def test_redirect_to_a_dead_host_is_a_failure(archived: Archived, stored: dict[str, list[Stored]]) -> None:
    failures = {row["url"]: row["reason"] for row in _rows(archived, "failures", "id")}
    for url in _urls(archived, "redirect to nowhere"):
        assert failures[url] == "the host refused the connection"
        assert [one.row["status"] for one in stored[url]] == [302], "the redirect itself is kept"


def test_files_are_closed_and_counted(archived: Archived) -> None:
    assert all(path.name.endswith(".warc.gz") for path in warc_files(archived.folder.warc_dir))
    [summary] = [json.loads(path.read_text()) for path in archived.folder.crawls_dir.glob("*.json")]
    assert summary["records"] == len(_rows(archived, "captures", "id"))
    assert summary["captured"] == len(archived.result["stored"])
    assert summary["failed"] == len(archived.result["failed"])


def test_full_disk_stops_the_run_and_loses_nothing_acknowledged(archived_until_full: Archived) -> None:
    archived = archived_until_full
    assert "No space left on device" in archived.result["cannot_store"]
    captures = [one for path in warc_files(archived.folder.warc_dir) for one in iter_captures(path)]
    rows = _rows(archived, "captures", "id")
    assert {one.record.id for one in captures} == {row["record_id"] for row in rows}
    assert 0 < len(rows) < 5
    asked = sum(len(ledger.conversations) for ledger in archived.servers.ledgers.values())
    assert asked < len(archived.urls) / 2, "no more is fetched than was under way"
    [crawl] = _rows(archived, "crawls", "id")
    assert crawl["state"] == "failed"
