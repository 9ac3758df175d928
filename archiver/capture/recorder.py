"""Scrapy extension: stores each recorded exchange through the spider's session before Scrapy goes on."""

import logging
from typing import TYPE_CHECKING, Any, Final, Self, cast

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from twisted.internet.task import LoopingCall
from twisted.python.failure import Failure

from archiver.capture.conditional import ASKED_FOR
from archiver.capture.signals import exchange_ended, recording_failed
from warc.exchange import Exchange

if TYPE_CHECKING:
    from archiver.session import Session

logger = logging.getLogger(__name__)
_FLUSH_S: Final = 0.5
"""How often captures that are on disk are acknowledged."""

RECORD_ID: Final = "record_id"
"""Key in ``Request.meta``: the id of the record that holds the latest answer to this request."""


class Recorder:
    """A full disk stops the run; nothing that could not be stored is acknowledged."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._session: Session | None = None
        self._flushing = LoopingCall(self._flush)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        recorder = cls(crawler)
        crawler.signals.connect(recorder.spider_opened, signals.spider_opened)
        crawler.signals.connect(recorder.forget, signals.request_reached_downloader)
        crawler.signals.connect(recorder.store, exchange_ended)
        crawler.signals.connect(recorder.recording_failed, recording_failed)
        crawler.signals.connect(recorder.spider_error, signals.spider_error)
        crawler.signals.connect(recorder.engine_stopped, signals.engine_stopped)
        return recorder

    def spider_opened(self, spider: Spider) -> None:
        self._session = getattr(spider, "session", None)
        if self._session is None:
            logger.warning("spider %s has no archive session: nothing it fetches is stored", spider.name)
        else:
            self._flushing.start(_FLUSH_S, now=False)

    def engine_stopped(self) -> None:
        if self._flushing.running:
            self._flushing.stop()

    @staticmethod
    def forget(request: Request) -> None:
        """Drop the record of an earlier attempt: Scrapy copies ``meta`` over redirects and retries."""
        request.meta.pop(RECORD_ID, None)

    def store(self, exchange: Exchange, request: Request) -> None:
        session = self._session
        if session is None or session.failure:
            return
        try:
            capture = session.store_exchange(
                exchange,
                source=request.meta.get("source"),
                via=_via(request),
                asked_for=request.meta.get(ASKED_FOR),
            )
        except Exception as error:  # noqa: BLE001 - Scrapy would swallow it, and the run would look well
            self._fail(session, error)
        else:
            request.meta[RECORD_ID] = capture.record.id

    def recording_failed(self, error: Exception) -> None:
        """A response too large for memory found no room in the temporary folder."""
        if self._session and not self._session.failure:
            self._fail(self._session, error)

    def _flush(self) -> None:
        session = self._session
        if session is None or session.failure:
            return
        try:
            session.flush()
        except Exception as error:  # noqa: BLE001 - the loop would end without a word
            self._fail(session, error)

    def spider_error(self, failure: Failure) -> None:
        """End the run with what went wrong in the spider; Scrapy would log it and call the run a success."""
        if self._session and not self._session.failure:
            self._fail(self._session, cast("Exception", cast("Any", failure).value))

    def _fail(self, session: "Session", error: Exception) -> None:
        session.failure = error
        logger.error("stopping: %s", error)
        from scrapy.utils.defer import deferred_from_coro  # noqa: PLC0415 - installs no reactor before Scrapy does

        engine: Any = self._crawler.engine
        deferred_from_coro(engine.close_spider_async(reason="failed"))


def _via(request: Request) -> str | None:
    """The page that led here: the redirect before, else what the spider says."""
    redirects = request.meta.get("redirect_urls")
    return redirects[-1] if redirects else request.meta.get("via")
