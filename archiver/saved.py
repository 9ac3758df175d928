"""Saved pages and texts as files: their bytes, media type, what they hold and the URL they are kept under."""

import codecs
import hashlib
import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from archiver.errors import UsageError
from archiver.extract.model import Page
from archiver.extraction import Unreadable, extracted
from archiver.weburl import is_web_url
from archiver.workers import Failure, Limits, Workers
from warc.coding import UndecodableContent, gunzip_file
from warc.payload import MAX_PAYLOAD_BYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One file to look at, and what is known of its capture."""

    file: str
    url: str | None = None
    status: int | None = None
    captured_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedFile:
    url: str
    body: bytes
    content_type: str


def read_body(path: Path) -> bytes:
    """The bytes of a saved page; of a ``.gz`` file its content. Raises UsageError, naming the file."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from error
    if path.suffix != ".gz":
        return data
    try:
        return gunzip_file(data, limit=MAX_PAYLOAD_BYTES)
    except UndecodableContent as error:
        raise UsageError(f"{path}: {error}") from error


def media_type(path: Path, body: bytes) -> str:
    """By the file's name; a name that says nothing is text, or HTML if it begins like it."""
    guessed, _ = mimetypes.guess_type(path.name.removesuffix(".gz"))
    if guessed in (None, "text/plain"):
        looks_like_html = guessed is None and body.removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"<"
        guessed = "text/html" if looks_like_html else "text/plain"
    if guessed == "text/plain" and _is_utf8(body):
        return "text/plain; charset=utf-8"
    return guessed


def saved_page(item: Item) -> Page | Unreadable:
    """What a file holds. For a worker."""
    path = Path(item.file)
    try:
        body = read_body(path)
    except UsageError as error:
        return Unreadable(str(error))
    return extracted(
        body,
        url=item.url or "",
        status=item.status,
        headers=(("Content-Type", media_type(path, body)),),
        captured_at=item.captured_at or datetime.now(UTC),  # nothing on it was written after now
    )


def read_saved(paths: Sequence[Path], *, url: str | None, limits: Limits) -> list[SavedFile]:
    """Under ``url``, else the page's canonical URL, else ``urn:sha256:…`` of its bytes: never a path of this machine.

    Raises UsageError, naming the file.
    """
    if url:
        return [_saved(path, url) for path in paths]
    with Workers(limits, most=len(paths)) as workers:
        items = [Item(file=str(path)) for path in paths]
        return [_saved(Path(item.file), _own_url(item, page)) for item, page in workers.in_order(saved_page, items)]


def _saved(path: Path, url: str | None) -> SavedFile:
    body = read_body(path)
    url = url or f"urn:sha256:{hashlib.sha256(body).hexdigest()}"
    return SavedFile(url=url, body=body, content_type=media_type(path, body))


def _own_url(item: Item, page: Page | Unreadable | Failure) -> str | None:
    if isinstance(page, Unreadable):
        raise UsageError(page.problem)
    if isinstance(page, Failure):  # which URL it is must not depend on how fast this machine is
        raise UsageError(f"{item.file}: {page.of('extraction')}; name its address with --url")
    canonical = page.article.canonical_url if page.article else None
    return canonical if canonical and is_web_url(canonical) else None


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True
