"""The protocol fed by hand: what it makes of a response does not depend on how the bytes are cut."""

from typing import Any, NamedTuple, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twisted.internet.error import ConnectionDone
from twisted.internet.protocol import Protocol
from twisted.internet.testing import StringTransport
from twisted.python.failure import Failure
from twisted.web._newclient import Request
from twisted.web.http_headers import Headers

from archiver.capture.handler import _RecordingProtocol
from archiver.capture.parser import MAX_HEAD_BYTES
from tests.capture.cases import REUSES, WHOLE
from tests.capture.cut import CUT
from tests.capture.model import Case, End, chunks, ok

_SMALL = {
    name: case
    for name, case in (WHOLE | CUT).items()
    if sum(map(len, case.answers[-1].parts)) < 10_000 and name not in REUSES
}


class Read(NamedTuple):
    """What came out of one response: nothing of ``status``, ``headers`` and ``body`` where it could not be read."""

    recorded: bytes
    whole: bool
    status: int | None
    headers: dict[bytes, list[bytes]]
    body: bytes


class _Body(Protocol):
    def __init__(self) -> None:
        self.data = b""

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 - Twisted's name
        self.data += data


def _read(parts: list[bytes], *, method: str = "GET", closed: bool = True) -> Read:
    """Feed a fresh connection with the parts, and then with its end."""
    protocol = _RecordingProtocol()  # type: ignore[no-untyped-call]
    transport = StringTransport()  # type: ignore[no-untyped-call]
    protocol.makeConnection(cast("Any", transport))  # type: ignore[no-untyped-call]
    request: Any = Request(method.encode(), b"/", Headers({b"Host": [b"a"]}), None, persistent=True)  # type: ignore[no-untyped-call]
    recordings: list[Any] = []
    request._recordings = recordings
    body, responses = _Body(), list[Any]()
    answered = protocol.request(request)
    answered.addCallbacks(responses.append, lambda _: None)
    for part in parts:
        if transport.disconnecting:
            break
        protocol.dataReceived(part)
        if responses and body.transport is None and responses[0].length != 0:
            responses[0].deliverBody(body)
    if closed:
        protocol.connectionLost(Failure(ConnectionDone()))  # type: ignore[no-untyped-call]
    [recording] = recordings
    exchange = recording.exchange("http://a/", truncated=None, proxied=False)
    response = responses[0] if responses else None
    return Read(
        recorded=bytes(exchange.response),
        whole=recording.whole,
        status=response.code if response else None,
        headers={name.lower(): list(values) for name, values in response.headers.getAllRawHeaders()}
        if response
        else {},
        body=body.data,
    )


def _bytewise(message: bytes) -> list[bytes]:
    return [message[place : place + 1] for place in range(len(message))]


@pytest.mark.parametrize("case", _SMALL.values(), ids=_SMALL)
def test_cuts_do_not_matter(case: Case) -> None:
    message, closed = b"".join(case.answers[-1].parts), case.answers[-1].end is not End.KEEP
    at_once = _read([message], method=case.method, closed=closed)
    assert _read(_bytewise(message), method=case.method, closed=closed)[1:] == at_once[1:]
    for place in range(1, len(message), max(1, len(message) // 50)):
        in_two = _read([message[:place], message[place:]], method=case.method, closed=closed)
        assert in_two[1:] == at_once[1:]
        assert in_two.recorded == at_once.recorded or not at_once.whole


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        (b"X-A : 1", b"x-a", [b"1"]),
        (b"X-A\t:1", b"x-a", [b"1"]),
        (b"X-A:1\r\n 2", b"x-a", [b"1 2"]),
        (b"X-A: 1\r\nX-A: 2", b"x-a", [b"1", b"2"]),
        (b"X-A:", b"x-a", [b""]),
        (b"X-A: \xff", b"x-a", [b"\xff"]),
        ("X-Ä: 1".encode(), "x-ä".encode(), None),
        (b"X A: 1", b"x a", None),
        (b"X\x00A: 1", b"x\x00a", None),
        (b"X-A 1", b"x-a 1", None),
    ],
)
def test_field_is_read_or_passed_over(line: bytes, name: bytes, value: list[bytes] | None) -> None:
    read = _read([ok(b"Before: 1\r\n" + line + b"\r\nAfter: 2\r\n", b"hello")])
    assert read.headers.get(name) == value
    assert (read.headers[b"before"], read.headers[b"after"], read.body) == ([b"1"], [b"2"], b"hello")


