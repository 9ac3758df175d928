"""``archiver export``: the archive for other programs, one subcommand a format."""

import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

import click

from archiver.commands.chosen import archive_folder
from archiver.commands.telling import tell
from archiver.errors import Exit, UsageError
from archiver.exports import wacz as packing
from archiver.exports.choice import Wanted, choose
from archiver.exports.counting import Counts
from archiver.exports.folders_markdown import write_markdown
from archiver.exports.json_lines import write_json_lines
from archiver.exports.placing import check_place, placed_file, placed_folder
from archiver.exports.tables_csv import write_csv
from archiver.folder import ArchiveFolder
from archiver.progress import shown
from archiver.render import counted, json_text
from db.errors import NotFound
from db.exported import ExportedArticle, count_articles, exported_articles
from db.sql import reading
from warc.manifest import manifest_entries

_F = TypeVar("_F", bound=Callable[..., Any])
_STDOUT = Path("-")


@click.group(
    epilog="""\b
Examples:
  archiver -C my-archive export jsonl articles.jsonl --since 2026-05-01
  archiver -C my-archive export csv tables --source news
  archiver -C my-archive export wacz article.wacz --article "part of its title\""""
)
def command() -> None:
    """Export the archive for other programs.

    What archive.toml withholds is in no export.
    """


def _options(function: _F) -> _F:
    """What all formats have in common."""
    for option in (
        click.option("--json", "as_json", is_flag=True, help="What was written, as one JSON object."),
        click.option("--force", is_flag=True, help="Replace OUT if it is there."),
        click.option("--since", metavar="DATE", help="Only what was captured on this day (UTC) or later."),
        click.option("--article", metavar="ARTICLE", help="Only this article: an id, a URL, or a part of its title."),
        click.option("--source", metavar="NAME", help="Only what was captured for this source."),
    ):
        function = option(function)
    return function


@command.command(
    epilog="""\b
Examples:
  archiver -C my-archive export wacz all.wacz
  archiver -C my-archive export wacz article.wacz --article "part of its title"
  archiver -C my-archive export wacz news.wacz --source news --force"""
)
@click.argument("out", type=click.Path(path_type=Path), metavar="OUT.wacz")
@_options
@click.pass_context
def wacz(ctx: click.Context, /, out: Path, *, force: bool, as_json: bool, **wanted: str | None) -> int:
    """Pack captures into a WACZ file, for ReplayWeb.page, pywb and other archives.

    Everything, or the captures that one source or one article has, or that were made since a day. Records go in byte
    for byte, with the records that revisits among them repeat. The same captures give the same file. Exit code 3:
    nothing to export; 4: something could not be read, the rest was written.
    """
    folder, choice = archive_folder(ctx), Wanted(**wanted)
    _check_place(folder, out, force=force, is_folder=False)
    closed = manifest_entries(folder.manifest_path)  # before the database is asked, which knows of them all
    with closing(folder.database(read_only=True)) as database, reading(database):
        packed = packing.gather(folder, database, choose(folder, database, choice), closed)
    written = packing.write(out, packed)
    for problem in written.damage:
        tell(problem)
    if packed.withheld:
        left_out = counted(packed.withheld, "capture")
        click.echo(f"{left_out} left out: what they show is withheld, as archive.toml says", err=True)
    if as_json:
        report = {"path": str(out), "bytes": written.size, "captures": written.captures, "pages": written.pages}
        click.echo(json_text(report))
    else:
        contents = f"{counted(written.captures, 'capture')}, {counted(written.pages, 'page')}"
        click.echo(f"{out}: {contents}, {counted(written.size, 'byte')}")
    return Exit.DAMAGE if written.damage else Exit.OK


@command.command(
    epilog="""\b
Examples:
  archiver -C my-archive export jsonl articles.jsonl
  archiver -C my-archive export jsonl - --since 2026-05-01 | jq -r .title"""
)
@click.argument("out", type=click.Path(path_type=Path, allow_dash=True), metavar="OUT.jsonl")
@_options
@click.pass_context
def jsonl(ctx: click.Context, /, out: Path, *, force: bool, as_json: bool, **wanted: str | None) -> int:
    """Write an article a line, as JSON: with its thread, its history and its records inside. OUT may be -.

    Each article that has a capture of the source, or since the day, is written whole. Exit code 3: nothing to export.
    """
    folder, choice = archive_folder(ctx), Wanted(**wanted)
    if out == _STDOUT:
        if as_json:
            raise UsageError("--json reports on standard output, where the articles go; leave it out, or name a file")
        with _articles(folder, choice) as articles:
            counts = write_json_lines(articles, sys.stdout.buffer)
        sys.stdout.flush()
        click.echo(f"standard output: {_contents(counts)}", err=True)
        return Exit.OK
    _check_place(folder, out, force=force, is_folder=False)
    with _articles(folder, choice) as articles, placed_file(out) as stream:
        counts = write_json_lines(articles, stream)
    return _say(out, counts, as_json=as_json)


