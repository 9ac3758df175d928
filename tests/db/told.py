"""What a database tells of one story, read through its public tables, views and columns alone."""

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from sqlite_utils import Database

from db.sql import Row, rows
from tests.db.visits import Moment, Seen, Story

PUBLIC: Final = (
    "articles",
    "captures",
    "aliases",
    "revisions",
    "comments",
    "comment_versions",
    "sightings",
    "absences",
)
_FOR_JOINS: Final = {"captures": {"key", "thread", "state"}, "comments": {"key", "first_capture"}}
"""Integers that depend on the order of loading."""

VARYING: Final = (
    "kind",
    "native_id",
    "author_url",
    "published",
    "published_text",
    "permalink",
    "depth",
    "likes",
)
"""What a sighting can show otherwise than the comment's row, under the same name in facts; its parent stands beside."""


def public_rows(db: Database) -> dict[str, list[Row]]:
    """All that can be seen, in an order that does not depend on how it came in."""
    found: dict[str, list[Row]] = {}
    for name in PUBLIC:
        hidden = _FOR_JOINS.get(name, set[str]())
        told = rows(db, f"SELECT * FROM {name}")  # noqa: S608  # names of ours
        found[name] = sorted(({key: row[key] for key in row if key not in hidden} for row in told), key=repr)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Rows by what they belong to. ``ids``: the id of each comment of the model, by its number."""

    articles: list[Row]
    captures: dict[str, Row]
    revisions: list[Row]
    comments: dict[str, Row]
    versions: dict[str, list[Row]]
    sightings: dict[tuple[str, int], Row]
    absences: dict[str, list[Row]]
    ids: dict[int, str]

    def covers(self, moment: Moment) -> bool:
        return self.captures[moment.seen[0].capture_id]["covers"] == 1

    def spells(self, comment_id: str) -> list[list[Row]]:
        """Its absences; together those with no sighting between them: first hidden, then gone itself."""
        found: list[list[Row]] = []
        for row in self.absences[comment_id]:
            if found and found[-1][-1]["until"] == row["since"]:
                found[-1].append(row)
            else:
                found.append([row])
        return found

    def shown(self, one: Seen, number: int) -> Row:
        """The columns of a comment as this capture showed it."""
        sighting = self.sightings[(one.capture_id, one.numbers.index(number) + 1)]
        differs = json.loads(str(sighting["differs"])) if sighting["differs"] else {}
        return self.comments[str(sighting["comment_id"])] | differs


def told_of(db: Database, story: Story) -> Told:
    """Fails where a comment of the model is none or more than one in the database, or two are one."""
    sightings = {
        (str(row["capture_id"]), int(str(row["position"]))): row for row in rows(db, "SELECT * FROM sightings")
    }
    places = {(one.capture_id, place): number for one in story.seen for place, number in enumerate(one.numbers, 1)}
    assert sightings.keys() == places.keys()
    pairs = {(number, str(sightings[place]["comment_id"])) for place, number in places.items()}
    ids = dict(pairs)
    assert len(pairs) == len(ids) == len(set(ids.values())), sorted(pairs)
    comments = {str(row["id"]): row for row in rows(db, "SELECT * FROM comments")}
    assert set(ids.values()) == comments.keys()
    return Told(
        articles=rows(db, "SELECT * FROM articles"),
        captures={str(row["id"]): row for row in rows(db, "SELECT * FROM captures")},
        revisions=rows(db, "SELECT * FROM revisions ORDER BY number"),
        comments=comments,
        versions=_by_comment(rows(db, "SELECT * FROM comment_versions ORDER BY comment_id, number")),
        sightings=sightings,
        absences=_by_comment(rows(db, "SELECT * FROM absences ORDER BY comment_id, number")),
        ids=ids,
    )


def _by_comment(found: list[Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in found:
        grouped[str(row["comment_id"])].append(row)
    return grouped
