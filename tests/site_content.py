"""What the fixture site shows: articles with their comments as values, read from tests/fixtures.

Knows the JSON files beside it. Knows nothing of HTML, addresses or servers. A test that needs a changed article
makes one with ``dataclasses.replace``.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

FIXTURES = Path(__file__).parent / "fixtures"
SITE_NAME = "Loopback Press"
SEED_PATH = "/2017/02/24/putin-now-fears-a-threat-he-helped-create-4000-russian-citizens-fighting-for-isis/"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentContent:
    """One comment. ``parent_id`` is the ``id`` of the comment it answers.

    A line break inside a paragraph is shown as ``<br />``.
    """

    id: int
    author: str
    published: datetime
    paragraphs: tuple[str, ...]
    parent_id: int | None = None
    author_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleContent:
    """One article. Comments stand in reading order: siblings oldest first, each reply after its parent."""

    path: str
    post_id: int
    title: str
    authors: tuple[str, ...]
    published: datetime
    categories: tuple[str, ...]
    paragraphs: tuple[str, ...]
    tags: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    appeal: str | None = None
    comments: tuple[CommentContent, ...] = ()


def _comments(rows: list[dict[str, Any]]) -> tuple[CommentContent, ...]:
    return tuple(
        CommentContent(
            id=row["id"],
            author=row["author"],
            published=datetime.fromisoformat(row["published"]),
            paragraphs=tuple(row["paragraphs"]),
            parent_id=None if row["parent"] is None else rows[row["parent"]]["id"],
            author_url=row.get("author_url"),
        )
        for row in rows
    )


def _article(data: dict[str, Any], *, path: str, post_id: int) -> ArticleContent:
    return ArticleContent(
        path=path,
        post_id=post_id,
        title=data["title"],
        authors=tuple(data["authors"]),
        published=datetime.fromisoformat(data["published"]),
        categories=tuple(data["categories"]),
        paragraphs=tuple(data["body_paragraphs"]),
        tags=tuple(data["tags"]),
        editors=tuple(data["editors"]),
        appeal=data["appeal"],
        comments=_comments(data["comments"]),
    )


def _read(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((FIXTURES / name).read_text(encoding="utf-8"))
    return data


_SHORT = _read("short_articles.json")
SEED = _article(_read("seed.json"), path=SEED_PATH, post_id=48)
ARTICLES = (SEED, *(_article(row, path=row["path"], post_id=row["post_id"]) for row in _SHORT["articles"]))
PRIVATE = _article(_SHORT["private"], path=_SHORT["private"]["path"], post_id=_SHORT["private"]["post_id"])
