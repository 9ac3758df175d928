"""Search against a model that reads every row: nothing is missed, nothing else is found, nothing is withheld."""

import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from db.query import Query, Term, parse
from db.scripts import UNSPACED, is_unspaced
from db.search import MARK_END, MARK_START, search
from db.withheld import prepare, withhold
from tests.db.searched import found, put_article, put_comment, searched_database

law = settings(max_examples=50, deadline=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """An article or a comment, as the model sees it. ``columns``: searched texts, the author's first."""

    id: str
    columns: tuple[str, ...]
    date: str
    host: str
    site: str
    gone: bool
    withheld: bool


@dataclass(slots=True)
class Archive:
    db: Database
    stored: list[Stored] = field(default_factory=list[Stored])


@pytest.fixture(scope="module")
def empty() -> Iterator[Database]:
    with closing(searched_database()) as db:
        yield db


# Words whose stem they are; pieces that meet inside of words and at their ends.
_PIECES = (
    "zork",
    "quux",
    "zorkquux",
    "blip",
    "東京",
    "東",
    "京都",
    "大学院",
    "ไทย",
    "서울",
    "서울에서",
    "à",
    "100%",
    " ",
    " ",
    ". ",
)
_TEXTS = st.lists(st.sampled_from(_PIECES), max_size=7).map("".join)
_NAMES = st.sampled_from(("zork", "quux blip", "東京", "ไทยไทย", "서울"))
_DATES = ("2023-12-31T23:00:00Z", "2024", "2024-05", "2024-05-02", "2024-05-02T10:00:00+02:00")
_HOSTS = ("example.org", "news.example.org", "example.com", "notexample.org")
_SITES = ("Zork Times", "example.com", "東京新聞")

_TERMS = st.sampled_from(
    ("zork", "quux", "blip", "zo", "東", "東京", "京都大学", "大学院", "学", "ไทย", "ย", "서울", "à", "100%東")
)
_QUERIES = st.lists(
    st.one_of(
        _TERMS,
        st.tuples(st.sampled_from(("-", "", "")), _TERMS, st.sampled_from(("*", "", ""))).map("".join),
        st.tuples(_TERMS, st.sampled_from((" ", "", "")), _TERMS).map(lambda parts: f'"{"".join(parts)}"'),
        st.tuples(st.sampled_from(("author:", "-author:")), _TERMS).map("".join),
        st.tuples(st.sampled_from(("site:", "-site:")), st.sampled_from((*_HOSTS, '"zork times"', "東京新聞"))).map(
            "".join
        ),
        st.tuples(st.sampled_from(("after:", "before:")), st.sampled_from(("2024", "2024-05", "2024-05-02"))).map(
            "".join
        ),
        st.sampled_from(("gone:yes", "gone:no", "after:soon", "...")),
    ),
    min_size=1,
    max_size=4,
).map(" ".join)


@st.composite
def archives(draw: st.DrawFn) -> list[tuple[Stored, list[Stored]]]:
    """Articles, each with its comments."""
    return [
        (
            draw(_stored(f"a{number}")),
            [draw(_stored(f"a{number}c{one}")) for one in range(draw(st.integers(0, 2)))],
        )
        for number in range(draw(st.integers(1, 3)))
    ]


@st.composite
def _stored(draw: st.DrawFn, id_: str) -> Stored:
    is_article = "c" not in id_
    title = (draw(_TEXTS),) if is_article else ()
    return Stored(
        id=id_,
        columns=(draw(_NAMES), *title, draw(_TEXTS)),
        date=draw(st.sampled_from(_DATES)),
        host=draw(st.sampled_from(_HOSTS)),
        site=draw(st.sampled_from(_SITES)),
        gone=draw(st.booleans()),
        withheld=draw(st.sampled_from((False, False, False, True))),
    )


def made(empty: Database, drawn: Sequence[tuple[Stored, list[Stored]]]) -> Archive:
    """The rows; host and site of a comment are those of its article, and it is withheld with it."""
    archive = Archive(Database(memory=True, execute_plugins=False))
    empty.conn.backup(archive.db.conn)
    prepare(archive.db)
    for article, comments in drawn:
        author, title, text = article.columns
        put_article(
            archive.db,
            article.id,
            url=f"https://{article.host}/{article.id}",
            authors=f'["{author}"]',
            title=title,
            text=text,
            site=article.site,
            published=article.date,
            state="404" if article.gone else "live",
        )
        archive.stored.append(article)
        for one in comments:
            author, text = one.columns
            gone = "2024-06-01T00:00:00.000000Z" if one.gone else None
            put_comment(archive.db, one.id, article.id, author=author, text=text, published=one.date, gone_since=gone)
            archive.stored.append(
                Stored(
                    id=one.id,
                    columns=one.columns,
                    date=one.date,
                    host=article.host,
                    site=article.site,
                    gone=one.gone,
                    withheld=one.withheld or article.withheld,
                )
            )
            withhold(archive.db, [one.id] if one.withheld else [])
        withhold(archive.db, [article.id] if article.withheld else [])
    return archive


def holds(term: Term, columns: tuple[str, ...]) -> bool:
    """Text without spaces: any part of it; else words, which end where such text begins."""
    if is_unspaced(term.text):
        return any(term.text.casefold() in column.casefold() for column in columns)
    letters = "0-9a-zà\uac00-\ud7ff"
    whole = f"{letters}{UNSPACED}"  # what is one word to the index
    end = {kind: "" if term.prefix else f"(?![{kind}])" for kind in (letters, whole)}
    words = [re.escape(word) for word in re.findall(f"[{letters}]+", term.text)]
    alone = f"(?<![{whole}])" + f"[^{whole}]+".join(words) + end[whole]
    before = f"(?<=[{UNSPACED}])" if term.prefix else f"(?<![{letters}])"
    attached = f"{before}{re.escape(term.text)}{end[letters]}"
    return any(re.search(f"{alone}|{attached}", column) for column in columns)


def is_meant(query: Query, one: Stored) -> bool:
    def of_site(wanted: str) -> bool:
        return f".{one.host}".endswith(f".{wanted}") or one.site.casefold() == wanted.casefold()

    day = (one.date + "-01-01")[:10] if len(one.date) < len("2024-05-02") else one.date[:10]
    bounds = [(bound + "-01-01")[:10] for bound in (query.after or "0000", query.before or "9999")]
    return (
        not query.is_empty
        and not one.withheld
        and all(holds(term, one.columns[: 1 if term.author else None]) is not term.without for term in query.terms)
        and (not query.sites or any(map(of_site, query.sites)))
        and not any(map(of_site, query.without_sites))
        and bounds[0] <= day < bounds[1]
        and query.gone in {None, one.gone}
    )


@law
@given(drawn=archives(), queries=st.lists(_QUERIES, min_size=1, max_size=8))
def test_search_finds_what_a_model_finds(
    empty: Database, drawn: list[tuple[Stored, list[Stored]]], queries: list[str]
) -> None:
    archive = made(empty, drawn)
    with closing(archive.db):
        for typed in queries:
            query = parse(typed)
            assert sorted(found(archive.db, typed)) == sorted(
                one.id for one in archive.stored if is_meant(query, one)
            ), typed


@law
@given(drawn=archives(), queries=st.lists(_QUERIES, min_size=1, max_size=8))
def test_hits_are_in_order_and_their_snippets_are_of_their_text(
    empty: Database, drawn: list[tuple[Stored, list[Stored]]], queries: list[str]
) -> None:
    archive = made(empty, drawn)
    texts = {one.id: one.columns[-1] for one in archive.stored}
    dates = {one.id: one.date for one in archive.stored}
    with closing(archive.db):
        for typed in queries:
            hits = search(archive.db, typed)
            assert [hit.rank for hit in hits] == sorted((hit.rank for hit in hits), reverse=True)
            if parse(typed).lists:
                assert [dates[hit.id] for hit in hits] == sorted((dates[hit.id] for hit in hits), reverse=True)
            for hit in hits:
                assert hit.snippet.count(MARK_START) == hit.snippet.count(MARK_END)
                assert hit.snippet.translate({2: None, 3: None}).strip("…") in texts[hit.id]
