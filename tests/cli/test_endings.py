"""How runs end: by a signal, on a full disk, with their output closed."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from archiver.errors import Exit
from tests.cli.running import ROOT, SEED_TEXT, archiver, execute, make_archive, query
from tests.site import Delivery, RunningSite, serve


@pytest.fixture
def server() -> Iterator[RunningSite]:
    with serve() as site:
        yield site


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda one: one.name)
def test_signal_ends_a_crawl_and_the_next_run_goes_on(
    server: RunningSite, tmp_path: Path, number: signal.Signals
) -> None:
    last = server.at("/2017/03/02/harbour-ferry-keeps-its-winter-timetable-until-the-ice-is-gone/")
    path = last.removeprefix(server.url.rstrip("/"))
    urls = f'urls = ["{server.article_url}", "{last}"]\n'
    folder = make_archive(tmp_path / "a", f'[sources.all]\nkind = "list"\n{urls}', timeout_s=2)
    server.put(path, delivery=Delivery.STALL)
    command = [sys.executable, "-m", "archiver", "-C", str(folder), "crawl"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603 - ours
        assert server.was_asked_for(path, within_s=60), "then it waits for a page that does not come"
        process.send_signal(number)
        assert process.stderr
        said = process.stderr.read()
    assert process.returncode == Exit.INTERRUPTED
    assert "interrupted; what was stored is kept" in said
    assert query(folder, "select state from crawls") == [{"state": "interrupted"}]
    assert [row["url"] for row in query(folder, "select url from failures")] == [last], "it waited for its time-out"
    server.restore(path)
    execute(folder, "update pages set due_at = '2000-01-01T00:00:00.000000Z' where url = ?", last)
    assert archiver("-C", folder, "crawl").code == Exit.OK
    assert len(query(folder, "select id from articles")) == 2, "the first page was taken up, the second fetched"
    assert archiver("-C", folder, "rebuild", "--check").code == Exit.OK


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_log_that_cannot_be_written_is_no_traceback(server: RunningSite, tmp_path: Path) -> None:
    folder = make_archive(tmp_path / "a")
    command = [sys.executable, "-m", "archiver", "-C", str(folder), "add", server.article_url]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(  # noqa: S603 - ours
            command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert "Traceback" not in done.stderr


def test_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    folder = make_archive(tmp_path / "a")
    assert archiver("-C", folder, "add", SEED_TEXT).code == Exit.OK
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "archiver", "-C", str(folder), "show", "putin"]
    try:
        done = subprocess.run(  # noqa: S603 - ours
            command, cwd=ROOT, stdout=writer, stderr=subprocess.PIPE, text=True, check=False
        )
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (Exit.OK, "")


def test_two_adds_at_once_keep_both(server: RunningSite, tmp_path: Path) -> None:
    folder = make_archive(tmp_path / "a")
    pages = [server.article_url, server.at("/gzip/"), server.at("/chunked/")]
    commands = [[sys.executable, "-m", "archiver", "-C", str(folder), "add", page] for page in pages]
    running = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) for command in commands]  # noqa: S603
    assert [process.wait(timeout=100) for process in running] == [0, 0, 0]
    assert len(query(folder, "select id from captures where verdict = 'article'")) == 3
    assert len(query(folder, "select id from articles")) == 1  # all three name the first as their URL, with its text
    assert len((folder / "indexes" / "index.cdxj").read_text().splitlines()) == 3
    assert archiver("-C", folder, "rebuild", "--check").code == Exit.OK
