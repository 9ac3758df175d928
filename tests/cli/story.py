"""The story of one article and its thread, told by eight crawls of the fixture site, and what the archive says of it.

1  the article with its fifteen comments
2  a paragraph and a comment are edited
3  a comment goes into the trash: its two replies are hidden with it, and counted all the same
4  another is deleted for good, and its replies stand where it stood; a third is held back by a moderator
5  a browser check stands in the way, with status 200
6  the article is not found
7  the article is back; the comment is out of the trash, the one held back approved
8  a new comment; another article is published, so that the sidebar changes
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from archiver.errors import Exit
from tests.cli.running import archiver, execute, make_archive, query
from tests.site import ARTICLES, SEED, SEED_PATH, ArticleContent, CommentContent, RunningSite, serve

TRASHED, DELETED, HELD, EDITED, NEW = 957, 963, 956, 960, 970
HIDDEN = (958, 959)
"""The replies to the trashed comment."""
MOVED = (964, 965)
"""The replies to the deleted one."""

_BROWSER_CHECK = """<!doctype html><html lang="en"><head><title>Just a moment...</title>
<meta name="robots" content="noindex,nofollow"></head><body><div id="challenge-form">
<h1>127.0.0.1</h1><h2>Checking if the site connection is secure</h2>
<p>127.0.0.1 needs to review the security of your connection before proceeding.</p></div></body></html>"""
OLD_WORDS, NEW_WORDS = SEED.paragraphs[1].split(" ", 1)[0], "Yesterday, as was added later,"


def _edited(comment: CommentContent) -> CommentContent:
    return replace(comment, paragraphs=(f"{comment.paragraphs[0]} Edit: or so it was said.",))


def _without(article: ArticleContent, *ids: int) -> ArticleContent:
    return replace(article, comments=tuple(one for one in article.comments if one.id not in ids))


def _deleted(article: ArticleContent, id_: int) -> ArticleContent:
    """For good: as WordPress does it, with its replies put where it stood."""
    left = _without(article, id_)
    return replace(
        left, comments=tuple(replace(one, parent_id=None) if one.parent_id == id_ else one for one in left.comments)
    )


SECOND = replace(
    SEED,
    paragraphs=(SEED.paragraphs[0], SEED.paragraphs[1].replace(OLD_WORDS, NEW_WORDS, 1), *SEED.paragraphs[2:]),
    comments=tuple(_edited(one) if one.id == EDITED else one for one in SEED.comments),
)
THIRD = _without(SECOND, TRASHED)
FOURTH = _without(_deleted(THIRD, DELETED), HELD)
SEVENTH = _deleted(SECOND, DELETED)
_NEW_COMMENT = replace(
    SEED.comments[-1],
    id=NEW,
    parent_id=None,
    published=SEED.comments[-1].published + timedelta(days=1),
    paragraphs=("I come late to this thread.",),
)
EIGHTH = replace(SEVENTH, comments=(*SEVENTH.comments, _NEW_COMMENT))
_OTHER = replace(
    ARTICLES[1], path="/2017/04/01/the-ice-is-gone/", post_id=99, published=ARTICLES[3].published + timedelta(days=9)
)


def _back_as(site: RunningSite, article: ArticleContent) -> None:
    site.restore(SEED_PATH)
    site.publish(article)


def _continued(site: RunningSite) -> None:
    site.publish(_OTHER)
    site.publish(EIGHTH)


CRAWLS: tuple[Callable[[RunningSite], None], ...] = (
    lambda site: site.publish(SEED),
    lambda site: site.publish(SECOND),
    lambda site: site.publish(THIRD),
    lambda site: site.publish(FOURTH),
    lambda site: site.put(SEED_PATH, body=_BROWSER_CHECK),
    lambda site: site.remove(SEED_PATH),
    lambda site: _back_as(site, SEVENTH),
    _continued,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The archive after all crawls. ``after``: the article's state and its comments' as they stood after each."""

    folder: Path
    url: str
    after: tuple[tuple[str, dict[int, str]], ...]

    def query(self, sql: str, *values: object) -> list[dict[str, Any]]:
        return query(self.folder, sql, *values)

    @property
    def captures(self) -> list[dict[str, Any]]:
        """One of each crawl."""
        return self.query("SELECT * FROM captures WHERE url = ? ORDER BY captured_at", self.url)

    @property
    def comments(self) -> dict[int, dict[str, Any]]:
        return {number_of(row): row for row in self.query("SELECT * FROM comments")}

    def crawl_at(self, time: str | None) -> int | None:
        """Which crawl made its capture at that time."""
        return None if time is None else [row["captured_at"] for row in self.captures].index(time) + 1


def number_of(comment: dict[str, Any]) -> int:
    return int(str(comment["permalink"]).rpartition("-")[2])


def states(folder: Path) -> tuple[str, dict[int, str]]:
    [article] = query(folder, "SELECT state FROM articles")
    comments = query(folder, "SELECT permalink, state FROM comments WHERE state <> 'live'")
    return article["state"], {number_of(row): row["state"] for row in comments}


def tell(folder: Path) -> Told:
    """Crawl the site into a new archive, once for each state of it."""
    after: list[tuple[str, dict[int, str]]] = []
    with serve() as site:
        make_archive(folder, f'[sources.paper]\nkind = "list"\nurls = ["{site.article_url}"]\n')
        for change in CRAWLS:
            change(site)
            done = archiver("-C", folder, "crawl", env={})  # a new interpreter each time, as cron starts it
            assert (done.code, done.err) == (Exit.OK, "")
            after.append(states(folder))
            execute(folder, "UPDATE pages SET due_at = '2000-01-01T00:00:00.000000Z'")
        return Told(folder=folder, url=site.article_url, after=tuple(after))
