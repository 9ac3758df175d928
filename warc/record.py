"""WARC records as values, and the captures they make up (WARC/1.1)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType

from warc.block import Block, spooled
from warc.coding import UndecodableContent, decode_content
from warc.digest import PayloadDigests, parse_digest, sha1_text
from warc.http1 import Head, parse_head
from warc.payload import MAX_PAYLOAD_BYTES, payload_parts, read_file, read_message

CAPTURE_TYPES = frozenset({"response", "resource", "revisit"})
HTTP_RESPONSE = "application/http; msgtype=response"
IDENTICAL_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED_STATUS = 304
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
EMPTY_PAYLOAD = "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"
_NO_FIELDS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record. ``file`` is a name below ``archive/``; ``offset`` and ``length`` are bytes of that file.

    In a compressed file they are those of the record's gzip member.
    """

    headers: tuple[tuple[str, str], ...]
    block: Block
    file: str
    offset: int
    length: int
    by_name: Mapping[str, str] = field(init=False, compare=False, repr=False)
    """The first value of each field, by its name in lower case."""
    type: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        by_name = {name.lower(): value for name, value in reversed(self.headers)}
        object.__setattr__(self, "by_name", by_name)
        object.__setattr__(self, "type", by_name.get("warc-type", "").lower())

    def first(self, name: str) -> str | None:
        return self.by_name.get(name.lower())

    @property
    def is_capture(self) -> bool:
        return self.type in CAPTURE_TYPES

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
        return parse_date(self.first("WARC-Date") or "")

    @property
    def is_http(self) -> bool:
        return (self.first("Content-Type") or "").lower().replace(" ", "").startswith("application/http")

    @property
    def refers_to(self) -> str | None:
        """The id of the record that holds this revisit's payload."""
        return (self.first("WARC-Refers-To") or "").strip("<>") or None

    @property
    def is_not_modified(self) -> bool:
        return self.type == "revisit" and "server-not-modified" in (self.first("WARC-Profile") or "")


def parse_date(text: str) -> datetime:
    """A WARC-Date. Raises ValueError."""
    whole, _, fraction = text.strip().removesuffix("Z").partition(".")
    if fraction and not fraction.isdigit():
        raise ValueError(f"no date: {text!r}")
    try:
        moment = datetime.fromisoformat(whole).replace(tzinfo=UTC)
    except ValueError as error:
        raise ValueError(f"no date: {text!r}") from error
    return moment.replace(microsecond=int(fraction[:6].ljust(6, "0")) if fraction else 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """A response, resource or revisit record with what the records beside it say.

    ``head`` is the HTTP head; for a file, one made of the record's Content-Type, with no status; for a revisit that
    has no head of its own, the 304 answer's. ``digests`` are those of the payload that lies in this record.
    ``fields`` are those of the capture's metadata record (``source``, ``via``); ``info`` those of the file's
    warcinfo record.
    """

    record: Record
    head: Head
    body_start: int
    digests: PayloadDigests
    fields: Mapping[str, str] = field(default_factory=lambda: _NO_FIELDS)
    info: Mapping[str, str] = field(default_factory=lambda: _NO_FIELDS)

    @property
    def payload(self) -> Block:
        """The entity body: transfer coding removed, content coding kept. That of a revisit is empty."""
        return spooled(payload_parts(self.head, self.record.block.behind(self.body_start)))

    @property
    def body(self) -> bytes:
        """The payload with its content codings removed; raises UndecodableContent."""
        return self.decoded(self.head)

    def decoded(self, head: Head) -> bytes:
        """The same by the codings that another head names. No more than MAX_PAYLOAD_BYTES are read or made."""
        payload = self.payload
        if payload.size > MAX_PAYLOAD_BYTES:
            raise UndecodableContent(f"the payload has more than {MAX_PAYLOAD_BYTES} bytes")
        return decode_content(head, bytes(payload), limit=MAX_PAYLOAD_BYTES)

    @property
    def mime(self) -> str | None:
        """The media type in lower case, without parameters."""
        value = (self.head.first("Content-Type") or "").partition(";")[0].strip().lower()
        return value or None

    @property
    def payload_digest(self) -> str:
        """``sha1:BASE32``; a revisit gives that of its original, which may be of another algorithm."""
        given = self.record.first("WARC-Payload-Digest")
        return _as_listed(given) if given and self.record.type == "revisit" else self.digests.sha1


def _as_listed(digest: str) -> str:
    """In the form that lists of captures have, whatever base its writer took: sha1 in base32, sha256 in hex."""
    promise = parse_digest(digest)
    if promise is None:
        return digest
    if promise.algorithm == "sha1":
        return sha1_text(promise.value)
    return f"{promise.algorithm}:{promise.value.hex()}"


def capture_of(
    record: Record,
    *,
    fields: Mapping[str, str] = _NO_FIELDS,
    info: Mapping[str, str] = _NO_FIELDS,
    not_modified: bytes = b"",
) -> Capture:
    """``not_modified`` is the 304 answer of a revisit whose own block is empty."""
    content_type = record.first("Content-Type")
    message = read_message(record.block) if record.is_http else read_file(record.block, content_type)
    head = parse_head(not_modified) if not_modified and not record.block.size else message.head
    return Capture(
        record=record, head=head, body_start=message.body_start, digests=message.digests, fields=fields, info=info
    )


def parse_fields(block: bytes) -> dict[str, str]:
    """The named fields of an ``application/warc-fields`` block; the first of a name counts."""
    fields: dict[str, str] = {}
    for line in block.decode("utf-8", "replace").splitlines():
        name, colon, value = line.partition(":")
        if colon and name.strip():
            fields.setdefault(name.strip(), value.strip())
    return fields


def format_fields(fields: Mapping[str, str]) -> bytes:
    """An ``application/warc-fields`` block; line ends inside a value become blanks."""
    lines = (f"{name}: {' '.join(value.split())}\r\n" for name, value in fields.items() if value)
    return "".join(lines).encode()
