"""RSS, Atom and JSON-less cousins: the page URLs that a fetched feed lists. Parses bytes, fetches nothing."""

import io
from typing import Any
from urllib.parse import urljoin

import feedparser


class NoFeed(ValueError):
    """The bytes are no feed: nothing in them reads as one."""


def feed_links(body: bytes, *, url: str) -> tuple[str, ...]:
    """Absolute http(s) links of the feed's items in feed order, once each. Raises NoFeed."""
    # A str would be fetched and a path opened by feedparser; a stream is neither.
    feed = feedparser.parse(
        io.BytesIO(body), response_headers={"content-location": url}, sanitize_html=False, resolve_relative_uris=False
    )
    entries: list[Any] = feed.get("entries", [])
    if not entries and not feed.get("version"):
        raise NoFeed("no feed: the answer holds neither RSS nor Atom")
    links = (urljoin(url, str(entry["link"])) for entry in entries if entry.get("link"))
    return tuple(dict.fromkeys(link for link in links if link.startswith(("http://", "https://"))))
