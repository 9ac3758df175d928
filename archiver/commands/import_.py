"""``archiver import``: takes in WARC and WACZ files that other programs made."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import click
from sqlite_utils import Database

from archiver.commands.chosen import archive_folder
from archiver.commands.telling import tell
from archiver.errors import Exit, UsageError
from archiver.folder import ArchiveFolder
from archiver.ingest import ingest_new
from archiver.intake import enter, recover, recovery_lines, register
from archiver.render import counted, json_text
from db.schema import checkpoint
from warc.errors import CannotStore
from warc.importing import Imported, import_path, remove_drafts
from warc.manifest import manifest_entries
from warc.writer import utc_now

_GB = 1_000_000_000
_SUFFIXES = (".warc", ".warc.gz", ".wacz")


@click.command(
    name="import",
    epilog="""\b
Examples:
  archiver -C my-archive import crawl.wacz other/*.warc.gz
  archiver -C my-archive import --link /mnt/old-archive""",
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@click.option("--link", is_flag=True, help="Link WARC files instead of copying them (same disk only).")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a file.")
@click.pass_context
def command(ctx: click.Context, paths: tuple[Path, ...], *, link: bool, as_json: bool) -> int:
    """Take in WARC and WACZ files of any tool: wget, warcprox, Browsertrix, Heritrix, pywb and others.

    PATH is a file, or a folder that is searched for *.warc, *.warc.gz and *.wacz. The files themselves are kept, byte
    for byte. What is there already is not taken in again. A damaged record is named, the rest of its file is taken, and
    the exit code is 4.
    """
    folder = archive_folder(ctx)
    files = [file for path in paths for file in _files(path)]
    with closing(folder.database()) as database:
        for line in recovery_lines(recover(folder, database)):
            tell(line)
        damaged = False
        for result in _import(folder, database, files, link=link):
            damaged = _report(result, as_json=as_json) or damaged
        ingested = ingest_new(folder, database)
        checkpoint(database)
    for problem in ingested.damage:
        tell(problem)
    return Exit.DAMAGE if damaged or ingested.damage else Exit.OK


def _files(path: Path) -> list[Path]:
    """Raises UsageError, naming the path."""
    if path.is_dir():
        found = sorted(one for one in path.rglob("*") if one.name.endswith(_SUFFIXES) and one.is_file())
        if not found:
            raise UsageError(f"{path}: no WARC or WACZ files in this folder")
        return found
    if not path.is_file():
        raise UsageError(f"{path}: no such file")
    return [path]


def _import(folder: ArchiveFolder, database: Database, files: list[Path], *, link: bool) -> Iterator[Imported]:
    remove_drafts(folder.warc_dir)
    for file in files:
        _check_space(folder, file)
        try:
            yield from import_path(
                file,
                folder.warc_dir,
                manifest_entries(folder.manifest_path),
                link=link,
                on_captures=lambda captures: enter(folder, database, captures),
                on_file=lambda closed: register(folder, database, closed, at=utc_now()),
            )
        except OSError as error:
            yield Imported(source=str(file), refused=f"cannot be read: {error.strerror or error}")


def _check_space(folder: ArchiveFolder, file: Path) -> None:
    """Raises CannotStore while there is still room to end well."""
    keep = int(folder.config.warc.min_free_gb * _GB)
    free = shutil.disk_usage(folder.root).free
    if keep and free - file.stat().st_size < keep:
        reason = f"{file} would leave less than warc.min_free_gb = {folder.config.warc.min_free_gb} free"
        raise CannotStore(folder.warc_dir, reason)


def _report(result: Imported, *, as_json: bool) -> bool:
    """Say what became of a file; return whether something is wrong with it."""
    taken = result.taken
    damage = [str(one) for one in taken.damage] if taken else []
    if as_json:
        line = {
            "source": result.source,
            "file": taken.file.name if taken else result.known_as,
            "new": taken is not None,
            "records": taken.file.records if taken else 0,
            "captures": taken.captures if taken else 0,
            "damage": damage,
            "refused": result.refused,
        }
        click.echo(json_text(line))
    elif taken:
        records, captures = counted(taken.file.records, "record"), counted(taken.captures, "capture")
        click.echo(f"{result.source}: {records}, {captures}, kept as {taken.file.name}")
    elif result.known_as:
        click.echo(f"{result.source}: here already, as {result.known_as}")
    if result.refused:
        tell(f"{result.source}: not taken in: {result.refused}")
    for problem in damage:
        tell(problem)
    return bool(damage or result.refused)
