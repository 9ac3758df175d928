"""What of a page becomes facts of an article."""

import pytest

from archiver.extract.model import Article, Page, Verdict
from archiver.extraction import page_facts
from tests.db.histories import row


@pytest.mark.parametrize("verdict", Verdict)
def test_only_an_articles_verdict_gives_an_article(verdict: Verdict) -> None:
    page = Page(verdict=verdict, extractor="x", reason="y", article=Article(title="A boat", text="It sails."))
    facts = page_facts(row(1), page)
    assert (facts.article is not None) == (verdict is Verdict.ARTICLE)
    assert (facts.capture.verdict, facts.capture.reason) == (verdict, "y")
