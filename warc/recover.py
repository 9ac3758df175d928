"""Takes WARC files into the archive's books: those that a dead process left, and those put into the folder.

A file of a dead process is checked record by record; its whole records are kept, and what is torn at its end is moved
to ``NAME.torn``, never deleted. Each step can be taken again: a kill in the middle costs nothing.
"""

import fcntl
import hashlib
import os
from collections.abc import Callable, Collection, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

from warc.errors import CannotStore, DamagedRecord
from warc.openfile import OPEN_SUFFIX, ClosedFile, cannot_store, fsync, same_file, sync_directory
from warc.reader import final_name, group_captures, read_records, warc_files
from warc.record import Capture, Record

TORN_SUFFIX: Final = ".torn"
_BATCH: Final = 1000
_BATCH_BYTES: Final = 16_000_000
_COPIED_AT_ONCE: Final = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """A file and what was found in it. ``torn`` is the file with the torn tail, if there was one (``torn_bytes``)."""

    file: ClosedFile
    captures: int
    damage: tuple[DamagedRecord, ...]
    was_open: bool
    torn: Path | None = None
    torn_bytes: int = 0


@dataclass(slots=True)
class _Notes:
    """What is learned while a file's records pass."""

    records: int = 0
    end: int = 0
    captures: int = 0
    damage: list[DamagedRecord] = field(default_factory=list[DamagedRecord])


def take_in_all(
    directory: Path,
    known: Collection[str],
    *,
    on_captures: Callable[[list[Capture]], None],
    on_file: Callable[[ClosedFile], None],
) -> Iterator[TakenIn]:
    """Take in every file of the folder that is not known yet and that no living process writes.

    ``on_captures`` is given the captures of a file in batches (index, database), then ``on_file`` the file (manifest).
    Raises CannotStore, and whatever those two raise.
    """
    for path in warc_files(directory):
        if path.name in known:
            continue
        with claimed(path) as stream:
            if stream is None:
                continue
            taken = take_in(path, stream, on_captures)
            if taken.file.records:
                on_file(taken.file)
            yield taken


@contextmanager
def claimed(path: Path) -> Generator[BinaryIO | None]:
    """The file, locked; None if a living process holds it, or it has another name by now. Raises CannotStore."""
    try:
        # A closed file is only read: it may be one that is not ours to write.
        stream = path.open("r+b" if path.name.endswith(OPEN_SUFFIX) else "rb", buffering=0)
    except FileNotFoundError:
        yield None
        return
    except OSError as error:
        raise cannot_store(path, error) from error
    with stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
            return
        yield stream if same_file(stream.fileno(), path) else None


def take_in(path: Path, stream: BinaryIO, on_captures: Callable[[list[Capture]], None]) -> TakenIn:
    """One file, claimed by the caller. Raises CannotStore."""
    was_open = path.name.endswith(OPEN_SUFFIX)
    if was_open and path.with_name(final_name(path)).exists():
        raise CannotStore(path, f"{final_name(path)} is there, too; move one of them away")
    try:
        fsync(stream.fileno())  # what is told to be kept must be on disk
        notes = _Notes()
        for batch in _batches(group_captures(_noted(read_records(path), notes))):
            on_captures(batch)
        size = stream.seek(0, os.SEEK_END)
        torn = _set_aside(path, stream, notes.end) if was_open and notes.end < size else None
        closed = _closed(path, stream, notes.records)
        if was_open:
            _close(path, stream)
    except OSError as error:
        raise cannot_store(path, error) from error
    damage = [one for one in notes.damage if not was_open or one.offset < notes.end]
    return TakenIn(
        file=closed,
        captures=notes.captures,
        damage=tuple(damage),
        was_open=was_open,
        torn=torn,
        torn_bytes=size - notes.end if torn else 0,
    )


def _batches(items: Iterator[Capture | DamagedRecord]) -> Iterator[list[Capture]]:
    """The captures, as many together as fit into little memory: each holds its block, or a file open for it."""
    batch: list[Capture] = []
    size = 0
    for capture in items:
        if isinstance(capture, DamagedRecord):
            continue
        batch.append(capture)
        size += capture.record.block.size
        if len(batch) == _BATCH or size > _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _noted(records: Iterator[Record | DamagedRecord], notes: _Notes) -> Iterator[Record | DamagedRecord]:
    for record in records:
        if isinstance(record, DamagedRecord):
            notes.damage.append(record)
        else:
            notes.records += 1
            notes.end = record.offset + record.length
            notes.captures += record.is_capture
        yield record


def _set_aside(path: Path, stream: BinaryIO, end: int) -> Path:
    """Move what lies behind ``end`` into a file of its own, safe there before it is cut off here."""
    stem = final_name(path).removesuffix(".gz").removesuffix(".warc")
    torn = path.with_name(stem + TORN_SUFFIX)
    number = 1
    while torn.exists() and not _holds(torn, stream, end):
        number += 1
        torn = path.with_name(f"{stem}-{number}{TORN_SUFFIX}")
    draft = torn.with_name(torn.name + ".new")
    with draft.open("wb") as out:
        out.writelines(_read_from(stream, end))
        out.flush()
        os.fsync(out.fileno())
    draft.replace(torn)
    sync_directory(torn.parent)
    stream.truncate(end)
    fsync(stream.fileno())
    return torn


def _holds(torn: Path, stream: BinaryIO, end: int) -> bool:
    """Whether an earlier try, killed before it could cut the tail off, has moved just this tail."""
    if torn.stat().st_size != stream.seek(0, os.SEEK_END) - end:
        return False
    with torn.open("rb") as other:
        return _digest(_read_from(other, 0)) == _digest(_read_from(stream, end))


def _closed(path: Path, stream: BinaryIO, records: int) -> ClosedFile:
    length = stream.seek(0, os.SEEK_END)
    return ClosedFile(name=final_name(path), length=length, sha256=_digest(_read_from(stream, 0)), records=records)


def _close(path: Path, stream: BinaryIO) -> None:
    """Give a file its final name; one without a whole record goes: all it held lies in its torn file."""
    if stream.seek(0, os.SEEK_END) == 0:
        path.unlink()
    else:
        path.rename(path.with_name(final_name(path)))
    sync_directory(path.parent)


def _read_from(stream: BinaryIO, start: int) -> Iterator[bytes]:
    stream.seek(start)
    while data := stream.read(_COPIED_AT_ONCE):
        yield data


def _digest(parts: Iterator[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.hexdigest()
