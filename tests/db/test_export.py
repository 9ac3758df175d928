"""What an export takes: the captures of a scope with the originals they need, and the pages worth listing."""

from dataclasses import replace

import pytest
from sqlite_utils import Database

from db.export import (
    Scope,
    captured_sources,
    captures_by_file,
    chosen_places,
    listed_pages,
    main_page,
    newest_capture,
    places_in,
)
from db.facts import CaptureFacts
from db.ids import page_id
from db.load import load_many
from tests.db.histories import URL, article, at, error, redirect

OLD = "https://example.org/?p=48"
OTHER = "https://example.org/other"


def stored(facts: CaptureFacts, **changes: object) -> CaptureFacts:
    return replace(facts, capture=replace(facts.capture, **changes))  # type: ignore[arg-type]  # columns of a row


@pytest.fixture
def filled(db: Database) -> Database:
    """An article edited on day 3, its 404 on day 5, an address that redirects to it; another one, repeated."""
    first = stored(article(1, url=OTHER), source="paper", warc_file="b.warc.gz")
    load_many(
        db,
        [
            stored(article(1, title="Hoist"), source="news"),
            stored(article(3, title="Hoist stands", text="It stands."), source="news"),
            redirect(4, URL, url=OLD),
            error(5),
            first,
            stored(
                article(6, url=OTHER),
                source="late",
                record_type="revisit",
                refers_to=first.capture.record_id,
                warc_file="c.warc.gz",
            ),
        ],
    )
    return db


@pytest.mark.parametrize(
    ("scope", "places", "newest"),
    [
        pytest.param(Scope(source="news"), {"a.warc.gz": {1000, 3000}}, at(3), id="source"),
        pytest.param(
            Scope(source="late"), {"b.warc.gz": {1000}, "c.warc.gz": {6000}}, at(6), id="revisit with its original"
        ),
        pytest.param(
            Scope(article_id=page_id(URL)),
            {"a.warc.gz": {1000, 3000, 4000, 5000}},
            at(5),
            id="article with what redirects to it and with its error",
        ),
        pytest.param(
            Scope(),
            {"a.warc.gz": {1000, 3000, 4000, 5000}, "b.warc.gz": {1000}, "c.warc.gz": {6000}},
            at(6),
            id="everything",
        ),
        pytest.param(Scope(source="nobody"), {}, None, id="nothing"),
    ],
)
def test_captures_of(filled: Database, scope: Scope, places: dict[str, set[int]], newest: str | None) -> None:
    article_id = next((row["id"] for row in filled["articles"].rows_where("url = ?", [URL])), None)
    scope = replace(scope, article_id=article_id) if scope.article_id else scope
    assert chosen_places(filled, scope) == places
    assert newest_capture(filled, scope) == newest


def test_files_are_counted(filled: Database) -> None:
    assert captures_by_file(filled) == {"a.warc.gz": 4, "b.warc.gz": 1, "c.warc.gz": 1}
    assert places_in(filled, "a.warc.gz") == {1000, 3000, 4000, 5000}
    assert captured_sources(filled) == ["late", "news", "paper"]


def test_pages_have_title_and_text_of_their_time(filled: Database) -> None:
    pages = [(page.title, page.text, page.captured_at) for page in listed_pages(filled, Scope(source="news"))]
    assert pages == [("Hoist", "The hoist stands.", at(1)), ("Hoist stands", "It stands.", at(3))]


@pytest.mark.parametrize(
    ("changes", "listed"),
    [
        pytest.param({}, True, id="html"),
        pytest.param({"mime": "application/xhtml+xml"}, True, id="xhtml"),
        pytest.param({"record_type": "revisit"}, True, id="html again"),
        pytest.param({"mime": None}, False, id="no media type"),
        pytest.param({"mime": "application/pdf"}, False, id="pdf"),
        pytest.param({"status": 404}, False, id="error"),
        pytest.param({"status": 304, "mime": None, "record_type": "revisit"}, False, id="not modified"),
        pytest.param({"verdict": "block page"}, False, id="no article"),
        pytest.param({"status": None, "mime": "text/plain", "record_type": "resource"}, True, id="saved text"),
    ],
)
def test_page_is_listed(db: Database, changes: dict[str, object], *, listed: bool) -> None:
    load_many(db, [article(2)])
    captures = db.table("captures")
    captures.update(next(row["id"] for row in captures.rows), changes)
    assert len(list(listed_pages(db, Scope()))) == listed


def test_main_page_is_the_newest_under_the_articles_own_address(db: Database) -> None:
    load_many(db, [article(1), article(2), article(3, url=f"{URL}comment-page-2/")])
    page = main_page(db, page_id(URL))
    assert page is not None
    assert (page.url, page.captured_at) == (URL, at(2))
    assert main_page(db, "nobody") is None
