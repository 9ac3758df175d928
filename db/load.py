"""Loading: the facts of captures in, derived rows out.

What is loaded is a set: the same captures in any order, once or twice, one by one or in batches, give the
same rows. A record that lies in two files is one capture, that of the first place. Each load reads back what the
captures of its pages showed, adds the new ones, derives the rows again and writes the difference.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from typing import Final

from sqlite_utils import Database

from db import joins, links
from db.facts import CaptureFacts, CaptureRow
from db.history import derive, page_state
from db.ids import capture_id, page_id
from db.observed import Observation, json_list, observation
from db.sql import Changes, Row, Value, first, integer, marks, rows, run, text, writing
from db.storable import storable
from db.stored import NO_HISTORY, StoredArticles, Writer, next_key, stored_articles

_BATCH: Final = 200
_MOST_COMMENTS: Final = 20_000
"""Comments of a batch, about: what is derived together is held in memory together."""

_ROW_COLUMNS: Final = tuple(one.name for one in fields(CaptureRow))
_SHOWN: Final = ("comment_count", "claimed_comments", "complete", "comment_pages", "elsewhere", "canonical_url")
_SHARED: Final = ("verdict", "reason", "redirect_url", "error", *_SHOWN)
"""What a capture that shows the same as another one takes from that one's row."""

_BY_ID: Final = "SELECT * FROM captures WHERE id = ?"
_NEW: Final[Row] = {"article_id": None, **NO_HISTORY}

_PLACE: Final = ("warc_file", "warc_offset")

_Given = Mapping[str, CaptureFacts]
"""Facts by capture id."""


def acknowledge(db: Database, captured: Iterable[CaptureRow]) -> None:
    """Note captures whose records are safe on disk and which wait for extraction; known ones stay as they are.

    One that is known from a later place waits again, to be read from this one. One transaction. To what article
    captures belong is seen when they are loaded.
    """
    new = [_capture_row(storable(CaptureFacts(capture=row))) for row in captured]
    if not new:
        return
    columns = ", ".join(f'"{name}"' for name in new[0])
    moved = ", ".join(f"{name} = excluded.{name}" for name in (*_PLACE, "warc_length", "extractor"))
    with writing(db):
        key = next_key(db, "captures")
        db.conn.executemany(
            f"INSERT INTO captures (key, {columns}) VALUES (?, {marks(new[0])}) ON CONFLICT (id) "  # noqa: S608  # ours
            f"DO UPDATE SET {moved} WHERE (excluded.warc_file, excluded.warc_offset) < (warc_file, warc_offset)",
            [(key + number, *row.values()) for number, row in enumerate(new)],
        )


def load(db: Database, facts: CaptureFacts) -> str | None:
    """Take in one capture, new or extracted anew; return the id of its article, if it has one."""
    _load_batch(db, [facts])
    row = first(db, "SELECT article_id FROM captures WHERE id = ?", [capture_id(facts.capture.record_id)])
    article_id = row and row["article_id"]
    return None if article_id is None else str(article_id)


def load_many(db: Database, facts: Iterable[CaptureFacts], *, at_once: int = _BATCH) -> int:
    """Take in many captures, a transaction for each batch of ``at_once``; return their number.

    Facts may be made while they are asked for: no transaction is open then. Captures of one page that come
    together are derived together.
    """
    return sum(_load_batch(db, batch) for batch in _batches(iter(facts), at_once))


def pending(db: Database, extractor: str) -> list[CaptureRow]:
    """Return the captures never extracted, or by another extractor, in the order of the WARC files."""
    return _waiting(db, "extractor IS NULL OR extractor <> :extractor", {"extractor": extractor})


def unextracted(db: Database, extractor: str, crawl_id: str | None = None) -> list[CaptureRow]:
    """Return the captures of one run, or of all, that were never extracted, in the order of the WARC files.

    With them come captures of the same pages that another extractor has read: what two extractors make of one text
    must not pass for an edit.
    """
    new = "extractor IS NULL" + ("" if crawl_id is None else " AND crawl_id = :crawl_id")
    beside = f"extractor <> :extractor AND page_id IN (SELECT page_id FROM captures WHERE {new})"  # noqa: S608  # ours
    return _waiting(db, f"{new} OR {beside}", {"extractor": extractor, "crawl_id": crawl_id})


