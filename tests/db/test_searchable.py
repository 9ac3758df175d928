"""The indexes of search: what they hold, that every change reaches them, that nothing loses them silently."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from db.derived import make_derived
from db.matching import matches
from db.query import parse
from db.scripts import ends_in_hangul, is_unspaced, unspaced_sql
from db.search import search
from db.searchable import SEARCHED, make_search_indexes
from db.sql import writing
from db.withheld import prepare
from tests.db.searched import found, put_article, put_comment, searched_database

_RARE = re.compile("[\u3005-\u3007\u3400-\u3fff\uf900-\ufaff\U00020000-\U000323af]")
"""Rare Han and signs: parts of a query, but no text is made up of them alone."""


@pytest.fixture
def db() -> Iterator[Database]:
    with closing(searched_database()) as database:
        yield database


def held(db: Database, table: str) -> list[int]:
    """The rows that the index of trigrams holds."""
    return [row[0] for row in db.conn.execute(f"SELECT id FROM {table}_trigram_docsize ORDER BY id")]  # noqa: S608


def indexes_are_whole(db: Database) -> bool:
    """Words: as SQLite compares them with the rows. Trigrams hold a part of the rows: compared with a new index."""
    for table, columns in SEARCHED.items():
        with db.atomic():
            db.execute(f"INSERT INTO {table}_fts({table}_fts, rank) VALUES ('integrity-check', 1)")  # noqa: S608
            names = ", ".join(columns)
            rowids = ", ".join(map(str, held(db, table)))
            db.execute(f"CREATE VIRTUAL TABLE temp.whole USING fts5({names}, tokenize='trigram')")
            some = f"SELECT rowid, {names} FROM {table} WHERE rowid IN ({rowids})"  # noqa: S608
            db.execute(f"INSERT INTO whole(rowid, {names}) {some}")
            db.execute(f"CREATE VIRTUAL TABLE temp.kept_terms USING fts5vocab(main, {table}_trigram, instance)")
            db.execute("CREATE VIRTUAL TABLE temp.true_terms USING fts5vocab(temp, whole, instance)")
            kept, true = (
                sorted(db.execute(f"SELECT term, doc, col, offset FROM {name}").fetchall())  # noqa: S608
                for name in ("kept_terms", "true_terms")
            )
            for name in ("kept_terms", "true_terms", "whole"):
                db.execute(f"DROP TABLE temp.{name}")
            wanted = db.execute(
                f"SELECT rowid FROM {table} WHERE {' OR '.join(map(unspaced_sql, columns))} ORDER BY rowid"  # noqa: S608
            ).fetchall()
        if kept != true or [row[0] for row in wanted] != held(db, table):
            return False
    return True


@pytest.mark.parametrize(
    ("text", "held_there"),
    [
        ("hoist", False),
        ("Café “naïve” Ω ёжик", False),
        ("עברית العربية हिन्दी", False),
        ("Tiếng Việt ẞ ქართული", False),
        ("서울에서 ㅋㅋㅋ", False),
        ("🙂 emoji", False),
        ("a 東 b", True),
        ("ひらがな", True),
        ("カタカナ", True),
        ("ｶﾅ", True),
        ("ไทย", True),
        ("ລາວ", True),
        ("ខ្មែរ", True),
        ("မြန်မာ", True),
        ("한국 漢字", True),
    ],
)
def test_index_of_trigrams_holds_scripts_without_spaces(db: Database, text: str, *, held_there: bool) -> None:
    put_comment(db, "c", text=text)
    put_article(db, "a", title=text)
    assert (held(db, "comments"), held(db, "articles")) == (([1], [1]) if held_there else ([], []))
    assert is_unspaced(text) is held_there


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
def test_rows_are_held_where_a_query_looks_for_parts(text: str) -> None:
    text = _RARE.sub("", text)
    with closing(sqlite3.connect(":memory:")) as connection:
        (said,) = connection.execute(f"SELECT {unspaced_sql(':text')}", {"text": text}).fetchone()
    assert said or not is_unspaced(text)


def test_hangul_at_the_end_is_seen() -> None:
    assert ends_in_hangul("the 서울")
    assert not ends_in_hangul("서울 is")


def test_every_change_of_a_row_reaches_the_indexes(db: Database) -> None:
    put_comment(db, "c", text="plain", author="Kim")
    put_article(db, "a", title="東京大学", text="plain")
    changes = (
        "UPDATE comments SET text = '京都大学'",
        "UPDATE comments SET text = '京都大学院', author = NULL",
        "UPDATE comments SET position = 7, author = '山田太郎'",
        "UPDATE comments SET text = 'plain again', author = 'Kim'",
        "UPDATE articles SET title = NULL",
        "UPDATE articles SET text = 'ประเทศไทย'",
        "DELETE FROM articles",
        "DELETE FROM comments",
    )
    for change in changes:
        db.conn.execute(change)
        assert indexes_are_whole(db), change
    assert (held(db, "articles"), held(db, "comments")) == ([], [])


@pytest.mark.parametrize("column", ["position", "last_seen", "gone_since", "state", "likes"])
def test_change_of_what_is_not_searched_indexes_nothing(db: Database, column: str) -> None:
    put_comment(db, "c", text="京都大学")
    before = db.conn.total_changes
    db.conn.execute(f"UPDATE comments SET {column} = {column}")  # noqa: S608
    assert db.conn.total_changes == before + 1


def test_rows_that_are_there_are_indexed() -> None:
    with closing(Database(memory=True, execute_plugins=False)) as db:
        make_derived(db)
        prepare(db)
        put_article(db, "a", title="A hoist", text="東京大学")
        put_article(db, "b", title="A crane")
        for _ in range(2):  # a second time, older ones are replaced
            with writing(db):
                make_search_indexes(db)
            assert (found(db, "hoist"), found(db, "東京大学"), found(db, "crane")) == (["a"], ["a"], ["b"])
        assert indexes_are_whole(db)


def test_indexes_are_made_or_none_is() -> None:
    with closing(Database(memory=True, execute_plugins=False)) as db:
        make_derived(db)
        before = db.schema

        def make_and_stop() -> None:
            with writing(db):
                make_search_indexes(db)
                raise LookupError

        with pytest.raises(LookupError):
            make_and_stop()
        assert db.schema == before


def test_vacuum_keeps_search_right(tmp_path: Path) -> None:
    """SQLite may give new rowids to rows without an integer key, and the indexes know rows by these."""
    path = tmp_path / "archive.db"
    with closing(Database(path, execute_plugins=False)) as db:
        make_derived(db)
        make_search_indexes(db)
        prepare(db)
        for number in range(200):
            put_article(db, f"a{number}", title=f"word{number}", text=f"東京{number}大学")
            put_comment(db, f"c{number}", f"a{number}", text=f"said{number} 京都{number}大学")
        db.conn.execute("DELETE FROM articles WHERE rowid % 3 = 0")
        db.conn.execute("DELETE FROM comments WHERE rowid % 3 = 0 OR rowid < 50")
        db.conn.commit()
        queries = ("word76", "said76", "東京100大学", "京都100大学", "東京", "京都")
        before = [search(db, query) for query in queries]
        size = path.stat().st_size
        db.vacuum()
        assert path.stat().st_size < size
        assert [search(db, query) for query in queries] == before
        assert all(before)
        assert indexes_are_whole(db)


@pytest.mark.parametrize(("table", "column"), [("comments", "likes"), ("articles", "section")])
def test_transform_would_silence_search_and_new_indexes_restore_it(db: Database, table: str, column: str) -> None:
    """sqlite-utils drops the triggers when it transforms a table: what a step of the schema must know."""
    put_article(db, "a")
    triggers = set(db.triggers_dict)
    db.conn.execute("DROP VIEW comment_versions")
    db.conn.execute("DROP VIEW sightings")
    db.conn.execute("DROP VIEW revisions")
    db.table(table).transform(column_order=[column])
    assert set(db.triggers_dict) < triggers
    put_article(db, "b", text="a hoist 東京大学")
    put_comment(db, "c", "b", text="a hoist 東京大学")
    for query in ("hoist", "東京大学"):
        assert search(db, query, scope="comments" if table == "comments" else "articles") == []
    with writing(db):
        make_search_indexes(db)
    assert (
        set(db.triggers_dict)
        == triggers
        == {f"{name}{index}_{when}" for name in SEARCHED for index in ("", "_trigram") for when in ("ai", "ad", "au")}
    )
    for query in ("hoist", "東京大学"):
        assert len(search(db, query)) == 2
    assert indexes_are_whole(db)


@pytest.mark.parametrize("table", SEARCHED)
def test_others_find_the_index_of_words(db: Database, table: str) -> None:
    """sqlite-utils and Datasette search in the one index that they find for a table."""
    assert db.table(table).detect_fts() == f"{table}_fts"


@pytest.mark.parametrize("table", ["articles", "comments"])
@pytest.mark.parametrize(
    ("query", "step", "sorts"),
    [
        pytest.param("hoist", "SCAN {table}_fts VIRTUAL TABLE INDEX 32:", False, id="words come by rank"),
        pytest.param("hoist gone:yes", "SCAN {table}_fts VIRTUAL TABLE INDEX 32:", False, id="words, then a filter"),
        pytest.param(
            "hoist site:a after:2024", "SCAN {table}_fts VIRTUAL TABLE INDEX 32:", False, id="and more filters"
        ),
        pytest.param("hoist -crane", "SCAN {table}_fts VIRTUAL TABLE INDEX 32:", False, id="words but not others"),
        pytest.param("東京大学", "SCAN {table}_trigram VIRTUAL TABLE INDEX 32:", False, id="trigrams come by rank"),
        pytest.param(
            "東京大学 hoist", "SCAN {table}_trigram VIRTUAL TABLE INDEX 32:", False, id="trigrams, then a word"
        ),
        pytest.param("東京", "SCAN held", True, id="short parts in rows with such text"),
        pytest.param("author:smith", "SCAN {table}_fts VIRTUAL TABLE INDEX 0:", True, id="author by index of words"),
        pytest.param("after:2024-05", "SEARCH {table} USING INDEX {table}_date (<expr>>?)", False, id="dates"),
        pytest.param("before:2024", "SEARCH {table} USING INDEX {table}_date (<expr><?)", False, id="dates before"),
        pytest.param("gone:yes", "SCAN {table} USING INDEX {table}_gone", False, id="gone"),
        pytest.param("gone:no", "SCAN {table} USING INDEX {table}_date", False, id="not gone"),
        pytest.param("site:example.org", "SEARCH articles USING INDEX articles_host (<expr>=?)", True, id="site"),
    ],
)
def test_query_is_led_by_an_index(db: Database, table: str, query: str, step: str, *, sorts: bool) -> None:
    put_article(db, "a", title="東")
    put_comment(db, "c", text="東")
    found_by = matches(db, parse(query), "articles" if table == "articles" else "comments", limit=20)
    plan = [row[3] for row in db.conn.execute(f"EXPLAIN QUERY PLAN {found_by.sql}", found_by.values)]
    assert any(one.startswith(step.format(table=table)) for one in plan), plan
    assert ("USE TEMP B-TREE FOR ORDER BY" in plan) is sorts, plan
    others = ("SCAN articles", "SCAN comments")
    assert sum(one in others for one in plan) == 0, plan
