"""Captures written and read back: exact, found by their place, accepted by other tools."""

import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.warc.conftest import MOMENT, exchange
from warc.block import Block
from warc.compose import prepare
from warc.compress import Compression
from warc.errors import CannotStore, DamagedRecord, NoSuchFile
from warc.exchange import Exchange, Truncation, redact
from warc.openfile import OpenFile
from warc.reader import iter_captures, iter_records, read_capture, warc_files
from warc.writer import CaptureWriter, WriterSettings

Make = Callable[..., CaptureWriter]

RESPONSES = {
    "plain": b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
    "odd head": b"HTTP/1.1  200   Fine\r\nb: 1\r\nB:2\r\nno colon\r\nX-\xff: \xfe\r\n\r\nhello",
    "line feeds": b"HTTP/1.1 200 OK\nA: b\n\nhello",
    "chunked": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n0\r\nT: r\r\n\r\n",
    "no head": b"<html>hello",
    "empty body": b"HTTP/1.1 204 No Content\r\n\r\n",
}


@pytest.mark.parametrize("response", RESPONSES.values(), ids=RESPONSES)
def test_response_comes_back_exact(make_writer: Make, tmp_path: Path, response: bytes) -> None:
    with_writer = make_writer()
    written = with_writer.append_exchange(prepare(exchange(response)), fields={"source": "news"})
    with_writer.close()
    place = written.record
    read = read_capture(tmp_path / "archive", place.file, place.offset)
    assert bytes(read.record.block) == response
    assert read == written
    assert read.fields == {"source": "news"}
    assert read.info["isPartOf"] == "crawl-1"


