"""Full-text search over articles and comments.

Whatever a person types is a query (``db/query.py`` has the language). Snippets come with control characters as marks,
so that whoever shows them can escape the text first and put the marks in after that. What is withheld is never found.
"""

import json
from dataclasses import dataclass
from itertools import count
from typing import Final, Literal

from sqlite_utils import Database

from db.matching import MARK_END, MARK_START, Matches, Scope, attached_matches, matches
from db.query import Query, parse
from db.searchable import DATE
from db.snippets import snippet
from db.sql import Row, rows, text

__all__ = ["MARK_END", "MARK_START", "Hit", "Scope", "search"]

_ARTICLES: Final = f"""
    SELECT 'article' AS kind, articles.id, articles.id AS article_id, articles.title, articles.authors AS author,
        articles.url, articles.url AS article_url, articles.published, articles.first_captured AS first_seen,
        articles.last_captured AS last_seen, NULL AS gone_since, articles.state, found.snippet,
        CASE WHEN found.snippet IS NULL THEN articles.text END AS whole, {DATE["articles"].format(of="articles.")} AS at
    FROM ({{found}}) AS found CROSS JOIN articles ON articles.rowid = found.place
"""  # noqa: S608  # names of ours
_COMMENTS: Final = f"""
    SELECT 'comment' AS kind, comments.id, comments.article_id, articles.title, comments.author,
        coalesce(comments.permalink, articles.url) AS url, articles.url AS article_url, comments.published,
        comments.first_seen, comments.last_seen, comments.gone_since, comments.state, found.snippet,
        CASE WHEN found.snippet IS NULL THEN comments.text END AS whole, {DATE["comments"].format(of="comments.")} AS at
    FROM ({{found}}) AS found CROSS JOIN comments ON comments.rowid = found.place
        CROSS JOIN articles ON articles.id = comments.article_id
"""  # noqa: S608  # the same
_HITS: Final[dict[Scope, str]] = {"articles": _ARTICLES, "comments": _COMMENTS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """``rank`` is 1 for the best hit of its kind, 1/2 for the second, and so on; 1 for all that are only listed.

    ``snippet`` holds MARK_START and MARK_END. ``first_seen`` and ``last_seen`` are of captures; ``gone_since`` is
    known of comments alone, ``state`` says it of articles.
    """

    kind: Literal["article", "comment"]
    id: str
    article_id: str
    title: str | None
    author: str | None
    snippet: str
    rank: float
    url: str
    article_url: str
    published: str | None
    first_seen: str
    last_seen: str
    gone_since: str | None
    state: str


def search(
    db: Database, query: str | Query, *, scope: Scope | None = None, limit: int = 20, offset: int = 0
) -> list[Hit]:
    """Return what the query means, best first, or newest first where it has filters only.

    No query raises, an empty one finds nothing. Articles and comments are ranked apart, for a word is not as rare in
    one as in the other: they are merged by their places, the best of each kind first.
    """
    query = parse(query) if isinstance(query, str) else query
    offset = max(offset, 0)
    if query.is_empty or limit <= 0:
        return []
    found = [hit for table in _HITS if scope in {None, table} for hit in _found(db, query, table, limit + offset)]
    found.sort(key=lambda one: (one[1].kind, one[1].id))
    if query.lists:
        found.sort(key=lambda one: one[0], reverse=True)
    else:
        found.sort(key=lambda one: -one[1].rank)
    return [hit for _, hit in found[offset:][:limit]]


def _found(db: Database, query: Query, table: Scope, limit: int) -> list[tuple[str, Hit]]:
    """The hits of a table, each with its time."""
    found = _ranked(db, query, matches(db, query, table, limit=limit), table)
    if len(found) < limit and (more := attached_matches(db, query, table, limit=limit - len(found))):
        found += _ranked(db, query, more, table, place=len(found) + 1)
    return found


def _ranked(db: Database, query: Query, inner: Matches, table: Scope, *, place: int = 1) -> list[tuple[str, Hit]]:
    """``place``: that of the first of them."""
    # The rows come in the order of the inner SELECT, which leads the join.
    found = rows(db, _HITS[table].format(found=inner.sql), inner.values)
    ranks = (1.0 if query.lists else 1 / number for number in count(place))
    return [(str(row["at"]), _hit(row, query, rank=rank)) for row, rank in zip(found, ranks, strict=False)]


def _hit(row: Row, query: Query, *, rank: float) -> Hit:
    author = text(row["author"])
    is_article = row["kind"] == "article"
    marked = text(row["snippet"])
    if marked is None:
        marked = snippet(str(row["whole"]), query.terms, start=MARK_START, end=MARK_END)
    return Hit(
        kind="article" if is_article else "comment",
        id=str(row["id"]),
        article_id=str(row["article_id"]),
        title=text(row["title"]),
        author=", ".join(json.loads(author)) or None if is_article and author else author,
        snippet=marked,
        rank=rank,
        url=str(row["url"]),
        article_url=str(row["article_url"]),
        published=text(row["published"]),
        first_seen=str(row["first_seen"]),
        last_seen=str(row["last_seen"]),
        gone_since=text(row["gone_since"]),
        state=str(row["state"]),
    )
