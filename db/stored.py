"""The rows of articles as they are stored, the observations they hold, and the changes that a load will write.

Knows the tables of history and their integer keys; derives nothing.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Final

from sqlite_utils import Database

from db.facts import ArticleFacts, CommentFacts
from db.history import SHOWN, History
from db.observed import Observation, listed, stated
from db.sql import Changes, Row, Value, integer, marks, rows, text

_HISTORY_COLUMNS: Final = ("revision", "begins_revision", "state", "moment", "covers", "thread")
NO_HISTORY: Final[Row] = dict.fromkeys(_HISTORY_COLUMNS)
"""What a capture has that shows no article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredArticles:
    """All rows of some articles; ``captures`` are those that showed them when they were last derived."""

    articles: Sequence[Row] = ()
    captures: Sequence[Row] = ()
    states: Sequence[Row] = ()
    comments: Sequence[Row] = ()
    texts: Sequence[Row] = ()
    seen: Sequence[Row] = ()
    absences: Sequence[Row] = ()

    def observations(self, *, but: Collection[str]) -> list[Observation]:
        """Read back what the captures showed, without those of these ids."""
        wanted = [row for row in self.captures if row["id"] not in but]
        if not wanted:
            return []
        threads = _Threads(self)
        articles = {row["id"]: row for row in self.articles}
        differs = {(row["article_id"], row["number"]): text(row["differs"]) for row in self.states}
        states: dict[tuple[Value, Value], ArticleFacts] = {}
        found: list[Observation] = []
        for row in wanted:
            state = (row["article_id"], row["state"])
            if state not in states:
                states[state] = stated(articles[row["article_id"]], differs.get(state))
            found.append(_observation(row, states[state], threads.of(row["thread"])))
        return found


class _Threads:
    """The comments of each stored thread, as the page gave them.

    Captures that show the same share one tuple, threads that show a comment the same share its facts: most of what
    follows is then told by a look at which object it is.
    """

    def __init__(self, stored: StoredArticles) -> None:
        self._comments = {row["key"]: row for row in stored.comments}
        self._texts = {(row["comment"], row["number"]): row for row in stored.texts}
        self._seen: dict[Value, list[Row]] = {}
        for row in stored.seen:
            self._seen.setdefault(row["capture"], []).append(row)
        self._made: dict[Value, tuple[CommentFacts, ...]] = {None: ()}
        self._shown: dict[tuple[Value, Value, Value], tuple[CommentFacts, Value]] = {}
        self._answering: dict[tuple[int, int], CommentFacts] = {}

    def of(self, thread: Value) -> tuple[CommentFacts, ...]:
        if thread not in self._made:
            shown = sorted(self._seen.get(thread, ()), key=lambda row: int(row["position"] or 0))
            places = {self._comments[row["comment"]]["id"]: place for place, row in enumerate(shown)}
            self._made[thread] = tuple(self._comment(row, places) for row in shown)
        return self._made[thread]

    def _comment(self, sighting: Row, places: Mapping[Value, int]) -> CommentFacts:
        key = (sighting["comment"], sighting["version"], sighting["differs"])
        if key not in self._shown:
            self._shown[key] = self._facts(sighting)
        alone, parent_id = self._shown[key]
        parent = places.get(parent_id)
        if parent is None:
            return alone
        answering = (id(alone), parent)
        if answering not in self._answering:
            self._answering[answering] = replace(alone, parent=parent)
        return self._answering[answering]

    def _facts(self, sighting: Row) -> tuple[CommentFacts, Value]:
        """The facts without what it answers, and the id of that."""
        comment = self._comments[sighting["comment"]]
        if sighting["differs"]:
            comment = comment | json.loads(str(sighting["differs"]))
        # The newest version stands in the comment's own row, and so does the only one.
        version = self._texts.get((sighting["comment"], sighting["version"]))
        wording = version if version and version["text"] is not None else comment
        values = {name: comment[name] for name in SHOWN if name not in ("edited", "moderated")}
        facts = CommentFacts(
            author=text(wording["author"]),
            text=str(wording["text"]),
            edited=bool(comment["marked_edited"]),
            moderated=bool(comment["moderated"]),
            **values,  # type: ignore[arg-type]  # columns of a STRICT table
        )
        return facts, comment["parent_id"]


def _observation(row: Row, article: ArticleFacts, comments: tuple[CommentFacts, ...]) -> Observation:
    return Observation(
        capture_id=str(row["id"]),
        captured_at=str(row["captured_at"]),
        url=str(row["url"]),
        crawl_id=text(row["crawl_id"]),
        article=article,
        comments=comments,
        claimed_comments=integer(row["claimed_comments"]),
        complete=None if row["complete"] is None else bool(row["complete"]),
        comment_pages=listed(row["comment_pages"]),
        elsewhere=listed(row["elsewhere"]),
    )


