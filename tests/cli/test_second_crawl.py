"""A page captured again: what is not stored, not asked for and not extracted twice, and what is all the same told."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from archiver import ingest
from archiver.cli import run
from archiver.errors import Exit
from archiver.folder import ArchiveFolder, make_folder
from archiver.session import Session
from db.descriptions import DERIVED
from tests.cli.running import archiver, dump, execute, make_archive, query
from tests.here import counting
from tests.site import SEED_PATH, RunningSite, serve
from tests.warc.foreign import BODY, OTHER_BODY, URL
from warc.block import Block
from warc.exchange import Exchange, Truncation
from warc.reader import iter_records, read_capture, warc_files
from warc.record import IDENTICAL_PAYLOAD, NOT_MODIFIED, Capture, Record

START = datetime(2017, 2, 24, 16, 5, tzinfo=UTC)
HTML = b"Content-Type: text/html; charset=UTF-8\r\n"


class Crawls:
    """Sessions an hour apart, each of which stores what it is told was answered."""

    def __init__(self, folder: ArchiveFolder, patch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.now = START
        self.extracted = 0
        self._patch = patch

    def crawl(self, *answers: bytes, asked_for: str | None = None, url: str = URL, **values: Any) -> list[Capture]:
        """Store the answers in a run of their own and extract them; ``extracted`` counts pages it had to extract."""
        self.now += timedelta(hours=1)
        with self._patch.context() as patch:
            here = counting(patch, ingest)
            with Session(self.folder, command="crawl", now=lambda: self.now) as session:
                captures = [
                    session.store_exchange(
                        Exchange(
                            url=url,
                            started_at=self.now,
                            request=Block(b"GET / HTTP/1.1\r\n\r\n"),
                            response=Block(answer),
                            **values,
                        ),
                        source="news",
                        via=None,
                        asked_for=asked_for,
                    )
                    for answer in answers
                ]
                session.commit()
                ingest.ingest_new(self.folder, session.database, crawl_id=session.id)
            self.extracted = here.calls
        return captures

    def records_of(self, capture: Capture) -> list[Record]:
        """The capture's main record and those beside it."""
        [path] = [path for path in warc_files(self.folder.warc_dir) if path.name == capture.record.file]
        own = f"<{capture.record.id}>"
        return [
            one for one in iter_records(path) if own in (one.first("WARC-Record-ID"), one.first("WARC-Concurrent-To"))
        ]

    def run(self, *command: str) -> int:
        """A command in this process; its exit code."""
        return run(["-C", str(self.folder.root), *command])

    @property
    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        return dump(self.folder.root, tuple(one for one in DERIVED if one not in ("articles_fts", "comments_fts")))

    def query(self, sql: str) -> list[dict[str, Any]]:
        return query(self.folder.root, sql)


@pytest.fixture
def crawls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Crawls:
    return Crawls(make_folder(tmp_path / "archive"), monkeypatch)


def ok(body: bytes = BODY, head: bytes = b"", *, chunked: bool = False, status: bytes = b"200 OK") -> bytes:
    if chunked:
        framed = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
        return b"HTTP/1.1 " + status + b"\r\n" + HTML + head + b"Transfer-Encoding: chunked\r\n\r\n" + framed
    return b"HTTP/1.1 " + status + b"\r\n" + HTML + head + b"Content-Length: %d\r\n\r\n" % len(body) + body


def test_same_payload_is_a_revisit_with_the_new_head(crawls: Crawls) -> None:
    [first] = crawls.crawl(ok(head=b'ETag: "1"\r\n'))
    answer = ok(head=b'ETag: "2"\r\n')
    [second] = crawls.crawl(answer)
    record = second.record
    assert record.type == "revisit"
    assert bytes(record.block) == answer[: -len(BODY)]
    named = {
        name: value for name, value in record.headers if name.startswith(("WARC-Refers", "WARC-Prof", "WARC-Payl"))
    }
    assert named == {
        "WARC-Profile": IDENTICAL_PAYLOAD,
        "WARC-Refers-To": f"<{first.record.id}>",
        "WARC-Refers-To-Target-URI": URL,
        "WARC-Refers-To-Date": "2017-02-24T17:05:00.000000Z",
        "WARC-Payload-Digest": first.payload_digest,
    }
    assert read_capture(crawls.folder.warc_dir, record.file, record.offset) == second
    [third] = crawls.crawl(answer)
    assert third.record.refers_to == first.record.id, "of the record that holds the payload, not of another revisit"
    [other] = crawls.crawl(answer, url="http://news.example/other/")
    assert other.record.refers_to == first.record.id, "of any URL"


