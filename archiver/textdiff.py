"""What changed between two texts, word by word. Pure: texts in, pieces out, the same on every machine.

diff-match-patch compares characters; here each paragraph, then each word, white space or punctuation mark stands for
one of its characters. Scripts that part no words by blanks (Chinese, Japanese, Thai, …) are compared by character.

Its clock is not used: what cannot be compared within a number of steps is one deletion and one insertion.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, Literal, NamedTuple

from diff_match_patch import diff_match_patch

Op = Literal["equal", "delete", "insert"]


class Piece(NamedTuple):
    """A stretch of text that only the old text has (delete), only the new one (insert), or both. Never empty."""

    op: Op
    text: str


_OPS: Final[dict[int, Op]] = {-1: "delete", 0: "equal", 1: "insert"}

_MOST_EDITS: Final = 2000
"""So many tokens may differ between two stretches; comparing takes the square of it."""
_MOST_STEPS: Final = 40_000_000
"""Tokens times edits: how far a hostile text may be walked."""
_MOST_GROUPED: Final = 40_000
"""In longer stretches edits are left as small as they come out."""
_MOST_TOKENS: Final = 1_000_000
"""Fewer than there are code points."""

_PARAGRAPH: Final = re.compile(r"[^\n]*\n+|[^\n]+")
_UNSPACED: Final = (
    "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u1950-\u19ff\u1a20-\u1aaf\ua9e0-\ua9ff\uaa60-\uaa7f"
    "\u2e80-\u2fff\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff66-\uff9f\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
"""Thai, Lao, Tibetan, Burmese, Khmer, Tai; Han and kana."""
_JOINED: Final = (
    "\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u0f18\u0f19\u0f35\u0f37\u0f39\u0f3e"
    "\u0f3f\u0f71-\u0fbc\u102b-\u103e\u1056-\u1059\u17b4-\u17d3\u17dd\u3099\u309a\uff9e\uff9f\ufe00-\ufe0f"
)
"""Marks that belong to the character before them."""
_MARKS: Final = (
    r"!-/:-@\[-`{-~\u00a1-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u2010-\u205e\u3000-\u3004\u3008-\u3020"
    r"\u3030\u3036\u3037\u060c\u061b\u061f\u0964\u0965\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
)
"""Punctuation, each mark a token of its own; not letters, digits, signs of a script, emoji."""
_WORD: Final = f"[^\\s{_MARKS}{_UNSPACED}]+"
_TOKEN: Final = re.compile(f"{_WORD}(?:['\u2019]{_WORD})*|[{_UNSPACED}][{_JOINED}]*|.", re.DOTALL)


def text_diff(old: str, new: str) -> tuple[Piece, ...]:
    """Return the pieces of both texts in order, of each change the deletion first.

    What is equal or deleted is the old text, what is equal or inserted the new one. Changed paragraphs are compared
    word by word.
    """
    pieces: list[Piece] = []
    deleted, inserted = "", ""
    for op, text in _compared(_PARAGRAPH.findall(old), _PARAGRAPH.findall(new)):
        if op == "equal":
            pieces += _by_words(deleted, inserted)
            pieces.append(Piece(op, text))
            deleted = inserted = ""
        elif op == "delete":
            deleted += text
        else:
            inserted += text
    pieces += _by_words(deleted, inserted)
    return tuple(_joined(pieces))


def _by_words(old: str, new: str) -> list[Piece]:
    return _compared(_TOKEN.findall(old), _TOKEN.findall(new)) if old and new else _replaced(old, new)


def _replaced(old: str, new: str) -> list[Piece]:
    return [piece for piece in (Piece("delete", old), Piece("insert", new)) if piece.text]


class _Matcher(diff_match_patch):
    """Gives up after a number of edits. What it splits has fewer, so only the whole is ever given up."""

    def __init__(self, most_edits: int) -> None:
        super().__init__()
        self.Diff_Timeout = 0
        self.gave_up = False
        self._rounds = most_edits // 2

    def diff_bisect(self, text1: str, text2: str, deadline: float) -> list[tuple[int, str]]:
        del deadline
        rounds: Any = _Rounds(self._rounds)
        found = super().diff_bisect(text1, text2, rounds)
        self.gave_up = self.gave_up or rounds.left < 0
        return found


class _Rounds:
    """Stands for the time by which to be done, and counts how often the library asks: once for each two edits."""

    def __init__(self, left: int) -> None:
        self.left = left

    def __lt__(self, now: float) -> bool:
        self.left -= 1
        return self.left < 0


def _compared(old: Sequence[str], new: Sequence[str]) -> list[Piece]:
    """Compare two lists of tokens as if each token were a character."""
    total = len(old) + len(new)
    whole = _replaced("".join(old), "".join(new))
    if not old or not new or total > _MOST_TOKENS:
        return whole
    codes = _codes(old, new)
    matcher = _Matcher(min(_MOST_EDITS, _MOST_STEPS // total))
    try:
        before, after = ("".join(map(codes.__getitem__, tokens)) for tokens in (old, new))
        found = matcher.diff_main(before, after, checklines=False)
        if total <= _MOST_GROUPED and not matcher.gave_up:
            matcher.diff_cleanupSemantic(found)
    except RecursionError:  # the library tidies up once more for each change that tidying up made possible
        return whole
    tokens = {code: token for token, code in codes.items()}
    return [Piece(_OPS[op], "".join(map(tokens.__getitem__, text))) for op, text in found]


def _codes(*texts: Sequence[str]) -> dict[str, str]:
    """A character for each token: itself where it is one, so that the library sees where words and lines end."""
    distinct = dict.fromkeys(token for tokens in texts for token in tokens)
    codes = {token: token for token in distinct if len(token) == 1}
    free = (code for code in map(chr, _letters_first()) if code not in codes)
    codes.update([(token, code) for token, code in zip((one for one in distinct if len(one) > 1), free, strict=False)])
    return codes


def _letters_first() -> Iterable[int]:
    yield from range(0x4E00, 0x9FFF)
    yield from range(0x20000, 0x110000)
    yield from range(0xE000, 0x20000)
    yield from range(0xA000, 0xD800)
    yield from range(0x100, 0x4E00)


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind made one, deletions before insertions."""
    equal, deleted, inserted = "", "", ""
    for op, text in pieces:
        if op == "equal":
            if deleted or inserted:
                yield from _run(equal, deleted, inserted)
                equal = deleted = inserted = ""
            equal += text
        elif op == "delete":
            deleted += text
        else:
            inserted += text
    yield from _run(equal, deleted, inserted)


def _run(equal: str, deleted: str, inserted: str) -> list[Piece]:
    return [*([Piece("equal", equal)] if equal else ()), *_replaced(deleted, inserted)]
