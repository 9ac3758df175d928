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
    PAY_WALL = "pay wall"
    SOFT_404 = "soft 404"
    EMPTY = "empty"


class Origin(StrEnum):
    """Where a field of an article comes from."""

    JSON_LD = "json-ld"
    META = "meta"
    TRAFILATURA = "trafilatura"
    HTML = "html"
    TEXT = "text"


class CommentKind(StrEnum):
    COMMENT = "comment"
    PINGBACK = "pingback"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One state of an article.

    ``text`` is the cleaned body, paragraphs parted by a blank line; ``raw_text`` is what trafilatura (or the
    plain-text reader, or a topic's opening post) gave. Times are ISO 8601 with what precision and zone the page gives.
    ``links`` are the absolute URLs that the body links to. ``origins`` names for each filled field where it comes from.
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
    links: tuple[str, ...] = ()
    text: str = ""
    raw_text: str = ""
    origins: tuple[tuple[str, Origin], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """One comment as one page shows it.

    ``parent`` is the index of the comment it answers in ``Page.comments``, always smaller or larger than its
    own, never equal; ``depth`` is 0 at the top level. ``native_id`` is the page's own id (``comment-951``).
    ``published`` is ISO 8601 or None; ``published_text`` is the time as the page shows it. ``edited``: the page marks
    it as edited; ``moderated``: as held for approval or removed by a moderator.
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
    edited: bool = False
    moderated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Embed:
    """A thread that the page loads from elsewhere: the comment system, and what names the thread there."""

    system: str
    id: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The result of extraction: a verdict with its reason and, for an article, its text and thread.

    A pay wall's page has the part of the article that it shows. ``complete`` is True where the page shows its whole
    thread (as many comments as it claims, no further comment pages), False where it does not or is cut off, None where
    it does not say.
    ``comment_pages`` are the absolute URLs of further pages of the thread, as far as this one links to them; ``paged``
    says that there are some. ``elsewhere`` names comment systems that hold the thread.
    ``redirect_url`` is the absolute target of a redirect.
    """

    verdict: Verdict
    extractor: str
    reason: str | None = None
    article: Article | None = None
    comments: tuple[Comment, ...] = ()
    claimed_comments: int | None = None
    complete: bool | None = None
    comment_pages: tuple[str, ...] = ()
    elsewhere: tuple[Embed, ...] = ()
    redirect_url: str | None = None

    @property
    def paged(self) -> bool:
        return bool(self.comment_pages)
