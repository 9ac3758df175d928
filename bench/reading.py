"""Reading an article with a long thread, as ``show`` and ``diff`` do, beside plain reading of its rows."""

import gc
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

from bench.figures import Report, at_most
from bench.synthetic import Archive
from db.asof import compare
from db.ids import page_id
from db.load import load_many
from db.read import article_view
from db.schema import checkpoint, open_database

_TARGET: Final = at_most(2.0)
_THREAD: Final = 2000
_NUMBER: Final = 7
"""Of an article on a site that has ids, counts and times."""

_ROWS: Final = (
    "SELECT * FROM articles WHERE id = ?",
    "SELECT * FROM comments WHERE article_id = ?",
    "SELECT * FROM revisions WHERE article_id = ? ORDER BY number",
    "SELECT * FROM captures WHERE article_id = ? ORDER BY captured_at DESC, id DESC",
    (
        "SELECT comment_texts.* FROM comments JOIN comment_texts ON comment_texts.comment = comments.key "
        "WHERE comments.article_id = ? AND comments.version_count > 1"
    ),
    "SELECT * FROM absences WHERE comment_id IN (SELECT id FROM comments WHERE article_id = ?)",
)
_SIGHTINGS: Final = "SELECT * FROM sightings WHERE capture_id = ?"


def reading(report: Report, path: Path, *, captures: int = 5, rounds: int) -> None:
    """Adds the article to the database."""
    archive = Archive(articles=_NUMBER + 1, comments=0, captures=captures, thread=_THREAD, seed="long")
    article_id = page_id(archive.url(_NUMBER))
    with closing(open_database(path)) as db, closing(sqlite3.connect(path)) as plain:
        load_many(db, [archive.capture(_NUMBER, capture) for capture in range(captures)])
        checkpoint(db)
        gc.collect()
        gc.freeze()  # what the benchmark holds itself is not to be walked through again and again
        report.title(f"reading an article of {_THREAD} comments, {captures} captures, ms of CPU")
        _compare(
            report,
            "show",
            lambda: article_view(db, article_id),
            lambda: [plain.execute(sql, [article_id]).fetchall() for sql in _ROWS],
            rounds=rounds,
        )
        sides = compare(db, article_id, None, None)
        ids = [str(side.capture["id"]) for side in (sides.a, sides.b)]
        _compare(
            report,
            "diff",
            lambda: compare(db, article_id, None, None),
            lambda: [
                *(plain.execute(sql, [article_id]).fetchall() for sql in _ROWS),
                *(plain.execute(_SIGHTINGS, [id_]).fetchall() for id_ in ids),
            ],
            rounds=rounds,
        )


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
