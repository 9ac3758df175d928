"""The conformance table: what a server answers, byte for byte, and what must be kept of it."""

from dataclasses import replace

from tests.capture.cut import CUT, NOTHING
from tests.capture.heads import HEADS
from tests.capture.model import BY_PROXY, OWN, Answer, Case, End, case, chunks, ok
from tests.capture.zipped import UNZIPPED, ZIPPED

PLAIN = ok(b"Content-Type: text/html\r\n")
_CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
_REDIRECT = b"HTTP/1.1 %d Moved\r\nLocation: %s\r\nContent-Length: 5\r\n\r\n" + OWN
_GARBAGE = b"HTTP/1.1 200 Stray\r\nContent-Length: 5\r\n\r\nstray"
_LATE_BYTES = b"stray bytes"
_SIX_MB = OWN + b"six megabytes " * 430_000
REUSES = {
    f"reuse {number:03}": Case(answers=(Answer(parts=(PLAIN,)),), archived=number < 3)  # one run of many is enough
    for number in range(101)
}

_BODIES: dict[str, Case] = {
    "plain": case(PLAIN),
    "byte by byte": case(PLAIN, bytewise=True),
    "http 1.0": case(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + OWN, end=End.CLOSE),
    "http 0.9": case(b"<p>\r\n\r\n" + OWN, end=End.CLOSE, body=b"<p>\r\n\r\n" + OWN),
    "close-delimited": case(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", OWN, end=End.CLOSE),
    "no body": case(ok(b"", b""), body=b""),
    "same length twice": case(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\n" + OWN),
    "same length listed": case(b"HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\n" + OWN),
    "lengths that differ, then closed": case(
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\nContent-Length: 5\r\n\r\n" + OWN, end=End.CLOSE
    ),
    "lengths that differ, left open": case(b"HTTP/1.1 200 OK\r\nContent-Length: 3, 5\r\n\r\n" + OWN),
    "length that is no number": case(b"HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\n" + OWN, end=End.CLOSE),
    "negative length": case(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n" + OWN, end=End.CLOSE),
    "chunked": case(_CHUNKED + b"\r\n" + chunks(OWN + b", <p>hello"), body=OWN + b", <p>hello"),
    "chunk extension and trailer": case(
        _CHUNKED + b"Trailer: X-Sum\r\n\r\n5;name=value\r\n" + OWN + b"\r\n0\r\nX-Sum: 1\r\nX-More: 2\r\n\r\n"
    ),
    "chunk extension of 4 kB": case(_CHUNKED + b"\r\n5;a=" + b"b" * 4096 + b"\r\n" + OWN + b"\r\n0\r\n\r\n"),
    "chunk size with leading zeros": case(_CHUNKED + b"\r\n0005\r\n" + OWN + b"\r\n000\r\n\r\n"),
    "chunk size with blanks": case(_CHUNKED + b"\r\n 5 \t\r\n" + OWN + b"\r\n0 ; a\r\n\r\n"),
    "chunks byte by byte": case(_CHUNKED + b"\r\n5;a=b\r\n" + OWN + b"\r\n0\r\nX-Sum: 1\r\n\r\n", bytewise=True),
    "chunks with line feeds only": case(
        _CHUNKED + b"\r\n" + chunks(OWN + b", hello").replace(b"\r\n", b"\n"), body=OWN + b", hello"
    ),
    "chunks with line feeds only, byte by byte": case(
        _CHUNKED.replace(b"\r\n", b"\n") + b"\n5\n" + OWN + b"\n0\nX-Sum: 1\n\n", bytewise=True
    ),
    "chunked in capitals": case(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n" + chunks(OWN)),
    "chunked with a length": case(_CHUNKED + b"Content-Length: 3\r\n\r\n" + chunks(OWN)),
    "length with chunked": case(
        b"HTTP/1.1 200 OK\r\nContent-Length: 30\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks(OWN)
    ),
    "identity as transfer coding": case(ok(b"Transfer-Encoding: identity\r\n")),
    "unknown transfer coding": case(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: rot13\r\n\r\n" + OWN, end=End.CLOSE),
    "gzip": case(ok(b"Content-Encoding: gzip\r\n", ZIPPED), body=UNZIPPED),
    "gzip in chunks": case(_CHUNKED + b"Content-Encoding: gzip\r\n\r\n" + chunks(ZIPPED, 23), body=UNZIPPED),
    "gzip as transfer coding": replace(  # archived by one scheme only: the same payload again would be a revisit
        case(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n" + chunks(ZIPPED, 23), body=UNZIPPED),
        schemes=("http",),
    ),
    "transfer codings in two lines": replace(
        case(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks(ZIPPED, 23),
            body=UNZIPPED,
        ),
        archived=False,
    ),
    "connection close": case(ok(b"Connection: close\r\n"), end=End.CLOSE),
    "6 MB": Case(answers=(Answer(parts=(ok(b"", _SIX_MB),)),), body=None),
    "6 MB in chunks": Case(
        answers=(Answer(parts=(_CHUNKED + b"\r\n" + chunks(_SIX_MB, 50_000),)),), body=None, archived=False
    ),
}

_EXCHANGES: dict[str, Case] = {
    "closed while idle": case(PLAIN, end=End.CLOSE),
    "after closed while idle": case(PLAIN),
    "closed at the next request": Case(answers=(Answer(parts=(), end=End.CLOSE), Answer(parts=(PLAIN,)))),
    "204": case(b"HTTP/1.1 204 No Content\r\nX: y\r\n\r\n", status=204, body=b""),
    "304 with length": case(
        b'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\nContent-Length: 5000\r\n\r\n', status=304, body=b""
    ),
    "head": Case(
        answers=(Answer(parts=(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n",)),),
        method="HEAD",
        body=b"",
        archived=False,
    ),
    "head of chunked": Case(answers=(Answer(parts=(_CHUNKED + b"\r\n",)),), method="HEAD", body=b"", archived=False),
    "100": case(b"HTTP/1.1 100 Continue\r\n\r\n", PLAIN),
    "103 and 102": case(
        b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 102 Processing\r\nX: y\r\n\r\n" + PLAIN
    ),
    "103 byte by byte": case(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + PLAIN, bytewise=True),
    "404": case(ok(b"", status=b"HTTP/1.1 404 Not Found"), status=404),
    "503 twice then 200": Case(
        answers=(
            *[Answer(parts=(ok(b"Retry-After: 0\r\n", status=b"HTTP/1.1 503 Busy"),))] * 2,
            Answer(parts=(PLAIN,)),
        )
    ),
    "post of 3 MB": Case(answers=(Answer(parts=(PLAIN,)),), method="POST", sent=3_000_000, archived=False),
    "early 413": Case(
        answers=(Answer(parts=(ok(b"", status=b"HTTP/1.1 413 Too Large"),), early=True),),
        method="POST",
        sent=9_000_000,  # more than all buffers between will take
        status=413,
        archived=False,
    ),
    "after early 413": case(PLAIN),
    "trailing garbage at once": case(PLAIN + _GARBAGE, trailing=len(_GARBAGE)),
    "after garbage at once": case(PLAIN),
    "trailing garbage later": Case(
        answers=(Answer(parts=(PLAIN, _LATE_BYTES), trailing=len(_LATE_BYTES)),),
        archived=False,  # what is asked next would decide
    ),
    "after garbage later": case(PLAIN),
    "204 with a body": case(b"HTTP/1.1 204 No Content\r\n\r\nbody", trailing=4, status=204, body=b""),
    "redirect": Case(  # what is read in the end stands elsewhere
        answers=(Answer(parts=(_REDIRECT % (301, b"/redirect-again"),)),), body=None
    ),
    "redirect to nowhere": Case(
        answers=(Answer(parts=(_REDIRECT % (302, b"http://127.0.0.1:1/"),)),), error="DownloadConnectionRefusedError"
    ),
    "redirect again": case(_REDIRECT % (302, b"/redirected"), status=302),
    "redirected": case(PLAIN),
    **REUSES,
}

WHOLE = _BODIES | HEADS | _EXCHANGES
REACHED_BY_REDIRECT = {"redirect again", "redirected"}
CASES = WHOLE | CUT | NOTHING
_PROXIED = {
    "plain", "byte by byte", "chunked", "gzip in chunks", "close-delimited", "space before a colon", "line feeds only",
    "304 with length", "103 and 102", "503 twice then 200", "post of 3 MB", "redirect", "redirect again", "redirected",
    "trailing garbage at once", "after garbage at once", "length not reached", "reset in a chunk",
    "closed before a byte",
}  # fmt: skip


def schemes_of(name: str) -> tuple[str, ...]:
    return CASES[name].schemes + (BY_PROXY if name in _PROXIED else ())


def path_of(name: str) -> str:
    return "/" + name.replace(" ", "-").replace(",", "")


BY_PATH = {path_of(name): one for name, one in CASES.items()}
