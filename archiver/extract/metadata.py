"""What a page says about its article: JSON-LD first, then ``<meta>``, then trafilatura, then the markup.

Knows where such statements stand; must not know the article's text or its comments. The tree is read with the
comments already taken out, so that no commenter is taken for an author.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from lxml.html import HtmlElement
from trafilatura.settings import Document

from archiver.extract.dates import machine_time
from archiver.extract.jsonld import ArticleNode
from archiver.extract.links import absolute, without_comment_page
from archiver.extract.text import inline_text, one_line
from archiver.extract.tree import Tree

_VIEW_ALL = (
    re.compile(r"^View all of (.+?)['’]s posts\.?$", re.IGNORECASE),  # noqa: RUF001 - as themes print it
    re.compile(r"^(?:View all posts|All posts|More posts|Posts|Articles) by (.+?)[\s.→]*$", re.IGNORECASE),
)
_NO_NAME = re.compile(
    r"^(?:view all|see all|all posts|more posts|posts? by|alle beiträge|admin(?:istrator)?|editor|author|autor|staff"
    r"|posted|redaktion|www|unknown|guest)\b|@|://|^\W*$",
    re.IGNORECASE,
)
_BY = re.compile(r"^(?:by|von|par|por|di|door|written by|text:?|posted by|author:)\s+", re.IGNORECASE)
_LONGEST_NAME, _LONGEST_TAG, _MOST_TAGS = 120, 120, 200
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$")

_NOT_THE_ARTICLES = "aside, nav, .widget, [class*=related], #sidebar, .sidebar"
# Links made for the purpose are better than trafilatura, which takes the dots out of names; classes are worse.
_AUTHOR_LINKS = "a[rel~=author], [itemprop=author] [itemprop=name]"
_BYLINES = (
    "[itemprop=author]",
    ".author-title, .author .fn, .byline .author, .entry-author-name, .author-name, .post-author, .byline",
)
_PUBLISHED = (
    "time.published[datetime], time.entry-date[datetime], time[itemprop=datePublished], [itemprop=datePublished]"
)
_MODIFIED = "time.updated:not(.published)[datetime], [itemprop=dateModified]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    title: str | None
    authors: tuple[str, ...]
    published: str | None
    modified: str | None
    site: str | None
    language: str | None
    section: str | None
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    description: str | None
    image: str | None
    canonical_url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The places statements are read from."""

    tree: Tree
    url: str
    node: ArticleNode
    """The JSON-LD article; an empty one where the page has none."""
    document: Document
    """trafilatura's."""
    captured_at: datetime


def read_metadata(sources: Sources) -> Metadata:
    tree, node, document = sources.tree, sources.node, sources.document
    metas = _metas(tree)
    outside = set(tree.select(_NOT_THE_ARTICLES))
    published, modified = _times(sources, metas, outside)
    section = _first(node.section, *metas.get("article:section", ()))
    categories = _links(tree, "a[rel~=category]", outside) or _unique(document.categories or ())
    return Metadata(
        title=_first(node.headline, document.title, *metas.get("og:title", ())),
        authors=_authors(sources, metas, outside),
        published=published,
        modified=modified,
        site=_first(*metas.get("og:site_name", ()), document.sitename),
        language=language_of(tree) or _language(node.language),
        section=section,
        categories=categories or ((section,) if section else ()),
        tags=_tags(sources, metas, outside),
        description=_first(
            node.description, *metas.get("og:description", ()), *metas.get("description", ()), document.description
        ),
        image=_url(sources.url, *metas.get("og:image", ()), node.image, document.image),
        canonical_url=canonical_url(tree, sources.url),
    )


def canonical_url(tree: Tree, url: str) -> str | None:
    """What the page calls itself, made absolute, comment pages led back to their article."""
    for link in tree.select("link[rel~=canonical][href]"):
        canonical = absolute(url, link.get("href"))
        if canonical:
            return without_comment_page(canonical)
    return None


def language_of(tree: Tree) -> str | None:
    html = tree.first("html")
    return _language(html.get("lang")) or _language(html.get("xml:lang"))


def _language(value: str | None) -> str | None:
    value = one_line(value).replace("_", "-")
    return value if _LANGUAGE.match(value) else None


