"""Reading articles: found by whatever name a person has for one, shown with thread and history."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlite_utils import Database

from db.errors import Ambiguous, NotFound
from db.ids import page_id
from db.sql import Row, Value, first, rows
from db.storable import storable_text
from db.withheld import NOT_WITHHELD, is_withheld, shown

_LISTS: Final = ("authors", "editors", "categories", "tags")
_MOST_CANDIDATES: Final = 5

ArticleRow = dict[str, Any]
"""A row of ``articles`` or ``revisions``, its lists decoded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """An article with all that is known of it.

    ``comments`` stand in the order of the thread, replies after what they answer; their ``depth`` is that of
    the thread as it stands here. ``captures`` are all of the article's, newest first.
    """

    article: ArticleRow
    comments: tuple[Row, ...]
    revisions: tuple[ArticleRow, ...]
    captures: tuple[Row, ...]


def find_article(db: Database, ref: str) -> ArticleRow:
    """Return the article that an id, a former id, a URL in any form, or a part of one title only, names.

    Raises NotFound, for a withheld article too, or Ambiguous with some of the titles it could be.
    """
    ref = storable_text(ref).strip()
    article_id = _by_name(db, ref) or _by_title(db, ref)
    return _decoded(_article(db, article_id))


def article_view(db: Database, article_id: str) -> ArticleView:
    """Raises NotFound."""
    comments = shown(db, rows(db, "SELECT * FROM comments WHERE article_id = ?", [article_id]))
    revisions = rows(db, "SELECT * FROM revisions WHERE article_id = ? ORDER BY number", [article_id])
    captures = rows(db, "SELECT * FROM captures WHERE article_id = ? ORDER BY captured_at DESC, id DESC", [article_id])
    return ArticleView(
        article=_decoded(_article(db, article_id)),
        comments=tuple(thread(comments)),
        revisions=tuple(_decoded(row) for row in revisions),
        captures=tuple(captures),
    )


def thread(comments: Iterable[Row]) -> list[Row]:
    """Return the comments of an article depth first, siblings by position, with the depth they so come to have.

    A page can claim that two comments answer each other: no such loop keeps a comment out.
    """
    ordered = sorted(comments, key=_place)
    known = {row["id"] for row in ordered}
    replies: dict[Value, list[Row]] = {}
    for row in ordered:
        replies.setdefault(row["parent_id"] if row["parent_id"] in known else None, []).append(row)
    shown: dict[Value, Row] = {}
    for start in (*replies.get(None, ()), *ordered):
        waiting = [(start, 0)]
        while waiting:
            row, depth = waiting.pop()
            if row["id"] not in shown:
                shown[row["id"]] = row | {"depth": depth}
                waiting += [(reply, depth + 1) for reply in reversed(replies.get(row["id"], ()))]
    return list(shown.values())


def _place(comment: Row) -> tuple[int, str, str]:
    return (int(comment["position"] or 0), str(comment["first_seen"]), str(comment["id"]))


def _article(db: Database, article_id: str) -> Row:
    article = first(db, "SELECT * FROM articles WHERE id = ?", [article_id])
    if article is None:
        raise NotFound(f"no article has the id {article_id!r}")
    if is_withheld(db, article_id):
        raise NotFound(f"the article {article_id} is withheld; [withhold] in archive.toml says why")
    return article


def _by_name(db: Database, ref: str) -> str | None:
    """Look for an id, an alias, or a URL, with or without its scheme."""
    forms = [ref, *(page_id(url) for url in (ref, f"https://{ref}", f"http://{ref}"))]
    for form in forms:
        found = first(
            db,
            "SELECT id FROM articles WHERE id = :form "
            "UNION ALL SELECT article_id FROM aliases WHERE alias = :form OR page_id = :form",
            {"form": form},
        )
        if found is not None:
            return str(found["id"])
    return None


def _by_title(db: Database, ref: str) -> str:
    wanted = " ".join(ref.casefold().split())
    # SQLite folds the case of ASCII only; titles are few enough to be read.
    # A withheld one has no title to be found by, nor to be named among others.
    condition = NOT_WITHHELD.format(column="id")
    sql = f"SELECT id, title FROM articles WHERE title IS NOT NULL AND {condition} ORDER BY title, id"  # noqa: S608 - ours
    titles = rows(db, sql)
    folded = [(str(row["id"]), str(row["title"]), " ".join(str(row["title"]).casefold().split())) for row in titles]
    exact = [(id_, title) for id_, title, words in folded if words == wanted]
    found = exact or [(id_, title) for id_, title, words in folded if wanted and wanted in words]
    if not found:
        raise NotFound(f"no article answers to {ref[:200]!r}, be it an id, a URL or a part of a title")
    if len(found) > 1:
        candidates = "\n".join(f"  {id_}  {title}" for id_, title in found[:_MOST_CANDIDATES])
        more = f"\n  and {len(found) - _MOST_CANDIDATES} more" if len(found) > _MOST_CANDIDATES else ""
        raise Ambiguous(f"{len(found)} articles answer to {ref[:200]!r}; name one by its id:\n{candidates}{more}")
    return found[0][0]


def _decoded(row: Mapping[str, Value]) -> ArticleRow:
    return {
        name: json.loads(str(value)) if name in _LISTS and value is not None else value for name, value in row.items()
    }
