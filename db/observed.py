"""What one capture showed of an article: the only input of history.

Pure. Turns the facts of a capture into an observation whose comments carry their ids.
"""

import json
from collections import Counter
from dataclasses import dataclass, fields
from typing import Final

from db.facts import ArticleFacts, CaptureFacts, CommentFacts
from db.ids import capture_id, comment_id, digest, fingerprint_id
from db.sql import Row, Value

_LISTS: Final = frozenset({"authors", "editors", "categories", "tags"})
_STATE: Final = tuple(one.name for one in fields(ArticleFacts) if one.name != "raw_text")


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenComment:
    """A comment as one capture showed it. ``position`` counts from 1."""

    id: str
    native_id: str | None
    position: int
    author: str | None
    text: str
    parent_id: str | None
    kind: str
    author_url: str | None
    published: str | None
    published_text: str | None
    permalink: str | None
    depth: int
    likes: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    capture_id: str
    captured_at: str
    article: ArticleFacts
    comments: tuple[SeenComment, ...] = ()
    claimed_comments: int | None = None
    complete: bool | None = None

    @property
    def order(self) -> tuple[str, str]:
        """The place in time; captures of the same moment stand in the order of their ids."""
        return (self.captured_at, self.capture_id)


def observation(article_id: str, facts: CaptureFacts) -> Observation | None:
    """Return what the capture showed of the article, or None if it showed none."""
    if facts.article is None:
        return None
    return Observation(
        capture_id=capture_id(facts.capture.record_id),
        captured_at=facts.capture.captured_at,
        article=facts.article,
        comments=seen_comments(article_id, facts.comments),
        claimed_comments=facts.claimed_comments,
        complete=facts.complete,
    )


def seen_comments(article_id: str, comments: tuple[CommentFacts, ...]) -> tuple[SeenComment, ...]:
    ids = _ids(article_id, comments)
    return tuple(
        SeenComment(
            id=ids[index],
            native_id=comment.native_id or None,
            position=index + 1,
            author=comment.author,
            text=comment.text,
            parent_id=_parent_id(ids, index, comment.parent),
            kind=comment.kind,
            author_url=comment.author_url,
            published=comment.published,
            published_text=comment.published_text,
            permalink=comment.permalink,
            depth=comment.depth,
            likes=comment.likes,
        )
        for index, comment in enumerate(comments)
    )


def state_columns(article: ArticleFacts) -> Row:
    """Return the columns that make a state, lists as JSON.

    Text before cleaning is not part of it: a change in what cleaning takes away is no revision.
    """
    return {name: _column(getattr(article, name)) for name in _STATE}


def state_facts(row: Row, raw_text: str) -> ArticleFacts:
    """The inverse of ``state_columns``."""
    values = {name: tuple(json.loads(str(row[name]))) if name in _LISTS else row[name] for name in _STATE}
    return ArticleFacts(**values, raw_text=raw_text)  # type: ignore[arg-type]  # columns of STRICT tables


def state_digest(state: Row) -> str:
    return digest(json_text(state))


def json_text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _column(value: str | tuple[str, ...] | None) -> Value:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, tuple) else value


def _ids(article_id: str, comments: tuple[CommentFacts, ...]) -> list[str]:
    """Return one id a comment; a page may show the same native id, or the same words, twice."""
    earlier: Counter[str] = Counter()
    ids: list[str] = []
    for comment in comments:
        plain = _id(article_id, comment, number=0)
        number = earlier[plain]
        ids.append(_id(article_id, comment, number=number) if number else plain)
        earlier[plain] += 1
    return ids


def _id(article_id: str, comment: CommentFacts, *, number: int) -> str:
    if comment.native_id:
        return comment_id(article_id, comment.native_id, number=number)
    return fingerprint_id(article_id, comment.author, comment.text, number=number)


def _parent_id(ids: list[str], index: int, parent: int | None) -> str | None:
    if parent is None or parent == index or not 0 <= parent < len(ids):
        return None
    return ids[parent]
