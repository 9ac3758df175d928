"""The conformance table: what a server answers, byte for byte, and what must be kept of it."""

import gzip
from dataclasses import dataclass
from enum import Enum, auto

from warc.exchange import Truncation

MAX_BODY_MB = 1
"""Where the client cuts a body off in these tests."""


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
    it holds the beginning only. An answer without a byte leaves no record.
    """

    parts: tuple[bytes, ...]
    end: End = End.KEEP
    trailing: int = 0
    truncated: Truncation | None = None
    whole: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """``answers`` are given one after the other. ``error``: the download must end so, not with a response."""

    answers: tuple[Answer, ...]
    method: str = "GET"
    error: str | None = None
    schemes: tuple[str, ...] = ("http", "https")


def _case(*parts: bytes, end: End = End.KEEP, trailing: int = 0, truncated: Truncation | None = None) -> Case:
    return Case(answers=(Answer(parts=parts, end=end, trailing=trailing, truncated=truncated),))


PLAIN = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nhello"
_ZIPPED = gzip.compress(b"<p>hello" * 50, mtime=0)
_CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
_REDIRECT = b"HTTP/1.1 %d Moved\r\nLocation: %s\r\nContent-Length: 4\r\n\r\ngone"
_BIG = b"x" * (MAX_BODY_MB * 1_200_000)
_GARBAGE = b"HTTP/1.1 200 Stray\r\nContent-Length: 5\r\n\r\nstray"
_LATE_BYTES = b"stray bytes"


def _chunks(body: bytes, size: int = 7) -> bytes:
    parts = [body[start : start + size] for start in range(0, len(body), size)]
    return b"".join(b"%X\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


WHOLE: dict[str, Case] = {
    "plain": _case(PLAIN),
    "byte by byte": _case(*(PLAIN[place : place + 1] for place in range(len(PLAIN)))),
    "header case and order": _case(
        b"HTTP/1.1 200 OK\r\nx-B: 2\r\nX-a:1\r\nx-b:  3 \r\nEMPTY:\r\ncontent-LENGTH: 2\r\nSet-Cookie: a=b\r\n"
        b"Set-Cookie: c=d\r\n\r\nok"
    ),
    "bytes beyond ascii": _case(
        b"HTTP/1.1 200 \xd6K\r\nX-Name: \xff\xfe\x01\x7f\r\nContent-Length: 3\r\n\r\n\x00\xff\n"
    ),
    "no colon": _case(b"HTTP/1.1 200 OK\r\nno colon here\r\nContent-Length: 2\r\n\r\nok"),
    "folded header": _case(b"HTTP/1.1 200 OK\r\nX-Long: one\r\n\t two\r\nContent-Length: 2\r\n\r\nok"),
    "line feeds only": _case(b"HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Length: 2\n\nok"),
    "no reason": _case(b"HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok"),
    "empty reason": _case(b"HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\nok"),
    "odd status": _case(b"HTTP/1.1 299  Strange  Thing\r\nContent-Length: 2\r\n\r\nok"),
    "http 1.0": _case(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\nold", end=End.CLOSE),
    "600 headers": _case(
        b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: v\r\n" % n for n in range(600)) + b"Content-Length: 2\r\n\r\nok"
    ),
    "no body": _case(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
    "same length twice": _case(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok"),
    "chunked": _case(_CHUNKED + b"\r\n" + _chunks(b"<p>hello, world")),
    "chunk extension and trailer": _case(
        _CHUNKED + b"Trailer: X-Sum\r\n\r\n5;name=value\r\nhello\r\n0\r\nX-Sum: 1\r\nX-More: 2\r\n\r\n"
    ),
    "chunk size with leading zeros": _case(_CHUNKED + b"\r\n0005\r\nhello\r\n000\r\n\r\n"),
    "chunks byte by byte": _case(
        _CHUNKED + b"\r\n", *(bytes([one]) for one in b"5;a=b\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n")
    ),
    "nul in a value": _case(b"HTTP/1.1 200 OK\r\nX: a\x00b\r\nContent-Length: 2\r\n\r\nok"),
    "chunked in capitals": _case(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n" + _chunks(b"hello")),
    "chunked with a length": _case(_CHUNKED + b"Content-Length: 3\r\n\r\n" + _chunks(b"hello")),
    "gzip": _case(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(_ZIPPED) + _ZIPPED),
    "gzip in chunks": _case(_CHUNKED + b"Content-Encoding: gzip\r\n\r\n" + _chunks(_ZIPPED)),
    "close-delimited": _case(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"to the end", end=End.CLOSE),
    "connection close": _case(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok", end=End.CLOSE),
    "closed while idle": _case(PLAIN, end=End.CLOSE),
    "204": _case(b"HTTP/1.1 204 No Content\r\nX: y\r\n\r\n"),
    "304 with length": _case(b'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\nContent-Length: 5000\r\n\r\n'),
    "head": Case(answers=(Answer(parts=(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n",)),), method="HEAD"),
    "head of chunked": Case(answers=(Answer(parts=(_CHUNKED + b"\r\n",)),), method="HEAD"),
    "103": _case(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n", PLAIN),
    "100 and 102": _case(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\nX: y\r\n\r\n" + PLAIN),
    "404": _case(b"HTTP/1.1 404 Not Found\r\nContent-Length: 7\r\n\r\nnothing"),
    "503 then 200": Case(
        answers=(
            Answer(parts=(b"HTTP/1.1 503 Busy\r\nRetry-After: 0\r\nContent-Length: 4\r\n\r\nbusy",)),
            Answer(parts=(PLAIN,)),
        )
    ),
    "trailing garbage at once": _case(PLAIN + _GARBAGE, trailing=len(_GARBAGE)),
    "after garbage at once": _case(PLAIN),
    "trailing garbage later": _case(PLAIN, _LATE_BYTES, trailing=len(_LATE_BYTES)),
    "after garbage later": _case(PLAIN),
    "204 with a body": _case(b"HTTP/1.1 204 No Content\r\n\r\nbody", trailing=4),
    "redirect": _case(_REDIRECT % (301, b"/redirect-again")),
    "redirect to nowhere": Case(
        answers=(Answer(parts=(_REDIRECT % (302, b"http://127.0.0.1:1/"),)),), error="DownloadConnectionRefusedError"
    ),
    "redirect again": _case(_REDIRECT % (302, b"/redirected")),
    "redirected": _case(PLAIN),
    **{f"reuse {number:02}": _case(PLAIN) for number in range(20)},
}

CUT: dict[str, Case] = {
    "length not reached": _case(
        b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nhello", end=End.CLOSE, truncated=Truncation.DISCONNECT
    ),
    "last chunk missing": _case(_CHUNKED + b"\r\n5\r\nhello\r\n", end=End.CLOSE, truncated=Truncation.DISCONNECT),
    "cut inside a chunk": _case(_CHUNKED + b"\r\n500\r\nhello", end=End.CLOSE, truncated=Truncation.DISCONNECT),
    "cut inside the head": Case(
        answers=(Answer(parts=(b"HTTP/1.1 200 OK\r\nContent-Le",), end=End.CLOSE, truncated=Truncation.DISCONNECT),),
        error="DownloadFailedError",
    ),
    "broken tls end of a close-delimited body": Case(
        answers=(
            Answer(parts=(b"HTTP/1.1 200 OK\r\n\r\nto the end",), end=End.BREAK, truncated=Truncation.DISCONNECT),
        ),
        schemes=("https",),
    ),
    "not a chunk": _case(
        _CHUNKED + b"\r\n5\r\nhello\r\nnothing\r\n\r\n", end=End.CLOSE, truncated=Truncation.UNSPECIFIED
    ),
    "no status": Case(
        answers=(Answer(parts=(b"HTTP/1.1 good OK\r\n\r\nhello",), end=End.CLOSE, truncated=Truncation.UNSPECIFIED),),
        error="DownloadFailedError",
    ),
    "stall in the head": Case(
        answers=(Answer(parts=(b"HTTP/1.1 200 OK\r\nX: y\r\n",), end=End.STALL, truncated=Truncation.TIME),),
        error="DownloadTimeoutError",
    ),
    "stall in the body": Case(
        answers=(
            Answer(
                parts=(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello",), end=End.STALL, truncated=Truncation.TIME
            ),
        ),
        error="DownloadTimeoutError",
    ),
    "too large by its length": Case(
        answers=(
            Answer(
                parts=(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(_BIG), _BIG),
                end=End.CLOSE,
                truncated=Truncation.LENGTH,
                whole=False,
            ),
        ),
        error="DownloadCancelledError",
    ),
    "too large while it comes": Case(
        answers=(
            Answer(
                parts=(_CHUNKED + b"\r\n", _chunks(_BIG, 50_000)),
                end=End.CLOSE,
                truncated=Truncation.LENGTH,
                whole=False,
            ),
        ),
        error="DownloadCancelledError",
    ),
    "too large without a length": Case(
        answers=(
            Answer(parts=(b"HTTP/1.1 200 OK\r\n\r\n", _BIG), end=End.CLOSE, truncated=Truncation.LENGTH, whole=False),
        ),
        error="DownloadCancelledError",
    ),
}

NOTHING: dict[str, Case] = {
    "reset before a byte": Case(answers=(Answer(parts=(), end=End.RESET),), error="DownloadFailedError"),
    "closed before a byte": Case(answers=(Answer(parts=(), end=End.CLOSE),), error="DownloadFailedError"),
    "stall before a byte": Case(answers=(Answer(parts=(), end=End.STALL),), error="DownloadTimeoutError"),
}

CASES = WHOLE | CUT | NOTHING
REACHED_BY_REDIRECT = {"redirect again", "redirected"}


def path_of(name: str) -> str:
    return "/" + name.replace(" ", "-")


BY_PATH = {path_of(name): case for name, case in CASES.items()}
