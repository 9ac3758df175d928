"""Parts of WARC files that are WARC files of their own: whole records, byte for byte.

Knows records and where they lie, nothing of why they were chosen.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeVar

from warc.block import Block, Spool
from warc.errors import DamagedRecord, NoSuchFile
from warc.reader import final_name, find_file, is_usable, read_records
from warc.record import Capture, Record, capture_of
from warc.scan import Frame, open_warc, scan

_COPIED_AT_ONCE: Final = 1 << 20

_T = TypeVar("_T")
_Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """``spans`` are the pieces taken from the file ``name``, in order, each as its first byte and the one behind it."""

    directory: Path
    name: str
    spans: tuple[_Span, ...]

    @property
    def size(self) -> int:
        return sum(end - start for start, end in self.spans)

    def parts(self) -> Iterator[bytes]:
        """The bytes. Raises NoSuchFile, DamagedRecord."""
        place = 0
        try:
            with ExitStack() as stack:
                stream = _found(self.directory, self.name, lambda path: stack.enter_context(open_warc(path)))
                for start, end in self.spans:
                    place = stream.seek(start)
                    while place < end:
                        data = stream.read(min(_COPIED_AT_ONCE, end - place))
                        if not data:
                            raise DamagedRecord(Path(self.name), place, "the file became shorter")
                        place += len(data)
                        yield data
        except OSError as error:
            raise DamagedRecord(Path(self.name), place, f"cannot be read: {error.strerror}") from error


def whole_file(directory: Path, name: str) -> Excerpt:
    """A closed file as it is. Raises NoSuchFile."""
    path = directory / name
    try:
        size = path.stat().st_size
    except FileNotFoundError as error:
        raise NoSuchFile(path) from error
    return Excerpt(directory=directory, name=name, spans=((0, size),))


def excerpt(
    directory: Path, name: str, offsets: Collection[int], on_capture: Callable[[Capture | DamagedRecord], None]
) -> Excerpt | None:
    """The captures at these offsets, each with the records beside it, behind the file's warcinfo record.

    ``on_capture`` is given each of them at its place in the new file, or what is damaged there. None if nothing is
    left. Raises NoSuchFile.
    """
    spans: list[_Span] = []
    size = 0
    for offset in sorted(offsets):
        records = _found(directory, name, lambda path, at=offset: _capture_records(path, at))  # type: ignore[misc]
        if isinstance(records, DamagedRecord):
            on_capture(records)
            continue
        if not spans:
            size = _extend(spans, 0, _found(directory, name, _warcinfo))
        main = records[0]
        place, size = size, _extend(spans, size, records)
        on_capture(capture_of(replace(main, offset=place)))
    return Excerpt(directory=directory, name=name, spans=tuple(spans)) if spans else None


def _extend(spans: list[_Span], size: int, records: Collection[Record]) -> int:
    """Put records behind what is there; return how many bytes it all is now."""
    for record in records:
        start, end = record.offset, record.offset + record.length
        if spans and spans[-1][1] == start:
            start = spans.pop()[0]
        spans.append((start, end))
        size += record.length
    return size


def _found(directory: Path, name: str, read: Callable[[Path], _T]) -> _T:
    """Read a file that its writer may close, and so rename, at any moment."""
    try:
        return read(find_file(directory, name))
    except NoSuchFile:
        return read(find_file(directory, name))


def _warcinfo(path: Path) -> list[Record]:
    first = next(read_records(path), None)
    return [first] if isinstance(first, Record) and first.type == "warcinfo" else []


def _capture_records(path: Path, offset: int) -> list[Record] | DamagedRecord:
    """A capture's main record and those behind it that say they belong to it."""
    found: list[Record] = []

    def make_sink(frame: Frame) -> Spool:
        if found:
            beside = _record(path, frame)
            if beside.is_capture or (beside.first("WARC-Concurrent-To") or "").strip("<>") != found[0].id:
                raise _NotBesideError
        return Spool()

    try:
        for item in scan(path, make_sink, offset=offset):
            if isinstance(item, DamagedRecord):
                if not found:
                    return item
                break
            record = _record(path, item.frame)
            found.append(replace(record, block=item.sink.block(), offset=item.offset, length=item.length))
            if not (found[0].is_capture and is_usable(found[0])):
                return DamagedRecord(path, offset, "no capture where the database has one")
    except _NotBesideError:
        pass
    except DamagedRecord as error:  # the disk refuses to read on
        return found or error
    return found or DamagedRecord(path, offset, "no record here")


class _NotBesideError(Exception):
    """The record that follows is not the capture's: it need not be read."""


def _record(path: Path, frame: Frame) -> Record:
    return Record(headers=frame.headers, block=Block(), file=final_name(path), offset=0, length=0)
