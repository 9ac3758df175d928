"""From stored records to rows: reads a capture back, extracts it, loads its facts.

The one way into the derived tables: a crawl, ``add``, ``extract`` and ``rebuild`` all come through here and read what
is on disk, so that the database cannot say what the WARC files do not.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final, TypeVar

from sqlite_utils import Database

from archiver.extract.model import Page, Verdict
from archiver.extract.page import EXTRACTOR, extract
from archiver.folder import ArchiveFolder
from archiver.progress import shown
from archiver.rows import capture_row
from db.facts import ArticleFacts, CaptureFacts, CaptureRow, CommentFacts
from db.load import acknowledge, load_many, pending
from db.lookup import known_places
from db.repeats import StoredCapture, original_of
from warc.coding import UndecodableContent
from warc.errors import DamagedRecord, NoSuchFile
from warc.index import read_places
from warc.openfile import OPEN_SUFFIX
from warc.reader import read_capture, read_captures, warc_files
from warc.record import NOT_MODIFIED_STATUS, Capture

_BATCH: Final = 500
_T = TypeVar("_T")


def capture_facts(capture: Capture) -> CaptureFacts:
    """The facts of one capture that holds its payload: pure, a function of its records.

    A capture that was cut off is no state of an article: its text would read as an edit, its thread as removals.
    """
    return _extracted(capture, capture)


def _extracted(capture: Capture, original: Capture) -> CaptureFacts:
    """The facts of a capture whose payload lies in the original: most often itself, of a revisit another."""
    row = replace(capture_row(capture), extractor=EXTRACTOR)
    head = original.head if capture.record.is_not_modified else capture.head
    try:
        page = extract(
            original.decoded(head),
            url=capture.record.url,
            status=head.status,
            headers=head.headers,
            captured_at=capture.record.date,
        )
    except UndecodableContent as error:
        return CaptureFacts(capture=replace(row, error=str(error)))
    except Exception as error:  # one page that breaks the extractor must not keep the others out, on every run
        logger.exception("extraction of %s", capture.record.id)
        return CaptureFacts(capture=replace(row, error=f"{type(error).__name__}: {error}"))
    truncated = capture.record.first("WARC-Truncated")
    if truncated:
        page = replace(page, article=None, comments=(), complete=False, reason=f"cut off ({truncated})")
    return _facts(row, page)


def _facts(row: CaptureRow, page: Page) -> CaptureFacts:
    article = page.article if page.verdict is Verdict.ARTICLE else None  # the opening beside a pay wall is no state
    return CaptureFacts(
        capture=replace(row, verdict=str(page.verdict), reason=page.reason, redirect_url=page.redirect_url),
        article=ArticleFacts(
            title=article.title,
            authors=article.authors,
            editors=article.editors,
            published=article.published,
            modified=article.modified,
            site=article.site,
            language=article.language,
            section=article.section,
            categories=article.categories,
            tags=article.tags,
            description=article.description,
            image=article.image,
            text=article.text,
            raw_text=article.raw_text,
        )
        if article
        else None,
        comments=tuple(
            CommentFacts(
                text=comment.text,
                kind=str(comment.kind),
                native_id=comment.native_id,
                author=comment.author,
                author_url=comment.author_url,
                published=comment.published,
                published_text=comment.published_text,
                permalink=comment.permalink,
                parent=comment.parent,
                depth=comment.depth,
                likes=comment.likes,
            )
            for comment in page.comments
        ),
        claimed_comments=page.claimed_comments,
        complete=page.complete,
    )


logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """Captures read and loaded, and what could not be read."""

    captures: int
    damage: tuple[str, ...]


def ingest_new(folder: ArchiveFolder, database: Database, *, crawl_id: str | None = None) -> Ingested:
    """Extract and load the captures of this run, or of all runs, that have not been extracted yet."""
    rows = pending(database, EXTRACTOR)
    fresh = [row for row in rows if row.extractor is None and crawl_id in (None, row.crawl_id)]
    return _ingest_rows(folder, database, fresh)


def ingest_pending(folder: ArchiveFolder, database: Database) -> Ingested:
    """Extract and load every indexed capture that is not in the database yet, or was extracted by another version."""
    known = set(known_places(database))
    damage: list[str] = []
    for places in batches((place for place in read_places(folder.index_path) if place not in known), _BATCH):
        acknowledge(database, [capture_row(capture) for capture in _at_places(folder, places, damage)])
    done = _ingest_rows(folder, database, pending(database, EXTRACTOR))
    return replace(done, damage=(*damage, *done.damage))


def ingest_all(
    folder: ArchiveFolder, database: Database, *, on_capture: Callable[[Capture], None] = lambda _: None
) -> Ingested:
    """Extract and load every capture of every WARC file; ``on_capture`` sees each of them."""
    damage: list[str] = []
    loaded = load_many(database, shown(_everything(folder, damage, on_capture), what="extracting", total=None))
    repeats = [row for row in pending(database, EXTRACTOR) if row.record_type == "revisit"]
    load_many(database, _repeats(folder, database, repeats, damage))
    return Ingested(captures=loaded, damage=tuple(damage))


def _ingest_rows(folder: ArchiveFolder, database: Database, rows: list[CaptureRow]) -> Ingested:
    """First the captures that hold their payload, then those that repeat one."""
    damage: list[str] = []
    places = [(row.warc_file, row.warc_offset) for row in rows if row.record_type != "revisit"]
    own = (capture_facts(capture) for capture in _at_places(folder, places, damage))
    loaded = load_many(database, shown(own, what="extracting", total=len(places)))
    repeats = [row for row in rows if row.record_type == "revisit"]
    loaded += load_many(database, _repeats(folder, database, repeats, damage))
    return Ingested(captures=loaded, damage=tuple(damage))


def _repeats(
    folder: ArchiveFolder, database: Database, rows: list[CaptureRow], damage: list[str]
) -> Iterator[CaptureFacts]:
    for row in rows:
        try:
            yield _repeated(folder, row, original_of(database, row))
        except (DamagedRecord, NoSuchFile) as error:
            damage.append(str(error))


def _repeated(folder: ArchiveFolder, row: CaptureRow, original: StoredCapture | None) -> CaptureFacts:
    """The facts of a revisit. What shows the same as its original is not extracted again."""
    if original is None:
        # Not marked as extracted: the file that holds the original may still be imported.
        return CaptureFacts(capture=replace(row, error="the record that holds this revisit's payload is not here"))
    extracted = replace(row, extractor=EXTRACTOR, error=None)
    if row.url == original.url and original.extractor == EXTRACTOR:
        if row.status == NOT_MODIFIED_STATUS:
            return CaptureFacts(capture=extracted, same_as=original.record_id)
        capture, holder = _both(folder, row, original)
        if _same_answer(capture, holder):
            return CaptureFacts(capture=extracted, same_as=original.record_id)
    else:
        capture, holder = _both(folder, row, original)
    return _extracted(capture, holder)


def _both(folder: ArchiveFolder, row: CaptureRow, original: StoredCapture) -> tuple[Capture, Capture]:
    return (
        read_capture(folder.warc_dir, row.warc_file, row.warc_offset),
        read_capture(folder.warc_dir, original.warc_file, original.warc_offset),
    )


def _same_answer(one: Capture, other: Capture) -> bool:
    """Whether the same payload means the same page: what the extractor looks at beside it is equal."""
    return one.head.status == other.head.status and all(
        one.head.first(name) == other.head.first(name) for name in ("Content-Type", "Content-Encoding", "Location")
    )


def _at_places(folder: ArchiveFolder, places: Iterable[tuple[str, int]], damage: list[str]) -> Iterator[Capture]:
    for file, offset in places:
        try:
            yield read_capture(folder.warc_dir, file, offset)
        except (DamagedRecord, NoSuchFile) as error:  # one bad record must not keep the rest out
            damage.append(str(error))


def _everything(
    folder: ArchiveFolder, damage: list[str], on_capture: Callable[[Capture], None]
) -> Iterator[CaptureFacts]:
    """Every capture there is; a revisit only with its row, for its original may come later."""
    for path in warc_files(folder.warc_dir):
        for capture in read_captures(path):
            if not isinstance(capture, DamagedRecord):
                on_capture(capture)
                is_repeat = capture.record.type == "revisit"
                yield CaptureFacts(capture=capture_row(capture)) if is_repeat else capture_facts(capture)
            elif not path.name.endswith(OPEN_SUFFIX):  # another process may be writing its next record right now
                damage.append(str(capture))


def batches(items: Iterable[_T], size: int) -> Iterator[list[_T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
