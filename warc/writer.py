"""Writes captures into WARC/1.1 files, one gzip member a record, over warcio.

A capture's records lie one behind the other (response, request, metadata) and are fsynced before the call
returns: what a caller is told is on disk, is. Use from one thread. A file carries the suffix ``.open`` until it is
closed. Nothing is created before the first record is written.
"""

import os
import re
import socket
import uuid
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from warc.digest import block_digest, payload_digest
from warc.errors import CannotStore
from warc.exchange import Exchange, redact
from warc.http1 import is_chunked, parse_head, split_head, split_interim
from warc.record import Capture, Record, format_fields, parse_fields

VERSION = "WARC/1.1"
CONFORMS_TO = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
OPEN_SUFFIX = ".open"

Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class WriterSettings:
    """Where and how to write. ``info`` goes into each file's warcinfo record; ``max_file_bytes`` starts a new file."""

    directory: Path
    prefix: str
    info: Mapping[str, str]
    max_file_bytes: int = 1_000_000_000


class _ExactWriter(WARCWriter):
    """warcio's writer adds a payload digest over the whole HTTP message where none is set; ours are set already."""

    def ensure_digest(self, record: ArcWarcRecord, block: bool = True, payload: bool = True) -> None:  # noqa: FBT001, FBT002 - warcio's signature
        del record, block, payload


def new_record_id() -> str:
    return f"urn:uuid:{uuid.uuid4()}"


def utc_now() -> datetime:
    return datetime.now(UTC)


