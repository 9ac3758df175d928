"""Checks an archive: which WARC files, in how many processes, beside which lists; and keeps the history of checks.

``fixity/checks.jsonl`` has one JSON line a check: when, what was looked at, and how many findings each file had.
"""

import fcntl
import json
import os
from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from archiver.folder import ArchiveFolder
from archiver.progress import shown
from db.errors import NotFound
from db.lookup import capture_places
from warc.check import Kind
from warc.index import file_size, index_lines, line_fields
from warc.manifest import BadLine, manifest_entries, read_manifest
from warc.openfile import OPEN_SUFFIX, ClosedFile, cannot_store
from warc.reader import warc_files
from warc.recover import claimed
from warc.verify import (
    FileReport,
    Finding,
    Ledger,
    Listed,
    against_manifest,
    check_file,
    check_part,
    file_sum,
    joined,
    parts_of,
)

_WORTH_A_PROCESS: Final = 24_000_000
"""Bytes of WARC files below which starting processes costs more than it saves."""

_PART_BYTES: Final = 8_000_000
_FILES_AT_ONCE: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What to check. ``since``: only files not checked since then; ``sample``: this share of the bytes (0 to 1).

    A sample takes those files that were not checked for the longest time.
    """

    since: datetime | None = None
    sample: float | None = None

    @property
    def is_all(self) -> bool:
        return self.since is None and self.sample is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """``live`` names files that another run is writing: they are not checked."""

    files: int
    records: int
    bytes: int
    findings: tuple[Finding, ...]
    live: tuple[str, ...]
    skipped: int


def verify(folder: ArchiveFolder, scope: Scope, *, now: datetime) -> Outcome:
    """Check and note it in the history. Raises CannotStore."""
    manifest = manifest_entries(folder.manifest_path)
    files, live, unfinished = _sorted_out(folder)
    chosen = _chosen(files, scope, last_checks(folder.checks_path))
    findings = [*_manifest_findings(folder, manifest, scope), *unfinished]
    totals = {"records": 0, "bytes": 0}
    with Ledger() as ledger:
        for report in shown(_reports(chosen), what="verifying", total=len(chosen)):
            ledger.add(report)
            findings += report.findings
            findings += against_manifest(report.file, manifest.get(report.file.name))
            totals["records"] += report.file.records
            totals["bytes"] += report.file.length
        findings += _cross_findings(folder, ledger, checked={path.name for path in chosen})
    counted = dict.fromkeys((path.name for path in chosen), 0)
    for finding in findings:
        if finding.file in counted:
            counted[finding.file] += 1
    _note(folder.checks_path, scope, counted, findings=findings, records=totals["records"], now=now)
    return Outcome(
        files=len(chosen),
        records=totals["records"],
        bytes=totals["bytes"],
        findings=tuple(findings),
        live=tuple(live),
        skipped=len(files) - len(chosen),
    )


def last_checks(path: Path) -> dict[str, str]:
    """When each file was last checked, by name (UTC, text order is time order)."""
    checked: dict[str, str] = {}
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return checked
    for line in lines:
        try:
            check = json.loads(line)
            checked.update(dict.fromkeys(check["files"], str(check["at"])))
        except (ValueError, KeyError, TypeError, RecursionError):  # a line that a crash cut off
            continue
    return checked


def _sorted_out(folder: ArchiveFolder) -> tuple[list[Path], list[str], list[Finding]]:
    """The closed files; names of those being written; and those that a dead process left."""
    files: list[Path] = []
    live: list[str] = []
    unfinished: list[Finding] = []
    for path in warc_files(folder.warc_dir):
        if not path.name.endswith(OPEN_SUFFIX):
            files.append(path)
            continue
        with claimed(path) as stream:
            if stream is None:
                live.append(path.name)
            else:
                reason = "left by a run that was killed; the next run recovers it"
                unfinished.append(Finding(kind=Kind.UNFINISHED_FILE, file=path.name, reason=reason))
    return files, live, unfinished


def _chosen(files: Sequence[Path], scope: Scope, checked: Mapping[str, str]) -> list[Path]:
    chosen = list(files)
    if scope.since is not None:
        limit = _text(scope.since)
        chosen = [path for path in chosen if checked.get(path.name, "") < limit]
    if scope.sample is not None:
        wanted = scope.sample * sum(path.stat().st_size for path in files)
        oldest_first = sorted(chosen, key=lambda path: (checked.get(path.name, ""), path.name))
        chosen = list[Path]()
        for path in oldest_first:
            if wanted <= 0:
                break
            wanted -= path.stat().st_size
            chosen.append(path)
    return sorted(chosen)


def _reports(paths: Sequence[Path]) -> Iterator[FileReport]:
    size = sum(path.stat().st_size for path in paths)
    workers = os.cpu_count() or 1
    if workers == 1 or size < _WORTH_A_PROCESS:
        yield from map(check_file, paths)
        return
    with ProcessPoolExecutor(max_workers=workers, mp_context=get_context("spawn")) as pool:
        waiting: deque[Callable[[], FileReport]] = deque()
        for path in paths:
            waiting.append(_begun(pool, path))
            if len(waiting) > _FILES_AT_ONCE:  # what is reported early is kept until it is asked for
                yield waiting.popleft()()
        while waiting:
            yield waiting.popleft()()


def _begun(pool: ProcessPoolExecutor, path: Path) -> Callable[[], FileReport]:
    """Have the parts of a file checked; the result when it is called for."""
    parts = parts_of(path, _PART_BYTES)
    summed = pool.submit(file_sum, path)
    reports = [pool.submit(check_part, part) for part in parts]

    def result() -> FileReport:
        length, sha256 = summed.result()
        whole = joined(parts, [one.result() for one in reports], length=length, sha256=sha256)
        return check_file(path) if whole is None else whole

    return result


def _manifest_findings(folder: ArchiveFolder, manifest: Mapping[str, ClosedFile], scope: Scope) -> Iterator[Finding]:
    for line in read_manifest(folder.manifest_path):
        if isinstance(line, BadLine):
            reason = f"line {line.number}: {line.reason}"
            yield Finding(kind=Kind.MANIFEST_CHAIN, file="manifest.jsonl", reason=reason)
    if scope.since is None or scope.is_all:
        present = {path.name for path in warc_files(folder.warc_dir)}
        for name in sorted(manifest.keys() - present):
            yield Finding(kind=Kind.FILE_MISSING, file=name, reason="gone; restore it from a back-up")


def _cross_findings(folder: ArchiveFolder, ledger: Ledger, *, checked: Collection[str]) -> Iterator[Finding]:
    """Ids and references over all files, and the lists that name captures."""
    rows: list[Listed] | None = None
    try:
        with closing(folder.database(read_only=True)) as database:
            rows = [Listed(*values) for values in capture_places(database)]
            ledger.add_elsewhere(row.record_id for row in rows if row.file not in checked)
    except NotFound:
        pass
    yield from ledger.duplicates()
    yield from ledger.dangling()
    unsorted: list[Finding] = []
    yield from ledger.against(
        _indexed(folder.index_path, unsorted), missing=Kind.INDEX_MISSING, wrong=Kind.INDEX_WRONG, name="the index"
    )
    yield from unsorted
    if rows is not None:
        yield from ledger.against(rows, missing=Kind.DATABASE_MISSING, wrong=Kind.DATABASE_WRONG, name="the database")


def _indexed(index: Path, unsorted: list[Finding]) -> Iterator[Listed]:
    """``unsorted`` is given the first line that is not in its place: whoever looks lines up by halving misses some."""
    before = b""
    for number, line in enumerate(index_lines(index), start=1):
        if line < before and not unsorted:
            reason = f"line {number} is not in order; 'archiver rebuild' makes the index anew"
            unsorted.append(Finding(kind=Kind.INDEX_WRONG, file=index.name, reason=reason))
        before = line
        fields = line_fields(line)
        if fields is None:
            continue
        try:
            place = file_size(fields["offset"]), file_size(fields["length"])
            yield Listed(fields["filename"], *place, fields["digest"])
        except (KeyError, ValueError):
            continue


def _note(
    path: Path,
    scope: Scope,
    files: Mapping[str, int],
    *,
    findings: Sequence[Finding],
    records: int,
    now: datetime,
) -> None:
    line = {
        "at": _text(now),
        "scope": "all" if scope.is_all else {"since": scope.since and _text(scope.since), "sample": scope.sample},
        "files": files,
        "records": records,
        "findings": len(findings),
        "first_findings": [asdict(finding) for finding in findings[:20]],
    }
    try:
        path.parent.mkdir(exist_ok=True)
        with path.open("a", encoding="utf-8") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX)
            stream.write(json.dumps(line, ensure_ascii=False) + "\n")
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise cannot_store(path, error) from error


def _text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
