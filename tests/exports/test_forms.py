"""What every format has to hold: all rows of the archive, nothing else, the same bytes each time."""

import csv
import json
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from archiver.exports.json_lines import as_object
from archiver.exports.tables_csv import read_cell
from db.export import Scope
from db.exported import COLUMNS, RECORD, ExportedArticle, ExportedRow, count_articles, exported_articles
from db.facts import CaptureFacts
from db.load import load_many
from db.times import parsed_time
from db.withheld import withhold
from db.withholding import resolve
from tests.db.histories import captures, memory_database
from tests.exports import golden
from tests.exports.made import FORMS, exported, files, filled

Tables = dict[str, list[ExportedRow]]


def tables_of(articles: Iterable[ExportedArticle]) -> Tables:
    found: Tables = {table: [] for table in COLUMNS}
    for one in articles:
        for table, rows in one.tables():
            found[table] += rows
    return found


def read_json_lines(folder: Path) -> Tables:
    """The tables again, from the lines: what stands once in a line is put back into its rows."""
    found: Tables = {table: [] for table in COLUMNS}
    for line in (folder / "articles.jsonl").read_text(encoding="utf-8").split("\n")[:-1]:
        one = json.loads(line)
        article_id = one["id"]
        found["captures"] += [row | {"article_id": article_id} for row in one["captures"]]
        by_id = {row["id"]: row for row in one["captures"]}

        def whole(row: dict[str, Any], table: str, by_id: dict[str, Any] = by_id, **added: str) -> ExportedRow:
            record = {name: by_id.get(row["capture_id"], {}).get(name) for name in RECORD if name != "capture_id"}
            return {name: (row | record | added)[name] for name in COLUMNS[table]}

        found["articles"].append(whole(one, "articles"))
        found["revisions"] += [whole(row, "revisions", article_id=article_id) for row in one["revisions"]]
        for row in one["comments"]:
            found["comments"].append(whole(row, "comments", article_id=article_id))
            for table, inner in (("comment_versions", "versions"), ("absences", "absences")):
                found[table] += [whole(part, table, article_id=article_id, comment_id=row["id"]) for part in row[inner]]
    return found


def read_csv(folder: Path, *, raw: bool = False) -> Tables:
    found: Tables = {}
    for table, columns in COLUMNS.items():
        with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
            rows = csv.DictReader(stream)
            found[table] = [
                {name: read_cell(row[name], kind, raw=raw) for name, kind in columns.items()} for row in rows
            ]
            assert rows.fieldnames == list(columns)
    return found


def read_parquet(folder: Path) -> Tables:
    found: Tables = {}
    for table, columns in COLUMNS.items():
        found[table] = parquet.read_table(folder / f"{table}.parquet").to_pylist()
        for row in found[table]:
            for name, kind in columns.items():
                if kind == "object" and row[name] is not None:
                    row[name] = dict(row[name])
    return found


def as_parquet(tables: Tables) -> Tables:
    return {
        table: [
            {
                name: parsed_time(value) if COLUMNS[table][name] == "time" and value is not None else value
                for name, value in row.items()
            }
            for row in rows
        ]
        for table, rows in tables.items()
    }


def as_csv(tables: Tables) -> Tables:
    """An empty text is no value there."""
    return {
        table: [{name: None if value == "" else value for name, value in row.items()} for row in rows]
        for table, rows in tables.items()
    }


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("exports")


def written(place: Path, form: str, articles: Iterable[ExportedArticle]) -> Path:
    folder = place / f"{form}-{len(list(place.iterdir()))}"
    folder.mkdir()
    FORMS[form](articles, folder)
    return folder


@settings(deadline=None, max_examples=20)
@given(facts=captures())
def test_what_is_exported_reads_back_equal(place: Path, facts: list[CaptureFacts]) -> None:
    articles = exported(facts)
    tables = tables_of(articles)
    assert read_json_lines(written(place, "jsonl", articles)) == tables
    assert read_csv(written(place, "csv", articles)) == as_csv(tables)
    assert read_csv(written(place, "csv, raw", articles), raw=True) == as_csv(tables)
    assert read_parquet(written(place, "parquet", articles)) == as_parquet(tables)


