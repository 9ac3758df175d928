"""Whether only the opening of an article is shown, and the rest sold or kept for those who register.

Knows the marks of pay walls; must not know how text is extracted. A page with the whole text is an article,
whatever its scripts and its JSON-LD say of its price.
"""

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from archiver.extract.tree import Tree
from archiver.extract.verdict.look import Look, plain, prose_words, text_of
from archiver.extract.verdict.words_of_walls import WALL_WORDING

_PRICED = re.compile(r'"isAccessibleForFree"\s{0,9}:\s{0,9}"?(?:https?://schema\.org/)?false\b', re.IGNORECASE)
_PRICED_NODES = (
    "meta[itemprop=isAccessibleForFree][content=false], meta[itemprop=isAccessibleForFree][content=False],"
    " meta[name='article:content_tier'][content=locked], meta[property='article:content_tier'][content=locked]"
)
_WALL = re.compile(
    r"pay-?_?wall|reg-?wall|tp-container|piano|leaky|subscri(?:be|ption|bers?)-(?:wall|only)|premium-wall|steady-"
    r"|registration-wall|poool|content-gate|barrier",
    re.IGNORECASE,
)
_CUT = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\])\s*$")
_WORDING = tuple(plain(each) for line in WALL_WORDING.strip().splitlines() for each in line.split("|"))
_MOST_WALLS, _LONGEST_LINE, _LAST_LINES = 12, 300, 4
_MOST_SHOWN, _SHORT, _MOST_LINES = 150, 60, 200


def is_cut_by_wall(look: Look, raw_text: str) -> bool:
    """Two things must be said: that there is a price, and, by the text, that it breaks off."""
    if look.prose > _MOST_SHOWN * 2 or look.has_comments:
        return False
    lines = [line.strip() for line in raw_text.split("\n") if line.strip()]
    if len(lines) > _MOST_LINES:
        return False
    walls = [line for line in lines if len(line) <= _LONGEST_LINE and _speaks_of_wall(plain(line))]
    shown = [line for line in lines if line not in walls]
    words_shown = prose_words("\n".join(shown))
    if words_shown > _MOST_SHOWN:
        return False
    is_short = words_shown < _SHORT
    is_cut = any(_CUT.search(line[-10:]) for line in shown[-_LAST_LINES:])
    speaks = bool(walls) or any(_speaks_of_wall(text_of(node)) for node in islice(_wall_nodes(look.tree), _MOST_WALLS))
    return (speaks and (is_cut or is_short or _is_priced(look))) or (is_cut and _is_priced(look))


def _wall_nodes(tree: Tree) -> Iterator[HtmlElement]:
    for node in tree.select("[class], [id]"):
        if _WALL.search(f"{node.get('class', '')} {node.get('id', '')}"[:_LONGEST_LINE]):
            yield node


def _speaks_of_wall(text: str) -> bool:
    return any(wording in text for wording in _WORDING)


def _is_priced(look: Look) -> bool:
    scripts = (node.text or "" for node in look.tree.by_tag("script") if "ld+json" in node.get("type", "").lower())
    return bool(look.tree.select(_PRICED_NODES)) or any(_PRICED.search(text) for text in scripts)
