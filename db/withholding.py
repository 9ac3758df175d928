"""From the names that a person writes under ``[withhold]`` to the ids that are hidden.

A name is an id, or a URL in any form. Each time a database is opened it is asked anew what they mean: an article that
comes later, or that has another id since two addresses turned out to be one, is hidden as well.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urldefrag

from sqlite_utils import Database

from db.ids import page_id
from db.sql import Row, marks, rows, text
from db.storable import storable_text
from db.urls import canonical_url

_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """``ids`` are of articles and of comments; ``notes`` say what a person should know of names that did not fit."""

    ids: frozenset[str]
    notes: tuple[str, ...]


def resolve(db: Database, names: Iterable[str]) -> Resolved:
    """Return what the names mean now.

    A URL that names a comment means that comment. One with a fragment (``#…``) that names no comment of its article
    means the whole article: rather too much is hidden than too little.
    """
    ids: set[str] = set()
    notes: list[str] = []
    strange: list[str] = []
    for name in map(storable_text, names):
        articles = _articles(db, name)
        comments = _comments(db, name, articles)
        ids |= comments or articles
        if articles and not comments and urldefrag(name).fragment:
            notes.append(f'withheld "{name}" names no comment, so the whole article is hidden')
        if not (articles or comments):
            strange.append(name)
    found = _by_permalink(db, strange)
    ids.update(*found.values())
    notes += [f'withheld "{name}" names nothing in the archive yet' for name in strange if name not in found]
    return Resolved(ids=frozenset(ids), notes=tuple(notes))


def _articles(db: Database, name: str) -> set[str]:
    found = rows(
        db,
        "SELECT id FROM articles WHERE id IN (:name, :page) "
        "UNION SELECT article_id FROM aliases WHERE alias IN (:name, :page) "
        "UNION SELECT article_id FROM aliases WHERE page_id IN (:name, :page)",
        {"name": name, "page": page_id(name)},
    )
    return {str(row["id"]) for row in found}


def _comments(db: Database, name: str, articles: set[str]) -> set[str]:
    """The comment of this id, or those of the articles whose permalink this is."""
    found = {str(row["id"]) for row in rows(db, "SELECT id FROM comments WHERE id = ?", [name])}
    fragment = urldefrag(name).fragment
    if fragment or page_id(name) not in articles:
        for article_id in articles:
            thread = rows(db, "SELECT id, native_id, permalink FROM comments WHERE article_id = ?", [article_id])
            found |= {str(row["id"]) for row in thread if _is_place_of(row, name, fragment)}
    return found


def _is_place_of(row: Row, name: str, fragment: str) -> bool:
    permalink = text(row["permalink"]) or ""
    if fragment:
        return fragment in {urldefrag(permalink).fragment, row["native_id"]}
    return bool(permalink) and not urldefrag(permalink).fragment and page_id(permalink) == page_id(name)


def _by_permalink(db: Database, names: list[str]) -> dict[str, set[str]]:
    """Comments whose permalinks lead to no article's address: not indexed, so all are looked through at once."""
    forms = {form: name for name in names if "://" in name for form in _forms(name)}
    found: dict[str, set[str]] = {}
    wanted = list(forms)
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        sql = f"SELECT id, permalink FROM comments WHERE permalink IN ({marks(part)})"  # noqa: S608 - question marks
        for row in rows(db, sql, part):
            found.setdefault(forms[str(row["permalink"])], set()).add(str(row["id"]))
    return found


def _forms(url: str) -> set[str]:
    """The ways in which a page may write this address."""
    plain, fragment = urldefrag(url)
    _, _, rest = canonical_url(plain).partition("://")
    paths = {f"{scheme}://{rest.rstrip('/')}{end}" for scheme in ("http", "https") for end in ("", "/")}
    return {url} | {f"{path}#{fragment}" if fragment else path for path in paths}
