"""What the captures of an article say about it: each case is a story of captures and what must be told of it."""

from dataclasses import replace

import pytest
from sqlite_utils import Database

from db.facts import CaptureFacts
from db.history import page_state
from db.ids import comment_id, page_id
from db.load import load
from db.sql import Row, first, rows
from tests.db.histories import URL, article, at, block, comment, error, row

ARTICLE = page_id(URL)
FIRST, SECOND = comment("first", id_="c1"), comment("second", id_="c2", author="Robert")


def told(db: Database, *facts: CaptureFacts) -> Row:
    """Load, newest first; return the article's row."""
    for one in reversed(facts):  # newest first: history does not depend on the order
        load(db, one)
    found = first(db, "SELECT * FROM articles WHERE id = ?", [ARTICLE])
    assert found is not None
    return found


def the_comment(db: Database, native_id: str) -> Row:
    found = first(db, "SELECT * FROM comments WHERE id = ?", [comment_id(ARTICLE, native_id)])
    assert found is not None
    return found


def test_unchanged_article_is_one_revision(db: Database) -> None:
    told_row = told(db, article(1), article(2), article(3))
    assert (told_row["revision_count"], told_row["capture_count"]) == (1, 3)
    assert (told_row["first_captured"], told_row["last_captured"]) == (at(1), at(3))


def test_changed_and_changed_back_is_three_revisions(db: Database) -> None:
    told_row = told(db, article(1, text="A"), article(2, text="B"), article(3, text="B"), article(4, text="A"))
    assert told_row["text"] == "A"
    revisions = rows(db, "SELECT number, captured_at, text FROM revisions ORDER BY number")
    assert [tuple(one.values()) for one in revisions] == [(1, at(1), "A"), (2, at(2), "B"), (3, at(4), "A")]


def test_article_row_is_that_of_the_newest_capture_of_it(db: Database) -> None:
    told_row = told(
        db, article(1, title="Old"), article(3, FIRST, title="New", text="three little words"), error(4, 500)
    )
    assert (told_row["title"], told_row["word_count"], told_row["comment_count"], told_row["claimed_comments"]) == (
        "New",
        3,
        1,
        1,
    )
    assert (told_row["url"], told_row["site"], told_row["authors"]) == (URL, "example.org", '["Jane Doe"]')
    assert (told_row["last_captured"], told_row["state"]) == (at(3), "error")


def test_comment_seen_by_all_captures_is_live(db: Database) -> None:
    told(db, article(1, FIRST), article(2, FIRST, SECOND))
    found = the_comment(db, "c1")
    assert (found["state"], found["first_seen"], found["last_seen"], found["gone_since"]) == (
        "live",
        at(1),
        at(2),
        None,
    )
    assert found["version_count"] == 1


def test_comment_gone_since_the_first_whole_thread_without_it(db: Database) -> None:
    told(db, article(1, FIRST, SECOND), article(2, SECOND, complete=False), article(3, SECOND), article(4, SECOND))
    found = the_comment(db, "c1")
    assert (found["state"], found["last_seen"], found["gone_since"]) == ("gone", at(1), at(3))
    assert the_comment(db, "c2")["state"] == "live"


@pytest.mark.parametrize(
    ("later", "state"),
    [
        pytest.param(article(2, complete=False), "not covered", id="thread not whole"),
        pytest.param(replace(article(2, complete=None), claimed_comments=None), "not covered", id="page does not say"),
        pytest.param(error(2, 404), "live", id="404"),
        pytest.param(error(2, 500), "live", id="500"),
        pytest.param(block(2), "live", id="block page"),
    ],
)
def test_absence_from_a_capture_that_cannot_tell_is_no_deletion(db: Database, later: CaptureFacts, state: str) -> None:
    told(db, article(1, FIRST), later)
    assert the_comment(db, "c1")["state"] == state
    assert the_comment(db, "c1")["gone_since"] is None


def test_comment_that_came_back_is_not_gone(db: Database) -> None:
    told(db, article(1, FIRST), article(2), article(3, FIRST))
    found = the_comment(db, "c1")
    assert (found["state"], found["gone_since"], found["last_seen"]) == ("live", None, at(3))


