"""Reads a page of the zoo by the generic finder alone and says which fields did not come out as they were given."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from trafilatura import load_html

from archiver.extract.comments.reading import Setting
from archiver.extract.comments.thread import guess_thread
from archiver.extract.metadata import canonical_url, language_of
from archiver.extract.model import Comment
from archiver.extract.tree import Tree
from tests.extract.zoo.kit import Markup, Post, Thread

URL = "https://harbour.example/2019/lighthouse/"
FIELDS = ("texts", "authors", "parents", "dates", "ids")


def guessed(source: str) -> tuple[Comment, ...]:
    """As ``extract`` reads a page where no platform speaks up."""
    root = load_html(source)
    assert root is not None
    tree = Tree(root)
    setting = Setting(url=URL, base=URL, canonical_url=canonical_url(tree, URL), language=language_of(tree))
    thread = guess_thread(tree, setting)
    return thread.comments if thread else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was given and what was read; each field as a list of values that must be equal."""

    markup: Markup
    given: Thread
    read: Sequence[Comment]

    def wrong(self) -> set[str]:
        """The fields that differ; none but ``texts`` is judged where not as many were read as given."""
        if len(self.read) != len(self.given):
            return {"texts"}
        return {field for field in FIELDS if getattr(self, f"{field}_given")() != getattr(self, f"{field}_read")()}

    def texts_given(self) -> list[list[str]]:
        return [post.words for post in self.given]

    def texts_read(self) -> list[list[str]]:
        return [re.findall(r"\w+", comment.text) for comment in self.read]

    def authors_given(self) -> list[str]:
        return [post.author for post in self.given]

    def authors_read(self) -> list[str | None]:
        return [comment.author for comment in self.read]

    def parents_given(self) -> list[int | None]:
        place = {post.number: index for index, post in enumerate(self.given)}
        return [place[post.parent] if self.markup.parents and post.parent else None for post in self.given]

    def parents_read(self) -> list[int | None]:
        return [comment.parent for comment in self.read]

    def _precision(self) -> int:
        return {"minute": 16, "day": 10, "none": 0}[self.markup.dates]

    def dates_given(self) -> list[str]:
        return [post.at.isoformat()[: self._precision()] for post in self.given]

    def dates_read(self) -> list[str]:
        return [(comment.published or "")[: self._precision()] for comment in self.read]

    def ids_given(self) -> list[str | None]:
        return [self.markup.id_of(post) for post in self.given] if self.markup.ids else []

    def ids_read(self) -> list[str | None]:
        return [comment.native_id for comment in self.read] if self.markup.ids else []


def reading(markup: Markup, posts: Sequence[Post], source: str) -> Reading:
    return Reading(markup=markup, given=markup.shown(tuple(posts)), read=guessed(source))
