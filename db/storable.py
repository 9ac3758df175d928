"""What a text or number of the web must lose before SQLite and its search can hold it.

Control characters other than tab and line ends go (a NUL ends a text for SQLite's functions, and two of them
are our marks in snippets), so do lone surrogates (no UTF-8); numbers are held to 64 bits. This is done before
anything is derived, so that ids and digests are those of what is stored.
"""

import re
from collections.abc import Callable, Iterable, Sized
from dataclasses import fields, replace
from operator import attrgetter
from typing import Final, TypeVar, cast

from db.facts import ArticleFacts, CaptureFacts, CaptureRow, CommentFacts
from db.times import checked_time

_UNSTORABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_CONTROLS: Final = bytes(octet for octet in (*range(32), 127) if octet not in b"\t\n\r")
_LARGEST: Final = 2**63 - 1

_Facts = TypeVar("_Facts", CaptureRow, ArticleFacts, CommentFacts)
_FIELDS: Final[dict[type, tuple[tuple[str, ...], Callable[[object], tuple[object, ...]]]]] = {
    kind: (names, attrgetter(*names))
    for kind in (CaptureRow, ArticleFacts, CommentFacts)
    for names in [tuple(one.name for one in fields(kind))]
}


def storable(facts: CaptureFacts) -> CaptureFacts:
    """Raises ValueError if ``captured_at`` is not in its fixed form: history could not be put in order."""
    checked_time(facts.capture.captured_at)
    return replace(
        facts,
        capture=_cleaned(facts.capture),
        article=facts.article and _cleaned(facts.article),
        comments=tuple(_cleaned_comment(one, place, facts.comments) for place, one in enumerate(facts.comments)),
        claimed_comments=_number(facts.claimed_comments),
        comment_pages=tuple(map(storable_text, facts.comment_pages)),
        elsewhere=tuple(map(storable_text, facts.elsewhere)),
        canonical_url=None if facts.canonical_url is None else storable_text(facts.canonical_url),
    )


def storable_text(text: str) -> str:
    return text if _is_storable(text) else _UNSTORABLE.sub("", text)


def _is_storable(text: str) -> bool:
    """Whether nothing is to be taken away: ten times as fast as a search for it."""
    try:
        octets = text.encode()
    except UnicodeEncodeError:  # a lone surrogate
        return False
    return len(octets.translate(None, _CONTROLS)) == len(octets)


def _cleaned_comment(comment: CommentFacts, place: int, shown: Sized) -> CommentFacts:
    """What answers itself, or a comment that is not there, answers nothing: the tables can say no more."""
    if comment.parent is not None and (not 0 <= comment.parent < len(shown) or comment.parent == place):
        comment = replace(comment, parent=None)
    if _is_clean_comment(comment):
        return comment
    cleaned = _cleaned(comment)
    return replace(cleaned, native_id=None) if cleaned.native_id == "" else cleaned


def _is_clean_comment(one: CommentFacts) -> bool:
    """Whether nothing is to be done, told fast: there are many comments, and hardly ever one that has to be cleaned."""
    return (
        one.native_id != ""
        and (one.likes is None or -_LARGEST <= one.likes <= _LARGEST)
        and -_LARGEST <= one.depth <= _LARGEST
        and _is_storable(
            f"{one.text}{one.kind}{one.native_id}{one.author}{one.author_url}"
            f"{one.published}{one.published_text}{one.permalink}"
        )
    )


def _cleaned(value: _Facts) -> _Facts:
    names, values_of = _FIELDS[type(value)]
    values = values_of(value)
    if _is_clean(values):
        return value
    changes: dict[str, object] = {}
    for name, before in zip(names, values, strict=True):
        after = _value(before)
        if after is not before:
            changes[name] = after
    return replace(value, **changes) if changes else value  # type: ignore[arg-type]  # each of the type it had


def _is_clean(values: tuple[object, ...]) -> bool:
    """Look at all texts at once."""
    texts: list[str] = []
    return _gathered(values, texts) and _is_storable("".join(texts))


def _gathered(values: Iterable[object], texts: list[str]) -> bool:
    """Note the texts; return whether the numbers are storable as they are."""
    for value in values:
        if isinstance(value, str):
            texts.append(value)
        elif isinstance(value, tuple):
            for part in cast("tuple[str | tuple[str, ...], ...]", value):
                texts.extend((part,) if isinstance(part, str) else part)
        elif isinstance(value, int) and not -_LARGEST <= value <= _LARGEST:
            return False
    return True


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
