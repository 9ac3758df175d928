"""Search: what a person types finds what it should, and nothing raises."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from db.facts import CaptureFacts
from db.load import load
from db.query import MOST_TERMS, parse
from db.search import MARK_END, MARK_START, Scope, search
from tests.db.histories import article, comment, memory_database, row
from tests.db.searched import found, put_article, put_comment, searched_database

HOIST = "A hoist for the harbour"


@pytest.fixture(scope="module")
def latin() -> Iterator[Database]:
    """Two articles and three comments, in languages with spaces between words."""
    with closing(searched_database()) as db:
        put_article(
            db,
            "harbour",
            title=HOIST,
            authors='["Jane Doe"]',
            text="The crane stands. " * 30 + "Workers raised it in the morning.",
        )
        put_article(db, "weather", title="Weather", authors='["Jane Doe"]', text="One hoist was seen in the rain.")
        put_comment(db, "c1", "harbour", author="Zorba the Turk", text="Was für ein Café, said the ЁЖИК, ку\u0301ля")
        put_comment(db, "c2", "harbour", author="veth", text="They hoisted it at night")
        put_comment(db, "c3", "weather", author="Kim", text="서울에서 만나요")
        yield db


@pytest.mark.parametrize("trigrams", [False, True], ids=["older database", "new database"])
@pytest.mark.parametrize(
    ("query", "scope", "ids"),
    [
        pytest.param("hoist", "articles", ["harbour", "weather"], id="title before text"),
        pytest.param("hoists HOISTING", "articles", ["harbour", "weather"], id="stems and case"),
        pytest.param("hoist harbour", "articles", ["harbour"], id="all words"),
        pytest.param('"raised it"', "articles", ["harbour"], id="phrase"),
        pytest.param('"it raised"', "articles", [], id="phrase in order"),
        pytest.param("harb*", "articles", ["harbour"], id="prefix"),
        pytest.param('"for the harb"*', "articles", ["harbour"], id="prefix of a phrase"),
        pytest.param("harb", "articles", [], id="no prefix unasked"),
        pytest.param("doe", "articles", ["weather", "harbour"], id="author of an article, shorter text first"),
        pytest.param("hoist -crane", "articles", ["weather"], id="without a word"),
        pytest.param('hoist -"raised it"', "articles", ["weather"], id="without a phrase"),
        pytest.param("hoist -harb*", "articles", ["weather"], id="without a prefix"),
        pytest.param("hoist -author:doe", None, ["c2"], id="without an author"),
        pytest.param("-hoist", None, [], id="only left out"),
        pytest.param("cafe", "comments", ["c1"], id="accents folded"),
        pytest.param("ёжик куля", "comments", ["c1"], id="case and stress folded in Cyrillic"),
        pytest.param("zorba café", "comments", ["c1"], id="author and text of a comment"),
        pytest.param("hoist AND NOT night", "comments", [], id="operators are words"),
        pytest.param("text:hoist", "comments", [], id="columns are words"),
        pytest.param('hoist"', "comments", ["c2"], id="stray quote"),
        pytest.param("hoist - !?", "comments", ["c2"], id="punctuation is no word"),
        pytest.param("서울", None, ["c3"], id="Korean word with what hangs on it"),
        pytest.param("author:zorba", None, ["c1"], id="author alone"),
        pytest.param('author:"the turk" cafe', None, ["c1"], id="author's full name"),
        pytest.param("author:café", None, [], id="author is not the text"),
        pytest.param("author:JANE harbour", None, ["harbour"], id="author of articles"),
        pytest.param(
            "hoist site:example.org gone:no after:2024 before:2025", None, ["harbour", "c2", "weather"], id="all"
        ),
        pytest.param("hoist after:soon", None, ["harbour", "c2", "weather"], id="nonsense left out"),
        pytest.param("after:soon", None, [], id="nonsense alone"),
        pytest.param("漢字", None, [], id="script that is nowhere"),
    ],
)
def test_search_finds(latin: Database, query: str, scope: Scope | None, ids: list[str], *, trigrams: bool) -> None:
    if trigrams:
        assert found(latin, query, scope) == ids
        return
    with closing(searched_database(trigrams=False)) as older:
        for table in ("articles", "comments"):
            older.table(table).insert_all(latin[table].rows)
        assert found(older, query, scope) == ids


@pytest.fixture(scope="module")
def eastern() -> Iterator[Database]:
    with closing(searched_database()) as db:
        put_article(
            db,
            "tokyo",
            title="東京大学の入試",
            authors='["田中一郎"]',
            text="今年の東京大学の入試ではPythonが使われた。\n\nAIも100%_点。",
            url="https://www.shinbun.jp/x",
        )
        put_article(
            db, "osaka", title="大阪", authors='["山田花子"]', text="東京大学に負けない。iPhoneの party と art。"
        )
        put_comment(db, "thai", "osaka", author="สมชาย", text="They hoisted it in ประเทศไทย at night")
        put_comment(db, "khmer", "osaka", author="Kim", text="ភាសាខ្មែរ ລາວ မြန်မာ")
        put_comment(db, "latin", "osaka", author="Kim", text="A python and said no party")
        yield db


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        pytest.param("東京大学", ["tokyo", "osaka"], id="title before text"),
        pytest.param("京大学", ["tokyo", "osaka"], id="inside of a word"),
        pytest.param("東京", ["tokyo", "osaka"], id="two characters"),
        pytest.param("阪", ["osaka"], id="one character"),
        pytest.param("東京 大阪", ["osaka"], id="two parts"),
        pytest.param("東京大学 大阪", ["osaka"], id="a long part and a short one"),
        pytest.param("東京大学 京大学の", ["tokyo"], id="two long parts"),
        pytest.param('"の入試では"', ["tokyo"], id="phrase"),
        pytest.param("東京*", ["tokyo", "osaka"], id="prefix says nothing more"),
        pytest.param("大東京", [], id="what is nowhere"),
        pytest.param("ประเทศ", ["thai"], id="Thai word"),
        pytest.param("ไทย", ["thai"], id="Thai word at the end"),
        pytest.param("ขระเทศ", [], id="Thai word that is nowhere"),
        pytest.param("ខ្មែរ", ["khmer"], id="Khmer"),
        pytest.param("ລາວ", ["khmer"], id="Lao"),
        pytest.param("မြန်", ["khmer"], id="Burmese"),
        pytest.param("ประเทศ hoisting", ["thai"], id="Thai and an English word in another form"),
        pytest.param("入試 python", ["tokyo"], id="short part and a word attached to such text"),
        pytest.param("京大学の python", ["tokyo"], id="long part and an attached word"),
        pytest.param("大学 ai", ["tokyo"], id="attached word of two letters"),
        pytest.param("大学 art", ["osaka"], id="word by itself, not the end of another"),
        pytest.param("大学 par*", ["osaka"], id="prefix beside a part"),
        pytest.param("入試では使", [], id="not over what stands between"),
        pytest.param("python", ["tokyo", "latin"], id="attached word, and one of its own"),
        pytest.param("iphone party", ["osaka"], id="attached and not"),
        pytest.param("phone", [], id="end of an attached word"),
        pytest.param("AI", ["tokyo"], id="attached at one end"),
        pytest.param("pytho*", ["tokyo", "latin"], id="prefix of an attached word"),
        pytest.param("大学 -python", ["osaka"], id="without an attached word"),
        pytest.param("大学 -入試では", ["osaka"], id="without a long part"),
        pytest.param("大学 -入試", ["osaka"], id="without a short part"),
        pytest.param("python -東京", ["latin"], id="word without a part"),
        pytest.param("after:2024 -東京大学", ["khmer", "latin", "thai"], id="filter without a part"),
        pytest.param("_点", ["tokyo"], id="signs of LIKE mean themselves"),
        pytest.param("0%_点", ["tokyo"], id="and in long parts"),
        pytest.param("%点", [], id="no wildcard at all"),
        pytest.param("%東", [], id="no wildcard"),
        pytest.param("_京", [], id="no wildcard either"),
        pytest.param("author:田中", ["tokyo"], id="author by two characters"),
        pytest.param("author:田中一郎 東京大学", ["tokyo"], id="author by four"),
        pytest.param("author:สมชาย", ["thai"], id="Thai author"),
        pytest.param("author:東京", [], id="author is not the title"),
        pytest.param("site:shinbun.jp 東京", ["tokyo"], id="filter on a short part"),
        pytest.param("-site:shinbun.jp 東京大学", ["osaka"], id="filter on a long part"),
    ],
)
def test_scripts_without_spaces_are_found_by_parts(eastern: Database, query: str, ids: list[str]) -> None:
    assert found(eastern, query) == ids


@pytest.mark.parametrize("query", ["東京", "東京大学", "ไทย", "python 東京大学", "-東京 after:2024", "author:田中"])
def test_older_database_finds_such_text_by_words_only(query: str) -> None:
    with closing(searched_database(trigrams=False)) as db:
        put_article(db, "a", title="東京 大学", text="東京大学の入試")
        assert search(db, query) == search(db, query, limit=5)
        assert found(db, "東京") == ["a"]


@pytest.mark.parametrize(
    "query", ["", " ", '"', '""', "*", "...", "-", "\x00", "\u0301", '"..." ?*', "🙂", "-x", "gone:x"]
)
def test_query_without_a_word_finds_nothing(latin: Database, query: str) -> None:
    assert search(latin, query) == []


def test_snippet_marks_what_was_found(latin: Database) -> None:
    (hit,) = search(latin, "raised", scope="articles")
    assert f"Workers {MARK_START}raised{MARK_END} it" in hit.snippet
    assert len(hit.snippet) < 300


def test_marks_in_the_text_itself_cannot_pass_for_ours(db: Database) -> None:
    load(db, article(1, comment(f"a {MARK_END}hoist{MARK_START} b", id_="c1")))
    (hit,) = search(db, "hoist", scope="comments")
    assert hit.snippet == f"a {MARK_START}hoist{MARK_END} b"


def test_hit_says_where_it_is_from(latin: Database) -> None:
    (hit,) = search(latin, "night")
    assert (hit.kind, hit.id, hit.article_id) == ("comment", "c2", "harbour")
    assert (hit.title, hit.author, hit.rank) == (HOIST, "veth", 1.0)
    assert hit.url == hit.article_url == "https://example.org/harbour/"
    assert hit.first_seen == hit.last_seen == "2024-05-01T12:00:00.000000Z"
    assert (hit.state, hit.gone_since) == ("live", None)
    assert search(latin, "harbour")[0].author == "Jane Doe"


def test_best_of_both_kinds_come_first(latin: Database) -> None:
    hits = search(latin, "hoist")
    assert [(hit.kind, hit.title) for hit in hits] == [("article", HOIST), ("comment", HOIST), ("article", "Weather")]
    assert [hit.rank for hit in hits] == sorted((hit.rank for hit in hits), reverse=True)


@pytest.mark.parametrize("query", ["hoist", "東京", "東京大学", "python", "after:2024"])
def test_pages_of_hits_join_without_gap(query: str) -> None:
    with closing(searched_database()) as db:
        for number in range(5):
            text = f"hoist {'python ' * number} 東京大学{'pythonの' * (5 - number)}"
            put_article(db, f"a{number}", title="東京大学" * number, text=text)
            put_comment(db, f"c{number}", "a0", text=text)
        hits = search(db, query, limit=20)
        assert len(hits) == 10
        for size in (1, 3):
            pages = [search(db, query, limit=size, offset=offset) for offset in range(0, 12, size)]
            assert [hit.id for page in pages for hit in page] == [hit.id for hit in hits]
        assert search(db, query, offset=10) == search(db, query, limit=0) == []


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


_QUERY_TEXT = st.lists(
    st.sampled_from(
        [
            "site:",
            "author:",
            "after:",
            "before:",
            "gone:",
            "-",
            '"',
            "*",
            " ",
            "2024",
            "yes",
            "a",
            "漢",
            "漢字東",
            "%",
            "[",
        ]
    )
    | st.text(st.sampled_from('ab "*^:()-+{}.,AND OR NOT NEAR\x00\ud800é漢ไ?[]%_\\'), max_size=10)
    | st.text(max_size=10),
    max_size=12,
).map("".join)


@settings(max_examples=40, deadline=None)
@given(queries=st.lists(_QUERY_TEXT, min_size=1, max_size=20))
def test_no_query_raises(queries: list[str]) -> None:
    with closing(searched_database()) as db, closing(searched_database(trigrams=False)) as older:
        for one in (db, older):
            put_article(one, "x", title="a b é 漢字東", text="a漢字", authors='["a"]')
            put_comment(one, "c", "x", text="a b é 漢ไทย")
            for query in queries:
                search(one, query)


@pytest.mark.parametrize("trigrams", [False, True])
@pytest.mark.parametrize(
    "query",
    [
        pytest.param("a " * 10_000, id="many words"),
        pytest.param("漢 " * 10_000, id="many parts"),
        pytest.param("漢 " + "a " * 10_000, id="part and words"),
        pytest.param('"' * 100_001, id="quotes"),
        pytest.param("漢 " + "*[?%_\\a" * 30_000, id="long word"),
        pytest.param("漢" * 100_000, id="long part"),
        pytest.param('"漢 ' + "a " * 30_000, id="long phrase"),
        pytest.param("-a " * 10_000 + "x", id="much left out"),
        pytest.param("site:a " * 10_000, id="many sites"),
        pytest.param("author:a " * 10_000, id="many authors"),
        pytest.param(f"site:{'a.' * 50_000} x", id="long host"),
    ],
)
def test_very_long_query_is_cut(query: str, *, trigrams: bool) -> None:
    with closing(searched_database(trigrams=trigrams)) as db:
        put_article(db, "x", title="漢字")
        search(db, query)
    assert len(parse(query).terms) <= MOST_TERMS


def test_database_without_any_row_answers() -> None:
    with closing(memory_database()) as db:
        assert search(db, "hoist 漢字 site:a after:2024") == search(db, "gone:yes site:a") == []
