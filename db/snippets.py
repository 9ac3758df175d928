"""Snippets where no full-text index makes them: of what was found inside of words, and of what is only listed."""

import re
from collections.abc import Iterable
from typing import Final

from db.query import Term
from db.scripts import UNSPACED

_LENGTH: Final = 140
_BEFORE: Final = 40
_WORD: Final = rf"[^\W{UNSPACED}]"
"""What goes on with a word, where words have spaces between them."""


def snippet(text: str, terms: Iterable[Term], *, start: str, end: str) -> str:
    """A piece of the text around the first find, all finds in it between the marks; else its beginning."""
    pattern = _pattern([term for term in terms if not term.without and not term.author])
    found = pattern.search(text) if pattern else None
    begin = max(0, found.start() - _BEFORE) if found else 0
    stop = max(begin + _LENGTH, found.end() if found else 0)
    begin, stop = _at_a_space(text, begin, found.start() if found else 0), min(stop, len(text))
    if stop < len(text) and (space := text.rfind(" ", max(found.end() if found else 1, stop - _BEFORE), stop)) > 0:
        stop = space
    piece = text[begin:stop]
    if pattern:
        piece = pattern.sub(lambda one: f"{start}{one.group()}{end}", piece)
    return f"{'…' if begin else ''}{piece}{'…' if stop < len(text) else ''}"


def _at_a_space(text: str, begin: int, stop: int) -> int:
    """The beginning of a word, not before ``begin``, where there are words before ``stop``."""
    if not begin:
        return 0
    return text.find(" ", begin - 1, stop) + 1 or begin


def _pattern(terms: list[Term]) -> re.Pattern[str] | None:
    # The longest first: of two that begin at one place, it says more.
    ordered = sorted(terms, key=lambda term: -len(term.text))
    return re.compile("|".join(map(_one, ordered)), re.IGNORECASE) if ordered else None


def _one(term: Term) -> str:
    plain = re.escape(term.text)
    if term.unspaced:
        return plain
    return f"(?<!{_WORD}){plain}" + (f"{_WORD}*" if term.prefix else f"(?!{_WORD})")
