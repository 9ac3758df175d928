"""Reads captures back from WARC files, by place or one after the other, each block exactly as stored."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

from warc.block import Spool
from warc.errors import DamagedRecord
from warc.http1 import MOST_HEAD_BYTES, parse_head
from warc.openfile import OPEN_SUFFIX
from warc.record import CAPTURE_TYPES, NOT_MODIFIED_STATUS, Capture, Record, capture_of, parse_fields
from warc.scan import Frame, Scanned, scan

_SUFFIXES = (".warc.gz", ".warc")
_MOST_FIELDS: Final = 1 << 20
"""No list of named fields is longer; what one has beyond is passed over."""

_PARTS_BEHIND = 64
"""How many records behind a capture are looked at for its metadata."""


def warc_files(directory: Path) -> list[Path]:
    """Every WARC file of the folder, by name, those still being written (``.open``) included."""
    found = directory.iterdir() if directory.is_dir() else ()
    return sorted((path for path in found if is_warc_name(path.name) and not path.is_dir()), key=lambda path: path.name)


def is_warc_name(name: str) -> bool:
    return name.removesuffix(OPEN_SUFFIX).endswith(_SUFFIXES) and not name.startswith(".")


def final_name(path: Path) -> str:
    return path.name.removesuffix(OPEN_SUFFIX)


def iter_captures(path: Path) -> Iterator[Capture]:
    """Every capture of a file in the order written.

    Raises DamagedRecord at the first record that is not whole, after the whole captures before it.
    """
    for item in read_captures(path):
        if isinstance(item, DamagedRecord):
            raise item
        yield item


def read_captures(path: Path) -> Iterator[Capture | DamagedRecord]:
    """Every whole capture of a file, and between them what is damaged. Raises NoSuchFile."""
    return group_captures(read_records(path))


def group_captures(records: Iterator[Record | DamagedRecord]) -> Iterator[Capture | DamagedRecord]:
    """Put the records of a file together into captures: a main record and the metadata behind it."""
    info = _NO_INFO
    group = _Group()
    for number, record in enumerate(records):
        if isinstance(record, DamagedRecord):
            yield from group.captures(info)
            group = _Group()
            yield record
        elif group.ends_before(record):
            yield from group.captures(info)
            group = _Group(record if record.is_capture else None)
            info = _Info.of(record) if number == 0 else info
        else:
            group.take(record)
    yield from group.captures(info)


@dataclass(frozen=True, slots=True)
class _Info:
    """What the first record of a file says of the captures in it.

    A file joined from several has more such records, but whoever goes straight to a capture sees only the first. So a
    capture that names another one has none.
    """

    record_id: str = ""
    fields: Mapping[str, str] = field(default_factory=dict[str, str])

    @classmethod
    def of(cls, first: Record) -> Self:
        return cls(first.id, parse_fields(first.block.first(_MOST_FIELDS))) if first.type == "warcinfo" else cls()

    def about(self, main: Record) -> Mapping[str, str]:
        named = (main.first("WARC-Warcinfo-ID") or "").strip("<>")
        return self.fields if named in ("", self.record_id) else {}


_NO_INFO = _Info()


class _Group:
    """The records of one capture, as they come."""

    def __init__(self, main: Record | None = None) -> None:
        self._main = main
        self._fields: Mapping[str, str] | None = None
        self._not_modified = b""

    @staticmethod
    def ends_before(record: Record) -> bool:
        return record.is_capture or record.type == "warcinfo"

    @property
    def is_complete(self) -> bool:
        """Whether nothing that may follow says more."""
        main = self._main
        return main is None or (self._fields is not None and (bool(self._not_modified) or not main.is_not_modified))

    def take(self, record: Record) -> None:
        """The first of a kind counts."""
        main = self._main
        if main is None or record.type != "metadata":
            return
        target = record.first("WARC-Concurrent-To") or record.first("WARC-Refers-To") or ""
        if target.strip("<>") != main.id:
            return
        if record.is_http:
            block = record.block.first(MOST_HEAD_BYTES)
            if not self._not_modified and main.is_not_modified and parse_head(block).status == NOT_MODIFIED_STATUS:
                self._not_modified = block
        elif self._fields is None and (record.first("Content-Type") or "").startswith("application/warc-fields"):
            self._fields = parse_fields(record.block.first(_MOST_FIELDS))

    def captures(self, info: _Info) -> Iterator[Capture | DamagedRecord]:
        main = self._main
        if main is not None and not is_usable(main):
            yield DamagedRecord(Path(main.file), main.offset, "a capture without a valid id, date or URL")
        elif main is not None:
            yield capture_of(main, fields=self._fields or {}, info=info.about(main), not_modified=self._not_modified)


def is_usable(main: Record) -> bool:
    """Whether a capture can be named at all: which one it is, of what, and when."""
    try:
        return bool(main.id and main.url and main.date)
    except ValueError:
        return False


def read_capture(directory: Path, file: str, offset: int) -> Capture:
    """The capture whose main record lies at that place. Raises NoSuchFile, DamagedRecord."""
    path = find_file(directory, file)
    first = next(read_records(path), None)
    info = _Info.of(first) if isinstance(first, Record) else _NO_INFO
    records = iter_records(path, offset=offset)
    main = next(records, None)
    if main is None:
        raise DamagedRecord(path, offset, "no record here")
    if main.type not in CAPTURE_TYPES:
        raise DamagedRecord(path, offset, f"a {main.type or 'nameless'} record where a capture was expected")
    group = _Group(main)
    with suppress(DamagedRecord):  # damage behind a whole main record is not its damage
        for record, _ in zip(records, range(_PARTS_BEHIND), strict=False):
            if group.ends_before(record):
                break
            group.take(record)
            if group.is_complete:
                break
    capture = next(group.captures(info))
    if isinstance(capture, DamagedRecord):
        raise capture
    return capture


def iter_records(path: Path, *, offset: int = 0) -> Iterator[Record]:
    """Every record from a record's start on. Raises NoSuchFile, DamagedRecord."""
    for item in read_records(path, offset=offset):
        if isinstance(item, DamagedRecord):
            raise item
        yield item


def read_records(path: Path, *, offset: int = 0) -> Iterator[Record | DamagedRecord]:
    """Every whole record, and between them what is damaged. Raises NoSuchFile."""
    file = final_name(path)
    for item in scan(path, _spool, offset=offset):
        yield item if isinstance(item, DamagedRecord) else _record(item, file)


def _spool(frame: Frame) -> Spool:
    del frame
    return Spool()


def _record(item: Scanned[Spool], file: str) -> Record:
    return Record(
        headers=item.frame.headers, block=item.sink.block(), file=file, offset=item.offset, length=item.length
    )


def find_file(directory: Path, file: str) -> Path:
    """The file of that name, closed or still being written; a name must not lead out of the folder."""
    path = directory / Path(file).name
    return path if path.exists() else path.with_name(path.name + OPEN_SUFFIX)
