"""Themes print authors, dates and texts each in its own names: none of them is lost, and nothing else is read.

A theme's file holds one comment in its markup; ``{name}``, ``{day}``, ``{iso}``, ``{text}``, ``{n}``, ``{link}`` are
filled in.
"""

from pathlib import Path

import pytest

from archiver.extract.model import Comment
from tests.extract.pages import URL, article_html, read

FOLDER = Path(__file__).parent.parent / "fixtures" / "wordpress-themes"
THEMES = {path.stem: path.read_text("utf-8") for path in sorted(FOLDER.iterdir())}
DAY, ISO = "March 4, 2019 at 9:05 am", "2019-03-04T09:05:00+01:00"
WRITERS = {21: ("Zoë Ångström", ("Two hundred steps,", "every day.")), 22: ("Ole", ("Who pays?",))}


@pytest.fixture(params=THEMES)
def theme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def comments(theme: str) -> tuple[Comment, ...]:
    items = "".join(
        THEMES[theme]
        .replace("{text}", "".join(f"<p>{line}</p>" for line in lines))
        .replace("{name}", name)
        .replace("{day}", DAY)
        .replace("{iso}", ISO)
        .replace("{link}", f"{URL}#comment-{number}")
        .replace("{n}", str(number))
        for number, (name, lines) in WRITERS.items()
    )
    head = '<title>Lighthouse</title><link rel="stylesheet" href="/wp-content/themes/theme/style.css">'
    page = read(article_html(after=f'<div id="comments"><ol class="comment-list">{items}</ol></div>', head=head))
    assert page.article is not None
    assert "steps," not in page.article.raw_text
    return page.comments


def test_ids_are_read(comments: tuple[Comment, ...]) -> None:
    assert [each.native_id for each in comments] == [f"comment-{number}" for number in WRITERS]


def test_authors_are_read(comments: tuple[Comment, ...]) -> None:
    assert [each.author for each in comments] == [name for name, _ in WRITERS.values()]


def test_texts_are_read(comments: tuple[Comment, ...]) -> None:
    assert [each.text for each in comments] == ["\n\n".join(lines) for _, lines in WRITERS.values()]


def test_times_are_read(theme: str, comments: tuple[Comment, ...]) -> None:
    expected = ISO if "{iso}" in THEMES[theme] else ISO[:16]
    assert [each.published for each in comments] == [expected] * len(WRITERS)
