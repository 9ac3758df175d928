"""Reads captures back from WARC files, by place or one after the other.

Gives each block exactly as stored: records are read with warcio's own HTTP parsing switched off.
"""

import os
import zlib
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from warc.errors import DamagedRecord, NoSuchFile
from warc.record import CAPTURE_TYPES, Capture, Record, parse_fields
from warc.writer import OPEN_SUFFIX

_PARTS_BEHIND = 64
"""How many records behind a capture are looked at for its metadata."""


def warc_files(directory: Path) -> list[Path]:
    """Every WARC file of the folder, by name, those still being written (``.open``) included."""
    paths = (path for pattern in ("*.warc.gz", "*.warc.gz" + OPEN_SUFFIX) for path in directory.glob(pattern))
    return sorted(paths, key=lambda path: path.name)


def final_name(path: Path) -> str:
    return path.name.removesuffix(OPEN_SUFFIX)


def iter_captures(path: Path) -> Iterator[Capture]:
    """Every capture of a file in the order written.

    Raises DamagedRecord at the first record that is not whole, after the whole captures before it.
    """
    info: Mapping[str, str] = {}
    waiting: Record | None = None
    fields: dict[str, str] = {}
    damage: DamagedRecord | None = None
    records = iter_records(path)
    while True:
        try:
            record = next(records, None)
        except DamagedRecord as error:
            record, damage = None, error
        if record is None:
            break
        if record.type == "warcinfo":
            info = parse_fields(record.block)
        elif record.type in CAPTURE_TYPES:
            if waiting:
                yield Capture(record=waiting, fields=fields, info=info)
            waiting, fields = record, {}
        elif waiting and _describes(record, waiting):
            fields = parse_fields(record.block)
    if waiting:
        yield Capture(record=waiting, fields=fields, info=info)
    if damage:
        raise damage


def read_capture(directory: Path, file: str, offset: int) -> Capture:
    """The capture whose main record lies at that place. Raises NoSuchFile, DamagedRecord."""
    path = _find(directory, file)
    first = next(iter_records(path), None)
    info = parse_fields(first.block) if first and first.type == "warcinfo" else {}
    records = iter_records(path, offset=offset)
    main = next(records, None)
    if main is None:
        raise DamagedRecord(path, offset, "no record here")
    if main.type not in CAPTURE_TYPES:
        raise DamagedRecord(path, offset, f"a {main.type or 'nameless'} record where a capture was expected")
    with suppress(DamagedRecord):  # damage behind a whole main record is not its damage
        for record, _ in zip(records, range(_PARTS_BEHIND), strict=False):
            if record.type in CAPTURE_TYPES:
                break
            if _describes(record, main):
                return Capture(record=main, fields=parse_fields(record.block), info=info)
    return Capture(record=main, info=info)


def iter_records(path: Path, *, offset: int = 0) -> Iterator[Record]:
    """Every record from a member's start on. Raises NoSuchFile, DamagedRecord."""
    place = offset
    with _open(path) as stream:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(offset)
        iterator = ArchiveIterator(stream, no_record_parse=True)
        try:
            for entry in iterator:
                block = entry.raw_stream.read()
                record = _record(path, entry, block, iterator.get_record_offset(), iterator.get_record_length())
                place = record.offset + record.length
                yield record
        except (ArchiveLoadFailed, zlib.error, OSError, EOFError, ValueError) as error:
            raise DamagedRecord(path, place, f"not a whole record ({type(error).__name__})") from error
        if place < size:  # warcio ends without a word at a record whose head is cut
            raise DamagedRecord(path, place, f"{size - place} bytes that are no whole record")


def _record(path: Path, entry: ArcWarcRecord, block: bytes, offset: int, length: int) -> Record:
    promised = entry.rec_headers.get_header("Content-Length")
    if promised is None or not promised.isdigit() or int(promised) != len(block):
        raise DamagedRecord(path, offset, f"{len(block)} bytes of {promised or 'an unknown number'}")
    return Record(
        headers=tuple(entry.rec_headers.headers),
        block=block,
        file=final_name(path),
        offset=offset,
        length=length,
    )


def _describes(record: Record, main: Record) -> bool:
    """Whether a record is the metadata record (named fields) of a capture."""
    target = record.first("WARC-Concurrent-To") or record.first("WARC-Refers-To") or ""
    is_fields = (record.first("Content-Type") or "").startswith("application/warc-fields")
    return record.type == "metadata" and is_fields and target.strip("<>") == main.id


def _find(directory: Path, file: str) -> Path:
    path = directory / Path(file).name  # a row must not lead out of the folder
    return path if path.exists() else path.with_name(path.name + OPEN_SUFFIX)


@contextmanager
def _open(path: Path) -> Generator[BinaryIO]:
    """The one place where WARC files are opened to read."""
    try:
        stream = path.open("rb")
    except FileNotFoundError as error:
        raise NoSuchFile(path) from error
    with stream:
        yield stream
