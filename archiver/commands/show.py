"""``archiver show``: an article with its thread, what happened to it, and where it is stored."""

import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from typing import Any

import click

from archiver.commands.chosen import archive_folder
from archiver.errors import Exit
from archiver.marked import in_colour, marked_lines
from archiver.render import article_lines, comment_lines, one_line
from archiver.story_text import event_json, event_lines, when
from archiver.textdiff import text_diff
from db.asof import AsOf, as_of
from db.captures import time_of, without_inner
from db.derived import STATE_FIELDS
from db.moments import thread_at
from db.read import ArticleView, article_view, find_article
from db.sql import Row, reading
from db.story import Event, story

_CAPTURES_SHOWN = 10


@click.command(
    epilog="""\b
Examples:
  archiver -C my-archive show https://example.com/an-article/
  archiver -C my-archive show "part of its title" --at 2024-05-03
  archiver -C my-archive show "part of its title" --json"""
)
@click.argument("article")
@click.option(
    "--at",
    "ref",
    metavar="CAPTURE",
    help="As that capture showed it: an id, a date or time in UTC, a revision (r2), first or last; see diff.",
)
@click.option("--full", is_flag=True, help="Earlier versions of comments too, and long lists whole.")
@click.option("--json", "as_json", is_flag=True, help="Everything as one JSON object.")
@click.pass_context
def command(ctx: click.Context, article: str, ref: str | None, *, full: bool, as_json: bool) -> int:
    """Show an article with its thread, its history, and the WARC records that prove it.

    ARTICLE is an id, a URL, or a part of a title that only one article has. The thread holds every comment ever seen,
    with marks: edited, gone (a later capture of the whole thread shows it no more), hidden (the same, but the comment
    it answers is gone), not covered (newer captures do not show the whole thread, so nothing is known), moderated,
    restored.

    Exit code 3: not found.
    """
    folder = archive_folder(ctx)
    with closing(folder.database(read_only=True)) as database, reading(database):
        article_id = str(find_article(database, article)["id"])
        view, then = article_view(database, article_id), None
        if ref is not None:
            then, known = as_of(database, article_id, ref)
            view = _view_of(view, then, thread_at(known, then.moment))
    events = _until(story(view), then, ref or "")
    if as_json:
        click.echo(json.dumps(_as_json(view, events, then), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_lines(view, events, then, full=full)))
    return Exit.OK