@settings(deadline=None, max_examples=40)
@given(facts=captures(), data=st.data())
def test_all_rows_that_may_be_shown_are_exported_once(facts: list[CaptureFacts], data: st.DataObject) -> None:
    with closing(memory_database()) as db:
        load_many(db, facts)
        names = [str(row["id"]) for table in ("articles", "comments") for row in db[table].rows]
        withhold(db, resolve(db, data.draw(st.sets(st.sampled_from(names), max_size=3)) if names else ()).ids)
        articles = list(exported_articles(db, Scope()))
        found = tables_of(articles)
        assert count_articles(db, Scope()) == len(articles)
        hidden = "IN (SELECT id FROM temp.withheld)"
        for table, key, where in (
            ("articles", ("id",), f"id NOT {hidden}"),
            ("comments", ("id",), f"id NOT {hidden}"),
            ("revisions", ("article_id", "number"), f"article_id NOT {hidden}"),
            ("comment_versions", ("comment_id", "number"), f"comment_id NOT {hidden}"),
            ("absences", ("comment_id", "number"), f"comment_id NOT {hidden}"),
            ("captures", ("id",), f"article_id IS NOT NULL AND article_id NOT {hidden}"),
        ):
            columns = ", ".join(key)
            rows = db.conn.execute(f"SELECT {columns} FROM {table} WHERE {where}")  # noqa: S608 - names of ours
            assert sorted(rows) == sorted(tuple(row[name] for name in key) for row in found[table]), table


@pytest.mark.parametrize("form", FORMS)
def test_same_archive_gives_the_same_bytes(place: Path, form: str) -> None:
    assert files(written(place, form, exported())) == files(written(place, form, exported()))


@pytest.mark.parametrize("form", golden.TEXT_FORMS)
def test_export_is_as_it_was_approved(place: Path, form: str) -> None:
    made, approved = files(written(place, form, exported())), files(golden.GOLDEN / form)
    assert made.keys() == approved.keys()
    for name, content in made.items():
        assert content.decode() == approved[name].decode(), name


def test_each_row_names_its_record() -> None:
    for table, rows in tables_of(exported()).items():
        assert rows, table
        for row in rows:
            assert row["record_id"], (table, row)
            assert row["warc_file"] == "a.warc.gz"
            assert row["warc_length"] == 999


def test_typed_columns_of_parquet(place: Path) -> None:
    schema = parquet.read_table(written(place, "parquet", exported()) / "articles.parquet").schema
    types = {field.name: str(field.type) for field in schema}
    assert types["first_captured"] == "timestamp[us, tz=UTC]"
    assert types["word_count"] == "int64"
    assert types["authors"].startswith("list<")
    assert types["origins"].startswith("map<string, string")
    assert types["published"] == "string"


def test_large_tables_are_written_in_parts(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archiver.exports.tables_parquet._MOST_ROWS", 2)
    articles = exported()
    assert read_parquet(written(place, "parquet", articles)) == as_parquet(tables_of(articles))


@pytest.mark.parametrize(
    ("scope", "count"),
    [
        (Scope(), 2),
        (Scope(since="2024-05-02T00:00:00.000000Z"), 1),
        (Scope(since="2024-05-05T00:00:00.000000Z"), 0),
        (Scope(source="nobody"), 0),
    ],
    ids=["all", "since", "since later", "source"],
)
def test_articles_of_a_scope_are_whole(scope: Scope, count: int) -> None:
    with closing(filled()) as db:
        articles = list(exported_articles(db, scope))
        everything = {one.article["id"]: one for one in exported_articles(db, Scope())}
        assert count_articles(db, scope) == len(articles) == count
        assert all(one == everything[one.article["id"]] for one in articles)


def test_articles_come_one_after_the_other() -> None:
    """A reader that stops after the first has not made the second."""
    with closing(filled()) as db:
        asked: list[str] = []
        db.conn.set_trace_callback(asked.append)
        articles = exported_articles(db, Scope())
        next(articles)
        db.conn.set_trace_callback(None)
        assert sum("FROM revisions" in one for one in asked) == 1
        assert as_object(next(articles))["comments"]


def test_no_table_is_gone_through_for_one_article() -> None:
    with closing(filled()) as db:
        asked: list[str] = []
        db.conn.set_trace_callback(asked.append)
        assert len(list(exported_articles(db, Scope()))) == 2
        db.conn.set_trace_callback(None)
        of_one = [sql for sql in asked if sql.startswith("SELECT") and "FROM articles WHERE" not in sql]
        plans = {sql: [str(row[3]) for row in db.conn.execute(f"EXPLAIN QUERY PLAN {sql}")] for sql in of_one}
        assert len(plans) > 8
        tables = ("captures", "articles", "states", "comments", "comment_texts", "absences")
        for sql, steps in plans.items():
            assert not [step for step in steps if step.startswith(tuple(f"SCAN {table}" for table in tables))], sql
