"""HTTP/1 messages as they crossed the wire: bytes in, parts out. Knows no WARC and no file.

Lenient, because the bytes are what they are: bare LF ends a line, a line without colon is passed over, a broken
chunk ends the body. Nothing is rewritten: parsing happens beside the kept bytes (RFC 9112).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

_STATUS_LINE = re.compile(rb"[A-Za-z]+(?:/[\d.]+)?\s+(\d{3})\b[ \t]*([^\r\n]*)")
_BEGINS_A_HEAD = re.compile(rb"[\r\n]*(?:(?i:HTTP)/|[A-Za-z]+[ \t]+\d)")
_CHUNK_SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,16})[^\n]*\n")
_LONGEST_CHUNK_LINE: Final = 1 << 16
MOST_HEAD_BYTES: Final = 1 << 20
"""A message whose head is longer is one without a head."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Status line and header fields of a response; values are latin-1, stripped, in wire order."""

    status: int | None
    reason: str
    headers: tuple[tuple[str, str], ...]

    def all(self, name: str) -> list[str]:
        """Every value of that field, names compared without case."""
        wanted = name.lower()
        return [value for key, value in self.headers if key.lower() == wanted]

    def first(self, name: str) -> str | None:
        return next(iter(self.all(name)), None)


NO_HEAD: Final = Head(status=None, reason="", headers=())


def head_end(data: bytes, start: int = 0, most: int | None = None) -> int | None:
    """Where the first empty line that ends a head is over; None if there is none within the first ``most`` bytes."""
    crlf = data.find(b"\n\r\n", start, most)
    lf = data.find(b"\n\n", start, most if crlf < 0 else crlf)
    if lf >= 0:
        return lf + 2
    return crlf + 3 if crlf >= 0 else None


def head_size(start: bytes) -> int | None:
    """The length of the head, its empty line included, of a message that begins so; None where no end is in sight.

    An answer of HTTP/0.9 has no head at all: its first line is no status line, and its length is 0.
    """
    if not _BEGINS_A_HEAD.match(start):
        return 0
    blank = len(start) - len(start.lstrip(b"\r\n"))  # empty lines before a message are to be ignored (RFC 9112, 2.2)
    return head_end(start, blank)


def split_head(message: bytes) -> tuple[bytes, bytes]:
    """Cut a message into head (with its empty line) and body; a message without head end is all head."""
    size = head_size(message)
    return (message, b"") if size is None else (message[:size], message[size:])


def split_interim(start: bytes) -> tuple[list[bytes], int]:
    """The interim (1xx) heads that a response begins with, and where the final one begins (RFC 9110 section 15.2)."""
    interim: list[bytes] = []
    place = 0
    while (size := head_size(start[place:] if place else start)) and place + size < len(start):
        head = start[place : place + size]
        status = parse_head(head).status
        if status is None or not 100 <= status < 200 or status == 101:  # noqa: PLR2004 - RFC 9110 classes
            break
        interim.append(head)
        place += size
    return interim, place


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
    if b"\n " in block or b"\n\t" in block:
        block = re.sub(rb"\r?\n[ \t]+", b" ", block)
    for line in block.decode("latin-1").split("\n"):
        name, colon, value = line.partition(":")
        if colon and (name := name.strip()):
            yield name, value.strip()


def is_chunked(head: Head) -> bool:
    return "chunked" in transfer_codings(head)


def transfer_codings(head: Head) -> list[str]:
    """In the order applied, lower case, without parameters."""
    tokens = (token for value in head.all("Transfer-Encoding") for token in value.split(","))
    return [coding for token in tokens if (coding := token.partition(";")[0].strip().lower())]


def dechunked(parts: Iterable[bytes]) -> Iterator[bytes]:
    """A chunked body without its framing, extensions and trailers, however the parts are cut.

    What a broken or missing framing leaves is passed over (RFC 9112 section 7.1).
    """
    buffer = b""
    left = 0  # bytes of the current chunk still to come
    for part in parts:
        buffer = buffer + part if buffer else part
        place = 0
        while place < len(buffer):
            if left:
                taken = buffer[place : place + left]
                place += len(taken)
                left -= len(taken)
                yield taken
                continue
            start = _behind_line_end(buffer, place)
            if start is None:
                break
            match = _CHUNK_SIZE.match(buffer, start)
            if match is None:
                if b"\n" in buffer[start:] or len(buffer) - start > _LONGEST_CHUNK_LINE:
                    return  # no chunk
                break
            left, place = int(match[1], 16), match.end()
            if left == 0:
                return
        buffer = buffer[place:]


def _behind_line_end(buffer: bytes, place: int) -> int | None:
    """Where the size of the next chunk begins: behind the line end of the last one; None if that is still to come."""
    if buffer[place : place + 1] == b"\n":
        return place + 1
    if buffer[place : place + 1] != b"\r":
        return place
    if place + 1 == len(buffer):
        return None
    return place + 2 if buffer[place + 1 : place + 2] == b"\n" else place + 1
