"""Cells of Datasette's tables: ids in views lead to their rows, numbers that serve joins lead nowhere."""

from typing import Any, Final, cast
from urllib.parse import quote

from markupsafe import Markup

from db.descriptions import TABLES

_ROWS: Final = {"article_id": "articles", "capture_id": "captures", "comment_id": "comments"}


def shown_cell(value: Any, column: str, table: str | None, base: str) -> str | None:
    """Return what stands in a cell, or None where Datasette knows best.

    ``base`` is the path of the database. Datasette links a foreign key to the row of that key, and our numbers are no
    keys of rows; a view has no foreign keys, though its ids are those of rows.
    """
    described = TABLES.get(table or "")
    if described is None or value is None:
        return None
    if column in described.inner:
        return str(cast("dict[str, object]", value)["value"] if isinstance(value, dict) else value)
    if described.is_view and column in _ROWS and isinstance(value, str):
        return Markup('<a href="{}/{}/{}">{}</a>').format(base, _ROWS[column], quote(value, safe=""), value)
    return None
