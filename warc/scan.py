"""Reads WARC files record by record, exactly, in bounded memory, past damage.

Knows gzip members and the frame of a record; nothing of what records mean. A file is one of records, each a gzip member
of its own (WARC/1.1 annex D), or plain.
"""

import os
import re
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, Generic, Protocol, TypeVar

from isal import isal_zlib

from warc.errors import DamagedRecord, NoSuchFile
from warc.http1 import head_end
from warc.starts import GZIP_ERRORS, GZIP_MAGIC, NEXT_PLAIN, VERSION_LINE, is_compressed, next_member, next_plain

MOST_HEADER_BYTES: Final = 1 << 20
_FIRST_READ: Final = 1 << 12
_LARGEST_READ: Final = 1 << 18
_LARGEST_OUTPUT: Final = 1 << 20
_BEHIND: Final = "bytes follow the block where the record should end"
_FIELD = re.compile(r"^([^:\n]*):([^\n]*)", re.MULTILINE)
_LENGTH_OF_NAME: Final = len("content-length")
_FOLD = re.compile(r"\r?\n[ \t]+")
_MOST_GONE_OVER: Final = 8
"""Behind damage, at most this many times the file's size is read again in search of records."""

_LONGEST_END: Final = 64
"""Line ends behind a record: two by the standard, some more by sloppy writers."""


class Sink(Protocol):
    """Takes the bytes of a block as they come."""

    def append(self, data: bytes, /) -> None: ...


class Broken(Exception):
    """What was read is no whole record; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A record's header as it stands: version line, named fields in order, and the length it promises (bytes)."""

    version: str
    headers: tuple[tuple[str, str], ...]
    content_length: int


class _Source(Protocol):
    """The bytes of one record after the other, decompressed."""

    place: int

    @property
    def position(self) -> int: ...
    def begin(self) -> bool: ...
    def expect(self, length: int) -> None: ...
    def read(self) -> bytes: ...
    def give_back(self, data: bytes) -> None: ...
    def end(self) -> None: ...


class _Members:
    """Gzip members: each is one record. ``place`` is where the current member began."""

    def __init__(self, stream: BinaryIO, offset: int) -> None:
        self._stream = stream
        self._input = b""
        self._next_read = _FIRST_READ
        self._output = b""
        self._member = isal_zlib.decompressobj(zlib.MAX_WBITS | 16)
        self.place = self._input_end = offset
        self._ended = True
        self._failure = ""
        stream.seek(offset)

    def begin(self) -> bool:
        """Go to the next member; False at the end of the file."""
        self.place = self._input_end - len(self._input)
        self._member = isal_zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._output = b""
        self._ended = False
        self._next_read = _FIRST_READ
        while len(self._input) < len(GZIP_MAGIC):
            before = len(self._input)
            self._fill()
            if len(self._input) == before:
                break
        if not self._input.startswith(GZIP_MAGIC[: max(1, len(self._input))]):
            if self._input:
                raise Broken("no gzip member begins here")
            return False
        return True

    def expect(self, length: int) -> None:
        """How long a member is, nobody knows before its end."""

    def read(self) -> bytes:
        """Some more bytes of the record, b"" at the member's end. Raises Broken."""
        if self._output:
            data, self._output = self._output, b""
            return data
        if self._failure:  # the library would go on as if the member had ended
            raise Broken(self._failure)
        while not self._ended:
            if not self._input and not self._member.unconsumed_tail:
                self._fill()
                if not self._input:
                    raise Broken("the file ends inside a record")
            data = self._inflate()
            if data:
                return data
        return b""

    def give_back(self, data: bytes) -> None:
        self._output = data + self._output

    def end(self) -> None:
        """Check that nothing but line ends follows. Raises Broken."""
        left = 0
        while data := self.read():
            left += len(data)
            if data.strip(b"\r\n"):
                raise Broken(_behind(data))
            if left > _LONGEST_END:
                raise Broken("more than line ends follow the block")

    def _inflate(self) -> bytes:
        member = self._member
        given = member.unconsumed_tail or self._input
        if not member.unconsumed_tail:
            self._input = b""
        try:
            data = member.decompress(given, _LARGEST_OUTPUT)
        except GZIP_ERRORS as error:
            self._failure = f"broken gzip member: {error}"
            raise Broken(self._failure) from error
        if member.eof:
            self._input = member.unused_data
            self._ended = True
        return data

    def _fill(self) -> None:
        data = self._stream.read(self._next_read)
        self._input += data
        self._input_end += len(data)
        self._next_read = min(self._next_read * 2, _LARGEST_READ)

    @property
    def position(self) -> int:
        """Where the next member begins, once this one has ended."""
        return self._input_end - len(self._input)


