"""What the block of a record says: its HTTP head, and the entity body with the transfer codings removed.

Works on streams of bytes, so that a body of any size takes no more memory than a small one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from warc.block import Block
from warc.coding import UndecodableContent, decode
from warc.digest import PayloadDigests, payload_digests
from warc.http1 import MOST_HEAD_BYTES, NO_HEAD, Head, dechunked, head_size, parse_head, transfer_codings

MAX_PAYLOAD_BYTES: Final = 256 * 1024 * 1024
"""No payload is decoded into more."""

_MOST_IN_MEMORY: Final = 16 * 1024 * 1024
"""A transfer coding other than chunked is removed of no more, and into no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """``body_start`` is where the body begins in the block; the digests are those of the payload."""

    head: Head
    body_start: int
    digests: PayloadDigests


def read_message(block: Block) -> Message:
    """Of a block that holds a response; one without a head's end is all head."""
    head, start = read_head(block)
    return Message(head=head, body_start=start, digests=payload_digests(payload_parts(head, block.behind(start))))


def read_file(block: Block, content_type: str | None) -> Message:
    """Of a block that is a file: its head is the media type that the record gives it, with no status."""
    headers = (("Content-Type", content_type),) if content_type else ()
    head = Head(status=None, reason="", headers=headers)
    return Message(head=head, body_start=0, digests=payload_digests(block.parts()))


def read_head(block: Block) -> tuple[Head, int]:
    start = block.first(1 << 14)
    size = head_size(start)
    if size is None and block.size > len(start):
        start = block.first(MOST_HEAD_BYTES)
        size = head_size(start)
    if size is None:
        return parse_head(start), block.size
    return (parse_head(start[:size]), size) if size else (NO_HEAD, 0)


def payload_parts(head: Head, body: Block) -> Iterator[bytes]:
    """The body with its transfer codings removed, the content coding kept."""
    parts: Iterable[bytes] = body.parts()
    for coding in reversed(transfer_codings(head)):
        parts = dechunked(parts) if coding == "chunked" else _decoded(coding, parts)
    yield from parts


def _decoded(coding: str, parts: Iterable[bytes]) -> Iterator[bytes]:
    """``Transfer-Encoding: gzip, chunked`` is rare enough to be done in memory; what cannot be decoded there stays."""
    iterator, gathered, size = iter(parts), list[bytes](), 0
    for part in iterator:
        gathered.append(part)
        size += len(part)
        if size > _MOST_IN_MEMORY:
            yield from gathered
            yield from iterator
            return
    data = b"".join(gathered)
    try:
        yield decode(coding, data, limit=_MOST_IN_MEMORY)
    except UndecodableContent:
        yield data
