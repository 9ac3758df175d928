"""What a page says about its article: JSON-LD first, then ``<meta>``, then the markup, then trafilatura's guess.

Knows where such statements stand, and keeps for each field where it was found; must not know the article's text or its
comments. The tree is read with the comments already taken out, so that no commenter is taken for an author.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from htmldate import find_date
from lxml.html import HtmlElement
from trafilatura.metadata import extract_author, extract_catstags, extract_title

from archiver.extract import places
from archiver.extract.dates import machine_time, mail_time, visible_date
from archiver.extract.jsonld import ArticleNode
from archiver.extract.language import language_tag
from archiver.extract.links import absolute, host_of, is_front_page, without_archive, without_comment_page
from archiver.extract.model import Origin
from archiver.extract.names import names
from archiver.extract.statements import Kept, Labels, Statement, parted, read_metas, unique
from archiver.extract.text import inline_text, one_line
from archiver.extract.titles import completed, key_of, without_site
from archiver.extract.tree import Tree

_LONGEST_BYLINE, _MOST_HEADINGS = 120, 5
_MOST_CATEGORIES, _MOST_GUESSED, _MOST_DATES = 10, 15, 3
_NO_SECTIONS = frozenset({"post", "posts", "article", "articles", "artikel", "page", "blog", "all", "uncategorized"})
_LONGEST_TITLE = 500


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
    titles: tuple[str, ...]
    """All the page calls its article; the title is one of them."""
    origins: tuple[tuple[str, Origin], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The places statements are read from."""

    tree: Tree
    url: str
    node: ArticleNode
    """The JSON-LD article; an empty one where the page has none."""
    captured_at: datetime


def read_metadata(sources: Sources) -> Metadata:
    reader, kept = _Reader(sources), Kept()
    title, titles = reader.title()
    return Metadata(
        title=kept.text("title", [title]),
        authors=kept.labels("authors", reader.authors()),
        published=kept.text("published", reader.times(reader.published())),
        modified=kept.text("modified", reader.times(reader.modified())),
        site=kept.text("site", reader.sites()),
        language=kept.text("language", reader.languages()),
        section=kept.text("section", reader.sections()),
        categories=kept.labels("categories", reader.categories()),
        tags=kept.labels("tags", reader.tags()),
        description=kept.text("description", reader.descriptions()),
        image=kept.text("image", reader.images()),
        canonical_url=kept.text("canonical_url", _canonicals(sources.tree, sources.url)),
        titles=titles,
        origins=tuple(kept.origins.items()),
    )


def canonical_url(tree: Tree, url: str) -> str | None:
    """What the page calls itself, made absolute, comment pages led back to their article; never another front page."""
    return next((link for _, link in _canonicals(tree, url) if link), None)


def language_of(tree: Tree) -> str | None:
    html = tree.first("html")
    return language_tag(html.get("lang")) or language_tag(html.get("xml:lang"))


def _canonicals(tree: Tree, url: str) -> Iterator[Statement]:
    is_front = is_front_page(without_archive(url))
    links = [(Origin.HTML, link.get("href")) for link in tree.select("link[rel~=canonical][href]")]
    links += [(Origin.META, meta.get("content")) for meta in tree.select("meta[property='og:url'][content]")]
    for origin, link in links:
        found = absolute(url, link)
        found = without_comment_page(without_archive(found)) if found else None
        if found and (is_front or not is_front_page(found)):
            yield origin, found