@given(response=st.binary(max_size=300), body=st.binary(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_any_bytes_come_back_exact(tmp_path_factory: pytest.TempPathFactory, response: bytes, body: bytes) -> None:
    directory = tmp_path_factory.mktemp("any")
    writer = CaptureWriter(WriterSettings(directory=directory, prefix="any", info={}), now=lambda: MOMENT)
    stored = writer.append_exchange(prepare(exchange(b"HTTP/1.1 200 OK\r\n\r\n" + response)), fields={})
    saved = writer.append_resource(url="urn:x", body=body, content_type="text/plain", at=MOMENT, fields={})
    writer.close()
    assert read_capture(directory, stored.record.file, stored.record.offset).record.block.__bytes__().endswith(response)
    assert read_capture(directory, saved.record.file, saved.record.offset).payload == Block(body)


def test_file_is_open_until_closed(make_writer: Make, tmp_path: Path) -> None:
    writer = make_writer()
    assert not (tmp_path / "archive").exists(), "nothing is made before the first record"
    capture = writer.append_exchange(prepare(exchange()), fields={})
    assert [path.suffix for path in warc_files(tmp_path / "archive")] == [".open"]
    assert read_capture(tmp_path / "archive", capture.record.file, capture.record.offset) == capture
    writer.close()
    writer.close()
    assert [path.name for path in warc_files(tmp_path / "archive")] == [capture.record.file]


def test_records_of_a_capture_follow_each_other(make_writer: Make, tmp_path: Path) -> None:
    writer = make_writer()
    raw = b"HTTP/1.1 103 Early Hints\r\n\r\n" + RESPONSES["plain"]
    writer.append_exchange(prepare(exchange(raw)), fields={"via": "http://a.example/feed/"})
    writer.close()
    records = list(iter_records(warc_files(tmp_path / "archive")[0]))
    assert [record.type for record in records] == ["warcinfo", "response", "request", "metadata", "metadata"]
    main = records[1]
    assert {record.first("WARC-Concurrent-To") for record in records[2:]} == {f"<{main.id}>"}
    assert {record.first("WARC-Warcinfo-ID") for record in records[1:]} == {f"<{records[0].id}>"}
    assert main.first("WARC-Date") == "2017-02-24T16:05:00.123456Z"
    assert main.first("WARC-IP-Address") == "127.0.0.1"
    assert bytes(records[3].block) + bytes(main.block) == raw


def test_payload_digest_is_left_out_where_checkers_hash_the_framing(make_writer: Make) -> None:
    writer = make_writer()
    plain = writer.append_exchange(prepare(exchange(RESPONSES["plain"])), fields={})
    chunked = writer.append_exchange(prepare(exchange(RESPONSES["chunked"])), fields={})
    writer.close()
    assert plain.record.first("WARC-Payload-Digest") == plain.payload_digest
    assert chunked.record.first("WARC-Payload-Digest") is None
    assert chunked.payload_digest == plain.payload_digest, "the payload is the body without its framing"


def test_truncation_and_tls_are_marked(make_writer: Make) -> None:
    writer = make_writer()
    one = Exchange(
        url="https://a.example/",
        started_at=MOMENT,
        request=Block(b"GET / HTTP/1.1\r\n\r\n"),
        response=Block(RESPONSES["plain"]),
        tls_version="tls/1.3",
        tls_cipher="TLS_AES_256_GCM_SHA384",
        truncated=Truncation.TIME,
    )
    record = writer.append_exchange(prepare(one), fields={}).record
    writer.close()
    assert record.first("WARC-Truncated") == "time"
    assert record.first("WARC-Protocol") == "tls/1.3"
    assert record.first("WARC-Cipher-Suite") == "TLS_AES_256_GCM_SHA384"


def test_new_file_begins_past_the_size(make_writer: Make, tmp_path: Path) -> None:
    writer = make_writer(max_file_bytes=2000)
    captures = [writer.append_exchange(prepare(exchange()), fields={}) for _ in range(4)]
    writer.close()
    files = warc_files(tmp_path / "archive")
    assert len(files) > 1
    assert [next(iter_records(path)).type for path in files] == ["warcinfo"] * len(files)
    assert [capture for path in files for capture in iter_captures(path)] == captures


@pytest.mark.parametrize("tool", [["warcio", "check", "-v"], ["warcio", "index"]], ids=" ".join)
def test_warcio_accepts_the_file(make_writer: Make, tmp_path: Path, tool: list[str]) -> None:
    writer = make_writer()
    for response in RESPONSES.values():
        writer.append_exchange(prepare(exchange(response)), fields={"source": "news"})
    writer.append_resource(url="urn:x", body=b"text", content_type="text/plain", at=MOMENT, fields={})
    writer.close()
    path = warc_files(tmp_path / "archive")[0]
    command = [sys.executable, "-m", "warcio.cli", *tool[1:], str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own file
    assert done.returncode == 0, done.stdout + done.stderr
    assert "fail" not in done.stdout


def test_failed_write_leaves_whole_captures_only(
    make_writer: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = make_writer()
    kept = writer.append_exchange(prepare(exchange()), fields={})
    with monkeypatch.context() as patch:
        patch.setattr(OpenFile, "write", _disk_full)
        with pytest.raises(CannotStore, match="No space left"):
            writer.append_exchange(prepare(exchange()), fields={})
    path = warc_files(tmp_path / "archive")[0]
    assert list(iter_captures(path)) == [kept]
    later = writer.append_exchange(prepare(exchange()), fields={})
    writer.close()
    assert later.record.file == kept.record.file, "what was cut back can be written on"


def test_first_write_that_fails_leaves_no_file(
    make_writer: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(OpenFile, "write", _disk_full)
    with pytest.raises(CannotStore):
        make_writer().append_exchange(prepare(exchange()), fields={})
    assert warc_files(tmp_path / "archive") == []


def _disk_full(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_damage_is_named_with_file_and_offset(make_writer: Make, tmp_path: Path) -> None:
    writer = make_writer()
    first = writer.append_exchange(prepare(exchange()), fields={})
    second = writer.append_exchange(prepare(exchange()), fields={})
    writer.close()
    path = tmp_path / "archive" / first.record.file
    path.write_bytes(path.read_bytes()[: second.record.offset + 40])
    captures = iter_captures(path)
    assert next(captures) == first, "what is whole comes first"
    with pytest.raises(DamagedRecord) as raised:
        next(captures)
    assert raised.value.path == path
    assert read_capture(path.parent, path.name, first.record.offset) == first, "damage behind it is not its own"
    assert path.name in str(raised.value)


@pytest.mark.parametrize("file", ["no.warc.gz", "../../etc/passwd"])
def test_missing_file_is_named(make_writer: Make, tmp_path: Path, file: str) -> None:
    make_writer().append_exchange(prepare(exchange()), fields={})
    with pytest.raises(NoSuchFile, match=Path(file).name):
        read_capture(tmp_path / "archive", file, 0)


def test_place_that_is_no_capture_is_damage(make_writer: Make, tmp_path: Path) -> None:
    capture = make_writer().append_exchange(prepare(exchange()), fields={})
    with pytest.raises(DamagedRecord, match="warcinfo"):
        read_capture(tmp_path / "archive", capture.record.file, 0)


def test_credentials_are_redacted_and_nothing_else() -> None:
    request = (
        b"GET / HTTP/1.1\r\nHost: a\r\nAUTHORIZATION: Basic abc\r\nproxy-authorization:x\r\n"
        b"Cookie: a=b\r\nX: y\r\n\r\nbody: Cookie: z"
    )
    assert bytes(redact(Block(request))) == (
        b"GET / HTTP/1.1\r\nHost: a\r\nAUTHORIZATION: [redacted]\r\nproxy-authorization: [redacted]\r\n"
        b"Cookie: [redacted]\r\nX: y\r\n\r\nbody: Cookie: z"
    )
    plain = Block(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    assert redact(plain) is plain


def test_new_file_begins_after_the_age(tmp_path: Path) -> None:
    moments = iter([MOMENT, MOMENT, MOMENT, *[MOMENT + timedelta(hours=2)] * 9])
    settings = WriterSettings(directory=tmp_path, prefix="aged", info={}, max_file_age=timedelta(hours=1))
    writer = CaptureWriter(settings, now=lambda: next(moments))
    captures = [writer.append_exchange(prepare(exchange()), fields={}) for _ in range(2)]
    writer.close()
    assert len({capture.record.file for capture in captures}) == 2


@pytest.mark.parametrize("compression", get_args(Compression))
def test_every_compression_can_be_read(make_writer: Make, tmp_path: Path, compression: Compression) -> None:
    writer = make_writer(compression=compression)
    captures = [writer.append_exchange(prepare(exchange(raw)), fields={}) for raw in RESPONSES.values()]
    writer.close()
    assert [*iter_captures(warc_files(tmp_path / "archive")[0])] == captures


def test_nothing_is_written_where_too_little_would_be_free(make_writer: Make, tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    writer = make_writer(min_free_bytes=10**18)
    with pytest.raises(CannotStore, match=r"only [\d.]+ GB are free, and warc.min_free_gb keeps 1000000000.0"):
        writer.append_exchange(prepare(exchange()), fields={})
    assert list((tmp_path / "archive").iterdir()) == []


def test_mark_is_reached_when_the_disk_has_it(make_writer: Make) -> None:
    writer = make_writer()
    for number in range(1, 4):
        writer.append_exchange(prepare(exchange()), fields={})
        assert writer.mark == number
    writer.sync()
    assert writer.synced == writer.mark == 3


def test_failed_sync_is_final(make_writer: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second try may succeed without the bytes being on disk: the system has forgotten that they are not."""
    writer = make_writer()
    kept = writer.append_exchange(prepare(exchange()), fields={})
    writer.sync()
    with monkeypatch.context() as patch:
        patch.setattr("warc.sync.fsync", _disk_full)
        writer.append_exchange(prepare(exchange()), fields={})
        with pytest.raises(CannotStore, match="No space left"):
            writer.sync()
    assert writer.synced == 1
    with pytest.raises(CannotStore):
        writer.append_exchange(prepare(exchange()), fields={})
    with pytest.raises(CannotStore):
        writer.close()
    [path] = warc_files(tmp_path / "archive")
    assert path.suffix == ".open", "left for recovery, which reads it record by record"
    assert next(iter_captures(path)) == kept
