"""One session on an archive: what it stores, acknowledges, indexes and sums up, and what it does on a full disk."""

import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from archiver.config import FeedSource, ListSource
from archiver.errors import Exit, exit_code
from archiver.folder import ArchiveFolder, make_folder, open_folder
from archiver.session import Session
from db.errors import CannotWrite
from db.ids import page_id
from warc.block import Block
from warc.errors import CannotStore
from warc.exchange import Exchange
from warc.openfile import OpenFile
from warc.reader import iter_captures, iter_records, read_capture, warc_files

START = datetime(2017, 2, 24, 16, 5, 0, 123456, tzinfo=UTC)
URL = "http://a.example/one/"
SOURCES = {
    "news": FeedSource(kind="feed", url="http://a.example/feed/"),
    "dossier": ListSource(kind="list", urls=(URL, "http://a.example/two/")),
}


class Clock:
    """Goes on by a second each time it is asked."""

    def __init__(self) -> None:
        self.next = START

    def __call__(self) -> datetime:
        now, self.next = self.next, self.next + timedelta(seconds=1)
        return now


@pytest.fixture
def folder(tmp_path: Path) -> ArchiveFolder:
    return make_folder(tmp_path)


@pytest.fixture
def open_session(folder: ArchiveFolder) -> Iterator[Callable[..., Session]]:
    opened: list[Session] = []

    def make(**values: Any) -> Session:
        session = Session(folder, **{"command": "crawl", "sources": SOURCES, "now": Clock(), **values})
        opened.append(session)
        return session

    yield make
    for session in opened:
        session.close("failed")


