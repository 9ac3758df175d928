"""Section and front pages: which of their links lead to articles. Parses bytes, fetches nothing.

Without a pattern, a link counts as an article's if it stays on the page's host and its path looks like one: a date,
a number of five digits and more, or a slug of four words and more.
"""

import re
from urllib.parse import urlsplit

from lxml import etree, html

from archiver.weburl import absolute_link

_DATE_OR_NUMBER = re.compile(r"/(?:19|20)\d\d/(?:0?[1-9]|1[0-2])(?:/|\b)|\d{5,}", re.ASCII)
_SLUG_WORDS = 4
_OTHER = re.compile(
    r"/(?:tag|tags|category|author|feed|wp-json|wp-content|wp-admin|search|page/\d+)(?:/|$)"
    r"|\.(?:jpe?g|png|gif|svg|webp|pdf|zip|mp[34]|xml|json|css|js)$",
    re.IGNORECASE,
)


def section_links(body: bytes, *, url: str, encoding: str | None, pattern: str | None) -> tuple[str, ...]:
    """Absolute links in document order, once each, fragments dropped. ``pattern`` decides alone where it is given."""
    try:
        tree = html.document_fromstring(body, parser=html.HTMLParser(encoding=encoding))
    except (etree.LxmlError, ValueError, LookupError):  # empty, not parsable, or an unknown encoding
        return ()
    base = next((absolute_link(url, str(one)) for one in tree.xpath("//base/@href")), None) or url
    links = (absolute_link(base, str(href)) for href in tree.xpath("//a/@href"))
    return tuple(dict.fromkeys(link for link in links if link and _wanted(link, url, pattern)))


def _wanted(link: str, page: str, pattern: str | None) -> bool:
    if link == page.partition("#")[0]:
        return False
    if pattern is not None:
        return re.search(pattern, link) is not None
    parts = urlsplit(link)
    if parts.hostname != urlsplit(page).hostname or _OTHER.search(parts.path):
        return False
    return _DATE_OR_NUMBER.search(parts.path) is not None or _is_slug(parts.path.rstrip("/").rpartition("/")[2])


def _is_slug(name: str) -> bool:
    return sum(1 for word in name.replace("_", "-").split("-") if word) >= _SLUG_WORDS
