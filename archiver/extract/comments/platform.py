"""A comment platform as a value: selectors as data, and a few functions for what selectors cannot say.

Knows how a platform is described; must not know how a page is walked (``thread``) or any platform.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml.html import HtmlElement

from archiver.extract.model import CommentKind
from archiver.extract.tree import Tree


def no_stated_depth(_root: HtmlElement) -> int | None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """How one family of comment markup is read.

    Selectors are CSS. In ``author``, ``published`` and ``text`` the first that matches inside a comment wins;
    for the text the innermost of nested matches, and the whole comment where none matches.
    """

    name: str
    evidence: tuple[str, ...]
    """Any of these in the page speaks for the platform."""
    foreign: tuple[str, ...] = ()
    """Any of these says that another platform has taken over."""
    comment: str
    """One comment; the outermost node of an id wins."""
    native_id: re.Pattern[str]
    """Matched against ``id``; group 1 is the number. A node whose ``id`` does not match is no comment."""
    without_id: str | None = None
    """Comments that need no id: bodiless pingbacks."""
    id_format: str = "comment-{}"
    continued: str | None = None
    """Tag of the siblings after the comment's node that belong to it (a ``dd`` after its ``dt``)."""
    author: tuple[str, ...]
    author_noise: str | None = None
    """Badges and words inside the author's node."""
    published: tuple[str, ...]
    text: tuple[str, ...]
    boilerplate: str
    """Dropped inside the text."""
    skip: str | None = None
    """No node under these is a comment: lists of newest comments."""
    prune: str | None = None
    """What goes with the thread and is no article text: its heading, its form."""
    kind: Callable[[HtmlElement], CommentKind]
    stated_depth: Callable[[HtmlElement], int | None] = no_stated_depth
    """Depth the markup states in words (1 at the top); without it nesting decides."""


def speaks_for(tree: Tree, platform: Platform) -> bool:
    return any(map(tree.select, platform.evidence)) and not any(map(tree.select, platform.foreign))
