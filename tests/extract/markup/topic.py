"""An article with its thread, apart from any markup, and what the markups of all platforms need to print it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A comment; ``parent`` is the index of the one it answers."""

    number: int
    author: str
    published: datetime
    paragraphs: tuple[str, ...]
    parent: int | None = None
    edited: bool = False
    removed: bool = False
    likes: int | None = None
    html: str | None = None
    """Its body where it is more than its paragraphs."""

    @property
    def name(self) -> str:
        return escape(self.author)

    @property
    def epoch(self) -> int:
        return int(self.published.timestamp())

    @property
    def utc(self) -> datetime:
        return self.published.astimezone(UTC)

    def lines(self) -> str:
        """As forums print it: ``<br>`` for each line's end."""
        return self.html or lines(self.paragraphs)

    def blocks(self) -> str:
        """As blogs print it: a ``<p>`` for each paragraph."""
        return self.html or blocks(self.paragraphs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """``number`` is that of the opening post where the article is one."""

    title: str
    author: str
    published: datetime
    paragraphs: tuple[str, ...]
    posts: tuple[Post, ...]
    number: int = 900
    language: str = "en"

    def opening(self) -> Post:
        return Post(
            number=self.number, author=self.author, published=self.published, paragraphs=self.paragraphs, edited=True
        )

    def all_posts(self) -> tuple[Post, ...]:
        """The opening post first: their places here are the numbers that forums print."""
        return (self.opening(), *self.posts)

    def answered(self, post: Post) -> Post | None:
        return None if post.parent is None else self.posts[post.parent]

    def depth(self, post: Post) -> int:
        above = self.answered(post)
        return 0 if above is None else self.depth(above) + 1

    def answers(self, index: int | None) -> list[tuple[int, Post]]:
        return [(at, post) for at, post in enumerate(self.posts) if post.parent == index]


def lines(paragraphs: Sequence[str]) -> str:
    return "<br />\n<br />\n".join(_broken(paragraph) for paragraph in paragraphs)


def blocks(paragraphs: Sequence[str]) -> str:
    return "\n".join(f"<p>{_broken(paragraph)}</p>" for paragraph in paragraphs)


def _broken(paragraph: str) -> str:
    return escape(paragraph, quote=False).replace("\n", "<br />\n")


def when(moment: datetime, form: str) -> str:
    """``form`` is of ``strftime``; ``%-d`` is not known on every system, so ``{d}`` stands for the day alone."""
    return moment.strftime(form).replace("{d}", str(moment.day))


def nested(topic: Topic, print_one: Callable[[Post, str], str], index: int | None = None) -> str:
    """``print_one`` is given a post and the printed answers to it."""
    return "\n".join(print_one(post, nested(topic, print_one, at)) for at, post in topic.answers(index))


def page(topic: Topic, body: str, *, head: str = "", html: str = "", attributes: str = "") -> str:
    """``html`` and ``attributes`` are those of ``<html>`` and ``<body>``."""
    return (
        f'<!DOCTYPE html>\n<html lang="{topic.language}"{html}>\n<head><meta charset="utf-8">'
        f"<title>{escape(topic.title)}</title>\n{head}</head>\n<body{attributes}>\n{body}\n</body>\n</html>\n"
    )
