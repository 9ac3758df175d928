"""From trafilatura's text to the article's: what is no paragraph of the body is taken out, and nothing else.

Knows the lines sites print around a body (headline, byline, editor, tags, appeals), by their wording, their place and
what markup says of them; must not know markup. A rule that may take a real paragraph is no rule: a line goes
only where its whole wording, or its place and its markup say so.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Flag, auto

from archiver.extract import wording
from archiver.extract.text import clean, one_line


class Spot(Flag):
    """What markup says of a line."""

    HEADLINE = auto()
    """In an ``<h1>``."""
    HEADER = auto()
    """In a ``<header>``."""
    HEADING = auto()
    ITEM = auto()
    """In a list."""
    BOX = auto()
    """In a box of its own: a caption, a newsletter form, a list of other articles."""
    LINK = auto()
    """Nothing but links."""
    MOSTLY_LINK = auto()
    SAME_SITE = auto()
    """Its links, which it mostly is made of, lead to other pages of the site."""
    OUTSIDE = auto()
    """Not in the node that holds most of the text."""


NOTHING = Spot(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    text: str
    spot: Spot = NOTHING
    links: tuple[str, ...] = ()

    @property
    def is_prose(self) -> bool:
        long_enough = len(self.text) >= _PROSE and Spot.LINK not in self.spot
        return long_enough and bool(wording.SENTENCE_END.search(self.text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of the article besides its text."""

    titles: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    lines: tuple[Line, ...]
    editors: tuple[str, ...]

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return tuple(line.text for line in self.lines)

    @property
    def links(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(link for line in self.lines for link in line.links))[:_MOST_LINKS]

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)


_FEWEST_APPEAL_WORDS, _FEWEST_IN_RUN = 2, 2
_MOST_HEAD_LINES, _MOST_TAIL_LINES, _MOST_OUTSIDE = 8, 6, 4
_LONGEST_EXTRA, _LONGEST_TITLE, _PROSE = 400, 300, 140
_TEASER = Spot.OUTSIDE | Spot.ITEM | Spot.HEADING  # a card in a list of other articles
_MOST_LINKS = 500
_SITE_LINK, _ITEM_LINK = Spot.LINK | Spot.SAME_SITE, Spot.LINK | Spot.SAME_SITE | Spot.ITEM


def clean_text(lines: Iterable[Line], known: Known) -> Cleaned:
    """Head and tail are looked at until neither has anything: a line may be the last one only without the next."""
    kept = [line for line in (replace(each, text=clean(each.text).strip()) for each in lines) if line.text]
    kept = _without_inserts(kept) or kept
    editors: list[str] = []
    count = -1
    while len(kept) != count:
        count = len(kept)
        kept = _without_head(kept, known)
        kept, found = _take_editors(kept)
        editors += found
        kept = _without_tail(kept, known)
    return Cleaned(lines=tuple(kept), editors=tuple(dict.fromkeys(editors)))


def _key(text: str | None) -> str:
    return " ".join(re.findall(r"\w+", text or "")).casefold()


# Among the paragraphs


def _without_inserts(lines: list[Line]) -> list[Line]:
    """Without appeals, boxes, pointers to other articles, and paragraphs that stand there again."""
    kept: list[Line] = []
    seen: set[str] = set()
    in_list = False
    for line in lines:
        is_over_list = len(line.text) <= _LONGEST_TITLE and bool(wording.OVER_LIST.match(line.text))
        in_list = is_over_list or (in_list and Spot.MOSTLY_LINK in line.spot)
        if not (in_list or _is_insert(line) or (line.is_prose and line.text in seen)):
            kept.append(line)
            seen.add(line.text)
    return kept


def _is_insert(line: Line) -> bool:
    text, spot = line.text, line.spot
    if (len(text) <= _LONGEST_EXTRA and wording.LEFT_BEHIND.match(text)) or _is_appeal(text):
        return True
    if Spot.MOSTLY_LINK in spot and wording.POINTER_OPENING.match(text):
        return True
    if _SITE_LINK in spot and Spot.ITEM not in spot:
        is_sentence = len(text) >= _PROSE and text.endswith(".")
        return not is_sentence and not wording.ADDRESS.match(text)
    is_credit = bool(wording.CREDIT.match(text)) and not wording.SENTENCE_END.search(text)
    return is_credit or (Spot.BOX in spot and not line.is_prose)


def _is_appeal(line: str) -> bool:
    if not wording.APPEAL_OPENING.match(line):
        return False
    return len({match.lower() for match in wording.APPEAL_WORDS.findall(line)}) >= _FEWEST_APPEAL_WORDS


# The head


def _without_head(lines: list[Line], known: Known) -> list[Line]:
    """Without headline, deck, byline and date before the first paragraph."""
    names, titles = {_key(author) for author in known.authors}, {_key(title) for title in known.titles}
    end = min(_MOST_HEAD_LINES, len(lines) - 1)
    start = next((index for index, line in enumerate(lines) if not _is_head(line, names, titles)), len(lines))
    if start > end:
        return lines  # markup that makes all of it a head says nothing
    headline = max((index for index in range(start, end) if _is_headline(lines[index], titles)), default=-1)
    if headline >= 0 and not any(wording.SENTENCE_END.search(line.text) for line in lines[start:headline]):
        start = headline + 1
    return lines[start:]


