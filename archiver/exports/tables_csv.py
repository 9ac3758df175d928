"""CSV: a folder with a file for each table.

UTF-8, commas, lines end with CR LF as RFC 4180 has it, a header line; lists are JSON text, truths are 1 and 0, an
empty cell is no value.

A spreadsheet takes a cell that begins with ``=``, ``+``, ``-`` or ``@`` for a formula, and these texts come from
strangers. So such a text gets an apostrophe before it, unless the exact text is asked for; one that has apostrophes
before such a sign already gets one more, so that taking one away gives the text back.
"""

import csv
import json
import re
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

from archiver.exports.counting import Counts
from db.exported import COLUMNS, ExportedArticle, ExportedRow, Kind

_FORMULA: Final = re.compile(r"'*[=+\-@\t\r\n]")
_GUARDED: Final = re.compile(r"''*[=+\-@\t\r\n]")


def write_csv(articles: Iterable[ExportedArticle], folder: Path, *, raw: bool = False) -> Counts:
    """Write the files into a folder that is there; ``raw``: texts exactly as they are."""
    counts = Counts()
    with ExitStack() as stack:
        writers: dict[str, Any] = {}
        for table, columns in COLUMNS.items():
            stream = stack.enter_context((folder / f"{table}.csv").open("w", encoding="utf-8", newline=""))
            writers[table] = csv.writer(stream)
            writers[table].writerow(columns)
        for one in articles:
            for table, rows in one.tables():
                writers[table].writerows(cells(COLUMNS[table], row, raw=raw) for row in rows)
            counts.add(one)
    return counts


def cells(columns: Iterable[str], row: ExportedRow, *, raw: bool) -> list[str | int | None]:
    return [_cell(row[name], raw=raw) for name in columns]


def _cell(value: Any, *, raw: bool) -> str | int | None:
    if value is None:
        return None
    if isinstance(value, int):  # a truth is one
        return int(value)
    if not isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return value if raw else guarded(value)


def guarded(text: str) -> str:
    """The text, as no spreadsheet takes it for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """The inverse of ``guarded``."""
    return cell[1:] if _GUARDED.match(cell) else cell


def read_cell(cell: str, kind: Kind, *, raw: bool) -> Any:
    """The inverse of what is written, but for an empty text, which is no value."""
    if not cell:
        return None
    if kind == "integer":
        return int(cell)
    if kind == "truth":
        return cell == "1"
    if kind in {"texts", "object"}:
        return json.loads(cell)
    return cell if raw else unguarded(cell)
