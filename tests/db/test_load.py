"""Loading: acknowledged captures, what waits for extraction, and text no database can hold."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlite_utils import Database

from db.facts import CaptureFacts, CommentFacts
from db.ids import capture_id, page_id
from db.load import acknowledge, load, load_many, pending, unextracted
from db.search import search
from db.sql import first, rows
from tests.db.histories import URL, article, at, comment, error, row


def test_acknowledged_capture_waits_for_extraction(db: Database) -> None:
    waiting = row(1, verdict=None, extractor=None)
    acknowledge(db, [waiting])
    assert pending(db, "1") == [waiting]
    stored = first(db, "SELECT * FROM captures")
    assert stored is not None
    assert (stored["id"], stored["page_id"], stored["article_id"]) == (
        capture_id(waiting.record_id),
        page_id(URL),
        None,
    )


def test_acknowledging_a_loaded_capture_changes_nothing(db: Database) -> None:
    load(db, article(1))
    acknowledge(db, [row(1, verdict=None, extractor=None)])
    assert pending(db, "1") == []
    assert db.table("articles").count == 1


def test_captures_of_another_extractor_are_pending_in_the_order_of_the_files(db: Database) -> None:
    load_many(db, [article(3), article(1), error(2)])
    acknowledge(db, [row(4, verdict=None, extractor=None)])
    assert [waiting.captured_at for waiting in pending(db, "1")] == [at(4)]
    assert [waiting.captured_at for waiting in pending(db, "2")] == [at(1), at(2), at(3), at(4)]
    assert pending(db, "2")[0] == article(1).capture


def test_captures_of_a_page_are_extracted_by_one_extractor(db: Database) -> None:
    """Or a better extractor would look like an edit."""
    load_many(db, [article(3), article(1), article(2, url="https://example.org/other/")])
    waiting = replace(row(4, verdict=None, extractor=None), crawl_id="c")
    acknowledge(db, [waiting, row(5, verdict=None, extractor=None, url="https://example.org/third/")])
    assert [one.captured_at for one in unextracted(db, "1", "c")] == [at(4)]
    assert [one.captured_at for one in unextracted(db, "2", "c")] == [at(1), at(3), at(4)]
    assert [one.captured_at for one in unextracted(db, "2")] == [at(1), at(3), at(4), at(5)]


def test_load_returns_the_id_of_the_article(db: Database) -> None:
    assert load(db, article(1)) == page_id(URL)
    assert load(db, error(2)) == page_id(URL)
    assert load(db, error(2, url="https://example.org/nothing")) is None


def test_load_many_holds_no_lock_while_facts_are_made(db: Database) -> None:
    def made() -> Iterator[CaptureFacts]:
        for number in range(450):
            assert not db.conn.in_transaction
            yield error(1, url=f"https://example.org/{number}")

    assert load_many(db, made()) == 450
    assert db.table("captures").count == 450


def test_error_in_the_source_of_facts_keeps_whole_batches(db: Database) -> None:
    def made() -> Iterator[CaptureFacts]:
        for number in range(300):
            yield error(1, url=f"https://example.org/{number}")
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011  # our own
        load_many(db, made())
    assert db.table("captures").count == 200


def test_failed_load_leaves_nothing(db: Database) -> None:
    load(db, article(1))
    bad = replace(article(2, comment("x")), capture=replace(row(2), warc_file=None))  # type: ignore[arg-type]  # the point
    with pytest.raises(Exception, match="NOT NULL"):
        load(db, bad)
    assert (db.table("captures").count, db.table("comments").count) == (1, 0)


def test_capture_time_in_another_form_is_refused(db: Database) -> None:
    with pytest.raises(ValueError, match="not a time as"):
        load(db, CaptureFacts(capture=replace(row(1), captured_at="2024-05-01T12:00:00Z")))


def test_text_no_database_can_hold_is_cleaned(db: Database) -> None:
    hostile = CommentFacts(
        text="a\x00b\ud800c\td\ne", author="\udfff\x1b", native_id="\x07", likes=10**30, depth=-(10**30)
    )
    facts = article(1, hostile, url="https://example.org/\ud800", title="t\x02\x03")
    assert facts.article is not None
    load(db, replace(facts, article=replace(facts.article, tags=("\ud800x", "y")), claimed_comments=10**30))
    found = rows(db, "SELECT text, author, native_id, likes FROM comments")
    assert found == [{"text": "abc\td\ne", "author": "", "native_id": None, "likes": 2**63 - 1}]
    assert [hit.title for hit in search(db, "abc")] == ["t"]
    assert first(db, "SELECT tags FROM articles") == {"tags": '["x", "y"]'}


def test_article_columns_hold_readable_json(db: Database) -> None:
    facts = article(1)
    assert facts.article is not None
    load(db, replace(facts, article=replace(facts.article, authors=("Jürgen Möller", 'the "Fox"'))))
    assert first(db, "SELECT authors FROM articles") == {"authors": '["Jürgen Möller", "the \\"Fox\\""]'}
    assert len(search(db, "möller")) == 1
