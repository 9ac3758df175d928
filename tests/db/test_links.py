"""Redirects: which article a capture belongs to, and what other URLs an article answers to."""

from dataclasses import replace
from itertools import pairwise, permutations

import pytest
from sqlite_utils import Database

from db.facts import CaptureFacts
from db.ids import page_id
from db.load import load, load_many
from db.read import find_article
from db.sql import rows
from tests.db.histories import article, comment, dump, error, memory_database, redirect, row

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


TEXT = (
    "The hoist stands in the yard since the spring of that year, and nobody of those who work there has been told "
    "what is to become of it when the rails are taken away."
)
OTHER_TEXT = (
    "A storm came over the coast at night; two boats were lost, their crews reached the shore, and by morning only "
    "planks and a broken mast told the village how near it had been."
)
ONE_ID, OTHER_ID = sorted((page_id(A), page_id(B)))


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_redirect_to_another_form_of_the_page_leads_nowhere_new(db: Database, order: tuple[int, ...]) -> None:
    """To https, say: what the page redirects to beside that counts, though the other one is newer."""
    http = A.replace("https", "http")
    facts = (redirect(2, B, url=A), article(2, url=B), redirect(3, A, url=http))
    for index in order:
        load(db, facts[index])
    assert set(article_ids(db).values()) == {page_id(B)}
    assert aliases(db)[A if A in aliases(db) else http] == page_id(B)
    assert find_article(db, http)["id"] == page_id(B)


def test_article_whose_http_address_redirects_to_https_is_live(db: Database) -> None:
    load_many(db, [article(1, url=A), redirect(2, A, url=A.replace("https", "http"))])
    assert [(found["state"], found["capture_count"]) for found in rows(db, "SELECT * FROM articles")] == [("live", 1)]
    assert set(article_ids(db).values()) == {page_id(A)}


def claiming(day: int, canonical: str, *, url: str, text: str = TEXT) -> CaptureFacts:
    return replace(article(day, url=url, text=text), canonical_url=canonical)


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_article_that_moved_with_its_text_is_one(db: Database, order: tuple[int, ...]) -> None:
    facts = (
        article(1, comment("first", id_="c1"), url=A, text=TEXT),
        redirect(2, B, url=A),
        article(3, url=B, title="Moved", text=TEXT),
    )
    for index in order:
        load(db, facts[index])
    assert article_ids(db) == {A: ONE_ID, B: ONE_ID}
    other = A if page_id(A) == OTHER_ID else B
    assert aliases(db) == {other: ONE_ID, OTHER_ID: ONE_ID}
    assert [found["url"] for found in rows(db, "SELECT url FROM articles")] == [B]
    assert [found["number"] for found in rows(db, "SELECT number FROM revisions ORDER BY number")] == [1, 2]
    assert [found["state"] for found in rows(db, "SELECT state FROM comments")] == ["gone"]


def test_article_that_redirects_to_another_one_is_another(db: Database) -> None:
    load_many(db, [article(1, url=A, text=TEXT), redirect(2, B, url=A), article(3, url=B, text=OTHER_TEXT)])
    assert aliases(db) == {}
    assert article_ids(db) == {A: page_id(A), B: page_id(B)}
    assert [found["state"] for found in rows(db, "SELECT state FROM articles ORDER BY url")] == ["moved", "live"]


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_moved_by_way_of_a_page_that_only_redirects(db: Database, order: tuple[int, ...]) -> None:
    facts = [
        [article(1, url=A, text=TEXT), redirect(2, C, url=A)],
        [redirect(3, B, url=C)],
        [article(4, url=B, text=TEXT)],
    ]
    for index in order:
        load_many(db, facts[index])
    assert set(article_ids(db).values()) == {ONE_ID}


def test_articles_part_again_when_a_redirect_turns_out_to_be_none(db: Database) -> None:
    load_many(db, [article(1, url=A, text=TEXT), redirect(2, B, url=A), article(3, url=B, text=TEXT)])
    load(db, CaptureFacts(capture=replace(redirect(2, B, url=A).capture, verdict="error page", redirect_url=None)))
    assert article_ids(db) == {A: page_id(A), B: page_id(B)}
    assert aliases(db) == {}


CANONICAL: dict[str, tuple[list[CaptureFacts], dict[str, str | None], dict[str, str]]] = {
    "of a page with the same text": (
        [claiming(1, B, url=A), article(2, url=B, text=TEXT)],
        {A: ONE_ID, B: ONE_ID},
        {(A if page_id(A) == OTHER_ID else B): ONE_ID, OTHER_ID: ONE_ID},
    ),
    "of a page with another text": (
        [claiming(1, B, url=A), article(2, url=B, text=OTHER_TEXT)],
        {A: page_id(A), B: page_id(B)},
        {},
    ),
    "of a page nobody captured": ([claiming(1, B, url=A)], {A: page_id(A)}, {B: page_id(A)}),
    "of itself": ([claiming(1, f"{A}?utm_source=x", url=A)], {A: page_id(A)}, {}),
    "of the front page": ([claiming(1, "https://example.org/", url=A)], {A: page_id(A)}, {}),
    "two of one": (
        [claiming(1, C, url=A), claiming(1, C, url=B, text=OTHER_TEXT)],
        {A: page_id(A), B: page_id(B)},
        {},
    ),
    "of a page that is an error": (
        [claiming(1, B, url=A), error(2, url=B)],
        {A: page_id(A), B: None},
        {},
    ),
    "withdrawn": ([claiming(1, B, url=A), article(1, url=A)], {A: page_id(A)}, {}),
}


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize(("facts", "ids", "names"), CANONICAL.values(), ids=CANONICAL)
def test_canonical_claim(
    db: Database, facts: list[CaptureFacts], ids: dict[str, str | None], names: dict[str, str], *, reverse: bool
) -> None:
    if reverse and facts[0].capture.record_id == facts[-1].capture.record_id:
        return  # the same capture: what was said last counts
    for one in reversed(facts) if reverse else facts:
        load(db, one)
    assert article_ids(db) == ids
    assert aliases(db) == names


def test_claimed_url_finds_the_article(db: Database) -> None:
    load(db, claiming(1, B, url=A))
    assert find_article(db, B)["url"] == A
    assert find_article(db, B.replace("https", "http"))["url"] == A


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
