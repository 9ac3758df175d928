"""Reads each comment of a page: by the platform's selectors, and where they match nothing by what names usually mean.

Every selector runs once over the page and its matches are handed to the comments they lie in, so that the cost grows
with the page, not with nesting. Knows fields; must not know how comments are found, nor who answers whom.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from archiver.extract.comments import guess
from archiver.extract.comments.author import author_of, name_of
from archiver.extract.comments.guess import Found
from archiver.extract.comments.nodes import Owned, Root
from archiver.extract.comments.phrases import HEAD, is_dateish, is_notice
from archiver.extract.comments.platform import Platform
from archiver.extract.comments.when import date_in, date_of
from archiver.extract.dates import stated_time, visible_date
from archiver.extract.links import absolute
from archiver.extract.model import Comment
from archiver.extract.text import block_text, inline_text
from archiver.extract.tree import Tree

_COUNT = re.compile(r"[+-]?\d{1,7}")
_COUNTING = ("data-count", "value", "score")
_ID_OF_LINK = re.compile(r"#([\w:.-]*\d[\w:.-]*)$")
_LONGEST_ID = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The page around the thread: ``base`` is what links are relative to, ``language`` that of visible dates."""

    url: str
    base: str
    canonical_url: str | None = None
    language: str | None = None


Nodes = dict[int, list[HtmlElement]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Matches:
    """What the platform's selectors matched, by comment; ``noise`` and ``badges`` for the whole page."""

    authors: Nodes
    texts: Nodes
    dates: tuple[Nodes, ...]
    links: Nodes
    permalinks: Nodes
    likes: Nodes
    edited: Nodes
    moderated: Nodes
    badges: set[HtmlElement]
    noise: set[HtmlElement]


def read_comments(tree: Tree, owned: Owned, platform: Platform, setting: Setting) -> list[Comment]:
    """In page order, parents not set yet."""
    matches = _match(tree, platform, owned)
    own = owned.own_nodes()
    return [
        _Reader(index=index, root=root, own=own[index], platform=platform, matches=matches, setting=setting).comment()
        for index, root in enumerate(owned.roots)
    ]


def _match(tree: Tree, platform: Platform, owned: Owned) -> _Matches:
    noise = set(tree.select(platform.boilerplate))
    noise.update(node for root in owned.roots for node in root.nodes)
    return _Matches(
        authors=owned.first_matches(tree, platform.author),
        texts=owned.first_matches(tree, platform.text),
        dates=tuple(owned.matches(tree, selector) for selector in platform.published),
        links=owned.matches(tree, "a[href]"),
        permalinks=owned.matches(tree, platform.permalink),
        likes=owned.matches(tree, platform.likes),
        edited=owned.matches(tree, platform.edited),
        moderated=owned.matches(tree, platform.moderated),
        badges=set(tree.select(platform.author_noise)),
        noise=noise,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """One comment while it is read."""

    index: int
    root: Root
    own: Sequence[HtmlElement]
    platform: Platform
    matches: _Matches
    setting: Setting

    def comment(self) -> Comment:
        author = self._stated_author()
        date = self._date(author.node)
        if author.node is None and self.platform.guesses:
            author = author_of(self.own, date.node)
        native_id = self.root.native_id
        text = self._text(author, date)
        if date.node is None:
            date, text = self._bare_date(date, text)
        return Comment(
            text=text,
            kind=self.platform.kind(self.root.nodes[0]),
            native_id=native_id,
            author=author.value,
            author_url=self._author_url(author.node),
            published=date.value,
            published_text=date.shown,
            permalink=self._permalink(native_id),
            likes=self._likes(),
            edited=self._is_edited(),
            moderated=self.index in self.matches.moderated or is_notice(text),
        )

    def _stated_author(self) -> Found:
        node = next(iter(self.matches.authors.get(self.index, ())), None)
        if node is None:
            return Found()
        name = inline_text(node, self.matches.badges.__contains__)
        return Found(value=name_of(name), node=node)

    def _date(self, author: HtmlElement | None) -> Found:
        """The first node with a date that can be read; else what the first node shows."""

        def is_other(node: HtmlElement) -> bool:
            return node is author or node in self.matches.badges

        first = Found()
        for node in (node for tier in self.matches.dates for node in tier.get(self.index, ())):
            found = date_in(node, self.setting.language, is_other)
            if found.value:
                return found
            if first.node is None and found.shown:
                first = found
        if self.platform.guesses and not is_dateish(first.shown or ""):
            guessed = date_of(self._outside_text(), self.setting.language, is_other)
            first = guessed if guessed.value or first.node is None else first
        return first if first.value else replace(first, value=self._stamp())

    def _outside_text(self) -> list[HtmlElement]:
        """Its nodes but those of the stated text: dates in there are what was written about."""
        inside = set(self.matches.texts.get(self.index, ()))
        for node in self.own if inside else ():
            if node.getparent() in inside:
                inside.add(node)
        return [node for node in self.own if node not in inside]

    def _stamp(self) -> str | None:
        """The time in the address of a link of the comment's, for those that show none."""
        pattern = self.platform.stamped
        if pattern is None:
            return None
        found = (pattern.search(link.get("href", "")) for link in self.matches.links.get(self.index, ()))
        return next((stated_time(match.group(1)) for match in found if match), None)

    def _text(self, author: Found, date: Found) -> str:
        taken = [node for node in (author.node, date.node) if node is not None]
        found = self.matches.texts.get(self.index)
        if not found and self.platform.text_required:
            return ""
        holder = _innermost(found) if found else guess.text_holder(self.own, taken)
        holders = self.root.nodes if holder is None else (holder,)
        read = {_with_cite(node) for node in taken}

        def is_dropped(node: HtmlElement) -> bool:
            return node in read or node in self.matches.noise

        def text(noise: Callable[[HtmlElement], bool]) -> str:
            return "\n\n".join(filter(None, (block_text(each, noise) for each in holders)))

        if found:
            whole = text(is_dropped)
        else:  # names may mislead: where nothing would be left, all is text
            whole = text(lambda node: is_dropped(node) or guess.is_noise(node)) or text(is_dropped)
        if holder is None:
            whole = guess.without_head(whole, (author.value, date.shown))
        return HEAD.sub("", whole).strip()

    def _bare_date(self, date: Found, text: str) -> tuple[Found, str]:
        """Some themes print the date as bare text before the body: a first line that is a date and no more."""
        line, _, rest = text.partition("\n")
        published = visible_date(line, self.setting.language)
        return (Found(value=published, shown=line), rest.strip()) if published else (date, text)

    def _author_url(self, node: HtmlElement | None) -> str | None:
        if node is None:
            return None
        around = next(node.iterancestors("a"), None)
        link = next(node.iter("a"), around)
        url = absolute(self.setting.base, link.get("href")) if link is not None else None
        return url if url and "#comment" not in url and "replytocom=" not in url else None

    def _permalink(self, native_id: str | None) -> str | None:
        for link in self.matches.permalinks.get(self.index, ()):
            return absolute(self.setting.base, link.get("href"))
        if native_id is None:
            return None
        for link in self.matches.links.get(self.index, []):
            href = link.get("href", "").strip()
            if href.endswith(f"#{native_id}") and "replytocom=" not in href:
                # a bare fragment is the page's own, whatever its <base> says
                return absolute(self.setting.url if href.startswith("#") else self.setting.base, href)
        return absolute(self.setting.url, f"#{native_id}")

    def _likes(self) -> int | None:
        for node in self.matches.likes.get(self.index, ()):
            stated = filter(None, (inline_text(node), *map(node.get, _COUNTING)))
            count = _COUNT.search(" ".join(stated))
            if count:
                return int(count.group())
        return guess.likes_of(self.own) if self.platform.guesses and not self.platform.likes else None

    def _is_edited(self) -> bool:
        is_guessed = self.platform.guesses and not self.platform.edited
        return self.index in self.matches.edited or (is_guessed and guess.is_edited(self.own))


def _innermost(nodes: Sequence[HtmlElement]) -> HtmlElement:
    """The innermost of the nodes nested in the first."""
    inner = nodes[0]
    for node in nodes[1:]:
        if inner in node.iterancestors():
            inner = node
    return inner


def _with_cite(node: HtmlElement) -> HtmlElement:
    """Old themes write ``<cite>Comment by NAME - DATE</cite>``: the words around the name go with it."""
    return next(node.iterancestors("cite"), node)
