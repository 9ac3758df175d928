"""``archiver crawl``: one scheduled run, as cron does it."""

import sys

import click

from archiver.commands.chosen import archive_folder
from archiver.commands.telling import tell
from archiver.config import AnySource, ListSource
from archiver.errors import Exit, UsageError
from archiver.folder import ArchiveFolder
from archiver.ingest import ingest_new
from archiver.intake import recovery_lines
from archiver.render import json_text, one_line
from archiver.run import run_spider
from archiver.session import Session
from db.frontier import due
from db.ids import page_id
from db.lookup import known_pages
from db.times import time_text
from warc.writer import utc_now


@click.command(
    epilog="""\b
Examples:
  archiver -C my-archive crawl
  archiver -C my-archive crawl news --dry-run
In a crontab, off the hour: 7,37 * * * *  archiver -C /path/to/my-archive crawl"""
)
@click.argument("names", nargs=-1, metavar="[SOURCE]...")
@click.option("--dry-run", is_flag=True, help="List what is due and why; fetch nothing.")
@click.option("--json", "as_json", is_flag=True, help="With --dry-run: one JSON object a line.")
@click.pass_context
def command(ctx: click.Context, names: tuple[str, ...], *, dry_run: bool, as_json: bool) -> int:
    """Discover, fetch what is due, store, extract and load; of these sources, else of all.

    Silent when all is well. Exit code 1: a source's feed or section page could not be read; 75: another run holds
    the archive. Single pages that fail are counted and shown by `archiver status`.
    """
    folder = archive_folder(ctx)
    sources = _chosen(folder, names)
    if dry_run:
        _list_due(folder, sources, as_json=as_json)
        return Exit.OK
    with folder.lock():
        return _crawl(folder, sources)


def _chosen(folder: ArchiveFolder, names: tuple[str, ...]) -> dict[str, AnySource]:
    sources = folder.config.sources
    path = folder.root / "archive.toml"
    if not sources:
        raise UsageError(
            f"{path}: no sources; name one under [sources.NAME], or archive single pages: archiver add URL"
        )
    unknown = [name for name in names if name not in sources]
    if unknown:
        raise UsageError(f"{path}: no source {unknown[0]!r}; there are: {', '.join(sources)}")
    return {name: source for name, source in sources.items() if name in names or not names}


def _crawl(folder: ArchiveFolder, sources: dict[str, AnySource]) -> int:
    obey_robots = folder.config.crawl.obey_robots
    with Session(folder, command="crawl", sources=sources, obey_robots=obey_robots) as session:
        for line in recovery_lines(session.recovered):
            tell(line)
        run_spider(session)
        ingested = ingest_new(folder, session.database)
    counts = session.counts
    if sys.stderr.isatty():
        click.echo(f"{counts['pages']} pages archived, {counts['failures']} failed, {counts['new']} new", err=True)
    for name, problem in session.source_errors.items():
        tell(f"source {name}: {problem}")
    for problem in ingested.damage:
        tell(problem)
    if ingested.damage:
        return Exit.DAMAGE
    return Exit.FAILED if session.source_errors else Exit.OK


def _list_due(folder: ArchiveFolder, sources: dict[str, AnySource], *, as_json: bool) -> None:
    database = folder.database()
    try:
        pages = due(database, now=time_text(utc_now()), sources=tuple(sources), limit=None)
        known = known_pages(database)
    finally:
        database.close()
    for name, source in sources.items():
        if isinstance(source, ListSource):
            for url in source.urls:
                if page_id(url) not in known:
                    _print_due(name, url, "new", as_json=as_json)
        else:
            _print_due(name, source.url, f"{source.kind} to read", as_json=as_json)
    for page in pages:
        _print_due(page.source, page.url, page.why, as_json=as_json)


def _print_due(source: str | None, url: str, why: str | None, *, as_json: bool) -> None:
    if as_json:
        click.echo(json_text({"source": source, "url": url, "why": why}))
    else:
        click.echo(f"{source or '-'}  {why or '-'}  {one_line(url)}")
