"""Which pages are one article: those joined by a redirect or a ``rel=canonical`` that their texts confirm.

A page is all captures of one canonical URL. Redirects and canonical links lie: a removed article redirects to the
front page, a template names one URL for all pages. So two pages are one article only where both showed an article and
texts of both are much the same. The article's id is the smallest of its pages' ids. All of it is a function of the set
of captures.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Final

from sqlite_utils import Database

from db.likeness import same_text
from db.links import leading_to
from db.observed import Observation
from db.sql import first, marks, rows

_TEXTS_COMPARED: Final = 6
"""Distinct texts of a page that are compared with those of another, the newest."""

_MOST_STEPS: Final = 50
"""Redirects in a row that are followed."""


def related_pages(db: Database, pages: Collection[str]) -> set[str]:
    """Return these pages, those of the same articles, and the articles that links lead from and to."""
    found: set[str] = set()
    new = set(pages)
    while new:
        found |= new
        ids = list(new)
        with_them = rows(
            db,
            "SELECT DISTINCT page_id FROM captures WHERE moment IS NOT NULL AND article_id IN ("  # noqa: S608 - question marks
            f"SELECT article_id FROM captures WHERE page_id IN ({marks(ids)}) AND moment IS NOT NULL)",
            ids,
        )
        linked = pages_behind(db, ids) | {end for _, target in _links(db, ids) if (end := _end_of(db, target))}
        new = {str(row["page_id"]) for row in with_them} | {page for page in linked if _is_article(db, page)}
        new -= found
    return found


def pages_behind(db: Database, pages: Collection[str]) -> set[str]:
    """Return the pages that lead to these by redirects, or claim to be one of all those."""
    behind = leading_to(db, pages)
    ids = [*pages, *behind]
    sql = f"SELECT DISTINCT page_id FROM captures WHERE canonical_page_id IN ({marks(ids)})"  # noqa: S608 - question marks
    return behind | {str(row["page_id"]) for row in rows(db, sql, ids)}


def joined(db: Database, observed: Mapping[str, Sequence[Observation]]) -> dict[str, str]:
    """Return the article id of each page. ``observed``: the observations of each page, all of related pages."""
    parents = {page: page for page in observed}

    def root(page: str) -> str:
        while parents[page] != page:
            page = parents[page]
        return page

    for page, target in sorted(set(_links(db, list(observed)))):
        end = _end_of(db, target)
        if page in parents and end in parents and root(page) != root(end) and _confirmed(observed[page], observed[end]):
            smaller, larger = sorted((root(page), root(end)))
            parents[larger] = smaller
    return {page: root(page) for page in parents}


def _links(db: Database, pages: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Page and target of each redirect and each canonical link of these pages."""
    for column in ("redirect_page_id", "canonical_page_id"):
        sql = (
            f"SELECT DISTINCT page_id, {column} AS target FROM captures "  # noqa: S608 - names of ours
            f"WHERE {column} IS NOT NULL AND page_id IN ({marks(pages)})"
        )
        yield from ((str(row["page_id"]), str(row["target"])) for row in rows(db, sql, pages))


def _end_of(db: Database, page: str) -> str | None:
    """Return the first page with an article on the way that redirects lead from this page."""
    for _ in range(_MOST_STEPS):
        if _is_article(db, page):
            return page
        row = first(
            db,
            "SELECT redirect_page_id FROM captures WHERE page_id = ? AND redirect_page_id <> page_id "
            "ORDER BY captured_at DESC, id DESC LIMIT 1",
            [page],
        )
        if row is None:
            return None
        page = str(row["redirect_page_id"])
    return None


def _is_article(db: Database, page: str) -> bool:
    sql = "SELECT 1 FROM captures WHERE page_id = ? AND comment_count IS NOT NULL LIMIT 1"
    return first(db, sql, [page]) is not None


def _confirmed(one: Sequence[Observation], other: Sequence[Observation]) -> bool:
    pairs = product(_texts(one), _texts(other))
    return any(same_text(*pair) for pair in pairs)


def _texts(observed: Sequence[Observation]) -> list[str]:
    newest_first = sorted(observed, key=lambda one: one.order, reverse=True)
    return list(dict.fromkeys(one.article.text for one in newest_first))[:_TEXTS_COMPARED]


def by_page(observed: Iterable[tuple[str, Observation]]) -> dict[str, list[Observation]]:
    found: defaultdict[str, list[Observation]] = defaultdict(list)
    for page, one in observed:
        found[page].append(one)
    return dict(found)


def pages_of(articles: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the pages of each article, of the article of each page."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for page, article in articles.items():
        found[article].append(page)
    return dict(found)
