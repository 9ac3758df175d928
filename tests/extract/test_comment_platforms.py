"""Golden cases of the platforms: one test per field, so that a failure names it."""

import pytest
from lxml.html import HtmlElement
from trafilatura import load_html

from archiver.extract.comments import PLATFORMS
from archiver.extract.comments.platform import Platform
from archiver.extract.comments.reading import Setting
from archiver.extract.comments.schema_org import SCHEMA_ORG
from archiver.extract.comments.thread import read_thread
from archiver.extract.tree import Tree
from tests.extract.golden import Case, as_json, cases

CASES = cases()
FIELDS = (
    "text",
    "kind",
    "native_id",
    "author",
    "author_url",
    "published",
    "published_text",
    "permalink",
    "parent",
    "depth",
    "likes",
    "edited",
    "moderated",
)


@pytest.fixture(params=CASES, ids=lambda case: case.folder.name)
def case(request: pytest.FixtureRequest) -> Case:
    assert isinstance(request.param, Case)
    return request.param


@pytest.mark.parametrize("field", FIELDS)
def test_comment_field_is_as_expected(case: Case, field: str) -> None:
    found = [comment[field] for comment in as_json(case.page())["comments"]]
    assert found == [comment[field] for comment in case.expected["comments"]]


@pytest.mark.parametrize("field", ["claimed_comments", "complete", "comment_pages", "elsewhere"])
def test_page_field_is_as_expected(case: Case, field: str) -> None:
    assert as_json(case.page())[field] == case.expected[field]


@pytest.mark.parametrize("case", [case for case in CASES if case.with_article], ids=lambda case: case.folder.name)
def test_article_is_as_expected(case: Case) -> None:
    assert as_json(case.page(), with_article=True)["article"] == case.expected["article"]


def test_no_comment_stays_in_article_text(case: Case) -> None:
    page = case.page()
    assert page.article is not None
    assert page.article.raw_text
    assert not [comment.text for comment in page.comments if comment.text and comment.text in page.article.raw_text]


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda platform: platform.name)
def test_every_platform_has_golden_case(platform: Platform) -> None:
    assert platform.name in {case.platform for case in CASES}


@pytest.mark.parametrize("platform", [one for one in PLATFORMS if one is not SCHEMA_ORG], ids=lambda one: one.name)
def test_platform_claims_only_own_pages(case: Case, platform: Platform) -> None:
    thread = read_thread(Tree(_root(case)), (platform,), Setting(url=case.url, base=case.url))
    assert (thread is not None) == (platform.name == case.platform)


def test_first_to_claim_a_page_is_its_platform(case: Case) -> None:
    """A vocabulary is spoken by many platforms: it comes after them."""
    thread = read_thread(Tree(_root(case)), PLATFORMS, Setting(url=case.url, base=case.url))
    assert thread is not None
    assert thread.platform == case.platform


def _root(case: Case) -> HtmlElement:
    root = load_html(case.body)
    assert root is not None
    return root
