"""``archiver export``: captures for other programs, one subcommand a format."""

import json
from collections.abc import Collection
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import click
from sqlite_utils import Database

from archiver import __version__
from archiver.commands.chosen import archive_folder
from archiver.errors import Exit, UsageError
from archiver.folder import ArchiveFolder
from archiver.progress import shown
from archiver.render import counted, one_line
from db.errors import NotFound
from db.export import (
    ListedPage,
    Scope,
    captured_sources,
    captures_by_file,
    chosen_places,
    listed_pages,
    main_page,
    newest_capture,
    places_in,
)
from db.read import find_article
from db.sql import reading
from db.times import parsed_time
from warc.manifest import manifest_entries
from warc.wacz import About, Gathered, Page, Selection, Written, write_wacz


@click.group(
    epilog="""\b
Examples:
  archiver -C my-archive export wacz all.wacz
  archiver -C my-archive export wacz news.wacz --source news"""
)
def command() -> None:
    """Export captures for other programs."""


@command.command(
    epilog="""\b
Examples:
  archiver -C my-archive export wacz all.wacz
  archiver -C my-archive export wacz article.wacz --article "part of its title"
  archiver -C my-archive export wacz news.wacz --source news --force"""
)
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False), metavar="OUT.wacz")
@click.option("--source", metavar="NAME", help="Only what was captured for this source.")
@click.option("--article", metavar="ARTICLE", help="Only this article, with all pages of its thread.")
@click.option("--force", is_flag=True, help="Replace OUT.wacz if it is there.")
@click.option("--json", "as_json", is_flag=True, help="What was written, as one JSON object.")
@click.pass_context
def wacz(ctx: click.Context, out: Path, source: str | None, article: str | None, *, force: bool, as_json: bool) -> int:
    """Pack captures into a WACZ file, for ReplayWeb.page, pywb and other archives.

    Everything, or what one source or one article (an id, a URL, or a part of its title) has. Records go in byte for
    byte, with the records that revisits among them repeat. The same captures give the same file. Exit code 3: nothing
    to export; 4: something could not be read, the rest was written.
    """
    folder = archive_folder(ctx)
    if source is not None and article is not None:
        raise UsageError("give --source or --article, not both")
    if out.exists() and not force:
        raise UsageError(f"{out} is there already; name another file, or replace it with --force")
    if not out.absolute().parent.is_dir():
        raise UsageError(f"{out}: there is no folder {out.parent}")
    written = _export(folder, out, source=source, article=article)
    for problem in written.damage:
        click.echo(f"archiver: {problem}", err=True)
    if as_json:
        report = {"path": str(out), "bytes": written.size, "captures": written.captures, "pages": written.pages}
        click.echo(json.dumps(report, ensure_ascii=False))
    else:
        contents = f"{counted(written.captures, 'capture')}, {counted(written.pages, 'page')}"
        click.echo(f"{out}: {contents}, {counted(written.size, 'byte')}")
    return Exit.DAMAGE if written.damage else Exit.OK


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chosen:
    """``title`` is that of the package."""

    scope: Scope
    title: str


def _export(folder: ArchiveFolder, out: Path, *, source: str | None, article: str | None) -> Written:
    """Raises NotFound, UsageError, CannotStore, WarcError."""
    closed = manifest_entries(folder.manifest_path)  # before the database is asked, which knows of them all
    with closing(folder.database(read_only=True)) as database, reading(database):
        chosen = _choose(folder, database, source=source, article=article)
        newest = newest_capture(database, chosen.scope)
        if newest is None:
            of_what = f"source {source}" if source is not None else chosen.title
            raise NotFound(f"nothing to export: there are no captures of {of_what}")
        whole, parts = _files(database, chosen.scope, closed)
        main = main_page(database, chosen.scope.article_id) if chosen.scope.article_id else None
        about = About(
            title=chosen.title,
            software=f"archiver {__version__}",
            created=parsed_time(newest),
            main=_page(main) if main else None,
        )
        gathered = Gathered(
            Selection(
                directory=folder.warc_dir,
                index=folder.index_path,
                whole=whole,
                parts=parts,
                pages=map(_page, listed_pages(database, chosen.scope)),
            ),
            watch=lambda names: shown(names, what="choosing", total=len(names)),
        )
    return write_wacz(out, gathered, about, watch=lambda files: shown(files, what="packing", total=len(files)))


def _choose(folder: ArchiveFolder, database: Database, *, source: str | None, article: str | None) -> _Chosen:
    """Raises NotFound, UsageError."""
    if article is not None:
        found = find_article(database, article)
        return _Chosen(scope=Scope(article_id=found["id"]), title=one_line(found["title"]) or found["url"])
    if source is None:
        return _Chosen(scope=Scope(), title=folder.root.name)
    known = sorted({*folder.config.sources, *captured_sources(database)})
    if source not in known:
        names = f"the sources are: {', '.join(known)}" if known else "archive.toml names none"
        raise UsageError(f"no source {source!r}; {names}")
    return _Chosen(scope=Scope(source=source), title=f"{folder.root.name}: {source}")


def _files(database: Database, scope: Scope, closed: Collection[str]) -> tuple[dict[str, int], dict[str, set[int]]]:
    """Files to be taken whole, with the number of captures known in each, and captures of others."""
    if scope != Scope():
        return {}, chosen_places(database, scope)
    known = captures_by_file(database)
    # A file that is not closed yet, or not in the books, is taken as far as the database knows it.
    others = {name: places_in(database, name) for name in known if name not in closed}
    return {name: known.get(name, 0) for name in closed}, others


def _page(page: ListedPage) -> Page:
    return Page(
        id=page.id,
        url=page.url,
        at=parsed_time(page.captured_at),
        title=one_line(page.title) or page.url,
        text=page.text,
        file=page.warc_file,
        offset=page.warc_offset,
    )
