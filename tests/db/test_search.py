"""Search: what a person types finds what it should, and nothing raises."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from db.facts import CaptureFacts
from db.ids import comment_id, page_id
from db.load import load, load_many
from db.search import MARK_END, MARK_START, Scope, match_expression, search
from tests.db.histories import URL, article, comment, dump, memory_database, row

OTHER = "https://example.org/2024/other/"


@pytest.fixture
def filled(db: Database) -> Database:
    load_many(
        db,
        [
            article(
                1,
                comment("Was für ein Café, said the ЁЖИК, ку\u0301ля", id_="c1", author="Zorba the Turk"),
                comment("They hoisted it at night", id_="c2"),
                title="A hoist for the harbour",
                text="The crane stands. " * 30 + "Workers raised it in the morning.",
            ),
            article(
                2, comment("nothing", id_="c3"), url=OTHER, title="Weather", text="One hoist was seen in the rain."
            ),
        ],
    )
    return db


@pytest.mark.parametrize(
    ("query", "scope", "found"),
    [
        pytest.param("hoist", "articles", ["A hoist for the harbour", "Weather"], id="title before text"),
        pytest.param("hoists HOISTING", "articles", ["A hoist for the harbour", "Weather"], id="stems and case"),
        pytest.param("hoist harbour", "articles", ["A hoist for the harbour"], id="all words"),
        pytest.param('"raised it"', "articles", ["A hoist for the harbour"], id="phrase"),
        pytest.param('"it raised"', "articles", [], id="phrase in order"),
        pytest.param("harb*", "articles", ["A hoist for the harbour"], id="prefix"),
        pytest.param('"for the harb"*', "articles", ["A hoist for the harbour"], id="prefix of a phrase"),
        pytest.param("harb", "articles", [], id="no prefix unasked"),
        pytest.param(
            "doe", "articles", ["Weather", "A hoist for the harbour"], id="author of an article, shorter text first"
        ),
        pytest.param("cafe", "comments", ["c1"], id="accents folded"),
        pytest.param("ёжик куля", "comments", ["c1"], id="case and stress folded in Cyrillic"),
        pytest.param("zorba café", "comments", ["c1"], id="author and text of a comment"),
        pytest.param("hoist AND NOT night", "comments", [], id="operators are words"),
        pytest.param("text:hoist", "comments", [], id="columns are words"),
        pytest.param('hoist"', "comments", ["c2"], id="stray quote"),
        pytest.param("hoist - !?", "comments", ["c2"], id="punctuation is no word"),
    ],
)
def test_search_finds(filled: Database, query: str, scope: Scope, found: list[str]) -> None:
    hits = search(filled, query, scope=scope)
    if scope == "articles":
        assert [hit.title for hit in hits] == found
    else:
        assert [hit.id for hit in hits] == [comment_id(page_id(URL), native) for native in found]


@pytest.mark.parametrize("query", ["", " ", '"', '""', "*", "...", "-", "\x00", "\u0301", '"..." ?*', "🙂"])
def test_query_without_a_word_finds_nothing(filled: Database, query: str) -> None:
    assert search(filled, query) == []


def test_snippet_marks_what_was_found(filled: Database) -> None:
    (hit,) = search(filled, "raised", scope="articles")
    assert f"Workers {MARK_START}raised{MARK_END} it" in hit.snippet
    assert len(hit.snippet) < 300


def test_marks_in_the_text_itself_cannot_pass_for_ours(db: Database) -> None:
    load(db, article(1, comment(f"a {MARK_END}hoist{MARK_START} b", id_="c1")))
    (hit,) = search(db, "hoist", scope="comments")
    assert hit.snippet == f"a {MARK_START}hoist{MARK_END} b"


def test_hit_says_where_it_is_from(filled: Database) -> None:
    (hit,) = search(filled, "night")
    assert (hit.kind, hit.id, hit.article_id) == ("comment", comment_id(page_id(URL), "c2"), page_id(URL))
    assert (hit.title, hit.author, hit.url, hit.rank) == ("A hoist for the harbour", "veth", URL, 1.0)
    assert search(filled, "harbour")[0].author == "Jane Doe"


def test_best_of_both_kinds_come_first(filled: Database) -> None:
    hits = search(filled, "hoist")
    assert [(hit.kind, hit.title) for hit in hits] == [
        ("article", "A hoist for the harbour"),
        ("comment", "A hoist for the harbour"),
        ("article", "Weather"),
    ]
    assert [hit.rank for hit in hits] == sorted((hit.rank for hit in hits), reverse=True)


def test_pages_of_hits_join_without_gap(filled: Database) -> None:
    hits = search(filled, "hoist", limit=10)
    assert [search(filled, "hoist", limit=1, offset=offset)[0] for offset in range(3)] == hits
    assert search(filled, "hoist", offset=3) == []
    assert search(filled, "hoist", limit=0) == []


def test_search_follows_every_change(db: Database) -> None:
    """Stale triggers would show here: what is changed or gone must not be found any more."""
    load(db, article(1, comment("old words", id_="c1"), title="Oldtitle"))
    assert [hit.kind for hit in search(db, "oldtitle")] == ["article"]
    load(db, article(2, comment("fresh words", id_="c1"), title="Newtitle"))
    assert search(db, "oldtitle") == search(db, "old") == []
    assert [hit.kind for hit in search(db, "fresh")] == ["comment"]
    for day in (1, 2):
        load(db, CaptureFacts(capture=row(day, verdict="index page")))
    assert search(db, "fresh") == search(db, "newtitle") == []


def test_vacuum_keeps_search_right(filled: Database) -> None:
    before, rows = search(filled, "hoist"), dump(filled)
    filled.execute("DELETE FROM failures")
    filled.vacuum()
    assert search(filled, "hoist") == before
    assert dump(filled) == rows


_QUERY_TEXT = st.text(st.sampled_from('ab "*^:()-+{}.,AND OR NOT NEAR\x00\ud800é漢')) | st.text(st.characters())


@settings(max_examples=30, deadline=None)
@given(queries=st.lists(_QUERY_TEXT, min_size=1, max_size=20))
def test_no_query_raises(queries: list[str]) -> None:
    with memory_database() as db:
        load(db, article(1, comment("a b é 漢")))
        for query in queries:
            search(db, query)


def test_very_long_query_is_cut() -> None:
    with memory_database() as db:
        assert search(db, "a " * 10_000) == []
        assert search(db, '"' * 100_001) == []
    assert match_expression("word " * 1000).count("word") == 32
