"""Loading: the facts of captures in, derived rows out.

What is loaded is a set: the same captures in any order, once or twice, one by one or in batches, give the
same rows. Each load reads back what the captures of its pages showed, adds the new ones, derives the rows
again and writes the difference.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from itertools import islice
from typing import Final

from sqlite_utils import Database

from db import links
from db.facts import CaptureFacts, CaptureRow
from db.history import History, derive, page_state
from db.ids import capture_id, page_id
from db.observed import Observation, observation
from db.sql import Row, first, integer, marks, rows, writing
from db.storable import storable
from db.stored import Batch, StoredArticle, stored_article
from db.urls import canonical_url, host_of

_BATCH: Final = 200
_ROW_COLUMNS: Final = tuple(one.name for one in fields(CaptureRow))
_SHARED: Final = ("verdict", "reason", "redirect_url", "error")
_NO_HISTORY: Final[Row] = {
    "claimed_comments": None,
    "comment_count": None,
    "complete": None,
    "state_digest": None,
    "raw_text": None,
}
_Given = dict[str, CaptureFacts | None]
"""Captures of one page by id; None: no capture of this page any more."""


def acknowledge(db: Database, captured: Iterable[CaptureRow]) -> None:
    """Note captures whose records are safe on disk and which wait for extraction; known ones stay as they are.

    One transaction. To what article they belong is seen when they are loaded.
    """
    new = [_capture_row(storable(CaptureFacts(capture=row)).capture) for row in captured]
    if not new:
        return
    columns = ", ".join(f'"{name}"' for name in new[0])
    with writing(db):
        db.conn.executemany(
            f"INSERT INTO captures ({columns}) VALUES ({marks(new[0])}) ON CONFLICT (id) DO NOTHING",  # noqa: S608  # ours
            [tuple(row.values()) for row in new],
        )


def load(db: Database, facts: CaptureFacts) -> str | None:
    """Take in one capture, new or extracted anew; return the id of its article, if it has one."""
    _load_batch(db, [facts])
    row = first(db, "SELECT article_id FROM captures WHERE id = ?", [capture_id(facts.capture.record_id)])
    article_id = row and row["article_id"]
    return None if article_id is None else str(article_id)


def load_many(db: Database, facts: Iterable[CaptureFacts]) -> int:
    """Take in many captures, a transaction for each batch; return their number.

    Facts may be made while they are asked for: no transaction is open then. Captures of one page that come
    together are derived together.
    """
    return sum(_load_batch(db, batch) for batch in _batches(iter(facts)))


def pending(db: Database, extractor: str) -> list[CaptureRow]:
    """Return the captures never extracted, or by another extractor, in the order of the WARC files."""
    found = rows(
        db,
        f"SELECT {', '.join(_ROW_COLUMNS)} FROM captures "  # noqa: S608  # names of our own columns
        "WHERE extractor IS NULL OR extractor < :extractor OR extractor > :extractor "
        "ORDER BY warc_file, warc_offset, id",
        {"extractor": extractor},
    )
    return [CaptureRow(**row) for row in found]  # type: ignore[arg-type]  # columns of a STRICT table


def _batches(facts: Iterator[CaptureFacts]) -> Iterator[list[CaptureFacts]]:
    while batch := list(islice(facts, _BATCH)):
        yield batch


def _load_batch(db: Database, facts: list[CaptureFacts]) -> int:
    given = {capture_id(one.capture.record_id): one for one in map(storable, facts)}
    with writing(db):
        given = {id_: _with_verdict(db, one, given) for id_, one in given.items()}
        pages = _by_page(db, given)
        before = {page: links.standing(db, page) for page in pages}
        batch = Batch()
        for page, captures in pages.items():
            _load_page(db, batch, page, captures)
        batch.write(db)
        links.renew(db, before)
    return len(facts)


def _by_page(db: Database, given: Mapping[str, CaptureFacts]) -> dict[str, _Given]:
    """Group captures by page. A record known under another page's URL is taken away there."""
    pages: dict[str, _Given] = {}
    known = f"SELECT id, page_id FROM captures WHERE id IN ({marks(given)})"  # noqa: S608  # only question marks
    for row in rows(db, known, list(given)):
        pages.setdefault(str(row["page_id"]), {})[str(row["id"])] = None
    for id_, facts in given.items():
        pages.setdefault(page_id(facts.capture.url), {})[id_] = facts
    return pages


