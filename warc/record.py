"""WARC records as values, and the captures they make up (WARC/1.1)."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from warc.coding import decode_content
from warc.digest import payload_digest
from warc.http1 import Head, entity_body, parse_head, split_head

if TYPE_CHECKING:
    from collections.abc import Mapping

CAPTURE_TYPES = frozenset({"response", "resource", "revisit"})
MAX_PAYLOAD_BYTES = 256 * 1024 * 1024
_NO_FIELDS: "Mapping[str, str]" = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record. ``file`` is a name below ``archive/``; ``offset`` and ``length`` are bytes of its gzip member."""

    headers: tuple[tuple[str, str], ...]
    block: bytes
    file: str
    offset: int
    length: int

    def first(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @property
    def type(self) -> str:
        return self.first("WARC-Type") or ""

    @property
    def id(self) -> str:
        """The record id without its angle brackets (``urn:uuid:…``)."""
        return (self.first("WARC-Record-ID") or "").strip("<>")

    @property
    def url(self) -> str:
        return (self.first("WARC-Target-URI") or "").strip("<>")  # some 1.0 writers put brackets here too

    @property
    def date(self) -> datetime:
        """WARC-Date: UTC, with up to nine digits of a second, six of them kept. Raises ValueError."""
        whole, _, fraction = (self.first("WARC-Date") or "").strip().removesuffix("Z").partition(".")
        moment = datetime.strptime(whole, "%Y-%m-%dT%H:%M:%S").replace(tzinfo=UTC)
        return moment.replace(microsecond=int(fraction[:6].ljust(6, "0")))

    @property
    def is_http(self) -> bool:
        return (self.first("Content-Type") or "").replace(" ", "").startswith("application/http;msgtype=response")


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """A response or resource record with what the records beside it say.

    ``fields`` are those of the capture's metadata record (``source``, ``via``); ``info`` those of the file's
    warcinfo record.
    """

    record: Record
    fields: "Mapping[str, str]" = field(default_factory=lambda: _NO_FIELDS)
    info: "Mapping[str, str]" = field(default_factory=lambda: _NO_FIELDS)

    @property
    def head(self) -> Head:
        """The HTTP head; for a file, one made of the record's Content-Type, with no status."""
        if self.record.is_http:
            return parse_head(split_head(self.record.block)[0])
        content_type = self.record.first("Content-Type")
        return Head(status=None, reason="", headers=(("Content-Type", content_type),) if content_type else ())

    @property
    def payload(self) -> bytes:
        """The entity body: transfer coding removed, content coding kept."""
        if not self.record.is_http:
            return self.record.block
        return entity_body(self.head, split_head(self.record.block)[1])

    @property
    def body(self) -> bytes:
        """The payload with its content codings removed; raises UndecodableContent."""
        return decode_content(self.head, self.payload, limit=MAX_PAYLOAD_BYTES)

    @property
    def mime(self) -> str | None:
        """The media type in lower case, without parameters."""
        value = (self.head.first("Content-Type") or "").partition(";")[0].strip().lower()
        return value or None

    @property
    def payload_digest(self) -> str:
        return payload_digest(self.payload)


def parse_fields(block: bytes) -> dict[str, str]:
    """The named fields of an ``application/warc-fields`` block; the first of a name counts."""
    fields: dict[str, str] = {}
    for line in block.decode("utf-8", "replace").splitlines():
        name, colon, value = line.partition(":")
        if colon and name.strip():
            fields.setdefault(name.strip(), value.strip())
    return fields


def format_fields(fields: "Mapping[str, str]") -> bytes:
    """An ``application/warc-fields`` block; line ends inside a value become blanks."""
    lines = (f"{name}: {' '.join(value.split())}\r\n" for name, value in fields.items() if value)
    return "".join(lines).encode()
