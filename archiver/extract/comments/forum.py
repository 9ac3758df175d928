"""What forums have in common: a topic's first post is the article, and its answers are the comments.

Knows posts and the numbers that posts and pages print of themselves; must not know any forum software.
"""

import re
from collections.abc import Callable, Iterable

from lxml.html import HtmlElement

from archiver.extract.text import inline_text
from archiver.extract.tree import Tree

_NUMBER = re.compile(r"\d{1,9}")


def first_post(
    posts: str, *, number: str | None = None, page: str | None = None, earlier: str | None = None
) -> Callable[[Tree], HtmlElement | None]:
    """Finds a topic's opening post: the first of ``posts``, unless the page shows that the topic opens on another one.

    ``number`` is where a post prints which one it is, ``page`` where the page does; ``earlier`` leads to a page before.
    """

    def find(tree: Tree) -> HtmlElement | None:
        post = next(iter(tree.select(posts)), None)
        if post is None or tree.select(earlier):
            return None
        own = (node for node in tree.select(number) if post in node.iterancestors())
        return post if _printed(own) in {None, 1} and _printed(tree.select(page)) in {None, 1} else None

    return find


def _printed(nodes: Iterable[HtmlElement]) -> int | None:
    """The first of them that holds a number."""
    shown = (_NUMBER.search(inline_text(node)) for node in nodes)
    return next((int(number.group()) for number in shown if number), None)
