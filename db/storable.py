"""What a text or number of the web must lose before SQLite and its search can hold it.

Control characters other than tab and line ends go (a NUL ends a text for SQLite's functions, and two of them
are our marks in snippets), so do lone surrogates (no UTF-8); numbers are held to 64 bits. This is done before
anything is derived, so that ids and digests are those of what is stored.
"""

import re
from dataclasses import fields, replace
from typing import Final, TypeVar, cast

from db.facts import ArticleFacts, CaptureFacts, CaptureRow, CommentFacts
from db.times import checked_time

_UNSTORABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_LARGEST: Final = 2**63 - 1

_Facts = TypeVar("_Facts", CaptureRow, ArticleFacts, CommentFacts)


def storable(facts: CaptureFacts) -> CaptureFacts:
    """Raises ValueError if ``captured_at`` is not in its fixed form: history could not be put in order."""
    checked_time(facts.capture.captured_at)
    return replace(
        facts,
        capture=_cleaned(facts.capture),
        article=facts.article and _cleaned(facts.article),
        comments=tuple(_cleaned_comment(comment) for comment in facts.comments),
        claimed_comments=_number(facts.claimed_comments),
        comment_pages=tuple(map(storable_text, facts.comment_pages)),
        elsewhere=tuple(map(storable_text, facts.elsewhere)),
        canonical_url=None if facts.canonical_url is None else storable_text(facts.canonical_url),
    )


def storable_text(text: str) -> str:
    return _UNSTORABLE.sub("", text) if _UNSTORABLE.search(text) else text


def _cleaned_comment(comment: CommentFacts) -> CommentFacts:
    cleaned = _cleaned(comment)
    return replace(cleaned, native_id=None) if cleaned.native_id == "" else cleaned


def _cleaned(value: _Facts) -> _Facts:
    changes: dict[str, object] = {}
    for one in fields(value):
        before: object = getattr(value, one.name)
        after = _value(before)
        if after is not before:
            changes[one.name] = after
    return replace(value, **changes) if changes else value  # type: ignore[arg-type]  # each of the type it had


def _value(value: object) -> object:
    match value:
        case str():
            return storable_text(value)
        case bool():
            return value
        case int():
            return _number(value)
        case tuple():
            parts = cast("tuple[object, ...]", value)
            return tuple(map(_value, parts)) if any(_value(part) is not part for part in parts) else parts
        case _:
            return value


def _number(number: int | None) -> int | None:
    return None if number is None else max(-_LARGEST, min(number, _LARGEST))