def _behind(data: bytes) -> str:
    if data.lstrip(b"\r\n").startswith(b"WARC/"):
        return "several records in one gzip member; decompress the file and take in the plain .warc"
    return _BEHIND


def _too_short(missing: int, length: int) -> str:
    return f"the record ends {missing} bytes before its Content-Length of {length}"


class _Plain:
    """An uncompressed file. ``place`` is where the current record began."""

    def __init__(self, stream: BinaryIO, offset: int) -> None:
        self._stream = stream
        self._back = b""
        self._next_read = _FIRST_READ
        self._size = stream.seek(0, os.SEEK_END)
        self._position = offset
        self.place = offset
        stream.seek(offset)

    def begin(self) -> bool:
        self._skip_line_ends()
        self.place = self._position - len(self._back)
        if not self._back:
            self._back = self._more()
        return bool(self._back)

    def expect(self, length: int) -> None:
        """Raise Broken, before anything is read, where a block of this length does not end with a record.

        So that a file of records that lie is not read to its end for each of them.
        """
        left = self._size - self.position
        if length > left:
            raise Broken(_too_short(length - left, length))
        if length >= len(self._back):
            self._stream.seek(self.position + length)
            behind = self._stream.read(1)
            self._stream.seek(self._position)
            if behind not in (b"", b"\r", b"\n"):
                raise Broken(_BEHIND)

    def read(self) -> bytes:
        if self._back:
            data, self._back = self._back, b""
            return data
        return self._more()

    def give_back(self, data: bytes) -> None:
        self._back = data + self._back

    def end(self) -> None:
        """Pass over the line ends behind the block. Raises Broken where there are none."""
        data = self.read()
        if data and data[:1] not in b"\r\n":
            raise Broken(_BEHIND)
        self.give_back(data)
        if self._skip_line_ends() == 0:
            raise Broken("the file ends inside a record")

    def _skip_line_ends(self) -> int:
        skipped = 0
        while data := self.read():
            rest = data.lstrip(b"\r\n")
            skipped += len(data) - len(rest)
            if rest:
                self.give_back(rest)
                break
        return skipped

    @property
    def position(self) -> int:
        return self._position - len(self._back)

    def _more(self) -> bytes:
        data = self._stream.read(self._next_read)
        self._position += len(data)
        self._next_read = min(self._next_read * 2, _LARGEST_READ)
        return data


_S = TypeVar("_S", bound=Sink)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanned(Generic[_S]):
    """A whole record: its frame, where it lies (bytes of the file), and the sink that took its block."""

    frame: Frame
    offset: int
    length: int
    sink: _S


@contextmanager
def open_warc(path: Path) -> Generator[BinaryIO]:
    """The one place where WARC files are opened to read. Raises NoSuchFile, DamagedRecord."""
    try:
        stream = path.open("rb", buffering=0)
    except FileNotFoundError as error:
        raise NoSuchFile(path) from error
    except OSError as error:
        raise DamagedRecord(path, 0, f"cannot be read: {error.strerror}") from error
    with stream:
        yield stream


def scan(path: Path, make_sink: Callable[[Frame], _S], *, offset: int = 0) -> Iterator[Scanned[_S] | DamagedRecord]:
    """Every record from a record's start on, and between them what is damaged, in the order of the file.

    Behind damage it goes on at the next place where a record begins. Raises NoSuchFile, and DamagedRecord where the
    file cannot be read at all.
    """
    with open_warc(path) as stream:
        try:
            yield from _scan(path, stream, make_sink, offset)
        except OSError as error:
            raise DamagedRecord(path, offset, f"cannot be read: {error.strerror}") from error