def test_not_modified_is_a_revisit_with_an_empty_block(crawls: Crawls) -> None:
    [first] = crawls.crawl(ok(head=b'ETag: "1"\r\n'))
    answer = b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\nDate: x\r\n\r\n'
    [second] = crawls.crawl(answer, asked_for=first.record.id)
    main, request, metadata, fields = crawls.records_of(second)
    assert (main.type, main.first("WARC-Profile"), bytes(main.block)) == ("revisit", NOT_MODIFIED, b"")
    assert (main.refers_to, main.first("WARC-Refers-To-Target-URI")) == (first.record.id, URL)
    assert main.first("WARC-Payload-Digest") == first.payload_digest
    assert (metadata.type, metadata.is_http, bytes(metadata.block)) == ("metadata", True, answer)
    assert (request.type, fields.type) == ("request", "metadata")
    assert second.head.status == 304
    assert read_capture(crawls.folder.warc_dir, main.file, main.offset) == second
    [row] = crawls.query("select * from captures where record_type = 'revisit'")
    assert (row["status"], row["refers_to"], row["verdict"]) == (304, first.record.id, "article")


FULL: dict[str, tuple[bytes, bytes]] = {
    "the original is chunked, this is not": (ok(chunked=True), ok()),
    "redirect": (ok(status=b"301 Moved\r\nLocation: /x"), ok(status=b"301 Moved\r\nLocation: /x")),
    "redirect of a payload that was a page": (ok(), ok(status=b"302 Found\r\nLocation: /x")),
    "another payload": (ok(), ok(OTHER_BODY)),
    "no payload": (ok(b""), ok(b"")),
    "304 that nobody asked for": (ok(), b"HTTP/1.1 304 Not Modified\r\n\r\n"),
}


@pytest.mark.parametrize(("before", "after"), FULL.values(), ids=FULL)
def test_what_players_could_not_put_together_is_stored_in_full(crawls: Crawls, before: bytes, after: bytes) -> None:
    crawls.crawl(before)
    [capture] = crawls.crawl(after)
    assert (capture.record.type, bytes(capture.record.block)) == ("response", after)


def test_framing_of_the_revisit_alone_is_no_hindrance(crawls: Crawls) -> None:
    """Players take the head from the revisit: both chunked, or an original without framing, are fine."""
    [plain] = crawls.crawl(ok())
    [revisit] = crawls.crawl(ok(chunked=True))
    assert (revisit.record.type, revisit.record.refers_to) == ("revisit", plain.record.id)


def test_payload_cut_off_is_stored_in_full(crawls: Crawls) -> None:
    crawls.crawl(ok())
    [capture] = crawls.crawl(ok(), truncated=Truncation.TIME)
    assert capture.record.type == "response"
    [whole] = crawls.crawl(ok(OTHER_BODY), truncated=Truncation.LENGTH)
    [again] = crawls.crawl(ok(OTHER_BODY))
    assert (whole.record.type, again.record.type) == ("response", "response"), "a part is no original"


def test_original_whose_file_is_gone_is_stored_anew(crawls: Crawls) -> None:
    [first] = crawls.crawl(ok())
    (crawls.folder.warc_dir / first.record.file).unlink()
    [second] = crawls.crawl(ok())
    assert second.record.type == "response"


def test_nothing_is_extracted_again_and_history_shows_each_capture(crawls: Crawls) -> None:
    [first] = crawls.crawl(ok(head=b'ETag: "1"\r\n'))
    assert crawls.extracted == 1
    crawls.crawl(ok(head=b'ETag: "1"\r\n'))
    assert crawls.extracted == 0, "the same payload"
    crawls.crawl(b"HTTP/1.1 304 Not Modified\r\n\r\n", asked_for=first.record.id)
    assert crawls.extracted == 0, "not modified"
    [article] = crawls.query("select * from articles")
    assert (article["capture_count"], article["revision_count"]) == (3, 1)
    assert (article["first_captured"], article["last_captured"]) == (
        "2017-02-24T17:05:00.000000Z",
        "2017-02-24T19:05:00.000000Z",
    )
    sightings = crawls.query("select capture_id, count(*) n from sightings group by capture_id")
    assert len({row["n"] for row in sightings}) == 1
    assert len(sightings) == 3
    rows = crawls.rows
    assert crawls.run("rebuild", "--check") == Exit.OK
    assert crawls.run("rebuild") == Exit.OK
    assert crawls.rows == rows
    assert crawls.run("verify") == Exit.OK


ANEW: dict[str, tuple[bytes, str]] = {
    "another URL": (ok(), "http://news.example/other/"),
    "another status": (ok(status=b"404 Not Found"), URL),
    "another media type": (ok().replace(b"text/html", b"text/plain"), URL),
}


@pytest.mark.parametrize(("answer", "url"), ANEW.values(), ids=ANEW)
def test_same_payload_that_means_another_page_is_extracted(crawls: Crawls, answer: bytes, url: str) -> None:
    crawls.crawl(ok())
    [capture] = crawls.crawl(answer, url=url)
    assert (capture.record.type, crawls.extracted) == ("revisit", 1)
    assert crawls.run("rebuild", "--check") == Exit.OK


