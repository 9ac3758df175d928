"""Scrapy downloader middleware: asks for a page with the validators of its last capture (RFC 9110 section 13.1).

Where the server answers 304, nothing is downloaded, and a revisit is stored. Only requests that say so are asked so
(``CONDITIONAL`` in their meta): whoever reads the answer must know where to find the page. Runs for each hop of a
redirect, so that no URL is asked for with another one's validators.
"""

from typing import TYPE_CHECKING, Final, Self

from scrapy import Request
from scrapy.crawler import Crawler

from db.repeats import Validators

if TYPE_CHECKING:
    from archiver.session import Session

CONDITIONAL: Final = "conditional"
"""Key in ``Request.meta``: True where the sender can do with a 304."""

ASKED_FOR: Final = "asked_for"
"""Key in ``Request.meta``: the id of the record whose validators were sent."""

_HEADERS: Final = ("If-None-Match", "If-Modified-Since")


class ConditionalRequests:
    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        request.meta.pop(ASKED_FOR, None)
        for name in _HEADERS:  # a redirect copies them, and so does who asks again for all of it
            request.headers.pop(name, None)
        if not request.meta.get(CONDITIONAL):
            return
        session: Session | None = getattr(self._crawler.spider, "session", None)
        known = session.validators(request.url) if session else None
        if known is not None:
            request.headers.update(conditional_headers(known))
            request.meta[ASKED_FOR] = known.record_id


def conditional_headers(known: Validators) -> dict[str, bytes]:
    """A server that did not know its own entity tag again (weak, or changed with each answer) is asked by date alone.

    With both headers it would have to heed the tag and ignore the date (RFC 9110 section 13.2.2).
    """
    values = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    if known.last_modified and known.came_unchanged:
        values["If-None-Match"] = None
    return {name: value.encode("latin-1", "ignore") for name, value in values.items() if value}
