"""``archiver show``: an article with its thread, and where it is stored."""

import json
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import click

from archiver.commands.chosen import archive_folder
from archiver.errors import Exit
from archiver.render import article_lines, comment_lines, one_line
from db.read import ArticleView, article_view, find_article

_CAPTURES_SHOWN = 10


@click.command(
    epilog="""\b
Examples:
  archiver -C my-archive show https://example.com/an-article/
  archiver -C my-archive show "part of its title" --json"""
)
@click.argument("article")
@click.option("--json", "as_json", is_flag=True, help="Everything as one JSON object.")
@click.pass_context
def command(ctx: click.Context, article: str, *, as_json: bool) -> int:
    """Show an article with its thread, and the WARC records that prove it.

    ARTICLE is an id, a URL, or a part of a title that only one article has. Exit code 3: not found.
    """
    folder = archive_folder(ctx)
    with closing(folder.database(read_only=True)) as database:
        view = article_view(database, find_article(database, article)["id"])
    if as_json:
        click.echo(json.dumps(_as_json(view), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_lines(view)))
    return Exit.OK


def _as_json(view: ArticleView) -> dict[str, Any]:
    return {
        **view.article,
        "comments": list(view.comments),
        "revisions": list(view.revisions),
        "captures": list(view.captures),
    }


def _lines(view: ArticleView) -> Iterator[str]:
    article = view.article
    facts = [
        ("url", article["url"]),
        ("by", ", ".join(article["authors"])),
        ("edited by", ", ".join(article["editors"])),
        ("published", article["published"] or ""),
        ("modified", article["modified"] or ""),
        ("site", article["site"] or ""),
        ("categories", ", ".join(article["categories"])),
        ("tags", ", ".join(article["tags"])),
        ("state", article["state"]),
        ("id", article["id"]),
    ]
    yield from article_lines(article["title"], facts, article["text"])
    yield ""
    yield _comment_count(view)
    yield ""
    for number, comment in enumerate(view.comments, start=1):
        yield from _comment(number, comment)
    yield from _captures(view)


def _comment_count(view: ArticleView) -> str:
    claimed = view.article["claimed_comments"]
    found = len(view.comments)
    return f"Comments: {found}" + (f" (the page claims {claimed})" if claimed not in (None, found) else "")


def _comment(number: int, comment: dict[str, Any]) -> Iterator[str]:
    notes = {
        "absent": f"[gone since {comment['gone_since']}]",
        "edited": f"[edited, {comment['version_count']} versions]",
    }
    when = str(comment["published"] or comment["published_text"] or "")
    note = notes.get(str(comment["state"]), "") + ("" if comment["kind"] == "comment" else f"[{comment['kind']}]")
    yield from comment_lines(
        number, comment["author"], when=when, note=note, text=str(comment["text"]), depth=int(comment["depth"])
    )


def _captures(view: ArticleView) -> Iterator[str]:
    yield f"Captures: {len(view.captures)}, revisions: {len(view.revisions)}"
    for capture in view.captures[:_CAPTURES_SHOWN]:
        verdict = one_line(f"{capture['status'] or 'file'} {capture['verdict'] or 'not extracted'}")
        yield f"  {capture['captured_at']}  {verdict}"
        yield f"    archive/{capture['warc_file']}  offset {capture['warc_offset']}  length {capture['warc_length']}"
    if len(view.captures) > _CAPTURES_SHOWN:
        yield f"  … and {len(view.captures) - _CAPTURES_SHOWN} more: --json"
