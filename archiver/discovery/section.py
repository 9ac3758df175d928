"""Section and front pages: which of their links lead to articles. Parses bytes, fetches nothing.

Without a pattern, a link counts as an article's if it stays on the page's host and its path looks like one: a date,
a number of five digits and more, or a slug of four words and more.
"""

import re
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

_ARTICLE_PATH = re.compile(
    r"/(?:19|20)\d\d/(?:0?[1-9]|1[0-2])(?:/|\b)|\d{5,}|/[^/]*\w+(?:[-_]\w+){3,}[^/]*/?$", re.ASCII
)
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
    base = urljoin(url, next((str(one) for one in tree.xpath("//base/@href")), ""))
    found: dict[str, None] = {}
    for href in tree.xpath("//a/@href"):
        try:
            link = urljoin(base, str(href).strip()).partition("#")[0]
            if _wanted(link, url, pattern):
                found[link] = None
        except ValueError:  # a broken IPv6 literal and the like
            continue
    return tuple(found)


def _wanted(link: str, page: str, pattern: str | None) -> bool:
    if not link.startswith(("http://", "https://")) or link == page:
        return False
    if pattern is not None:
        return re.search(pattern, link) is not None
    parts = urlsplit(link)
    if parts.hostname != urlsplit(page).hostname or _OTHER.search(parts.path):
        return False
    return _ARTICLE_PATH.search(parts.path) is not None
