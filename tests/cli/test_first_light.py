"""The whole way: a page on a server, or a text in a file, becomes an article with its thread and its proof."""

import gzip
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from db.descriptions import DERIVED
from tests.cli.running import SEED, SEED_TEXT, archiver, dump, execute, make_archive, query
from tests.site import Markup, RunningSite, serve
from warc.reader import read_capture


class Crawled(NamedTuple):
    folder: Path
    site: RunningSite
    article: dict[str, Any]


@pytest.fixture(scope="module", params=list(Markup), ids=str)
def crawled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    with serve(request.param) as site:
        source = f'[sources.news]\nkind = "feed"\nurl = "{site.feed_url}"\n'
        folder = make_archive(tmp_path_factory.mktemp("crawl") / "archive", source)
        done = archiver("-C", folder, "crawl")
        assert (done.code, done.out, done.err) == (0, "", ""), done
        yield Crawled(folder, site, archiver("-C", folder, "show", site.article_url, "--json").json)


@pytest.fixture(scope="module")
def from_text(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = make_archive(tmp_path_factory.mktemp("text") / "archive")
    done = archiver("-C", folder, "add", SEED_TEXT)
    assert (done.code, done.err) == (0, ""), done
    article: dict[str, Any] = archiver("-C", folder, "show", "Putin now fears", "--json").json
    return article


def thread_of(article: dict[str, Any]) -> list[tuple[str, str, int | None]]:
    """Author, text, and the place of the comment it answers."""
    places = {comment["id"]: place for place, comment in enumerate(article["comments"])}
    return [(one["author"], one["text"], places.get(one["parent_id"])) for one in article["comments"]]


EXPECTED_THREAD = [(one["author"], "\n\n".join(one["paragraphs"]), one["parent"]) for one in SEED["comments"]]


@pytest.mark.parametrize("field", ["title", "categories", "editors"])
def test_page_gives_the_field(crawled: Crawled, field: str) -> None:
    assert crawled.article[field] == SEED[field]


@pytest.mark.parametrize("field", ["title", "categories", "editors"])
def test_text_gives_the_field(from_text: dict[str, Any], field: str) -> None:
    assert from_text[field] == SEED[field]


def test_page_gives_the_seven_paragraphs(crawled: Crawled) -> None:
    assert crawled.article["text"].split("\n\n") == SEED["body_paragraphs"]


def test_text_gives_the_seven_paragraphs(from_text: dict[str, Any]) -> None:
    assert from_text["text"].split("\n\n") == SEED["body_paragraphs"]


def test_page_gives_the_thread(crawled: Crawled) -> None:
    assert thread_of(crawled.article) == EXPECTED_THREAD


def test_text_gives_the_thread(from_text: dict[str, Any]) -> None:
    assert thread_of(from_text) == EXPECTED_THREAD
    assert [one["depth"] for one in from_text["comments"]] == [
        0 if one["parent"] is None else 1 for one in SEED["comments"]
    ]


def test_page_gives_what_only_it_has(crawled: Crawled) -> None:
    assert crawled.article["tags"] == SEED["tags"]
    assert crawled.article["authors"] == SEED["authors"]
    assert [one["native_id"] for one in crawled.article["comments"]] == [
        f"comment-{one['id']}" for one in SEED["comments"]
    ]
    minute = len("2017-02-24T16:47")
    assert [one["published"][:minute] for one in crawled.article["comments"]] == [
        one["published"][:minute] for one in SEED["comments"]
    ]


def test_text_has_no_tags_authors_or_times(from_text: dict[str, Any]) -> None:
    assert (from_text["tags"], from_text["authors"], from_text["published"]) == ([], [], None)
    assert {(one["native_id"], one["published"]) for one in from_text["comments"]} == {(None, None)}
    assert from_text["url"].startswith("urn:sha256:")


def test_every_article_of_the_feed_is_there(crawled: Crawled) -> None:
    articles = query(crawled.folder, "select title, comment_count from articles order by comment_count")
    assert [row["comment_count"] for row in articles] == [0, 2, 3, 15]


def test_record_is_found_by_its_row(crawled: Crawled) -> None:
    capture = crawled.article["captures"][0]
    path = crawled.folder / "archive" / capture["warc_file"]
    with path.open("rb") as stream:
        stream.seek(capture["warc_offset"])
        member = gzip.decompress(stream.read(capture["warc_length"]))
    assert member.startswith(b"WARC/1.1\r\n")
    assert capture["record_id"].encode() in member
    assert SEED["body_paragraphs"][3].encode() in member
    read = read_capture(path.parent, capture["warc_file"], capture["warc_offset"])
    assert read.payload_digest == capture["payload_digest"]
    assert read.fields["source"] == "news"
    assert read.fields["via"] == crawled.site.feed_url


def test_warcio_check_passes(crawled: Crawled) -> None:
    for path in (crawled.folder / "archive").iterdir():
        command = [sys.executable, "-m", "warcio.cli", "check", "-v", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own file
        assert done.returncode == 0, done.stdout
        assert "digest pass" in done.stdout


def test_rebuild_gives_the_same_rows(crawled: Crawled) -> None:
    before = dump(crawled.folder, DERIVED)
    assert before["articles"]
    assert archiver("-C", crawled.folder, "rebuild", "--check").code == 0
    for name in ("archive.db", "archive.db-wal", "archive.db-shm"):
        (crawled.folder / name).unlink(missing_ok=True)
    done = archiver("-C", crawled.folder, "rebuild")
    assert (done.code, done.err) == (0, ""), done
    assert dump(crawled.folder, DERIVED) == before


def test_rebuild_check_names_what_differs(crawled: Crawled, tmp_path: Path) -> None:

    folder = tmp_path / "copy"
    shutil.copytree(crawled.folder, folder)

    execute(folder, "update articles set title = 'forged' where comment_count = 15")
    done = archiver("-C", folder, "rebuild", "--check")
    assert done.code == 3
    assert "forged" in done.out


def test_archive_works_where_it_was_moved(crawled: Crawled, tmp_path: Path) -> None:

    folder = tmp_path / "elsewhere"
    shutil.copytree(crawled.folder, folder)
    done = archiver("search", "petard", cwd=folder)
    assert (done.code, "[petard]" in done.out) == (0, True)
    assert archiver("status", "--json", env={"ARCHIVER_DIR": str(folder)}, cwd=tmp_path).json["totals"]["articles"] == 4


def test_show_prints_article_thread_and_place(crawled: Crawled) -> None:
    out = archiver("-C", crawled.folder, "show", "putin NOW fears").out
    assert SEED["title"] in out
    assert "\n1. Robert" in out
    assert "\n    3. Mick Servian" in out
    assert f"offset {crawled.article['captures'][0]['warc_offset']}" in out


def test_text_and_page_agree(crawled: Crawled, from_text: dict[str, Any]) -> None:
    for field in ("title", "categories", "text", "editors"):
        assert crawled.article[field] == from_text[field]
    assert thread_of(crawled.article) == thread_of(from_text)


def test_appeal_is_no_article_text(crawled: Crawled, from_text: dict[str, Any]) -> None:
    for article in (crawled.article, from_text):
        assert SEED["appeal"][:40] not in article["text"]
