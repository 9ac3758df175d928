"""HTTP/1 messages as they crossed the wire: bytes in, parts out. Knows no WARC and no file.

Lenient, because the bytes are what they are: bare LF ends a line, a line without colon is passed over, a broken
chunk ends the body. Nothing is rewritten: parsing happens beside the kept bytes (RFC 9112).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_HEAD_END = re.compile(rb"\r?\n\r?\n")
_STATUS_LINE = re.compile(rb"[A-Za-z]+(?:/[\d.]+)?\s+(\d{3})\b[ \t]*([^\r\n]*)")
_CHUNK_SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,16})[^\n]*\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Status line and header fields of a response; values are latin-1, stripped, in wire order."""

    status: int | None
    reason: str
    headers: tuple[tuple[str, str], ...]

    def all(self, name: str) -> list[str]:
        """Every value of that field, names compared without case."""
        return [value for key, value in self.headers if key.lower() == name.lower()]

    def first(self, name: str) -> str | None:
        return next(iter(self.all(name)), None)


def split_head(message: bytes) -> tuple[bytes, bytes]:
    """Cut a message into head (with its empty line) and body; a message without head end is all head."""
    end = _HEAD_END.search(message)
    return (message[: end.end()], message[end.end() :]) if end else (message, b"")


def split_interim(message: bytes) -> tuple[list[bytes], bytes]:
    """Cut interim (1xx) heads off a response; the parts concatenate to the message (RFC 9110 section 15.2)."""
    interim: list[bytes] = []
    while True:
        head, rest = split_head(message)
        status = parse_head(head).status
        if not rest or status is None or not 100 <= status < 200 or status == 101:  # noqa: PLR2004 - RFC 9110 classes
            return interim, message
        interim.append(head)
        message = rest


def parse_head(head: bytes) -> Head:
    status_line, _, rest = head.lstrip(b"\r\n").partition(b"\n")
    match = _STATUS_LINE.match(status_line)
    return Head(
        status=int(match[1]) if match else None,
        reason=match[2].decode("latin-1").strip() if match else "",
        headers=tuple(_fields(rest)),
    )


def _fields(block: bytes) -> Iterator[tuple[str, str]]:
    """Header fields of a head; a folded line continues the value before it (RFC 9112 section 5.2)."""
    unfolded = re.sub(rb"\r?\n[ \t]+", b" ", block)
    for line in unfolded.split(b"\n"):
        name, colon, value = line.partition(b":")
        if colon and name.strip():
            yield name.strip().decode("latin-1"), value.strip().decode("latin-1")


def is_chunked(head: Head) -> bool:
    return any(
        token.strip().lower() == "chunked" for value in head.all("Transfer-Encoding") for token in value.split(",")
    )


def entity_body(head: Head, body: bytes) -> bytes:
    """The payload: the body with the transfer coding removed, the content coding kept."""
    return b"".join(_chunks(body)) if is_chunked(head) else body


def _chunks(body: bytes) -> Iterator[bytes]:
    position = 0
    while match := _CHUNK_SIZE.match(body, position):
        size = int(match[1], 16)
        start = match.end()
        if size == 0:
            return
        yield body[start : start + size]
        position = start + size
        if body[position : position + 2] == b"\r\n":
            position += 2
        elif body[position : position + 1] == b"\n":
            position += 1
