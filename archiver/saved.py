"""Saved pages and texts as files: their bytes, media type and the URL they are kept under."""

import codecs
import hashlib
import mimetypes
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from archiver.errors import UsageError
from archiver.extract.page import extract
from archiver.weburl import is_web_url
from warc.coding import UndecodableContent, gunzip_file
from warc.payload import MAX_PAYLOAD_BYTES

_EPOCH = datetime.fromtimestamp(0, UTC)


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


def read_saved(path: Path, *, url: str | None) -> SavedFile:
    """``url``, else the page's canonical URL, else ``urn:sha256:…`` of its bytes: never a path of this machine."""
    body = read_body(path)
    content_type = media_type(path, body)
    return SavedFile(url=url or _own_url(body, content_type), body=body, content_type=content_type)


def _own_url(body: bytes, content_type: str) -> str:
    page = extract(body, url="", status=None, headers=(("Content-Type", content_type),), captured_at=_EPOCH)
    canonical = page.article.canonical_url if page.article else None
    if canonical and is_web_url(canonical):
        return canonical
    return f"urn:sha256:{hashlib.sha256(body).hexdigest()}"


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True
