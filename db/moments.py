"""An article and its thread as one capture showed them.

A thread may lie on several pages, so a capture stands for its moment: all captures of the article that belong together,
see ``db.coverage``. What a moment does not cover it says nothing about.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlite_utils import Database

from db.read import ArticleRow, comments_of, decoded, thread, versions_of
from db.sql import Row, Value, first

NO_REVISION: Final = 0


Sighting = tuple[Value, Value, int]
"""A comment as a moment shows it: the number of its version, what else differs from its row (JSON), its position."""

Version = tuple[Value, Value]
"""Author and text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """``captures``, oldest first, and the comments that any of them shows, by id.

    A capture that shows no article is a moment of its own that shows no comment and covers nothing.
    """

    captures: tuple[Row, ...]
    seen: Mapping[str, Sighting]

    @property
    def covers(self) -> bool:
        return bool(self.captures[-1]["covers"])

    @property
    def until(self) -> str:
        """When its last capture was made: what is known to be gone by then was gone in this moment."""
        return self.end[0]

    @property
    def end(self) -> tuple[str, str]:
        """Its place in time: when its last capture was made, and which that is, for two can be of one time."""
        last = self.captures[-1]
        return str(last["captured_at"]), str(last["id"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """What is known of the comments of an article, whenever they were seen, by their ids.

    ``versions`` are those of comments that had more than one, by comment and number.
    """

    comments: Mapping[str, Row]
    versions: Mapping[tuple[str, Value], Version]

    def row(self, comment_id: str, sighting: Sighting) -> Row:
        """Return the comment's row as it was then, its version and position those of the sighting."""
        version, differs, position = sighting
        row = dict(self.comments[comment_id])
        if differs is not None:
            row.update(json.loads(str(differs)))
            if row["parent_id"] not in self.comments:  # withheld
                row["parent_id"] = None
        if version != row["version_count"]:
            row["author"], row["text"] = self.versions[comment_id, version]
        row["version"], row["position"] = version, position
        return row


def read_thread(db: Database, article_id: str) -> Thread:
    comments = {str(row["id"]): row for row in comments_of(db, article_id)}
    versions = {
        (comment_id, row["number"]): (row["author"], row["text"])
        for comment_id, own in versions_of(db, comments.values()).items()
        for row in own
    }
    return Thread(comments=comments, versions=versions)


def read_moment(db: Database, captures: Sequence[Row], capture: Row, known: Mapping[str, Row]) -> Moment:
    """Read what the moment of a capture shows of the known comments. ``captures``: all of the article, oldest first."""
    if capture["moment"] is None:
        return Moment(captures=(capture,), seen={})
    own = tuple(one for one in captures if one["moment"] == capture["moment"])
    sql = "SELECT comment_id, version, differs, position FROM sightings WHERE capture_id = ?"
    pages = [{row[0]: row[1:] for row in db.conn.execute(sql, [one["id"]])} for one in own]
    for page in pages:
        for withheld in page.keys() - known.keys():
            del page[withheld]
    return Moment(captures=own, seen=pages[0] if len(pages) == 1 else _one_after_the_other(pages, known))


def _one_after_the_other(pages: Sequence[Mapping[str, Sighting]], known: Mapping[str, Row]) -> Mapping[str, Sighting]:
    """The comments of several pages as one thread: pages follow each other as their oldest comments do.

    Of a comment that stands on more than one, the newest sighting counts.
    """

    def oldest(page: Iterable[str]) -> str:
        return min((str(known[one]["published"]) for one in page if known[one]["published"]), default="")

    before: dict[int, int] = {}
    total = 0
    for index in sorted(range(len(pages)), key=lambda each: (oldest(pages[each]), each)):
        before[index] = total
        total += len(pages[index])
    return {
        comment_id: (version, differs, before[index] + position)
        for index, page in enumerate(pages)
        for comment_id, (version, differs, position) in page.items()
    }


def thread_at(known: Thread, moment: Moment) -> tuple[Row, ...]:
    """Return the thread as a moment showed it: comments in its order, replies after what they answer."""
    return tuple(thread([known.row(comment_id, sighting) for comment_id, sighting in moment.seen.items()]))


def revision_at(captures: Sequence[Row], capture: Row) -> int:
    """Return the number of the newest revision that was seen by a capture; NO_REVISION before the first one.

    ``captures`` are all of the article, oldest first. A capture of a comment page, or of none of its pages, shows none.
    """
    if capture["revision"] is not None:
        return int(capture["revision"])
    number = NO_REVISION
    for one in captures:
        if one["id"] == capture["id"]:
            break
        number = int(one["revision"] or number)
    return number


def state_at(db: Database, article_id: str, number: int) -> ArticleRow | None:
    """Return the row of a revision, its lists decoded; None for NO_REVISION."""
    row = first(db, "SELECT * FROM revisions WHERE article_id = ? AND number = ?", [article_id, number])
    return None if row is None else decoded(row)
