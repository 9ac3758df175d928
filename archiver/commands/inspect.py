"""``archiver inspect``: what would be extracted from saved pages."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import click

from archiver.commands.telling import tell
from archiver.config import ExtractSettings
from archiver.errors import Exit, UsageError
from archiver.extraction import Unreadable
from archiver.render import json_text, page_json, page_text
from archiver.saved import Item, saved_page
from archiver.workers import Failure, Limits, Workers


@click.command(
    epilog="""\b
Examples:
  archiver inspect saved.html --url https://example.com/an-article/
  archiver inspect --list pages.jsonl --json > extracted.jsonl"""
)
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option("--url", metavar="URL", help="The address the file was saved from.")
@click.option(
    "--list",
    "listing",
    metavar="JSONL",
    help='Lines {"file", "url", "status", "captured_at"}; all but "file" may be left out. `-`: standard input.',
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def command(files: tuple[str, ...], url: str | None, listing: str | None, *, as_json: bool) -> int:
    """Show what would be extracted from saved pages (.html, .html.gz, .txt). Stores nothing, needs no archive.

    A file that cannot be read is named, the rest is shown, and the exit code is 2; 1 if a page took too long, too much
    memory or crashed its process.
    """
    items = [Item(file=file, url=url) for file in files]
    if listing is not None:
        items.extend(_listed(listing))
    if not items:
        raise UsageError("name a FILE, or a list of files with --list")
    return _show(items, as_json=as_json)


def _show(items: list[Item], *, as_json: bool) -> int:
    unreadable = failed = False
    separator = ""
    with Workers(Limits.by(ExtractSettings()), most=len(items)) as workers:
        for item, found in workers.in_order(saved_page, items):
            if isinstance(found, Unreadable):
                unreadable = True
                tell(found.problem)
            elif isinstance(found, Failure):
                failed = True
                tell(f"{item.file}: {found.of('extraction')}")
            elif as_json:
                click.echo(json_text(page_json(item.file, item.url, found)))
            else:
                click.echo(separator + page_text(found))
                separator = "\n\n"
    if unreadable:
        return Exit.USAGE
    return Exit.FAILED if failed else Exit.OK


def _listed(listing: str) -> Iterator[Item]:
    """Raises UsageError with the line's number."""
    try:
        stream = click.open_file(listing, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{listing}: cannot be read: {error.strerror}") from error
    with stream:
        try:
            for number, line in enumerate(stream, start=1):
                if line.strip():
                    yield _item(line, f"{listing}, line {number}")
        except UnicodeDecodeError as error:
            raise UsageError(f"{listing}: is not UTF-8: {error}") from error


def _item(line: str, place: str) -> Item:
    try:
        data: Any = json.loads(line)
        moment = data.get("captured_at")
        captured_at = datetime.fromisoformat(moment) if moment else None
        status = data.get("status")
        return Item(
            file=str(data["file"]),
            url=data.get("url"),
            status=int(status) if status is not None else None,
            captured_at=captured_at.replace(tzinfo=captured_at.tzinfo or UTC) if captured_at else None,
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(f'{place}: should be a JSON object with at least "file": {error}') from error