def _load_page(db: Database, batch: Batch, page: str, given: _Given) -> None:
    same = f"SELECT * FROM captures WHERE page_id = ? AND id IN ({marks(given)})"  # noqa: S608  # only question marks
    known = rows(db, same, [page, *given])
    state = _newest_state(db, page, given)
    article = rows(db, "SELECT * FROM articles WHERE id = ?", [page])
    is_article = bool(article)
    rest: list[Row] = []
    columns: dict[str, Row] = {}
    stored = stored_article(db, page, article) if _may_change_history(known, given) else StoredArticle()
    seen = _observed(page, stored, given)
    if seen or any(row["state_digest"] for row in known):
        rest = [row for row in stored.captures if row["id"] not in given]
        history = _history(page, stored, seen, state=state, given=given)
        batch.bring_article(stored, history)
        is_article = history is not None
        columns = {str(row["id"]): row for row in history.captures} if history else {}
    else:
        # Nothing that shows the article comes or goes: its history stays as it is.
        batch.articles.bring(article, [{"id": row["id"], "state": state} for row in article])
    belonged = {row["id"]: row["article_id"] for row in known}
    wanted = [
        _capture_row(facts.capture)
        | columns.get(id_, _NO_HISTORY)
        | {"article_id": page if is_article else belonged.get(id_)}  # links.renew has the last word
        for id_, facts in given.items()
        if facts is not None
    ]
    batch.captures.bring([*known, *rest], [*wanted, *(columns[str(row["id"])] for row in rest)])


def _may_change_history(known: list[Row], given: _Given) -> bool:
    shows = any(facts is not None and (facts.article or facts.same_as) for facts in given.values())
    return shows or any(row["state_digest"] for row in known)


def _observed(page: str, stored: StoredArticle, given: _Given) -> list[Observation]:
    """What the given captures show; those that show what another one showed, from that one."""
    own = {id_: observation(page, facts) for id_, facts in given.items() if facts is not None and not facts.same_as}
    seen = {id_: one for id_, one in own.items() if one is not None}
    repeated = {id_: facts for id_, facts in given.items() if facts is not None and facts.same_as}
    if repeated:
        before = {one.capture_id: one for one in stored.observations()} | seen
        for id_, facts in repeated.items():
            original = before.get(capture_id(facts.same_as or ""))
            if original is not None:
                seen[id_] = replace(original, capture_id=id_, captured_at=facts.capture.captured_at)
    return list(seen.values())


def _with_verdict(db: Database, facts: CaptureFacts, given: Mapping[str, CaptureFacts]) -> CaptureFacts:
    """Take verdict and redirect from the capture that showed the same."""
    if facts.same_as is None:
        return facts
    original = capture_id(facts.same_as)
    if original in given:
        row: Row = {name: getattr(given[original].capture, name) for name in _SHARED}
    else:
        row = first(db, f"SELECT {', '.join(_SHARED)} FROM captures WHERE id = ?", [original]) or {}  # noqa: S608  # ours
    return replace(facts, capture=replace(facts.capture, **row))  # type: ignore[arg-type]  # columns of a STRICT table


def _history(page: str, stored: StoredArticle, seen: list[Observation], *, state: str, given: _Given) -> History | None:
    """Derive the article's rows from what was stored and what is new; None if no capture shows it any more."""
    observed = [one for one in stored.observations() if one.capture_id not in given] + seen
    if not observed:
        return None
    urls = [facts.capture.url for facts in given.values() if facts is not None]
    url = canonical_url(urls[0]) if urls else str(stored.article[0]["url"])
    return derive(page, url=url, site=host_of(url), state=state, observed=observed)


def _newest_state(db: Database, page: str, given: _Given) -> str:
    """Return what the newest capture of the page saw, among stored and given ones that were judged."""
    stored = rows(
        db,
        "SELECT captured_at, id, verdict, status FROM captures WHERE page_id = ? AND verdict IS NOT NULL "
        "ORDER BY captured_at DESC, id DESC LIMIT ?",
        [page, len(given) + 1],
    )
    judged = [
        (str(row["captured_at"]), str(row["id"]), page_state(str(row["verdict"]), integer(row["status"])))
        for row in stored
        if row["id"] not in given
    ]
    judged += [
        (facts.capture.captured_at, id_, page_state(facts.capture.verdict, facts.capture.status))
        for id_, facts in given.items()
        if facts is not None and facts.capture.verdict is not None
    ]
    return max(judged)[-1] if judged else "live"


def _capture_row(capture: CaptureRow) -> Row:
    row: Row = {name: getattr(capture, name) for name in _ROW_COLUMNS}
    row["id"] = capture_id(capture.record_id)
    row["page_id"] = page_id(capture.url)
    row["redirect_page_id"] = None if capture.redirect_url is None else page_id(capture.redirect_url)
    return row
