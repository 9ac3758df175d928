"""``archiver serve``: Datasette over HTTP, with search, facets, labels and descriptions."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest
from datasette.app import Datasette
from datasette.database import Database

from archiver.errors import Exit
from db.descriptions import TABLES
from tests.cli.running import ROOT, SEED, SEED_TEXT, archiver, make_archive


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_archive(tmp_path_factory.mktemp("serve") / "archive")
    assert archiver("-C", folder, "add", SEED_TEXT).code == 0
    return folder


@pytest.fixture(scope="module")
def base(folder: Path) -> Iterator[str]:
    with served(folder) as url:
        yield url


@contextmanager
def served(folder: Path, *before: str) -> Iterator[str]:
    command = [*before, sys.executable, "-m", "archiver", "-C", str(folder), "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603 - ours
        assert process.stderr
        url = ""
        for line in process.stderr:
            if found := re.search(r"Uvicorn running on (http://\S+)", line):
                url = found[1]
                break
        assert url, "the server did not start"
        yield url
        process.send_signal(signal.SIGINT)
        process.stderr.read()


def get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310 - loopback
        body: bytes = answer.read()
        return body.decode()


def get_json(url: str) -> Any:
    return json.loads(get(url))


def test_search_finds_comment_and_article(base: str) -> None:
    [comment] = get_json(f"{base}/archive/comments.json?_search=hoist&_shape=objects&_labels=on")["rows"]
    assert comment["author"] == "Dagwood Bumstead"
    assert comment["article_id"]["label"] == SEED["title"]
    [article] = get_json(f"{base}/archive/articles.json?_search=Sochi&_shape=array")
    assert article["title"] == SEED["title"]


def test_facets_are_shown(base: str) -> None:
    facets = get_json(f"{base}/archive/comments.json")["facet_results"]
    assert {"author", "state", "kind"} <= set(facets)
    assert facets["author"]["results"][0] | {"value": "Dagwood Bumstead", "count": 4} == facets["author"]["results"][0]
    categories = get_json(f"{base}/archive/articles.json")["facet_results"]["categories"]["results"]
    assert {one["value"] for one in categories} == {"International", "More"}


@pytest.mark.parametrize("table", TABLES)
def test_table_and_columns_are_described(base: str, table: str) -> None:
    page = get(f"{base}/archive/{table}")
    assert TABLES[table].text.partition("'")[0] in page
    assert "column-descriptions" in page


def test_article_page_shows_its_text_and_leads_to_its_comments(base: str) -> None:
    [article] = get_json(f"{base}/archive/articles.json?_shape=array")
    page = get(f"{base}/archive/articles/{article['id']}")
    assert "archive-row" in page
    assert "blocking a threat" in page
    assert f"/archive/comments?article_id={article['id']}" in page
    thread = get_json(f"{base}/archive/thread.json?article={article['id']}&_shape=array")
    assert [one["author"].strip() for one in thread] == [one["author"] for one in SEED["comments"]]
    [proof] = get_json(f"{base}/archive/proof.json?article={article['id']}&_shape=array")
    assert proof["warc_file"].endswith(".warc.gz")


def test_style_sheet_is_there(base: str) -> None:
    [href] = re.findall(r'href="(/-/static-plugins/[^"]+\.css)"', get(f"{base}/archive/articles"))
    assert ".archive-row" in get(base + href)


def test_missing_page_is_404(base: str) -> None:
    with pytest.raises(HTTPError) as caught:
        get(f"{base}/-/nothing-here")
    caught.value.close()
    assert caught.value.code == 404


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("setpriv"), reason="needs to lay down the rights of root")
def test_archive_that_cannot_be_written_to_is_shown(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "archive"
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("*-wal", "*-shm"))
    for path in (copy, *copy.rglob("*")):
        path.chmod(0o555)
    with served(copy, "setpriv", "--bounding-set=-all", "--inh-caps=-all") as url:
        [article] = get_json(f"{url}/archive/articles.json?_shape=array")
        assert article["title"] == SEED["title"]
        assert TABLES["articles"].text.partition("'")[0] in get(f"{url}/archive/articles")
    assert not list(copy.glob("archive.db-*"))


def test_nothing_is_served_where_there_is_no_database(tmp_path: Path) -> None:
    empty = make_archive(tmp_path / "archive")
    (empty / "archive.db").unlink()
    done = archiver("-C", empty, "serve", "--port", "0")
    assert done.code == Exit.NOT_FOUND
    assert "there is no database; make one by archiving a page, or rebuild it" in done.err
    assert not (empty / "archive.db").exists()


def test_other_databases_are_left_alone(tmp_path: Path) -> None:
    from archiver.browse import _is_archive  # noqa: PLC0415 - Datasette imports the plugin its own way

    (tmp_path / "text.db").write_text("no database")
    datasette = Datasette(memory=True)
    for name in ("text.db", "none.db"):
        assert not _is_archive(Database(datasette, path=str(tmp_path / name)))
