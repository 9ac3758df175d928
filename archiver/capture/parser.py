"""Reads responses that a strict parser refuses, so that what a browser would show is downloaded too.

Knows Twisted's parser and changes what Scrapy is told, never the bytes that are kept. What cannot be read even so ends
in an exception, and the protocol gives up. Sections are those of RFC 9112.
"""

import re
from typing import Any, cast

from scrapy.core.downloader.handlers.http11 import (
    _LenientHTTPClientParser,  # pyright: ignore[reportPrivateUsage] - passes over lines without a colon
)
from twisted.web._newclient import HEADER, STATUS, ParseError
from twisted.web.http import (
    _ChunkedTransferDecoder,  # pyright: ignore[reportPrivateUsage] - its states are what is to be loosened
    _IdentityTransferDecoder,  # pyright: ignore[reportPrivateUsage] - the one that Twisted's parser uses
    _MalformedChunkedDataError,  # pyright: ignore[reportPrivateUsage] - what the decoder itself raises
)
from twisted.web.http_headers import InvalidHeaderName

MAX_HEAD_BYTES = 1 << 20
"""Of all heads of one response together; without an end to it a server could fill our memory with header lines."""
_MAX_CHUNK_LINE_BYTES = 1 << 16
_STATUS_LINE = re.compile(rb"(?:HTTP|ICY)(?:/([\d.]+))?\s+(\d{3})\b[ \t]*(.*)", re.IGNORECASE | re.DOTALL)
_CHUNK_LINE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,16})[ \t]*(?:;.*)?", re.DOTALL)
_LENGTH = re.compile(rb"\d{1,18}")


class _UpTo(_IdentityTransferDecoder):
    """Ends at that length, or where the server closes before."""

    def noMoreData(self) -> None:  # noqa: N802 - Twisted's name
        if self.contentLength:
            self.contentLength = None
        super().noMoreData()  # type: ignore[no-untyped-call]


class _LenientChunks(_ChunkedTransferDecoder):
    """Section 2.2 lets a single LF end a line of a head; servers that do so end the lines of chunks alike."""

    def _line(self, limit: int) -> bytes | None:
        """The next line without its end, taken off the buffer; None where more has to come."""
        end = self._buffer.find(b"\n", self._start)
        if max(end, len(self._buffer) if end < 0 else 0) > limit:
            raise _MalformedChunkedDataError(f"a line of more than {limit} bytes")
        if end < 0:
            self._start = len(self._buffer)
            return None
        line = bytes(self._buffer[:end]).removesuffix(b"\r")
        del self._buffer[: end + 1]
        self._start = 0
        return line

    def _dataReceived_CHUNK_LENGTH(self) -> bool:  # noqa: N802 - Twisted's name
        line = self._line(_MAX_CHUNK_LINE_BYTES)
        if line is None:
            return False
        match = _CHUNK_LINE.fullmatch(line)
        if match is None:
            raise _MalformedChunkedDataError(f"no size of a chunk: {line[:80]!r}")
        self.length = int(match[1], 16)
        self.state = "BODY" if self.length else "TRAILER"
        return True

    def _dataReceived_CRLF(self) -> bool:  # noqa: N802 - Twisted's name
        line = self._line(1)
        if line is None:
            return False
        if line:
            raise _MalformedChunkedDataError("a chunk that does not end where it should")
        self.state = "CHUNK_LENGTH"
        return True

    def _dataReceived_TRAILER(self) -> bool:  # noqa: N802 - Twisted's name
        line = self._line(self._maxTrailerHeadersSize)
        if line is None:
            return False
        self._receivedTrailerHeadersSize += len(line)
        if self._receivedTrailerHeadersSize > self._maxTrailerHeadersSize:
            raise _MalformedChunkedDataError("trailers too large")
        if line:
            return True
        rest = bytes(self._buffer)
        self._buffer.clear()
        self.state = "FINISHED"
        self.finishCallback(rest)
        return False


def _begins_a_head(beginning: bytes) -> bool | None:
    """None where too little has come to tell."""
    word = beginning.lstrip(b"\r\n")[:4].upper()
    if word in (b"HTTP", b"ICY "):
        return True
    return None if b"HTTP".startswith(word) or b"ICY ".startswith(word) else False


