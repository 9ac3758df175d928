"""What of the archive an export takes: everything, a source, an article, what is new since a day."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlite_utils import Database

from archiver.errors import UsageError
from archiver.folder import ArchiveFolder
from archiver.render import one_line
from db.export import Scope, captured_sources
from db.read import find_article
from db.times import time_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was asked for, as it was typed."""

    source: str | None = None
    article: str | None = None
    since: str | None = None

    def __post_init__(self) -> None:
        if self.source is not None and self.article is not None:
            raise UsageError("give --source or --article, not both")
        if self.since is not None:
            moment(self.since)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """``title`` names it for people; ``of_what`` ends a sentence like "there are no captures"."""

    scope: Scope
    title: str
    of_what: str


def choose(folder: ArchiveFolder, database: Database, wanted: Wanted) -> Chosen:
    """Raises NotFound, Ambiguous, UsageError."""
    since = moment(wanted.since) if wanted.since is not None else None
    title, of_what, scope = folder.root.name, "", Scope(since=since)
    if wanted.article is not None:
        found = find_article(database, wanted.article)
        title = one_line(found["title"]) or found["url"]
        of_what, scope = f" of {title}", Scope(article_id=found["id"], since=since)
    elif wanted.source is not None:
        known = sorted({*folder.config.sources, *captured_sources(database)})
        if wanted.source not in known:
            names = f"the sources are: {', '.join(known)}" if known else "archive.toml names none"
            raise UsageError(f"no source {wanted.source!r}; {names}")
        title = f"{title}: {wanted.source}"
        of_what, scope = f" of source {wanted.source}", Scope(source=wanted.source, since=since)
    else:
        of_what = f" of {title}" if since is None else ""
    return Chosen(scope=scope, title=title, of_what=of_what + (f" since {wanted.since}" if since else ""))


def moment(given: str) -> str:
    """A day or a time in ISO form, UTC where it names no zone, as the database writes it. Raises UsageError."""
    try:
        found = datetime.fromisoformat(given.strip())
        return time_text(found if found.tzinfo else found.replace(tzinfo=UTC))
    except (ValueError, OverflowError) as error:
        raise UsageError(f"--since {given[:40]!r} is no date; write it like 2026-05-01 or 2026-05-01T12:00Z") from error
