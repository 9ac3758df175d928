"""The archive that the tools are asked about: made by the program itself, two sites crawled twice, a text added."""

import dataclasses
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from archiver.errors import Exit
from tests.acceptance.paper import HTML, Page, Paper, serve_paper
from tests.cli.running import SEED_TEXT, archiver, execute, make_archive, query
from tests.site import ARTICLES, Delivery, Markup, RunningSite, render_article, serve
from warc.reader import read_capture
from warc.record import Capture, Record

MODIFIED = "Wed, 01 Jan 2020 00:00:00 GMT"

PRESS = {
    "plain": ARTICLES[1].path,
    "gzip": "/gzip/",
    "chunked": "/chunked/",
    "pdf": "/file.pdf",
    "redirect": "/old-address/",
    "missing": "/missing/",
}
"""Pages of the fixture site, which has no validators: the second crawl gets each one's own payload again."""

PAPER = (
    "etag", "modified", "etag-gzip", "etag-chunked", "edited", "chunked-no-more", "chunked-now", "no-type", "capitals",
)  # fmt: skip
"""Pages of the site with validators; what each is, is in ``_pages``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the index. ``fields`` in the order written."""

    text: str
    key: str
    timestamp: str
    fields: dict[str, str]

    @property
    def url(self) -> str:
        return self.fields["url"]

    @property
    def http_date(self) -> str:
        """Its second as pywb says it (Memento-Datetime)."""
        moment = datetime.strptime(self.timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        return format_datetime(moment, usegmt=True)


def parse_line(text: str) -> Line:
    key, timestamp, fields = text.split(" ", 2)
    return Line(text=text, key=key, timestamp=timestamp, fields=json.loads(fields))


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """``urls`` by the names in PRESS and PAPER; ``files_of`` and ``served`` (payloads) by crawl."""

    folder: Path
    urls: dict[str, str]
    files_of: dict[int, frozenset[str]]
    served: dict[tuple[str, int], bytes]
    answered: tuple[tuple[str, int], ...]

    @property
    def files(self) -> list[Path]:
        return sorted((self.folder / "archive").iterdir())

    @property
    def lines(self) -> list[Line]:
        text = (self.folder / "indexes" / "index.cdxj").read_text(encoding="utf-8")
        return [parse_line(line) for line in text.splitlines()]

    def line(self, name: str, crawl: int) -> Line:
        """The one capture of that page in the first or second crawl."""
        files, url = self.files_of[crawl], self.urls[name]
        [line] = [one for one in self.lines if one.url == url and one.fields["filename"] in files]
        return line

    def capture(self, line: Line) -> Capture:
        return read_capture(self.folder / "archive", line.fields["filename"], int(line.fields["offset"]))

    def original(self, line: Line) -> Capture:
        """The capture itself; for a revisit the one it refers to by URL and date."""
        capture = self.capture(line)
        if capture.record.type != "revisit":
            return capture
        wanted = tuple(capture.record.first(f"WARC-Refers-To{name}") for name in ("-Target-URI", "-Date"))
        found = (self.capture(one) for one in self.lines if one.url == wanted[0])
        [original] = [
            one for one in found if one.record.type != "revisit" and one.record.first("WARC-Date") == wanted[1]
        ]
        return original

    def article_id(self, name: str) -> str:
        sql = "select distinct article_id from captures where url = ? and article_id is not null"
        [row] = query(self.folder, sql, self.urls[name])
        return str(row["article_id"])


def kind_of(record: Record) -> str:
    """Record type; for a revisit the last part of its profile."""
    profile = record.first("WARC-Profile") or ""
    return profile.rpartition("/")[2] if record.type == "revisit" else record.type


def is_chunked(capture: Capture) -> bool:
    return capture.record.type == "response" and (capture.head.first("Transfer-Encoding") or "").lower() == "chunked"


def make(folder: Path) -> Archive:
    with serve(Markup.HTML5) as press, serve_paper() as paper:
        return _make(folder, press, paper)


def _make(folder: Path, press: RunningSite, paper: Paper) -> Archive:
    urls = {name: press.at(path) for name, path in PRESS.items()} | {name: paper.at(f"/{name}/") for name in PAPER}
    lists = {"press": [urls[name] for name in PRESS], "paper": [urls[name] for name in PAPER]}
    sources = (f'[sources.{source}]\nkind = "list"\nurls = {json.dumps(pages)}\n' for source, pages in lists.items())
    make_archive(folder, "".join(sources))
    crawl = ("-C", folder, "crawl")
    paper.pages.update(_pages(paper))
    bodies = _put(press)
    _well(archiver(*crawl))
    first, served = _names(folder), {(name, 1): body for name, body in _bodies(paper)}
    execute(folder, "update pages set due_at = '2000-01-01T00:00:00.000000Z'")
    paper.pages.update(_changed(paper.pages))
    _well(archiver(*crawl))
    served |= {(name, 2): body for name, body in _bodies(paper)}
    served |= {(name, number): body for name, body in bodies.items() for number in (1, 2)}
    files_of = {1: first, 2: _names(folder) - first}
    _well(archiver("-C", folder, "add", SEED_TEXT))
    return Archive(folder=folder, urls=urls, files_of=files_of, served=served, answered=tuple(paper.answered))


def _names(folder: Path) -> frozenset[str]:
    return frozenset(path.name for path in (folder / "archive").iterdir())


def _bodies(paper: Paper) -> Iterator[tuple[str, bytes]]:
    return ((name, paper.pages[f"/{name}/"].body) for name in PAPER)


def _put(press: RunningSite) -> dict[str, bytes]:
    """Put articles of their own where the fixture site shows one article in several codings; all bodies by name."""
    zipped, chunked = gzip.compress(_article(press.at(""), "gzip"), mtime=0), _article(press.at(""), "chunked")
    press.put(PRESS["gzip"], body=zipped, headers=(HTML, ("Content-Encoding", "gzip")))
    press.put(PRESS["chunked"], body=chunked, headers=(HTML,), delivery=Delivery.CHUNKED)
    bodies = {name: press.site.respond(path).body for name, path in PRESS.items()}
    return {**bodies, "gzip": zipped, "chunked": chunked}


def _well(done: Any) -> None:
    assert done.code == Exit.OK, done


def _pages(paper: Paper) -> dict[str, Page]:
    plain = {name: Page(body=_article(paper.at(""), name)) for name in PAPER}
    changes: dict[str, dict[str, Any]] = {
        "etag": {"etag": '"one"'},
        "modified": {"modified": MODIFIED},
        "etag-gzip": {
            "etag": '"two"',
            "body": gzip.compress(plain["etag-gzip"].body, mtime=0),
            "headers": (*plain["etag-gzip"].headers, ("Content-Encoding", "gzip")),
        },
        "etag-chunked": {"etag": '"three"', "chunked": True},
        "edited": {"etag": '"four"'},
        "chunked-no-more": {"chunked": True},
        "no-type": {"headers": ()},
        "capitals": {"headers": (("Content-Type", "Text/HTML ; Charset=UTF-8"),)},
    }
    return {f"/{name}/": dataclasses.replace(page, **changes.get(name, {})) for name, page in plain.items()}


def _changed(pages: dict[str, Page]) -> dict[str, Page]:
    """What the second crawl finds: one page edited, two sent in another transfer framing with the same payload."""
    edited = pages["/edited/"]
    return {
        "/edited/": dataclasses.replace(
            edited, etag='"five"', body=edited.body.replace(b"</article>", b"<p>!</p></article>")
        ),
        "/chunked-no-more/": dataclasses.replace(pages["/chunked-no-more/"], chunked=False),
        "/chunked-now/": dataclasses.replace(pages["/chunked-now/"], chunked=True),
    }


def _article(base_url: str, name: str) -> bytes:
    content = dataclasses.replace(ARTICLES[1], path=f"/{name}/", title=f"{ARTICLES[1].title}: {name}", comments=())
    return render_article(content, Markup.HTML5, base_url).encode()