def test_edited_comment_keeps_both_texts(db: Database) -> None:
    told(db, article(1, FIRST), article(2, comment("better", id_="c1")), article(3, comment("better", id_="c1")))
    found = the_comment(db, "c1")
    assert (found["state"], found["text"], found["version_count"]) == ("edited", "better", 2)
    versions = rows(db, "SELECT number, captured_at, text FROM comment_versions ORDER BY number")
    assert [tuple(one.values()) for one in versions] == [(1, at(1), "first"), (2, at(2), "better")]
    sightings = rows(
        db,
        "SELECT captured_at, version FROM sightings JOIN captures ON captures.id = capture_id ORDER BY captured_at",
    )
    assert [one["version"] for one in sightings] == [1, 2, 2]


def test_comment_without_native_id_is_known_by_its_words(db: Database) -> None:
    told(db, article(1, comment("same  words")), article(2, comment("other"), comment("same words")))
    assert [row["text"] for row in rows(db, "SELECT text FROM comments ORDER BY position")] == ["other", "same words"]


def test_equal_comments_without_native_id_are_two(db: Database) -> None:
    told_row = told(db, article(1, comment("+1"), comment("+1")))
    assert told_row["comment_count"] == 2


def test_reply_refers_to_what_it_answers(db: Database) -> None:
    told(db, article(1, FIRST, comment("answer", id_="c3", parent=0)))
    assert the_comment(db, "c3")["parent_id"] == comment_id(ARTICLE, "c1")


@pytest.mark.parametrize("parent", [-1, 0, 7])
def test_parent_that_is_no_other_comment_is_none(db: Database, parent: int) -> None:
    told(db, article(1, comment("alone", id_="c1", parent=parent)))
    assert the_comment(db, "c1")["parent_id"] is None


def test_sighting_says_what_differed_from_the_newest(db: Database) -> None:
    told(db, article(1, SECOND, FIRST), article(2, FIRST, comment("second", id_="c2", author="Robert", parent=0)))
    found = rows(db, "SELECT differs FROM sightings WHERE comment_id = ? ", [comment_id(ARTICLE, "c2")])
    assert {row["differs"] for row in found} == {None, '{"depth":0,"parent_id":null}'}


def test_text_before_cleaning_makes_no_revision_and_is_kept(db: Database) -> None:
    noisy = article(2)
    assert noisy.article is not None
    told(db, article(1), replace(noisy, article=replace(noisy.article, raw_text="noise")))
    assert [row["differs"] for row in rows(db, "SELECT differs FROM states")] == ['{"raw_text":"noise"}']
    assert [row["raw_text"] for row in rows(db, "SELECT raw_text FROM revisions")] == ["The hoist stands."]


@pytest.mark.parametrize(
    ("verdict", "status", "state"),
    [
        ("article", 200, "live"),
        ("article", None, "live"),
        ("redirect", 301, "moved"),
        ("block page", 200, "blocked"),
        ("error page", 404, "404"),
        ("error page", 410, "410"),
        ("error page", 500, "error"),
        ("error page", None, "error"),
        ("error page", 200, "error"),
        ("login wall", 200, "login wall"),
        ("pay wall", 200, "pay wall"),
        ("empty", 200, "empty"),
        ("redirect", 200, "moved"),
        ("soft 404", 200, "soft 404"),
        ("a verdict of later", 200, "a verdict of later"),
    ],
)
def test_page_state_names_what_was_seen(verdict: str, status: int | None, state: str) -> None:
    assert page_state(verdict, status) == state


def test_capture_that_waits_for_extraction_says_nothing(db: Database) -> None:
    assert told(db, article(1), CaptureFacts(capture=row(3, verdict=None, extractor=None)))["state"] == "live"


def test_capture_that_waits_again_takes_back_what_it_said(db: Database) -> None:
    assert told(db, article(1), error(2, 404), block(3))["state"] == "blocked"
    assert told(db, CaptureFacts(capture=row(3, verdict=None, extractor=None)))["state"] == "404"


def test_article_that_no_capture_shows_any_more_leaves_nothing(db: Database) -> None:
    """A better extractor may find that a page was no article."""
    load(db, article(1, FIRST, SECOND))
    assert load(db, CaptureFacts(capture=row(1, verdict="index page"))) is None
    for table in ("articles", "revisions", "comments", "comment_versions", "sightings"):
        assert rows(db, f"SELECT * FROM {table}") == []  # noqa: S608  # names of ours


def test_record_loaded_under_another_url_moves_there(db: Database) -> None:
    load(db, article(1, FIRST))
    moved = replace(article(1, FIRST), capture=replace(row(1), url="https://example.org/other/"))
    assert load(db, moved) == page_id("https://example.org/other/")
    assert [found["url"] for found in rows(db, "SELECT url FROM articles")] == ["https://example.org/other/"]
