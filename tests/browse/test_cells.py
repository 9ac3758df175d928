"""What stands in the cells of tables and views: ids lead to rows, numbers for joins lead nowhere, text does no harm."""

import asyncio
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from archiver.browse.cells import shown_cell
from archiver.folder import make_folder
from db.ids import comment_id, page_id
from db.load import load_many
from tests.db.histories import URL, article, comment

ARTICLE = page_id(URL)
COMMENT = comment_id(ARTICLE, "c1")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str]]:
    """Status and text of some of Datasette's pages."""
    folder = make_folder(tmp_path_factory.mktemp("browse") / "my-archive")
    with closing(folder.database()) as database:
        load_many(database, [article(day, comment("<b>bold</b>", id_="c1")) for day in (1, 2)])
    paths = ("captures", "comments", "articles", "revisions", "comment_versions", "sightings")
    rows = [f"articles/{ARTICLE}", f"comments/{COMMENT}"]
    return asyncio.run(_get(folder.database_path, [*paths, *rows]))


async def _get(path: Path, tables: list[str]) -> dict[str, tuple[int, str]]:
    datasette = Datasette([str(path)])
    await datasette.invoke_startup()
    answers = {table: await datasette.client.get(f"/archive/{table}") for table in tables}
    return {table: (answer.status_code, answer.text) for table, answer in answers.items()}


def test_all_pages_are_there(pages: dict[str, tuple[int, str]]) -> None:
    assert {status for status, _ in pages.values()} == {200}


@pytest.mark.parametrize("table", ["captures", "comments"])
def test_no_link_leads_to_a_row_by_its_number(pages: dict[str, tuple[int, str]], table: str) -> None:
    assert 'href="/archive/captures/1"' not in pages[table][1]


@pytest.mark.parametrize(
    ("view", "link"),
    [
        ("revisions", f"articles/{ARTICLE}"),
        ("comment_versions", f"comments/{COMMENT}"),
        ("sightings", f"comments/{COMMENT}"),
    ],
)
def test_ids_of_views_lead_to_their_rows(pages: dict[str, tuple[int, str]], view: str, link: str) -> None:
    assert f'href="/archive/{link}"' in pages[view][1]


def test_text_of_the_web_stays_text(pages: dict[str, tuple[int, str]]) -> None:
    assert not [name for name, (_, html) in pages.items() if "<b>bold" in html]


@pytest.mark.parametrize(
    ("value", "column", "table", "shown"),
    [
        ("<i>", "capture_id", "revisions", '<a href="/a/captures/%3Ci%3E">&lt;i&gt;</a>'),
        ({"value": 7, "label": "x"}, "first_capture", "comments", "7"),
        (7, "key", "captures", "7"),
        (None, "thread", "captures", None),
        ("x", "article_id", "comments", None),
        ("x", "title", "revisions", None),
        ("x", "capture_id", "others", None),
        ("x", "capture_id", None, None),
    ],
)
def test_cell(value: Any, column: str, table: str | None, shown: str | None) -> None:
    assert shown_cell(value, column, table, "/a") == shown