def stored_articles(db: Database, ids: Sequence[str]) -> StoredArticles:
    if not ids:
        return StoredArticles()

    def of(table: str, condition: str) -> list[Row]:
        return rows(db, f"SELECT * FROM {table} WHERE {condition}", ids)  # noqa: S608 - names of ours

    here = f"article_id IN ({marks(ids)})"
    comments = f"(SELECT key FROM comments WHERE {here})"  # noqa: S608 - only question marks
    ids_of_comments = f"(SELECT id FROM comments WHERE {here})"  # noqa: S608 - only question marks
    captures = of("captures", f"{here} AND moment IS NOT NULL")
    found = of("comments", here)
    return StoredArticles(
        articles=of("articles", f"id IN ({marks(ids)})"),
        captures=captures,
        states=of("states", here),
        comments=found,
        texts=of("comment_texts", f"comment IN {comments}") if found else (),
        seen=of("seen", f"comment IN {comments}") if found else (),
        absences=of("absences", f"comment_id IN {ids_of_comments}") if found else (),
    )


@dataclass(slots=True, kw_only=True)
class Batch:
    """The changes of one transaction, by table."""

    captures: Changes = field(default_factory=lambda: Changes(table="captures", key=("id",)))
    articles: Changes = field(default_factory=lambda: Changes(table="articles", key=("id",)))
    states: Changes = field(default_factory=lambda: Changes(table="states", key=("article_id", "number")))
    comments: Changes = field(default_factory=lambda: Changes(table="comments", key=("id",)))
    texts: Changes = field(default_factory=lambda: Changes(table="comment_texts", key=("comment", "number")))
    seen: Changes = field(default_factory=lambda: Changes(table="seen", key=("capture", "comment")))
    absences: Changes = field(default_factory=lambda: Changes(table="absences", key=("comment_id", "number")))

    def write(self, db: Database) -> None:
        for one in fields(self):
            changes: Changes = getattr(self, one.name)
            changes.write(db)


class Writer:
    """Puts integer keys in the place of ids, and notes what turns stored rows into the wanted ones."""

    def __init__(self, db: Database) -> None:
        self.batch = Batch()
        self._next_comment = next_key(db, "comments")

    def bring(self, stored: StoredArticles, given: Iterable[Row], wanted: Sequence[History]) -> None:
        """``given``: rows of captures that are loaded now and may be among the stored ones already."""
        captures = {row["id"]: row for row in stored.captures} | {row["id"]: row for row in given}
        capture_keys = {id_: row["key"] for id_, row in captures.items()}
        comment_keys = {row["id"]: row["key"] for row in stored.comments}
        for history in wanted:
            for row in history.comments:
                if row["id"] not in comment_keys:
                    comment_keys[row["id"]] = self._next_comment
                    self._next_comment += 1
        of_captures = [row | {"thread": capture_keys.get(row["thread"])} for one in wanted for row in one.captures]
        shown = {row["id"] for row in of_captures}
        hidden = [{"id": id_, **NO_HISTORY} for id_ in captures.keys() - shown]  # db.links says whose they are
        batch = self.batch
        batch.captures.bring(captures.values(), [*of_captures, *hidden])
        batch.articles.bring(stored.articles, [one.article for one in wanted])
        batch.states.bring(stored.states, [row for one in wanted for row in one.states])
        batch.comments.bring(
            stored.comments,
            [
                {
                    "id": row["id"],
                    "key": comment_keys[row["id"]],
                    **row,
                    "first_capture": capture_keys[row["first_capture"]],
                }
                for one in wanted
                for row in one.comments
            ],
        )
        batch.texts.bring(
            stored.texts,
            [
                row | {"comment": comment_keys[row["comment"]], "capture": capture_keys[row["capture"]]}
                for one in wanted
                for row in one.texts
            ],
        )
        batch.seen.bring(
            stored.seen,
            [
                {"capture": capture_keys[owner], **row, "comment": comment_keys[row["comment"]]}
                for one in wanted
                for owner, thread in one.threads.items()
                for row in thread
            ],
        )
        batch.absences.bring(stored.absences, [row for one in wanted for row in one.absences])


def next_key(db: Database, table: str) -> int:
    return int(db.conn.execute(f"SELECT coalesce(max(key), 0) + 1 FROM {table}").fetchone()[0])  # noqa: S608 - name of ours
