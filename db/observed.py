"""What one capture showed of an article: the only input of history. And its states, as columns.

Pure. An observation holds what the page gave, as it gave it: which comments of different captures are the same one is
for ``db.identity`` to say.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from db.derived import BESIDE_FIELDS, STATE_FIELDS
from db.facts import ArticleFacts, CaptureFacts, CommentFacts
from db.ids import capture_id
from db.sql import Row, Value
from db.urls import host_of, is_main_form

_encoded: Final = json.JSONEncoder(ensure_ascii=False).encode
"""As json.dumps, which makes an encoder for each call."""

json_text: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
"""A value as it is compared and stored: the same value, the same text."""

_LISTS: Final = frozenset({"authors", "editors", "categories", "tags", "links"})
_ALL_FIELDS: Final = (*STATE_FIELDS, *BESIDE_FIELDS, "raw_text")


@dataclass(frozen=True, kw_only=True)
class Observation:
    """A capture that shows an article. ``order`` is its place in time."""

    capture_id: str
    captured_at: str
    url: str
    crawl_id: str | None = None
    article: ArticleFacts
    comments: tuple[CommentFacts, ...] = ()
    claimed_comments: int | None = None
    complete: bool | None = None
    comment_pages: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[str, str]:
        """Captures of the same moment stand in the order of their ids."""
        return (self.captured_at, self.capture_id)

    @cached_property
    def is_main(self) -> bool:
        """Whether its URL is the article's own, not that of a comment page or another form of it."""
        return is_main_form(self.url)


def observation(facts: CaptureFacts) -> Observation | None:
    """Return what the capture showed of its article, or None if it showed none.

    The host stands for the name of a site that the page does not name.
    """
    article = facts.article
    if article is None:
        return None
    if article.site is None:
        article = replace(article, site=host_of(facts.capture.url))
    return Observation(
        capture_id=capture_id(facts.capture.record_id),
        captured_at=facts.capture.captured_at,
        url=facts.capture.url,
        crawl_id=facts.capture.crawl_id,
        article=article,
        comments=facts.comments,
        claimed_comments=facts.claimed_comments,
        complete=facts.complete,
        comment_pages=facts.comment_pages,
        elsewhere=facts.elsewhere,
    )


def state_columns(article: ArticleFacts) -> Row:
    """Return all columns of a state, ``raw_text`` last; lists and ``origins`` as JSON."""
    return {name: _column(name, getattr(article, name)) for name in _ALL_FIELDS}


def state_facts(columns: Mapping[str, Value]) -> ArticleFacts:
    """The inverse of ``state_columns``."""
    return ArticleFacts(**dict(_fields(columns)))  # type: ignore[arg-type]  # columns of STRICT tables


def makes_revision(columns: Row) -> tuple[Value, ...]:
    """Return what has to differ for a new revision: neither the text before cleaning nor what stands beside a state."""
    return tuple(columns[name] for name in STATE_FIELDS)


def differing(columns: Row, article: Row) -> str | None:
    """Return as JSON what a state has otherwise than the article's row, ``raw_text`` where it is not the text.

    None where nothing is left to be said.
    """
    found = {name: columns[name] for name in (*STATE_FIELDS, *BESIDE_FIELDS) if columns[name] != article[name]}
    if columns["raw_text"] != columns["text"]:
        found["raw_text"] = columns["raw_text"]
    return json_text(found) if found else None


def stated(article: Row, differs: str | None) -> ArticleFacts:
    """The inverse of ``differing``."""
    found: dict[str, Value] = json.loads(differs) if differs else {}
    columns = {name: found.get(name, article[name]) for name in (*STATE_FIELDS, *BESIDE_FIELDS)}
    return state_facts(columns | {"raw_text": found.get("raw_text", columns["text"])})


def json_list(values: tuple[str, ...]) -> str | None:
    """A list as a column of ``captures``: nothing where it is empty."""
    return _encoded(values) if values else None


def listed(column: Value) -> tuple[str, ...]:
    """The inverse of ``json_list``."""
    return tuple(json.loads(str(column))) if column else ()


def _column(name: str, value: object) -> Value:
    if name == "origins":
        return _encoded(dict(value))  # type: ignore[call-overload]  # pairs of texts
    return _encoded(value) if isinstance(value, tuple) else value  # type: ignore[return-value]  # text


def _fields(columns: Mapping[str, Value]) -> Iterator[tuple[str, object]]:
    for name in _ALL_FIELDS:
        value = columns[name]
        if name == "origins":
            yield name, tuple(json.loads(str(value)).items()) if value else ()
        elif name in _LISTS:
            yield name, tuple(json.loads(str(value))) if value else ()
        else:
            yield name, value
