"""HTTP/1 messages: heads, transfer and content codings, lenient and without loss."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warc.http1 import dechunked, parse_head, split_head, split_interim

HEADS = {
    "plain": (b"HTTP/1.1 200 OK\r\nX-A: 1\r\n\r\n", 200, "OK", (("X-A", "1"),)),
    "no reason": (b"HTTP/1.1 204\r\n\r\n", 204, "", ()),
    "line feeds only": (b"HTTP/1.1 200 OK\nX-A: 1\n\n", 200, "OK", (("X-A", "1"),)),
    "leading empty line": (b"\r\nHTTP/1.0 404 Not Found\r\n\r\n", 404, "Not Found", ()),
    "ICY": (b"ICY 200 OK\r\n\r\n", 200, "OK", ()),
    "no colon": (b"HTTP/1.1 200 OK\r\nnonsense\r\nX-A: 1\r\n\r\n", 200, "OK", (("X-A", "1"),)),
    "folded": (b"HTTP/1.1 200 OK\r\nX-A: 1\r\n  2\r\n\r\n", 200, "OK", (("X-A", "1 2"),)),
    "duplicates in order": (
        b"HTTP/1.1 200 OK\r\nB: 1\r\na: 2\r\nB: 3\r\n\r\n",
        200,
        "OK",
        (("B", "1"), ("a", "2"), ("B", "3")),
    ),
    "not HTTP": (b"<html>", None, "", ()),
    "nothing": (b"", None, "", ()),
}


@pytest.mark.parametrize(("raw", "status", "reason", "headers"), HEADS.values(), ids=HEADS)
def test_head_is_read_as_sent(
    raw: bytes, status: int | None, reason: str, headers: tuple[tuple[str, str], ...]
) -> None:
    head = parse_head(raw)
    assert (head.status, head.reason, head.headers) == (status, reason, headers)


CHUNKED = {
    "plain": (b"5\r\nhello\r\n0\r\n\r\n", b"hello"),
    "two": (b"5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n", b"hello world"),
    "extension and trailer": (b"5;a=b\r\nhello\r\n0\r\nX: y\r\n\r\n", b"hello"),
    "leading zeros": (b"0005\r\nhello\r\n000\r\n\r\n", b"hello"),
    "line feeds": (b"5\nhello\n0\n\n", b"hello"),
    "cut in a chunk": (b"5\r\nhel", b"hel"),
    "cut before the size": (b"5\r\nhello\r\n", b"hello"),
    "no chunks at all": (b"hello", b""),
}


@pytest.mark.parametrize(("body", "payload"), CHUNKED.values(), ids=CHUNKED)
def test_chunks_are_joined(body: bytes, payload: bytes) -> None:
    assert b"".join(dechunked([body])) == payload
    assert b"".join(dechunked(body[place : place + 1] for place in range(len(body)))) == payload, "byte by byte"
    assert b"".join(dechunked([body[:7], body[7:]])) == payload


@given(chunks=st.lists(st.binary(min_size=1, max_size=50), max_size=8))
def test_chunking_and_joining_give_the_same_bytes(chunks: list[bytes]) -> None:
    body = b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks) + b"0\r\n\r\n"
    assert b"".join(dechunked([body])) == b"".join(chunks)


@given(raw=st.binary(max_size=400))
def test_any_bytes_split_without_loss(raw: bytes) -> None:
    head, body = split_head(raw)
    assert head + body == raw
    interim, start = split_interim(raw)
    assert b"".join(interim) == raw[:start]
    parse_head(raw)


def test_interim_heads_are_cut_off() -> None:
    early = b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
    final = b"HTTP/1.1 200 OK\r\n\r\nbody"
    assert split_interim(b"HTTP/1.1 100 Continue\r\n\r\n" + early + final) == (
        [b"HTTP/1.1 100 Continue\r\n\r\n", early],
        len(b"HTTP/1.1 100 Continue\r\n\r\n" + early),
    )
