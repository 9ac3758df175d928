"""A comment platform as a value: selectors as data, and a few functions for what selectors cannot say.

Knows how a platform is described; must not know how a page is walked (``thread``) or any platform.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml.html import HtmlElement

from archiver.extract.model import CommentKind
from archiver.extract.tree import Tree


def always_comment(_root: HtmlElement) -> CommentKind:
    return CommentKind.COMMENT


def says_nothing(_root: HtmlElement) -> None:
    return None


def no_post(_tree: Tree) -> None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class NativeId:
    """Where a comment's own id stands: matched against ``attribute`` of its node, or of the first match of ``inside``.

    ``pattern`` is matched from the beginning; its first group is the number. ``form`` makes the id of it, which is the
    fragment of the comment's permalink (``comment-123``). ``before``: it stands on the sibling just before the node,
    an empty anchor.
    """

    pattern: re.Pattern[str]
    attribute: str = "id"
    inside: str | None = None
    before: bool = False
    form: str = "{}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """How one family of comment markup is read.

    Selectors are CSS. In ``author``, ``published`` and ``text`` the first that matches inside a comment wins; for the
    text the innermost of nested matches. Where none matches, what names in markup usually mean decides (``guess``).
    """

    name: str
    evidence: tuple[str, ...]
    """Any of these in the page speaks for the platform."""
    foreign: tuple[str, ...] = ()
    """Any of these says that another platform has taken over."""
    comment: str
    """One comment; the outermost node of an id wins."""
    around: str | None = None
    """The comment is the nearest of these around a match of ``comment``: the table row of an anchor with the id."""
    opening: Callable[[Tree], HtmlElement | None] = no_post
    """The post that is the article, if this page shows it: no comment, though comments may lie inside."""
    native_id: tuple[NativeId, ...] = ()
    """The first that matches is the id."""
    id_required: bool = False
    """A match of ``comment`` without an id is no comment."""
    without_id: str | None = None
    """Comments that need no id all the same: bodiless pingbacks."""
    continued: str | None = None
    """Siblings after the comment's node that belong to it, up to the next that does not match (``dd`` after ``dt``)."""
    author: tuple[str, ...] = ()
    author_noise: str | None = None
    """Badges and words inside the author's node."""
    published: tuple[str, ...] = ()
    stamped: re.Pattern[str] | None = None
    """Found in the address of a link inside; its first group is the time in (milli)seconds, where none is shown."""
    text: tuple[str, ...] = ()
    text_required: bool = False
    """Where no selector matches, there is no text: nothing is guessed."""
    boilerplate: str | None = None
    """Dropped inside the text: subject lines and signatures too."""
    guesses: bool = True
    """Where its selectors for author and date match nothing, names in markup are asked; else nobody is named."""
    permalink: str | None = None
    """A link inside the comment to the comment, where that is a page of its own and no fragment of this one."""
    likes: str | None = None
    """Holds the number of votes for the comment."""
    edited: str | None = None
    """In the comment: it was edited."""
    moderated: str | None = None
    """In the comment, or the comment itself: held for approval, or taken out by a moderator."""
    skip: str | None = None
    """No node under these is a comment: lists of newest comments, an opening post."""
    prune: str | None = None
    """What goes with the thread and is no article text: its heading, its form."""
    kind: Callable[[HtmlElement], CommentKind] = always_comment
    # Who answers whom, in the order of trying; without any of these nesting decides.
    answers: Callable[[HtmlElement], str | None] = says_nothing
    """The number (as in ``native_id``) of the comment that this one answers, by the comment's node."""
    answered: str | None = None
    """A link inside the comment to the one it answers; its fragment, or the digits at its end, name it."""
    answered_name: str | None = None
    """A node inside the comment that names whom it answers: the newest comment by that name before it."""
    stated_depth: Callable[[HtmlElement], int | None] = says_nothing
    """Depth the markup states (1 at the top); a comment answers the last one before it that is one less deep."""
    replies: str | None = None
    """Holds the answers to the comment before it, as its sibling."""
    flat: bool = False
    """Nesting of nodes says nothing."""
    is_forum: bool = False
    """The whole page is a thread, whose opening post is the article."""


def speaks_for(tree: Tree, platform: Platform) -> bool:
    return any(map(tree.select, platform.evidence)) and not any(map(tree.select, platform.foreign))
