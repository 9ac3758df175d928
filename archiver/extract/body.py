"""The lines of trafilatura's text with where each stands in the page, and lines among them that it left out.

Knows the markup around a body (headers, captions, boxes, lists of other articles); must not know wording, nor decide
what is taken out: that is ``clean``'s.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial, reduce
from itertools import chain, islice, pairwise
from typing import overload

from lxml.html import HtmlElement

from archiver.extract.blocks import Row, key_of, rows
from archiver.extract.clean import NOTHING, Line, Spot
from archiver.extract.links import absolute, same_site, without_archive
from archiver.extract.text import clean
from archiver.extract.wording import SENTENCE_END

Span = range
"""The rows of a line; empty where none is known."""

_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_LISTS = frozenset({"ul", "ol", "dl"})
_SPOTS = {
    "h1": Spot.HEADLINE,
    "header": Spot.HEADER,
    **dict.fromkeys(_HEADINGS, Spot.HEADING),
    **dict.fromkeys(_LISTS, Spot.ITEM),
}
_BOX_TAGS = frozenset({"aside", "figcaption", "footer", "form"})
_BOX = re.compile(
    r"(?:^|[\s_-])(?:related|newsletters?|news-letter|sign-?up|subscri(?:be|ption)|promo|disclosure"
    r"|author-?(?:bio|box|info|card)|bio|byline|captions?|credits?|social|share|sharing|sharedaddy|tags?|footer"
    r"|side-?bar|rail|recirc|read-?more|donat(?:e|ion)|adverts?|advertisement|sponsor(?:ed)?|paywall|cookies?|widget"
    r"|breadcrumbs?|timestamp|dateline|kicker|eyebrow|popular|trending|outbrain|taboola|recommend(?:ed|ations?)"
    r"|more-?(?:from|stories|on)|see-?also|also-?read|you-?may|art-?source|pub(?:lish)?-?date|post-?meta|entry-?meta)"
    r"(?:$|[\s_-]|(?<=[a-z])(?=[A-Z]))",
    re.IGNORECASE,
)
_CORE_SHARE, _BOX_SHARE, _HOME_SHARE = 0.6, 0.3, 0.1
_MOSTLY = 0.4
# Blocks that hold a paragraph, and those one looks through for what holds the paragraphs.
_PARAGRAPHS = _HEADINGS | {"p", "div", "li", "blockquote", "pre", "dd", "dt"}
_NO_CORE = _LISTS | {"table", "thead", "tbody", "tr", "td", "blockquote", "figure"}
_THROUGH = _LISTS | {"li", "blockquote", "dd", "dt"}
_SHORTEST_PROSE, _MOST_AT_AN_END, _MOST_JOINED = 80, 3, 12
_OPENING, _MOST_STARTS = 8, 200


def read_body(raw_text: str, root: HtmlElement, url: str) -> list[Line]:
    texts = [line for line in (line.strip() for line in clean(raw_text).split("\n")) if line]
    page = rows(root)
    spans = _spans(texts, page)
    body = _Body([page[index] for span in spans for index in span], url)
    missed = dict(_missed(page, spans, body))
    lines = missed.get(-1, [])
    for text, span in zip(texts, spans, strict=True):
        lines.append(body.line(text, page[span.start : span.stop]))
        lines += missed.pop(span[-1], []) if span else []
    return lines


# Lines and rows


def _spans(texts: Sequence[str], page: Sequence[Row]) -> list[Span]:
    """The rows of each line; of several with the same words the ones nearest to the lines around it."""
    whole: dict[str, list[int]] = defaultdict(list)
    openings: dict[str, list[int]] = defaultdict(list)
    for index, row in enumerate(page):
        whole[row.key].append(index)
        openings[row.key[:_OPENING]].append(index)
    choices = [_choices(key_of(text), page, whole, openings) for text in texts]
    following: list[int | None] = []
    after: int | None = None
    for options in reversed(choices):
        following.append(after)
        after = options[0].start if len(options) == 1 else after
    return list(_nearest(choices, following[::-1]))


class _Single(Sequence[Span]):
    """Spans of one row each, by the places of the rows."""

    def __init__(self, places: Sequence[int]) -> None:
        self._places = places

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, index: int) -> Span: ...
    @overload
    def __getitem__(self, index: slice) -> "_Single": ...
    def __getitem__(self, index: int | slice) -> "Span | _Single":
        if isinstance(index, slice):
            return _Single(self._places[index])
        place = self._places[index]
        return range(place, place + 1)


def _choices(
    key: str, page: Sequence[Row], whole: Mapping[str, list[int]], openings: Mapping[str, list[int]]
) -> Sequence[Span]:
    if not key:
        return []
    at = whole.get(key)
    if at:
        return _Single(at)
    starts = (index for length in range(1, _OPENING + 1) for index in openings.get(key[:length], ()))
    spans = (_joined(key, page, index) for index in islice(starts, _MOST_STARTS))
    return sorted((span for span in spans if span), key=_start)


def _joined(key: str, page: Sequence[Row], start: int) -> Span:
    """The rows from ``start`` on that make up the key."""
    end = 0
    for index in range(start, min(start + _MOST_JOINED, len(page))):
        if not key.startswith(page[index].key, end):
            break
        end += len(page[index].key)
        if end == len(key):
            return range(start, index + 1)
    return range(0)


def _nearest(choices: Sequence[Sequence[Span]], following: Sequence[int | None]) -> Iterator[Span]:
    before: int | None = None
    for options, after in zip(choices, following, strict=True):
        near = (_around(options, place) for place in (before, after) if place is not None)
        span = min(chain(options[:1], *near), key=partial(_distance, before=before, after=after), default=range(0))
        before = span[-1] if span else before
        yield span


def _around(options: Sequence[Span], place: int) -> Sequence[Span]:
    """The options next to a row, which are in page order: a row of a thousand may have the same words."""
    index = bisect_left(options, place, key=_start)
    return options[max(index - 1, 0) : index + 2]


def _start(span: Span) -> int:
    return span.start


def _distance(span: Span, *, before: int | None, after: int | None) -> int:
    return min((abs(span.start - one) for one in (before, after) if one is not None), default=0)


def _missed(page: Sequence[Row], spans: Sequence[Span], body: "_Body") -> Iterator[tuple[int, list[Line]]]:
    """Lines that belong to the body, by the index of the matched row before them (-1 before the first)."""
    known = sorted({index for span in spans for index in span})
    if not known:
        return
    keys = {page[index].key for index in known}
    first, last = known[0], known[-1]
    gaps = [(range(max(first - _MOST_AT_AN_END, 0), first), -1)]
    gaps += [(range(one + 1, other), one) for one, other in pairwise(known)]
    gaps.append((range(last + 1, min(last + 1 + _MOST_AT_AN_END, len(page))), last))
    for gap, before in gaps:
        at_end = before in {-1, last}
        found = [page[index] for index in gap if page[index].key not in keys and body.holds(page[index], at_end=at_end)]
        if found:
            yield before, [body.line(row.text, [row]) for row in found]


class _Body:
    """What holds for the body as a whole: how much of it every node around it holds."""

    def __init__(self, matched: Sequence[Row], url: str) -> None:
        self._url = url
        self._weights: Counter[HtmlElement] = Counter()
        self._homes: Counter[HtmlElement] = Counter()
        self._counts: Counter[HtmlElement] = Counter()
        self._boxes: dict[HtmlElement, bool] = {}
        for row in matched:
            self._weights[row.block] += len(row.key)
            self._counts[row.block] += 1
            self._homes[_home(row.block)] += len(row.key)
        for block, weight, count in [(block, weight, self._counts[block]) for block, weight in self._weights.items()]:
            for node in block.iterancestors():
                self._weights[node] += weight
                self._counts[node] += count
        self._total = sum(len(row.key) for row in matched)
        self._core = self._find_core()
        self._around: set[HtmlElement] = set()
        if self._core is not None:
            self._around = {self._core, *self._core.iterancestors()}

    def _find_core(self) -> HtmlElement | None:
        """The innermost node that holds most of the text, in more than one block; none where much stands outside."""
        heavy = [
            node
            for node, count in self._counts.items()
            if count > 1 and node.tag not in _NO_CORE and self._weights[node] >= _CORE_SHARE * self._total
        ]
        return max(heavy, key=lambda node: sum(1 for _ in node.iterancestors()), default=None)

    def line(self, text: str, around: Sequence[Row]) -> Line:
        """One row's own words are better than trafilatura's, which loses white space and keeps hidden words."""
        if not around:
            return Line(text=text)
        seen = around[0].text if len(around) == 1 and around[0].text else text
        links = tuple(filter(None, (self._target(link) for row in around for link in row.links)))
        return Line(text=seen, spot=reduce(Spot.__and__, map(self._spot, around)), links=links)

    def _target(self, link: HtmlElement) -> str | None:
        """Where a link leads; None for places in this page."""
        href = (link.get("href") or "").strip()
        url = absolute(self._url, href) if href and not href.startswith("#") else None
        return without_archive(url) if url else None

    def _spot(self, row: Row) -> Spot:
        spot = Spot.OUTSIDE
        is_quoted = False
        for node in (row.block, *row.block.iterancestors()):
            if node in self._around:
                spot ^= Spot.OUTSIDE if node is self._core else NOTHING
                break
            is_quoted = is_quoted or node.tag == "blockquote"
            spot |= _SPOTS.get(str(node.tag), NOTHING) | (Spot.BOX if not is_quoted and self._is_box(node) else NOTHING)
        if row.links and len(row.plain) <= _MOSTLY * len(row.text):
            spot |= Spot.MOSTLY_LINK | (NOTHING if row.plain else Spot.LINK)
            spot |= NOTHING if self._leads_away(row) else Spot.SAME_SITE
        return spot

    def _is_box(self, node: HtmlElement) -> bool:
        if node not in self._boxes:
            names = f"{node.get('class') or ''} {node.get('id') or ''}"
            is_light = self._weights[node] <= _BOX_SHARE * self._total
            self._boxes[node] = is_light and (node.tag in _BOX_TAGS or bool(_BOX.search(names)))
        return self._boxes[node]

    def _leads_away(self, row: Row) -> bool:
        targets = (absolute(self._url, link.get("href")) for link in row.links)
        return any(target and not same_site(target, self._url) for target in targets)

    def holds(self, row: Row, *, at_end: bool) -> bool:
        """Whether a row that trafilatura left out stands as a paragraph among those it took."""
        if not row.text or not self._is_at_home(row.block):
            return False
        spot = self._spot(row)
        if Spot.BOX in spot or Spot.MOSTLY_LINK | Spot.SAME_SITE in spot:
            return False
        is_prose = len(row.text) >= _SHORTEST_PROSE and bool(SENTENCE_END.search(row.text)) and Spot.LINK not in spot
        return is_prose or not (at_end or Spot.OUTSIDE in spot)

    def _is_at_home(self, block: HtmlElement) -> bool:
        """Text without a block of its own, a block beside others, or a quotation in a wrapping of its own."""
        homes = [block]
        if block.tag in _PARAGRAPHS:
            home = _home(block)
            homes.append(home)
            parent = home.getparent()
            if parent is not None and any(each.tag == "blockquote" for each in (block, *_parents(block, home))):
                homes.append(parent)
        return any(self._homes[home] >= _HOME_SHARE * self._total for home in homes if home in self._homes)


def _home(block: HtmlElement) -> HtmlElement:
    """What holds a block, and its neighbours."""
    node = block.getparent()
    while node is not None and node.tag in _THROUGH:
        node = node.getparent()
    return block if node is None else node


def _parents(block: HtmlElement, home: HtmlElement) -> Iterator[HtmlElement]:
    for node in block.iterancestors():
        if node is home:
            return
        yield node
