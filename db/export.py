"""What an export takes from the tables: which captures, where their records lie, which of them are pages to list."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from sqlite_utils import Database

from db.facts import CaptureRow
from db.repeats import original_of
from db.sql import Row, Value, each, first, integer, rows, text

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
    """Which captures: those of one source, of one article, or all."""

    source: str | None = None
    article_id: str | None = None

    @property
    def condition(self) -> str:
        if self.article_id is not None:
            return "captures.article_id = :article_id"
        return "1" if self.source is None else "captures.source = :source"

    @property
    def values(self) -> dict[str, Value]:
        return {"article_id": self.article_id, "source": self.source}


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
    sql = f"SELECT {_ROW_COLUMNS} FROM captures WHERE {scope.condition}"  # noqa: S608 - texts of ours
    for row in each(db, sql, scope.values):
        capture = CaptureRow(**row)  # type: ignore[arg-type]  # columns of a STRICT table
        found.setdefault(capture.warc_file, set()).add(capture.warc_offset)
        original = original_of(db, capture) if capture.record_type == "revisit" else None
        if original is not None:
            found.setdefault(original.warc_file, set()).add(original.warc_offset)
    return found


def places_in(db: Database, warc_file: str) -> set[int]:
    """Offsets of all captures of a WARC file."""
    found = rows(db, "SELECT warc_offset FROM captures WHERE warc_file = ?", [warc_file])
    return {integer(row["warc_offset"]) or 0 for row in found}


def captures_by_file(db: Database) -> dict[str, int]:
    """How many captures of each WARC file the database knows."""
    found = rows(db, "SELECT warc_file, count(*) AS n FROM captures GROUP BY warc_file")
    return {str(row["warc_file"]): integer(row["n"]) or 0 for row in found}


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