def _metas(tree: Tree) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meta in tree.by_tag("meta"):
        name = (meta.get("property") or meta.get("name") or "").strip().lower()
        content = one_line(meta.get("content"))
        if name and content:
            found.setdefault(name, []).append(content)
    return found


def _first(*values: str | None) -> str | None:
    return next((text for text in map(one_line, values) if text), None)


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    texts = (one_line(value) for value in values)
    return tuple(dict.fromkeys(text for text in texts if 0 < len(text) <= _LONGEST_TAG))[:_MOST_TAGS]


def _url(base: str, *links: str | None) -> str | None:
    for link in links:
        url = absolute(base, link)
        if url:
            return url
    return None


# Times


def _times(
    sources: Sources, metas: Mapping[str, list[str]], outside: set[HtmlElement]
) -> tuple[str | None, str | None]:
    published = (
        sources.node.published,
        *metas.get("article:published_time", ()),
        *metas.get("og:published_time", ()),
        *metas.get("datepublished", ()),
        *_stated_times(sources.tree, _PUBLISHED, outside),
        sources.document.date,
    )
    modified = (
        sources.node.modified,
        *metas.get("article:modified_time", ()),
        *metas.get("og:updated_time", ()),
        *_stated_times(sources.tree, _MODIFIED, outside),
    )
    return _earliest_place(published, sources.captured_at), _earliest_place(modified, sources.captured_at)


def _stated_times(tree: Tree, selector: str, outside: set[HtmlElement]) -> list[str]:
    nodes = _inside(tree, selector, outside)
    return [node.get("datetime") or node.get("content") or "" for node in nodes]


def _earliest_place(values: Iterable[str | None], captured_at: datetime) -> str | None:
    """The first value that is a time, and not one after the capture (a day for time zones)."""
    latest = (captured_at + timedelta(days=1)).date().isoformat()
    times = (machine_time(value) for value in values)
    return next((time for time in times if time and time[: len(latest)] <= latest), None)


# Names and labels


def _authors(sources: Sources, metas: Mapping[str, list[str]], outside: set[HtmlElement]) -> tuple[str, ...]:
    """The first source that names someone."""
    places: list[Iterable[str]] = [
        sources.node.authors,
        (*metas.get("author", ()), *metas.get("article:author", ())),
        _first_text(sources.tree, _AUTHOR_LINKS, outside),
        (sources.document.author or "").split(";"),
        *(_first_text(sources.tree, selector, outside) for selector in _BYLINES),
    ]
    for place in places:
        names = _unique(filter(None, map(_name, place)))
        if names:
            return names
    return ()


def _name(text: str) -> str | None:
    text = one_line(text)
    for pattern in _VIEW_ALL:
        match = pattern.match(text)
        if match:
            return match.group(1)
    text = _BY.sub("", text).strip(" ,;|")
    return None if _NO_NAME.search(text) or len(text) > _LONGEST_NAME else text


def _tags(sources: Sources, metas: Mapping[str, list[str]], outside: set[HtmlElement]) -> tuple[str, ...]:
    return (
        _links(sources.tree, "a[rel~=tag]:not([rel~=category])", outside)
        or _parted(metas.get("article:tag", ()))
        or _parted(sources.node.keywords)
        or _parted(sources.document.tags or ())
    )


def _parted(values: Sequence[str]) -> tuple[str, ...]:
    """Labels; some pages write them all into one."""
    return _unique(values[0].split(",") if len(values) == 1 else values)


def _links(tree: Tree, selector: str, outside: set[HtmlElement]) -> tuple[str, ...]:
    return _unique(inline_text(node) for node in _inside(tree, selector, outside))


def _first_text(tree: Tree, selector: str, outside: set[HtmlElement]) -> list[str]:
    return [inline_text(node) for node in _inside(tree, selector, outside)[:1]]


def _inside(tree: Tree, selector: str, outside: set[HtmlElement]) -> list[HtmlElement]:
    """Matches that do not stand in a side column, a menu or a list of other articles."""
    return [node for node in tree.select(selector) if not any(each in outside for each in node.iterancestors())]
