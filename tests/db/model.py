"""A small site that remembers what it showed when: the truth that the histories of the database are held to.

One article and its thread, as WordPress keeps and shows them: comments in pages of so many top-level ones, replies
hidden with a trashed parent and counted all the same, replies of a removed one moved up to its parent. Times are
minutes. Knows nothing of the database; written from what sites do, not from how history is derived.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

URL: Final = "https://example.org/2024/hoist/"
_BEGIN: Final = datetime(2024, 5, 1, tzinfo=UTC)
_DAY: Final = 24 * 60


class Status(StrEnum):
    LIVE = "live"
    HELD = "held"
    TRASHED = "trashed"


class Dating(StrEnum):
    """How the site writes when a comment was made."""

    TIME = "time"
    DAY = "day"
    RELATIVE = "relative"
    NONE = "none"


class Claims(StrEnum):
    """When the heading of the thread gives its number."""

    ALWAYS = "always"
    WHERE_ANY = "where any"
    NEVER = "never"


class Links(StrEnum):
    ALL = "all"
    NEIGHBOURS = "neighbours"


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """How the site shows a thread.

    ``per_page`` counts top-level comments; ``newest_first``: the article's own address shows the last page of the
    thread, else the first. ``names_first_page``: each of its pages says that it is the first comment page.
    """

    claims: Claims = Claims.ALWAYS
    links: Links = Links.ALL
    dating: Dating = Dating.TIME
    native_ids: bool = True
    per_page: int = 50
    newest_first: bool = True
    counts_pingbacks: bool = True
    titles_pages: bool = False
    names_first_page: bool = False
    likes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    title: str = "Hoist"
    text: str = "The hoist stands."
    tags: tuple[str, ...] = ()
    modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """``number`` is the site's own, in the order of writing; ``written`` in minutes."""

    number: int
    text: str
    parent: int | None = None
    author: str | None = "veth"
    written: int = 0
    status: Status = Status.LIVE
    is_pingback: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """All that the site holds at one time; ``footer`` names the newest posts of other articles.

    ``last_number`` is the number of the newest comment there ever was: none is given twice.
    """

    post: Post = Post()
    footer: str = "Recent posts: Anvil"
    comments: tuple[Comment, ...] = ()
    last_number: int = 0

    def __str__(self) -> str:
        shown = (
            f"{one.number}{'' if one.parent is None else f'<{one.parent}'} {one.author} {one.status} …{one.text[-20:]}"
            for one in self.comments
        )
        return f"{self.post.title}, {self.post.text}, {self.post.tags}, {self.footer} [{'; '.join(shown)}]"

    def comment(self, number: int) -> Comment:
        return next(one for one in self.comments if one.number == number)

    def count(self, *, pingbacks: bool = True) -> int:
        """As the heading has it: approved comments, hidden ones too."""
        return sum(one.status is Status.LIVE and (pingbacks or not one.is_pingback) for one in self.comments)

    @property
    def threads(self) -> tuple[tuple[tuple[Comment, int], ...], ...]:
        """What is visible: each top-level comment with all below it, and how deep each stands."""
        return tuple(
            tuple(self._below(one, 0)) for one in self.comments if one.parent is None and one.status is Status.LIVE
        )

    @property
    def visible(self) -> frozenset[int]:
        return frozenset(comment.number for thread in self.threads for comment, _ in thread)

    def add(self, comment: Comment) -> "State":
        assert comment.number > self.last_number
        return replace(self, comments=(*self.comments, comment), last_number=comment.number)

    def edit(self, number: int, text: str) -> "State":
        return self._changed(replace(self.comment(number), text=text))

    def put(self, number: int, status: Status) -> "State":
        """Hold, approve, trash or restore: the comment keeps its number and its place."""
        return self._changed(replace(self.comment(number), status=status))

    def remove(self, number: int) -> "State":
        """For good: its replies answer from now on what it answered."""
        grandparent = self.comment(number).parent
        rest = (one for one in self.comments if one.number != number)
        return replace(
            self,
            comments=tuple(replace(one, parent=grandparent) if one.parent == number else one for one in rest),
        )

    def _changed(self, comment: Comment) -> "State":
        return replace(self, comments=tuple(comment if one.number == comment.number else one for one in self.comments))

    def _below(self, top: Comment, depth: int) -> Iterator[tuple[Comment, int]]:
        yield top, depth
        for one in self.comments:
            if one.parent == top.number and one.status is Status.LIVE:
                yield from self._below(one, depth + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageShown:
    """One page of the thread as its address shows it: comments in page order, with their depth."""

    comments: tuple[tuple[Comment, int], ...]
    claimed: int | None
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The article at ``url`` through time: what the site held from each minute on."""

    url: str = URL
    theme: Theme = field(default_factory=Theme)
    states: tuple[tuple[int, State], ...] = ((0, State()),)

    def at(self, minute: int) -> State:
        return next(state for since, state in reversed(self.states) if since <= minute)

    def then(self, minute: int, state: State) -> "Site":
        assert minute > self.states[-1][0]
        return replace(self, states=(*self.states, (minute, state)))

    def is_still(self, begin: int, end: int) -> bool:
        """Whether nothing happened from one minute to the other."""
        return not any(begin < since <= end for since, _ in self.states)

    def page_count(self, minute: int) -> int:
        return max(1, -(-len(self.at(minute).threads) // self.theme.per_page))

    def front(self, minute: int) -> int:
        """The page of the thread that the article's own address shows."""
        return self.page_count(minute) if self.theme.newest_first else 1

    def page_url(self, page: int | None) -> str:
        """None: the article's own address."""
        return self.url if page is None else f"{self.url}comment-page-{page}/"

    def other_pages(self, minute: int) -> tuple[int, ...]:
        """The pages of the thread that the article's own address does not show, and so have one of their own."""
        front = self.front(minute)
        return tuple(page for page in range(1, self.page_count(minute) + 1) if page != front)

    def shown(self, minute: int, page: int | None) -> PageShown:
        """A page past the end answers too: with the article, and nothing of its thread."""
        state, last = self.at(minute), self.page_count(minute)
        number = self.front(minute) if page is None else page
        begin = (number - 1) * self.theme.per_page
        comments = tuple(one for thread in state.threads[begin : begin + self.theme.per_page] for one in thread)
        if number > last:
            return PageShown(comments=(), claimed=None, links=())
        is_near = self.theme.links is Links.NEIGHBOURS
        linked = [
            each for each in self.other_pages(minute) if each != number and (not is_near or abs(each - number) == 1)
        ]
        return PageShown(comments=comments, claimed=self._claim(state), links=tuple(map(self.page_url, linked)))

    def dates(self, comment: Comment, minute: int) -> tuple[str | None, str | None]:
        """When it was written, for machines and as shown."""
        moment = _BEGIN + timedelta(minutes=comment.written)
        match self.theme.dating:
            case Dating.TIME:
                return f"{moment:%Y-%m-%dT%H:%M:%S}", f"{moment:%d %B %Y at %H:%M}"
            case Dating.DAY:
                return f"{moment:%Y-%m-%d}", f"{moment:%d %B %Y}"
            case Dating.RELATIVE:
                days = (minute - comment.written) // _DAY
                return None, f"{days} days ago" if days > 1 else "yesterday" if days else "today"
            case Dating.NONE:
                return None, None

    def _claim(self, state: State) -> int | None:
        count = state.count(pingbacks=self.theme.counts_pingbacks)
        match self.theme.claims:
            case Claims.ALWAYS:
                return count
            case Claims.WHERE_ANY:
                return count if state.threads else None
            case Claims.NEVER:
                return None


def time_of(minute: int) -> str:
    return f"{_BEGIN + timedelta(minutes=minute):%Y-%m-%dT%H:%M:%S.%fZ}"
