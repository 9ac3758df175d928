"""How large a database is, table by table, beside the text that it was made of."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from bench.figures import Report, Target
from db.facts import CaptureFacts

_SMALL = 0.002


@dataclass(slots=True)
class Unique:
    """Bytes (UTF-8) of the distinct strings among an archive's texts and names.

    These are: text, raw text, title and authors of articles, text and author of comments. Each string counts once,
    wherever it stands, and whole: a raw text that holds the text and a line more is another string. Addresses, times,
    ids, tags and names of files do not count. ``within``: the same without raw texts that hold the text.
    """

    bytes: int = 0
    within: int = 0
    _known: set[int] = field(default_factory=set[int], repr=False)

    def add(self, facts: CaptureFacts) -> None:
        article = facts.article
        if article is not None:
            self._count((article.title or "", article.text, *article.authors))
            self._count([article.raw_text], holds_more=article.text not in article.raw_text)
        for comment in facts.comments:
            self._count((comment.text, comment.author or ""))

    def _count(self, strings: Iterable[str], *, holds_more: bool = True) -> None:
        for one in strings:
            known = hash(one)  # 64 bits: no two of a million strings share theirs
            if known not in self._known:
                self._known.add(known)
                length = len(one.encode())
                self.bytes += length
                self.within += length * holds_more


def sizes(report: Report, path: Path, unique: Unique, target: Target, *, what: str) -> None:
    """``path`` is a database whose log is empty."""
    size = path.stat().st_size
    report.title(f"size, {what}")
    report.line("unique text, MB", unique.bytes / 1e6)
    report.line("database, MB", size / 1e6)
    report.line("database, ratio to unique text", size / unique.bytes, target)
    report.line("  raw texts that hold the text left out", size / unique.within)
    _table(report, by_tree(path), size=size, text=unique.bytes)


def _table(report: Report, trees: list[tuple[str, int, int]], *, size: int, text: int) -> None:
    report.note(f"{'':48}{'MB':>10}{'to text':>10}{'unused, MB':>12}")
    small = [tree for tree in trees if tree[1] < _SMALL * size]
    others = ("others together", sum(used for _, used, _ in small), sum(unused for _, _, unused in small))
    for name, used, unused in [*(tree for tree in trees if tree not in small), others]:
        report.note(f"  {name:46}{used / 1e6:10.2f}{used / text:10.3f}{unused / 1e6:12.2f}")


def by_tree(path: Path) -> list[tuple[str, int, int]]:
    """Name, bytes and unused bytes of each table and index, the largest first; nothing where SQLite has no dbstat."""
    with closing(sqlite3.connect(path)) as connection:
        try:
            return connection.execute(
                "SELECT name, pgsize, unused FROM dbstat WHERE aggregate = TRUE ORDER BY pgsize DESC"
            ).fetchall()
        except sqlite3.OperationalError:
            return []
