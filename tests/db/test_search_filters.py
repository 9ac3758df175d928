"""Filters of searches: what they leave, in which order; and what is withheld whatever is asked."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from sqlite_utils import Database

from db import matching
from db.search import search
from db.withheld import withhold
from tests.db.searched import found, put_article, put_comment, searched_database


@pytest.fixture(scope="module")
def dated() -> Iterator[Database]:
    """Articles a to e and comments under them, each from another time."""
    with closing(searched_database()) as db:
        for number, (id_, published, url, site, state) in enumerate(
            (
                ("a", "2024-05-03T23:30:00-08:00", "https://example.org/1/", "The Example", "live"),
                ("b", "2024-05-03", "https://news.example.org:8080/2/", None, "404"),
                ("c", "2024-05", "http://other.example.com/3/", "Ünited", "moved"),
                ("d", "2024", "https://notexample.org/4/", "example.com", "soft 404"),
                ("e", None, "urn:sha256:abc", None, "410"),
            )
        ):
            put_article(db, id_, published=published, url=url, site=site, state=state, text="hoist")
            gone = "2024-06-01T00:00:00.000000Z" if id_ in "ad" else None
            put_comment(db, f"{id_}1", id_, published=published, text="hoist", gone_since=gone, position=number)
        yield db


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        pytest.param("after:2024-05-03", "ab", id="day belongs to it, as the site writes it"),
        pytest.param("after:2024-05-04", "", id="zone does not count"),
        pytest.param("before:2024-05-03", "cde", id="day does not belong to it"),
        pytest.param("before:2024-05-04 after:2024-05-02", "ab", id="between"),
        pytest.param("after:2024-05", "abce", id="month counts as its first day"),
        pytest.param("after:2024-05-01", "abce", id="the same day"),
        pytest.param("after:2024-05-02", "ab", id="first capture where the site says nothing"),
        pytest.param("before:2024-05", "d", id="before a month"),
        pytest.param("after:2024", "abcde", id="year counts as its first day"),
        pytest.param("after:2024-01-01", "abcde", id="the same day of a year"),
        pytest.param("before:2024", "", id="before a year"),
        pytest.param("site:example.org", "ab", id="host and what is under it"),
        pytest.param("site:EXAMPLE.ORG", "ab", id="case of hosts"),
        pytest.param("site:news.example.org", "b", id="port does not count"),
        pytest.param("site:news.example.org:8080", "b", id="port can be named"),
        pytest.param("site:https://news.example.org:8080/2/", "b", id="address for a host"),
        pytest.param("site:example.com", "cd", id="host of one, name of another"),
        pytest.param('site:"the EXAMPLE"', "a", id="name of a site"),
        pytest.param("site:üNITED", "c", id="name of a site beyond ASCII"),
        pytest.param("site:org", "abd", id="domain of domains"),
        pytest.param("site:ample.org", "", id="no part of a name"),
        pytest.param("site:%", "", id="no wildcard"),
        pytest.param("site:example.org site:united site:example.com", "abcd", id="any of several"),
        pytest.param("-site:example.org after:2024", "cde", id="all but a site"),
        pytest.param("site:org -site:example.org", "d", id="site without another"),
        pytest.param("site:urn", "", id="no host"),
        pytest.param("site:example.org after:2024-05-03 hoist", "ab", id="with a word"),
        pytest.param("site:example.com -hoist", "", id="without a word"),
    ],
)
@pytest.mark.parametrize("few", [matching._FEW, 0], ids=["site leads", "date leads"])
def test_filters_leave(dated: Database, monkeypatch: pytest.MonkeyPatch, query: str, ids: str, *, few: int) -> None:
    monkeypatch.setattr(matching, "_FEW", few)
    for scope, suffix in (("articles", ""), ("comments", "1")):
        hits = found(dated, query, "articles" if scope == "articles" else "comments")
        assert sorted(hits) == [f"{one}{suffix}" for one in ids]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("gone:yes", ["e", "b", "d", "a1", "d1"]),
        ("gone:no", ["a", "b1", "e1", "c", "c1"]),
        ("gone:yes hoist", ["b", "d", "e", "a1", "d1"]),
        ("gone:no hoist site:example.org", ["a", "b1"]),
        ("gone:yes before:2024-05-02 site:example.com", ["d", "d1"]),
    ],
)
def test_gone_is_what_was_seen_to_be_gone(dated: Database, query: str, ids: list[str]) -> None:
    assert sorted(found(dated, query)) == sorted(ids)


def test_filters_alone_list_the_newest_first(dated: Database) -> None:
    hits = search(dated, "after:2024", scope="articles")
    assert [hit.id for hit in hits] == ["a", "b", "e", "c", "d"]
    assert {hit.rank for hit in hits} == {1.0}
    assert {hit.snippet for hit in hits} == {"hoist"}
    both = search(dated, "after:2024", limit=3)
    assert [hit.id for hit in both] == ["a", "a1", "b"]
    assert [search(dated, "after:2024", limit=1, offset=at)[0] for at in range(3)] == both
    put = [hit.id for hit in search(dated, "-author:nobody site:example.org", scope="comments")]
    assert put == ["a1", "b1"]


@pytest.mark.parametrize(
    "query", ["hoist", "東京", "東京大学", "after:2024", "site:example.org", "author:kim", "gone:no"]
)
@pytest.mark.parametrize(
    ("ids", "left"),
    [((), ["a", "a1", "b", "b1"]), (("a",), ["b", "b1"]), (("a1", "b1"), ["a", "b"]), (("a", "b"), [])],
    ids=["nothing", "article with its comments", "comments", "all"],
)
def test_withheld_is_never_found(query: str, ids: tuple[str, ...], left: list[str]) -> None:
    with closing(searched_database()) as db:
        for id_ in ("a", "b"):
            put_article(db, id_, text="hoist 東京大学", authors='["Kim"]')
            put_comment(db, f"{id_}1", id_, text="hoist 東京大学", author="Kim")
        withhold(db, ids)
        assert sorted(found(db, query)) == left


def test_hit_says_since_when_it_is_gone(dated: Database) -> None:
    (hit,) = search(dated, "hoist gone:yes before:2024-05", scope="comments")
    assert (hit.id, hit.gone_since) == ("d1", "2024-06-01T00:00:00.000000Z")
