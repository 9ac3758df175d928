"""Reading articles: found by whatever name a person has for one, shown with thread and history."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Final, NamedTuple

from sqlite_utils import Database

from db.errors import Ambiguous, NotFound
from db.ids import page_id
from db.sql import Row, Value, each, first, marks, rows
from db.storable import storable_text
from db.withheld import NOT_WITHHELD, is_withheld, leading_to_shown, shown

_LISTS: Final = ("authors", "editors", "categories", "tags")
_MOST_CANDIDATES: Final = 5
_IDS_AT_ONCE: Final = 500
_PLACE: Final = itemgetter("position", "first_seen", "id")

ArticleRow = dict[str, Any]
"""A row of ``articles`` or ``revisions``, its lists decoded."""


class Turn(NamedTuple):
    """What a comment answered, and whether it was marked as held or removed by a moderator."""

    parent_id: Value
    moderated: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """An article with all that is known of it.

    ``comments`` stand in the order of the thread, replies after what they answer; their ``depth`` is that of
    the thread as it stands here. ``captures`` are all of the article's, newest first. ``versions`` are those of
    comments that had more than one, by comment; ``absences`` those of all comments, by comment. ``turns`` holds of each
    capture that shows comments those whose parent or moderation was not the same in all captures.
    """

    article: ArticleRow
    comments: tuple[Row, ...]
    revisions: tuple[ArticleRow, ...]
    captures: tuple[Row, ...]
    versions: Mapping[str, Sequence[Row]]
    absences: Mapping[str, Sequence[Row]]
    turns: Mapping[str, Mapping[str, Turn]]


def find_article(db: Database, ref: str) -> ArticleRow:
    """Return the article that an id, a former id, a URL in any form, or a part of one title only, names.

    Raises NotFound, for a withheld article too, or Ambiguous with some of the titles it could be.
    """
    ref = storable_text(ref).strip()
    article_id = _by_name(db, ref) or _by_title(db, ref)
    return decoded(_article(db, article_id))


def article_view(db: Database, article_id: str) -> ArticleView:
    """Raises NotFound."""
    article = decoded(_article(db, article_id))
    comments = comments_of(db, article_id)
    revisions = rows(db, "SELECT * FROM revisions WHERE article_id = ? ORDER BY number", [article_id])
    captures = rows(db, "SELECT * FROM captures WHERE article_id = ? ORDER BY captured_at DESC, id DESC", [article_id])
    return ArticleView(
        article=article,
        comments=tuple(thread(comments)),
        revisions=tuple(decoded(row) for row in revisions),
        captures=tuple(leading_to_shown(db, captures)),
        versions=versions_of(db, comments),
        absences=absences_of(db, article_id),
        turns=_turns(db, article_id, captures, comments),
    )


def comments_of(db: Database, article_id: str) -> list[Row]:
    """Return the comments of an article in no order, without those withheld; ``first_capture`` is a capture's id."""
    comments = shown(db, rows(db, "SELECT * FROM comments WHERE article_id = ?", [article_id]))
    ids = dict(db.conn.execute("SELECT key, id FROM captures WHERE article_id = ?", [article_id]).fetchall())
    for row in comments:
        del row["key"]
        row["first_capture"] = ids[row["first_capture"]]
    return comments


def versions_of(db: Database, comments: Iterable[Row]) -> dict[str, list[Row]]:
    """Return the versions of those of the comments that had more than one, by comment.

    Each id is named: under a subquery SQLite reads the view ``comment_versions`` from end to end.
    """
    ids = [row["id"] for row in comments if row["version_count"] != 1]
    return _by_comment(
        row
        for start in range(0, len(ids), _IDS_AT_ONCE)
        for some in (ids[start : start + _IDS_AT_ONCE],)
        for row in each(
            db,
            f"SELECT * FROM comment_versions WHERE comment_id IN ({marks(some)}) ORDER BY number",  # noqa: S608 - marks
            some,
        )
    )


