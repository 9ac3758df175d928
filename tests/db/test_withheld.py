"""What is withheld is hidden from whoever reads, and nothing else is."""

from dataclasses import replace

import pytest
from sqlite_utils import Database

from db.errors import NotFound
from db.export import Scope
from db.exported import exported_articles
from db.facts import CaptureFacts
from db.ids import comment_id, page_id
from db.load import load_many
from db.read import article_view, find_article
from db.withheld import hide_captures, is_withheld, withhold
from tests.db.histories import URL, article, comment, error, redirect, row

OLD, OTHER = "https://example.org/?p=48", "https://example.org/other"
ID = page_id(URL)


def stored(facts: CaptureFacts, **changes: object) -> CaptureFacts:
    return replace(facts, capture=replace(facts.capture, **changes))  # type: ignore[arg-type]  # columns of a row


@pytest.fixture
def filled(db: Database) -> Database:
    thread = (
        comment("first", id_="c1"),
        comment("answer", id_="c2", parent=0),
        comment("answer to the answer", id_="c3", parent=1),
        comment("last", id_="c4"),
    )
    load_many(
        db,
        [
            article(1, *thread, title="The hoist"),
            stored(
                article(1, comment("beside", id_="c9"), title="The hoist of others", url=OTHER),
                payload_digest="sha1:OTHER",
            ),
            redirect(2, URL, url=OLD),
        ],
    )
    return db


@pytest.mark.parametrize("ref", [ID, URL, OLD, page_id(OLD), "example.org/2024/hoist/"], ids=str)
def test_withheld_article_says_so_and_not_its_title(filled: Database, ref: str) -> None:
    withhold(filled, [ID])
    with pytest.raises(NotFound, match=f"the article {ID} is withheld; .withhold. in archive.toml says why"):
        find_article(filled, ref)
    with pytest.raises(NotFound, match="is withheld"):
        article_view(filled, ID)


def test_withheld_article_has_no_title_to_be_found_by(filled: Database) -> None:
    withhold(filled, [ID])
    assert find_article(filled, "the hoist")["id"] == page_id(OTHER)
    withhold(filled, [page_id(OTHER)])
    with pytest.raises(NotFound, match="no article answers to 'the hoist'"):
        find_article(filled, "the hoist")


def test_comments_of_a_withheld_article_are_withheld(filled: Database) -> None:
    withhold(filled, [ID])
    assert is_withheld(filled, comment_id(ID, "c1"))
    assert not is_withheld(filled, comment_id(page_id(OTHER), "c9"))


@pytest.mark.parametrize(
    ("hidden", "thread"),
    [
        pytest.param([], [("first", 0), ("answer", 1), ("answer to the answer", 2), ("last", 0)], id="nothing"),
        pytest.param(["c2"], [("first", 0), ("answer to the answer", 1), ("last", 0)], id="middle"),
        pytest.param(["c1"], [("answer", 0), ("answer to the answer", 1), ("last", 0)], id="top"),
        pytest.param(["c1", "c2"], [("answer to the answer", 0), ("last", 0)], id="two in a row"),
        pytest.param(["c3"], [("first", 0), ("answer", 1), ("last", 0)], id="last"),
    ],
)
def test_answers_to_a_withheld_comment_move_up(
    filled: Database, hidden: list[str], thread: list[tuple[str, int]]
) -> None:
    withhold(filled, [comment_id(ID, one) for one in hidden])
    view = article_view(filled, ID)
    assert [(row["text"], row["depth"]) for row in view.comments] == thread


def test_comments_that_answer_each_other_do_not_hang(db: Database) -> None:
    load_many(db, [article(1, comment("a", id_="a", parent=1), comment("b", id_="b", parent=0), comment("c", id_="c"))])
    withhold(db, [comment_id(ID, "b")])
    assert {(row["text"], row["depth"]) for row in article_view(db, ID).comments} == {("a", 0), ("c", 0)}
    withhold(db, [comment_id(ID, "a")])
    assert [row["text"] for row in article_view(db, ID).comments] == ["c"]


def hidden_days(db: Database) -> set[tuple[str, str]]:
    """URL and day of the captures that must not be shown."""
    hide_captures(db)
    sql = "SELECT url, captured_at FROM captures WHERE id IN (SELECT id FROM temp.withheld_captures)"
    return {(url, str(captured_at)[8:10]) for url, captured_at in db.conn.execute(sql)}


def test_nothing_withheld_hides_no_capture(filled: Database) -> None:
    assert hidden_days(filled) == set()


def test_captures_of_a_withheld_article_are_hidden(filled: Database) -> None:
    load_many(filled, [error(3), article(4, url=f"{URL}comment-page-2/")])
    withhold(filled, [ID])
    assert hidden_days(filled) == {(URL, "01"), (OLD, "02"), (URL, "03"), (f"{URL}comment-page-2/", "04")}


def test_captures_that_show_a_withheld_comment_are_hidden(db: Database) -> None:
    first = stored(article(1, comment("one", id_="c1")), payload_digest="sha1:ONE")
    load_many(
        db,
        [
            first,
            stored(article(2, comment("two", id_="c2")), payload_digest="sha1:TWO"),
            stored(article(3, comment("one", id_="c1"), comment("two", id_="c2")), payload_digest="sha1:BOTH"),
            stored(CaptureFacts(capture=row(4, verdict=None, extractor=None)), payload_digest="sha1:UNREAD"),
            stored(error(5), payload_digest="sha1:ERROR"),
            stored(article(10, comment("one", id_="c1")), payload_digest="sha1:CUT", truncated="length"),
            stored(article(11, comment("one", id_="c1"), url=f"{URL}comment-page-2/"), payload_digest="sha1:PAGE"),
            stored(article(12, comment("two", id_="c2"), url=f"{URL}comment-page-3/"), payload_digest="sha1:PAGE3"),
            redirect(6, URL, url=OLD),
            stored(error(7, url=OTHER), payload_digest="sha1:ERROR"),
            stored(error(8, url=OTHER), payload_digest="sha1:BOTH"),
            stored(error(9, url=OTHER), record_type="revisit", refers_to=first.capture.record_id),
        ],
    )
    withhold(db, [comment_id(ID, "c1")])
    assert hidden_days(db) == {
        (URL, "01"),
        (URL, "03"),
        (URL, "04"),
        (URL, "10"),
        (f"{URL}comment-page-2/", "11"),
        (OTHER, "08"),
        (OTHER, "09"),
    }


def test_captures_of_others_do_not_say_where_it_stands(db: Database) -> None:
    other = article(1, title="Beside", text="Other words.", url=OTHER)
    load_many(
        db,
        [
            article(1, title="The hoist"),
            replace(other, canonical_url=URL),
            redirect(2, URL, url=OTHER),
            redirect(3, "https://example.org/third", url=OTHER),
        ],
    )
    withhold(db, [ID])
    view = article_view(db, page_id(OTHER))
    [exported] = exported_articles(db, Scope())
    for captures in (view.captures, exported.captures):
        assert {row["redirect_url"] for row in captures} == {None, "https://example.org/third"}
        assert {row["canonical_url"] for row in captures} == {None}
        assert ID not in repr(captures)
