"""One HTTP exchange as it crossed the wire, and what is known of it beyond the bytes."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from warc.block import Block, Spool
from warc.http1 import MOST_HEAD_BYTES

_SECRET_FIELDS = (b"authorization", b"proxy-authorization", b"cookie")
REDACTED = b"[redacted]"


class Truncation(StrEnum):
    """Why a response ends early (WARC/1.1 section 5.13)."""

    TIME = "time"
    LENGTH = "length"
    DISCONNECT = "disconnect"
    UNSPECIFIED = "unspecified"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """``request`` and ``response`` are the bytes sent and received, head and body, all codings in place.

    ``started_at`` is the moment the request was written (aware, UTC). ``ip_address`` is the server's, None where
    a proxy stood between.
    """

    url: str
    started_at: datetime
    request: Block
    response: Block
    ip_address: str | None = None
    tls_version: str | None = None
    tls_cipher: str | None = None
    truncated: Truncation | None = None


def redact(request: Block) -> Block:
    """The request with the values of Authorization, Proxy-Authorization and Cookie replaced by ``[redacted]``.

    All other bytes stay as sent. Names stay, so that it can be seen that a credential was used.
    """
    head = request.first(MOST_HEAD_BYTES).partition(b"\r\n\r\n")[0]
    lines = head.split(b"\r\n")
    found = False
    for number, line in enumerate(lines[1:], start=1):
        name, colon, _ = line.partition(b":")
        if colon and name.strip().lower() in _SECRET_FIELDS:
            lines[number] = name + b": " + REDACTED
            found = True
    if not found:
        return request
    spool = Spool()
    spool.append(b"\r\n".join(lines))
    for part in request.behind(len(head)).parts():
        spool.append(part)
    return spool.block()