def test_edit_and_return_are_three_states(crawls: Crawls) -> None:
    edited = BODY.replace(b"<h1", b"<h1 data-edited").replace(b"</title>", b", edited</title>").replace(b"the", b"a")
    crawls.crawl(ok())
    crawls.crawl(ok(edited))
    crawls.crawl(ok())
    assert crawls.extracted == 0
    [article] = crawls.query("select * from articles")
    assert (article["capture_count"], article["revision_count"]) == (3, 3)
    assert crawls.run("rebuild", "--check") == Exit.OK


# Over the wire, with a server that knows its validators.


@pytest.fixture
def server() -> Iterator[RunningSite]:
    with serve() as site:
        yield site


def _due(folder: Path) -> None:
    execute(folder, "update pages set due_at = '2000-01-01T00:00:00.000000Z'")


def _asked(server: RunningSite, path: str) -> list[tuple[str | None, str | None]]:
    """The validators of each request for this path."""
    return [
        (one.headers["If-None-Match"], one.headers["If-Modified-Since"]) for one in server.requests if one.path == path
    ]


def _tagged(server: RunningSite, path: str, *headers: tuple[str, str]) -> None:
    answer = server.site.respond(path)
    server.put(path, body=answer.body, headers=(*answer.headers, *headers), status=answer.status)


def test_pages_are_asked_for_with_their_own_validators(server: RunningSite, tmp_path: Path) -> None:
    modified = ("Last-Modified", "Fri, 24 Feb 2017 16:05:00 GMT")
    _tagged(server, SEED_PATH, ("ETag", '"seed"'), modified)
    _tagged(server, "/old-address/", ("ETag", '"hop"'))
    folder = make_archive(
        tmp_path / "a", f'[sources.l]\nkind = "list"\nurls = ["{server.article_url}", "{server.at("/old-address/")}"]\n'
    )
    assert archiver("-C", folder, "crawl").code == Exit.OK
    _due(folder)
    server.put(SEED_PATH, status=304, headers=(("ETag", '"seed"'),))
    done = archiver("-C", folder, "crawl")
    assert (done.code, done.err) == (Exit.OK, "")
    asked = _asked(server, SEED_PATH)
    assert set(asked) == {(None, None), ('"seed"', modified[1])}
    assert asked.count(('"seed"', modified[1])) >= 2, "asked for itself, and behind the redirect"
    assert set(_asked(server, "/old-address/")) == {(None, None)}, "a redirect's tag is no page's"
    [article] = query(folder, "select * from articles")
    assert (article["revision_count"], article["comment_count"]) == (1, 15)
    assert query(folder, "select * from captures where status = 304 and verdict <> 'article'") == []
    for check in (("rebuild", "--check"), ("verify",)):
        assert archiver("-C", folder, *check).code == Exit.OK


def test_tag_that_the_server_does_not_know_again_is_left_out(server: RunningSite, tmp_path: Path) -> None:
    modified = "Fri, 24 Feb 2017 16:05:00 GMT"
    folder = make_archive(tmp_path / "a", f'[sources.l]\nkind = "list"\nurls = ["{server.article_url}"]\n')
    for number in range(3):
        _tagged(server, SEED_PATH, ("ETag", f'W/"{number}"'), ("Last-Modified", modified))
        assert archiver("-C", folder, "crawl").code == Exit.OK
        _due(folder)
    assert _asked(server, SEED_PATH) == [(None, None), ('W/"0"', modified), (None, modified)]


def test_listing_that_has_not_changed_still_yields_its_pages(server: RunningSite, tmp_path: Path) -> None:
    _tagged(server, "/feed/", ("ETag", '"feed"'))
    folder = make_archive(tmp_path / "a", f'[sources.news]\nkind = "feed"\nurl = "{server.feed_url}"\n')
    assert archiver("-C", folder, "crawl").code == Exit.OK
    execute(folder, "delete from pages where url = ?", server.article_url)
    server.put("/feed/", status=304, headers=(("ETag", '"feed"'),))
    assert archiver("-C", folder, "crawl").code == Exit.OK
    assert _asked(server, "/feed/") == [(None, None), ('"feed"', None)]
    assert len(query(folder, "select * from pages where url = ?", server.article_url)) == 1
    assert server.paths.count(SEED_PATH) == 2, "it was new again"


def test_listing_whose_stored_body_is_gone_is_asked_for_anew(server: RunningSite, tmp_path: Path) -> None:
    _tagged(server, "/feed/", ("ETag", '"feed"'))
    folder = make_archive(tmp_path / "a", f'[sources.news]\nkind = "feed"\nurl = "{server.feed_url}"\n')
    assert archiver("-C", folder, "crawl").code == Exit.OK
    for path in warc_files(folder / "archive"):
        path.unlink()
    server.put("/feed/", status=304, headers=(("ETag", '"feed"'),))
    done = archiver("-C", folder, "crawl")
    assert _asked(server, "/feed/") == [(None, None), ('"feed"', None), (None, None)]
    assert (done.code, "answered 304" in done.err) == (Exit.FAILED, True)
