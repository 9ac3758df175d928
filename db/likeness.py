"""How alike two texts are: whether a comment was edited or is another one, whether two addresses show one article.

Pure, and takes time linear in the texts. Knows words and, for scripts that put no spaces between them, pairs of
characters; must not know what the texts are.
"""

import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from typing import Final

SAME_ARTICLE: Final = 0.6
"""What an article shares with its first half is 0.64 and more; articles of one company, with its paragraph about
itself, share up to 0.52, of strangers in one language up to 0.5 (91 news pages)."""
_FEWEST: Final = 20
"""Tokens from which on a text is an article's and no "please wait"."""
_LONGEST_KEPT: Final = 4000
"""Characters of a text whose count is kept: a comment is compared with many, an article with one or two."""

# Thai, Lao, Tibetan, Burmese, Khmer, kana, Han
_UNSPACED = (
    "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_WORD = re.compile(f"[^\\W{_UNSPACED}]+")
_RUN = re.compile(f"[{_UNSPACED}]+")


def likeness(one: str, other: str) -> float:
    """Return how much of their words two texts share: 0 to 1, symmetric, 1 for equal ones (Dice over multisets).

    Order of words does not count, nor do case and white space, nor punctuation unless there is nothing else.
    """
    if one == other:
        return 1.0
    return _dice(_counted(one), _counted(other))


def same_text(one: str, other: str) -> bool:
    """Whether the texts of two pages are one article: what a redirect or ``rel=canonical`` says, looked at.

    Equal texts of a few words are not: every page of a site can say "please enable JavaScript".
    """
    first, second = _counted(one), _counted(other)
    return min(first.total(), second.total()) >= _FEWEST and _dice(first, second) >= SAME_ARTICLE


def _dice(one: Counter[str], other: Counter[str]) -> float:
    if len(one) > len(other):
        one, other = other, one
    total = one.total() + other.total()
    shared = sum(min(count, other[token]) for token, count in one.items() if token in other)
    return 2 * shared / total if total else 1.0


def _counted(text: str) -> Counter[str]:
    return _kept(text) if len(text) <= _LONGEST_KEPT else _count(text)


@lru_cache(maxsize=2048)
def _kept(text: str) -> Counter[str]:
    return _count(text)


def _count(text: str) -> Counter[str]:
    """Words and pairs of characters with their numbers; the characters themselves where there are neither ("???")."""
    text = text.casefold()
    counts = Counter(_WORD.findall(text))
    if not text.isascii():
        for run in _RUN.findall(text):
            counts.update(map("".join, pairwise(run)) if len(run) > 1 else [run])
    return counts or Counter("".join(text.split()))
