"""From stored records to rows: has captures extracted by workers, and loads their facts.

The one way into the derived tables: a crawl, ``add``, ``extract`` and ``rebuild`` all come through here and read what
is on disk, so that the database cannot say what the WARC files do not. Workers read the records themselves; what comes
back is loaded here, in the order of the captures. A capture whose extraction fails is loaded with the reason, and so
not tried again until the extractor is another.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from types import MappingProxyType
from typing import Final, TypeVar

from sqlite_utils import Database

from archiver.extract.version import EXTRACTOR
from archiver.extraction import Job, Unreadable, stored_facts
from archiver.folder import ArchiveFolder
from archiver.progress import shown
from archiver.rows import capture_row
from archiver.workers import Failure, Limits, Workers
from db.facts import CaptureFacts, CaptureRow
from db.load import acknowledge, load_many, pending, unextracted
from db.lookup import extraction_errors, known_places
from db.repeats import StoredCapture, original_of
from warc.errors import DamagedRecord, NoSuchFile
from warc.index import read_places
from warc.openfile import OPEN_SUFFIX
from warc.reader import read_capture, read_captures, warc_files
from warc.record import NOT_MODIFIED_STATUS, Capture

_BATCH: Final = 500
_LOADED_AT_ONCE: Final = 100
"""Captures of a transaction: while they are loaded nobody hands the workers new ones, and these must not run out."""

_GIVEN_UP: Final = "extraction "
"""How the error of a capture begins that a limit or a crash ended: the records alone do not say that it would again."""

_T = TypeVar("_T")
_NONE: Final[Mapping[str, str]] = MappingProxyType({})
Extract = Callable[[Job], CaptureFacts | Unreadable]
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """Captures read and loaded, what could not be read, and which pages were given up and why."""

    captures: int
    damage: tuple[str, ...]
    given_up: tuple[str, ...] = ()


def ingest_new(
    folder: ArchiveFolder, database: Database, *, crawl_id: str | None = None, extract: Extract = stored_facts
) -> Ingested:
    """Extract and load the captures of this run, or of all runs, that have not been extracted yet.

    Earlier captures of the same pages are extracted again where another extractor has read them.
    """
    return _Ingestion(folder, database, extract=extract).of_rows(unextracted(database, EXTRACTOR, crawl_id))


def ingest_pending(folder: ArchiveFolder, database: Database, *, extract: Extract = stored_facts) -> Ingested:
    """Extract and load every indexed capture that is not in the database yet, or was extracted by another version."""
    known = set(known_places(database))
    ingestion = _Ingestion(folder, database, extract=extract)
    for places in batches((place for place in read_places(folder.index_path) if place not in known), _BATCH):
        acknowledge(database, [capture_row(capture) for capture in ingestion.at_places(places)])
    return ingestion.of_rows(pending(database, EXTRACTOR))


def ingest_all(
    folder: ArchiveFolder,
    database: Database,
    *,
    on_capture: Callable[[Capture], None] = lambda _: None,
    given_up: Mapping[str, str] = _NONE,
    extract: Extract = stored_facts,
) -> Ingested:
    """Extract and load every capture of every WARC file; ``on_capture`` sees each of them.

    ``given_up`` names captures that are not tried again, by record id, with the error they keep.
    """
    return _Ingestion(folder, database, extract=extract, given_up=given_up).of_everything(on_capture)


def given_up(database: Database) -> dict[str, str]:
    """The captures that this extractor has given up, with the error of each, by record id."""
    return extraction_errors(database, EXTRACTOR, beginning=_GIVEN_UP)


@dataclass(slots=True)
class _Ingestion:
    """One passage of captures into the database."""

    folder: ArchiveFolder
    database: Database
    extract: Extract = field(kw_only=True)
    given_up: Mapping[str, str] = field(kw_only=True, default_factory=dict[str, str])
    damage: list[str] = field(init=False, default_factory=list[str])
    failures: list[str] = field(init=False, default_factory=list[str])

    def of_rows(self, rows: list[CaptureRow]) -> Ingested:
        """First the captures that hold their payload, then those that repeat one."""
        own = [row for row in rows if row.record_type != "revisit"]
        repeats = [row for row in rows if row.record_type == "revisit"]
        loaded = self._load(map(self._job, own), most=len(own))
        return self._ended(loaded + self._load(self._repeats(repeats), most=len(repeats)))

    def of_everything(self, on_capture: Callable[[Capture], None]) -> Ingested:
        loaded = self._load(self._everything(on_capture))
        repeats = [row for row in pending(self.database, EXTRACTOR) if row.record_type == "revisit"]
        self._load(self._repeats(repeats), most=len(repeats))
        return self._ended(loaded)

    def at_places(self, places: Iterable[tuple[str, int]]) -> Iterator[Capture]:
        for file, offset in places:
            try:
                yield read_capture(self.folder.warc_dir, file, offset)
            except (DamagedRecord, NoSuchFile) as error:  # one bad record must not keep the rest out
                self.damage.append(str(error))

    def _ended(self, loaded: int) -> Ingested:
        return Ingested(captures=loaded, damage=tuple(self.damage), given_up=tuple(self.failures))

    def _load(self, jobs: Iterable[Job], *, most: int | None = None) -> int:
        """Workers begin with the first job that needs one; ``most`` jobs at most, where that is known."""
        if most == 0:
            return 0
        with Workers(Limits.by(self.folder.config.extract), most=most) as workers:
            facts = self._facts(workers, jobs)
            return load_many(self.database, shown(facts, what="extracting", total=most), at_once=_LOADED_AT_ONCE)

    def _facts(self, workers: Workers, jobs: Iterable[Job]) -> Iterator[CaptureFacts]:
        for job, result in workers.in_order(self.extract, jobs, here=lambda job: job.known):
            if isinstance(result, Unreadable):
                self.damage.append(result.problem)
            else:
                yield self._failed(job.row, result) if isinstance(result, Failure) else result

    def _failed(self, row: CaptureRow, failure: Failure) -> CaptureFacts:
        """One page that breaks the extractor must not keep the others out, on every run."""
        error = failure.of("extraction") if failure.given_up else failure.reason
        logger.error("extraction of %s: %s %s", row.record_id, failure.reason, failure.trace)
        if failure.given_up:
            self.failures.append(f"{row.url}: {error}")
        return _without_result(row, error)

    def _job(self, row: CaptureRow, payload: tuple[str, int] | None = None) -> Job:
        error = self.given_up.get(row.record_id)
        known = _without_result(row, error) if error else None
        return Job(directory=self.folder.warc_dir, row=row, payload=payload, known=known)

    def _known(self, facts: CaptureFacts) -> Job:
        return Job(directory=self.folder.warc_dir, row=facts.capture, known=facts)

    def _everything(self, on_capture: Callable[[Capture], None]) -> Iterator[Job]:
        """Every capture there is; a revisit only with its row, for its original may come later."""
        for path in warc_files(self.folder.warc_dir):
            for capture in read_captures(path):
                if not isinstance(capture, DamagedRecord):
                    on_capture(capture)
                    row = capture_row(capture)
                    is_repeat = capture.record.type == "revisit"
                    yield self._known(CaptureFacts(capture=row)) if is_repeat else self._job(row)
                elif not path.name.endswith(OPEN_SUFFIX):  # another process may be writing its next record right now
                    self.damage.append(str(capture))

    def _repeats(self, rows: list[CaptureRow]) -> Iterator[Job]:
        for known in rows:
            try:
                row = self._as_recorded(known)
                yield self._repeated(row, original_of(self.database, row))
            except (DamagedRecord, NoSuchFile) as error:
                self.damage.append(str(error))

    def _as_recorded(self, row: CaptureRow) -> CaptureRow:
        """An earlier version of this program may have kept less of the record than is known of it now."""
        if row.extractor is None:
            return row
        return capture_row(read_capture(self.folder.warc_dir, row.warc_file, row.warc_offset))

    def _repeated(self, row: CaptureRow, original: StoredCapture | None) -> Job:
        """A revisit. What shows the same as its original is not extracted again."""
        if original is None:
            # Not marked as extracted: the file that holds the original may still be imported.
            error = "the record that holds this revisit's payload is not here"
            return self._known(CaptureFacts(capture=replace(row, error=error)))
        same_page = row.url == original.url and original.extractor == EXTRACTOR
        if same_page and (row.status == NOT_MODIFIED_STATUS or self._same_answer(row, original)):
            extracted = replace(row, extractor=EXTRACTOR, error=None)
            return self._known(CaptureFacts(capture=extracted, same_as=original.record_id))
        return self._job(row, (original.warc_file, original.warc_offset))

    def _same_answer(self, row: CaptureRow, original: StoredCapture) -> bool:
        """Whether the same payload means the same page: what the extractor looks at beside it is equal."""
        directory = self.folder.warc_dir
        one = read_capture(directory, row.warc_file, row.warc_offset)
        other = read_capture(directory, original.warc_file, original.warc_offset)
        return one.head.status == other.head.status and all(
            one.head.first(name) == other.head.first(name) for name in ("Content-Type", "Content-Encoding", "Location")
        )


def _without_result(row: CaptureRow, error: str) -> CaptureFacts:
    return CaptureFacts(
        capture=replace(row, extractor=EXTRACTOR, error=error, verdict=None, reason=None, redirect_url=None)
    )


def batches(items: Iterable[_T], size: int) -> Iterator[list[_T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
