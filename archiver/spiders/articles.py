"""What to request: the pages given by hand, or the sources' listings and every page of theirs that is due."""

import logging
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import Any, Self, cast

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    UsageError,
)
from scrapy.http import Headers, Response, TextResponse
from scrapy.responsetypes import responsetypes
from twisted.python.failure import Failure

from archiver.capture.conditional import ASKED_FOR, CONDITIONAL
from archiver.capture.recorder import RECORD_ID
from archiver.config import FeedSource, ListSource, SectionSource, source_url
from archiver.discovery.feed import NoFeed, feed_links
from archiver.discovery.section import section_links
from archiver.folder import open_folder
from archiver.ingest import ingest_new
from archiver.session import Session
from archiver.settings import for_archive
from db.frontier import DuePage
from db.ids import page_id
from warc.coding import UndecodableContent
from warc.errors import WarcError

logger = logging.getLogger(__name__)
_OK = 200
_NOT_MODIFIED = 304
_AT_ONCE = 1000
"""Pages taken from the frontier at a time: enough for a mix of hosts."""


class ArticlesSpider(Spider):
    """``scrapy crawl articles -a urls=URL,URL -s ARCHIVE_DIR=DIR``, or with a session from a command.

    ``outcomes`` says for each page given by hand the id of its final record, ``failures`` the reason there is none;
    both by page id.
    """

    name = "articles"

    def __init__(self, *, session: Session, urls: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.session = session
        self.urls = tuple(urls)
        self.outcomes: dict[str, str] = {}
        self.failures: dict[str, str] = {}
        self._requested: set[str] = set()
        self._open: set[str] = set()
        self._listings: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        if "session" in kwargs:
            return super().from_crawler(crawler, *args, **kwargs)
        directory = crawler.settings.get("ARCHIVE_DIR")
        urls = [url for url in str(kwargs.pop("urls", "")).split(",") if url]
        if not directory or not urls:
            raise UsageError("usage: scrapy crawl articles -a urls=URL,URL -s ARCHIVE_DIR=DIR")
        folder = open_folder(Path(directory))
        crawler.settings.update(for_archive(folder.config, obey_robots=False), priority="spider")
        session = Session(folder, command="scrapy")
        spider = super().from_crawler(crawler, *args, session=session, urls=urls, **kwargs)
        crawler.signals.connect(spider.end_of_own_session, signals.engine_stopped)
        return spider

    def end_of_own_session(self) -> None:
        """Do what the commands do after a run, where Scrapy itself started the spider."""
        if not self.session.failure:
            self.session.commit()
            ingest_new(self.session.folder, self.session.database)
        self.session.close("failed" if self.session.failure else "finished")

    async def start(self) -> AsyncIterator[Request]:
        """The pages given, the listings, and then what is due, some at a time: a frontier of any size fits."""
        try:
            for request in self._first_requests():
                yield request
            while True:
                requests = self._due_now()
                for request in requests:
                    yield request
                if not requests and not self._listings:
                    return
                await self.crawler.signals.wait_for(signals.scheduler_empty)
        except Exception as error:  # Scrapy would log it and call the run a success
            self.session.failure = error
            raise

    def _first_requests(self) -> Iterable[Request]:
        for url in self.urls:
            yield from self._page(url, page_id(url), source=None, via=None)
        for name, source in self.session.sources.items():
            if isinstance(source, ListSource):
                self.session.discovered(name, source.urls)
            else:
                self._listings.add(name)
                yield self._listing(name, source)

    def _due_now(self) -> list[Request]:
        if not self.session.sources or self.session.failure:
            return []
        self.session.commit()  # what has ended is not due any more
        due = self.session.due(self.session.sources, limit=_AT_ONCE + len(self._open))
        return [request for page in due for request in self._due_page(page)]

    def _due_page(self, page: DuePage) -> Iterable[Request]:
        source = self.session.sources.get(page.source or "")
        listed = page.last_captured is None and source is not None and not isinstance(source, ListSource)
        via = source_url(source) if source is not None and listed else None
        yield from self._page(page.url, page.page_id, source=page.source, via=via, known=page.last_captured is not None)

    def _listing(self, name: str, source: FeedSource | SectionSource) -> Request:
        return Request(
            source.url,
            callback=self.parse_listing,
            errback=self.listing_failed,
            cb_kwargs={"name": name},
            meta={"source": name, CONDITIONAL: True},
            dont_filter=True,
            priority=1,
        )

    def parse_listing(self, response: Response, name: str) -> Iterable[Request]:
        self._listings.discard(name)
        source = self.session.sources[name]
        if response.status == _NOT_MODIFIED and ASKED_FOR in response.meta:
            stored = self._as_stored(response)
            if stored is None:  # the file that holds it is gone or damaged: ask again for all of it
                self._listings.add(name)
                yield response.request.replace(meta={"source": name}, dont_filter=True)  # type: ignore[union-attr]
                return
            response = stored
        if response.status != _OK:
            self.session.source_failed(name, response.url, f"answered {response.status}")
            return
        try:
            links = _links(source, response)
        except NoFeed as error:
            self.session.source_failed(name, response.url, str(error))
            return
        except Exception as error:  # a listing that breaks its parser must not end the run, nor go unseen
            logger.exception("listing of source %s", name)
            self.session.source_failed(name, response.url, f"{type(error).__name__}: {error}")
            return
        if not links and not isinstance(source, FeedSource):  # a feed may be empty; a section without links has changed
            self.session.source_failed(name, response.url, "no links to articles found; see its setting `links`")
            return
        self.session.discovered(name, links)

    def _as_stored(self, response: Response) -> Response | None:
        """The answer that the server says has not changed, out of the archive."""
        try:
            capture = self.session.stored_answer(response.meta[ASKED_FOR])
            if capture is None:
                return None
            body = capture.body
        except (WarcError, UndecodableContent):
            return None
        headers = Headers({"Content-Type": capture.head.first("Content-Type") or ""})
        made = responsetypes.from_args(headers=headers, url=response.url, body=body)
        return made(response.url, status=_OK, headers=headers, body=body, request=response.request)

    def listing_failed(self, failure: Failure) -> None:
        request = cast("Request", cast("Any", failure).request)
        self._listings.discard(request.cb_kwargs["name"])
        if self.session.failure:
            return
        self.session.source_failed(request.cb_kwargs["name"], request.url, reason_of(failure))

    def _page(
        self, url: str, identity: str, *, source: str | None, via: str | None, known: bool = True
    ) -> Iterable[Request]:
        """``known``: the page may have been captured before, and can be asked for conditionally."""
        limit = self.session.folder.config.crawl.max_pages if source else 0  # who names pages wants them all
        if identity in self._requested or (limit and len(self._requested) >= limit):
            return
        self._requested.add(identity)
        self._open.add(identity)
        try:
            # dont_filter: a redirect to a page already fetched must still come back to the page that was asked for
            yield Request(
                url,
                callback=self.parse_page,
                errback=self.page_failed,
                cb_kwargs={"url": url, "page": identity},
                meta={"source": source, "via": via, CONDITIONAL: known},
                dont_filter=True,
            )
        except ValueError as error:  # listings link to all sorts of things
            self._ended(url, identity, None, f"not a valid URL: {error}")

    def parse_page(self, response: Response, url: str, page: str) -> None:
        self._ended(url, page, response.meta.get(RECORD_ID), "nothing was stored")

    def page_failed(self, failure: Failure) -> None:
        request = cast("Request", cast("Any", failure).request)
        self._ended(**request.cb_kwargs, record_id=request.meta.get(RECORD_ID), reason=reason_of(failure))

    def _ended(self, url: str, page: str, record_id: str | None, reason: str) -> None:
        self._open.discard(page)
        if self.session.failure:  # the disk refused, not the site: the page stays due
            return
        if record_id:
            if self.urls:  # a scheduled run has more of them than anybody wants to know
                self.outcomes[page] = record_id
            self.session.page_captured(url, page)
        else:
            if self.urls:
                self.failures[page] = reason
            self.session.page_failed(url, reason)


def _links(source: Any, response: Response) -> tuple[str, ...]:
    if isinstance(source, FeedSource):
        return feed_links(response.body, url=response.url)
    encoding = response.encoding if isinstance(response, TextResponse) else None
    return section_links(response.body, url=response.url, encoding=encoding, pattern=source.links)


_REASONS: dict[type[Exception], str] = {
    CannotResolveHostError: "the host's name cannot be resolved",
    DownloadConnectionRefusedError: "the host refused the connection",
    DownloadTimeoutError: "the host did not answer in time",
    DownloadFailedError: "the connection broke",
    DownloadCancelledError: "the answer is larger than crawl.max_body_mb",
}


def reason_of(failure: Failure) -> str:
    """One line that says why there is no answer."""
    error = cast("Exception", failure.value)
    known = _REASONS.get(type(error))
    if known:
        return known
    text = " ".join(str(error).split())
    if isinstance(error, IgnoreRequest):
        return text
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
