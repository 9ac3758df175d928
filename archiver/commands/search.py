"""``archiver search``: full text over articles and comments."""

import re
import sys
from contextlib import closing
from dataclasses import asdict
from itertools import pairwise
from typing import Final

import click

from archiver.commands.chosen import archive_folder
from archiver.commands.telling import tell
from archiver.errors import Exit
from archiver.render import json_text, one_line, printable
from db.query import parse
from db.search import MARK_END, MARK_START, Hit, Scope, search

_WITHOUT: Final = re.compile(r"-(?!-|h\Z)")
_WITH_A_VALUE: Final = ("--in", "--limit")


class _Search(click.Command):
    """Takes ``-crane`` for a part of the query, as its language does: this command has no options of one letter."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        end = args.index("--") if "--" in args else len(args)
        typed: list[str] = []
        without: list[str] = []
        for before, one in pairwise(("", *args[:end])):
            (without if _WITHOUT.match(one) and before not in _WITH_A_VALUE else typed).append(one)
        return super().parse_args(ctx, [*typed, "--", *without, *args[end + 1 :]])


@click.command(
    cls=_Search,
    epilog="""\b
Queries:
  hoist harbour      both words, in any of their forms
  "raised it"        these words in this order
  terror*            what begins so
  -crane             without it; also -"two words", -author:smith, -site:example.org
  site:example.org   of this host and those under it, or of the site of this name
  author:smith       by this author; author:"Dirk Smith"
  after:2024-05-03   from this day, month (2024-05) or year (2024) on
  before:2024-05     until this day, month or year, without it
  gone:yes           comments that are gone, articles whose page is 404, 410 or says so
  gone:no            all others

\b
Examples:
  archiver -C my-archive search petard
  archiver -C my-archive search '"hoisted with" terror* -crane' --in comments --json
  archiver -C my-archive search 'author:"Dirk Smith" gone:yes'
  archiver -C my-archive search 'site:example.org after:2024-05 before:2024-06-15'""",
)
@click.argument("query", nargs=-1, required=True)
@click.option("--in", "scope", type=click.Choice(["articles", "comments"]), help="Only these; else both.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1), help="At most so many hits.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line; control characters 2 and 3 mark finds.")
@click.pass_context
def command(ctx: click.Context, query: tuple[str, ...], scope: Scope | None, limit: int, *, as_json: bool) -> int:
    """Search articles and comments, best first; of filters alone, all that they leave, newest first.

    Put a query with quotes into single quotes. Chinese, Japanese, Thai, Lao, Khmer and Burmese are
    found by any part of a text, Korean words by their beginning. A date is the one that the site gives, as it stands
    there; where it gives none, that of the first capture (UTC). Several site: mean any of them. A filter that says
    nothing is left out and named.
    """
    folder = archive_folder(ctx)
    wanted = parse(" ".join(query))
    for note in wanted.notes:
        tell(note)
    with closing(folder.database(read_only=True)) as database:
        hits = search(database, wanted, scope=scope, limit=limit)
    for hit in hits:
        click.echo(json_text(asdict(hit)) if as_json else _text(hit, dated=wanted.lists))
    if not hits and not as_json and not wanted.is_empty:
        click.echo("nothing found", err=True)
    return Exit.OK


def _text(hit: Hit, *, dated: bool) -> str:
    when = f"{one_line(hit.published or hit.first_seen)[:10]}  " if dated else ""
    title = one_line(hit.title) or one_line(hit.article_url)
    by = f"{one_line(hit.author) or '(no name)'} on: " if hit.kind == "comment" else ""
    since = f" since {hit.gone_since[:10]}" if hit.gone_since else ""
    note = "" if hit.state == "live" else f"  [{one_line(hit.state)}{since}]"
    return f"{hit.article_id}  {when}{by}{title}{note}\n    {_marked(hit.snippet)}\n"


def _marked(snippet: str) -> str:
    """What was found in bold on a terminal, in brackets elsewhere; the marks go in after the text was made safe."""
    start, end = ("\x1b[1m", "\x1b[0m") if sys.stdout.isatty() else ("[", "]")
    marks = {MARK_START: start, MARK_END: end}
    pieces = re.split(f"([{MARK_START}{MARK_END}])", snippet)
    return "".join(marks.get(piece) or re.sub(r"\s+", " ", printable(piece)) for piece in pieces)
