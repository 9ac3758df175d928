"""One WARC file while it is written: appended to, synced, cut back on an error, closed under its final name.

The file is locked (``flock``) as long as its writer lives, so that recovery can tell it from one that a dead process
left behind.
"""

import errno
import fcntl
import hashlib
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO, RawIOBase
from pathlib import Path
from typing import BinaryIO, Final, cast

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from warc.block import SPILL_BYTES, Block
from warc.compose import Draft
from warc.compress import Compression, new_member
from warc.errors import CannotStore

VERSION: Final = "WARC/1.1"
OPEN_SUFFIX: Final = ".open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Offset and length of a record's gzip member, in bytes."""

    offset: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedFile:
    """A WARC file that will not change any more. ``sha256`` is hex, of the file's bytes."""

    name: str
    length: int
    sha256: str
    records: int


class _ExactWriter(WARCWriter):
    """warcio's writer adds a payload digest over the whole HTTP message where none is set; ours are set already."""

    def ensure_digest(self, record: ArcWarcRecord, block: bool = True, payload: bool = True) -> None:  # noqa: FBT001, FBT002 - warcio's signature
        del record, block, payload

    def write(self, out: "_Member", record: ArcWarcRecord) -> None:
        self._write_warc_record(out, record)


class _Member:
    """What warcio writes a record into: one gzip member, compressed as the setting says."""

    def __init__(self, file: "OpenFile", compression: Compression) -> None:
        self._file = file
        self._compressor = new_member(compression)

    def write(self, data: bytes) -> None:
        self._file.write(self._compressor.compress(data))

    def flush(self) -> None:
        """Warcio calls it at the record's end."""
        self._file.write(self._compressor.flush())


class OpenFile:
    """Use from one thread. Every method may raise OSError."""

    def __init__(self, path: Path, compression: Compression) -> None:
        """Make the file, with the suffix ``.open``. Raises FileExistsError if either name is taken."""
        self.path = path.with_name(path.name + OPEN_SUFFIX)
        self.name = path.name
        if path.exists():
            raise FileExistsError(path)
        self._file = self.path.open("xb", buffering=0)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._file.close()
            raise
        if not same_file(self._file.fileno(), self.path):  # a recovery took the new file for a dead one
            self._file.close()
            raise FileExistsError(self.path)
        self._compression: Compression = compression
        self._writer = _ExactWriter(BytesIO(), gzip=False, warc_version=VERSION)
        self._waiting: list[bytes] = []
        self._waiting_size = 0
        self._digest = hashlib.sha256()
        self._new_name = True
        self._records = 0
        self.size = 0
        self.is_torn = False

    def append(self, drafts: Iterable[Draft]) -> list[Place]:
        """Write records one behind the other; on an error the file is cut back to where it was."""
        start, digest = self.size, self._digest.copy()
        try:
            places = [self._append(draft) for draft in drafts]
            self._flush()
        except BaseException:
            self._waiting, self._waiting_size = [], 0
            self._digest, self.size = digest, start
            self._cut_back(start)
            raise
        self._records += len(places)
        return places

    def write(self, data: bytes) -> None:
        """Bytes of the record under way, from its compressor."""
        self._waiting.append(data)
        self._waiting_size += len(data)
        if self._waiting_size > SPILL_BYTES:
            self._flush()

    def sync(self) -> None:
        """What was appended is on disk when this returns, and the file's name too."""
        fsync(self._file.fileno())
        self.sync_name()

    def sync_name(self) -> None:
        if self._new_name:
            sync_directory(self.path.parent)
            self._new_name = False

    def duplicate(self) -> int:
        """A descriptor of its own for a sync on another thread, which closes it."""
        return os.dup(self._file.fileno())

    def close(self) -> ClosedFile:
        """Give the file its final name. It stays locked until ``release``."""
        final = self.path.with_name(self.name)
        self.sync()
        if final.exists():  # never write over what came meanwhile
            raise FileExistsError(errno.EEXIST, "a file of this name is there already", str(final))
        self.path.rename(final)
        sync_directory(final.parent)
        return ClosedFile(name=self.name, length=self.size, sha256=self._digest.hexdigest(), records=self._records)

    def release(self) -> None:
        with suppress(OSError):
            self._file.close()

    def _cut_back(self, start: int) -> None:
        try:
            self._file.truncate(start)
            self._file.seek(start)
        except OSError:  # the first error is the one to tell; recovery will find the torn tail
            self.is_torn = True

    def _append(self, draft: Draft) -> Place:
        offset = self.size + self._waiting_size
        self._writer.write(_Member(self, self._compression), _warcio_record(draft))
        return Place(offset=offset, length=self.size + self._waiting_size - offset)

    def _flush(self) -> None:
        data = b"".join(self._waiting)
        self._waiting, self._waiting_size = [], 0
        view = memoryview(data)
        while view:
            view = view[self._file.write(view) :]
        self._digest.update(data)
        self.size += len(data)


class _Reader(RawIOBase):
    """A block as the stream that warcio reads."""

    def __init__(self, block: Block) -> None:
        self._parts = block.parts()
        self._left = b""

    def read(self, size: int = -1, /) -> bytes:
        if not self._left:
            self._left = next(self._parts, b"")
        size = len(self._left) if size < 0 else size
        data, self._left = self._left[:size], self._left[size:]
        return data


def _warcio_record(draft: Draft) -> ArcWarcRecord:
    """A record whose block is written as it is: no parsed HTTP head, and a type whose block warcio never leaves out."""
    headers = StatusAndHeaders("", list(draft.headers), protocol=VERSION)
    small = draft.block.size <= SPILL_BYTES
    stream = BytesIO(bytes(draft.block)) if small else cast("BinaryIO", _Reader(draft.block))
    return ArcWarcRecord("warc", "resource", headers, stream, None, None, draft.block.size)


def fsync(descriptor: int) -> None:
    """As durable as the system can make it, without the times of the file where it can leave them out."""
    if hasattr(fcntl, "F_FULLFSYNC"):  # macOS: fsync leaves the data in the drive's cache
        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
    elif hasattr(os, "fdatasync"):
        os.fdatasync(descriptor)
    else:
        os.fsync(descriptor)


def sync_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def same_file(descriptor: int, path: Path) -> bool:
    """Whether the path still names the file that is open there."""
    try:
        named = path.stat()
    except FileNotFoundError:
        return False
    own = os.fstat(descriptor)
    return (own.st_dev, own.st_ino) == (named.st_dev, named.st_ino)


def cannot_store(path: Path, error: OSError) -> CannotStore:
    return CannotStore(path, error.strerror or str(error))
