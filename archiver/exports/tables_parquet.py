"""Parquet: a folder with a file for each table, columns typed. Needs pyarrow, the extra ``parquet``."""

from collections.abc import Iterable
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
from pyarrow import parquet

from archiver.exports.counting import Counts
from db.exported import COLUMNS, ExportedArticle, ExportedRow, Kind

_MOST_ROWS: Final = 5_000
_MOST_CHARACTERS: Final = 4_000_000
"""A row group ends after so many rows, or so much text, whatever comes first: so much of a table is held in memory."""

_TYPES: Final[dict[Kind, pa.DataType]] = {
    "text": pa.string(),
    "time": pa.timestamp("us", tz="UTC"),
    "integer": pa.int64(),
    "truth": pa.bool_(),
    "texts": pa.list_(pa.string()),
    "object": pa.map_(pa.string(), pa.string()),
}


def write_parquet(articles: Iterable[ExportedArticle], folder: Path) -> Counts:
    """Write the files into a folder that is there."""
    counts = Counts()
    with ExitStack() as stack:
        tables = {table: _Table(folder, table, stack) for table in COLUMNS}
        for one in articles:
            for table, rows in one.tables():
                tables[table].add(rows)
            counts.add(one)
        for written in tables.values():
            written.flush()
    return counts


class _Table:
    """One file under way."""

    def __init__(self, folder: Path, name: str, stack: ExitStack) -> None:
        self._kinds = COLUMNS[name]
        self._schema = pa.schema([(column, _TYPES[kind]) for column, kind in self._kinds.items()])
        stream = stack.enter_context((folder / f"{name}.parquet").open("wb"))
        self._writer = stack.enter_context(parquet.ParquetWriter(stream, self._schema, compression="zstd"))
        self._rows: list[ExportedRow] = []
        self._characters = 0

    def add(self, rows: Iterable[ExportedRow]) -> None:
        for row in rows:
            self._rows.append({name: _value(kind, row[name]) for name, kind in self._kinds.items()})
            self._characters += sum(len(value) for value in row.values() if isinstance(value, str))
            if len(self._rows) >= _MOST_ROWS or self._characters >= _MOST_CHARACTERS:
                self.flush()

    def flush(self) -> None:
        if self._rows:
            self._writer.write_table(pa.Table.from_pylist(self._rows, schema=self._schema))
        self._rows, self._characters = [], 0


def _value(kind: Kind, value: Any) -> Any:
    if value is None:
        return None
    if kind == "time":
        return datetime.fromisoformat(value)
    return list(value.items()) if kind == "object" else value
