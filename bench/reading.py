"""Reading an article with a long thread, as ``show`` and ``diff`` do, beside plain reading of its rows."""

import gc
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Final

from archiver.folder import make_folder
from bench.crawls import archiver, run
from bench.figures import Report, at_most
from bench.synthetic import Archive
from db.asof import compare
from db.ids import capture_id
from db.load import load_many
from db.read import article_view, find_article
from db.schema import checkpoint, open_database

_TARGET: Final = at_most(2.0)
_THREAD: Final = 2000
_NUMBER: Final = 7
"""Of an article on a site that has ids, counts and times."""

_SHOW: Final = (
    "SELECT * FROM articles WHERE id = :article",
    "SELECT * FROM comments WHERE article_id = :article",
    "SELECT * FROM revisions WHERE article_id = :article",
    "SELECT * FROM captures WHERE article_id = :article",
    # The table under the view comment_versions, which SQLite would read from end to end here.
    "SELECT * FROM comment_texts WHERE comment IN (SELECT key FROM comments WHERE article_id = :article)",
    "SELECT * FROM absences WHERE comment_id IN (SELECT id FROM comments WHERE article_id = :article)",
)
_DIFF: Final = (
    *_SHOW[1:],
    "SELECT * FROM sightings WHERE capture_id = :first",
    "SELECT * FROM sightings WHERE capture_id = :last",
)


def reading(report: Report, folder: Path, *, captures: int = 5, rounds: int) -> None:
    """Adds the article to the database of the folder, which becomes an archive's."""
    archive = Archive(articles=_NUMBER + 1, comments=0, captures=captures, thread=_THREAD, seed="long")
    url = archive.url(_NUMBER)
    facts = [archive.capture(_NUMBER, capture) for capture in range(captures)]
    first, last = (capture_id(one.capture.record_id) for one in (facts[0], facts[-1]))
    make_folder(folder)
    path = folder / "archive.db"
    with closing(open_database(path)) as db, closing(sqlite3.connect(path)) as plain:
        load_many(db, facts)
        checkpoint(db)
        article = str(find_article(db, url)["id"])
        gc.collect()
        gc.freeze()  # what the benchmark holds itself is not to be walked through again and again
        report.title(f"reading an article of {_THREAD} comments, {captures} captures, ms of CPU")
        values = {"article": article, "first": first, "last": last}
        for name, ours, queries in (
            ("show", lambda: article_view(db, article), _SHOW),
            ("diff", lambda: compare(db, article, first, last), _DIFF),
        ):
            plainly = partial(_rows, plain, queries, values)
            _compare(report, name, ours, plainly, rounds=rounds)
    for name, arguments in (("show", [url]), ("diff", [url, first, last])):
        took = [run(archiver(folder, name, *arguments))[1].cpu_s for _ in range(3)]
        report.line(f"archiver {name}, the whole command, s of CPU", took)


def _rows(connection: sqlite3.Connection, queries: Sequence[str], values: dict[str, str]) -> None:
    for query in queries:
        connection.execute(query, values).fetchall()


def _compare(
    report: Report, name: str, ours: Callable[[], object], plain: Callable[[], object], *, rounds: int
) -> None:
    ours(), plain()
    turns = [
        (_cpu_ms(ours), _cpu_ms(plain)) if turn % 2 else (_cpu_ms(plain), _cpu_ms(ours))[::-1] for turn in range(rounds)
    ]
    report.line(f"{name}: ours", [one for one, _ in turns])
    report.line("  its rows alone", [other for _, other in turns])
    report.line("  ratio", [one / other for one, other in turns], _TARGET)


def _cpu_ms(call: Callable[[], object]) -> float:
    start = time.process_time()
    call()
    return (time.process_time() - start) * 1000
