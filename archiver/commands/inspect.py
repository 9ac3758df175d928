"""``archiver inspect``: what would be extracted from saved pages."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from archiver.errors import Exit, UsageError
from archiver.extract.model import Page
from archiver.extract.page import extract
from archiver.render import page_json, page_text
from archiver.saved import media_type, read_body


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One file to look at, and what is known of its capture."""

    file: str
    url: str | None = None
    status: int | None = None
    captured_at: datetime | None = None


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
    """Show what would be extracted from saved pages (.html, .html.gz, .txt). Stores nothing, needs no archive."""
    items = [Item(file=file, url=url) for file in files]
    if listing is not None:
        items.extend(_listed(listing))
    if not items:
        raise UsageError("name a FILE, or a list of files with --list")
    for number, item in enumerate(items):
        page = _extract(item)
        if as_json:
            click.echo(json.dumps(page_json(item.file, item.url, page), ensure_ascii=False))
        else:
            click.echo(("\n\n" if number else "") + page_text(page))
    return Exit.OK


def _extract(item: Item) -> Page:
    path = Path(item.file)
    body = read_body(path)
    return extract(
        body,
        url=item.url or "",
        status=item.status,
        headers=(("Content-Type", media_type(path, body)),),
        captured_at=item.captured_at or datetime.fromtimestamp(0, UTC),
    )


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
