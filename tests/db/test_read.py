"""Articles found by any name of theirs, threads in order."""

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from db.asof import compare
from db.errors import Ambiguous, NotFound
from db.ids import comment_id, page_id
from db.load import load, load_many
from db.read import article_view, find_article, thread
from tests.db.histories import URL, article, at, comment, error, memory_database, redirect

if TYPE_CHECKING:
    from db.sql import Row

OLD = "https://example.org/?p=48"


@pytest.fixture
def filled(db: Database) -> Database:
    load_many(
        db,
        [
            article(1, comment("first", id_="c1"), title="A Hoist über Kyjiw", url=URL),
            article(1, title="Weather", url="https://example.org/weather"),
            article(1, title="Weather of tomorrow", url="http://plain.example.org/tomorrow"),
            article(1, title="Weather of the 100% kind", url="https://example.org/kind"),
            redirect(2, URL, url=OLD),
        ],
    )
    return db


@pytest.mark.parametrize(
    "ref",
    [
        pytest.param(page_id(URL), id="id"),
        pytest.param(URL, id="url"),
        pytest.param(" HTTPS://Example.org/2024/hoist/comment-page-2/?utm_source=x#c1 \n", id="other form"),
        pytest.param("example.org/2024/hoist/", id="url without scheme"),
        pytest.param(OLD, id="url that redirects"),
        pytest.param("example.org/?p=48&fbclid=1", id="other form of one that redirects"),
        pytest.param(page_id(OLD), id="id of a page that redirects"),
        pytest.param("A Hoist über Kyjiw", id="title"),
        pytest.param("hoist ÜBER", id="part of the title, case folded"),
    ],
)
def test_article_answers_to(filled: Database, ref: str) -> None:
    assert find_article(filled, ref)["id"] == page_id(URL)


def test_scheme_may_be_left_out_for_http_too(filled: Database) -> None:
    assert find_article(filled, "plain.example.org/tomorrow")["title"] == "Weather of tomorrow"


def test_whole_title_wins_over_parts(filled: Database) -> None:
    assert find_article(filled, "weather")["title"] == "Weather"
    assert find_article(filled, "100%")["title"] == "Weather of the 100% kind"


def test_ambiguous_name_lists_candidates(filled: Database) -> None:
    with pytest.raises(
        Ambiguous, match=r"2 articles answer to 'weather of'; name one by its id:\n  \w{16}  Weather of t"
    ):
        find_article(filled, "weather of")


def test_many_candidates_are_cut(db: Database) -> None:
    load_many(db, [article(1, title=f"Weather {number}", url=f"https://example.org/{number}") for number in range(8)])
    with pytest.raises(Ambiguous, match="and 3 more") as raised:
        find_article(db, "weather")
    assert str(raised.value).count("\n") == 6


@pytest.mark.parametrize(
    "ref", ["", " ", "nothing", "%%", "_", "https://example.org/nothing", "http://[", "\x00", "\ud800"]
)
def test_unknown_name_is_not_found(filled: Database, ref: str) -> None:
    with pytest.raises(NotFound, match="no article answers to"):
        find_article(filled, ref)


def test_found_article_has_real_lists(filled: Database) -> None:
    found = find_article(filled, "hoist")
    assert (found["authors"], found["tags"]) == (["Jane Doe"], [])


def test_view_holds_article_thread_and_history(db: Database) -> None:
    load_many(
        db,
        [
            article(1, comment("one", id_="c1"), comment("two", id_="c2"), title="Old"),
            article(2, comment("two", id_="c2"), comment("reply", id_="c3", parent=0), comment("one", id_="c1")),
            error(3),
        ],
    )
    view = article_view(db, page_id(URL))
    assert (view.article["title"], view.article["state"]) == ("Hoist", "404")
    assert [(row["text"], row["depth"]) for row in view.comments] == [("two", 0), ("reply", 1), ("one", 0)]
    assert [row["title"] for row in view.revisions] == ["Old", "Hoist"]
    assert [row["captured_at"] for row in view.captures] == [at(3), at(2), at(1)]


def test_view_of_nothing_is_not_found(db: Database) -> None:
    with pytest.raises(NotFound, match="no article has the id 'x'"):
        article_view(db, "x")


def test_replies_to_each_other_are_all_shown(db: Database) -> None:
    load(db, article(1, comment("a", id_="a", parent=1), comment("b", id_="b", parent=0), comment("c", id_="c")))
    assert [(row["text"], row["depth"]) for row in article_view(db, page_id(URL)).comments] == [
        ("c", 0),
        ("a", 0),
        ("b", 1),
    ]


def test_deep_thread_does_not_exhaust_the_stack(db: Database) -> None:
    deep = [comment(str(number), id_=str(number), parent=number - 1 if number else None) for number in range(3000)]
    load(db, article(1, *deep))
    comments = article_view(db, page_id(URL)).comments
    assert [row["depth"] for row in comments] == list(range(3000))


@settings(deadline=None)
@given(parents=st.lists(st.none() | st.integers(0, 9), max_size=10), data=st.data())
def test_thread_shows_each_comment_once_after_its_parent(parents: list[int | None], data: st.DataObject) -> None:
    rows: list[Row] = [
        {"id": index, "parent_id": parent, "position": index, "first_seen": at(1), "depth": 0}
        for index, parent in enumerate(parents)
    ]
    shown = thread(data.draw(st.permutations(rows)))
    assert sorted(str(row["id"]) for row in shown) == sorted(str(row["id"]) for row in rows)
    places = {row["id"]: place for place, row in enumerate(shown)}
    for row in shown:
        if row["depth"]:
            assert places[row["parent_id"]] < places[row["id"]]
            assert shown[places[row["parent_id"]]]["depth"] == int(row["depth"]) - 1


def test_comment_ids_of_view_are_those_of_the_native_ids() -> None:
    with memory_database() as db:
        load(db, article(1, comment("one", id_="c1")))
        assert article_view(db, page_id(URL)).comments[0]["id"] == comment_id(page_id(URL), "c1")


def test_nothing_is_read_from_end_to_end(db: Database) -> None:
    one, two = comment("one", id_="c1"), comment("two", id_="c2")
    moved = comment("two", id_="c2", parent=0)
    load_many(db, [article(1, one, two), article(2, comment("other", id_="c1"), moved), article(3, two)])
    statements: list[str] = []
    db.conn.set_trace_callback(statements.append)
    view = article_view(db, page_id(URL))
    compare(db, page_id(URL), None, None)
    compare(db, page_id(URL), "first", "r1")
    db.conn.set_trace_callback(None)
    assert (len(view.versions), len(view.absences), len(view.turns)) == (1, 1, 3)
    tables = "articles|captures|states|comments|comment_texts|seen|absences"
    read = [sql for sql in statements if sql.startswith("SELECT")]
    assert len(read) > 10
    for sql in read:
        plan = "\n".join(row[3] for row in db.conn.execute(f"EXPLAIN QUERY PLAN {sql}"))
        assert not re.search(rf"SCAN ({tables})\b", plan), f"{sql}\n{plan}"
