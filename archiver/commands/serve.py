"""``archiver serve``: Datasette over the archive's database."""

import errno
import os
import socket
from collections.abc import Generator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

import click
from datasette import cli, handle_exception

from archiver.commands.chosen import archive_folder
from archiver.errors import UsageError
from archiver.folder import ArchiveFolder
from db.showable import copy_showable
from warc.errors import CannotStore

_SETTINGS = (("default_page_size", "50"), ("facet_time_limit_ms", "1000"), ("sql_time_limit_ms", "5000"))


@click.command(
    epilog="""\b
Examples:
  archiver -C my-archive serve --open
  archiver -C my-archive serve --host 0.0.0.0 --port 8080"""
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8001, show_default=True, type=click.IntRange(0, 65535), help="0: any free port.")
@click.option("--open", "open_browser", is_flag=True, help="Open a browser on it.")
@click.pass_context
def command(ctx: click.Context, host: str, port: int, *, open_browser: bool) -> None:
    """Browse the archive with Datasette: tables with facets, full-text search, JSON and CSV. Ctrl-C ends it.

    Where archive.toml withholds something, a copy without it is shown: the archive as it is when the command starts.
    """
    folder = archive_folder(ctx)
    fixed = _is_fixed(folder.database_path)
    folder.database(create=False, read_only=fixed).close()  # one of an older program is migrated before it is shown
    port = port or _free_port(host)
    _check_address(host, port)
    with _shown_database(folder) as path:
        _serve(path, host, port, fixed=fixed and path == folder.database_path, open_browser=open_browser)


def _is_fixed(database: Path) -> bool:
    """Whether nobody can write to it here, as on a read-only disk: SQLite has to be told."""
    beside = (database.with_name(f"{database.name}{suffix}") for suffix in ("-wal", "-shm"))
    return not os.access(database.parent, os.W_OK) and not any(one.exists() for one in beside)


def _serve(database: Path, host: str, port: int, *, fixed: bool, open_browser: bool) -> None:
    options = ["--immutable"] if fixed else []
    options += [str(database), "--host", host, "--port", str(port)]
    for name, value in _SETTINGS:
        options += ["--setting", name, value]
    if open_browser:
        options.append("--open")
    # Where rich is installed, Datasette 0.65 answers 500 for a page that is not there, and prints local variables.
    handle_exception.rich = None
    click.echo(f"archive at http://{host}:{port}/archive", err=True)
    cli.serve.main(options, standalone_mode=False)


@contextmanager
def _shown_database(folder: ArchiveFolder) -> Generator[Path]:
    """The archive's database, or a copy of it that lacks what is withheld and is gone after the block."""
    if not folder.config.withhold:
        yield folder.database_path
        return
    with ExitStack() as stack:
        try:
            # Only the user may look into such a folder.
            place = Path(stack.enter_context(TemporaryDirectory(prefix="archiver-", ignore_cleanup_errors=True)))
        except OSError as error:
            raise CannotStore(Path(gettempdir()), error.strerror or str(error)) from error
        path = place / folder.database_path.name
        with closing(folder.database(read_only=True)) as database:
            copy_showable(database, path)
        click.echo(
            "archive.toml withholds something: what is shown is a copy without it, as of now; start again to see news",
            err=True,
        )
        yield path


def _free_port(host: str) -> int:
    with _listener(host, 0) as probe:
        number: int = probe.getsockname()[1]
        return number


def _check_address(host: str, port: int) -> None:
    _listener(host, port).close()


def _listener(host: str, port: int) -> socket.socket:
    """A socket bound to that address. Raises UsageError."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        probe = socket.socket(family, kind, protocol)
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError:
            probe.close()
            raise
    except OSError as error:
        remedy = "; choose another with --port" if error.errno == errno.EADDRINUSE else ""
        raise UsageError(f"cannot listen on {host}:{port}: {error.strerror or error}{remedy}") from error
    return probe
