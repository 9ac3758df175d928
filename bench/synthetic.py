"""Articles with their threads, made: what extraction would say of them, and the captures that show it.

Everything is a function of the archive's size, an article's number and a capture's number: nothing is kept, so any
part can be made at any time and again. Captures come crawl by crawl, each of them over all articles. With more captures
than one an article in a hundred is edited once or twice; comments arrive over the first captures, one in a hundred is
edited, one in a hundred goes; whatever did not change is a response of its own all the same.
"""

import base64
import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache, cached_property
from itertools import accumulate
from typing import Final

from archiver.extract.model import Article, Comment, Origin, Page, Verdict
from archiver.extract.version import EXTRACTOR
from archiver.extraction import page_facts
from bench.words import Prose, prose
from db.facts import CaptureFacts, CaptureRow
from db.times import time_text

_START: Final = datetime(2026, 1, 1, 6, tzinfo=UTC)
_CAPTURES_OF_A_FILE: Final = 20_000
_READERS: Final = 20_000
_REPORTERS: Final = 2_000
_SITES: Final = 40
_EDITED: Final = 0.01
_GONE: Final = 0.01
_REPLIES: Final = 0.4
_MOST_OF_A_THREAD: Final = 1000
_SECTIONS: Final = ("News", "Politics", "Local", "Culture", "Sport", "Science", "Opinion", "Business")
_BOILERPLATE: Final = (
    "Share this story\nSubscribe to our newsletter\n\n",
    "\n\nSign up for the morning briefing and never miss a story.\nRead more: what our readers said this week",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One comment through time: which captures show it, and from which on it is another text."""

    text: str
    author: str
    parent: int | None
    minutes: int
    likes: int
    born: int = 0
    gone: int | None = None
    edited: int | None = None

    def is_shown(self, capture: int) -> bool:
        return self.born <= capture and (self.gone is None or capture < self.gone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What the pages of one site have: ids of their comments, a count, times as people write them."""

    number: int
    host: str
    name: str

    @property
    def has_ids(self) -> bool:
        return self.number % 10 != 0

    @property
    def claims(self) -> bool:
        return self.number % 5 != 1

    @property
    def writes_times(self) -> bool:
        return self.number % 3 == 0

    @property
    def has_likes(self) -> bool:
        return self.number % 5 == 0

    @property
    def links_readers(self) -> bool:
        return self.number % 4 == 0


@dataclass(frozen=True)
class Archive:
    """``articles`` have ``comments`` altogether, each article ``captures``. ``thread`` gives every article so many."""

    articles: int
    comments: int
    captures: int = 1
    thread: int | None = None
    seed: str = "a"
    _prose: Prose = field(default_factory=prose, repr=False)

    def facts(self) -> Iterator[CaptureFacts]:
        for capture in range(self.captures):
            for number in range(self.articles):
                yield self.capture(number, capture)

    def capture(self, number: int, capture: int) -> CaptureFacts:
        return page_facts(self._row(number, capture), self.page(number, capture))

    def page(self, number: int, capture: int) -> Page:
        dice = self._dice(number)
        url = self.url(number)
        article = self._article(dice, number, capture, url=url)
        posts = self._posts(dice, self.lengths[number])
        shown = _shown(posts, capture)
        site = _site(number % _SITES)
        places = {index: place for place, (index, _) in enumerate(shown)}
        comments = tuple(
            _comment(posts[index], number, index, url=url, capture=capture, depth=depth, places=places)
            for index, depth in shown
        )
        return Page(
            verdict=Verdict.ARTICLE,
            extractor=EXTRACTOR,
            article=article,
            comments=comments,
            claimed_comments=len(comments) if site.claims else None,
            complete=True if site.claims else None,
        )

    def url(self, number: int) -> str:
        dice = self._dice(number)
        slug = "-".join(self._prose.draw(dice, 6)).encode("ascii", "ignore").decode()
        return f"https://{_site(number % _SITES).host}/2026/{number % 12 + 1:02}/{slug}-{number}/"

    @cached_property
    def lengths(self) -> list[int]:
        """How many comments each article has: most few, some hundreds."""
        if self.thread is not None:
            return [self.thread] * self.articles
        dice = random.Random(f"{self.seed} lengths")  # noqa: S311 - the same each time, nothing secret
        drawn = [dice.lognormvariate(0, 1.5) for _ in range(self.articles)]
        share = self.comments / sum(drawn)
        lengths = [min(int(one * share), _MOST_OF_A_THREAD) for one in drawn]
        while (missing := self.comments - sum(lengths)) > 0:
            for _ in range(missing):
                lengths[int(dice.random() * self.articles)] += 1
        return lengths

    @cached_property
    def _readers(self) -> tuple[list[str], list[float]]:
        """Names, with sums of weights: a few write most."""
        dice = random.Random("readers")  # noqa: S311 - as above
        return [self._prose.name(dice) for _ in range(_READERS)], list(
            accumulate(1 / (n + 20) for n in range(_READERS))
        )

    @cached_property
    def _reporters(self) -> list[str]:
        dice = random.Random("reporters")  # noqa: S311 - as above
        return [self._prose.name(dice) for _ in range(_REPORTERS)]

    def _dice(self, *what: object) -> random.Random:
        return random.Random(" ".join(map(str, (self.seed, *what))))  # noqa: S311 - as above

    def _article(self, dice: random.Random, number: int, capture: int, *, url: str) -> Article:
        words = self._prose
        site = _site(number % _SITES)
        text = words.text(dice, max(80, int(dice.gauss(700, 300))))
        edits = self._edits(dice)
        published = _START - timedelta(minutes=int(dice.random() * 500_000))
        section = dice.choice(_SECTIONS)
        tags = words.draw(dice, int(dice.random() * 7))
        authors = dice.sample(self._reporters, 1 + (dice.random() < 0.2))  # noqa: PLR2004 - some have two
        links = tuple(
            f"https://{words.draw(dice, 1)[0]}.example/{'-'.join(words.draw(dice, 5))}" for _ in range(number % 8)
        )
        description = " ".join(words.draw(dice, 25)).capitalize() + "."
        title = words.title(dice)
        for edit in edits:
            added = words.text(dice, 60)
            if capture >= edit:
                text = f"{text}\n\n{added}"
        last_edit = max((edit for edit in edits if edit <= capture), default=None)
        modified = published if last_edit is None else self.moment(last_edit)
        top, bottom = _BOILERPLATE if number % 2 else ("", "")
        filled = Origin.JSON_LD if number % 3 else Origin.META
        names = ("title", "authors", "published", "modified", "section", "tags", "description", "image")
        return Article(
            title=title,
            authors=tuple(authors),
            published=published.isoformat(timespec="seconds"),
            modified=modified.isoformat(timespec="seconds"),
            site=site.name,
            language="en",
            section=section,
            categories=(section,),
            tags=tuple(dict.fromkeys(tags)),
            description=description,
            image=f"https://{site.host}/uploads/2026/{number % 12 + 1:02}/picture-{number}-1200x630.jpg",
            canonical_url=url,
            links=links,
            text=text,
            raw_text=f"{top}{text}{bottom}",
            origins=(
                *((name, filled) for name in names),
                ("site", Origin.META),
                ("language", Origin.HTML),
                ("categories", Origin.META),
                ("canonical_url", Origin.HTML),
                ("text", Origin.TRAFILATURA),
                ("raw_text", Origin.TRAFILATURA),
                *((("links", Origin.HTML),) if links else ()),
            ),
        )

    def _edits(self, dice: random.Random) -> list[int]:
        """The captures that show a new text for the first time."""
        is_edited, twice, *moments = (dice.random() for _ in range(4))
        if self.captures == 1 or is_edited >= _EDITED:
            return []
        return sorted({1 + int(moment * (self.captures - 1)) for moment in moments[: 1 + (twice < 0.5)]})  # noqa: PLR2004

    def _posts(self, dice: random.Random, count: int) -> list[Post]:
        posts: list[Post] = []
        readers, weights = self._readers
        minutes = 0
        answered: set[int] = set()
        for author in dice.choices(readers, cum_weights=weights, k=count):
            parent = int(dice.random() * len(posts)) if posts and dice.random() < _REPLIES else None
            minutes += 1 + int(dice.expovariate(0.02))
            if parent is not None:
                answered.add(parent)
            born = min(int(dice.expovariate(1.2)), 5, self.captures - 1)
            posts.append(
                Post(
                    text=self._prose.text(dice, max(1, int(dice.expovariate(1 / 45)))),
                    author=author,
                    parent=parent,
                    minutes=minutes,
                    likes=int(dice.expovariate(0.3)),
                    born=born if parent is None else max(born, posts[parent].born),
                )
            )
        if self.captures == 1:
            return posts
        return [self._through_time(dice, post, is_answered=index in answered) for index, post in enumerate(posts)]

    def _through_time(self, dice: random.Random, post: Post, *, is_answered: bool) -> Post:
        """Edited or gone, some; never gone where it has answers."""
        chance, moment = dice.random(), post.born + 1 + int(dice.random() * (self.captures - post.born - 1))
        if moment >= self.captures or chance >= _EDITED + _GONE:
            return post
        if chance < _EDITED:
            return replace(post, edited=moment)
        return post if is_answered else replace(post, gone=moment)

    def moment(self, capture: int) -> datetime:
        """When a crawl began."""
        return _START + timedelta(days=capture)

    def _row(self, number: int, capture: int) -> CaptureRow:
        dice = self._dice("row", number, capture)
        serial, place = divmod(capture * self.articles + number, _CAPTURES_OF_A_FILE)
        at = self.moment(capture) + timedelta(seconds=number * 0.2)
        began = self.moment(capture)
        modified = at - timedelta(hours=1 + int(dice.random() * 1000))
        has_validators = number % 5 < 3  # noqa: PLR2004 - six in ten
        return CaptureRow(
            record_id=f"urn:uuid:{_uuid(dice)}",
            record_type="response",
            url=self.url(number),
            captured_at=time_text(at),
            status=200,
            mime="text/html",
            payload_digest="sha1:" + base64.b32encode(dice.randbytes(20)).decode("ascii"),
            payload_sha256=dice.randbytes(32).hex(),
            warc_file=f"archive-{began:%Y%m%d%H%M%S}000-{serial:05}-harbour.warc.gz",
            warc_offset=place * 24_000 + int(dice.random() * 9_000),
            warc_length=15_000 + int(dice.random() * 20_000),
            source="herald" if number % 2 else "gazette",
            crawl_id=f"{began:%Y-%m-%dT%H%M%S}-{self.seed}{capture:05}",
            extractor=EXTRACTOR,
            transfer_coding="chunked" if number % 2 else None,
            etag=f'"{dice.getrandbits(32):x}-{dice.getrandbits(16):x}"' if has_validators else None,
            last_modified=format_datetime(modified, usegmt=True) if has_validators else None,
        )


def _comment(
    post: Post, number: int, index: int, *, url: str, capture: int, depth: int, places: dict[int, int]
) -> Comment:
    site = _site(number % _SITES)
    native = f"comment-{number * 2500 + index + 1_000_000}"
    at = _START - timedelta(days=30) + timedelta(minutes=post.minutes)
    is_edited = post.edited is not None and capture >= post.edited
    return Comment(
        text=f"{post.text} Edit: {post.author} was right, I take that back." if is_edited else post.text,
        native_id=native if site.has_ids else None,
        author=post.author,
        author_url=f"https://{site.host}/readers/{post.author.lower().replace(' ', '-')}"
        if site.links_readers
        else None,
        published=at.isoformat(timespec="seconds"),
        published_text=f"{at:%B} {at.day}, {at.year} at {at:%H:%M}" if site.writes_times else None,
        permalink=f"{url}#{native}" if site.has_ids else None,
        parent=None if post.parent is None else places[post.parent],
        depth=depth,
        likes=post.likes if site.has_likes else None,
    )


@cache
def _site(number: int) -> Site:
    word = prose().words[3000 + number]
    host = f"www.{word}-{number}.example".encode("ascii", "ignore").decode()
    return Site(number=number, host=host, name=f"The {word.capitalize()} Herald")


def _uuid(dice: random.Random) -> str:
    digits = dice.randbytes(16).hex()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def _shown(posts: list[Post], capture: int) -> list[tuple[int, int]]:
    """What one capture shows, as indexes with depths: replies after what they answer, older ones first."""
    replies: dict[int | None, list[int]] = {}
    for index, post in enumerate(posts):
        if post.is_shown(capture):
            replies.setdefault(post.parent, []).append(index)
    found: list[tuple[int, int]] = []
    waiting = [(index, 0) for index in reversed(replies.get(None, ()))]
    while waiting:
        index, depth = waiting.pop()
        found.append((index, depth))
        waiting += [(reply, depth + 1) for reply in reversed(replies.get(index, ()))]
    return found
