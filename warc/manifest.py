"""``fixity/manifest.jsonl``: length, sha256 and record count of every closed WARC file, one JSON line each.

Each line names the sha256 of the line before it, so that a line changed or taken out later breaks the chain. A file
stands here only after all of its captures stand in index and database: what is not here yet, recovery looks at.
"""

import fcntl
import hashlib
import json
import os
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

from warc.compose import warc_date
from warc.openfile import ClosedFile, cannot_store

START: Final = "0" * 64
"""What the first line names as the one before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line: the file as it was when it was closed or taken in."""

    file: ClosedFile
    at: str
    previous: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BadLine:
    """``number`` counts from 1."""

    number: int
    reason: str


def append_to_manifest(path: Path, file: ClosedFile, *, at: datetime) -> None:
    """Durable when this returns. Several processes may call this at a time. Raises CannotStore."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+b") as stream, _locked(stream):
            previous = _last_line(stream)
            fields = {
                "file": file.name,
                "length": file.length,
                "sha256": file.sha256,
                "records": file.records,
                "at": warc_date(at),
                "previous": hashlib.sha256(previous).hexdigest() if previous else START,
            }
            stream.write(json.dumps(fields).encode() + b"\n")
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise cannot_store(path, error) from error


def read_manifest(path: Path) -> Iterator[Entry | BadLine]:
    """Every line, checked against the chain; a missing manifest has none."""
    try:
        stream = path.open("rb")
    except FileNotFoundError:
        return
    with stream:
        expected = START
        for number, line in enumerate(stream, start=1):
            entry = _parse(line)
            if entry is None:
                yield BadLine(number=number, reason="no line of a manifest" if line.endswith(b"\n") else "cut off")
            else:
                if entry.previous != expected:
                    yield BadLine(number=number, reason="chain broken: a line before it was changed or taken out")
                yield entry
            expected = hashlib.sha256(line.rstrip(b"\n")).hexdigest()


def manifest_entries(path: Path) -> dict[str, ClosedFile]:
    """By file name; the last line of a name counts."""
    return {entry.file.name: entry.file for entry in read_manifest(path) if isinstance(entry, Entry)}


def _parse(line: bytes) -> Entry | None:
    try:
        fields = json.loads(line)
        file = ClosedFile(
            name=str(fields["file"]),
            length=int(fields["length"]),
            sha256=str(fields["sha256"]),
            records=int(fields["records"]),
        )
        return Entry(file=file, at=str(fields["at"]), previous=str(fields["previous"]))
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None


def _last_line(stream: BinaryIO) -> bytes:
    """Without its line end. A line that a crash cut off is taken away: its file is not known yet."""
    size = stream.seek(0, os.SEEK_END)
    start, tail = size, b""
    while start > 0 and tail.count(b"\n") < 2 + (not tail.endswith(b"\n")):
        start = max(0, start - 4096)
        stream.seek(start)
        tail = stream.read(size - start)
    whole = tail[: tail.rfind(b"\n") + 1]
    if len(whole) < len(tail):
        stream.truncate(start + len(whole))
    return whole.rstrip(b"\n").rpartition(b"\n")[2]


@contextmanager
def _locked(stream: BinaryIO) -> Generator[None]:
    fcntl.flock(stream, fcntl.LOCK_EX)
    yield  # closing the stream releases it
