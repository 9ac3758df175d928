"""Which comment systems a page loads its thread from, and what names the thread there.

Looks for a holder or a script of each system before any pattern runs, and patterns read a bounded part of a script.
Must not know any system (``systems``).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from archiver.extract.comments.systems import SYSTEMS, System
from archiver.extract.links import absolute
from archiver.extract.model import Embed
from archiver.extract.text import one_line
from archiver.extract.tree import Tree

_LONGEST_SCRIPT, _ALL_SCRIPTS = 40_000, 400_000
_END = "\0"
_LONGEST_ID = 400
_MOST_HOLDERS, _MOST_LINKS = 4, 20
_PLACEHOLDER = re.compile(r"\{\{|<%|\$\{|<\?|^(?:null|undefined|false|true)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scripts:
    """The page's scripts: the addresses they are loaded from, and the beginnings of those written into it."""

    sources: str
    texts: str


def embeds(tree: Tree, url: str) -> tuple[Embed, ...]:
    """In the order of the table, each thread once."""
    scripts = _scripts(tree)
    found = (_embed(tree, system, scripts, url) for system in SYSTEMS)
    return tuple(dict.fromkeys(embed for embed in found if embed is not None))


def _scripts(tree: Tree) -> _Scripts:
    sources: list[str] = []
    texts: list[str] = []
    room = _ALL_SCRIPTS
    for node in tree.by_tag("script"):
        source = node.get("src") or node.get("data-src") or node.get("data-lazy-src")
        if source:
            sources.append(source)
        elif node.text and room > 0:
            text = node.text[:_LONGEST_SCRIPT]
            room -= len(text)
            texts.append(text)
    return _Scripts(sources="\n".join(sources), texts=_END.join(texts))


def _embed(tree: Tree, system: System, scripts: _Scripts, url: str) -> Embed | None:
    nodes = [*tree.select(system.holders), *(node for tag in system.tags for node in tree.by_tag(tag))]
    loaded = any(source in scripts.sources for source in system.sources)
    if not nodes and not loaded and not any(mark in scripts.texts for mark in system.marks):
        return None
    texts = [text for text in scripts.texts.split(_END) if system.word in text] if system.word else []
    texts += (scripts.sources if loaded else "", _links(nodes))
    named = tree.select(system.named)

    def read(attributes: tuple[str, ...], pattern: re.Pattern[str] | None) -> str | None:
        found = next(_values(nodes, attributes), None) or next(_written(texts, pattern), None)
        others = set(_values(named, attributes)) if found is None else set[str]()
        return others.pop() if len(others) == 1 else found

    site, thread = read(system.site, system.site_pattern), read(system.thread, system.thread_pattern)
    address = read(system.address, system.address_pattern)
    return Embed(
        system=system.name,
        id="/".join(filter(None, (site, thread))) or None,
        url=absolute(url, address) if address else None,
    )


def _links(nodes: Sequence[HtmlElement]) -> str:
    """Where links inside lead: "View the discussion", for readers without scripts."""
    links = (link.get("href", "") for node in nodes[:_MOST_HOLDERS] for link in islice(node.iter("a"), _MOST_LINKS))
    return "\n".join(links)


def _values(nodes: Sequence[HtmlElement], attributes: Iterable[str]) -> Iterator[str]:
    values = (_usable(node.get(name)) for name in attributes for node in nodes)
    return (value for value in values if value)


def _written(texts: Iterable[str], pattern: re.Pattern[str] | None) -> Iterator[str]:
    for match in (match for text in texts for match in pattern.finditer(text)) if pattern else ():
        value = _usable(next(filter(None, match.groups()), None))
        if value:
            yield value


def _usable(value: str | None) -> str | None:
    """On one line, without JSON's escaped slashes; None for what a template left unfilled."""
    value = one_line((value or "").replace("\\/", "/"))
    return value if 0 < len(value) <= _LONGEST_ID and not _PLACEHOLDER.search(value) else None
