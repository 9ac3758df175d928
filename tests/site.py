"""The fixture site: the seed article and a few short ones as a small news site over real HTTP on loopback.

``serve`` puts a ``Site`` on a free port, notes every request and lets a test change what a path answers.
``python -m tests.site`` serves it for people. What stands at which path is in ``site_answers``.
"""

import argparse
import socketserver
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from email.message import Message
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import SHUT_RDWR, socket
from typing import Any, NamedTuple

from tests.site_answers import FEED_PATH, HTML, SECTION_PATH, Delivery, Headers, Response, Site
from tests.site_comments import Markup
from tests.site_content import ARTICLES, SEED, SEED_PATH, ArticleContent, CommentContent
from tests.site_pages import render_article

__all__ = [
    "ARTICLES",
    "SEED",
    "SEED_PATH",
    "ArticleContent",
    "CommentContent",
    "Delivery",
    "Markup",
    "Response",
    "RunningSite",
    "SeenRequest",
    "Site",
    "render_article",
    "serve",
]


class SeenRequest(NamedTuple):
    """One request as it came in. ``headers`` keeps order and case, and is asked without regard to case."""

    method: str
    path: str
    headers: Message


class RunningSite:
    """A site that is being served. Everything here may be called from any thread."""

    def __init__(self, site: Site) -> None:
        self._lock = threading.Lock()
        self._asked = threading.Condition(self._lock)
        self._site = site
        self._overrides: dict[str, Response] = {}
        self._requests: list[SeenRequest] = []

    @property
    def site(self) -> Site:
        with self._lock:
            return self._site

    @property
    def url(self) -> str:
        return self.site.base_url + "/"

    @property
    def article_url(self) -> str:
        return self.site.base_url + SEED_PATH

    @property
    def feed_url(self) -> str:
        return self.site.base_url + FEED_PATH

    @property
    def section_url(self) -> str:
        return self.site.base_url + SECTION_PATH

    @property
    def requests(self) -> list[SeenRequest]:
        """All requests so far, in order of arrival; a copy."""
        with self._lock:
            return list(self._requests)

    @property
    def paths(self) -> list[str]:
        return [request.path for request in self.requests]

    def was_asked_for(self, path: str, *, within_s: float) -> bool:
        """Waits until the path is asked for, no longer than so many seconds."""
        with self._asked:
            return self._asked.wait_for(lambda: any(one.path == path for one in self._requests), within_s)

    def at(self, path: str) -> str:
        return self.site.base_url + path

    def put(
        self,
        path: str,
        *,
        status: int = 200,
        body: str | bytes = "",
        headers: Headers = (("Content-Type", HTML),),
        delivery: Delivery = Delivery.PLAIN,
    ) -> None:
        """Answers this path so from now on. ``path`` may hold a query, which then counts."""
        data = body.encode() if isinstance(body, str) else body
        response = Response(status=status, body=data, headers=tuple(headers), delivery=delivery)
        with self._lock:
            self._overrides[path] = response

    def remove(self, path: str) -> None:
        """Answers 404 from now on."""
        response = self.site.respond("/missing/")
        with self._lock:
            self._overrides[path] = response

    def restore(self, path: str) -> None:
        """Undoes ``put`` and ``remove``."""
        with self._lock:
            self._overrides.pop(path, None)

    def publish(self, content: ArticleContent) -> None:
        with self._lock:
            self._site = self._site.publish(content)

    def answer(self, request: SeenRequest) -> Response:
        """Notes the request and says what to answer."""
        with self._lock:
            self._requests.append(request)
            self._asked.notify_all()
            site, override = self._site, self._overrides.get(request.path)
        return override or site.respond(request.path)


class _Server(ThreadingHTTPServer):
    """Knows its open connections, so that closing it ends idle and stalled ones and leaves no socket behind."""

    request_queue_size = 64

    def __init__(self, port: int) -> None:
        self.running: RunningSite | None = None
        self.closing = threading.Event()
        self._open: set[socket] = set()
        self._changed = threading.Condition()
        super().__init__(("127.0.0.1", port), _Handler)

    def server_bind(self) -> None:
        # HTTPServer would ask the resolver for the host's name, which can take seconds.
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", self.socket.getsockname()[1]

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._changed:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        super().shutdown_request(request)
        with self._changed:
            self._open.discard(request)
            self._changed.notify_all()

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):  # a client that goes away is no error of ours
            super().handle_error(request, client_address)

    def end(self) -> None:
        self.closing.set()
        self.shutdown()
        with self._changed:
            for connection in self._open:
                with suppress(OSError):  # already gone
                    connection.shutdown(SHUT_RDWR)
            self._changed.wait_for(lambda: not self._open, timeout=5)
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "LoopbackPress"
    sys_version = ""
    wbufsize = -1  # head and body leave together: no wait for the client's delayed acknowledgement
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        assert self.server.running is not None
        response = self.server.running.answer(SeenRequest(self.command, self.path, self.headers))
        match response.delivery:
            case Delivery.STALL:
                self.server.closing.wait()
                self.close_connection = True
            case Delivery.RESET:
                self.close_connection = True
            case _:
                self._send(response)

    do_HEAD = do_GET  # noqa: N815 - the name http.server looks for

    def _send(self, response: Response) -> None:
        bodiless = response.status in {HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED}
        chunked = response.delivery is Delivery.CHUNKED
        own_length = any(name.lower() == "content-length" for name, _ in response.headers)
        self.send_response(response.status)
        for name, value in response.headers:
            self.send_header(name, value)
        if chunked:
            self.send_header("Transfer-Encoding", "chunked")
        elif not own_length and not bodiless:
            self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        if self.command != "HEAD" and not bodiless:
            self.wfile.write(_chunks(response.body) if chunked else response.body)
        self.close_connection = self.close_connection or own_length

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name http.server gives it
        """Silent: tests read ``requests`` instead."""


def _chunks(body: bytes, size: int = 4096) -> bytes:
    parts = [body[start : start + size] for start in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


@contextmanager
def serve(markup: Markup = Markup.HTML5, *, port: int = 0) -> Iterator[RunningSite]:
    """Serves the site on loopback while the block runs; port 0 takes a free one."""
    server = _Server(port)
    running = RunningSite(Site(markup, base_url=f"http://127.0.0.1:{server.server_port}"))
    server.running = running
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield running
    finally:
        server.end()
        thread.join()


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.site", description="Serve the fixture site.")
    parser.add_argument("--markup", type=Markup, choices=list(Markup), default=Markup.HTML5)
    parser.add_argument("--port", type=int, default=0, help="default: a free one")
    options = parser.parse_args(arguments)
    with serve(options.markup, port=options.port) as running, suppress(KeyboardInterrupt):
        sys.stdout.write(f"{running.url}\n{running.article_url}\n{running.feed_url}\nCtrl-C ends it.\n")
        sys.stdout.flush()
        threading.Event().wait()


if __name__ == "__main__":
    main()
