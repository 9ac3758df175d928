"""Redirects: which article a capture belongs to, and what other URLs an article answers to."""

from itertools import pairwise, permutations

import pytest
from sqlite_utils import Database

from db.facts import CaptureFacts
from db.ids import page_id
from db.load import load, load_many
from db.sql import rows
from tests.db.histories import article, dump, error, memory_database, redirect, row

A, B, C = (f"https://example.org/{letter}/" for letter in "abc")


def aliases(db: Database) -> dict[object, object]:
    return {found["alias"]: found["article_id"] for found in rows(db, "SELECT * FROM aliases")}


def article_ids(db: Database) -> dict[object, object]:
    return {found["url"]: found["article_id"] for found in rows(db, "SELECT url, article_id FROM captures")}


CHAIN = (redirect(1, B, url=A), redirect(2, C, url=B), article(3, url=C))


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_redirects_lead_to_the_article_at_their_end(db: Database, order: tuple[int, ...]) -> None:
    for index in order:
        load(db, CHAIN[index])
    assert aliases(db) == {A: page_id(C), B: page_id(C)}
    assert article_ids(db) == dict.fromkeys((A, B, C), page_id(C))


def test_redirects_to_each_other_lead_nowhere(db: Database) -> None:
    load_many(db, [redirect(1, B, url=A), redirect(2, A, url=B), redirect(3, C, url=C)])
    assert aliases(db) == {}
    assert set(article_ids(db).values()) == {None}


def test_redirect_to_no_article_is_no_alias(db: Database) -> None:
    load_many(db, [redirect(1, B, url=A), error(2, url=B)])
    assert aliases(db) == {}


def test_newest_redirect_of_a_page_is_its_alias(db: Database) -> None:
    facts = [article(1, url=B), article(1, url=C), redirect(3, C, url=A, name="new"), redirect(2, B, url=A, name="old")]
    load_many(db, facts)
    assert aliases(db) == {A: page_id(C)}
    belongs = {
        found["captured_at"]: found["article_id"] for found in rows(db, "SELECT * FROM captures WHERE url = ?", [A])
    }
    assert list(belongs.values()).count(page_id(B)) == 1


def test_alias_follows_a_newer_redirect(db: Database) -> None:
    load_many(db, [article(1, url=B), article(1, url=C), redirect(2, B, url=A)])
    assert aliases(db) == {A: page_id(B)}
    load(db, redirect(3, C, url=A))
    assert aliases(db) == {A: page_id(C)}


def test_moved_article_stays_an_article(db: Database) -> None:
    load_many(db, [article(1, url=A), redirect(2, B, url=A), article(3, url=B)])
    assert aliases(db) == {}
    assert article_ids(db) == {A: page_id(A), B: page_id(B)}
    assert [found["state"] for found in rows(db, "SELECT state FROM articles ORDER BY url")] == ["moved", "live"]


def test_alias_goes_when_its_target_turns_out_to_be_no_article(db: Database) -> None:
    load_many(db, CHAIN)
    load(db, CaptureFacts(capture=row(3, url=C, verdict="index page")))
    assert aliases(db) == {}
    assert set(article_ids(db).values()) == {None}


def test_redirect_to_another_form_of_its_own_url_changes_nothing(db: Database) -> None:
    load_many(db, [redirect(1, A, url=f"{A}?utm_source=feed"), article(2, url=A)])
    assert aliases(db) == {}
    assert set(article_ids(db).values()) == {page_id(A)}


def test_long_chain_is_followed(db: Database) -> None:
    urls = [f"https://example.org/{number}/" for number in range(300)]
    load_many(db, [redirect(1, after, url=url) for url, after in pairwise(urls)])
    load(db, article(2, url=urls[-1]))
    assert set(aliases(db).values()) == {page_id(urls[-1])}
    assert len(aliases(db)) == 299


def test_error_captures_of_an_article_belong_to_it_in_either_order() -> None:
    dumps = []
    for facts in ([article(1, url=A), error(2, url=A)], [error(2, url=A), article(1, url=A)]):
        with memory_database() as db:
            for one in facts:
                load(db, one)
            assert article_ids(db) == {A: page_id(A)}
            dumps.append(dump(db))
    assert dumps[0] == dumps[1]