def _waiting(db: Database, condition: str, values: Mapping[str, Value]) -> list[CaptureRow]:
    found = rows(
        db,
        f"SELECT {', '.join(_ROW_COLUMNS)} FROM captures WHERE {condition} "  # noqa: S608  # texts of ours
        "ORDER BY warc_file, warc_offset, id",
        values,
    )
    return [CaptureRow(**row) for row in found]  # type: ignore[arg-type]  # columns of a STRICT table


def _batches(facts: Iterator[CaptureFacts], size: int) -> Iterator[list[CaptureFacts]]:
    batch: list[CaptureFacts] = []
    comments = 0
    for one in facts:
        batch.append(one)
        comments += len(one.comments)
        if len(batch) >= size or comments >= _MOST_COMMENTS:
            yield batch
            batch, comments = [], 0
    if batch:
        yield batch


def _load_batch(db: Database, facts: list[CaptureFacts]) -> int:
    given = _by_id(facts)
    with writing(db):
        known = {str(row["id"]): row for row in _of_ids(db, list(given))}
        for id_, row in list(known.items()):
            if (str(row["warc_file"]), integer(row["warc_offset"]) or 0) < _place(given[id_].capture):
                del known[id_], given[id_]
        wanted = _own_rows(db, given, known)
        touched = [*known.values(), *wanted.values()]
        pages = {str(row["page_id"]) for row in touched}
        stood = links.standings(db, pages)
        written = _write_own(db, known, wanted)
        shown = {row["id"] for row in touched if row["comment_count"] is not None}
        showing = {str(row["page_id"]) for row in touched if row["id"] in shown}
        leading = {str(row["page_id"]) for row in touched if row["redirect_page_id"] is not None}
        related = joins.related_pages(db, showing | leading | joins.pages_behind(db, leading))
        _derive_again(db, related, given, written)
        claimed = {str(row["canonical_page_id"]) for row in touched if row["canonical_page_id"] is not None}
        links.renew(db, stood, related | pages, claimed)
        _renew_states(db, {str(row["page_id"]) for row in touched if row["comment_count"] is None})
    return len(facts)


def _by_id(facts: Iterable[CaptureFacts]) -> dict[str, CaptureFacts]:
    """Of several with one record id, those of the first place: of those from one place, the last."""
    found: dict[str, CaptureFacts] = {}
    for one in map(storable, facts):
        id_ = capture_id(one.capture.record_id)
        if id_ not in found or _place(one.capture) <= _place(found[id_].capture):
            found[id_] = one
    return found


def _place(capture: CaptureRow) -> tuple[str, int]:
    return capture.warc_file, capture.warc_offset


def _of_ids(db: Database, ids: list[str]) -> list[Row]:
    return rows(db, f"SELECT * FROM captures WHERE id IN ({marks(ids)})", ids)  # noqa: S608  # only question marks


def _own_rows(db: Database, given: _Given, known: Mapping[str, Row]) -> dict[str, Row]:
    """The columns that the given captures have by themselves, by id."""
    wanted = {id_: _capture_row(facts) for id_, facts in given.items()}
    for id_, facts in given.items():
        if facts.same_as is not None:
            original = capture_id(facts.same_as)
            row = wanted.get(original) or known.get(original) or first(db, _BY_ID, [original])
            shared: Row = {name: row[name] if row else None for name in _SHARED}
            wanted[id_] |= shared | _page_ids(
                text(shared["redirect_url"]), text(shared["canonical_url"]), facts.capture
            )
    return wanted


def _write_own(db: Database, known: Mapping[str, Row], wanted: Mapping[str, Row]) -> list[Row]:
    """Write these columns; return the rows as they stand then, with the columns of history as they were."""
    key = next_key(db, "captures")
    changes = Changes(table="captures", key=("id",))
    for id_, row in wanted.items():
        if id_ in known:
            row["key"] = known[id_]["key"]
        else:
            row["key"], key = key, key + 1
    changes.bring(known.values(), wanted.values())
    changes.write(db)
    return [known.get(id_, _NEW) | row for id_, row in wanted.items()]


