"""Answers that do not come whole, and those that never come: part of the conformance table."""

from tests.capture.model import OWN, Answer, Case, End, case, chunks, failing
from warc.exchange import Truncation

MAX_BODY_MB = 7
"""Where the client cuts a body off in these tests."""
_OK = b"HTTP/1.1 200 OK\r\n"
_CHUNKED = _OK + b"Transfer-Encoding: chunked\r\n\r\n"
_BIG = OWN + b"x" * (MAX_BODY_MB * 1_200_000)


def _lost(*parts: bytes, end: End = End.CLOSE, body: bytes = OWN) -> Case:
    return case(*parts, end=end, truncated=Truncation.DISCONNECT, body=body)


def _no_head(*parts: bytes, end: End = End.CLOSE, truncated: Truncation = Truncation.DISCONNECT) -> Case:
    return failing(*parts, error="DownloadFailedError", end=end, truncated=truncated)


def _stalled(*parts: bytes) -> Case:
    return failing(*parts, error="DownloadTimeoutError", end=End.STALL, truncated=Truncation.TIME)


def _too_large(*parts: bytes, archived: bool = False) -> Case:
    answer = Answer(parts=parts, end=End.CLOSE, truncated=Truncation.LENGTH, whole=False)
    return Case(answers=(answer,), error="DownloadCancelledError", archived=archived)


def _no_end(*parts: bytes) -> Case:
    answer = Answer(parts=parts, end=End.CLOSE, truncated=Truncation.UNSPECIFIED, whole=False)
    return Case(answers=(answer,), error="DownloadFailedError", archived=False)


CUT: dict[str, Case] = {
    "length not reached": _lost(_OK + b"Content-Length: 500\r\n\r\n" + OWN),
    "last chunk missing": _lost(_CHUNKED + b"5\r\n" + OWN + b"\r\n"),
    "cut inside a chunk": _lost(_CHUNKED + b"500\r\n" + OWN),
    "cut inside a chunk size": _lost(_CHUNKED + b"5\r\n" + OWN + b"\r\n50"),
    "cut inside the trailer": _lost(_CHUNKED + b"5\r\n" + OWN + b"\r\n0\r\nX-Sum: "),
    "cut inside the status line": _no_head(b"HTT"),
    "cut inside the head": _no_head(_OK + b"Content-Le"),
    "cut behind an interim head": _no_head(b"HTTP/1.1 103 Early Hints\r\n\r\n"),
    "reset in the head": _no_head(_OK + b"Content-Le", end=End.RESET),
    "reset in the body": _lost(_OK + b"Content-Length: 500\r\n\r\n" + OWN, end=End.RESET),
    "reset in a chunk": _lost(_CHUNKED + b"500\r\n" + OWN, end=End.RESET),
    "reset of a close-delimited body": _lost(_OK + b"\r\n" + OWN, end=End.RESET),
    "broken tls end of a close-delimited body": Case(
        answers=(
            Answer(parts=(_OK + b"\r\n" + OWN,), end=End.BREAK, truncated=Truncation.DISCONNECT),
        ),
        schemes=("https",),
    ),
    "not a chunk": case(
        _CHUNKED + b"5\r\n" + OWN + b"\r\nnothing\r\n\r\n", end=End.CLOSE, truncated=Truncation.UNSPECIFIED
    ),
    "chunk longer than said": case(
        _CHUNKED + b"5\r\n" + OWN + b"more\r\n0\r\n\r\n", end=End.CLOSE, truncated=Truncation.UNSPECIFIED
    ),
    "no status": _no_head(b"HTTP/1.1 good OK\r\n\r\n" + OWN, truncated=Truncation.UNSPECIFIED),
    "no head behind an interim one": _no_head(
        b"HTTP/1.1 103 Early Hints\r\n\r\n<p>hello", truncated=Truncation.UNSPECIFIED
    ),
    "head without an end": _no_end(_OK, *[b"X: " + b"long " * 13_000 + b"\r\n"] * 40),
    "header line without an end": _no_end(_OK + b"X: ", *[b"long " * 13_000] * 40),
    "stall in the status line": _stalled(b"HTTP/1.1 2"),
    "stall in the head": _stalled(_OK + b"X: y\r\n"),
    "stall in the body": _stalled(_OK + b"Content-Length: 9\r\n\r\n" + OWN),
    "stall in a close-delimited body": _stalled(_OK + b"\r\n" + OWN),
    "stall inside a chunk": _stalled(_CHUNKED + b"500\r\n" + OWN),
    "stall between chunks": _stalled(_CHUNKED + b"5\r\n" + OWN + b"\r\n"),
    "too large by its length": _too_large(_OK + b"Content-Length: %d\r\n\r\n" % len(_BIG), _BIG, archived=True),
    "too large while it comes": _too_large(_CHUNKED, chunks(_BIG, 50_000), archived=True),
    "too large without a length": _too_large(_OK + b"\r\n", _BIG),
}  # fmt: skip

NOTHING: dict[str, Case] = {
    "reset before a byte": failing(error="DownloadFailedError", end=End.RESET),
    "closed before a byte": failing(error="DownloadFailedError"),
    "stall before a byte": failing(error="DownloadTimeoutError", end=End.STALL),
}
