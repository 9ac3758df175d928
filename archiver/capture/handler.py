"""Scrapy's HTTP/1.1 download handler with a recorder on the wire.

Scrapy's own signals give de-chunked bodies and normalised heads; here the connection's protocol notes every byte
written and read, and its parser reads what Twisted's own refuses. The pool tags each request with the list its
recordings go to, so Twisted's silent retry on a fresh connection is recorded too. When a download has ended, however
it ended, each recorded exchange is sent out with the signal ``exchange_ended``, before Scrapy sees the response.
"""

import sys
import tempfile
from contextvars import ContextVar
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, cast

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,  # pyright: ignore[reportPrivateUsage] - the protocol Scrapy itself uses
    _LenientHTTP11ClientProtocol,  # pyright: ignore[reportPrivateUsage] - the protocol Scrapy itself uses
)
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    DownloadCancelledError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    StopDownload,
)
from scrapy.http import Response
from twisted.internet.defer import Deferred
from twisted.internet.error import ConnectionDone
from twisted.internet.interfaces import IAddress
from twisted.internet.protocol import connectionDone
from twisted.python.failure import Failure
from twisted.web.client import HTTPConnectionPool

from archiver.capture.parser import LenientParser
from archiver.capture.recording import Recording, TeeTransport
from archiver.capture.signals import exchange_ended, recording_failed
from warc.errors import CannotStore
from warc.exchange import Truncation


class _Recording(Recording):
    """Knows besides how much of the request never left: a server may answer, and a client leave, before its end."""

    def __init__(self, transport: Any) -> None:
        super().__init__()
        self._transport = transport
        self._unsent = sys.maxsize

    def unsent(self) -> int:
        """How many bytes still wait to be sent, as long as the exchange is under way; asked for at every read.

        Never more than before: what waits later, as the end of a TLS session does, is no part of the request.
        """
        if self._unsent and self.active:
            self._unsent = min(self._unsent, _waiting(self._transport))
        return self._unsent


def _waiting(transport: Any) -> int:
    """Bytes that the kernel has not taken. Over TLS they count as encrypted, so rather a few too many than too few."""
    plain = sum(map(len, getattr(transport, "_appSendBuffer", ())))  # what a TLS layer has not encrypted yet
    buffered = len(getattr(transport, "dataBuffer", b"")) - getattr(transport, "offset", 0)
    return plain + buffered + int(getattr(transport, "_tempDataLen", 0))


_recordings: ContextVar[list[_Recording]] = ContextVar("recordings")


