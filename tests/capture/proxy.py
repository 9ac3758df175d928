"""A forward proxy on loopback that asks for credentials, knows every host as this one, and passes bytes on unchanged.

A real one would take ``Proxy-Authorization`` off; that this one does not lets the server's ledger tell what was sent.
"""

import base64
import io
import socket
import socketserver
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

from tests.capture.wire import read_head

USER, PASSWORD = "ann", "open:sesame"
_CREDENTIALS = b"Proxy-Authorization: Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()) + b"\r\n"
REFUSAL = b"HTTP/1.1 407 Who are you\r\nContent-Length: 7\r\nConnection: close\r\n\r\nrefused"


class _Handler(socketserver.BaseRequestHandler):
    server: "Proxy"

    def handle(self) -> None:
        with suppress(OSError):  # either side may go away at any moment
            client: socket.socket = self.request
            reader = client.makefile("rb")
            head = read_head(reader)
            if not head:
                return
            self.server.heads.append(head)
            if _CREDENTIALS not in head:
                client.sendall(REFUSAL)
                return
            method, target = head.split(b" ", 2)[:2]
            port = int(target.rpartition(b":")[2]) if method == b"CONNECT" else urlsplit(target).port
            with socket.create_connection(("127.0.0.1", port)) as upstream:
                for end in (client, upstream):
                    end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                if method == b"CONNECT":
                    client.sendall(b"HTTP/1.1 200 Connected\r\nVia: 1.1 proxy\r\n\r\n")
                else:
                    upstream.sendall(head)
                back = threading.Thread(target=_pass_on, args=(upstream.makefile("rb"), upstream, client), daemon=True)
                back.start()
                _pass_on(reader, client, upstream)
                back.join()


def _pass_on(reader: io.BufferedReader, source: socket.socket, sink: socket.socket) -> None:
    """Until the end, which is passed on too: a FIN as a FIN, a reset as an end of both."""
    try:
        while data := reader.read1():
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        for end in (source, sink):
            with suppress(OSError):
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                end.shutdown(socket.SHUT_RDWR)


class Proxy(socketserver.ThreadingTCPServer):
    """``heads``: the first request of each connection."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.heads: list[bytes] = []

    def url(self, password: str = PASSWORD) -> str:
        return f"http://{USER}:{password.replace(':', '%3A')}@127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


@contextmanager
def serve_proxy() -> Iterator[Proxy]:
    server = Proxy()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