@command.command(
    epilog="""\b
Examples:
  archiver -C my-archive export csv tables
  archiver -C my-archive export csv news --source news --raw"""
)
@click.argument("out", type=click.Path(path_type=Path), metavar="OUT")
@click.option("--raw", is_flag=True, help="Texts exactly as they are; a spreadsheet may take some for formulas.")
@_options
@click.pass_context
def csv(ctx: click.Context, /, out: Path, *, raw: bool, force: bool, as_json: bool, **wanted: str | None) -> int:
    """Write a folder of CSV files: articles, comments, revisions, comment_versions, absences, captures.

    Each article that has a capture of the source, or since the day, is written whole. Lists are JSON. A text that a
    spreadsheet would take for a formula (it begins with = + - or @) gets an apostrophe before it, unless --raw is
    given. Exit code 3: nothing to export.
    """
    folder, choice = archive_folder(ctx), Wanted(**wanted)
    _check_place(folder, out, force=force, is_folder=True)
    with _articles(folder, choice) as articles, placed_folder(out, kind="csv, raw" if raw else "csv") as draft:
        counts = write_csv(articles, draft, raw=raw)
    return _say(out, counts, as_json=as_json)


@command.command(
    epilog="""\b
Examples:
  archiver -C my-archive export parquet tables
  archiver -C my-archive export parquet news --source news --force"""
)
@click.argument("out", type=click.Path(path_type=Path), metavar="OUT")
@_options
@click.pass_context
def parquet(ctx: click.Context, /, out: Path, *, force: bool, as_json: bool, **wanted: str | None) -> int:
    """Write a folder of Parquet files, the same tables as csv, with typed columns: times, lists, truths.

    Needs the extra: pip install 'archiver-threads[parquet]'. Each article that has a capture of the source, or since
    the day, is written whole. Exit code 3: nothing to export.
    """
    try:
        from archiver.exports.tables_parquet import write_parquet  # noqa: PLC0415 - an extra, and slow to load
    except ImportError as error:
        raise UsageError("export parquet needs pyarrow: pip install 'archiver-threads[parquet]'") from error
    folder, choice = archive_folder(ctx), Wanted(**wanted)
    _check_place(folder, out, force=force, is_folder=True)
    with _articles(folder, choice) as articles, placed_folder(out, kind="parquet") as draft:
        counts = write_parquet(articles, draft)
    return _say(out, counts, as_json=as_json)


@command.command(
    epilog="""\b
Examples:
  archiver -C my-archive export markdown notes
  archiver -C my-archive export markdown one --article https://example.com/an-article/"""
)
@click.argument("out", type=click.Path(path_type=Path), metavar="OUT")
@_options
@click.pass_context
def markdown(ctx: click.Context, /, out: Path, *, force: bool, as_json: bool, **wanted: str | None) -> int:
    """Write a folder with a folder for each article: article.md, thread.md, history.md.

    Texts are shown as they are and mean nothing to Markdown. Each article that has a capture of the source, or since
    the day, is written whole. Exit code 3: nothing to export.
    """
    folder, choice = archive_folder(ctx), Wanted(**wanted)
    _check_place(folder, out, force=force, is_folder=True)
    with _articles(folder, choice) as articles, placed_folder(out, kind="markdown") as draft:
        counts = write_markdown(articles, draft)
    return _say(out, counts, as_json=as_json)


def _check_place(archive: ArchiveFolder, out: Path, *, force: bool, is_folder: bool) -> None:
    """Raise UsageError unless the export may be put there, which is nowhere among the archive's own files."""
    if archive.owns(out):
        raise UsageError(f"{out} belongs to the archive; name another place")
    check_place(out, force=force, folder=is_folder)


@contextmanager
def _articles(folder: ArchiveFolder, wanted: Wanted) -> Generator[Iterator[ExportedArticle]]:
    """The articles, one after the other, all of one state of the database. Raises NotFound, UsageError."""
    with closing(folder.database(read_only=True)) as database, reading(database):
        chosen = choose(folder, database, wanted)
        total = count_articles(database, chosen.scope)
        if not total:
            raise NotFound(f"nothing to export: there are no articles{chosen.of_what}")
        yield shown(exported_articles(database, chosen.scope), what="exporting", total=total)


def _contents(counts: Counts) -> str:
    return f"{counted(counts.articles, 'article')}, {counted(counts.comments, 'comment')}"


def _say(out: Path, counts: Counts, *, as_json: bool) -> int:
    click.echo(json_text({"path": str(out), **asdict(counts)}) if as_json else f"{out}: {_contents(counts)}")
    return Exit.OK