def exchange(url: str = URL) -> Exchange:
    return Exchange(
        url=url,
        started_at=START,
        request=Block(b"GET / HTTP/1.1\r\nHost: a.example\r\n\r\n"),
        response=Block(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>hello"),
    )


def rows(folder: ArchiveFolder, table: str) -> list[dict[str, Any]]:
    database = folder.database()
    try:
        return list(database[table].rows)
    finally:
        database.close()


def summaries(folder: ArchiveFolder) -> list[dict[str, Any]]:
    return [json.loads(path.read_text()) for path in sorted(folder.crawls_dir.glob("*.json"))]


def _disk_full(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_capture_is_acknowledged_when_it_is_stored(folder: ArchiveFolder, open_session: Callable[..., Session]) -> None:
    session = open_session()
    capture = session.store_exchange(exchange(), source="news", via="http://a.example/feed/")
    assert rows(folder, "captures") == [], "not before it is known to be on disk"
    session.commit()
    [row] = rows(folder, "captures")
    assert (row["record_id"], row["url"], row["status"]) == (capture.record.id, URL, 200)
    assert (row["source"], row["crawl_id"]) == ("news", session.id)
    assert row["captured_at"] == "2017-02-24T16:05:00.123456Z"
    read = read_capture(folder.warc_dir, row["warc_file"], row["warc_offset"])
    assert read == capture
    assert read.fields == {"source": "news", "via": "http://a.example/feed/"}


def test_saved_file_is_a_resource(folder: ArchiveFolder, open_session: Callable[..., Session]) -> None:
    session = open_session()
    capture = session.store_file(url="urn:x", body=b"words", content_type="text/plain")
    session.commit()
    [row] = rows(folder, "captures")
    assert (row["record_type"], row["url"], row["mime"], row["status"]) == ("resource", "urn:x", "text/plain", None)
    assert bytes(capture.payload) == b"words"
    assert capture.fields == {}


def test_file_says_who_made_it(folder: ArchiveFolder, open_session: Callable[..., Session]) -> None:
    (folder.root / "archive.toml").write_text('[archive]\noperator = "Ann"\n[crawl]\nuser_agent = "bot/1"\n')
    session = Session(open_folder(folder.root), command="crawl", obey_robots=True, now=Clock())
    session.store_exchange(exchange(), source=None, via=None)
    session.close("finished")
    info = next(iter_captures(warc_files(folder.warc_dir)[0])).info
    assert (info["operator"], info["http-header-user-agent"], info["robots"]) == ("Ann", "bot/1", "obey")
    assert info["isPartOf"] == session.id
    assert open_session(obey_robots=False).obey_robots is False


def test_close_writes_index_crawl_and_summary(folder: ArchiveFolder, open_session: Callable[..., Session]) -> None:
    session = open_session()
    session.discovered("dossier", (URL, "http://a.example/two/", URL + "#comments"))
    session.store_exchange(exchange(), source="dossier", via=None)
    session.page_captured(URL, page_id(URL))
    session.page_failed("http://a.example/two/", "the connection broke")
    session.source_failed("news", "http://a.example/feed/", "answered 404")
    assert not folder.index_path.exists(), "the index is written at the end"
    session.close("finished")

    [line] = folder.index_path.read_text().splitlines()
    assert line.startswith("example,a)/one 20170224160500 ")
    [crawl] = rows(folder, "crawls")
    assert (crawl["id"], crawl["state"]) == (session.id, "finished")
    assert (crawl["discovered"], crawl["captured"], crawl["failed"], crawl["articles"]) == (2, 1, 1, 0)
    [summary] = summaries(folder)
    assert summary["id"] == session.id
    assert summary["started_at"] == crawl["started_at"] == "2017-02-24T16:05:00.123456Z"
    assert summary["finished_at"] == crawl["finished_at"] > summary["started_at"]
    assert summary["source_errors"] == {"news": "http://a.example/feed/: answered 404"}
    assert (summary["records"], summary["bytes"]) == (1, len(exchange().response))
    assert [path.suffix for path in warc_files(folder.warc_dir)] == [".gz"]


def test_sources_say_how_they_were_read(folder: ArchiveFolder, open_session: Callable[..., Session]) -> None:
    session = open_session()
    session.source_failed("news", "http://a.example/feed/", "answered 404")
    session.discovered("dossier", (URL,))
    session.close("finished")
    sources = {row["name"]: row for row in rows(folder, "sources")}
    assert sources["news"]["last_error"] == "http://a.example/feed/: answered 404"
    assert sources["news"]["last_success"] is None
    assert sources["dossier"]["last_error"] is None
    assert sources["dossier"]["last_success"] == sources["dossier"]["last_crawl"] == summaries(folder)[0]["finished_at"]
    assert (sources["dossier"]["kind"], sources["dossier"]["url"]) == ("list", URL)


def test_source_that_an_interrupted_run_did_not_reach_was_not_read(
    folder: ArchiveFolder, open_session: Callable[..., Session]
) -> None:
    open_session().close("interrupted")
    assert {(row["last_crawl"], row["last_success"]) for row in rows(folder, "sources")} == {(None, None)}


def test_captured_page_is_due_after_the_interval(open_session: Callable[..., Session]) -> None:
    clock = Clock()
    session = open_session(now=clock)
    session.discovered("dossier", (URL,))
    assert [page.url for page in session.due(["dossier"])] == [URL]
    assert session.due(["news"]) == []
    session.page_captured(URL, page_id(URL))
    session.commit()
    assert session.due(["dossier"]) == []
    clock.next += timedelta(days=1)
    [page] = session.due(["dossier"])
    assert (page.url, page.why) == (URL, "interval")


def test_failed_page_is_noted_and_due_again(folder: ArchiveFolder, open_session: Callable[..., Session]) -> None:
    clock = Clock()
    session = open_session(now=clock)
    session.discovered("dossier", (URL,))
    session.page_failed(URL, "the host refused the connection")
    [failure] = rows(folder, "failures")
    assert (failure["url"], failure["crawl_id"]) == (URL, session.id)
    assert failure["reason"] == "the host refused the connection"
    assert session.due(["dossier"]) == []
    clock.next += timedelta(days=1)
    assert [page.why for page in session.due(["dossier"])] == ["failed before"]


def test_session_without_captures_leaves_no_file(folder: ArchiveFolder, open_session: Callable[..., Session]) -> None:
    open_session().close("finished")
    assert warc_files(folder.warc_dir) == []
    assert not folder.index_path.exists()
    assert len(summaries(folder)) == 1


def test_second_close_changes_nothing(folder: ArchiveFolder, open_session: Callable[..., Session]) -> None:
    session = open_session()
    session.store_exchange(exchange(), source=None, via=None)
    session.close("finished")
    before = [rows(folder, "crawls"), summaries(folder), folder.index_path.read_bytes()]
    session.close("failed")
    assert [rows(folder, "crawls"), summaries(folder), folder.index_path.read_bytes()] == before


ENDINGS = {"finished": None, "interrupted": KeyboardInterrupt(), "failed": ValueError("a bug")}


@pytest.mark.parametrize(("state", "error"), ENDINGS.items(), ids=ENDINGS)
def test_end_of_the_block_says_how_it_went(folder: ArchiveFolder, state: str, error: BaseException | None) -> None:
    def run() -> None:
        with Session(folder, command="add", now=Clock()):
            if error:
                raise error

    if error:
        with pytest.raises(type(error)):
            run()
    else:
        run()
    assert [crawl["state"] for crawl in rows(folder, "crawls")] == [state]
    assert [summary["state"] for summary in summaries(folder)] == [state]


def test_full_disk_acknowledges_nothing(
    folder: ArchiveFolder, open_session: Callable[..., Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    session = open_session()
    kept = session.store_exchange(exchange(), source=None, via=None)
    with monkeypatch.context() as patch:
        patch.setattr(OpenFile, "write", _disk_full)
        with pytest.raises(CannotStore, match="No space left on device"):
            session.store_exchange(exchange("http://a.example/two/"), source=None, via=None)
    session.close("failed")
    assert [row["record_id"] for row in rows(folder, "captures")] == [kept.record.id]
    assert len(folder.index_path.read_text().splitlines()) == 1
    assert summaries(folder)[0]["records"] == 1
    stored = [record.id for path in warc_files(folder.warc_dir) for record in iter_records(path)]
    assert kept.record.id in stored
    assert [one.record.id for one in iter_captures(warc_files(folder.warc_dir)[0])] == [kept.record.id]


def test_disk_full_at_the_end_still_ends_the_crawl(
    folder: ArchiveFolder, open_session: Callable[..., Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    session = open_session()
    session.store_exchange(exchange(), source=None, via=None)
    monkeypatch.setattr(os, "fsync", _disk_full)
    with pytest.raises(CannotStore, match=r"index\.cdxj"):
        session.close("failed")
    assert [crawl["state"] for crawl in rows(folder, "crawls")] == ["failed"]
    assert len(summaries(folder)) == 1
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        session.database.execute("SELECT 1")


def test_database_that_refuses_is_told_like_a_full_disk(
    folder: ArchiveFolder, open_session: Callable[..., Session]
) -> None:
    session = open_session()
    session.database.conn.execute("PRAGMA max_page_count = 1")
    large = exchange(url="http://a.example/" + "x" * 1_000_000)
    session.store_exchange(large, source=None, via=None)
    with pytest.raises(CannotWrite, match="database or disk is full; nothing was changed") as caught:
        session.commit()
    assert exit_code(caught.value) is Exit.CANNOT_STORE
    session.database.conn.execute("PRAGMA max_page_count = 4294967294")
    session.close("failed")
    assert len(rows(folder, "captures")) == 1, "what is on disk is acknowledged once the database can be written again"
    assert len(folder.index_path.read_text().splitlines()) == 1


@pytest.mark.parametrize("name", ["archive", "crawls", "indexes"])
def test_file_in_the_place_of_a_folder_is_named(
    folder: ArchiveFolder, open_session: Callable[..., Session], name: str
) -> None:
    (folder.root / name).rmdir()
    (folder.root / name).touch()

    def run() -> None:
        session = open_session()
        session.store_exchange(exchange(), source=None, via=None)
        session.close("finished")

    with pytest.raises(CannotStore, match=f"cannot store into .*{name}"):
        run()


def test_two_sessions_of_one_second_have_two_ids(folder: ArchiveFolder, open_session: Callable[..., Session]) -> None:
    first, second = open_session(), open_session()
    assert first.started_at == second.started_at
    assert first.id != second.id
    assert first.id.startswith("20170224T160500Z-crawl-")
    first.store_exchange(exchange(), source=None, via=None)
    second.store_exchange(exchange("http://a.example/two/"), source=None, via=None)
    first.close("finished")
    second.close("finished")
    assert len(warc_files(folder.warc_dir)) == len(summaries(folder)) == len(rows(folder, "crawls")) == 2
    assert len(folder.index_path.read_text().splitlines()) == 2
