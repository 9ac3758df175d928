"""What extraction says of one page: plain frozen values, no I/O, no clock."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What a captured page is. Only ``ARTICLE`` may change an article's history."""

    ARTICLE = "article"
    INDEX_PAGE = "index page"
    NOT_A_PAGE = "not a page"
    REDIRECT = "redirect"
    ERROR_PAGE = "error page"
    BLOCK_PAGE = "block page"
    LOGIN_WALL = "login wall"
    SOFT_404 = "soft 404"
    EMPTY = "empty"


class CommentKind(StrEnum):
    COMMENT = "comment"
    PINGBACK = "pingback"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One state of an article.

    ``text`` is the cleaned body, paragraphs parted by a blank line; ``raw_text`` is what trafilatura (or the
    plain-text reader) gave. Times are ISO 8601 with what precision and zone the page gives.
    """

    title: str | None = None
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    site: str | None = None
    language: str | None = None
    section: str | None = None
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    description: str | None = None
    image: str | None = None
    canonical_url: str | None = None
    text: str = ""
    raw_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """One comment as one page shows it.

    ``parent`` is the index of the comment it answers in ``Page.comments``, always smaller or larger than its
    own, never equal; ``depth`` is 0 at the top level. ``native_id`` is the page's own id (``comment-951``).
    ``published`` is ISO 8601 or None; ``published_text`` is the time as the page shows it.
    """

    text: str
    kind: CommentKind = CommentKind.COMMENT
    native_id: str | None = None
    author: str | None = None
    author_url: str | None = None
    published: str | None = None
    published_text: str | None = None
    permalink: str | None = None
    parent: int | None = None
    depth: int = 0
    likes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The result of extraction: a verdict with its reason and, for an article, its text and thread.

    ``complete`` is True where the page shows its whole thread (as many comments as it claims, no further
    comment pages), False where it does not, None where the page does not say.
    ``redirect_url`` is the absolute target of a redirect.
    """

    verdict: Verdict
    extractor: str
    reason: str | None = None
    article: Article | None = None
    comments: tuple[Comment, ...] = ()
    claimed_comments: int | None = None
    complete: bool | None = None
    redirect_url: str | None = None
