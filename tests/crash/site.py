"""A site over raw sockets that keeps a ledger of every exchange, and can strike its client down in the middle of one.

Every answer carries its serial number in a header, so that a record in the archive names the very bytes sent for it.
A round of crawls sees some pages changed, some as before, some answered 304.
"""

import gzip
import os
import random
import socket
import threading
from base64 import b64encode
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from signal import SIGKILL, Signals
from types import TracebackType
from typing import Final, Self

SECTION: Final = "/"
_ROBOTS: Final = "/robots.txt"
_WORDS: Final = ("harbour", "ferry", "winter", "council", "ice", "quay", "pilot", "letter", "bridge", "snow", "tide")


class Way(StrEnum):
    """How a page is answered."""

    PLAIN = "plain"
    GZIP = "gzip"
    CHUNKED = "chunked"
    GZIP_CHUNKED = "gzip-chunked"
    ETAG = "etag"
    REPEAT = "repeat"
    REDIRECT = "redirect"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageAt:
    """``changes``: has another body in each round."""

    path: str
    way: Way
    size: int
    changes: bool
    is_html: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One exchange. ``payload`` is the entity body without transfer coding; of a 304 what the answer stands for."""

    url: str
    request: bytes
    response: bytes
    payload: bytes
    round: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Strike:
    """A signal to the client once this many requests have come, after so much of the last one's answer was sent."""

    requests: int
    share: float
    signal: Signals = SIGKILL

    def __str__(self) -> str:
        return f"{self.signal.name} at request {self.requests}, {self.share:.0%} of its answer sent"


