"""``archiver show``: an article with its thread, what happened to it, and where it is stored."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import pairwise
from typing import Any

import click

from archiver.commands.chosen import archive_folder
from archiver.errors import Exit
from archiver.marked import in_colour, marked, marked_lines
from archiver.render import article_lines, comment_lines, json_text, one_line
from archiver.story_text import author_of, event_json, event_lines, when
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
        view, then, known = article_view(database, article_id), None, None
        if ref is not None:
            then, known = as_of(database, article_id, ref)
    events, all_comments = story(view), {str(row["id"]): row for row in view.comments}
    if then is not None and known is not None:
        limit = time_of(ref or "") or then.moment.until
        view = _view_of(view, then, thread_at(known, then.moment), limit)
        events = tuple(event for event in events if event.at[: len(limit)] <= limit)
    if as_json:
        click.echo(json_text(_as_json(view, events, then), indent=2))
    else:
        click.echo("\n".join(_lines(view, events, all_comments, then, full=full)))
    return Exit.OK


def _view_of(view: ArticleView, then: AsOf, comments: tuple[Row, ...], limit: str) -> ArticleView:
    """The article as a capture showed it and what was known by a time; what the archive says of the whole stays."""
    state = then.state or dict.fromkeys(STATE_FIELDS) | {"authors": [], "editors": [], "categories": [], "tags": []}
    text = str(state["text"] or "")
    article = view.article | {name: state[name] for name in STATE_FIELDS} | {"text": text}
    article |= {"word_count": len(text.split()), "comment_count": len(comments)}
    article["claimed_comments"] = then.capture["claimed_comments"]
    return replace(
        view,
        article=article,
        comments=comments,
        revisions=tuple(row for row in view.revisions if int(row["number"]) <= then.revision),
        captures=tuple(row for row in view.captures if str(row["captured_at"])[: len(limit)] <= limit),
    )


def _as_json(view: ArticleView, events: Sequence[Event], then: AsOf | None) -> dict[str, Any]:
    return {
        **view.article,
        **({"at": _at_json(then)} if then else {}),
        "comments": [
            row | {"versions": _versions(view, row), "absences": view.absences.get(str(row["id"]), [])}
            for row in view.comments
        ],
        "history": [event_json(event) for event in events],
        "revisions": list(view.revisions),
        "captures": [without_inner(row) for row in view.captures],
    }


def _at_json(then: AsOf) -> dict[str, Any]:
    names = ("captured_at", "verdict", "status")
    return {
        "capture": then.capture["id"],
        **{name: then.capture[name] for name in names},
        "revision": then.revision or None,
        "covers_thread": then.moment.covers,
        "captures": [one["id"] for one in then.moment.captures],
    }


def _versions(view: ArticleView, comment: Row) -> Sequence[Row]:
    """All versions of a comment; the only one stands in its own row."""
    alone = {
        "number": 1,
        "capture_id": comment["first_capture"],
        "captured_at": comment["first_seen"],
        "author": comment["author"],
        "text": comment["text"],
    }
    return view.versions.get(str(comment["id"]), [alone])


def _lines(
    view: ArticleView, events: Sequence[Event], comments: dict[str, Row], then: AsOf | None, *, full: bool
) -> Iterator[str]:
    article = view.article
    facts = [
        ("as of", _as_of(then) if then else ""),
        ("url", article["url"]),
        ("by", ", ".join(article["authors"])),
        ("edited by", ", ".join(article["editors"])),
        ("published", article["published"] or ""),
        ("modified", article["modified"] or ""),
        ("site", article["site"] or ""),
        ("categories", ", ".join(article["categories"])),
        ("tags", ", ".join(article["tags"])),
        ("state", "" if then else article["state"]),
        ("id", article["id"]),
    ]
    yield from article_lines(article["title"], facts, article["text"])
    yield ""
    yield _comment_count(view)
    yield ""
    for number, comment in enumerate(view.comments, start=1):
        yield from _comment(number, comment, view, full=full, is_now=then is None)
    yield "History"
    yield from event_lines(events, comments, view.versions, full=full)
    yield ""
    yield from _captures(view, full=full)


def _as_of(then: AsOf) -> str:
    capture = then.capture
    parts = [f"{when(capture['captured_at'])}, capture {capture['id']}, revision {then.revision or 'none yet'}"]
    if capture["comment_count"] is None:
        parts.append(f"{capture['verdict'] or 'not extracted'}: shows no article, this is what was known by then")
    elif not then.moment.covers:
        parts.append("does not show the whole thread")
    return "; ".join(parts)


def _comment_count(view: ArticleView) -> str:
    claimed = view.article["claimed_comments"]
    found = len(view.comments)
    return f"Comments: {found}" + (f" (the page claims {claimed})" if claimed not in (None, found) else "")


def _comment(number: int, comment: Row, view: ArticleView, *, full: bool, is_now: bool) -> Iterator[str]:
    notes = _notes_now(comment, view) if is_now else _notes_then(comment)
    written = str(comment["published"] or comment["published_text"] or "")
    depth = int(comment["depth"] or 0)
    text = str(comment["text"])
    *lines, last = comment_lines(
        number,
        None if comment["author"] is None else str(comment["author"]),
        when=written,
        note=" ".join(f"[{note}]" for note in notes),
        text=text,
        depth=depth,
    )
    yield from lines
    if full and is_now:
        yield from _edits(view.versions.get(str(comment["id"]), ()), margin="    " * (min(depth, 10) + 1))
    yield last


def _notes_now(comment: Row, view: ArticleView) -> Iterator[str]:
    state = comment["state"]
    if comment["kind"] != "comment":
        yield one_line(str(comment["kind"]))
    if int(comment["version_count"] or 0) > 1:
        yield f"edited, {comment['version_count']} versions"
    if comment["moderated"]:
        yield "moderated"
    if state == "gone":
        yield f"gone since {when(comment['gone_since'])}"
    elif state == "hidden":
        yield f"hidden since {when(comment['gone_since'])}: the comment it answers is gone"
    else:
        absences = view.absences.get(str(comment["id"]), ())
        if absences:
            last = absences[-1]
            yield f"restored {when(last['until'])}, was {last['state']} since {when(last['since'])}"
    if state == "not covered":
        yield f"not covered since {when(comment['last_seen'])}"


def _notes_then(comment: Row) -> Iterator[str]:
    if comment["kind"] != "comment":
        yield one_line(str(comment["kind"]))
    if int(comment["version_count"] or 0) > 1:
        yield f"version {comment['version']} of {comment['version_count']}"
    if comment["moderated"]:
        yield "moderated"


def _edits(versions: Sequence[Row], *, margin: str) -> Iterator[str]:
    """What each version of a comment changed in the one before."""
    for old, new in pairwise(versions):
        colour = in_colour()
        names = ""
        if old["author"] != new["author"]:
            names = f"  {marked(text_diff(author_of(old), author_of(new)), colour=colour)}"
        yield f"{margin}version {new['number']}, {when(new['captured_at'])}, capture {new['capture_id']}{names}"
        pieces = text_diff(str(old["text"]), str(new["text"]))
        yield from marked_lines(pieces, colour=colour, full=False, margin=margin + "    ")


def _captures(view: ArticleView, *, full: bool) -> Iterator[str]:
    yield f"Captures: {len(view.captures)}, revisions: {len(view.revisions)}"
    shown = view.captures if full else view.captures[:_CAPTURES_SHOWN]
    for capture in shown:
        verdict = one_line(f"{capture['status'] or 'file'} {capture['verdict'] or 'not extracted'}")
        yield f"  {capture['captured_at']}  {capture['id']}  {verdict}"
        file = one_line(str(capture["warc_file"]))
        yield f"    archive/{file}  offset {capture['warc_offset']}  length {capture['warc_length']}"
    if len(shown) < len(view.captures):
        yield f"  … and {len(view.captures) - len(shown)} more: --full"
