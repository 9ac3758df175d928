"""Checks WARC files: every record, every file against the manifest, and what names a record somewhere else.

``check_file`` looks at one file and needs nothing but it, so files can be checked in several processes. ``Ledger`` then
compares what all of them hold: ids, references, the index, the database.
"""

import hashlib
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Self

from warc.check import Kind, check_record
from warc.errors import DamagedRecord
from warc.openfile import ClosedFile
from warc.reader import final_name, is_usable, read_records
from warc.record import EMPTY_PAYLOAD, Record
from warc.scan import open_warc
from warc.starts import is_compressed, next_member

_READ_AT_ONCE: Final = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that is not as it should be. ``offset`` is in bytes of the file."""

    kind: Kind
    file: str
    reason: str
    offset: int | None = None
    record_id: str | None = None

    def __str__(self) -> str:
        place = self.file if self.offset is None else f"{self.file}, offset {self.offset}"
        return f"{place}: {self.reason} [{self.kind}]"


@dataclass(frozen=True, slots=True)
class Listed:
    """A capture as a list gives it: where it lies and what it is. ``record_id`` is empty where the list has none."""

    file: str
    offset: int
    length: int
    digest: str
    record_id: str = ""


@dataclass(slots=True)
class FileReport:
    """``ids`` holds offset and id of each record, ``refers`` offset and the id that a revisit refers to."""

    file: ClosedFile
    findings: list[Finding] = field(default_factory=list[Finding])
    ids: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    refers: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    captures: list[Listed] = field(default_factory=list[Listed])


def check_file(path: Path) -> FileReport:
    """Read a whole file: gzip members, frames, fields, digests; its own length, digest and record count."""
    with ThreadPoolExecutor(max_workers=1) as beside:  # hashing and inflating leave the interpreter free
        summed = beside.submit(file_sum, path)
        report = check_part(Part(path=path)).report
        length, sha256 = summed.result()
    report.file = ClosedFile(name=report.file.name, length=length, sha256=sha256, records=len(report.ids))
    return report


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The records of a file that begin at ``start`` or behind it, and before ``end``, in bytes; None: the last one."""

    path: Path
    start: int = 0
    end: int | None = None


@dataclass(frozen=True, slots=True)
class PartReport:
    """``reached`` is where the first record begins that is not of this part; None at the end of the file."""

    report: FileReport
    reached: int | None


def parts_of(path: Path, size: int) -> list[Part]:
    """Cut a compressed file about every ``size`` bytes at places where, it seems, a record begins.

    Whether one really does is known when the part before has been read: see ``joined``.
    """
    with open_warc(path) as stream:
        length = stream.seek(0, os.SEEK_END)
        cuts = [0]
        while is_compressed(stream) and cuts[-1] + size < length:
            cut = next_member(stream, cuts[-1] + size)
            if cut is None:
                break
            cuts.append(cut)
    return [Part(path=path, start=start, end=end) for start, end in zip(cuts, [*cuts[1:], None], strict=True)]


def check_part(part: Part) -> PartReport:
    """As ``check_file``, without length and digest of the file."""
    name = final_name(part.path)
    report = FileReport(file=ClosedFile(name=name, length=0, sha256="", records=0))
    for item in read_records(part.path, offset=part.start):
        if part.end is not None and item.offset >= part.end:
            return PartReport(report, item.offset)
        if isinstance(item, DamagedRecord):
            report.findings.append(Finding(kind=Kind.DAMAGED_RECORD, file=name, offset=item.offset, reason=item.reason))
        else:
            _note(report, item)
    return PartReport(report, None)


def joined(parts: Sequence[Part], reports: Sequence[PartReport], *, length: int, sha256: str) -> FileReport | None:
    """The report of the whole file; None where a cut was none or something is damaged: read it in one piece then."""
    if any(one.reached != part.end for part, one in zip(parts, reports, strict=True)):
        return None
    whole = FileReport(file=reports[0].report.file)
    for one in reports:
        whole.findings += one.report.findings
        whole.ids += one.report.ids
        whole.refers += one.report.refers
        whole.captures += one.report.captures
    if any(finding.kind is Kind.DAMAGED_RECORD for finding in whole.findings):
        return None
    whole.file = ClosedFile(name=whole.file.name, length=length, sha256=sha256, records=len(whole.ids))
    return whole


def _note(report: FileReport, record: Record) -> None:
    report.ids.append((record.offset, record.id))
    checked = check_record(record)
    for kind, reason in checked.problems:
        report.findings.append(
            Finding(kind=kind, file=record.file, offset=record.offset, reason=reason, record_id=record.id)
        )
    if record.type == "revisit" and record.refers_to:
        report.refers.append((record.offset, record.refers_to))
    if record.is_capture and is_usable(record):
        digest = checked.payload_digest or EMPTY_PAYLOAD
        report.captures.append(Listed(record.file, record.offset, record.length, digest, record.id))


def file_sum(path: Path) -> tuple[int, str]:
    """Length and sha256 of a file's bytes."""
    digest, length = hashlib.sha256(), 0
    with path.open("rb", buffering=0) as stream:
        while data := stream.read(_READ_AT_ONCE):
            digest.update(data)
            length += len(data)
    return length, digest.hexdigest()


