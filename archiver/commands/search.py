"""``archiver search``: full text over articles and comments."""

import json
import re
import sys
from contextlib import closing
from dataclasses import asdict

import click

from archiver.commands.chosen import archive_folder
from archiver.errors import Exit
from archiver.render import one_line, printable
from db.search import MARK_END, MARK_START, Hit, Scope, search


@click.command(
    epilog="""\b
Examples:
  archiver -C my-archive search petard
  archiver -C my-archive search '"hoisted with" terror*' --in comments --json"""
)
@click.argument("query", nargs=-1, required=True)
@click.option("--in", "scope", type=click.Choice(["articles", "comments"]), help="Only these; else both.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1), help="At most so many hits.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line; control characters 2 and 3 mark finds.")
@click.pass_context
def command(ctx: click.Context, query: tuple[str, ...], scope: Scope | None, limit: int, *, as_json: bool) -> int:
    """Search articles and comments, best first: words, "exact phrases", prefixes like terror*."""
    folder = archive_folder(ctx)
    with closing(folder.database(read_only=True)) as database:
        hits = search(database, " ".join(query), scope=scope, limit=limit)
    for hit in hits:
        click.echo(json.dumps(asdict(hit), ensure_ascii=False) if as_json else _text(hit))
    if not hits and not as_json:
        click.echo("nothing found", err=True)
    return Exit.OK


def _text(hit: Hit) -> str:
    title = one_line(hit.title) or hit.url
    by = f"{one_line(hit.author) or '(no name)'} on: " if hit.kind == "comment" else ""
    return f"{hit.article_id}  {by}{title}\n    {_marked(hit.snippet)}\n"


def _marked(snippet: str) -> str:
    """What was found in bold on a terminal, in brackets elsewhere; the marks go in after the text was made safe."""
    start, end = ("\x1b[1m", "\x1b[0m") if sys.stdout.isatty() else ("[", "]")
    marks = {MARK_START: start, MARK_END: end}
    pieces = re.split(f"([{MARK_START}{MARK_END}])", snippet)
    return "".join(marks.get(piece) or re.sub(r"\s+", " ", printable(piece)) for piece in pieces)
