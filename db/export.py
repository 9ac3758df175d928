"""What an export takes from the tables: which captures, where their records lie, which of them are pages to list."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from sqlite_utils import Database

from db.facts import CaptureRow
from db.ids import capture_id
from db.repeats import original_of
from db.sql import Row, Value, each, first, integer, rows, text
from db.withheld import SHOWABLE_CAPTURE

_ROW_COLUMNS = ", ".join(f"captures.{one.name}" for one in fields(CaptureRow))
# Title and text as of that moment: a later revision is not what the capture shows.
_AS_OF = (
    "(SELECT {column} FROM revisions WHERE revisions.article_id = captures.article_id "
    "AND revisions.captured_at <= captures.captured_at ORDER BY revisions.captured_at DESC, number DESC LIMIT 1)"
)
_PAGES = (
    "SELECT captures.id, captures.url, captures.captured_at, captures.warc_file, captures.warc_offset, "  # noqa: S608 - texts of ours
    f"coalesce({_AS_OF.format(column='title')}, articles.title) AS title, "
    f"coalesce({_AS_OF.format(column='text')}, articles.text) AS text "
    "FROM captures JOIN articles ON articles.id = captures.article_id "
    "WHERE captures.verdict = 'article' AND (captures.record_type = 'resource' "
    "OR (captures.status = 200 AND captures.mime IN ('text/html', 'application/xhtml+xml')))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which captures: those of one source, of one article, made at a time or later (``db/times.py``); else all."""

    source: str | None = None
    article_id: str | None = None
    since: str | None = None

    @property
    def condition(self) -> str:
        """On ``captures``, without those that must not be shown."""
        return f"{self.wanted} AND {SHOWABLE_CAPTURE}"

    @property
    def wanted(self) -> str:
        """On ``captures``, whether they may be shown or not."""
        chosen = [
            (self.article_id, "captures.article_id = :article_id"),
            (self.source, "captures.source = :source"),
            (self.since, "captures.captured_at >= :since"),
        ]
        return " AND ".join(condition for value, condition in chosen if value is not None) or "1"

    @property
    def values(self) -> dict[str, Value]:
        return {"article_id": self.article_id, "source": self.source, "since": self.since}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPage:
    """A capture that shows an article, with title and text as they were then."""

    id: str
    url: str
    captured_at: str
    title: str | None
    text: str
    warc_file: str
    warc_offset: int


def chosen_places(db: Database, scope: Scope) -> dict[str, set[int]]:
    """Offsets of the chosen captures by WARC file, with the originals that revisits among them repeat."""
    found: dict[str, set[int]] = {}
    hidden = {row["id"] for row in rows(db, "SELECT id FROM temp.withheld_captures")}
    sql = f"SELECT {_ROW_COLUMNS} FROM captures WHERE {scope.condition}"  # noqa: S608 - texts of ours
    for row in each(db, sql, scope.values):
        capture = CaptureRow(**row)  # type: ignore[arg-type]  # columns of a STRICT table
        found.setdefault(capture.warc_file, set()).add(capture.warc_offset)
        original = original_of(db, capture) if capture.record_type == "revisit" else None
        if original is not None and capture_id(original.record_id) not in hidden:
            found.setdefault(original.warc_file, set()).add(original.warc_offset)
    return found


def places_in(db: Database, warc_file: str) -> set[int]:
    """Offsets of all captures of a WARC file that may be shown."""
    sql = f"SELECT warc_offset FROM captures WHERE warc_file = ? AND {SHOWABLE_CAPTURE}"  # noqa: S608 - texts of ours
    found = rows(db, sql, [warc_file])
    return {integer(row["warc_offset"]) or 0 for row in found}


def captures_by_file(db: Database) -> dict[str, int]:
    """How many captures of each WARC file the database knows and may show."""
    sql = f"SELECT warc_file, count(*) AS n FROM captures WHERE {SHOWABLE_CAPTURE} GROUP BY warc_file"  # noqa: S608
    found = rows(db, sql)
    return {str(row["warc_file"]): integer(row["n"]) or 0 for row in found}


def files_not_shown_whole(db: Database) -> frozenset[str]:
    """The WARC files with captures that must not be shown."""
    found = rows(db, f"SELECT DISTINCT warc_file FROM captures WHERE NOT ({SHOWABLE_CAPTURE})")  # noqa: S608 - ours
    return frozenset(str(row["warc_file"]) for row in found)


def count_not_shown(db: Database, scope: Scope) -> int:
    """How many captures of the scope must not be shown."""
    sql = f"SELECT count(*) AS n FROM captures WHERE {scope.wanted} AND NOT ({SHOWABLE_CAPTURE})"  # noqa: S608 - ours
    row = first(db, sql, scope.values)
    return integer(row["n"]) or 0 if row else 0


def newest_capture(db: Database, scope: Scope) -> str | None:
    """When the newest of the chosen captures was made; None if there is none."""
    sql = f"SELECT max(captured_at) AS newest FROM captures WHERE {scope.condition}"  # noqa: S608 - texts of ours
    row = first(db, sql, scope.values)
    return text(row["newest"]) if row else None


def listed_pages(db: Database, scope: Scope) -> Iterator[ListedPage]:
    """Every chosen capture that a reader should find in a list, in order of URL and time."""
    sql = f"{_PAGES} AND {scope.condition} ORDER BY captures.url, captures.captured_at, captures.id"
    return map(_page, each(db, sql, scope.values))


def main_page(db: Database, article_id: str) -> ListedPage | None:
    """The newest capture of an article, under the article's own URL if there is one."""
    scope = Scope(article_id=article_id)
    own_first = "ORDER BY captures.url <> articles.url, captures.captured_at DESC, captures.id LIMIT 1"
    row = first(db, f"{_PAGES} AND {scope.condition} {own_first}", scope.values)
    return None if row is None else _page(row)


def captured_sources(db: Database) -> list[str]:
    """The sources that any capture names, whether archive.toml still does or not."""
    found = rows(db, "SELECT DISTINCT source FROM captures WHERE source IS NOT NULL ORDER BY source")
    return [str(row["source"]) for row in found]


def _page(row: Row) -> ListedPage:
    return ListedPage(
        id=str(row["id"]),
        url=str(row["url"]),
        captured_at=str(row["captured_at"]),
        title=text(row["title"]),
        text=str(row["text"]),
        warc_file=str(row["warc_file"]),
        warc_offset=integer(row["warc_offset"]) or 0,
    )