def _scan(
    path: Path, stream: BinaryIO, make_sink: Callable[[Frame], _S], offset: int
) -> Iterator[Scanned[_S] | DamagedRecord]:
    size = stream.seek(0, os.SEEK_END)
    if not 0 <= offset <= size:
        yield DamagedRecord(path, offset, "the file does not reach so far")
        return
    compressed = is_compressed(stream)
    if compressed is None:
        yield DamagedRecord(path, 0, "neither a WARC file nor one compressed with gzip")
        return
    gone_over = 0
    place: int | None = offset
    while place is not None:
        source = _Members(stream, place) if compressed else _Plain(stream, place)
        place = None
        try:
            while source.begin():
                yield _record(source, make_sink)
        except Broken as broken:
            yield DamagedRecord(path, source.place, str(broken))
            if isinstance(source, _Plain):
                place = next_plain(stream, source.place + 1)
            else:
                place = _behind_damage(stream, source, may_go_back=gone_over < _MOST_GONE_OVER * size)
                gone_over += source.position - source.place


def _record(source: _Source, make_sink: Callable[[Frame], _S]) -> Scanned[_S]:
    """Read the record that the source has begun. Raises Broken."""
    frame = _frame(source)
    source.expect(frame.content_length)
    sink = make_sink(frame)
    left = frame.content_length
    while left:
        data = source.read()
        if not data:
            raise Broken(_too_short(left, frame.content_length))
        if len(data) > left:
            source.give_back(data[left:])
            data = data[:left]
        left -= len(data)
        sink.append(data)
    source.end()
    return Scanned(frame=frame, offset=source.place, length=source.position - source.place, sink=sink)


def _frame(source: _Source) -> Frame:
    start = b""
    while (end := head_end(start, 0, MOST_HEADER_BYTES)) is None and not NEXT_PLAIN.search(start):
        if len(start) > MOST_HEADER_BYTES:
            raise Broken(f"the record's header is longer than {MOST_HEADER_BYTES} bytes")
        data = source.read()
        if not data:
            raise Broken("the record's header has no end")
        start += data
        if not start.startswith(b"WARC/"[: len(start)]):
            raise Broken("no WARC record begins here")
    if end is None or (start.find(b"\nWARC/", 0, end) >= 0 and NEXT_PLAIN.search(start, 0, end)):
        raise Broken("another record begins within the record's header")
    source.give_back(start[end:])
    return parse_frame(start[:end])


def parse_frame(header: bytes) -> Frame:
    """Raises Broken where it is no header of a WARC record, or promises no length."""
    version, _, rest = header.partition(b"\n")
    if not VERSION_LINE.fullmatch(version + b"\n"):
        raise Broken(f"no version line of WARC: {version[:40]!r}")
    text = rest.decode("utf-8", "replace")
    if "\n " in text or "\n\t" in text:
        text = _FOLD.sub(" ", text)
    headers = [(name.strip(), value.strip()) for name, value in _FIELD.findall(text)]
    lengths = (value for name, value in headers if len(name) == _LENGTH_OF_NAME and name.lower() == "content-length")
    length = next(lengths, None)
    if length is None:
        raise Broken("no Content-Length")
    if not (length.isascii() and length.isdigit() and len(length) < 16):  # noqa: PLR2004 - no file has a petabyte
        raise Broken(f"Content-Length is {length[:40]!r}, no number")
    return Frame(version=version.strip().decode("ascii"), headers=tuple(headers), content_length=int(length))


def _behind_damage(stream: BinaryIO, source: _Members, *, may_go_back: bool) -> int | None:
    """Where to go on in a compressed file: behind the member, if it can be gone through, else at the next that fits."""
    try:
        while source.read():
            pass
    except Broken:
        return next_member(stream, source.place + 1 if may_go_back else max(source.place + 1, source.position))
    return source.position if source.position > source.place else next_member(stream, source.place + 1)
