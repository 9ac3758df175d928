"""What a worker does with one capture or saved page: reads it, extracts it, makes facts of it.

Functions of their arguments and of what lies on disk; they write nothing and know no database. They run in processes of
their own, so what they take and give can be sent, and only there is the extractor loaded.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from archiver.extract.model import Article, Comment, Page, Verdict
from archiver.extract.version import EXTRACTOR
from archiver.rows import capture_row
from db.facts import ArticleFacts, CaptureFacts, CaptureRow, CommentFacts
from warc.coding import UndecodableContent
from warc.errors import DamagedRecord, NoSuchFile
from warc.reader import read_capture
from warc.record import Capture

_ARTICLE: Final = tuple(one.name for one in fields(ArticleFacts))
_COMMENT: Final = tuple(one.name for one in fields(CommentFacts))

Place = tuple[str, int]
"""A WARC file and an offset in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A capture to be extracted. ``row`` says where it lies; ``payload`` where its payload does, of a revisit.

    ``known``: its facts, where nothing is left to be done.
    """

    directory: Path
    row: CaptureRow
    payload: Place | None = None
    known: CaptureFacts | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A record that is damaged or gone; what is wrong with it and where."""

    problem: str


def stored_facts(job: Job) -> CaptureFacts | Unreadable:
    """The facts of a stored capture, a function of its records."""
    try:
        capture = read_capture(job.directory, job.row.warc_file, job.row.warc_offset)
        original = read_capture(job.directory, *job.payload) if job.payload else capture
    except (DamagedRecord, NoSuchFile) as error:
        return Unreadable(str(error))
    return capture_facts(capture, original)


def capture_facts(capture: Capture, original: Capture) -> CaptureFacts:
    """The facts of a capture whose payload lies in the original: most often itself, of a revisit another.

    A capture that was cut off is no state of an article: its text would read as an edit, its thread as removals.
    """
    row = replace(capture_row(capture), extractor=EXTRACTOR)
    head = original.head if capture.record.is_not_modified else capture.head
    try:
        body = original.decoded(head)
    except UndecodableContent as error:
        return CaptureFacts(capture=replace(row, error=str(error)))
    page = extracted(
        body, url=capture.record.url, status=head.status, headers=head.headers, captured_at=capture.record.date
    )
    truncated = capture.record.first("WARC-Truncated")
    if truncated:
        page = replace(page, article=None, comments=(), complete=False, reason=f"cut off ({truncated})")
    return page_facts(row, page)


def extracted(
    body: bytes, *, url: str, status: int | None, headers: Sequence[tuple[str, str]], captured_at: datetime
) -> Page:
    """As ``archiver.extract.page.extract``."""
    from archiver.extract.page import extract  # noqa: PLC0415 - half a second, and only in the workers

    return extract(body, url=url, status=status, headers=headers, captured_at=captured_at)


def page_facts(row: CaptureRow, page: Page) -> CaptureFacts:
    article = page.article if page.verdict is Verdict.ARTICLE else None  # the opening beside a pay wall is no state
    return CaptureFacts(
        capture=replace(row, verdict=str(page.verdict), reason=page.reason, redirect_url=page.redirect_url),
        article=_article_facts(article) if article else None,
        comments=tuple(map(_comment_facts, page.comments)),
        claimed_comments=page.claimed_comments,
        complete=page.complete,
        comment_pages=page.comment_pages,
        elsewhere=tuple(" ".join(filter(None, (one.system, one.id, one.url))) for one in page.elsewhere),
        canonical_url=article.canonical_url if article else None,
    )


def _article_facts(article: Article) -> ArticleFacts:
    values = {name: getattr(article, name) for name in _ARTICLE if name != "origins"}
    return ArticleFacts(**values, origins=tuple((name, str(origin)) for name, origin in article.origins))


def _comment_facts(comment: Comment) -> CommentFacts:
    values = {name: getattr(comment, name) for name in _COMMENT if name != "kind"}
    return CommentFacts(**values, kind=str(comment.kind))
