"""Links of a page: made absolute, compared as articles. Knows URLs; must not know trees."""

import re
from urllib.parse import urljoin, urlsplit

from archiver.extract.text import one_line

_COMMENT_PAGE = re.compile(r"/comment-page-\d+/?$")
_ARCHIVE_PREFIX = re.compile(r"^/web/\d+[a-z_]*/(?=https?:/)")


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


def host_of(url: str | None) -> str | None:
    """The host of an http(s) URL; None for anything else."""
    try:
        parts = urlsplit(url or "")
        host = parts.hostname
    except ValueError:
        return None
    return host if parts.scheme in {"http", "https"} else None


def without_fragment(url: str) -> str:
    return url.partition("#")[0]


def without_comment_page(url: str) -> str:
    """``POST/comment-page-2/#comments`` is the article ``POST/``."""
    url = without_fragment(url)
    return _COMMENT_PAGE.sub("/", url)


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