def absences_of(db: Database, article_id: str) -> dict[str, list[Row]]:
    """Return the absences of the comments of an article in order of time, by comment."""
    mine = "SELECT id FROM comments WHERE article_id = ?"
    sql = f"SELECT * FROM absences WHERE comment_id IN ({mine}) ORDER BY number"  # noqa: S608 - ours
    return _by_comment(each(db, sql, [article_id]))


def _by_comment(found: Iterable[Row]) -> dict[str, list[Row]]:
    by_comment: dict[str, list[Row]] = {}
    for row in found:
        by_comment.setdefault(str(row.pop("comment_id")), []).append(row)
    return by_comment


def _turns(
    db: Database, article_id: str, captures: Iterable[Row], comments: Iterable[Row]
) -> dict[str, dict[str, Turn]]:
    """Captures that show the same thread share its sightings, which stand under the first of them."""
    owners = {row["key"]: str(row["id"]) for row in captures if row["thread"] == row["key"]}
    mine = "FROM captures JOIN sightings ON sightings.capture_id = captures.id WHERE captures.article_id = ?"
    mine += " AND captures.thread = captures.key"
    # Inside a text of JSON a quotation mark is escaped: only names are followed by a colon.
    varied = """sightings.differs LIKE '%"parent_id":%' OR sightings.differs LIKE '%"moderated":%'"""
    sql = f"SELECT DISTINCT sightings.comment_id {mine} AND ({varied})"
    ids = [row[0] for row in db.conn.execute(sql, [article_id])]
    if not ids:
        return {}
    sql = f"SELECT captures.id, comment_id, differs {mine} AND comment_id IN (SELECT value FROM json_each(?))"  # noqa: S608
    newest = {str(row["id"]): Turn(row["parent_id"], row["moderated"]) for row in comments}
    turns: dict[str, dict[str, Turn]] = {owner: {} for owner in owners.values()}
    for capture_id, comment_id, differs in db.conn.execute(sql, [article_id, json.dumps(ids)]):
        if comment_id in newest:
            then: dict[str, Value] = json.loads(differs) if differs else {}
            turns[capture_id][comment_id] = newest[comment_id]._replace(
                **{name: then[name] for name in Turn._fields if name in then}
            )
    return {str(row["id"]): turns[owners[row["thread"]]] for row in captures if row["thread"] in owners}


def thread(comments: Iterable[Row]) -> list[Row]:
    """Return the comments of an article depth first, siblings by position, with the depth they so come to have.

    A page can claim that two comments answer each other: no such loop keeps a comment out.
    """
    ordered = sorted(comments, key=_PLACE)
    known = {row["id"] for row in ordered}
    replies: dict[Value, list[Row]] = {}
    roots: list[Row] = []
    for row in ordered:
        if row["parent_id"] in known:
            replies.setdefault(row["parent_id"], []).append(row)
        else:
            roots.append(row)
    placed: dict[Value, Row] = {}
    _walk(roots, replies, placed)
    for row in ordered if len(placed) < len(ordered) else ():
        _walk([row], replies, placed)
    return list(placed.values())


def _walk(starts: Iterable[Row], replies: Mapping[Value, list[Row]], placed: dict[Value, Row]) -> None:
    waiting = [(row, 0) for row in starts][::-1]
    while waiting:
        row, depth = waiting.pop()
        own = row["id"]
        if own not in placed:
            placed[own] = row if row["depth"] == depth else row | {"depth": depth}
            if own in replies:
                waiting += [(reply, depth + 1) for reply in reversed(replies[own])]


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
        candidates = "\n".join(f"  {id_}  {' '.join(title.split())}" for id_, title in found[:_MOST_CANDIDATES])
        more = f"\n  and {len(found) - _MOST_CANDIDATES} more" if len(found) > _MOST_CANDIDATES else ""
        raise Ambiguous(f"{len(found)} articles answer to {ref[:200]!r}; name one by its id:\n{candidates}{more}")
    return found[0][0]


def decoded(row: Mapping[str, Value]) -> ArticleRow:
    """A row of ``articles`` or ``revisions``, its lists as lists."""
    return {
        name: json.loads(str(value)) if name in _LISTS and value is not None else value for name, value in row.items()
    }
