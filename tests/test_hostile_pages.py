"""Pages made to be too much: each is extracted or given up within its time, and the page behind it is extracted."""

from pathlib import Path

import pytest

from archiver.extract.model import Page, Verdict
from archiver.saved import Item, saved_page
from archiver.workers import Failure, Limits, Workers
from tests.test_saved import ARTICLE

PARAGRAPH = "<p>The old bridge over the river was opened again on Friday, two years after the flood took it away.</p>\n"
LIMITS = Limits(workers=2, timeout_s=2, memory_mb=600)
TOO_MUCH = {
    "20 MB": PARAGRAPH * (20_000_000 // len(PARAGRAPH)),
    "100,000 nested divs": "<div>" * 100_000 + PARAGRAPH + "</div>" * 100_000,
    "50,000 links": "".join(f'<li><a href="/{n}/">Headline {n} of some words</a></li>' for n in range(50_000)),
    "50,000 comments": "".join(f'<li class="comment" id="comment-{n}"><p>Yes, {n}!</p></li>' for n in range(50_000)),
    "100,000 attributes": "<p " + " ".join(f'a{n}="{n}"' for n in range(100_000)) + ">" + PARAGRAPH,
    "1,000,000 open tags": "<b><i>" * 500_000 + PARAGRAPH,
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    folder = tmp_path_factory.mktemp("hostile")
    for name, body in TOO_MUCH.items():
        (folder / f"{name}.html").write_text(ARTICLE.replace("</article>", f"{body}</article>"), encoding="utf-8")
    (folder / "good.html").write_text(ARTICLE, encoding="utf-8")
    items = [Item(file=str(folder / f"{name}.html")) for name in (*TOO_MUCH, "good")]
    with Workers(LIMITS) as workers:
        return {Path(item.file).stem: result for item, result in workers.in_order(saved_page, items)}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_page_is_extracted_or_given_up(found: dict[str, object], name: str) -> None:
    result = found[name]
    assert isinstance(result, Page) or (isinstance(result, Failure) and result.given_up), result


def test_page_behind_them_is_extracted(found: dict[str, object]) -> None:
    result = found["good"]
    assert isinstance(result, Page)
    assert result.verdict is Verdict.ARTICLE
