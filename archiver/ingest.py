"""From stored records to rows: reads a capture back, extracts it, loads its facts.

The one way into the derived tables: a crawl, ``add``, ``extract`` and ``rebuild`` all come through here and read what
is on disk, so that the database cannot say what the WARC files do not.
"""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sqlite_utils import Database

from archiver.extract.model import Page
from archiver.extract.page import EXTRACTOR, extract
from archiver.folder import ArchiveFolder
from archiver.progress import shown
from archiver.rows import capture_row
from db.facts import ArticleFacts, CaptureFacts, CaptureRow, CommentFacts
from db.load import load_many, pending
from db.lookup import known_places
from warc.cdxj import read_places
from warc.coding import UndecodableContent
from warc.errors import DamagedRecord, NoSuchFile
from warc.reader import iter_captures, read_capture, warc_files
from warc.record import Capture
from warc.writer import OPEN_SUFFIX


def capture_facts(capture: Capture) -> CaptureFacts:
    """The facts of one capture: pure, a function of its records.

    A capture that was cut off is no state of an article: its text would read as an edit, its thread as removals.
    """
    row = replace(capture_row(capture), extractor=EXTRACTOR)
    try:
        page = extract(
            capture.body,
            url=capture.record.url,
            status=row.status,
            headers=capture.head.headers,
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
    article = page.article
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
    return _ingest(folder, database, [(row.warc_file, row.warc_offset) for row in fresh])


def ingest_pending(folder: ArchiveFolder, database: Database) -> Ingested:
    """Extract and load every indexed capture that is not in the database yet, or was extracted by another version."""
    return _ingest(folder, database, _pending_places(folder, database))


def _ingest(folder: ArchiveFolder, database: Database, places: list[tuple[str, int]]) -> Ingested:
    damage: list[str] = []
    loaded = load_many(database, shown(_at_places(folder, places, damage), what="extracting", total=len(places)))
    return Ingested(captures=loaded, damage=tuple(damage))


def ingest_all(folder: ArchiveFolder, database: Database) -> Ingested:
    """Extract and load every capture of every WARC file."""
    damage: list[str] = []
    loaded = load_many(database, shown(_everything(folder, damage), what="extracting", total=None))
    return Ingested(captures=loaded, damage=tuple(damage))


def _pending_places(folder: ArchiveFolder, database: Database) -> list[tuple[str, int]]:
    known = set(known_places(database))
    waiting = [(row.warc_file, row.warc_offset) for row in pending(database, EXTRACTOR)]
    return waiting + [place for place in read_places(folder.index_path) if place not in known]


def _is_behind(place: tuple[str, int], file: str, offset: int) -> bool:
    """Whether the index names a capture behind a damaged place: where to read on."""
    return place[0] == file and place[1] > offset


def _at_places(folder: ArchiveFolder, places: Iterable[tuple[str, int]], damage: list[str]) -> Iterator[CaptureFacts]:
    for file, offset in places:
        try:
            capture = read_capture(folder.warc_dir, file, offset)
        except (DamagedRecord, NoSuchFile) as error:  # one bad record must not keep the rest out
            damage.append(str(error))
        else:
            yield capture_facts(capture)


def _everything(folder: ArchiveFolder, damage: list[str]) -> Iterator[CaptureFacts]:
    for path in warc_files(folder.warc_dir):
        try:
            for capture in iter_captures(path):
                yield capture_facts(capture)
        except DamagedRecord as error:
            if path.name.endswith(OPEN_SUFFIX):  # another process may be writing its next record right now
                continue
            damage.append(str(error))
            behind = [place for place in read_places(folder.index_path) if _is_behind(place, path.name, error.offset)]
            yield from _at_places(folder, behind, damage)