@pytest.mark.parametrize(
    ("said", "sent", "closed", "body"),
    [
        (b"Content-Length: 5", b"hello", False, b"hello"),
        (b"Content-Length: 5,5", b"hello", False, b"hello"),
        (b"Content-Length: 005, 5", b"hello", False, b"hello"),
        (b"Content-Length: 5, 9", b"hello", True, b"hello"),
        (b"Content-Length: 5, 3", b"hello", False, b"hello"),
        (b"Content-Length: 5, x", b"hello", False, b"hello"),
        (b"Content-Length: 0, 5", b"hello", False, b"hello"),
        (b"Content-Length: x", b"hello", True, b"hello"),
        (b"Content-Length: +5", b"hello", True, b"hello"),
        (b"Content-Length: " + b"9" * 5000, b"hello", True, b"hello"),
        (b"Transfer-Encoding: chunked\r\nContent-Length: x", chunks(b"hello"), False, b"hello"),
        (b"Transfer-Encoding: chunked, identity", chunks(b"hello"), False, b"hello"),
        (b"Transfer-Encoding: chunked;a=b", chunks(b"hello"), False, b"hello"),
        (b"Transfer-Encoding: chunked, gzip", b"hello", True, b"hello"),
        (b"Transfer-Encoding: br\r\nContent-Length: 2", b"hello", True, b"hello"),
    ],
)
def test_body_ends_where_it_is_meant_to(said: bytes, sent: bytes, closed: bool, body: bytes) -> None:  # noqa: FBT001 - a table's column
    read = _read([b"HTTP/1.1 200 OK\r\n" + said + b"\r\n\r\n" + sent], closed=closed)
    assert (read.whole, read.status, read.body) == (True, 200, body)


@pytest.mark.parametrize(
    "message",
    [
        b"HTTP/1.1 OK\r\n\r\n",
        b"HTTP/1.1 20 OK\r\n\r\n",
        b"HTTP/1.1 2000 OK\r\n\r\n",
        b"HTTP/1.1\r\n\r\n",
        b"HTTPS 200 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * MAX_HEAD_BYTES + b"\r\n\r\n",
        (b"HTTP/1.1 103 Hints\r\nX: " + b"y" * 1000 + b"\r\n\r\n") * 1100,
        b"HTTP/1.1 103 Hints\r\n\r\nhello",
    ],
    ids=lambda message: message[:24].decode(),
)
def test_head_that_makes_no_sense_is_given_up(message: bytes) -> None:
    read = _read([message[place : place + 8192] for place in range(0, len(message), 8192)])
    assert (read.whole, read.status) == (False, None)
    assert message.startswith(read.recorded)
    assert len(read.recorded) > min(len(message), MAX_HEAD_BYTES) - 8192


def test_head_request_is_not_answered_without_a_head() -> None:
    assert _read([b"<p>hello"], method="HEAD").status is None


@given(
    st.sampled_from([b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"]), st.data()
)
def test_anything_at_all_is_recorded_as_it_came(start: bytes, data: st.DataObject) -> None:
    rest = b"".join(
        data.draw(st.lists(st.sampled_from([b"0", b"5", b"\r", b"\n", b"a", b" ", b":", b"\r\n\r\n"]) | st.binary()))
    )
    message = start + rest
    place = data.draw(st.integers(0, len(message)))
    at_once, in_two = _read([message]), _read([part for part in (message[:place], message[place:]) if part])
    assert at_once[1:] == in_two[1:]
    assert message.startswith(at_once.recorded)
    assert message.startswith(in_two.recorded)
