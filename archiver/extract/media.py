"""What kind of bytes a page is: told by its media type, and by its first bytes where the type says nothing or lies.

Knows media types and magic numbers; must not know HTML.
"""

import re
from collections.abc import Sequence
from enum import Enum
from urllib.parse import urlsplit


class Kind(Enum):
    HTML = "html"
    TEXT = "text"
    OTHER = "other"


_HTML_TYPES = {"text/html", "application/xhtml+xml", "application/xhtml"}
_UNSAID = {"", "application/octet-stream", "binary/octet-stream", "application/unknown", "unknown/unknown"}
_XML_TYPES = {"text/xml", "application/xml"}
_FEED_TYPES = {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json"}
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
    (b"BM", "image/bmp"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "application/ogg"),
    (b"wOFF", "font/woff"),
    (b"wOF2", "font/woff2"),
)
_SNIFFED_BYTES = 2048
_SHORTEST_NOISE, _MOST_CONTROLS = 64, 0.05
_CONTROLS = re.compile(rb"[\x01-\x08\x0b\x0e-\x1a\x1c-\x1f]")  # \x1b changes the character set in ISO 2022
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_HTML_START = re.compile(rb"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_MARKUP = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|meta|div|p|article|section|h1|table|script|a|br|ul|ol|span)[\s>/]",
    re.IGNORECASE,
)


def header(headers: Sequence[tuple[str, str]], name: str) -> str | None:
    """The first header of this name."""
    return next((value for key, value in headers if key.lower() == name), None)


def kind_of(body: bytes, content_type: str | None, url: str) -> tuple[Kind, str]:
    """The kind, and what it is called where it is not a page (``application/pdf``, ``feed``, ``robots.txt``)."""
    if _path(url).endswith("/robots.txt"):
        return Kind.OTHER, "robots.txt"
    start = body[:_SNIFFED_BYTES].removeprefix(b"\xef\xbb\xbf").lstrip()
    stated = (content_type or "").partition(";")[0].strip().lower()
    magic = next((name for mark, name in _MAGIC if body.startswith(mark)), None)
    if magic == "image/bmp" and not _is_binary(body):
        magic = None  # two letters are not much: a text may begin with them
    if magic:
        return Kind.OTHER, magic
    if stated in _FEED_TYPES or (start.startswith(b"<") and _FEED.search(start) and not _MARKUP.match(start)):
        return Kind.OTHER, "feed"
    return _by_type(stated, body, start)


def _by_type(stated: str, body: bytes, start: bytes) -> tuple[Kind, str]:
    if stated in _HTML_TYPES and _is_noise(body):
        return Kind.OTHER, f"{stated} of no text"
    if stated in _HTML_TYPES or (stated in _XML_TYPES and b"<html" in start.lower()):
        return Kind.HTML, stated
    if stated not in _UNSAID | {"text/plain"}:
        return Kind.OTHER, stated
    if _HTML_START.match(start) or (stated != "text/plain" and _MARKUP.search(start)):
        return Kind.HTML, "text/html"
    if _is_binary(body):
        return Kind.OTHER, stated or "application/octet-stream"
    return Kind.TEXT, "text/plain"


def _is_noise(body: bytes) -> bool:
    """Whether it is full of bytes that no character set writes text with; NUL is one of UTF-16's."""
    sample = body[:_SNIFFED_BYTES]
    return len(sample) >= _SHORTEST_NOISE and len(_CONTROLS.findall(sample)) >= _MOST_CONTROLS * len(sample)


def _is_binary(body: bytes) -> bool:
    return b"\0" in body[:_SNIFFED_BYTES] and not body.startswith((b"\xff\xfe", b"\xfe\xff"))


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""
