"""Statements of a page: what ``<meta>`` says, labels, and which statement of a field is taken, with its origin.

Knows how pages write such values; must not know which fields an article has.
"""

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from archiver.extract.model import Origin
from archiver.extract.text import one_line
from archiver.extract.tree import Tree

Statement: TypeAlias = tuple[Origin, str | None]
Labels: TypeAlias = tuple[Origin, tuple[str, ...]]

_LONGEST_LABEL, _MOST_LABELS = 120, 200
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-fA-F]{1,6}|[a-z]{2,8});")
_MARKUP = re.compile(r"<[^<>]*>")


class Kept:
    """Takes the first statement of each field that says something, and keeps where it was found."""

    def __init__(self) -> None:
        self.origins: dict[str, Origin] = {}

    def text(self, field: str, statements: Iterable[Statement]) -> str | None:
        for origin, value in statements:
            text = one_line(value)
            if text:
                self.origins[field] = origin
                return text
        return None

    def labels(self, field: str, statements: Iterable[Labels]) -> tuple[str, ...]:
        for origin, values in statements:
            if values:
                self.origins[field] = origin
                return values
        return ()


def read_metas(tree: Tree) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meta in tree.by_tag("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("http-equiv") or "").strip().lower()
        content = one_line(_plain(meta.get("content") or ""))
        if name and content:
            found.setdefault(name, []).append(content)
    return found


def _plain(text: str) -> str:
    """Some pages write entities twice, or tags, where text is asked for."""
    text = html.unescape(text) if _ENTITY.search(text) else text
    return _MARKUP.sub(" ", text) if "</" in text or "<p>" in text else text


def unique(values: Iterable[str]) -> tuple[str, ...]:
    texts = (one_line(value).strip(" ,;") for value in values)
    labels = (text for text in texts if 0 < len(text) <= _LONGEST_LABEL and not text.startswith("@"))
    return tuple(dict.fromkeys(labels))[:_MOST_LABELS]


def parted(values: Sequence[str]) -> tuple[str, ...]:
    """Labels; some pages write them all into one."""
    return unique(values[0].split(",") if len(values) == 1 else values)
