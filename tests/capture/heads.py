"""Heads that are odd, but that a lenient reader makes sense of: part of the conformance table."""

from dataclasses import replace

from tests.capture.model import OWN, Answer, Case, End, case, ok
from warc.exchange import Truncation


def _field(line: bytes) -> Case:
    """A response with that line (without its end) among its header fields."""
    return case(ok(b"X-Before: 1\r\n" + line + b"\r\nX-After: 2\r\n"))


def _status(line: bytes) -> Case:
    return case(ok(b"", status=line))


HEADS: dict[str, Case] = {
    "header case and order": case(
        b"HTTP/1.1 200 OK\r\nx-B: 2\r\nX-a:1\r\nx-b:  3 \r\nEMPTY:\r\ncontent-LENGTH: 5\r\nSet-Cookie: a=b\r\n"
        b"X-A: 1\r\nSet-Cookie: c=d\r\nx-B: 2\r\n\r\n" + OWN
    ),
    "bytes beyond ascii": case(
        b"HTTP/1.1 200 \xd6K\r\nX-Name: \xff\xfe\x01\x7f\r\nContent-Length: 8\r\n\r\n\x00\xff\n" + OWN,
        body=b"\x00\xff\n" + OWN,
    ),
    "control bytes in a value": _field(b"X: a\x01\x02\x08\x0b\x0c\x1b\x7fb"),
    "nul in a value": _field(b"X: a\x00b"),
    "nul in a name": _field(b"X\x00Y: a"),
    "control byte in a name": _field(b"X\x01Y: a"),
    "name beyond ascii": _field("Größe: 5".encode()),
    "bare carriage return in a value": _field(b"X: a\rb\r"),
    "no colon": _field(b"no colon here"),
    "no name": _field(b": value"),
    "empty value": _field(b"X:"),
    "space before a colon": _field(b"X-A : 1"),
    "space before the colon of the length": case(b"HTTP/1.1 200 OK\r\nContent-Length : 5\r\n\r\n" + OWN),
    "folded header": _field(b"X-Long: one\r\n\t two"),
    "folded to nothing": _field(b"X-Long: one\r\n "),
    "folded first header": case(ok(b" X-Odd: one\r\n\tX-Odd: two\r\nX-A: 1\r\n")),
    "line feeds only": case(b"HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Length: 5\n\n" + OWN),
    "line feeds and both": case(b"HTTP/1.1 200 OK\nX: 1\r\nContent-Length: 5\n\r\n" + OWN),
    "header line of 40 kB": _field(b"X: " + b"long " * 8000),
    "header line of 40 kB in parts": case(b"HTTP/1.1 200 OK\r\nX: ", *[b"long " * 1000] * 8, b"\r\n" + ok(b"")[17:]),
    "600 headers": case(ok(b"".join(b"X-%d: v\r\n" % number for number in range(600)))),
    "no reason": _status(b"HTTP/1.1 200"),
    "empty reason": _status(b"HTTP/1.1 200 "),
    "odd reason": _status(b"HTTP/1.1 200 \x00 200: \x1b[1m?"),
    "odd status": case(ok(b"", status=b"HTTP/1.1 299  Strange  Thing"), status=299),
    "blanks in the status line": _status(b"HTTP/1.1  200   OK"),
    "tab in the status line": _status(b"HTTP/1.1\t200\tOK"),
    "version in small letters": _status(b"http/1.1 200 OK"),
    "no version": _status(b"HTTP 200 OK"),
    "other version": _status(b"HTTP/2.0 200 OK"),
    "half a version": _status(b"HTTP/2 200 OK"),
    "icy": case(b"ICY 200 OK\r\nicy-name: radio\r\n\r\n" + OWN, end=End.CLOSE),
    "icy byte by byte": case(ok(b"", status=b"ICY 200 OK"), bytewise=True),
    "empty line first": case(b"\r\n" + ok(b"")),
    "empty lines first, byte by byte": case(b"\r\n\n\r\n" + ok(b""), bytewise=True),
    "http 0.9 on a used connection": Case(
        answers=(
            Answer(parts=(b"<p>" + OWN,), end=End.CLOSE, truncated=Truncation.UNSPECIFIED),
            Answer(parts=(b"<p>" + OWN,), end=End.CLOSE),
        ),
        body=b"<p>" + OWN,
        archived=False,  # there the order of pages is not ours
    ),
    "http 0.9 in parts": replace(case(b"<", b"p>" + OWN, end=End.CLOSE, body=b"<p>" + OWN), archived=False),
    "http 0.9 of two bytes": replace(case(b"hi", end=End.CLOSE, body=b"hi"), archived=False),
}
