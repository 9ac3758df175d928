"""Markdown: a folder for each article with its text, its thread and its history, for reading and for notes.

``article.md`` has what is known of the article, and the record that proves it, as YAML before the text; ``thread.md``
the comments, answers as quotes of their depth, each with an anchor made of its id; ``history.md`` what was otherwise
before, when a comment was gone, and every capture with its record.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from archiver.exports.counting import Counts
from archiver.exports.escaping import front_matter, inline, link, markdown
from db.exported import RECORD, ExportedArticle, ExportedRow

_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_MOST_OF_SLUG: Final = 60
_DEEPEST: Final = 10
"""Quotes in quotes in quotes: readers of Markdown give up somewhere."""

_SHOWN_CHANGES: Final = (
    "title", "authors", "editors", "published", "modified", "site", "language", "section", "categories", "tags",
    "description", "image",
)  # fmt: skip


def write_markdown(articles: Iterable[ExportedArticle], folder: Path) -> Counts:
    """Write the folders into a folder that is there."""
    counts = Counts()
    for one in articles:
        place = folder / folder_name(one.article)
        place.mkdir()
        for name, text in (("article.md", article_file(one)), ("thread.md", thread_file(one))):
            (place / name).write_text(text, encoding="utf-8", newline="\n")
        (place / "history.md").write_text(history_file(one), encoding="utf-8", newline="\n")
        counts.add(one)
    return counts


def folder_name(article: ExportedRow) -> str:
    """``2024-05-01-a-few-words-ID``: letters, digits and hyphens of ASCII, whatever the article says."""
    day = _DATE.match(str(article["published"] or "")) or _DATE.match(article["first_captured"])
    plain = unicodedata.normalize("NFKD", article["title"] or "").encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall(r"[a-z0-9]+", plain))[:_MOST_OF_SLUG].strip("-")
    return "-".join(part for part in (day[0] if day else "", slug, article["id"]) if part)


def article_file(one: ExportedArticle) -> str:
    article = one.article
    extractor = next((row["extractor"] for row in one.captures if row["id"] == article["capture_id"]), None)
    facts = front_matter(
        [
            ("title", article["title"]),
            ("authors", article["authors"]),
            ("editors", article["editors"]),
            ("url", article["url"]),
            ("site", article["site"]),
            ("published", article["published"]),
            ("modified", article["modified"]),
            ("language", article["language"]),
            ("section", article["section"]),
            ("categories", article["categories"]),
            ("tags", article["tags"]),
            ("description", article["description"]),
            ("image", article["image"]),
            ("state", article["state"]),
            ("id", article["id"]),
            ("first_captured", article["first_captured"]),
            ("last_captured", article["last_captured"]),
            ("captures", article["capture_count"]),
            ("revisions", article["revision_count"]),
            ("comments", article["comment_count"]),
            ("claimed_comments", article["claimed_comments"]),
            *((name, article[name]) for name in RECORD),
            ("extractor", extractor),
        ]
    )
    return _file(facts, f"# {_title(article)}", markdown(article["text"]))


def thread_file(one: ExportedArticle) -> str:
    names = {row["id"]: inline(row["author"] or "") or "(no name)" for row in one.comments}
    count = f"{len(one.comments)} comments" if len(one.comments) != 1 else "1 comment"
    head = (f"# {_title(one.article)}", f"{count}. [The article](article.md), [its history](history.md).")
    return _file(*head, *(_comment(row, names) for row in one.comments))


def _comment(row: ExportedRow, names: dict[str, str]) -> str:
    parent, permalink = row["parent_id"], link("permalink", row["permalink"])
    parts = (
        f'<a id="{row["id"]}"></a>**{names[row["id"]]}**',
        inline(row["published"] or row["published_text"] or ""),
        *_marks(row),
        f"answers [{names[parent]}](#{parent})" if parent in names else "",
        permalink if permalink.startswith("[") else "",
    )
    head = " · ".join(filter(None, parts))
    return _quoted(f"{head}\n\n{markdown(row['text'])}".rstrip(), min(row["depth"], _DEEPEST))


def _marks(row: ExportedRow) -> Iterator[str]:
    if row["kind"] != "comment":
        yield inline(row["kind"])
    if row["state"] != "live":
        yield f"{inline(row['state'])} since {row['gone_since']}" if row["gone_since"] else inline(row["state"])
    if row["marked_edited"]:
        yield "marked as edited"
    if row["likes"] is not None:
        yield f"likes: {row['likes']}"


def history_file(one: ExportedArticle) -> str:
    names = {row["id"]: inline(row["author"] or "") or "(no name)" for row in one.comments}
    parts = [f"# {_title(one.article)}", "## Revisions", *_revisions(one.revisions)]
    edited = list(_versions(one, names))
    gone = list(_absences(one, names))
    parts += ["## Edited comments", *edited] if edited else []
    parts += ["## Comments that were gone", "\n".join(gone)] if gone else []
    return _file(*parts, "## Captures", "\n".join(map(_capture, one.captures)))


def _revisions(revisions: Iterable[ExportedRow]) -> Iterator[str]:
    before: ExportedRow | None = None
    for row in revisions:
        yield f"### {row['number']}: {row['captured_at']}"
        yield _proof(row)
        changed = [name for name in _SHOWN_CHANGES if _says(row, name) != (_says(before, name) if before else "")]
        if changed:
            yield "\n".join(f"- {name}: {inline(_says(row, name)) or '(none)'}" for name in changed)
        if before is None or before["text"] != row["text"]:
            yield _quoted(markdown(row["text"]), 1)
        before = row


def _says(row: ExportedRow, name: str) -> str:
    value: str | list[str] | None = row[name]
    return ", ".join(value) if isinstance(value, list) else value or ""


def _versions(one: ExportedArticle, names: dict[str, str]) -> Iterator[str]:
    edited = {row["id"] for row in one.comments if row["version_count"] > 1}
    for row in one.comment_versions:
        comment = row["comment_id"]
        if comment in edited:
            if row["number"] == 1:
                yield f"### [{names[comment]}](thread.md#{comment})"
            yield f"{row['number']}: {row['captured_at']}, {inline(row['author'] or '') or '(no name)'}. {_proof(row)}"
            yield _quoted(markdown(row["text"]), 1)


def _absences(one: ExportedArticle, names: dict[str, str]) -> Iterator[str]:
    for row in one.absences:
        until = f", until {row['until']}" if row["until"] else ""
        name = f"[{names[row['comment_id']]}](thread.md#{row['comment_id']})"
        yield f"- {name}: {inline(row['state'])} since {row['since']}{until}. {_proof(row)}"


def _capture(row: ExportedRow) -> str:
    what = inline(f"{row['status'] or 'file'} {row['verdict'] or 'not extracted'}")
    return f"- {row['captured_at']} {what}: {link(inline(row['url']), row['url'])}. {_proof(row)}"


def _proof(row: ExportedRow) -> str:
    """Where the record lies that says so."""
    if row["warc_file"] is None:
        return ""
    return (
        f"Record {inline(row['record_id'].strip('<>'))}, {inline(row['warc_file'])}, "
        f"offset {row['warc_offset']}, length {row['warc_length']}."
    )


def _title(article: ExportedRow) -> str:
    return inline(article["title"] or "") or inline(article["url"])


def _quoted(text: str, depth: int) -> str:
    marks = "> " * depth
    return "\n".join(f"{marks}{line}".rstrip() for line in text.split("\n")) if depth else text


def _file(*parts: str) -> str:
    return "\n\n".join(part.rstrip("\n") for part in parts if part) + "\n"
