"""An article saved as plain text, with its numbered and indented comment list.

Knows the shape such files have (title, a line of categories, paragraphs, ``  1. Avatar NAME says:``); must not
know HTML. Native ids and times do not survive in text: they stay None.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from archiver.extract.clean import Known, Line, clean_text, is_label_line
from archiver.extract.model import Article, Comment, Origin
from archiver.extract.text import clean, one_line

_TAB_WIDTH = 8
_FIELDS = ("title", "editors", "categories", "tags", "text", "raw_text")
_HEAD = re.compile(
    r"^(?P<indent> *)(?P<number>\d{1,5}\.\s+)(?:Avatar\s+)?(?P<name>\S.{0,118}?)\s+"
    r"(?:says|said|sagte?|schreibt|schrieb|dijo|dice|disse|a dit|dit|pisze|пише|пишет|говорит)\s*:\s*$",
    re.IGNORECASE,
)
_TAGS = re.compile(r"^(?:tags?|tagged|schlagwörter)\s*:", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»“)\]]*(?:\s|$)")  # noqa: RUF001 - full-width marks are meant
_MACHINE_LINE = re.compile(
    r"^(?:(?:user-agent|disallow|allow|sitemap|crawl-delay|host)\s*:|\d{4}-\d\d-\d\d[T ]\d\d:\d\d"
    r"|\[?\d\d:\d\d:\d\d|#!|//|/\*|\$ "
    r"|(?:import|from|def|class|function|var|const|let|return|if|for|while|package|using|public|private)\b.*[;:{()]$"
    r"|(?:DEBUG|INFO|WARN(?:ING)?|ERROR|FATAL|TRACE)\b|.*[;{}]$|<\?xml|\d{1,3}(?:\.\d{1,3}){3}\s)",
    re.IGNORECASE,
)
_LONGEST_TITLE, _LONGEST_CATEGORIES, _UNWRAPPED = 300, 120, 100
_SHORTEST_PROSE, _LETTERS = 40, 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPage:
    article: Article
    comments: tuple[Comment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """One comment of the list while its lines are read; ``indent`` and ``column`` say where head and name begin."""

    name: str
    indent: int
    column: int
    parent: int | None
    depth: int
    lines: list[str] = field(default_factory=list[str])


def read_text(text: str) -> TextPage | None:
    """The article and its comments; None for text that is no article (code, logs, lists)."""
    lines = clean(text).expandtabs(_TAB_WIDTH).split("\n")
    start = next((index for index, line in enumerate(lines) if _HEAD.match(line)), len(lines))
    blocks = _blocks(lines[:start])
    comments = _comments(lines[start:])
    if not blocks or len(blocks[0][0]) > _LONGEST_TITLE or _is_machine_text(lines[:start]):
        return None
    title, paragraphs = blocks[0][0], _paragraphs(([blocks[0][1:]] if blocks[0][1:] else []) + blocks[1:])
    if not comments and not _is_prose(paragraphs):
        return None
    categories = _categories(paragraphs[0]) if paragraphs else ()
    body = paragraphs[1:] if categories else paragraphs
    cleaned = clean_text([Line(text=each) for each in body], Known(titles=(title,)))
    article = Article(
        title=title,
        editors=cleaned.editors,
        categories=categories,
        tags=_tags(body),
        text=cleaned.text,
        raw_text="\n".join(body),
    )
    filled = (name for name in _FIELDS if getattr(article, name))
    article = replace(article, origins=tuple((name, Origin.TEXT) for name in filled))
    return TextPage(article=article, comments=comments)


def _blocks(lines: Sequence[str]) -> list[list[str]]:
    """Runs of lines without a blank one between them."""
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            blocks[-1].append(one_line(line))
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _paragraphs(blocks: Sequence[list[str]]) -> list[str]:
    """Wrapped lines are joined; in text without wrapping every line is a paragraph."""
    paragraphs: list[str] = []
    for block in blocks:
        paragraphs += block if max(map(len, block)) > _UNWRAPPED else [" ".join(block)]
    return paragraphs


def _categories(line: str) -> tuple[str, ...]:
    """``International, More``: a short list standing alone, each part a label."""
    parts = [part.strip() for part in line.split(",")]
    is_list = len(parts) > 1 and len(line) <= _LONGEST_CATEGORIES and not _SENTENCE_END.search(line)
    is_labels = all(part[:1].isupper() and len(part.split()) <= 3 for part in parts)  # noqa: PLR2004 - words of a label
    return tuple(parts) if is_list and is_labels else ()


def _tags(paragraphs: Sequence[str]) -> tuple[str, ...]:
    line = next((each for each in reversed(paragraphs) if _TAGS.match(each) and is_label_line(each)), "")
    return tuple(filter(None, (tag.strip() for tag in _TAGS.sub("", line).split(","))))


def _is_machine_text(lines: Sequence[str]) -> bool:
    filled = [line.strip() for line in lines if line.strip()]
    return sum(1 for line in filled if _MACHINE_LINE.match(line)) * 3 > len(filled)


def _is_prose(paragraphs: Sequence[str]) -> bool:
    prose = sum(len(each) for each in paragraphs if _reads_as_prose(each))
    return prose * 2 > sum(map(len, paragraphs))


def _reads_as_prose(paragraph: str) -> bool:
    letters = sum(1 for char in paragraph if char.isalpha() or char == " ")
    long_enough = len(paragraph) >= _SHORTEST_PROSE and letters >= _LETTERS * len(paragraph)
    return long_enough and bool(_SENTENCE_END.search(paragraph))


# The comment list


def _comments(lines: Sequence[str]) -> tuple[Comment, ...]:
    items: list[_Item] = []
    open_items: list[int] = []
    for line in lines:
        head = _HEAD.match(line)
        if head:
            items.append(_open(head, items, open_items))
            open_items.append(len(items) - 1)
        elif items and _goes_on(line, items[-1]):
            items[-1].lines.append(line)
    return tuple(
        Comment(author=item.name, text=_text(item.lines), parent=item.parent, depth=item.depth) for item in items
    )


def _open(head: re.Match[str], items: Sequence[_Item], open_items: list[int]) -> _Item:
    """The new comment; those it does not answer are closed. Numbers of two digits may hang to the left."""
    indent, column = len(head["indent"]), head.end("number")
    while open_items and (indent <= items[open_items[-1]].indent or column <= items[open_items[-1]].column):
        open_items.pop()
    parent = open_items[-1] if open_items else None
    return _Item(name=one_line(head["name"]), indent=indent, column=column, parent=parent, depth=len(open_items))


def _goes_on(line: str, item: _Item) -> bool:
    """Whether a line is this comment's: indented under its head, or the first one after it."""
    indent = len(line) - len(line.lstrip())
    return not line.strip() or indent > item.indent or item.indent == 0 or not any(each.strip() for each in item.lines)


def _text(lines: Sequence[str]) -> str:
    return "\n\n".join("\n".join(block) for block in _blocks(lines))