def _is_headline(line: Line, titles: set[str]) -> bool:
    return _key(line.text) in titles or (Spot.HEADLINE in line.spot and len(line.text) <= _LONGEST_TITLE)


def _is_head(line: Line, names: set[str], titles: set[str]) -> bool:
    text, spot = line.text, line.spot
    if len(text) > _LONGEST_EXTRA:
        return False
    byline = wording.BYLINE.match(text)
    if _is_headline(line, titles) or _key(text) in names or (byline and _key(byline["name"]) in names):
        return True
    if wording.DATE_LINE.match(text) or wording.READING_TIME.match(text):
        return True
    if Spot.OUTSIDE in spot and spot & (Spot.HEADER | Spot.HEADING):
        return True
    return Spot.OUTSIDE in spot and not wording.SENTENCE_END.search(text)


# The tail


def _take_editors(lines: list[Line]) -> tuple[list[Line], list[str]]:
    kept: list[Line] = []
    editors: list[str] = []
    for index, line in enumerate(lines):
        names = editor_names(line.text) if len(lines) - index <= _MOST_TAIL_LINES + 4 or index <= 1 else ()
        editors += names
        if not names:
            kept.append(line)
    return kept, editors


_NAME_BREAK = re.compile(r"\s*(?:[;&/]|,(?!\s*(?:jr|sr|ph)\b)|\s(?:and|und|et|y)\s)\s*", re.IGNORECASE)


def editor_names(line: str) -> tuple[str, ...]:
    """``Edited by: A. N.`` names A. N.; a sentence that begins alike names no one."""
    match = wording.EDITED.match(line)
    if not match:
        return ()
    names = [one_line(name) for name in _NAME_BREAK.split(match["names"])]
    are_names = all(name[:1].isupper() and len(name.split()) <= 4 for name in names)  # noqa: PLR2004 - words of a name
    if not are_names and not wording.EDITED_COLON_OPENING.match(line):
        return ()
    return tuple(name for name in names if name)


def is_label_line(line: str) -> bool:
    """``Tags: a, b`` or ``Posted in X``: labels with few words each, not a sentence."""
    match = wording.LABELS_OPENING.match(line)
    if not match or len(line) > _LONGEST_TITLE or line.endswith(("!", "?")):
        return False
    rest = line[match.end() :]
    has_colon = ":" in line[: match.end()]
    labels = [label.split() for label in rest.split(",")]
    return all(len(label) <= (6 if has_colon else 3) for label in labels) and not rest.rstrip().endswith(".")


def _without_tail(lines: list[Line], known: Known) -> list[Line]:
    """Without what stands after the last paragraphs; at most so many kept lines are looked at."""
    end = _end_of_body(lines)
    kept: list[Line] = []
    index = end
    while index > 1 and len(kept) < _MOST_TAIL_LINES:
        index -= 1
        if not (_is_tail(lines[index], known) or _is_of_list(lines, index)):
            kept.append(lines[index])
    result = lines[:index] + kept[::-1]
    while 1 < len(result) < len(lines) and Spot.HEADING in result[-1].spot and not result[-1].is_prose:
        result.pop()  # what stood under this heading is gone
    return result


def _end_of_body(lines: list[Line]) -> int:
    """Where the last lines begin that stand elsewhere in the page, or are only links: few, and no prose."""
    end = len(lines)
    while end > 1 and Spot.OUTSIDE in lines[end - 1].spot and not lines[end - 1].is_prose:
        end -= 1
    if len(lines) - end > _MOST_OUTSIDE and not all(_TEASER in line.spot for line in lines[end:]):
        end = len(lines)
    links = end
    while links > 1 and Spot.LINK in lines[links - 1].spot and Spot.ITEM not in lines[links - 1].spot:
        links -= 1
    return links if end - links >= _FEWEST_IN_RUN else end


def _is_tail(line: Line, known: Known) -> bool:
    text = line.text
    if len(text) > _LONGEST_EXTRA:
        return False
    return bool(wording.TAIL.match(text)) or is_label_line(text) or any(_is_about(text, name) for name in known.authors)


def _is_of_list(lines: list[Line], index: int) -> bool:
    """One of several list items that only link to other pages of the site."""
    around = lines[max(index - 1, 0) : index + _FEWEST_IN_RUN]
    return _ITEM_LINK in lines[index].spot and sum(1 for line in around if _ITEM_LINK in line.spot) >= _FEWEST_IN_RUN


def _is_about(text: str, author: str) -> bool:
    """Whether it tells of its author: ``NAME covers the harbour for the paper``."""
    is_theirs = len(author.split()) > 1 and text.casefold().startswith(author.casefold())
    return is_theirs and bool(wording.ABOUT_OPENING.match(text[len(author) :]))