class CaptureWriter:
    """Writes captures, rotating files by size. Every write may raise CannotStore, and then has stored nothing."""

    def __init__(
        self,
        settings: WriterSettings,
        *,
        now: Callable[[], datetime] = utc_now,
        new_id: Callable[[], str] = new_record_id,
    ) -> None:
        self._settings = settings
        self._now = now
        self._new_id = new_id
        self._serial = 0
        self._stream: BinaryIO | None = None
        self._path = settings.directory
        self._warcinfo_id = ""

    def write_exchange(self, exchange: Exchange, *, fields: Mapping[str, str]) -> Capture:
        """Store a response, its request and its metadata; durable when this returns.

        ``fields`` is what a derived row needs beyond the bytes (``source``, ``via``).
        """
        interim, response = split_interim(exchange.response)
        response_id = self._new_id()
        about = self._about(exchange.url, exchange.started_at)
        concurrent = ("WARC-Concurrent-To", f"<{response_id}>")
        head = parse_head(split_head(response)[0])
        headers = [*about, *_wire_headers(exchange)]
        if not is_chunked(head):  # checkers hash the chunk framing: an (optional) right digest would count as wrong
            headers.append(("WARC-Payload-Digest", payload_digest(split_head(response)[1])))
        records = [
            self._record("response", response_id, headers, "application/http; msgtype=response", response),
            self._record(
                "request",
                self._new_id(),
                [*about, concurrent],
                "application/http; msgtype=request",
                redact(exchange.request),
            ),
            *(
                self._record(
                    "metadata",
                    self._new_id(),
                    [*about, concurrent],
                    "application/http; msgtype=response",
                    one,
                )
                for one in interim
            ),
            *self._fields_record(about, concurrent, fields),
        ]
        return self._write_capture(records, fields)

    def write_resource(
        self, *, url: str, body: bytes, content_type: str, at: datetime, fields: Mapping[str, str]
    ) -> Capture:
        """Store a saved page or text as a ``resource`` record; durable when this returns."""
        about = self._about(url, at)
        resource_id = self._new_id()
        headers = [*about, ("WARC-Payload-Digest", payload_digest(body))]
        concurrent = ("WARC-Concurrent-To", f"<{resource_id}>")
        records = [
            self._record("resource", resource_id, headers, content_type, body),
            *self._fields_record(about, concurrent, fields),
        ]
        return self._write_capture(records, fields)

    def close(self) -> None:
        """Give the current file its final name. Safe to call twice."""
        if self._stream is None:
            return
        stream, self._stream = self._stream, None
        try:
            stream.close()
            self._path.rename(self._path.with_suffix(""))
            sync_directory(self._settings.directory)
        except OSError as error:
            raise CannotStore(self._path, error.strerror or str(error)) from error

    def _write_capture(self, records: Iterable[ArcWarcRecord], fields: Mapping[str, str]) -> Capture:
        if self._stream is None:
            raise AssertionError("records are made for the file that _make_ready opened")
        places = self._write(self._stream, records)
        as_read = [parse_fields(format_fields(values)) for values in (fields, self._settings.info)]
        return Capture(record=places[0], fields=as_read[0], info=as_read[1])

    def _write(self, stream: BinaryIO, records: Iterable[ArcWarcRecord]) -> list[Record]:
        start = stream.tell()
        try:
            places = [self._append(stream, record) for record in records]
            stream.flush()
            os.fsync(stream.fileno())
            if start == 0:
                sync_directory(self._path.parent)  # the new file's name, too, has to outlive a power cut
        except OSError as error:
            self._roll_back(stream, start)
            raise CannotStore(self._path, error.strerror or str(error)) from error
        return places

    def _append(self, stream: BinaryIO, record: ArcWarcRecord) -> Record:
        offset = stream.tell()
        block = record.raw_stream.read()
        record.raw_stream.seek(0)
        _ExactWriter(stream, gzip=True, warc_version=VERSION).write_record(record)
        return Record(
            headers=tuple(record.rec_headers.headers),
            block=block,
            file=self._path.with_suffix("").name,
            offset=offset,
            length=stream.tell() - offset,
        )

    def _roll_back(self, stream: BinaryIO, start: int) -> None:
        """Cut the file back to its last whole capture; a file with none is removed."""
        self._stream = None
        with suppress(OSError):  # the buffer still holds what the disk refused
            stream.close()
        with suppress(OSError):  # the first error is the one to tell
            if start == 0:
                self._path.unlink()
            else:
                os.truncate(self._path, start)
                self._path.rename(self._path.with_suffix(""))

    def _make_ready(self) -> None:
        """Have a file open with its warcinfo record and room for one more capture."""
        if self._stream is not None and self._stream.tell() >= self._settings.max_file_bytes:
            self.close()
        if self._stream is None:
            stream = self._stream = self._create()
            self._warcinfo_id = self._new_id()
            self._write(stream, [self._warcinfo()])

    def _create(self) -> BinaryIO:
        settings = self._settings
        stamp = self._now().strftime("%Y%m%d%H%M%S%f")[:17]
        host = re.sub(r"[^A-Za-z0-9.]+", "-", socket.gethostname()) or "localhost"
        try:
            settings.directory.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CannotStore(settings.directory, error.strerror or str(error)) from error
        while True:
            name = f"{settings.prefix}-{stamp}-{self._serial:05}-{host}.warc.gz"
            self._serial += 1
            self._path = settings.directory / (name + OPEN_SUFFIX)
            try:
                if not self._path.with_suffix("").exists():
                    return self._path.open("xb")
            except FileExistsError:
                continue
            except OSError as error:
                raise CannotStore(self._path, error.strerror or str(error)) from error

    def _warcinfo(self) -> ArcWarcRecord:
        headers = [
            ("WARC-Date", _warc_date(self._now())),
            ("WARC-Filename", self._path.with_suffix("").name),
        ]
        return self._record(
            "warcinfo",
            self._warcinfo_id,
            headers,
            "application/warc-fields",
            format_fields(self._settings.info),
        )

    def _about(self, url: str, at: datetime) -> Headers:
        self._make_ready()  # the record names its file's warcinfo record
        return [
            ("WARC-Target-URI", url),
            ("WARC-Date", _warc_date(at)),
            ("WARC-Warcinfo-ID", f"<{self._warcinfo_id}>"),
        ]

    def _fields_record(
        self, about: Headers, concurrent: tuple[str, str], fields: Mapping[str, str]
    ) -> list[ArcWarcRecord]:
        block = format_fields(fields)
        if not block:
            return []
        return [self._record("metadata", self._new_id(), [*about, concurrent], "application/warc-fields", block)]

    @staticmethod
    def _record(warc_type: str, record_id: str, headers: Headers, content_type: str, block: bytes) -> ArcWarcRecord:
        """A record whose block is written as it is: no parsed HTTP head, digests set here."""
        rec_headers = StatusAndHeaders(
            "",
            [
                ("WARC-Type", warc_type),
                ("WARC-Record-ID", f"<{record_id}>"),
                *headers,
                ("WARC-Block-Digest", block_digest(block)),
                ("Content-Type", content_type),
            ],
            protocol=VERSION,
        )
        return ArcWarcRecord("warc", warc_type, rec_headers, BytesIO(block), None, content_type, len(block))


def _wire_headers(exchange: Exchange) -> Headers:
    optional = {
        "WARC-IP-Address": exchange.ip_address,
        "WARC-Protocol": exchange.tls_version,
        "WARC-Cipher-Suite": exchange.tls_cipher,
        "WARC-Truncated": exchange.truncated,
    }
    return [(name, str(value)) for name, value in optional.items() if value]


def _warc_date(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def sync_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