class RecordingDownloadHandler(HTTP11DownloadHandler):
    """Downloads over http and https and sends every exchange out as ``exchange_ended``."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        from twisted.internet import reactor  # noqa: PLC0415 - not before Scrapy has installed one

        pool: HTTPConnectionPool = _RecordingPool(reactor, persistent=True)  # type: ignore[no-untyped-call]
        pool.maxPersistentPerHost = self._pool.maxPersistentPerHost
        self._pool = pool

    async def download_request(self, request: Request) -> Response:
        recordings: list[_Recording] = []
        _recordings.set(recordings)  # the pool reads it before the first await inside
        error: BaseException | None = None
        try:
            return await super().download_request(request)
        except BaseException as caught:
            error = caught
            raise
        finally:
            self._send_out(request, recordings, error)

    def _send_out(self, request: Request, recordings: list[_Recording], error: BaseException | None) -> None:
        for recording in recordings:
            unsent = recording.unsent()
            recording.active = False
            if recording.failure:
                problem = CannotStore(Path(tempfile.gettempdir()), str(recording.failure.strerror))
                self._crawler.signals.send_catch_log(recording_failed, error=problem)
                continue
            if not recording.has_response:
                continue  # an attempt without one response byte is a failure, not a record
            ending = error if recording is recordings[-1] else None
            exchange = recording.exchange(
                request.url.partition("#")[0],
                truncated=_truncation(ending, recording),
                proxied=bool(request.meta.get("proxy")),
            )
            if unsent:
                sent = exchange.request
                exchange = replace(exchange, request=sent.until(max(0, sent.size - unsent)))
            self._crawler.signals.send_catch_log(exchange_ended, exchange=exchange, request=request)


def _truncation(error: BaseException | None, recording: Recording) -> Truncation | None:
    match error:
        case DownloadTimeoutError():
            return Truncation.TIME
        case StopDownload() | DownloadCancelledError():
            return Truncation.LENGTH
        case _ if recording.whole:
            return None
        case None | DownloadFailedError() | ResponseDataLossError() if not recording.unreadable:
            return Truncation.DISCONNECT
        case _:
            return Truncation.UNSPECIFIED


class _RecordingProtocol(_LenientHTTP11ClientProtocol):
    """One connection; records the exchange that is under way on it."""

    _recording: _Recording | None = None

    def request(self, request: Any) -> Deferred[Any]:
        first = self._recording is None
        recording = self._recording = _Recording(cast("Any", self.transport))
        request._recordings.append(recording)  # noqa: SLF001 - the tag that the pool put there
        request.writeTo = partial(_write_through_tee, request, recording)
        finished = cast("Deferred[Any]", super().request(request))
        parser = cast("Any", self._parser)
        parser.__class__ = LenientParser  # as Scrapy does: Twisted's protocol names the class that it makes
        parser.first_on_connection = first
        return finished

    def dataReceived(self, bytes: bytes) -> None:  # noqa: A002, N802 - Twisted's names
        if self._parser is None:  # no exchange is under way: such bytes would be read as the next response
            cast("Any", self.transport).abortConnection()
            return
        if self._recording and self._recording.active:
            self._recording.unsent()
            self._recording.received(bytes, cast("Any", self.transport))
        super().dataReceived(bytes)  # type: ignore[no-untyped-call]

    def _finishResponse(self, rest: bytes) -> None:  # noqa: N802 - Twisted's name
        if self._recording and (self._parser is not None or self._closed_by_peer):
            self._recording.finished(len(rest))
        unsent = self._recording is not None and self._recording.unsent() > 0
        if (rest or unsent) and self._currentRequest is not None:  # who sends more than was asked may go on so
            cast("Any", self._currentRequest).persistent = False
        super()._finishResponse(rest)
        if unsent:  # nobody waits for the rest of a request that was answered already (RFC 9112 section 9.5)
            cast("Any", self.transport).abortConnection()

    def _giveUp(self, reason: Failure) -> None:  # noqa: N802 - Twisted's name
        if self._recording:
            self._recording.given_up()
        super()._giveUp(reason)  # type: ignore[no-untyped-call]

    _closed_by_peer = False

    def connectionLost(self, reason: Failure = connectionDone) -> None:  # noqa: N802 - Twisted's name
        # Only a body without framing is reported as finished from here, and it is whole only at a clean end.
        self._closed_by_peer = isinstance(cast("Any", reason).value, ConnectionDone)
        super().connectionLost(reason)  # type: ignore[no-untyped-call]
        if self._recording:
            self._recording.active = False


def _write_through_tee(request: Any, recording: Recording, transport: Any) -> Any:
    write_to = cast("Any", type(request)).writeTo
    return write_to(request, TeeTransport(transport, recording))


class _RecordingFactory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: IAddress | None) -> _RecordingProtocol:  # noqa: N802 - Twisted's name
        del addr
        return _RecordingProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


class _RecordingPool(HTTPConnectionPool):
    """Tags what is requested over its connections with the recordings of the download at hand."""

    _factory = _RecordingFactory

    def getConnection(self, key: Any, endpoint: Any) -> Deferred[Any]:  # noqa: N802 - Twisted's name
        recordings = _recordings.get()
        connected: Deferred[Any] = super().getConnection(key, endpoint)
        return connected.addCallback(_TaggingConnection, recordings)


class _TaggingConnection:
    """A connection as Twisted's agent sees it: takes one request."""

    def __init__(self, connection: Any, recordings: list[_Recording]) -> None:
        self._connection = connection
        self._recordings = recordings

    def request(self, request: Any) -> Any:
        request._recordings = self._recordings  # noqa: SLF001 - a retry on another connection finds it there
        return self._connection.request(request)
