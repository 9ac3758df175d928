"""``archiver rebuild``: the database from the WARC files alone."""

import sqlite3
from contextlib import closing

import click
from sqlite_utils import Database

from archiver.commands.chosen import archive_folder
from archiver.commands.telling import tell
from archiver.errors import Exit
from archiver.folder import ArchiveFolder
from archiver.ingest import given_up, ingest_all
from archiver.intake import recover, recovery_lines
from archiver.render import counted
from db.rebuild import differences, install, newest_capture, scratch_database
from warc.cdxj import cdxj_line
from warc.index import IndexDraft
from warc.reader import final_name, warc_files


@click.command(
    epilog="""\b
Examples:
  archiver -C my-archive rebuild
  archiver -C my-archive rebuild --check"""
)
@click.option("--check", is_flag=True, help="Compare instead: exit 3 and name the first rows that differ.")
@click.pass_context
def command(ctx: click.Context, *, check: bool) -> int:
    """Make the database and the index anew from the WARC files: same rows, same ids.

    The new one is put in place in one transaction; readers go on. What cannot be read in a WARC file is named, the
    rest is taken, and the exit code is 4. A page that this extractor has given up (it took too long or crashed) stays
    so; `archiver extract --all` tries it again.
    """
    folder = archive_folder(ctx)
    with folder.lock(), scratch_database(folder.database_path) as new, IndexDraft(folder.index_path) as index:
        if not check:
            _recover(folder)
        since = _newest_capture(folder, create=not check)
        files = {final_name(path) for path in warc_files(folder.warc_dir)}
        result = ingest_all(
            folder,
            new,
            on_capture=lambda capture: None if check else index.add(cdxj_line(capture)),
            given_up=_given_up(folder),
        )
        for problem in (*result.given_up, *result.damage):
            tell(problem)
        if check:
            return _compare(folder, new, damaged=bool(result.damage))
        install(new, folder.database_path, since=since)
        index.install(files)
    click.echo(f"database made from {counted(result.captures, 'capture')}")
    return Exit.DAMAGE if result.damage else Exit.OK


def _given_up(folder: ArchiveFolder) -> dict[str, str]:
    """What is no function of the WARC files alone, and so is taken over; nothing from a database that is broken."""
    try:
        with closing(folder.database()) as live:
            return given_up(live)
    except sqlite3.DatabaseError:
        return {}


def _newest_capture(folder: ArchiveFolder, *, create: bool) -> int | None:
    """What commands that run beside this one acknowledge from now on is carried over."""
    try:
        with closing(folder.database(create=create)) as live:
            return newest_capture(live)
    except sqlite3.DatabaseError:
        return None


def _recover(folder: ArchiveFolder) -> None:
    with closing(folder.database()) as live:
        for line in recovery_lines(recover(folder, live)):
            tell(line)


def _compare(folder: ArchiveFolder, new: Database, *, damaged: bool) -> int:
    with closing(folder.database(create=False)) as live:
        # What is withheld may be among the rows that differ.
        quote = not folder.config.withhold
        found = differences(new, live, names=("the WARC files", "the database"), quote=quote)
    for line in found:
        click.echo(line)
    if damaged:
        return Exit.DAMAGE
    if found:
        return Exit.NOT_FOUND
    click.echo("the database equals the WARC files")
    return Exit.OK
