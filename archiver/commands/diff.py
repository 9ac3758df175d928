"""``archiver diff``: what changed in an article and its thread between two captures."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import fields
from typing import Any, Final, cast

import click

from archiver.commands.chosen import archive_folder
from archiver.errors import Exit
from archiver.marked import in_colour, marked, marked_lines
from archiver.render import counted, json_text, one_line
from archiver.story_text import author_of, short, when
from archiver.textdiff import Piece, text_diff
from db.asof import AsOf, Comparison, compare
from db.changes import Change
from db.derived import STATE_FIELDS
from db.moments import Thread
from db.read import ArticleRow, find_article
from db.sql import Row, reading

_FIELDS: Final = tuple(name for name in STATE_FIELDS if name != "text")
_RECORD: Final = ("record_id", "record_type", "payload_digest", "warc_file", "warc_offset", "warc_length")
_SAID: Final = {
    "added": ("new comment", ""),
    "edited": ("edited comment", ""),
    "gone": ("comment", "gone"),
    "hidden": ("comment", "hidden: what it answers is gone"),
    "restored": ("comment", "back"),
    "moved": ("comment", "answering another one than before, or none"),
    "moderated": ("comment", "whose mark of a moderator came or went"),
    "not_covered": ("comment", "not covered: not shown by one, which does not show the whole thread"),
}
_FOLDED: Final = 10


@click.command(
    epilog="""\b
