"""The seed's comments in every platform's markup: the same texts, authors, order and parents come out."""

import pytest
from trafilatura import load_html

from archiver.extract.comments import PLATFORMS
from archiver.extract.comments.reading import Setting
from archiver.extract.comments.thread import Thread, read_thread
from archiver.extract.tree import Tree
from tests.extract.pages import read
from tests.extract.seed_markup_cms import MARKUPS, SEED, URL, Markup

COMMENTS = SEED["comments"]


@pytest.fixture(params=MARKUPS, scope="module")
def markup(request: pytest.FixtureRequest) -> Markup:
    return MARKUPS[request.param]


@pytest.fixture(scope="module")
def thread(markup: Markup) -> Thread:
    root = load_html(markup.page())
    assert root is not None
    found = read_thread(Tree(root), PLATFORMS, Setting(url=URL, base=URL, language="en-US"))
    assert found is not None
    return found


def test_platform_is_told(markup: Markup, thread: Thread) -> None:
    assert thread.platform == markup.platform


def test_texts_are_the_seeds(thread: Thread) -> None:
    assert [each.text for each in thread.comments] == ["\n\n".join(each["paragraphs"]) for each in COMMENTS]


def test_authors_are_the_seeds(thread: Thread) -> None:
    assert [each.author for each in thread.comments] == [each["author"] for each in COMMENTS]


def test_ids_are_in_the_seeds_order(markup: Markup, thread: Thread) -> None:
    assert [each.native_id for each in thread.comments] == [markup.id_form.format(each["id"]) for each in COMMENTS]


def test_parents_are_the_seeds(markup: Markup, thread: Thread) -> None:
    expected = [each["parent"] if markup.threaded else None for each in COMMENTS]
    assert [each.parent for each in thread.comments] == expected


def test_times_are_the_seeds(markup: Markup, thread: Thread) -> None:
    expected = [each["published"][:16] if markup.dated else None for each in COMMENTS]
    assert [each.published and each.published[:16] for each in thread.comments] == expected


def test_article_text_is_the_seeds_alone(markup: Markup) -> None:
    page = read(markup.page(), url=URL)
    assert page.article is not None
    assert page.article.text.split("\n\n") == SEED["body_paragraphs"]
    assert len(page.comments) == len(COMMENTS)