class LenientParser(_LenientHTTPClientParser):
    """Stands in for a parser that was made already, so it has no constructor of its own."""

    MAX_LENGTH = MAX_HEAD_BYTES
    _transferDecoders = {b"chunked": _LenientChunks}  # noqa: N815, RUF012 - Twisted's name and form
    first_on_connection = False
    """Whether nothing was read from this connection before: only then may a response have no head (HTTP/0.9)."""
    _head_bytes = 0
    _most: int | None = None

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 - Twisted's name
        if self.state == STATUS:
            beginning = self._buffer + data
            is_head = _begins_a_head(beginning)
            if is_head is None and len(beginning) < MAX_HEAD_BYTES:
                self._everReceivedData, self._buffer = True, beginning
                return
            if is_head is False:
                self._begin_without_head(data)
        super().dataReceived(data)  # type: ignore[no-untyped-call]
        if self.state == STATUS and _begins_a_head(self._buffer) is False:  # behind an interim head
            self._begin_without_head(self._buffer)

    def _begin_without_head(self, data: bytes) -> None:
        """HTTP/0.9: all is body. On a connection in use it would rather be the end of what was asked for before."""
        if self._head_bytes or not self.first_on_connection or cast("Any", self.request).method == b"HEAD":
            raise ParseError("no status line", data)  # type: ignore[no-untyped-call]
        self.statusReceived(b"HTTP/0.9 200 OK")
        self.allHeadersReceived()

    def lineReceived(self, line: bytes) -> None:  # noqa: N802 - Twisted's name
        if self.state == STATUS and not line.strip():
            return  # section 2.2: empty lines before the start line
        self._head_bytes += len(line) + 1
        if self._head_bytes > MAX_HEAD_BYTES:
            self.lineLengthExceeded(line)
        if self.state == HEADER and cast("Any", self._partialHeader) is None and line[:1] in (b" ", b"\t"):
            return  # section 2.2: a line that begins with a blank right behind the start line is passed over
        super().lineReceived(line)

    def lineLengthExceeded(self, line: bytes) -> None:  # noqa: N802 - Twisted's name
        raise ParseError("head too large", line[:80])  # type: ignore[no-untyped-call]

    def statusReceived(self, status: bytes) -> None:  # noqa: N802 - Twisted's name
        """Section 4: words are set apart by any white space; the reason is nobody's business. ICY is SHOUTcast's."""
        match = _STATUS_LINE.match(status)
        if match is None:
            raise ParseError("no status", status)  # type: ignore[no-untyped-call]
        version = match[1] if match[1] and re.fullmatch(rb"\d\.\d", match[1]) else b"1.0"
        super().statusReceived(b"HTTP/%s %s %s" % (version, match[2], match[3]))  # type: ignore[no-untyped-call]

    def headerReceived(self, name: bytes, value: bytes) -> None:  # noqa: N802 - Twisted's name
        """Section 5.1: blanks before the colon are taken off. What is no token then means nothing to us."""
        try:  # noqa: SIM105 - a context manager would cost more than the rest, for each line of each head
            super().headerReceived(name.rstrip(b" \t"), value)  # type: ignore[no-untyped-call]
        except InvalidHeaderName:
            pass

    def allHeadersReceived(self) -> None:  # noqa: N802 - Twisted's name
        self._most = None
        codings = self._transfer_codings()
        if codings:
            self._settle_codings(codings)
        else:
            self._settle_length()
        super().allHeadersReceived()  # type: ignore[no-untyped-call]

    def _transfer_codings(self) -> list[bytes]:
        values = self.connHeaders.getRawHeaders(b"Transfer-Encoding") or ()
        self.connHeaders.removeHeader(b"Transfer-Encoding")
        names = [one.partition(b";")[0].strip().lower() for value in values for one in value.split(b",")]
        return [name for name in names if name not in (b"", b"identity")]

    def _settle_codings(self, codings: list[bytes]) -> None:
        """Section 6.3: a body ends with its chunks only if chunked came last, else where the server closes.

        Other codings are handed to Scrapy as content codings, the outermost last: it can take those off.
        """
        if codings[-1] == b"chunked":
            self.connHeaders.setRawHeaders(b"Transfer-Encoding", [b"chunked"])
        self.connHeaders.removeHeader(b"Content-Length")
        for coding in codings:
            if coding != b"chunked":
                self.headers.addRawHeader(b"Content-Encoding", coding)

    def _settle_length(self) -> None:
        """Section 6.3 has us drop a response whose length is in doubt; an archive keeps what came.

        No length that could be meant: the body ends where the server closes. Several: at the largest of them, or
        where the server closes before.
        """
        said = self.connHeaders.getRawHeaders(b"Content-Length") or ()
        values = [one.strip(b" \t") for value in said for one in value.split(b",")]
        lengths = {int(value) for value in values if _LENGTH.fullmatch(value)}
        if not values or (len(lengths) == 1 and all(map(_LENGTH.fullmatch, values))):
            return
        self.connHeaders.removeHeader(b"Content-Length")
        self.request.persistent = False
        self._most = max(lengths, default=None)

    def switchToBodyMode(self, decoder: _IdentityTransferDecoder) -> None:  # noqa: N802 - Twisted's name
        if self._most:
            decoder = _UpTo(self._most, decoder.dataCallback, decoder.finishCallback)  # type: ignore[no-untyped-call]
        super().switchToBodyMode(decoder)  # type: ignore[no-untyped-call]
