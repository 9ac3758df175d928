"""A fast local site for the benchmarks: article pages of some 60 kB, a section page that links to all, robots.txt.

Runs in a process of its own (``Site``), so that the crawlers' figures hold nothing of it. What it serves is a
function of the page's number. It keeps count of what it answered; ``Site.counts`` asks it.
"""

import argparse
import asyncio
import http.client
import json
import random
import subprocess
import sys
import zlib
from collections import Counter
from dataclasses import dataclass
from email.utils import formatdate
from types import TracebackType
from typing import Any, Self, cast

_HOST = "127.0.0.1"
_FIRST_DAY = 1_767_225_600  # 1 January 2026, in seconds of Unix time
_PAGE_BYTES = 60_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """How a site answers: ``coding`` is gzip or identity; ``bare_share`` of its pages have no validators."""

    pages: int
    coding: str = "gzip"
    bare_share: float = 0.0

    def is_bare(self, number: int) -> bool:
        """Whether a page has no validators; such pages are spread evenly."""
        return int((number + 1) * self.bare_share) > int(number * self.bare_share)

    @property
    def bare_pages(self) -> int:
        return int(self.pages * self.bare_share)


class Site:
    """The site's process, while the context lasts."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self._process: subprocess.Popen[str] | None = None
        self._port = 0

    def __enter__(self) -> Self:
        content = self.content
        options = [f"--pages={content.pages}", f"--coding={content.coding}", f"--bare-share={content.bare_share}"]
        command = [sys.executable, "-m", "bench.site", *options]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 - this module
        if self._process.stdout is None:
            raise AssertionError("a pipe was asked for")
        self._port = int(self._process.stdout.readline())  # written once it listens
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process:
            self._process.terminate()
            self._process.communicate()

    def urls(self, count: int) -> list[str]:
        return [f"http://{_HOST}:{self._port}{path_of(number)}" for number in range(count)]

    @property
    def section_url(self) -> str:
        return f"http://{_HOST}:{self._port}/section/"

    def counts(self) -> dict[str, int]:
        """Since the last question: pages by status (``200``, ``304``), bytes of their bodies, connections."""
        connection = http.client.HTTPConnection(_HOST, self._port)
        try:
            connection.request("GET", "/-/counts")
            found: dict[str, int] = json.loads(connection.getresponse().read())
        finally:
            connection.close()
        return found


def path_of(number: int) -> str:
    return f"/2026/{number % 12 + 1:02}/story-{number:05}/"


class Press:
    """Makes pages out of a stock of paragraphs. Every page differs, none needs more than a join."""

    def __init__(self) -> None:
        dice = random.Random(1)  # noqa: S311 - the same pages each time, nothing secret
        words = sorted({"".join(dice.choices(_SYLLABLES, k=dice.randint(1, 4))) for _ in range(9000)})
        dice.shuffle(words)
        weights = [1 / (rank + 10) for rank in range(len(words))]
        self._paragraphs = [_sentences(dice, words, weights) for _ in range(3000)]
        self._frame = _furniture(dice, words)

    def page(self, number: int) -> bytes:
        dice = random.Random(number)  # noqa: S311 - as above
        top, bottom = self._frame
        title = f"Report {number:05}: " + dice.choice(self._paragraphs)[:60]
        first = (
            f"<!DOCTYPE html>\n<html lang=en><head><meta charset=utf-8><title>{title}</title>"
            f'<meta name="author" content="Reporter {number % 40}">'
            f'<meta property="article:published_time" content="2026-{number % 12 + 1:02}-03T10:00:00Z">'
            f'<link rel="canonical" href="{path_of(number)}">{top}<article><h1>{title}</h1>'
        )
        parts = [first]
        size = len(top) + len(bottom)
        while size < _PAGE_BYTES * 3 // 4:
            parts.append(f"<p>{dice.choice(self._paragraphs)} ({dice.random():.9f})</p>\n")
            size += len(parts[-1])
        parts.append('</article><section id="comments"><ol class="commentlist">\n')
        while size < _PAGE_BYTES:
            parts.append(_comment(dice, number, len(parts), dice.choice(self._paragraphs)))
            size += len(parts[-1])
        parts.append(f"</ol></section>{bottom}</body></html>\n")
        return "".join(parts).encode()


_SYLLABLES = [consonant + vowel for consonant in "bcdfghlmnprstvw" for vowel in ("a", "e", "i", "o", "u", "ea", "er")]


def _sentences(dice: random.Random, words: list[str], weights: list[float]) -> str:
    count = dice.randint(4, 8)
    return " ".join(
        " ".join(dice.choices(words, weights, k=dice.randint(8, 22))).capitalize() + "." for _ in range(count)
    )


def _comment(dice: random.Random, number: int, position: int, text: str) -> str:
    one = number * 1000 + position
    time = f"2026-03-{one % 28 + 1:02}T11:{one % 60:02}:00Z"
    return (
        f'<li class="comment" id="comment-{one}"><div class="comment-body">'
        f'<cite class="fn">Reader {dice.randrange(9999)}</cite>'
        f'<a href="#comment-{one}"><time datetime="{time}">March</time></a><p>{text}</p></div></li>\n'
    )


def _furniture(dice: random.Random, words: list[str]) -> tuple[str, str]:
    """What stands around every article alike: styles, scripts, menus, teasers. Some 25 kB."""
    styles = "".join(
        f".{word}-{index}{{margin:{index % 9}px;color:#{dice.randrange(1 << 24):06x};display:flex}}\n"
        for index, word in enumerate(dice.choices(words, k=110))
    )
    scripts = "".join(
        f"var {word}{index}=function(e){{return e.{word}||{dice.randrange(9999)}}};\n"
        for index, word in enumerate(dice.choices(words, k=110))
    )
    links = "".join(
        f'<li class="menu-item menu-item-{index}"><a href="/{word}/">{word.capitalize()}</a></li>\n'
        for index, word in enumerate(dice.choices(words, k=120))
    )
    top = f"<style>{styles}</style></head><body><nav><ul>{links}</ul></nav>"
    return top, f"<footer><ul>{links}</ul></footer><script>{scripts}</script>"


class _Answers:
    """What is answered to each request, as bytes; pages served as gzip are compressed at the start."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._press = Press()
        self._gzipped = content.coding == "gzip"
        self._bodies = [_gzip(self._press.page(number)) for number in range(content.pages)] if self._gzipped else []
        self._paths = {path_of(number).encode(): number for number in range(content.pages)}
        self._counts: Counter[str] = Counter()

    def answer(self, request: bytes) -> list[bytes]:
        path = request.split(b" ", 2)[1]
        number = self._paths.get(path)
        if number is not None:
            return self._page(number, request)
        if path == b"/robots.txt":
            return _message("200 OK", "text/plain", b"User-agent: *\nDisallow: /private/\n")
        if path == b"/section/":
            links = (f'<a href="{path.decode()}">{number}</a>\n' for path, number in self._paths.items())
            return _message("200 OK", "text/html", f"<title>All</title>{''.join(links)}".encode())
        if path == b"/-/counts":
            counts, self._counts = self._counts, Counter()
            return _message("200 OK", "application/json", json.dumps(counts).encode())
        return _message("404 Not Found", "text/html", b"<title>Not found</title>")

    def note_connection(self) -> None:
        self._counts["connections"] += 1

    def _page(self, number: int, request: bytes) -> list[bytes]:
        validators = self._validators(number)
        if validators and _is_current(request, *validators):
            self._counts["304"] += 1
            return [_head("304 Not Modified", _lines(validators))]
        if self._gzipped and b"gzip" in (_field(request, b"accept-encoding") or b""):
            body, coding = self._bodies[number], "Content-Encoding: gzip\r\n"
        else:
            body, coding = self._press.page(number), ""
        self._counts["200"] += 1
        self._counts["body_bytes"] += len(body)
        fields = f"Vary: Accept-Encoding\r\n{coding}{_lines(validators)}"
        return _message("200 OK", "text/html; charset=utf-8", body, fields)

    def _validators(self, number: int) -> tuple[str, str] | None:
        """ETag and Last-Modified of a page, unless it is a bare one."""
        if self._content.is_bare(number):
            return None
        return f'"{zlib.crc32(b"%d" % number):08x}-{self._content.coding}"', formatdate(
            _FIRST_DAY + number, usegmt=True
        )