def against_manifest(file: ClosedFile, known: ClosedFile | None) -> Iterator[Finding]:
    """What a file is, beside what the manifest says it was when it was closed."""
    if known is None:
        reason = "not in the manifest; any run that writes takes it in"
        yield Finding(kind=Kind.NOT_IN_MANIFEST, file=file.name, reason=reason)
        return
    if (file.length, file.sha256) != (known.length, known.sha256):
        changed = f"{file.length} bytes instead of {known.length}" if file.length != known.length else "other bytes"
        reason = f"changed since it was closed: {changed}; restore it from a back-up"
        yield Finding(kind=Kind.FILE_CHANGED, file=file.name, reason=reason)
    if file.records != known.records:
        reason = f"whole records: {file.records} instead of {known.records}"
        yield Finding(kind=Kind.RECORD_COUNT, file=file.name, reason=reason)


class Ledger:
    """What the checked files hold, in a temporary database, compared with itself and with other lists."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)  # on disk, gone when closed
        self._database.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
            "CREATE TABLE ids (file TEXT, offset INTEGER, id TEXT);"
            "CREATE TABLE refers (file TEXT, offset INTEGER, id TEXT);"
            "CREATE TABLE captures (file TEXT, offset INTEGER, length INTEGER, digest TEXT, id TEXT);"
            "CREATE TABLE listed (file TEXT, offset INTEGER, length INTEGER, digest TEXT, id TEXT);"
            "CREATE TABLE elsewhere (id TEXT PRIMARY KEY) WITHOUT ROWID;"
            "CREATE TABLE files (file TEXT PRIMARY KEY) WITHOUT ROWID; BEGIN;"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def add(self, report: FileReport) -> None:
        name = report.file.name
        run = self._database.executemany
        self._database.execute("INSERT OR IGNORE INTO files VALUES (?)", [name])
        run("INSERT INTO ids VALUES (?, ?, ?)", ((name, offset, id_) for offset, id_ in report.ids))
        run("INSERT INTO refers VALUES (?, ?, ?)", ((name, offset, id_) for offset, id_ in report.refers))
        run("INSERT INTO captures VALUES (?, ?, ?, ?, ?)", map(_values, report.captures))

    def add_elsewhere(self, record_ids: Iterable[str]) -> None:
        """Records known to lie in files that are not checked this time."""
        self._database.executemany("INSERT OR IGNORE INTO elsewhere VALUES (?)", ((id_,) for id_ in record_ids))

    def duplicates(self) -> Iterator[Finding]:
        sql = (
            "SELECT file, offset, ids.id, first.place FROM ids "
            "JOIN (SELECT id, min(file || ', offset ' || offset) place, count(*) n FROM ids GROUP BY id HAVING n > 1) "
            "first ON ids.id = first.id "
            "WHERE file || ', offset ' || offset <> first.place ORDER BY file, offset"
        )
        for file, offset, id_, place in self._rows(sql):
            yield Finding(
                kind=Kind.DUPLICATE_ID, file=file, offset=offset, record_id=id_, reason=f"its id is that of {place}"
            )

    def dangling(self) -> Iterator[Finding]:
        self._database.execute("CREATE INDEX IF NOT EXISTS by_id ON ids (id)")
        sql = (
            "SELECT file, offset, id FROM refers WHERE id NOT IN (SELECT id FROM ids) "
            "AND id NOT IN (SELECT id FROM elsewhere) ORDER BY file, offset"
        )
        for file, offset, id_ in self._rows(sql):
            reason = f"refers to {id_}, which is in no file"
            yield Finding(kind=Kind.DANGLING_REFERENCE, file=file, offset=offset, reason=reason)

    def against(self, listed: Iterable[Listed], *, missing: Kind, wrong: Kind, name: str) -> Iterator[Finding]:
        """Compare the captures of the checked files with those that a list gives; other files may stand in it too."""
        self._database.execute("DELETE FROM listed")
        self._database.executemany("INSERT INTO listed VALUES (?, ?, ?, ?, ?)", map(_values, listed))
        self._database.execute("DELETE FROM listed WHERE file NOT IN (SELECT file FROM files)")
        for table in ("captures", "listed"):
            self._database.execute(f"CREATE INDEX IF NOT EXISTS {table}_place ON {table} (file, offset)")
        for file, offset in self._rows(_ONLY.format(here="captures", there="listed")):
            yield Finding(kind=missing, file=file, offset=offset, reason=f"a capture that {name} does not have")
        for file, offset in self._rows(_ONLY.format(here="listed", there="captures")):
            yield Finding(kind=wrong, file=file, offset=offset, reason=f"{name} names a capture that is not there")
        sql = (
            "SELECT a.file, a.offset FROM captures a JOIN listed b USING (file, offset) "
            "WHERE a.length <> b.length OR a.digest <> b.digest OR (b.id <> '' AND a.id <> b.id) ORDER BY 1, 2"
        )
        for file, offset in self._rows(sql):
            reason = f"{name} has another length, digest or id for it"
            yield Finding(kind=wrong, file=file, offset=offset, reason=reason)

    def _rows(self, sql: str) -> Iterator[tuple[Any, ...]]:
        with closing(self._database.execute(sql)) as cursor:
            yield from cursor


_ONLY: Final = (
    "SELECT file, offset FROM {here} WHERE (file, offset) NOT IN (SELECT file, offset FROM {there}) ORDER BY 1, 2"
)


def _values(one: Listed) -> tuple[str, int, int, str, str]:
    return (one.file, one.offset, one.length, one.digest, one.record_id)