def _derive_again(db: Database, pages: Collection[str], given: _Given, written: Sequence[Row]) -> None:
    """Derive the articles of these pages from all that their captures show."""
    if not pages:
        return
    stored = stored_articles(db, _articles_of(db, pages))
    page_of = {str(row["id"]): str(row["page_id"]) for row in (*stored.captures, *written)}
    seen = [*stored.observations(but=given), *_observed(stored, given)]
    observed = [(page_of[one.capture_id], one) for one in seen]
    pages_observed = joins.by_page(observed)
    articles = joins.joined(db, pages_observed)
    own_pages = joins.pages_of(articles)
    histories = [
        derive(article, state=_newest_state(db, own), observed=[one for page in own for one in pages_observed[page]])
        for article, own in own_pages.items()
    ]
    writer = Writer(db)
    writer.bring(stored, written, histories)
    writer.batch.write(db)


def _articles_of(db: Database, pages: Collection[str]) -> list[str]:
    sql = f"SELECT DISTINCT article_id FROM captures WHERE moment IS NOT NULL AND page_id IN ({marks(pages)})"  # noqa: S608
    return [str(row["article_id"]) for row in rows(db, sql, list(pages))]


def _observed(stored: StoredArticles, given: _Given) -> list[Observation]:
    """What the given captures show; those that show what another one showed, from that one."""
    own = {id_: observation(facts) for id_, facts in given.items() if not facts.same_as}
    seen = {id_: one for id_, one in own.items() if one is not None}
    repeated = {id_: facts for id_, facts in given.items() if facts.same_as}
    if repeated:
        before = {one.capture_id: one for one in stored.observations(but=given)} | seen
        for id_, facts in repeated.items():
            original = before.get(capture_id(facts.same_as or ""))
            if original is not None:
                seen[id_] = replace(
                    original,
                    capture_id=id_,
                    captured_at=facts.capture.captured_at,
                    url=facts.capture.url,
                    crawl_id=facts.capture.crawl_id,
                )
    return list(seen.values())


def _newest_state(db: Database, pages: Sequence[str]) -> str:
    """Return what the newest judged capture of an article's pages saw; redirects among them say nothing."""
    row = first(
        db,
        "SELECT verdict, status FROM captures WHERE verdict IS NOT NULL "  # noqa: S608  # only question marks
        f"AND page_id IN ({marks(pages)}) AND coalesce(redirect_page_id NOT IN ({marks(pages)}), 1) "
        "ORDER BY captured_at DESC, id DESC LIMIT 1",
        [*pages, *pages],
    )
    return page_state(str(row["verdict"]), integer(row["status"])) if row else "live"


def _renew_states(db: Database, pages: Collection[str]) -> None:
    """Set the state of articles anew of whose pages there are captures that do not show them."""
    for article in _articles_of(db, pages) if pages else ():
        sql = "SELECT DISTINCT page_id FROM captures WHERE article_id = ? AND moment IS NOT NULL"
        state = _newest_state(db, [str(row["page_id"]) for row in rows(db, sql, [article])])
        run(db, "UPDATE articles SET state = ? WHERE id = ? AND state <> ?", [state, article, state])


def _capture_row(facts: CaptureFacts) -> Row:
    capture = facts.capture
    row: Row = {"id": capture_id(capture.record_id)}
    row |= {name: getattr(capture, name) for name in _ROW_COLUMNS}
    shows = facts.article is not None
    row |= {
        "comment_count": len(facts.comments) if shows else None,
        "claimed_comments": facts.claimed_comments if shows else None,
        "complete": int(facts.complete) if shows and facts.complete is not None else None,
        "comment_pages": json_list(facts.comment_pages) if shows else None,
        "elsewhere": json_list(facts.elsewhere) if shows else None,
        "canonical_url": facts.canonical_url if shows else None,
    }
    row |= _page_ids(capture.redirect_url, facts.canonical_url if shows else None, capture)
    if row["canonical_page_id"] is None:
        row["canonical_url"] = None  # of its own page: said by most pages, and nothing new
    return row


def _page_ids(redirect_url: str | None, canonical_url: str | None, capture: CaptureRow) -> Row:
    """The pages that a capture belongs and leads to; a canonical URL of its own page leads nowhere."""
    page = page_id(capture.url)
    canonical = page_id(canonical_url) if canonical_url else None
    return {
        "page_id": page,
        "redirect_page_id": page_id(redirect_url) if redirect_url is not None else None,
        "canonical_page_id": None if canonical == page else canonical,
    }
