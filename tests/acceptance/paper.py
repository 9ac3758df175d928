"""A site on loopback that keeps validators: it answers 304 to If-None-Match and If-Modified-Since.

The fixture site in tests/site.py knows none of this: what it serves twice is downloaded twice.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

HTML = ("Content-Type", "text/html; charset=utf-8")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What stands at a path. ``body`` is sent as it is: a content coding is the page's own matter."""

    body: bytes
    headers: tuple[tuple[str, str], ...] = (HTML,)
    etag: str | None = None
    modified: str | None = None
    chunked: bool = False


class Paper(ThreadingHTTPServer):
    """The running site. ``pages`` may be changed at any time; ``answered`` holds path and status of all answers."""

    daemon_threads = True

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.answered: list[tuple[str, int]] = []
        super().__init__(("127.0.0.1", 0), _Handler)

    def server_bind(self) -> None:
        self.socket.bind(self.server_address)  # HTTPServer would ask the resolver for the host's name
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = "127.0.0.1", self.socket.getsockname()[1]

    def at(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "ValidatingPaper"
    sys_version = ""
    wbufsize = -1
    server: Paper

    def do_GET(self) -> None:
        page = self.server.pages.get(self.path)
        if page is None:
            self._send(HTTPStatus.NOT_FOUND, Page(body=b"nothing here"))
        elif self._is_unchanged(page):
            self._send(HTTPStatus.NOT_MODIFIED, page)
        else:
            self._send(HTTPStatus.OK, page)

    def _is_unchanged(self, page: Page) -> bool:
        """If-Modified-Since counts only where no If-None-Match was sent (RFC 9110 section 13.1.3)."""
        tag = self.headers["If-None-Match"]
        if tag is not None:
            return page.etag is not None and tag == page.etag
        return page.modified is not None and self.headers["If-Modified-Since"] == page.modified

    def _send(self, status: HTTPStatus, page: Page) -> None:
        self.server.answered.append((self.path, int(status)))
        self.send_response(status)
        for name, value in (("ETag", page.etag), ("Last-Modified", page.modified)):
            if value is not None:
                self.send_header(name, value)
        if status is HTTPStatus.NOT_MODIFIED:
            self.end_headers()
            return
        for name, value in page.headers:
            self.send_header(name, value)
        name, value = ("Transfer-Encoding", "chunked") if page.chunked else ("Content-Length", str(len(page.body)))
        self.send_header(name, value)
        self.end_headers()
        self.wfile.write(_chunks(page.body) if page.chunked else page.body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name http.server gives it
        """Silent: tests read ``answered`` instead."""


def _chunks(body: bytes, size: int = 1000) -> bytes:
    parts = (body[start : start + size] for start in range(0, len(body), size))
    return b"".join(b"%X\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


@contextmanager
def serve_paper() -> Iterator[Paper]:
    with Paper() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
