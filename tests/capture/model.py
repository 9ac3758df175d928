"""What a line of the conformance table says: the answers a server gives and what must come of them."""

from dataclasses import dataclass
from enum import Enum, auto

from warc.exchange import Truncation

OWN = b"[own]"
"""The server puts five bytes of its own here, others in every answer: no two payloads of the table are the same."""
DIRECT = ("http", "https")
BY_PROXY = ("http by proxy", "https by proxy")


class End(Enum):
    """What the server does when an answer is sent."""

    KEEP = auto()
    CLOSE = auto()  # FIN; over TLS with close_notify before it
    BREAK = auto()  # FIN; over TLS without close_notify
    RESET = auto()
    STALL = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """``parts`` are sent one by one; ``trailing`` counts the bytes at their end that are no part of the response.

    ``truncated`` is what the record must say; ``whole`` is False where the client leaves before all is sent, so that
    it holds the beginning only. An answer without a byte leaves no record. ``early``: given before the request's body
    is read.
    """

    parts: tuple[bytes, ...]
    end: End = End.KEEP
    trailing: int = 0
    truncated: Truncation | None = None
    whole: bool = True
    bytewise: bool = False
    early: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """``answers`` are given one after the other. ``error``: the download must end so, not with a response.

    ``status`` and ``body`` are those of the response that Scrapy makes of it; None where the body is too large to tell.
    ``sent`` is the size of the request's body.
    """

    answers: tuple[Answer, ...]
    method: str = "GET"
    sent: int = 0
    status: int = 200
    body: bytes | None = OWN
    error: str | None = None
    schemes: tuple[str, ...] = DIRECT
    archived: bool = True


def case(
    *parts: bytes,
    end: End = End.KEEP,
    trailing: int = 0,
    truncated: Truncation | None = None,
    bytewise: bool = False,
    status: int = 200,
    body: bytes = OWN,
) -> Case:
    answer = Answer(parts=parts, end=end, trailing=trailing, truncated=truncated, bytewise=bytewise)
    return Case(answers=(answer,), status=status, body=body)


def failing(*parts: bytes, error: str, end: End = End.CLOSE, truncated: Truncation | None = None) -> Case:
    return Case(answers=(Answer(parts=parts, end=end, truncated=truncated),), error=error)


def ok(headers: bytes, body: bytes = OWN, *, status: bytes = b"HTTP/1.1 200 OK") -> bytes:
    """A response that says the length of its body last."""
    return b"%s\r\n%sContent-Length: %d\r\n\r\n%s" % (status, headers, len(body), body)


def chunks(body: bytes, size: int = 7) -> bytes:
    parts = [body[start : start + size] for start in range(0, len(body), size)]
    return b"".join(b"%X\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"