def _gzip(body: bytes) -> bytes:
    packer = zlib.compressobj(6, wbits=31)
    return packer.compress(body) + packer.flush()


def _is_current(request: bytes, etag: str, modified: str) -> bool:
    """By RFC 9110 section 13.2.2: If-Modified-Since counts only where there is no If-None-Match."""
    asked = _field(request, b"if-none-match")
    if asked is not None:
        return etag.encode() in asked
    return _field(request, b"if-modified-since") == modified.encode()


def _field(request: bytes, name: bytes) -> bytes | None:
    start = request.lower().find(b"\r\n" + name + b":")
    if start < 0:
        return None
    return request[start + len(name) + 3 :].partition(b"\r\n")[0].strip()


def _lines(validators: tuple[str, str] | None) -> str:
    return "ETag: {}\r\nLast-Modified: {}\r\n".format(*validators) if validators else ""


def _head(status: str, fields: str) -> bytes:
    date = formatdate(usegmt=True)
    return f"HTTP/1.1 {status}\r\nServer: bench\r\nDate: {date}\r\n{fields}Cache-Control: max-age=0\r\n\r\n".encode()


def _message(status: str, kind: str, body: bytes, fields: str = "") -> list[bytes]:
    return [_head(status, f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n{fields}"), body]


class _Connection(asyncio.Protocol):
    """GET requests on one kept-alive connection, answered in their order."""

    def __init__(self, answers: _Answers) -> None:
        self._answers = answers
        self._unread = b""
        self._transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._answers.note_connection()

    def data_received(self, data: bytes) -> None:
        *requests, self._unread = (self._unread + data).split(b"\r\n\r\n")
        for request in requests:
            self._transport.write(b"".join(self._answers.answer(request + b"\r\n")))


async def _serve(content: Content) -> None:
    answers = _Answers(content)
    server = await asyncio.get_running_loop().create_server(lambda: _Connection(answers), _HOST, 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--coding", choices=["gzip", "identity"], default="gzip")
    parser.add_argument("--bare-share", type=float, default=0.0, help="share of pages without ETag and Last-Modified")
    content = Content(**cast("Any", vars(parser.parse_args())))
    asyncio.run(_serve(content))


if __name__ == "__main__":
    main()
