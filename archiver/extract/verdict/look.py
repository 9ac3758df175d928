"""What a verdict looks at, read from the tree once: headings, opening text, prose, and what the page says of itself.

Knows where a page says what it is; must not know what any wording means. Reads a bounded part of the page, so
that a look costs little beside extraction.
"""

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from archiver.extract.text import clean, inline_text, is_element, one_line
from archiver.extract.tree import Tree

_MOST_CHARS, _MOST_NODES, _LONGEST_HEADING, _MOST_HEADINGS = 6_000, 4_000, 200, 4
MUCH_PROSE = 250
"""Words that no page has which merely says why it shows nothing."""
_AROUND = frozenset({"nav", "header", "footer", "aside"})
_UNSEEN = frozenset({"script", "style", "noscript", "template", "svg", "iframe", "select", "textarea", "object"})
_HIDDEN = re.compile(r"display:\s*none", re.IGNORECASE)
_BESIDE = re.compile(
    r"sidebar|widget|header|footer|navbar|modal|popup|overlay|topbar|toolbar|dropdown|menu|quick-?login"
)
_PARTS = re.compile(r"\s*[|·•»«›‹]\s*|\s+[-–—~:]+\s+")  # noqa: RUF001 - dashes as pages write them
_APOSTROPHES = re.compile("['’‘`´]")  # noqa: RUF001 - apostrophes as pages write them
_NO_WORD = re.compile(r"[\W_]+")
_SENTENCE_END = re.compile(r"[.!?…。！？]")  # noqa: RUF001 - full-width marks are meant
_WIDE = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
_SHORTEST_LINE, _SHORTEST_WIDE_LINE = 40, 15
_TYPES = re.compile(r'"@type"\s{0,9}:\s{0,9}(?:\[\s{0,9})?"(\w{1,60})"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    tree: Tree
    url: str
    title: frozenset[str]
    """The ``<title>`` and its parts, as ``plain`` makes them."""
    headings: frozenset[str]
    """The first headings, as ``plain`` makes them."""
    text: str
    """The opening of the visible text beside menus, as ``plain`` makes it; not read of what is plainly an article."""
    classes: frozenset[str]
    """Of ``<html>`` and ``<body>``, ids too, in small letters."""
    prose: int
    """Words of the extracted text that stand in sentences; two signs count as a word where words are not parted."""
    has_article_node: bool
    """JSON-LD describes an article."""
    is_stated: bool
    """The page calls itself an article, there or in ``og:type``."""
    has_comments: bool

    @property
    def is_plainly_article(self) -> bool:
        return self.is_stated and self.prose >= MUCH_PROSE


def look_at(tree: Tree, url: str, *, raw_text: str, has_article_node: bool, has_comments: bool) -> Look:
    prose = prose_words(raw_text)
    is_stated = has_article_node or is_marked_single(tree)
    titles = [title.text or "" for title in tree.by_tag("title")[:1]]
    shown = tree.by_tag("h1")[:_MOST_HEADINGS] or tree.by_tag("h2")[:1]
    return Look(
        tree=tree,
        url=url,
        title=frozenset(part for title in titles for part in _parts(title)),
        headings=frozenset(part for node in shown for part in _parts(inline_text(node)[: _LONGEST_HEADING * 2])),
        text="" if is_stated and prose >= MUCH_PROSE else plain(_opening(tree.first("body"))),
        classes=frozenset(_classes(tree)),
        prose=prose,
        has_article_node=has_article_node,
        is_stated=is_stated,
        has_comments=has_comments,
    )


def plain(text: str) -> str:
    """Small letters and digits, parted by single spaces; apostrophes are left out (``can't`` is ``cant``)."""
    folded = unicodedata.normalize("NFKC", clean(text)).casefold()
    return _NO_WORD.sub(" ", _APOSTROPHES.sub("", folded)).strip()


def prose_words(raw_text: str) -> int:
    return sum(
        _words(line) for line in raw_text.split("\n") if not line.startswith("- ") and _SENTENCE_END.search(line)
    )


def is_marked_single(tree: Tree) -> bool:
    types = {node.get("content", "").strip().lower() for node in tree.select("meta[property='og:type']")}
    return "article" in types


def stated_types(tree: Tree) -> frozenset[str]:
    """The schema.org types that stand in the page's JSON-LD, wherever in it."""
    scripts = (node.text or "" for node in tree.by_tag("script") if "ld+json" in node.get("type", "").lower())
    return frozenset(name for text in scripts for name in _TYPES.findall(text))


def is_front(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return (
        parts.scheme in {"http", "https"}
        and not parts.query
        and parts.path in {"", "/", "/index.html", "/index.php", "/index.htm", "/home", "/home/"}
    )


def is_beside(node: HtmlElement) -> bool:
    """Whether it is a page's head, foot, menu, side column or pop-up."""
    names = f"{node.get('class', '')} {node.get('id', '')}"[:_LONGEST_HEADING].lower()
    return node.tag in _AROUND or node.tag == "dialog" or is_hidden(node) or bool(_BESIDE.search(names))


def is_hidden(node: HtmlElement) -> bool:
    return node.get("hidden") is not None or bool(_HIDDEN.search(node.get("style", "")[:300]))


def text_of(node: HtmlElement) -> str:
    """The opening of its visible text, as ``plain`` makes it."""
    return plain(_opening(node))


def _parts(title: str) -> list[str]:
    title = one_line(title[: _LONGEST_HEADING * 2])
    if len(title) > _LONGEST_HEADING:
        return []
    return [part for part in map(plain, {title, *_PARTS.split(title)}) if part]


def _words(line: str) -> int:
    wide = len(_WIDE.findall(line))
    if len(line) < (_SHORTEST_WIDE_LINE if wide * 2 > len(line) else _SHORTEST_LINE):
        return 0
    return max(len(line.split()), wide // 2)


def _classes(tree: Tree) -> list[str]:
    nodes = [node for tag in ("html", "body") for node in tree.by_tag(tag)[:1]]
    return [each for node in nodes for each in f"{node.get('class', '')} {node.get('id', '')}".lower().split()]


def _opening(root: HtmlElement) -> str:
    """Visible text outside menus, heads and feet, in reading order; a bounded part of it."""
    pieces: list[str] = []
    chars, nodes = 0, 0
    stack: list[HtmlElement | str] = [root]
    while stack and chars < _MOST_CHARS and nodes < _MOST_NODES:
        each = stack.pop()
        if isinstance(each, str):
            pieces.append(each[:_MOST_CHARS])
            chars += len(pieces[-1])
            continue
        nodes += 1
        if each is not root and each.tail:
            stack.append(each.tail)
        if each is root or _is_seen(each):
            stack.extend(reversed(each[:_MOST_NODES]))
            if each.text:
                stack.append(each.text)
    return " ".join(pieces)


def _is_seen(node: HtmlElement) -> bool:
    return is_element(node) and node.tag not in _UNSEEN | _AROUND and not is_hidden(node)
