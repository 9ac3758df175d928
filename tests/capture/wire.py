"""A server on loopback that answers with exactly the bytes it is told to, and notes every byte sent and received.

Knows cases and sockets; nothing of Scrapy. A thread a connection, no waiting but on the peer.
"""

import io
import ipaddress
import re
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
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.capture.model import OWN, Answer, Case, End

_LENGTH = re.compile(rb"\r\nContent-Length: (\d+)\r\n", re.IGNORECASE)


@dataclass(kw_only=True)
class Conversation:
    """One request and what was sent for it. ``connection`` counts the server's connections from 1.

    ``own`` are the bytes that no other answer has; ``alpn`` is what TLS agreed on; ``ended`` is set when nothing more
    will be noted.
    """

    connection: int
    request: bytes
    path: str
    own: bytes
    alpn: str | None
    sent: bytes = b""
    ended: threading.Event = field(default_factory=threading.Event)

    def over(self) -> bool:
        assert self.ended.wait(10), f"the server still talks about {self.path}"
        return True

    def parts(self, answer: Answer) -> list[bytes]:
        parts = [part.replace(OWN, self.own) for part in answer.parts]
        return [bytes([one]) for one in b"".join(parts)] if answer.bytewise else parts


@dataclass(kw_only=True)
class Ledger:
    """What crossed the wire, in order. ``cases`` say what a path answers; the last answer of a case repeats."""

    cases: Mapping[str, Case]
    letter: bytes
    conversations: list[Conversation] = field(default_factory=list[Conversation])
    connections: int = 0
    asked: Counter[str] = field(default_factory=Counter[str])
    lock: threading.Lock = field(default_factory=threading.Lock)

    def connected(self) -> int:
        with self.lock:
            self.connections += 1
            return self.connections

    def begin(self, connection: int, request: bytes, alpn: str | None) -> tuple[Conversation, Answer]:
        path = urlsplit(request.split(b" ", 2)[1].decode()).path
        with self.lock:
            answers = self.cases[path].answers
            answer = answers[min(self.asked[path], len(answers) - 1)]
            self.asked[path] += 1
            own = b"%b%04d" % (self.letter, len(self.conversations))
            conversation = Conversation(connection=connection, request=request, path=path, own=own, alpn=alpn)
            self.conversations.append(conversation)
        return conversation, answer

    def of(self, path: str) -> list[Conversation]:
        """Those for that path, each waited for."""
        return [one for one in self.conversations[:] if one.path == path and one.over()]

    def all(self) -> list[Conversation]:
        return [one for one in self.conversations[:] if one.over()]


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
        alpn = stream.selected_alpn_protocol() if isinstance(stream, ssl.SSLSocket) else None
        reader = stream.makefile("rb")
        while head := read_head(reader):
            conversation, answer = self.server.ledger.begin(connection, head, alpn)
            try:
                self._answer(stream, reader, conversation, answer)
            finally:
                conversation.ended.set()
            if answer.end is not End.KEEP:
                return

    @staticmethod
    def _answer(stream: socket.socket, reader: io.BufferedReader, conversation: Conversation, answer: Answer) -> None:
        if not answer.early:
            _read_body(reader, conversation)
        for part in conversation.parts(answer):
            conversation.sent += part
            stream.sendall(part)
        if answer.early:
            _read_body(reader, conversation)
        match answer.end:
            case End.STALL:
                stream.recv(1)  # until the client gives up
            case End.RESET:
                stream.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            case End.CLOSE if isinstance(stream, ssl.SSLSocket):
                stream.unwrap()
            case _:
                pass


def read_head(reader: io.BufferedReader) -> bytes:
    """A request up to its empty line; empty when the client has closed."""
    request = b""
    while not request.endswith(b"\r\n\r\n"):
        line = reader.readline()
        if not line:
            return b""
        request += line
    return request


def _read_body(reader: io.BufferedReader, conversation: Conversation) -> None:
    """The rest of a request, as far as the client sends it."""
    length = _LENGTH.search(conversation.request)
    missing = int(length[1]) if length else 0
    body = bytearray()
    try:
        while len(body) < missing and (data := reader.read1(missing - len(body))):
            body += data
    finally:
        conversation.request += body


class WireServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, cases: Mapping[str, Case], tls: ssl.SSLContext | None, letter: bytes) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.tls = tls
        self.ledger = Ledger(cases=cases, letter=letter)
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
def serve(cases: Mapping[str, Case], tls: ssl.SSLContext | None, letter: bytes) -> Iterator[WireServer]:
    """``letter`` begins what this server's answers have of their own."""
    server = WireServer(cases, tls, letter)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.end()
        thread.join()


def tls_context(directory: Path) -> ssl.SSLContext:
    """A server's context with a certificate of its own making. It would rather speak HTTP/2."""
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
    context.set_alpn_protocols(["h2", "http/1.1"])
    return context
