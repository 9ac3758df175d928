"""Reads WARC files record by record, exactly, in bounded memory, past damage.

Knows gzip members and the frame of a record; nothing of what records mean. A file is one of records, each a gzip member
of its own (WARC/1.1 annex D), or plain.
"""

import os
import re
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, Generic, Protocol, TypeVar

from warc.errors import DamagedRecord, NoSuchFile
from warc.http1 import head_end
from warc.sources import Broken, Members, Plain, Source, too_short
from warc.starts import NEXT_PLAIN, VERSION_LINE, is_compressed, next_member, next_plain

MOST_HEADER_BYTES: Final = 1 << 20
_FIELD = re.compile(r"^([^:\n]*):([^\n]*)", re.MULTILINE)
_LENGTH_OF_NAME: Final = len("content-length")
_FOLD = re.compile(r"\r?\n[ \t]+")
_MOST_GONE_OVER: Final = 8
"""Behind damage, at most this many times the file's size is read again in search of records."""


class Sink(Protocol):
    """Takes the bytes of a block as they come."""

    def append(self, data: bytes, /) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A record's header as it stands: version line, named fields in order, and the length it promises (bytes)."""

    version: str
    headers: tuple[tuple[str, str], ...]
    content_length: int


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
        source = Members(stream, place) if compressed else Plain(stream, place)
        place = None
        try:
            while source.begin():
                yield _record(source, make_sink)
        except Broken as broken:
            yield DamagedRecord(path, source.place, str(broken))
            if isinstance(source, Plain):
                place = next_plain(stream, source.place + 1)
            else:
                place = _behind_damage(stream, source, may_go_back=gone_over < _MOST_GONE_OVER * size)
                gone_over += source.position - source.place


def _record(source: Source, make_sink: Callable[[Frame], _S]) -> Scanned[_S]:
    """Read the record that the source has begun. Raises Broken."""
    frame = _frame(source)
    source.expect(frame.content_length)
    sink = make_sink(frame)
    left = frame.content_length
    while left:
        data = source.read()
        if not data:
            raise Broken(too_short(left, frame.content_length))
        if len(data) > left:
            source.give_back(data[left:])
            data = data[:left]
        left -= len(data)
        sink.append(data)
    source.end()
    return Scanned(frame=frame, offset=source.place, length=source.position - source.place, sink=sink)


def _frame(source: Source) -> Frame:
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


def _behind_damage(stream: BinaryIO, source: Members, *, may_go_back: bool) -> int | None:
    """Where to go on in a compressed file: behind the member, if it can be gone through, else at the next that fits."""
    try:
        while source.read():
            pass
    except Broken:
        return next_member(stream, source.place + 1 if may_go_back else max(source.place + 1, source.position))
    return source.position if source.position > source.place else next_member(stream, source.place + 1)
