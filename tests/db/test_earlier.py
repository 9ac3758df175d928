"""Databases of earlier schema versions: all that they held is read back, and is there after the migration."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlite_utils import Database

from db import frontier
from db.earlier import drop_set_aside, facts_set_aside, set_aside
from db.facts import CaptureFacts
from db.frontier import discover, rekey
from db.ids import page_id
from db.load import load_many
from db.rebuild import differences
from db.schema import migrate, open_database
from db.sql import rows, writing
from tests.db import earlier
from tests.db.histories import at, loose_keys, memory_database


@pytest.fixture(params=earlier.VERSIONS)
def version(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def old(version: str, tmp_path: Path) -> Iterator[Database]:
    """A database of that version, not migrated."""
    with closing(Database(earlier.database(version, tmp_path / "archive.db"), execute_plugins=False)) as db:
        db.conn.execute("PRAGMA foreign_keys = ON")
        yield db


def known(facts: CaptureFacts) -> CaptureFacts:
    """As a database of before step 0003 knows it, marked as that."""
    capture = facts.capture
    if facts.article is None or capture.extractor is None:
        return replace(facts, claimed_comments=None, complete=None, comments=())
    return replace(facts, capture=replace(capture, extractor=f"{capture.extractor} (schema 0002)"))


def test_facts_are_read_back_as_they_were_loaded(old: Database, version: str) -> None:
    with writing(old):
        set_aside(old)
        found = list(facts_set_aside(old))
    expected = {one.capture.record_id: known(one) for one in earlier.facts(version)}
    assert len(found) == len(expected)
    assert {one.capture.record_id: one for one in found} == expected
    pages = [one.capture.url for one in found]
    assert pages == sorted(pages, key=pages.index), "all captures of a page together"


def test_old_tables_stay_whole_while_they_are_set_aside_and_leave_nothing(old: Database) -> None:
    operational = {"_sqlite_migrations", "sources", "crawls", "pages", "failures"}
    with writing(old):
        set_aside(old)
        assert loose_keys(old) == []
        assert old.triggers == []
        drop_set_aside(old)
    assert set(old.table_names()) == operational
    assert old.conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_migrated_database_is_what_loading_the_same_facts_gives(old: Database, version: str) -> None:
    migrate(old)
    assert loose_keys(old) == []
    assert old.conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with closing(memory_database()) as fresh:
        load_many(fresh, map(known, earlier.facts(version)))
        assert differences(old, fresh) == []
        schemas = [
            sorted(map(str, db.conn.execute("SELECT type, name, sql FROM sqlite_master"))) for db in (old, fresh)
        ]
        assert schemas[0] == schemas[1]


def test_operational_rows_are_kept(old: Database) -> None:
    tables = ("sources", "crawls", "failures")
    before = {table: list(old.table(table).rows) for table in tables}
    assert all(before.values())
    migrate(old)
    assert {table: list(old.table(table).rows) for table in tables} == before
    assert all(row["page_id"] == page_id(str(row["url"])) for row in old.table("pages").rows)


def test_pages_that_have_become_one_are_merged(live: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frontier, "page_id", str)
    discover(live, ["https://a.example/x", "https://b.example/"], source="late", now=at(3))
    discover(live, ["http://a.example/x"], source="early", now=at(1))
    discover(live, ["https://a.example/x/amp"], source="amp", now=at(4))
    with live.atomic():
        live.conn.execute(
            "UPDATE pages SET due_at = NULL, why = NULL, last_captured = ? WHERE url LIKE 'http:%'",
            [at(5)],
        )
        live.conn.execute("UPDATE pages SET due_at = ?, why = 'interval' WHERE url LIKE '%amp'", [at(9)])
        live.conn.execute(
            "UPDATE pages SET due_at = ?, lease_until = ? WHERE url = 'https://a.example/x'", [at(7), at(8)]
        )

    def without_scheme_and_form(url: str) -> str:
        return url.partition("://")[2].removesuffix("/amp")

    monkeypatch.setattr(frontier, "page_id", without_scheme_and_form)
    for _ in range(2):
        with writing(live):
            rekey(live)
        one, other = rows(live, "SELECT * FROM pages ORDER BY page_id")
        assert one == {
            "page_id": "a.example/x",
            "url": "http://a.example/x",
            "host": "a.example",
            "source": "early",
            "discovered_at": at(1),
            "last_captured": at(5),
            "due_at": at(7),
            "why": "new",
            "lease_until": at(8),
        }
        assert (other["page_id"], other["url"]) == ("b.example/", "https://b.example/")


def test_a_page_takes_the_id_that_another_one_had(live: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    discover(live, ["https://a.example/", "https://b.example/"], source=None, now=at(1))
    ids = {"https://a.example/": page_id("https://b.example/"), "https://b.example/": page_id("https://a.example/")}
    monkeypatch.setattr(frontier, "page_id", ids.__getitem__)
    with writing(live):
        rekey(live)
    assert {row["url"]: row["page_id"] for row in live.table("pages").rows} == ids


def test_old_database_opened_knows_article_and_thread(version: str, tmp_path: Path) -> None:
    with closing(open_database(earlier.database(version, tmp_path / "archive.db"))) as db:
        [article] = rows(db, "SELECT * FROM articles WHERE url LIKE '%library%'")
        assert (article["state"], article["revision_count"], article["comment_count"]) == ("live", 2, 4)
        states = {row["native_id"]: row["state"] for row in rows(db, "SELECT * FROM comments")}
        assert states["comment-1001"] == "live"
        assert states["comment-1003"] == "gone"
        assert states["comment-1012"] == "gone"
        [alias] = rows(db, "SELECT * FROM aliases WHERE alias LIKE '%/old-library%'")
        assert alias["article_id"] == article["id"]
