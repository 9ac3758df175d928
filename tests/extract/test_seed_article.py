"""The seed article by its three ways in: the text file and two real WordPress pages say the same."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from archiver.extract.model import Article, Page, Verdict
from tests.extract.pages import read

FIXTURES = Path(__file__).parent.parent / "fixtures"
SEED: dict[str, Any] = json.loads((FIXTURES / "seed.json").read_text("utf-8"))
POST = "http://127.0.0.1:18501/2017/02/24/putin-now-fears-a-threat-he-helped-create-4000-russian-citizens-fighting-for-isis/"


def text_file() -> bytes:
    return (FIXTURES / "000_cde7af975df0d4d9.txt").read_bytes()


def html_page(name: str) -> Page:
    return read(gzip.decompress((FIXTURES / "pages" / f"{name}.html.gz").read_bytes()), url=POST)


WAYS = {
    "text": lambda: read(text_file(), url="urn:sha256:00", status=None, content_type="text/plain"),
    "text-windows-lines": lambda: read(
        text_file().replace(b"\n", b"\r\n"), url="urn:sha256:00", status=None, content_type=None
    ),
    "html4": lambda: html_page("seedlike"),
    "html5": lambda: html_page("twentytwentyone"),
}


@pytest.fixture(params=WAYS, scope="module")
def page(request: pytest.FixtureRequest) -> Page:
    return WAYS[request.param]()


@pytest.fixture
def article(page: Page) -> Article:
    assert page.article is not None
    return page.article


def test_verdict_is_article(page: Page) -> None:
    assert page.verdict is Verdict.ARTICLE


def test_title_is_the_seeds(article: Article) -> None:
    assert article.title == SEED["title"]


def test_categories_are_the_seeds(article: Article) -> None:
    assert article.categories == tuple(SEED["categories"])


def test_paragraphs_are_the_seeds(article: Article) -> None:
    assert article.text.split("\n\n") == SEED["body_paragraphs"]


def test_raw_text_keeps_what_cleaning_took(article: Article) -> None:
    assert SEED["appeal"] in article.raw_text
    assert "Edited by: A. N." in article.raw_text


def test_editor_is_the_seeds(article: Article) -> None:
    assert article.editors == tuple(SEED["editors"])


def test_comment_texts_are_the_seeds(page: Page) -> None:
    assert [comment.text for comment in page.comments] == [
        "\n\n".join(comment["paragraphs"]) for comment in SEED["comments"]
    ]


def test_comment_authors_are_the_seeds(page: Page) -> None:
    assert [comment.author for comment in page.comments] == [comment["author"] for comment in SEED["comments"]]


def test_comment_parents_are_the_seeds(page: Page) -> None:
    assert [comment.parent for comment in page.comments] == [comment["parent"] for comment in SEED["comments"]]


def test_text_file_has_neither_ids_nor_times_nor_tags() -> None:
    page = WAYS["text"]()
    assert {(comment.native_id, comment.published) for comment in page.comments} == {(None, None)}
    assert page.article is not None
    assert (page.article.tags, page.article.published) == ((), None)


@pytest.mark.parametrize("name", ["seedlike", "twentytwentyone"])
def test_html_has_ids_tags_and_whole_thread(name: str) -> None:
    page = html_page(name)
    assert [comment.native_id for comment in page.comments] == [f"comment-{each['id']}" for each in SEED["comments"]]
    assert page.article is not None
    assert page.article.tags == tuple(SEED["tags"])
    assert (page.claimed_comments, page.complete) == (15, True)


def test_html5_has_author_and_times_with_zone() -> None:
    page = html_page("twentytwentyone")
    assert page.article is not None
    assert page.article.authors == ("Paul A. Goble",)
    assert page.article.published == SEED["published"]
    assert [comment.published for comment in page.comments] == [each["published"] for each in SEED["comments"]]


def test_html4_has_visible_times_and_takes_no_commenter_for_author() -> None:
    page = html_page("seedlike")
    assert page.article is not None
    assert page.article.authors == ()
    assert [comment.published for comment in page.comments] == [each["published"][:16] for each in SEED["comments"]]
