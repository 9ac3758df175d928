"""Word-level differences as lines for a terminal: colours there, ``-[deleted]-`` and ``+{inserted}+`` elsewhere."""

import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from textwrap import fill
from typing import Final

from archiver.render import WIDTH, printable
from archiver.textdiff import Op, Piece

_START: Final[dict[Op, str]] = {"delete": "\x01", "insert": "\x03"}
_END: Final[dict[Op, str]] = {"delete": "\x02", "insert": "\x04"}
"""Stand for the marks while lines are wrapped; ``printable`` lets none of the web's through."""

_PLAIN: Final = {"\x01": "-[", "\x02": "]-", "\x03": "+{", "\x04": "}+"}
_COLOURED: Final = {"\x01": "\x1b[31;9m", "\x02": "\x1b[0m", "\x03": "\x1b[32m", "\x04": "\x1b[0m"}
_OPENING: Final = re.compile("[\x01-\x04]")
_AROUND: Final = 120
"""So many characters of what did not change stand around a change."""

Row = list[Piece]


def in_colour() -> bool:
    """Whether standard output is a terminal of somebody who has not asked for none (no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def marked(pieces: Iterable[Piece], *, colour: bool) -> str:
    """Return the pieces as one line."""
    return _with_marks(" ".join(_text(list(pieces)).split()), colour=colour)


def marked_lines(
    pieces: Iterable[Piece], *, colour: bool, full: bool, margin: str = "", between: Sequence[str] = ()
) -> Iterator[str]:
    """Paragraphs with changes, wrapped, and the ends of those beside them; with ``full`` all, whole."""
    rows = _rows(pieces)
    changed = [any(piece.op != "equal" for piece in row) for row in rows]
    shown = [full or any(changed[max(place - 1, 0) : place + 2]) for place in range(len(rows))]
    gap, first = False, True
    for place, row in enumerate(rows):
        if not shown[place]:
            gap = True
            continue
        if not first:
            yield from between
        if gap:
            yield f"{margin}…"
            yield from between
        gap, first = False, False
        beside = (any(changed[max(place - 1, 0) : place]), any(changed[place + 1 : place + 2]))
        cut = row if full else _shortened(row, (False, False) if changed[place] else beside)
        folded = fill(_text(cut), WIDTH - len(margin), break_long_words=False, break_on_hyphens=False)
        yield from (margin + line for line in _with_marks(folded, colour=colour).split("\n"))
    if gap and not first:
        yield from between
        yield f"{margin}…"


def _rows(pieces: Iterable[Piece]) -> list[Row]:
    """One row a line of either text, without the empty ones; a line end that alone came or went shows as ¶."""
    rows: list[Row] = [[]]
    for op, text in pieces:
        if op != "equal" and not text.strip("\n"):
            rows[-1].append(Piece(op, "¶"))
            rows.append([])
            continue
        for number, line in enumerate(printable(text).split("\n")):
            if number:
                rows.append([])
            if line:
                rows[-1].append(Piece(op, line))
    return [row for row in rows if any(piece.text.strip() or piece.op != "equal" for piece in row)]


def _shortened(row: Row, beside: tuple[bool, bool]) -> Row:
    """Cut what did not change to what stands near a change; ``beside``: whether the rows above and below changed."""
    above, below = beside
    last = len(row) - 1
    return [
        Piece(op, _cut(text, head=place > 0 or above, tail=place < last or below)) if op == "equal" else Piece(op, text)
        for place, (op, text) in enumerate(row)
    ]


def _cut(text: str, *, head: bool, tail: bool) -> str:
    """The beginning of a text, its end, or both, cut between words."""
    if len(text) <= _AROUND * (head + tail) * 1.25:
        return text
    start = re.sub(r"\S*$", "", text[:_AROUND]) or text[:_AROUND] if head else ""
    end = re.sub(r"^\S*", "", text[-_AROUND:]) or text[-_AROUND:] if tail else ""
    return f"{start}…{end}"


def _text(row: Iterable[Piece]) -> str:
    return "".join(_START[op] + printable(text) + _END[op] if op in _START else printable(text) for op, text in row)


def _with_marks(text: str, *, colour: bool) -> str:
    """The marks put in; a colour ends with its line, for pagers, and begins again on the next."""
    if not colour:
        return _OPENING.sub(lambda found: _PLAIN[found[0]], text)
    lines: list[str] = []
    still = ""
    for line in text.split("\n"):
        marks = _OPENING.findall(line)
        opened = still
        if marks:
            still = marks[-1] if marks[-1] in _START.values() else ""
        coloured = _OPENING.sub(lambda found: _COLOURED[found[0]], opened + line)
        lines.append(coloured + ("\x1b[0m" if still else ""))
    return "\n".join(lines)
