"""Articles and threads as text for a terminal, and as the JSON of ``inspect``. Values in, text out."""

import json
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from textwrap import fill, indent
from typing import Any, Final

from archiver.extract.model import Article, Comment, CommentKind, Page

WIDTH = 96
_INDENT = "    "
_STEERING: Final = ("Cc", "Cf", "Cs", "Co")
_JOINERS: Final = "\u200c\u200d"
"""They belong to Persian and Indic words and to emoji, and steer nothing."""


def printable(text: str) -> str:
    """Text from the web, safe for a terminal: no control characters but the line end; white ones become blanks.

    Among those are the marks that turn the direction of writing. What joins letters or emoji stays.
    """
    text = text.replace("\r\n", "\n")
    return text if text.replace("\n", "").isprintable() else text.translate(_Safe())


class _Safe(dict[int, str]):
    """What stands for a character, by its code point; each distinct one is looked up once."""

    def __missing__(self, code: int) -> str:
        self[code] = _printable(chr(code))
        return self[code]


def _printable(one: str) -> str:
    if not _steers(one):
        return one
    return " " if one.isspace() else ""


def _steers(one: str) -> bool:
    return one not in _JOINERS and one != "\n" and unicodedata.category(one) in _STEERING


def json_text(value: object, *, indent: int | None = None) -> str:
    """JSON for a terminal or a program: what could steer a terminal stands as its number, which says the same."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return text if text.replace("\n", "").isprintable() else text.translate(_Numbered())


class _Numbered(dict[int, str]):
    """As ``_Safe``, for JSON."""

    def __missing__(self, code: int) -> str:
        one = chr(code)
        self[code] = json.dumps(one)[1:-1] if _steers(one) else one
        return self[code]


def message(what: object) -> str:
    """What is said of something, for a terminal; a byte of a file's name that is no character shows as ``?``."""
    return printable(str(what).encode(errors="replace").decode())


def counted(number: int, noun: str) -> str:
    """``1 comment``, ``2 comments``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def one_line(text: str | None) -> str:
    return " ".join(printable(text or "").split())


def wrapped(text: str, *, margin: str = "") -> str:
    """Paragraphs and line ends kept, long lines wrapped."""
    width = WIDTH - len(margin)
    lines = printable(text).split("\n")
    folded = (fill(line, width, break_long_words=False, break_on_hyphens=False) for line in lines)
    return indent("\n".join(folded), margin)


def article_lines(title: str | None, facts: Iterable[tuple[str, str]], text: str) -> Iterator[str]:
    """Title, underlined; named facts that have a value; the text."""
    heading = one_line(title) or "(no title)"
    yield heading
    yield "=" * min(len(heading), WIDTH)
    shown = [(name, one_line(value)) for name, value in facts if value]
    width = max((len(name) for name, _ in shown), default=0)
    yield from (f"{name:{width}}  {value}" for name, value in shown)
    if text:
        yield ""
        yield wrapped(text)


def comment_lines(
    number: int, author: str | None, *, when: str | None, note: str, text: str, depth: int
) -> Iterator[str]:
    """One comment, indented by its depth."""
    margin = _INDENT * min(depth, 10)
    parts = (f"{number}. {one_line(author) or '(no name)'}", one_line(when), note)
    yield margin + "  ".join(part for part in parts if part)
    yield wrapped(text, margin=margin + _INDENT)
    yield ""


def page_text(page: Page) -> str:
    """A page as extracted, for people."""
    if page.article is None:
        return f"{page.verdict}: {one_line(page.reason)}" if page.reason else str(page.verdict)
    lines = [*article_lines(page.article.title, _article_facts(page.article), page.article.text), "", _count(page)]
    lines += [*_rest(page), ""]
    for number, comment in enumerate(page.comments, start=1):
        note = " ".join(f"[{mark}]" for mark in _marks(comment))
        when = comment.published or comment.published_text
        lines += comment_lines(number, comment.author, when=when, note=note, text=comment.text, depth=comment.depth)
    return "\n".join(lines).rstrip()


def _marks(comment: Comment) -> Iterator[str]:
    if comment.kind is not CommentKind.COMMENT:
        yield comment.kind
    if comment.edited:
        yield "edited"
    if comment.moderated:
        yield "moderated"
    if comment.likes is not None:
        yield counted(comment.likes, "like")


def _rest(page: Page) -> Iterator[str]:
    """Where the rest of the thread is."""
    yield from (f"  more: {one_line(url)}" for url in page.comment_pages)
    for embed in page.elsewhere:
        yield f"  elsewhere: {one_line(' '.join(filter(None, (embed.system, embed.id, embed.url))))}"


def _article_facts(article: Article) -> list[tuple[str, str]]:
    return [
        ("by", ", ".join(article.authors)),
        ("edited by", ", ".join(article.editors)),
        ("published", article.published or ""),
        ("modified", article.modified or ""),
        ("site", article.site or ""),
        ("categories", ", ".join(article.categories)),
        ("tags", ", ".join(article.tags)),
    ]


def _count(page: Page) -> str:
    found = len(page.comments)
    claimed = page.claimed_comments
    return f"Comments: {found}" + (f" of {claimed} claimed" if claimed not in (None, found) else "")


def page_json(file: str, url: str | None, page: Page) -> dict[str, Any]:
    """One line of ``inspect --json``; ``parent`` is an index into ``comments``."""
    return {
        "file": file,
        "url": url,
        "verdict": str(page.verdict),
        "reason": page.reason,
        "article": _article_json(page.article) if page.article else None,
        "comments": [_comment_json(*one) for one in enumerate(page.comments, start=1)],
        "claimed_comments": page.claimed_comments,
        "complete": page.complete,
        "paged": page.paged,
        "comment_pages": list(page.comment_pages),
        "elsewhere": [asdict(embed) for embed in page.elsewhere],
        "extractor": page.extractor,
    }


def _article_json(article: Article) -> dict[str, Any]:
    return asdict(article) | {"origins": dict(article.origins)}


def _comment_json(position: int, comment: Comment) -> dict[str, Any]:
    return {
        "id": comment.native_id,
        "kind": str(comment.kind),
        "author": comment.author,
        "author_url": comment.author_url,
        "date": comment.published,
        "date_text": comment.published_text,
        "text": comment.text,
        "parent": comment.parent,
        "depth": comment.depth,
        "position": position,
        "permalink": comment.permalink,
        "likes": comment.likes,
        "edited": comment.edited,
        "moderated": comment.moderated,
    }
