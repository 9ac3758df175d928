"""Writes captures into WARC/1.1 files, one gzip member a record, over warcio.

A capture's records lie one behind the other (response, request, metadata). ``append_…`` puts them into the file and
asks for a sync, which runs on a thread of its own: a capture is safe once ``synced`` has reached its mark. Use from one
thread. Nothing is created before the first record is written.
"""

import os
import re
import socket
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from warc.block import Block
from warc.compose import Composer, Draft, Original, Prepared
from warc.compress import DEFAULT_COMPRESSION, Compression
from warc.errors import CannotStore
from warc.openfile import ClosedFile, OpenFile, Place, cannot_store
from warc.record import Capture, Record, capture_of, format_fields, parse_fields
from warc.sync import Syncer

CONFORMS_TO: Final = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
_GB: Final = 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class WriterSettings:
    """Where and how to write.

    ``info`` goes into each file's warcinfo record. A new file is begun past ``max_file_bytes`` or ``max_file_age``.
    Nothing is written that would leave less than ``min_free_bytes`` on the disk.
    """

    directory: Path
    prefix: str
    info: Mapping[str, str]
    max_file_bytes: int = _GB
    max_file_age: timedelta = timedelta(days=1)
    min_free_bytes: int = 0
    compression: Compression = DEFAULT_COMPRESSION


def new_record_id() -> str:
    return f"urn:uuid:{uuid.uuid4()}"


def utc_now() -> datetime:
    return datetime.now(UTC)


class CaptureWriter:
    """Appends captures, rotating files by size and age. Each append may raise CannotStore, and then stored nothing.

    ``on_closed`` is told of each file that is finished, when all of its captures are safe and before its lock is
    released; an error it raises comes out of the call that closed the file.
    """

    def __init__(
        self,
        settings: WriterSettings,
        *,
        now: Callable[[], datetime] = utc_now,
        new_id: Callable[[], str] = new_record_id,
        on_closed: Callable[[ClosedFile], None] = lambda _: None,
    ) -> None:
        self._settings = settings
        self._info = parse_fields(format_fields(settings.info))
        self._now = now
        self._new_id = new_id
        self._on_closed = on_closed
        self._serial = 0
        self._file: OpenFile | None = None
        self._composer = Composer(warcinfo_id="", new_id=new_id)
        self._opened_at = now()
        self._syncer = Syncer()
        self.mark = 0

    @property
    def synced(self) -> int:
        """The mark up to which captures are on disk; the mark of the last one appended is ``mark``."""
        return self._syncer.synced

    def append_exchange(
        self, prepared: Prepared, *, fields: Mapping[str, str], original: Original | None = None
    ) -> Capture:
        """Append a response, its request and its metadata; with ``original``, a revisit of it instead.

        ``fields`` is what a derived row needs beyond the bytes (``source``, ``via``).
        """
        file = self._make_ready()
        drafts = self._composer.exchange(prepared, original=original, fields=fields)
        record = self._append(file, drafts)
        fields = parse_fields(format_fields(fields))
        if original is not None:
            return capture_of(record, fields=fields, info=self._info, not_modified=bytes(prepared.final))
        message = prepared.message
        return Capture(
            record=record,
            head=message.head,
            body_start=message.body_start,
            digests=message.digests,
            fields=fields,
            info=self._info,
        )

    def append_resource(
        self, *, url: str, body: bytes, content_type: str, at: datetime, fields: Mapping[str, str]
    ) -> Capture:
        """Append a saved page or text as a ``resource`` record."""
        file = self._make_ready()
        drafts = self._composer.resource(url=url, body=Block(body), content_type=content_type, at=at, fields=fields)
        return capture_of(self._append(file, drafts), fields=parse_fields(format_fields(fields)), info=self._info)

    def sync(self) -> None:
        """Wait until all that was appended is on disk. Raises CannotStore."""
        try:
            self._syncer.wait(self.mark)
        except OSError as error:
            raise cannot_store(self._settings.directory, error) from error

    def check(self) -> None:
        """Raise CannotStore if a sync has failed."""
        if self._syncer.failure is not None:
            raise cannot_store(self._settings.directory, self._syncer.failure)

    def close(self) -> None:
        """Finish the current file. Safe to call twice. Raises CannotStore."""
        try:
            self._finish()
        finally:
            self._syncer.close()

    def _append(self, file: OpenFile, drafts: list[Draft]) -> Record:
        place = self._write(file, drafts)[0]
        main = drafts[0]
        self.mark += 1
        self._syncer.request(file.duplicate(), self.mark)
        headers = (*main.headers, ("Content-Length", str(main.block.size)))
        return Record(headers=headers, block=main.block, file=file.name, offset=place.offset, length=place.length)

    def _write(self, file: OpenFile, drafts: Iterable[Draft]) -> list[Place]:
        try:
            places = file.append(drafts)
            file.sync_name()
        except OSError as error:
            raise cannot_store(file.path, error) from error
        return places

    def _make_ready(self) -> OpenFile:
        """Have a file open with its warcinfo record and room for one more capture."""
        self.check()
        self._check_space()
        if self._file is not None and self._is_full(self._file):
            self._finish()
        if self._file is not None:
            return self._file
        file = self._create()
        warcinfo_id = self._new_id()
        self._composer = Composer(warcinfo_id=warcinfo_id, new_id=self._new_id)
        try:
            self._write(file, [self._composer.warcinfo(filename=file.name, at=self._now(), info=self._settings.info)])
        except CannotStore:
            file.path.unlink(missing_ok=True)
            file.release()
            raise
        self._file = file
        return file

    def _is_full(self, file: OpenFile) -> bool:
        aged = self._now() - self._opened_at >= self._settings.max_file_age
        return aged or file.size >= self._settings.max_file_bytes

    def _check_space(self) -> None:
        """Raises CannotStore while there is still room to end well."""
        wanted = self._settings.min_free_bytes
        if not wanted:
            return
        try:
            status = os.statvfs(self._settings.directory)
        except FileNotFoundError:
            return
        free = status.f_bavail * status.f_frsize
        if free < wanted:
            reason = f"only {free / _GB:.1f} GB are free, and warc.min_free_gb keeps {wanted / _GB:.1f}"
            raise CannotStore(self._settings.directory, reason)

    def _finish(self) -> None:
        """Close the file and tell of it. One whose bytes may not be on disk is left for recovery."""
        file, self._file = self._file, None
        if file is None:
            return
        try:
            self.check()
            if file.is_torn:
                return
            closed = file.close()
            self._syncer.reached(self.mark)
            self._on_closed(closed)
        except OSError as error:
            raise cannot_store(file.path, error) from error
        finally:
            file.release()

    def _create(self) -> OpenFile:
        settings = self._settings
        self._opened_at = self._now()
        stamp = self._opened_at.strftime("%Y%m%d%H%M%S%f")[:17]
        host = re.sub(r"[^A-Za-z0-9.]+", "-", socket.gethostname()) or "localhost"
        try:
            settings.directory.mkdir(parents=True, exist_ok=True)
            while True:
                name = f"{settings.prefix}-{stamp}-{self._serial:05}-{host}.warc.gz"
                self._serial += 1
                try:
                    return OpenFile(settings.directory / name, settings.compression)
                except (FileExistsError, BlockingIOError):
                    continue
        except OSError as error:
            raise cannot_store(settings.directory, error) from error
