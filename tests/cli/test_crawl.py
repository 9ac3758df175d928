"""``crawl`` as cron runs it: sources, robots.txt, the interval, the summary; and Scrapy's own commands."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from archiver.errors import Exit
from tests.cli.running import ROOT, archiver, execute, make_archive, query
from tests.site import SEED, RunningSite, serve


@pytest.fixture
def server() -> Iterator[RunningSite]:
    with serve() as site:
        yield site


def test_known_page_is_captured_again_when_due(server: RunningSite, tmp_path: Path) -> None:
    folder = make_archive(tmp_path / "a", f'[sources.news]\nkind = "feed"\nurl = "{server.feed_url}"\n')
    assert archiver("-C", folder, "crawl", "--dry-run").out == f"news  feed to read  {server.feed_url}\n"
    assert archiver("-C", folder, "crawl").code == Exit.OK
    pages = len(query(folder, "select * from pages"))
    assert pages == 4
    assert archiver("-C", folder, "crawl").code == Exit.OK
    assert len(query(folder, "select id from captures where verdict = 'article'")) == pages, "nothing was due"
    execute(folder, "update pages set due_at = '2000-01-01T00:00:00.000000Z' where url = ?", server.article_url)
    due = archiver("-C", folder, "crawl", "--dry-run", "--json").json_lines
    assert {"source": "news", "url": server.article_url, "why": "interval"} in due
    changed = server.site.articles[0]
    assert changed.path == SEED.path
    assert archiver("-C", folder, "crawl").code == Exit.OK
    [article] = query(folder, "select * from articles where comment_count = 15")
    assert (article["capture_count"], article["revision_count"]) == (2, 1)
    [page] = query(folder, "select * from pages where url = ?", server.article_url)
    assert page["due_at"] > article["last_captured"]
    assert archiver("-C", folder, "rebuild", "--check").code == Exit.OK


def test_robots_are_obeyed_by_a_crawl_and_not_asked_by_add(server: RunningSite, tmp_path: Path) -> None:
    secret = server.at("/private/secret/")
    folder = make_archive(
        tmp_path / "a", f'[sources.all]\nkind = "list"\nurls = ["{secret}", "{server.article_url}"]\n'
    )
    assert archiver("-C", folder, "crawl").code == Exit.OK
    assert "/private/secret/" not in server.paths
    [failure] = query(folder, "select * from failures")
    assert (failure["url"], failure["reason"]) == (secret, "Forbidden by robots.txt")
    assert f"failed: {secret}" in archiver("-C", folder, "status").out
    assert archiver("-C", folder, "add", secret).code == Exit.OK


def test_section_links_are_followed(server: RunningSite, tmp_path: Path) -> None:
    source = f'[sources.section]\nkind = "section"\nurl = "{server.section_url}"\nlinks = "/2017/02/"\n'
    folder = make_archive(tmp_path / "a", source)
    assert archiver("-C", folder, "crawl").code == Exit.OK
    [article] = query(folder, "select url from articles")
    assert article["url"] == server.article_url
    verdicts = {row["url"]: row["verdict"] for row in query(folder, "select url, verdict from captures")}
    assert verdicts[server.section_url] == "index page"


def test_max_pages_bounds_a_crawl_and_the_rest_stays_due(server: RunningSite, tmp_path: Path) -> None:
    config = f'max_pages = 1\n[sources.news]\nkind = "feed"\nurl = "{server.feed_url}"\n'
    folder = make_archive(tmp_path / "a", config)
    for expected in (1, 2):
        assert archiver("-C", folder, "crawl").code == Exit.OK
        assert len(query(folder, "select id from articles")) == expected


def test_summary_tells_what_was_done(server: RunningSite, tmp_path: Path) -> None:
    folder = make_archive(tmp_path / "a", f'[sources.news]\nkind = "feed"\nurl = "{server.feed_url}"\n')
    archiver("-C", folder, "crawl")
    [path] = (folder / "crawls").glob("*.json")
    summary = json.loads(path.read_text())
    assert (summary["command"], summary["state"], summary["sources"]) == ("crawl", "finished", ["news"])
    assert (summary["captured"], summary["discovered"], summary["articles"], summary["failed"]) == (4, 4, 4, 0)
    [row] = query(folder, "select * from crawls")
    assert (row["id"], row["captured"]) == (path.stem, 4)
    assert {one["crawl_id"] for one in query(folder, "select crawl_id from captures")} == {path.stem}
    assert path.with_suffix(".log").exists()
    index = (folder / "indexes" / "index.cdxj").read_text().splitlines()
    assert len(index) == summary["records"] == len(query(folder, "select id from captures"))
    assert index == sorted(index)


def test_redirect_leads_to_the_article(server: RunningSite, tmp_path: Path) -> None:
    folder = make_archive(tmp_path / "a")
    done = archiver("-C", folder, "add", server.at("/old-address/"))
    assert (done.code, "15 comments" in done.out) == (Exit.OK, True)
    shown = archiver("-C", folder, "show", server.at("/old-address/"), "--json").json
    assert shown["url"] == server.article_url
    [hop] = [one for one in shown["captures"] if one["status"] == 301]
    assert (hop["verdict"], hop["redirect_url"]) == ("redirect", server.article_url)


def test_urls_are_read_from_standard_input(server: RunningSite, tmp_path: Path) -> None:
    folder = make_archive(tmp_path / "a")
    done = archiver("-C", folder, "add", "-", "--json", stdin=f"{server.article_url}\n\n{server.at('/gzip/')}\n")
    assert [line["comments"] for line in done.json_lines] == [15, 15]


def test_rows_that_a_hand_has_been_at_are_told_of(server: RunningSite, tmp_path: Path) -> None:
    folder = make_archive(tmp_path / "a")
    archiver("-C", folder, "add", server.article_url)
    execute(folder, "delete from captures")
    done = archiver("-C", folder, "extract")
    assert (done.code, len(done.err.splitlines())) == (Exit.DAMAGE, 1)
    assert "contradicts itself" in done.err
    assert "'archiver rebuild'" in done.err
    assert archiver("-C", folder, "rebuild").code == Exit.OK
    assert archiver("-C", folder, "rebuild", "--check").code == Exit.OK


def test_interrupted_work_is_taken_up(server: RunningSite, tmp_path: Path) -> None:
    folder = make_archive(tmp_path / "a")
    archiver("-C", folder, "add", server.article_url)
    for table in ("seen", "comments", "states", "articles", "captures"):
        execute(folder, f"delete from {table}")  # noqa: S608 - names of ours
    assert archiver("-C", folder, "extract").out == "1 capture extracted\n"
    assert archiver("-C", folder, "extract").out == "0 captures extracted\n"
    assert archiver("-C", folder, "extract", "--all").out == "1 capture extracted\n"
    assert archiver("-C", folder, "rebuild", "--check").code == Exit.OK


def test_scrapy_commands_work_from_a_checkout(server: RunningSite, tmp_path: Path) -> None:
    folder = make_archive(tmp_path / "a")
    listed = _scrapy("list")
    assert (listed.returncode, listed.stdout) == (0, "articles\n")
    done = _scrapy("crawl", "articles", "-a", f"urls={server.article_url}", "-s", f"ARCHIVE_DIR={folder}")
    assert done.returncode == 0, done.stderr
    assert archiver("-C", folder, "search", "petard").out.count("[petard]") == 1
    assert archiver("-C", folder, "rebuild", "--check").code == Exit.OK
    wrong = _scrapy("crawl", "articles")
    assert "ARCHIVE_DIR" in wrong.stdout + wrong.stderr


def _scrapy(*args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scrapy", *args]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own spider


def test_page_that_reloads_itself_is_captured_once(server: RunningSite, tmp_path: Path) -> None:
    page = server.site.respond(SEED.path).body.replace(
        b"<head>", b'<head><meta http-equiv="refresh" content="2; url=' + SEED.path.encode() + b'">', 1
    )
    server.put(SEED.path, body=page)
    folder = make_archive(tmp_path / "a")
    assert archiver("-C", folder, "add", server.article_url).code == Exit.OK
    assert len(query(folder, "select id from captures")) == 1


def test_every_form_of_a_page_asked_for_gets_its_answer(server: RunningSite, tmp_path: Path) -> None:
    long = f"{server.article_url}?{'x' * 3000}"
    folder = make_archive(tmp_path / "a", "max_pages = 1\n")
    done = archiver("-C", folder, "add", server.article_url, f"{server.article_url}?utm_source=x", long, "--json")
    assert (done.code, done.err) == (Exit.OK, "")
    assert [line["comments"] for line in done.json_lines] == [15, 15, 15]
    assert len(query(folder, "select id from captures")) == 2, "two pages, one of them in two forms"


def test_page_cut_off_is_no_state_of_its_article(server: RunningSite, tmp_path: Path) -> None:
    folder = make_archive(tmp_path / "a")
    assert archiver("-C", folder, "add", server.article_url).code == Exit.OK
    whole = server.site.respond(SEED.path)
    headers = (*whole.headers, ("Content-Length", str(len(whole.body))))
    server.put(SEED.path, body=whole.body[: len(whole.body) // 2], headers=headers)
    done = archiver("-C", folder, "add", server.article_url)
    assert (done.code, "cut off (disconnect)" in done.err) == (Exit.FAILED, True)
    [article] = query(folder, "select * from articles")
    assert (article["revision_count"], article["comment_count"], article["capture_count"]) == (1, 15, 1)
    assert {row["state"] for row in query(folder, "select state from comments")} == {"live"}


def test_section_without_links_is_no_success(server: RunningSite, tmp_path: Path) -> None:
    source = f'[sources.section]\nkind = "section"\nurl = "{server.at("/file.pdf")}"\n'
    folder = make_archive(tmp_path / "a", source)
    done = archiver("-C", folder, "crawl")
    assert (done.code, "no links to articles found" in done.err) == (Exit.FAILED, True)


def test_killed_run_is_seen_by_status(server: RunningSite, tmp_path: Path) -> None:
    folder = make_archive(tmp_path / "a", f'[sources.news]\nkind = "feed"\nurl = "{server.feed_url}"\n')
    assert archiver("-C", folder, "crawl").code == Exit.OK
    assert archiver("-C", folder, "status").code == Exit.OK
    execute(folder, "update crawls set state = 'running'")
    done = archiver("-C", folder, "status")
    assert (done.code, "was killed" in done.out) == (Exit.UNHEALTHY, True)


def test_adding_a_page_leaves_the_schedule_as_it_is(server: RunningSite, tmp_path: Path) -> None:
    folder = make_archive(tmp_path / "a", f'[sources.news]\nkind = "feed"\nurl = "{server.feed_url}"\n')
    assert archiver("-C", folder, "crawl").code == Exit.OK
    before = query(folder, "select url, due_at, why from pages order by url")
    assert archiver("-C", folder, "add", server.article_url, server.at("/gzip/")).code == Exit.OK
    assert query(folder, "select url, due_at, why from pages order by url") == before
