"""``archiver status``: the health of sources and crawls, and what is due."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict
from typing import Any

import click

from archiver.commands.chosen import archive_folder
from archiver.config import source_url
from archiver.errors import Exit
from archiver.folder import ArchiveFolder
from archiver.render import counted, json_text, one_line
from db.lookup import Totals, totals
from db.operations import Health, SourceHealth, health
from db.times import time_text
from db.withholding import resolve
from warc.writer import utc_now

_SHOWN = 10


@click.command(
    epilog="""\b
Examples:
  archiver -C my-archive status
  archiver -C my-archive status --json || mail -s "archive needs a look" me@example.com"""
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_context
def command(ctx: click.Context, *, as_json: bool) -> int:
    """Show the health of sources and crawls, failures, and what is due.

    Exit code 5: a source's last try failed, it was never crawled, its pages are overdue by more than a day, or the
    last run did not end well.
    """
    folder = archive_folder(ctx)
    with closing(folder.database(read_only=True)) as database:
        report = health(database, now=time_text(utc_now()))
        counts = totals(database)
        notes = resolve(database, folder.config.withhold).notes
    problems = _problems(folder, report)
    if as_json:
        click.echo(json_text(_as_json(report, counts, problems, notes), indent=2))
    else:
        click.echo("\n".join(_lines(folder, report, counts, problems, notes)))
    return Exit.UNHEALTHY if problems else Exit.OK


def _problems(folder: ArchiveFolder, report: Health) -> list[str]:
    """What someone should look at; sources that archive.toml no longer names are left out."""
    known = {source.name: source for source in report.sources}
    found: list[str] = []
    for name in folder.config.sources:
        source = known.get(name)
        if source is None or source.last_crawl is None:
            found.append(f"source {name}: never crawled")
        elif source.last_error:
            found.append(f"source {name}: {one_line(source.last_error)}")
        elif source.overdue:
            found.append(f"source {name}: {counted(source.overdue, 'page')} overdue by more than a day")
    if report.crawls:
        last = report.crawls[0]
        killed = last["state"] == "running" and "-crawl-" in str(last["id"]) and not folder.is_locked()
        if killed or last["state"] not in ("finished", "running"):
            found.append(f"the last run {last['id']} was {'killed' if killed else last['state']}")
    return found


def _as_json(report: Health, counts: Totals, problems: list[str], notes: Sequence[str]) -> dict[str, Any]:
    return {
        "healthy": not problems,
        "problems": problems,
        "notes": list(notes),
        "totals": asdict(counts),
        "sources": [asdict(source) for source in report.sources],
        "crawls": list(report.crawls),
        "failures": list(report.failures),
    }


def _lines(
    folder: ArchiveFolder, report: Health, counts: Totals, problems: list[str], notes: Sequence[str]
) -> Iterator[str]:
    have = (
        counted(counts.articles, "article"),
        counted(counts.comments, "comment"),
        counted(counts.captures, "capture"),
    )
    yield f"{', '.join(have)} in {folder.root.name}"
    known = {source.name: source for source in report.sources}
    for name, source in folder.config.sources.items():
        yield _source(name, source.kind, source_url(source), known.get(name))
    for crawl in report.crawls[:1]:
        captured = counted(int(crawl["captured"] or 0), "page")
        yield (
            f"last run: {crawl['started_at']}  {crawl['state']}: {captured} captured, "
            f"{crawl['discovered']} new, {crawl['failed']} failed"
        )
    for failure in report.failures[:_SHOWN]:
        yield f"failed: {one_line(str(failure['url']))}: {one_line(str(failure['reason']))}"
    if len(report.failures) > _SHOWN:
        yield f"failed: … and {len(report.failures) - _SHOWN} more"
    if counts.unextracted:
        yield f"not extracted: {counted(counts.unextracted, 'capture')}; captures.error says why"
    yield from (f"note: {one_line(note)}" for note in notes)
    yield from (f"problem: {problem}" for problem in problems)


def _source(name: str, kind: str, url: str, source: SourceHealth | None) -> str:
    if source is None:
        return f"source {name}: {kind} {url}, never crawled"
    pages = counted(source.pages, "page")
    return f"source {name}: {kind} {url}, {pages}, {source.due} due, last crawl {source.last_crawl}"
