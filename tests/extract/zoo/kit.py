"""What a markup of the zoo is made of: posts, threads, the markup with what it tells, and small pieces of HTML.

A renderer gets a thread and returns a page; what must be read from the page is what the renderer was given.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from html import escape

_LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One comment. A block of ``text`` is a paragraph, a quote (``> ``) or a list (``* a|b``); a newline is a break."""

    number: int
    author: str
    at: datetime
    text: tuple[str, ...]
    parent: int | None = None
    """The number of the post it answers."""
    likes: int = 0
    badge: str | None = None

    @property
    def key(self) -> str:
        """The id as systems with random ids write it."""
        return f"{self.number * 7919:x}"

    @property
    def slug(self) -> str:
        return re.sub(r"\W+", "-", self.author.lower()).strip("-")

    @property
    def words(self) -> list[str]:
        plain = _LINK.sub(r"\1", " ".join(self.text))
        return re.findall(r"\w+", plain)


Thread = tuple[Post, ...]
"""In the order of the page: each answer after what it answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The article of a page, and the words of the site around it."""

    lang: str
    site: str
    title: str
    author: str
    day: str
    paragraphs: tuple[str, ...]
    others: tuple[str, ...]
    newest: str
    threads: tuple[tuple[str, Thread], ...]


Render = Callable[[Thread], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """One kind of comment section and what it tells of each comment.

    ``dates`` is ``minute``, ``day`` or ``none``; ``ids`` the form of a fragment id; ``parents`` whether it shows who
    answers whom; ``deepest`` the depth beyond which answers stand beside what they answer.
    """

    name: str
    lang: str
    render: Render
    frame: Callable[[Story, str, str], str]
    dates: str = "minute"
    ids: str | None = None
    parents: bool = True
    deepest: int | None = None
    newest_first: bool = False

    def shown(self, thread: Thread) -> Thread:
        """The thread as the page shows it."""
        if self.newest_first:
            thread = _newest_first(thread)
        return _flattened(thread, self.deepest) if self.deepest is not None else thread

    def page(self, story: Story, thread: Thread) -> str:
        return self.frame(story, self.render(self.shown(thread)), self.name)

    def id_of(self, post: Post) -> str | None:
        return self.ids.format(n=post.number, key=post.key) if self.ids else None


def _newest_first(thread: Thread) -> Thread:
    tops = [post for post in thread if post.parent is None]
    return tuple(post for top in reversed(tops) for post in thread if _top(thread, post) is top)


def _flattened(thread: Thread, deepest: int) -> Thread:
    found = []
    for post in thread:
        chain = [post, *_above(thread, post)]
        found.append(replace(post, parent=chain[-deepest].number) if 0 < deepest < len(chain) - 1 else post)
    return tuple(found)


def _above(thread: Thread, post: Post) -> Iterator[Post]:
    while post.parent is not None:
        post = next(each for each in thread if each.number == post.parent)
        yield post


def _top(thread: Thread, post: Post) -> Post:
    return [post, *_above(thread, post)][-1]


def depth_of(thread: Thread, post: Post) -> int:
    return sum(1 for _ in _above(thread, post))


def parent_of(thread: Thread, post: Post) -> Post | None:
    return next(_above(thread, post), None)


def nest(thread: Thread, render: Callable[[Post, str], str], parent: int | None = None) -> str:
    """Every post rendered with its answers inside."""
    return "".join(render(post, nest(thread, render, post.number)) for post in thread if post.parent == parent)


def each(thread: Thread, render: Callable[[Post], str]) -> str:
    return "".join(map(render, thread))


# Pieces of HTML


def inline(text: str) -> str:
    return _LINK.sub(r'<a href="\2" rel="nofollow ugc">\1</a>', escape(text, quote=False)).replace("\n", "<br>\n")


def paragraphs(post: Post, attributes: str = "") -> str:
    return "\n".join(_block(text, f"<p{attributes}>", "</p>") for text in post.text)


def breaks(post: Post) -> str:
    """As systems do that take plain text: no paragraphs, two line breaks between them, quotes and lists as typed."""
    typed = (
        "\n".join(f"- {item}" for item in text[2:].split("|")) if text.startswith("* ") else text for text in post.text
    )
    return "<br>\n<br>\n".join(map(inline, typed))


def _block(text: str, before: str, after: str) -> str:
    if text.startswith("> "):
        return f"<blockquote>{before}{inline(text[2:])}{after}</blockquote>"
    if text.startswith("* "):
        return "<ul>" + "".join(f"<li>{inline(item)}</li>" for item in text[2:].split("|")) + "</ul>"
    return f"{before}{inline(text)}{after}"


_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}


def iso(at: datetime, zone: str = "Z") -> str:
    return at.isoformat() + zone


def long_day(at: datetime, lang: str) -> str:
    month = _MONTHS[lang].split()[at.month - 1]
    if lang == "en":
        return f"{month} {at.day}, {at.year}"
    if lang == "de":
        return f"{at.day}. {month} {at.year}"
    return f"{at.day} de {month} de {at.year}" if lang in {"es", "pt"} else f"{at.day} {month} {at.year}"


def clock(at: datetime) -> str:
    return f"{at:%H:%M}"


def clock_12(at: datetime) -> str:
    return f"{at.hour % 12 or 12}:{at:%M} {'am' if at.hour < 12 else 'pm'}"


def hours_ago(post: Post, thread: Sequence[Post]) -> int:
    """A number for a relative date, older for earlier posts."""
    return 2 * (len(thread) - thread.index(post))
