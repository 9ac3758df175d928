"""Datasette plugin: descriptions, labels, facets and ready queries for every attached archive database.

Active wherever archiver is installed beside Datasette, so that plain ``datasette archive.db`` shows the same.
"""

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

from datasette import hookimpl

from archiver.browse.cells import shown_cell
from archiver.browse.metadata import database_metadata
from archiver.browse.withheld import why_not_shown
from db.migrations import APPLICATION_ID
from db.waiting import BUSY_TIMEOUT_S

if TYPE_CHECKING:  # Datasette loads its plugins while its own modules are half loaded
    from datasette.app import Datasette
    from datasette.database import Database
    from datasette.utils.asgi import Request, Response


@hookimpl
def get_metadata(datasette: "Datasette") -> dict[str, Any]:
    """Metadata for the databases that are archives; others are left alone."""
    ours = [name for name, database in datasette.databases.items() if _is_archive(database)]
    return {"databases": {name: database_metadata() for name in ours}}


@hookimpl(trylast=True)  # the last word is the one that counts
def permission_allowed(datasette: "Datasette", resource: "str | tuple[str, str] | None") -> bool | None:
    """Deny the databases of which archive.toml withholds something: Datasette shows every row of a file."""
    name = resource[0] if isinstance(resource, tuple) else resource
    withholding = _withholding(datasette)
    joined = name == "_memory" and bool(datasette.crossdb)
    return False if name in withholding or (withholding and joined) else None


@hookimpl(tryfirst=True)
def forbidden(datasette: "Datasette", request: "Request") -> "Response | None":
    """Say what to do instead."""
    # Datasette is half loaded when this module is.
    from datasette.utils import tilde_decode  # noqa: PLC0415
    from datasette.utils.asgi import Response  # noqa: PLC0415

    wanted, withholding = tilde_decode(request.url_vars.get("database", "")), _withholding(datasette)
    reason = withholding.get(wanted) or (next(iter(withholding.values()), None) if wanted == "_memory" else None)
    return Response.text(f"{wanted} is not shown: {reason}\n", status=403) if reason else None


def _withholding(datasette: "Datasette") -> dict[str, str]:
    """The attached archives that must not be shown as they are, each with the reason."""
    paths = {name: Path(database.path) for name, database in datasette.databases.items() if database.path}
    reasons = {name: why_not_shown(path) for name, path in paths.items()}
    return {name: reason for name, reason in reasons.items() if reason}


@hookimpl
def prepare_connection(conn: sqlite3.Connection, database: str, datasette: "Datasette") -> None:
    """Wait for those who write as patiently as our own commands do."""
    attached = datasette.databases.get(database)
    if attached is not None and _is_archive(attached):
        conn.execute(f"PRAGMA busy_timeout = {int(BUSY_TIMEOUT_S * 1000)}")


@hookimpl
def render_cell(value: Any, column: str, table: str | None, database: str, datasette: "Datasette") -> str | None:
    cell = shown_cell(value, column, table, datasette.urls.database(database))
    attached = datasette.databases.get(database) if cell is not None else None
    return cell if attached is not None and _is_archive(attached) else None


@hookimpl
def extra_css_urls() -> list[str]:
    return ["/-/static-plugins/archiver_threads/archive.css"]


def _is_archive(database: "Database") -> bool:
    if not database.path:
        return False
    uri = f"{Path(database.path).absolute().as_uri()}?mode=ro{'' if database.is_mutable else '&immutable=1'}"
    try:
        connection = sqlite3.connect(uri, uri=True, timeout=BUSY_TIMEOUT_S)
    except sqlite3.Error:
        return False
    try:
        return bool(connection.execute("pragma application_id").fetchone() == (APPLICATION_ID,))
    except sqlite3.Error:
        return False
    finally:
        connection.close()
