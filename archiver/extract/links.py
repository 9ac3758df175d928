"""Links of a page: made absolute, compared as articles. Knows URLs; must not know trees."""

import re
from urllib.parse import urljoin, urlsplit

from archiver.extract.text import one_line

_COMMENT_PAGE = re.compile(r"/comment-page-\d+/?$")
_ARCHIVE_PREFIX = re.compile(r"^/web/\d+[a-z_]*/(?=https?:/)")
_ARCHIVED = re.compile(
    r"^https?://web\.archive\.org(?::\d+)?/web/\d+(?:[a-z]{2}_)?/(?P<scheme>https?):/{1,2}(?=[^/])", re.IGNORECASE
)


def absolute(base: str, link: str | None) -> str | None:
    """The link as an absolute http(s) URL; None for anything else (``javascript:``, ``mailto:``, broken ones)."""
    link = one_line(link)
    if not link:
        return None
    try:
        url = urljoin(base, link)
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and host else None


def web_host(url: str | None) -> str | None:
    """The host of an http(s) URL; None for anything else."""
    try:
        parts = urlsplit(url or "")
        host = parts.hostname
    except ValueError:
        return None
    return host if parts.scheme in {"http", "https"} else None


def without_fragment(url: str) -> str:
    return url.partition("#")[0]


def without_archive(url: str) -> str:
    """The URL that ``web.archive.org/web/20140109030403/URL`` keeps; others as they are."""
    match = _ARCHIVED.match(url)
    return f"{match['scheme'].lower()}://{url[match.end() :]}" if match else url


def without_comment_page(url: str) -> str:
    """``POST/comment-page-2/#comments`` is the article ``POST/``."""
    url = without_fragment(url)
    return _COMMENT_PAGE.sub("/", url)


def host_of(url: str) -> str:
    """The host that a URL, archived or not, speaks of, without ``www.``; empty where there is none."""
    try:
        return (urlsplit(without_archive(url)).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def is_front_page(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.path in {"", "/"} and not parts.query


def article_path(url: str | None) -> str | None:
    """What tells articles of one site apart: the path; None where it tells nothing (``/``, ``/?p=48``)."""
    try:
        parts = urlsplit(without_comment_page(url or ""))
        inner = _ARCHIVE_PREFIX.sub("", parts.path)
        if inner != parts.path:
            parts = urlsplit(inner)
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or parts.query:
        return None
    return parts.path.strip("/").casefold() or None


def same_site(one: str, other: str) -> bool:
    """Whether two URLs are of one site: the same name under the same ending."""
    return _site(one) == _site(other)


def _site(url: str) -> str:
    labels = host_of(url).split(".")
    # co.uk, com.br: a short word under a country
    is_double = len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3  # noqa: PLR2004 - letters
    return ".".join(labels[-3 if is_double else -2 :])
