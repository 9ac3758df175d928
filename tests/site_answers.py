"""What the fixture site answers at each path, as a value: no server, no socket.

Beside the articles there is one path for each thing a crawler meets: a redirect, errors, other media types, content
and transfer codings, a server that never answers.
"""

import gzip
import struct
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from http import HTTPStatus

from tests.site_comments import Markup
from tests.site_content import ARTICLES, PRIVATE, SEED, SEED_PATH, SITE_NAME, ArticleContent
from tests.site_pages import render_article, render_feed, render_listing, render_notice, replaced, slug

FEED_PATH = "/feed/"
SECTION_PATH = "/category/international/"
HTML = "text/html; charset=UTF-8"
TEXT = "text/plain; charset=utf-8"

Headers = Sequence[tuple[str, str]]


class Delivery(Enum):
    PLAIN = auto()
    CHUNKED = auto()
    STALL = auto()  # nothing is answered until the site closes
    RESET = auto()  # the connection is closed without a byte


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What a path answers. A Content-Length given in ``headers`` is sent as it is, even if it lies."""

    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    delivery: Delivery = Delivery.PLAIN


def _response(body: str | bytes, *, media_type: str = HTML, status: int = 200, headers: Headers = ()) -> Response:
    data = body.encode() if isinstance(body, str) else body
    return Response(status=status, body=data, headers=(("Content-Type", media_type), *headers))


def pdf() -> bytes:
    """The smallest PDF with one page that readers accept."""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 72 72] >>",
    )
    out, offsets = bytearray(b"%PDF-1.4\n"), list[int]()
    for number, value in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, value)
    size, start = len(objects) + 1, len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
    return bytes(out)


def png() -> bytes:
    """One grey pixel."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b"")


@dataclass(frozen=True, slots=True)
class Site:
    """What stands at each path, as a value. ``base_url`` has no trailing slash."""

    markup: Markup
    base_url: str = "http://127.0.0.1"
    articles: tuple[ArticleContent, ...] = ARTICLES

    def publish(self, content: ArticleContent) -> "Site":
        """The site after this article was edited, commented on or added: page, listings, sidebars and feed."""
        return replace(self, articles=replaced(self.articles, content))

    def respond(self, target: str) -> Response:
        """The answer to a request target; as in WordPress, an unknown query changes nothing."""
        path = target.partition("?")[0]
        found = self._article(path) or self._listing(path) or self._special(path)
        return found or self._notice(HTTPStatus.NOT_FOUND, "Nothing stands at this address.")

    def _article(self, path: str) -> Response | None:
        for article in (*self.articles, PRIVATE):
            if article.path == path:
                return _response(render_article(article, self.markup, self.base_url, articles=self.articles))
        return None

    def _seed(self) -> str:
        seed = next((article for article in self.articles if article.path == SEED_PATH), SEED)
        return render_article(seed, self.markup, self.base_url, articles=self.articles)

    def _listing(self, path: str) -> Response | None:
        kind, _, name = path.strip("/").partition("/")
        match kind:
            case "":
                title, shown = SITE_NAME, self.articles
            case "category" | "tag" | "author":
                title = name.replace("-", " ").title()
                shown = tuple(article for article in self.articles if name in _slugs(article, kind))
            case _:
                return None
        if not shown or not path.endswith("/"):
            return None
        return _response(render_listing(title=title, path=path, articles=shown, base_url=self.base_url))

    def _notice(self, status: HTTPStatus, text: str, *, headers: Headers = ()) -> Response:
        body = render_notice(title=status.phrase, path=None, text=text, base_url=self.base_url)
        return _response(body, status=status, headers=headers)

    def _about(self) -> Response:
        text = "A small paper that is printed on one machine only."
        return _response(render_notice(title="About", path="/about/", text=text, base_url=self.base_url))

    def _specials(self) -> Mapping[str, Callable[[], Response]]:
        """One path for each thing that is neither article nor listing."""
        location = ("Location", self.base_url + SEED_PATH)
        notice = self._notice
        return {
            FEED_PATH: lambda: _response(
                render_feed(self.articles, self.base_url), media_type="application/rss+xml; charset=UTF-8"
            ),
            "/robots.txt": lambda: _response("User-agent: *\nDisallow: /private/\n", media_type=TEXT),
            "/about/": self._about,
            "/old-address/": lambda: notice(HTTPStatus.MOVED_PERMANENTLY, "It has moved.", headers=(location,)),
            "/gone/": lambda: notice(HTTPStatus.GONE, "The editors have taken this page back."),
            "/error/": lambda: notice(HTTPStatus.INTERNAL_SERVER_ERROR, "The press has stopped."),
            "/file.pdf": lambda: _response(pdf(), media_type="application/pdf"),
            "/image.png": lambda: _response(png(), media_type="image/png"),
            "/empty/": lambda: _response(""),
            "/gzip/": lambda: _response(
                gzip.compress(self._seed().encode(), mtime=0), headers=(("Content-Encoding", "gzip"),)
            ),
            "/chunked/": lambda: replace(_response(self._seed()), delivery=Delivery.CHUNKED),
            "/stall/": lambda: Response(delivery=Delivery.STALL),
            "/reset/": lambda: Response(delivery=Delivery.RESET),
        }

    def _special(self, path: str) -> Response | None:
        answer = self._specials().get(path)
        return answer() if answer else None


def _slugs(article: ArticleContent, kind: str) -> tuple[str, ...]:
    names = {"category": article.categories, "tag": article.tags, "author": article.authors}[kind]
    return tuple(slug(name) for name in names)
