"""From the names that a person writes under ``[withhold]`` to the ids that are hidden.

A name is an id, or a URL in any form. Each time a database is opened it is asked anew what they mean: an article that
comes later, or that has another id since two addresses turned out to be one, is hidden as well, and so is
a comment of such an article.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urldefrag

from sqlite_utils import Database

from db.ids import LENGTH, comment_id, fingerprint_id, page_id
from db.sql import Row, each, marks, rows, text
from db.storable import storable_text
from db.urls import canonical_url

_AT_ONCE: Final = 500
_Make = Callable[..., str]
_ID: Final = re.compile(f"[a-z2-7]{{{LENGTH}}}")

# Every author and text that a comment of an article with former ids had, with each of those ids.
_FORMERLY: Final = """
    SELECT aliases.alias, comments.id, comments.native_id, comments.published,
        CASE WHEN comment_texts.text IS NULL THEN comments.author ELSE comment_texts.author END AS author,
        coalesce(comment_texts.text, comments.text) AS text
    FROM aliases JOIN comments ON comments.article_id = aliases.article_id
        LEFT JOIN comment_texts ON comment_texts.comment = comments.key
    WHERE aliases.kind = 'id'
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """``ids`` are of articles and of comments; ``notes`` say what a person should know of names that did not fit.

    ``lost`` are notes of ids that mean nothing, though somebody has read them in this archive once.
    """

    ids: frozenset[str]
    notes: tuple[str, ...]
    lost: tuple[str, ...] = ()


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
    found |= _by_former_id(db, {name for name in strange if _ID.fullmatch(name)})
    ids.update(*found.values())
    lost: list[str] = []
    for name in strange:
        if name not in found and _ID.fullmatch(name):
            lost.append(f'withheld "{name}" is the id of nothing in the archive: name the URL or permalink instead')
        elif name not in found:
            notes.append(f'withheld "{name}" names nothing in the archive yet')
    return Resolved(ids=frozenset(ids), notes=(*notes, *lost), lost=tuple(lost))


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


def _by_former_id(db: Database, wanted: set[str]) -> dict[str, set[str]]:
    """Comments that had these ids while their article had another one: an id is made of the article's.

    Where the site gives no ids, all that one may have been made of is tried; of equal comments, all may be meant.
    """
    made_of: dict[tuple[_Make, tuple[str, ...]], list[str]] = {}
    for row in each(db, _FORMERLY) if wanted else ():
        for source in _sources_of_id(row):
            made_of.setdefault(source, []).append(str(row["id"]))
    found: dict[str, set[str]] = {}
    for (make, parts), ids in made_of.items():
        for number in range(len(ids)):
            former = make(*parts, number=number)
            if former in wanted:
                found.setdefault(former, set()).update(ids)
    return found


def _sources_of_id(row: Row) -> Iterator[tuple[_Make, tuple[str, ...]]]:
    article, native, author = (text(row[name]) or "" for name in ("alias", "native_id", "author"))
    if native:
        yield comment_id, (article, native)
    for mark in filter(None, (text(row["published"]), text(row["text"]))):
        yield fingerprint_id, (article, *(" ".join(one.split()) for one in (author, mark)))


def _forms(url: str) -> set[str]:
    """The ways in which a page may write this address."""
    plain, fragment = urldefrag(url)
    _, _, rest = canonical_url(plain).partition("://")
    paths = {f"{scheme}://{rest.rstrip('/')}{end}" for scheme in ("http", "https") for end in ("", "/")}
    return {url} | {f"{path}#{fragment}" if fragment else path for path in paths}