class _Reader:
    """Statements of each field in the order they are believed; the later ones are looked up only when asked for."""

    def __init__(self, sources: Sources) -> None:
        self._sources, self._tree, self._node = sources, sources.tree, sources.node
        self._metas = read_metas(sources.tree)
        self._outside = set(sources.tree.select(places.NOT_THE_ARTICLES))
        self._host = host_of(sources.url)
        self._site_names = [
            text for _, text in (*self._meta(places.META_SITES), (Origin.JSON_LD, self._node.publisher)) if text
        ]

    def title(self) -> tuple[Statement, tuple[str, ...]]:
        """The title, and all that the page calls its article."""
        headings = [inline_text(node)[:_LONGEST_TITLE] for node in self._inside("h1") if not self._is_logo(node)]
        headings = headings[:_MOST_HEADINGS]
        logos = [inline_text(node) for node in self._tree.by_tag("h1") if self._is_logo(node)]
        site_names = [*self._site_names, *logos[:1]]
        sites = {key_of(name) for name in (*site_names, self._host)} - {""}
        given = [(origin, one_line(text)[:_LONGEST_TITLE]) for origin, text in self._titles(headings)]
        titles = [
            (origin, completed(without_site(text, sites=site_names, host=self._host, headings=headings), headings))
            for origin, text in given
            if text
        ]
        best = next((title for title in titles if key_of(title[1]) not in sites), titles[0] if titles else None)
        if best is None:
            return (Origin.TRAFILATURA, extract_title(self._tree.root)), ()
        return best, tuple(dict.fromkeys([text for _, text in titles] + [text for _, text in given]))

    def _is_logo(self, heading: HtmlElement) -> bool:
        """Whether a heading only leads to the front page: a site's name."""
        links = [absolute(self._sources.url, link.get("href")) for link in heading.iter("a")]
        return len(links) == 1 and bool(links[0] and is_front_page(without_archive(links[0])))

    def _titles(self, headings: list[str]) -> Iterator[Statement]:
        yield Origin.JSON_LD, self._node.headline
        yield from self._meta(places.META_TITLES)
        yield from ((Origin.HTML, text) for text in self._texts(places.HEADLINES)[:1])
        page_title = next((inline_text(node) for node in self._tree.by_tag("title")), "")
        yield from ((Origin.HTML, text) for text in headings if text and text in page_title)
        is_sure = len(headings) == 1 and len(headings[0].split()) > 1
        yield from ((Origin.HTML, text) for text in ((*headings, page_title) if is_sure else (page_title, *headings)))

    def authors(self) -> Iterator[Labels]:
        sites = (
            *self._site_names,
            self._host,
            *(part.strip() for name in self._site_names for part in name.split("|")),
        )
        yield Origin.JSON_LD, names(self._node.authors, sites)
        yield Origin.META, names((text for _, text in self._meta(places.META_AUTHORS) if text), sites)
        yield Origin.HTML, names(self._texts(places.AUTHOR_LINKS)[:1], sites)
        for selector in places.BYLINES:
            yield Origin.HTML, names(self._texts(selector)[:1], sites)
        if self._tree.select(places.AUTHOR_WORDS):  # it copies the tree: not where there is nothing to find
            yield Origin.TRAFILATURA, names((extract_author(self._tree.root) or "").split(";"), sites)

    def published(self) -> Iterator[Statement]:
        yield Origin.JSON_LD, self._node.published
        yield from self._meta(places.META_PUBLISHED)
        yield from self._stated_times(places.PUBLISHED)
        yield from self._stated_times(places.ANY_TIME)
        yield Origin.TRAFILATURA, self._guessed_day()
        yield from self._visible_days()

    def modified(self) -> Iterator[Statement]:
        yield Origin.JSON_LD, self._node.modified
        yield from self._meta(places.META_MODIFIED)
        yield from self._stated_times(places.MODIFIED)

    def times(self, statements: Iterable[Statement]) -> Iterator[Statement]:
        """Those that are times, and not after the capture (a day for time zones)."""
        latest = (self._sources.captured_at + timedelta(days=1)).date().isoformat()
        for origin, value in statements:
            time = machine_time(value) or mail_time(value)
            if time and time[: len(latest)] <= latest:
                yield origin, time

    def _stated_times(self, selector: str) -> Iterator[Statement]:
        for node in self._inside(selector):
            yield Origin.HTML, node.get("datetime") or node.get("content") or inline_text(node)

    def _guessed_day(self) -> str | None:
        """The day that trafilatura would take. Its latest date is set, or it would ask the clock.

        Its extensive search took up to 2.8 s a page and found, on 49 labelled pages, three right days and three wrong
        ones more.
        """
        return find_date(
            self._tree.root,
            url=self._sources.url if self._host else None,
            extensive_search=False,
            original_date=True,
            max_date=self._sources.captured_at.date().isoformat(),
        )

    def _visible_days(self) -> Iterator[Statement]:
        for node in self._inside(places.DATES)[:_MOST_DATES]:
            yield Origin.HTML, visible_date(inline_text(node)[:_LONGEST_BYLINE], language_of(self._tree))

    def sites(self) -> Iterator[Statement]:
        yield from ((origin, (text or "").removeprefix("@")) for origin, text in self._meta(places.META_SITES))
        yield Origin.JSON_LD, self._node.publisher
        yield Origin.HTML, self._host

    def languages(self) -> Iterator[Statement]:
        yield Origin.HTML, language_of(self._tree)
        yield from (
            (origin, language_tag(text)) for origin, text in self._meta(("content-language", "language", "dc.language"))
        )
        yield Origin.JSON_LD, language_tag(self._node.language)
        yield from ((origin, language_tag(text)) for origin, text in self._meta(("og:locale",)))

    def _sections(self) -> Iterator[Statement]:
        yield Origin.JSON_LD, self._node.section
        yield from self._meta(places.META_SECTIONS)
        yield from ((Origin.HTML, text) for text in self._texts(places.SECTIONS)[:1])

    def sections(self) -> Iterator[Statement]:
        for origin, text in self._sections():
            yield origin, next(iter(self._labels([text or ""])), None)

    def categories(self) -> Iterator[Labels]:
        """Links of many categories are a menu's; so are most of what trafilatura takes for categories."""
        linked = unique(self._texts("a[rel~=category]"))
        yield Origin.HTML, linked if len(linked) <= _MOST_CATEGORIES else ()
        yield Origin.META, self._labels(self._metas.get("article:section", ()))
        for origin, text in self._sections():
            yield origin, self._labels([text or ""])

    def _labels(self, values: Sequence[str]) -> tuple[str, ...]:
        """Labels; some pages write them all into one: with one comma it may be a label's own."""
        sites = {key_of(name) for name in (*self._site_names, self._host)}
        is_list = len(values) == 1 and (values[0].count(",") > 1 or "," in values[0].replace(", ", ""))
        labels = unique(values[0].split(",") if is_list else values)
        return tuple(label for label in labels if label.lower() not in _NO_SECTIONS and key_of(label) not in sites)

    def tags(self) -> Iterator[Labels]:
        yield Origin.HTML, unique(self._texts("a[rel~=tag]:not([rel~=category])"))
        yield Origin.META, parted(self._metas.get("article:tag", ()))
        yield Origin.JSON_LD, parted(self._node.keywords)
        yield Origin.META, next(filter(None, (parted(self._metas.get(name, ())) for name in places.META_TAGS)), ())
        if not self._tree.select(places.TAG_LINKS):
            return
        guessed = unique(extract_catstags("tag", self._tree.root))
        yield Origin.TRAFILATURA, guessed if len(guessed) <= _MOST_GUESSED else ()

    def descriptions(self) -> Iterator[Statement]:
        yield Origin.JSON_LD, self._node.description
        yield from self._meta(places.META_DESCRIPTIONS)

    def images(self) -> Iterator[Statement]:
        links = [
            *self._meta(("og:image", "og:image:url")),
            (Origin.JSON_LD, self._node.image),
            *self._meta(places.META_IMAGES),
            *((Origin.HTML, node.get("href")) for node in self._tree.select(places.IMAGES)),
        ]
        for origin, link in links:
            url = absolute(self._sources.url, link)
            yield origin, without_archive(url) if url else None

    def _meta(self, fields: Iterable[str]) -> list[Statement]:
        return [(Origin.META, text) for name in fields for text in self._metas.get(name, ())]

    def _texts(self, selector: str) -> list[str]:
        return [node.get("content") or inline_text(node) for node in self._inside(selector)]

    def _inside(self, selector: str) -> list[HtmlElement]:
        """Matches that do not stand in a side column, a menu or a list of other articles."""
        nodes = self._tree.select(selector)
        return [node for node in nodes if not any(each in self._outside for each in node.iterancestors())]
