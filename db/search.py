"""Full-text search over articles and comments.

Whatever a person types is a query: words, "phrases in quotes", and word beginnings with a star. Snippets come
with control characters as marks, so that whoever shows them can escape the text first and put the marks in
after that.
"""

import json
import re
from dataclasses import dataclass
from typing import Final, Literal

from sqlite_utils import Database

from db.migrations import SEARCHED
from db.sql import Row, rows, text
from db.storable import storable_text

MARK_START: Final = "\x02"
MARK_END: Final = "\x03"

Scope = Literal["articles", "comments"]

_MOST_TERMS: Final = 32
"""FTS5 refuses very deep expressions; nobody types so many words."""

_SNIPPET_TOKENS: Final = 24
_TERM: Final = re.compile(r'"([^"]*)"?(\*?)|([^\s"]+)')

_ARTICLES: Final = """
    SELECT 'article' AS kind, articles.id, articles.id AS article_id, articles.title, articles.authors AS author,
        articles.url, articles.published, articles_fts.rank AS score,
        snippet(articles_fts, :column, :start, :end, '…', :tokens) AS snippet
    FROM articles_fts JOIN articles ON articles.rowid = articles_fts.rowid
    WHERE articles_fts MATCH :query ORDER BY articles_fts.rank LIMIT :limit
"""
_COMMENTS: Final = """
    SELECT 'comment' AS kind, comments.id, comments.article_id, articles.title, comments.author,
        coalesce(comments.permalink, articles.url) AS url, comments.published, comments_fts.rank AS score,
        snippet(comments_fts, :column, :start, :end, '…', :tokens) AS snippet
    FROM comments_fts JOIN comments ON comments.rowid = comments_fts.rowid
        JOIN articles ON articles.id = comments.article_id
    WHERE comments_fts MATCH :query ORDER BY comments_fts.rank LIMIT :limit
"""
_QUERIES: Final[dict[Scope, str]] = {"articles": _ARTICLES, "comments": _COMMENTS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """``rank`` is 1 for the best hit of its kind and less for others; ``snippet`` holds MARK_START and MARK_END."""

    kind: Literal["article", "comment"]
    id: str
    article_id: str
    title: str | None
    author: str | None
    snippet: str
    rank: float
    url: str
    published: str | None


def search(db: Database, query: str, *, scope: Scope | None = None, limit: int = 20, offset: int = 0) -> list[Hit]:
    """Return what holds all words of the query, best first; no query raises, an empty one finds nothing.

    Articles and comments are ranked apart, for a word is not as rare in one as in the other: each hit counts
    by its share of the best score of its kind.
    """
    expression = match_expression(query)
    if not expression or limit <= 0:
        return []
    hits = [hit for table in _QUERIES if scope in {None, table} for hit in _hits(db, table, expression, limit + offset)]
    hits.sort(key=lambda hit: (-hit.rank, hit.kind, hit.id))
    return hits[max(offset, 0) :][:limit]


def match_expression(query: str) -> str:
    """Return the FTS5 expression for what a person typed: every term quoted, all of them required."""
    terms: list[str] = []
    for found in _TERM.finditer(storable_text(query)):
        phrase, star, word = found.group(1, 2, 3)
        if word is not None:
            phrase, star = word.rstrip("*"), "*" if word.endswith("*") else ""
        # Punctuation is no word for the index: a term without any would find nothing.
        if any(character.isalnum() for character in phrase):
            terms.append(f'"{phrase}"{star}')
    return " ".join(terms[:_MOST_TERMS])


def _hits(db: Database, table: Scope, expression: str, limit: int) -> list[Hit]:
    found = rows(
        db,
        _QUERIES[table],
        {
            "query": expression,
            "limit": limit,
            "column": list(SEARCHED[table]).index("text"),
            "start": MARK_START,
            "end": MARK_END,
            "tokens": _SNIPPET_TOKENS,
        },
    )
    # bm25 in SQLite is negative: the least is the best.
    best = float(found[0]["score"] or 0) if found else 0.0
    return [_hit(row, rank=float(row["score"] or 0) / best if best else 1.0) for row in found]


def _hit(row: Row, *, rank: float) -> Hit:
    author = text(row["author"])
    is_article = row["kind"] == "article"
    return Hit(
        kind="article" if is_article else "comment",
        id=str(row["id"]),
        article_id=str(row["article_id"]),
        title=text(row["title"]),
        author=", ".join(json.loads(author)) or None if is_article and author else author,
        snippet=str(row["snippet"]),
        rank=rank,
        url=str(row["url"]),
        published=text(row["published"]),
    )
