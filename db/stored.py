"""The rows of an article as they are stored, and the changes that a load will write to them.

Knows the tables of history; derives nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields

from sqlite_utils import Database

from db.history import History, observations
from db.observed import Observation
from db.sql import Changes, Row, rows


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredArticle:
    """``captures`` are those that show the article; ``article`` is one row or none."""

    article: Sequence[Row] = ()
    captures: Sequence[Row] = ()
    revisions: Sequence[Row] = ()
    comments: Sequence[Row] = ()
    versions: Sequence[Row] = ()
    sightings: Sequence[Row] = ()

    def observations(self) -> list[Observation]:
        return observations(self.captures, self.revisions, self.comments, self.versions, self.sightings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """The changes of one transaction, by table."""

    captures: Changes = field(default_factory=lambda: Changes(table="captures", key=("id",)))
    articles: Changes = field(default_factory=lambda: Changes(table="articles", key=("id",)))
    revisions: Changes = field(default_factory=lambda: Changes(table="revisions", key=("article_id", "number")))
    comments: Changes = field(default_factory=lambda: Changes(table="comments", key=("id",)))
    versions: Changes = field(default_factory=lambda: Changes(table="comment_versions", key=("comment_id", "number")))
    sightings: Changes = field(default_factory=lambda: Changes(table="sightings", key=("capture_id", "comment_id")))

    def bring_article(self, stored: StoredArticle, wanted: History | None) -> None:
        """Note what turns the stored rows of an article into the wanted ones, its captures aside."""
        self.articles.bring(stored.article, [wanted.article] if wanted else ())
        self.revisions.bring(stored.revisions, wanted.revisions if wanted else ())
        self.comments.bring(stored.comments, wanted.comments if wanted else ())
        self.versions.bring(stored.versions, wanted.versions if wanted else ())
        self.sightings.bring(stored.sightings, wanted.sightings if wanted else ())

    def write(self, db: Database) -> None:
        for one in fields(self):
            changes: Changes = getattr(self, one.name)
            changes.write(db)


def stored_article(db: Database, article_id: str, article: Sequence[Row]) -> StoredArticle:
    """Read all rows of an article; ``article`` is its own row, if there is one."""
    if not article:
        return StoredArticle()
    comments = "SELECT id FROM comments WHERE article_id = ?"
    of_article = [article_id]
    return StoredArticle(
        article=article,
        captures=rows(db, "SELECT * FROM captures WHERE page_id = ? AND state_digest IS NOT NULL", of_article),
        revisions=rows(db, "SELECT * FROM revisions WHERE article_id = ?", of_article),
        comments=rows(db, "SELECT * FROM comments WHERE article_id = ?", of_article),
        versions=rows(db, f"SELECT * FROM comment_versions WHERE comment_id IN ({comments})", of_article),  # noqa: S608  # ours
        sightings=rows(db, f"SELECT * FROM sightings WHERE comment_id IN ({comments})", of_article),  # noqa: S608  # ours
    )
