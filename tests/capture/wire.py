"""A server on loopback that answers with exactly the bytes it is told to, and notes every byte sent and received.

Knows cases and sockets; nothing of Scrapy. A thread a connection, no waiting but on the peer.
"""

import ipaddress
import socket
import socketserver
import ssl
import struct
import sys
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.capture.cases import Answer, Case, End


@dataclass(kw_only=True)
class Conversation:
    """One request and what was sent for it. ``connection`` counts the server's connections from 1."""

    connection: int
    request: bytes
    path: str
    sent: bytes = b""


@dataclass(kw_only=True)
class Ledger:
    """What crossed the wire, in order. ``case`` says what a path answers; the last answer of a case repeats."""

    cases: Mapping[str, Case]
    conversations: list[Conversation] = field(default_factory=list[Conversation])
    connections: int = 0
    asked: Counter[str] = field(default_factory=Counter[str])
    lock: threading.Lock = field(default_factory=threading.Lock)

    def connected(self) -> int:
        with self.lock:
            self.connections += 1
            return self.connections

    def begin(self, connection: int, request: bytes) -> tuple[Conversation, Answer]:
        path = request.split(b" ", 2)[1].decode().partition("?")[0]
        with self.lock:
            answers = self.cases[path].answers
            answer = answers[min(self.asked[path], len(answers) - 1)]
            self.asked[path] += 1
            conversation = Conversation(connection=connection, request=request, path=path)
            self.conversations.append(conversation)
        return conversation, answer

    def of(self, path: str) -> list[Conversation]:
        with self.lock:
            return [one for one in self.conversations if one.path == path]


class _Handler(socketserver.BaseRequestHandler):
    server: "WireServer"

    def handle(self) -> None:
        with suppress(OSError):  # a client may go away at any moment: that is what some cases are about
            stream = self.request
            stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self.server.tls:
                stream = self.server.tls.wrap_socket(stream, server_side=True)
            self.server.opened(stream)
            try:
                self._converse(stream, self.server.ledger.connected())
            finally:
                self.server.closed(stream)

    def _converse(self, stream: socket.socket, connection: int) -> None:
        while request := _read_request(stream):
            conversation, answer = self.server.ledger.begin(connection, request)
            for part in answer.parts:
                conversation.sent += part
                stream.sendall(part)
            match answer.end:
                case End.KEEP:
                    continue
                case End.STALL:
                    stream.recv(1)  # until the client gives up
                case End.RESET:
                    stream.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                case End.CLOSE if isinstance(stream, ssl.SSLSocket):
                    stream.unwrap()
                case _:
                    pass
            return


def _read_request(stream: socket.socket) -> bytes:
    """Up to the empty line; the requests here have no bodies. Empty when the client has closed."""
    request = b""
    while not request.endswith(b"\r\n\r\n"):
        data = stream.recv(65536)
        if not data:
            return b""
        request += data
    return request


class WireServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, cases: Mapping[str, Case], tls: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.tls = tls
        self.ledger = Ledger(cases=cases)
        self._streams: set[socket.socket] = set()
        self._lock = threading.Lock()

    @property
    def url(self) -> str:
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.server_address[1]}"

    def opened(self, stream: socket.socket) -> None:
        with self._lock:
            self._streams.add(stream)

    def closed(self, stream: socket.socket) -> None:
        with self._lock:
            self._streams.discard(stream)
        stream.close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)

    def end(self) -> None:
        self.shutdown()
        with self._lock, suppress(OSError):  # gone already
            for stream in self._streams:
                stream.shutdown(socket.SHUT_RDWR)
        self.server_close()


@contextmanager
def serve(cases: Mapping[str, Case], tls: ssl.SSLContext | None = None) -> Iterator[WireServer]:
    server = WireServer(cases, tls)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.end()
        thread.join()


def tls_context(directory: Path) -> ssl.SSLContext:
    """A server's context with a certificate of its own making."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = directory / "certificate.pem"
    pem.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context