Examples:
  archiver -C my-archive diff https://example.com/an-article/
  archiver -C my-archive diff "part of its title" 2024-05-03 last
  archiver -C my-archive diff "part of its title" r1 r2 --json"""
)
@click.argument("article")
@click.argument("a", required=False)
@click.argument("b", required=False)
@click.option("--full", is_flag=True, help="Unchanged paragraphs too, and long lists whole.")
@click.option("--json", "as_json", is_flag=True, help="Everything as one JSON object.")
@click.pass_context
def command(ctx: click.Context, article: str, a: str | None, b: str | None, *, full: bool, as_json: bool) -> int:
    """Show what changed in an article and its thread between two captures.

    ARTICLE is as in `show`. A and B are captures: an id, a date or time in UTC (2024-05-03: the newest that shows the
    article by the end of that day), a revision (r2: the first capture of it), first or last. Default for B: last; for
    A: the newest before B that showed something else. Whichever is older is shown as A.

    A comment that B does not show is gone only where B shows the whole thread, and one that A does not show is new only
    where A does, or where its date says so; else it is not covered. Exit code 0, whether something changed or not; 3:
    not found.
    """
    folder = archive_folder(ctx)
    with closing(folder.database(read_only=True)) as database, reading(database):
        found = find_article(database, article)
        comparison = compare(database, found["id"], a, b)
    if as_json:
        click.echo(json_text(_as_json(found, comparison), indent=2))
    else:
        click.echo("\n".join(_lines(found, comparison, full=full, colour=in_colour())))
    return Exit.OK


def _changed(comparison: Comparison) -> list[str]:
    a, b = comparison.a.state or {}, comparison.b.state or {}
    return [name for name in _FIELDS if a.get(name) != b.get(name)]


def _text_of(side: AsOf) -> str:
    return str(side.state["text"]) if side.state else ""


def _as_json(article: ArticleRow, comparison: Comparison) -> dict[str, Any]:
    a, b = comparison.a, comparison.b
    return {
        "article": {name: article[name] for name in ("id", "url", "title")},
        "a": _side_json(a),
        "b": _side_json(b),
        "fields": {
            name: {"a": a.state and a.state[name], "b": b.state and b.state[name]} for name in _changed(comparison)
        },
        "text": list(text_diff(_text_of(a), _text_of(b))),
        "comments": {
            one.name: [_change_json(one.name, change) for change in getattr(comparison.thread, one.name)]
            for one in fields(comparison.thread)
        },
    }


def _side_json(side: AsOf) -> dict[str, Any]:
    capture = side.capture
    return {
        "capture": capture["id"],
        **{name: capture[name] for name in ("captured_at", "url", "status", "verdict", "reason")},
        "revision": side.revision or None,
        "covers_thread": side.moment.covers,
        "captures": [one["id"] for one in side.moment.captures],
        **{name: capture[name] for name in _RECORD},
    }


def _change_json(kind: str, change: Change) -> dict[str, Any]:
    a, b, row = change.a, change.b, change.row
    if a is not None and b is not None:
        found: dict[str, Any] = {"id": row["id"]}
        if kind == "edited":
            found["author"] = {"a": a["author"], "b": b["author"]}
            found["text"] = list(text_diff(str(a["text"]), str(b["text"])))
        elif kind == "moved":
            found["parent"] = {"a": a["parent_id"], "b": b["parent_id"]}
        else:
            found["moderated"] = {"a": bool(a["moderated"]), "b": bool(b["moderated"])}
        return found
    names = ("id", "parent_id", "author", "published", "published_text", "text")
    missing = {"missing_in": "b" if b is None else "a"} if kind == "not_covered" else {}
    return {name: row[name] for name in names} | missing


def _lines(article: ArticleRow, comparison: Comparison, *, full: bool, colour: bool) -> Iterator[str]:
    title = one_line(article["title"]) or "(no title)"
    yield title
    yield from _side("A", comparison.a)
    yield from _side("B", comparison.b)
    changed = _changed(comparison)
    pieces = text_diff(_text_of(comparison.a), _text_of(comparison.b))
    has_text = any(piece.op != "equal" for piece in pieces)
    if changed:
        yield ""
        width = max(map(len, changed))
        for name in changed:
            yield f"{name:{width}}  {_field(comparison, name, colour=colour)}"
    if has_text or full:
        yield ""
        yield from marked_lines(pieces, colour=colour, full=full, between=("",))
    yield from _thread(comparison, full=full, colour=colour)
    if not (changed or has_text or comparison.thread):
        yield ""
        yield "nothing differs" + (" in what both show" if comparison.thread.not_covered else "")


def _side(name: str, side: AsOf) -> Iterator[str]:
    capture = side.capture
    verdict = one_line(f"{capture['status'] or 'file'} {capture['verdict'] or 'not extracted'}")
    yield f"{name}  {when(capture['captured_at'])}  {capture['id']}  {verdict}, revision {side.revision or 'none yet'}"
    file = one_line(str(capture["warc_file"]))
    yield f"   archive/{file}  offset {capture['warc_offset']}  length {capture['warc_length']}"
    yield f"   record {one_line(str(capture['record_id']))}"
    if capture["comment_count"] is None:
        yield "   shows no article: compared is what was known by then"
    elif not side.moment.covers:
        yield "   does not show the whole thread: what it lacks may have been there"


def _field(comparison: Comparison, name: str, *, colour: bool) -> str:
    old, new = (_value(side.state[name] if side.state else None) for side in (comparison.a, comparison.b))
    return marked(text_diff(old, new), colour=colour)


def _value(value: object) -> str:
    return ", ".join(map(str, cast("list[object]", value))) if isinstance(value, list) else str(value or "")


def _thread(comparison: Comparison, *, full: bool, colour: bool) -> Iterator[str]:
    for one in fields(comparison.thread):
        changes: Sequence[Change] = getattr(comparison.thread, one.name)
        if not changes:
            continue
        yield ""
        noun, rest = _SAID[one.name]
        yield f"{counted(len(changes), noun)} {rest}".rstrip()
        shown = changes if full else changes[: _most(one.name, len(changes))]
        for change in shown:
            yield from _comment(one.name, change, comparison.known, full=full, colour=colour)
        if len(shown) < len(changes):
            yield f"  … {len(changes) - len(shown)} more: --full" if shown else "  … --full names them"


def _most(kind: str, number: int) -> int:
    """How many comments of a kind are named; those of which nothing is known only on request."""
    if kind == "not_covered":
        return 0
    return number if number <= _FOLDED else _FOLDED - 1


def _comment(kind: str, change: Change, known: Thread, *, full: bool, colour: bool) -> Iterator[str]:
    a, b, row = change.a, change.b, change.row
    by = author_of(row)
    if a is not None and b is not None and a["author"] != b["author"]:
        by = marked(text_diff(author_of(a), author_of(b)), colour=colour)
    notes = _notes(kind, a, b, known)
    yield "  " + "  ".join(
        part for part in (by, one_line(str(row["published"] or row["published_text"] or "")), notes) if part
    )
    if kind == "edited" and a is not None and b is not None:
        pieces = text_diff(str(a["text"]), str(b["text"]))
    elif kind in ("moved", "moderated", "not_covered"):
        yield f"      {short(row['text'])}"
        return
    else:
        pieces = (Piece("equal", str(row["text"])),)
    yield from marked_lines(pieces, colour=colour, full=full or kind != "edited", margin="      ")


def _notes(kind: str, a: Row | None, b: Row | None, known: Thread) -> str:
    if a is None or b is None:
        return ("not in A" if a is None else "not in B") if kind == "not_covered" else ""
    if kind == "moved":
        before, now = (known.comments.get(str(row["parent_id"])) for row in (a, b))
        return f"under {author_of(before) if before else 'none'}, now under {author_of(now) if now else 'none'}"
    if kind == "moderated":
        return "now marked" if b["moderated"] else "no longer marked"
    return ""
