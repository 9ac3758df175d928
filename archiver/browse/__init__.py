"""Datasette plugin: descriptions, labels, facets and ready queries for every attached archive database.

Active wherever archiver is installed beside Datasette, so that plain ``datasette archive.db`` shows the same.
"""

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

from datasette import hookimpl

from archiver.browse.metadata import database_metadata
from db.migrations import APPLICATION_ID

if TYPE_CHECKING:  # Datasette loads its plugins while its own modules are half loaded
    from datasette.app import Datasette


@hookimpl
def get_metadata(datasette: "Datasette") -> dict[str, Any]:
    """Metadata for the databases that are archives; others are left alone."""
    ours = [name for name, database in datasette.databases.items() if database.path and _is_archive(database.path)]
    return {"databases": {name: database_metadata() for name in ours}}


@hookimpl
def extra_css_urls() -> list[str]:
    return ["/-/static-plugins/archiver_threads/archive.css"]


def _is_archive(path: str) -> bool:
    try:
        connection = sqlite3.connect(f"{Path(path).absolute().as_uri()}?mode=ro", uri=True)
    except sqlite3.Error:
        return False
    try:
        return bool(connection.execute("pragma application_id").fetchone() == (APPLICATION_ID,))
    except sqlite3.Error:
        return False
    finally:
        connection.close()
