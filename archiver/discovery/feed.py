"""RSS, Atom and JSON-less cousins: the page URLs that a fetched feed lists. Parses bytes, fetches nothing."""

import io
from typing import Any

import feedparser

from archiver.weburl import absolute_link


class NoFeed(ValueError):
    """The bytes are no feed: nothing in them reads as one."""


def feed_links(body: bytes, *, url: str) -> tuple[str, ...]:
    """Absolute http(s) links of the feed's items in feed order, once each. Raises NoFeed."""
    # A str would be fetched and a path opened by feedparser; a stream is neither.
    try:
        feed = feedparser.parse(
            io.BytesIO(body),
            response_headers={"content-location": url},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:  # on broken bytes it raises what its parsers and codecs raise
        raise NoFeed(f"no feed: the answer cannot be read: {error}") from error
    entries: list[Any] = feed.get("entries", [])
    if not entries and not feed.get("version"):
        raise NoFeed("no feed: the answer holds neither RSS nor Atom")
    links = (absolute_link(url, str(entry["link"])) for entry in entries if entry.get("link"))
    return tuple(dict.fromkeys(link for link in links if link))