class CrashSite:
    """Served while the ``with`` block runs, by threads of this process."""

    def __init__(self, *, seed: int, pages: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - no secret
        self.pages = {page.path: page for page in (self._page(number) for number in range(pages))}
        self.round = 0
        self.ledger: dict[int, Sent] = {}
        self._lock = threading.Lock()
        self.has_struck = False
        self._requests = 0
        self._strike: Strike | None = None
        self._victim: int | None = None
        self._aimed = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._aimed.set()
        for one in (self._listener, *self._open):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        self._listener.close()

    @property
    def requests(self) -> int:
        """How many came since ``prepare``."""
        return self._requests

    def next_round(self) -> None:
        self.round += 1

    def prepare(self, strike: Strike | None) -> None:
        """Count requests anew; strike whoever is aimed at."""
        self.has_struck = False
        with self._lock:
            self._requests, self._strike, self._victim = 0, strike, None
            self._aimed.clear()

    def aim(self, victim: int) -> None:
        with self._lock:
            self._victim = victim
            self._aimed.set()

    def urls_of(self, round_: int) -> set[str]:
        """What was asked for in a round."""
        with self._lock:
            return {sent.url for sent in self.ledger.values() if sent.round == round_}

    def _page(self, number: int) -> PageAt:
        ways = [*Way, Way.PLAIN, Way.GZIP, Way.CHUNKED, Way.ETAG]
        return PageAt(
            path=f"/page/{number}",
            way=ways[number % len(ways)],
            size=int(1000 * 40 ** self._random.random()),
            changes=self._random.random() < 0.3,
            is_html=self._random.random() < 0.2,
        )

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._lock:
                self._open.add(connection)
            self._start(self._serve, connection)

    def _start(self, target: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=target, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with suppress(OSError), connection:
            waiting = b""
            while True:
                while b"\r\n\r\n" not in waiting:
                    data = connection.recv(1 << 16)
                    if not data:
                        return
                    waiting += data
                request, _, waiting = waiting.partition(b"\r\n\r\n")
                self._answer(connection, request + b"\r\n\r\n")

    def _answer(self, connection: socket.socket, request: bytes) -> None:
        line, *rest = request.decode("latin-1").split("\r\n")
        path = line.split(" ")[1]
        headers = {name.lower(): value.strip() for name, _, value in (one.partition(":") for one in rest)}
        with self._lock:
            serial = len(self.ledger)
            response, payload = self._response(path, headers, serial)
            self.ledger[serial] = Sent(
                url=self.url + path, request=request, response=response, payload=payload, round=self.round
            )
            self._requests += 1
            strike = self._strike if self._strike and self._strike.requests == self._requests else None
        if strike is None:
            connection.sendall(response)
            return
        first = int(len(response) * strike.share)
        connection.sendall(response[:first])
        self._aimed.wait()
        if self._victim is not None:
            self.has_struck = True
            os.kill(self._victim, strike.signal)
        connection.sendall(response[first:])

    def _response(self, path: str, headers: Mapping[str, str], serial: int) -> tuple[bytes, bytes]:
        """The bytes to send, and the payload."""
        own = [f"X-Serial: {serial}"]
        if path == _ROBOTS:
            return _message("200 OK", [*own, "Content-Type: text/plain"], b"User-agent: *\nDisallow:\n")
        if path == SECTION:
            links = "".join(f'<li><a href="{one}">Note {number}</a></li>' for number, one in enumerate(self.pages))
            body = f"<html><body><ul>{links}</ul></body></html>".encode()
            return _validated([*own, "Content-Type: text/html"], body, headers, etag='"section"')
        page = self.pages.get(path)
        if page is None or page.way is Way.MISSING:
            return _message("404 Not Found", [*own, "Content-Type: text/plain"], b"nothing here\n")
        return self._page_response(page, headers, own)

    def _page_response(self, page: PageAt, headers: Mapping[str, str], own: list[str]) -> tuple[bytes, bytes]:
        body = self._body(page)
        own.append("Content-Type: text/html; charset=utf-8" if page.is_html else "Content-Type: application/x-noise")
        match page.way:
            case Way.GZIP | Way.GZIP_CHUNKED:
                body = gzip.compress(body, 6, mtime=0)
                chunk = 3000 if page.way is Way.GZIP_CHUNKED else 0
                return _message("200 OK", [*own, "Content-Encoding: gzip"], body, chunk=chunk)
            case Way.CHUNKED:
                return _message("200 OK", own, body, chunk=1500)
            case Way.ETAG:
                return _validated(own, body, headers, etag=f'"{page.path}-{self._edition(page)}"')
            case Way.REDIRECT:
                target = f"{self.url}/page/{int(page.path.rsplit('/', 1)[1]) - 1}"
                return _message("302 Found", [*own, f"Location: {target}"], b"elsewhere\n" * 5)
            case _:
                return _message("200 OK", own, body)

    def _edition(self, page: PageAt) -> int:
        return self.round if page.changes else 0

    def _body(self, page: PageAt) -> bytes:
        original = next(iter(self.pages.values())) if page.way is Way.REPEAT else page
        source = random.Random(f"{original.path} {self._edition(original)}")  # noqa: S311 - no secret
        noise = b64encode(source.randbytes(original.size * 3 // 4)).decode()
        if not page.is_html or page.way is Way.REPEAT:
            return noise.encode()
        text = [" ".join(source.choices(_WORDS, k=40)).capitalize() + "." for _ in range(3)]
        paragraphs = "".join(f"<p>{one}</p>" for one in text)
        title = f"Note on {original.path}"
        return (
            f"<!DOCTYPE html><html><head><title>{title}</title></head><body><article><h1>{title}</h1>"
            f"{paragraphs}</article><!-- {noise} --></body></html>"
        ).encode()


def _message(status: str, headers: list[str], body: bytes, *, chunk: int = 0) -> tuple[bytes, bytes]:
    framing = "Transfer-Encoding: chunked" if chunk else f"Content-Length: {len(body)}"
    head = "\r\n".join([f"HTTP/1.1 {status}", *headers, framing, "", ""]).encode()
    if not chunk:
        return head + body, body
    parts = [body[start : start + chunk] for start in range(0, len(body), chunk)]
    return head + b"".join(b"%X\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n", body


def _validated(own: list[str], body: bytes, headers: Mapping[str, str], *, etag: str) -> tuple[bytes, bytes]:
    if headers.get("if-none-match") == etag:
        return "\r\n".join(["HTTP/1.1 304 Not Modified", *own[:1], f"ETag: {etag}", "", ""]).encode(), body
    return _message("200 OK", [*own, f"ETag: {etag}"], body)
