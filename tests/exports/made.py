"""Archives in memory for the tests of exports, and what each format makes of them."""

from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Final

from sqlite_utils import Database

from archiver.exports.folders_markdown import write_markdown
from archiver.exports.json_lines import write_json_lines
from archiver.exports.tables_csv import write_csv
from archiver.exports.tables_parquet import write_parquet
from db.export import Scope
from db.exported import ExportedArticle, exported_articles
from db.facts import ArticleFacts, CaptureFacts, CommentFacts
from db.load import load_many
from tests.db.histories import URL, article, comment, error, memory_database

OTHER: Final = "https://example.org/other"
HOSTILE: Final = (
    '=HYPERLINK("http://evil.example/")\n<script>alert(1)</script> [a](javascript:b) ![i](http://x/) **bold**'
)


def told(text: str, id_: str, *, parent: int | None = None, author: str | None = "veth") -> CommentFacts:
    return replace(
        comment(text, id_=id_, parent=parent, author=author),
        permalink=f"{URL}#comment-{id_}",
        published=f"2024-04-0{id_}T10:00:00+02:00",
        likes=int(id_) - 2,
    )


def history() -> list[CaptureFacts]:
    """An article over three days: its title changes, a comment is edited, one goes and comes back; a hostile one."""
    first, answer, last = told("First.", "1"), told("An answer.\n\nOf two parts.", "2", parent=0), told("Last.", "3")
    edited = told("First, edited.", "1")
    second = article(2, edited, replace(last, parent=None), title="Hoist stands", text="The hoist stands.\n\nStill.")
    hostile = ArticleFacts(
        title=f"---\n# {HOSTILE}",
        authors=("-Jane: Doe", 'O"Neil\\'),
        text=HOSTILE,
        raw_text=HOSTILE,
        published="../../etc/passwd",
        links=("http://evil.example/",),
        origins=(("title", "og:title"),),
    )
    return [
        article(1, first, answer, last),
        second,
        article(3, edited, answer, last, title="Hoist stands", text="The hoist stands.\n\nStill."),
        error(4),
        replace(article(1, told(HOSTILE, "1", author="=1+1|'<b>"), url=OTHER), article=hostile),
    ]


def filled() -> Database:
    db = memory_database()
    load_many(db, history())
    return db


def exported(facts: Iterable[CaptureFacts] | None = None) -> list[ExportedArticle]:
    db = memory_database()
    with closing(db):
        load_many(db, list(history() if facts is None else facts))
        return list(exported_articles(db, Scope()))


def _json_lines(articles: Iterable[ExportedArticle], folder: Path) -> None:
    with (folder / "articles.jsonl").open("wb") as stream:
        write_json_lines(articles, stream)


FORMS: Final[dict[str, Callable[[Iterable[ExportedArticle], Path], object]]] = {
    "jsonl": _json_lines,
    "csv": write_csv,
    "csv, raw": lambda articles, folder: write_csv(articles, folder, raw=True),
    "parquet": write_parquet,
    "markdown": write_markdown,
}
"""Each format, as what it writes into a folder."""


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
