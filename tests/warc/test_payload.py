"""What the block of a response says: head and payload, however odd, in memory or spilled to disk."""

import gzip
import zlib

import pytest

from warc.block import SPILL_BYTES, Block, Spool, spooled
from warc.digest import payload_digest
from warc.payload import payload_parts, read_head, read_message

_ZIPPED = gzip.compress(b"hello" * 20, mtime=0)


def _chunks(body: bytes, size: int = 7) -> bytes:
    parts = [body[start : start + size] for start in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


MESSAGES = {
    "plain": (b"HTTP/1.1 200 OK\r\nA: b\r\n\r\nhello", 200, b"hello"),
    "line feeds": (b"HTTP/1.1 200 OK\nA: b\n\nhello", 200, b"hello"),
    "empty lines first": (b"\r\n\r\n\r\nHTTP/1.1 200 OK\r\n\r\nhello", 200, b"hello"),
    "small letters": (b"http/1.1 200 ok\r\n\r\nhello", 200, b"hello"),
    "ICY": (b"ICY 200 OK\r\n\r\nhello", 200, b"hello"),
    "HTTP/0.9": (b"<p>\r\n\r\nhello", None, b"<p>\r\n\r\nhello"),
    "HTTP/0.9, a text": (b"hello world\r\n\r\nhello", None, b"hello world\r\n\r\nhello"),
    "cut in the head": (b"HTTP/1.1 200 OK\r\nContent-Le", 200, b""),
    "content coding stays": (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + _ZIPPED, 200, _ZIPPED),
    "chunked": (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n5;x=y\r\nhello\r\n0\r\nT: r\r\n\r\n",
        200,
        b"hello",
    ),
    "gzip, chunked": (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n" + _chunks(_ZIPPED),
        200,
        b"hello" * 20,
    ),
    "deflate, chunked": (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: deflate, chunked\r\n\r\n" + _chunks(zlib.compress(b"hello")),
        200,
        b"hello",
    ),
    "unknown transfer coding": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: odd\r\n\r\nhello", 200, b"hello"),
}


@pytest.mark.parametrize(("raw", "status", "payload"), MESSAGES.values(), ids=MESSAGES)
def test_payload_is_the_body_without_transfer_coding(raw: bytes, status: int | None, payload: bytes) -> None:
    message = read_message(Block(raw))
    assert message.head.status == status
    assert b"".join(payload_parts(message.head, Block(raw).behind(message.body_start))) == payload
    assert (message.digests.sha1, message.digests.size) == (payload_digest(payload), len(payload))


def test_large_message_reads_as_a_small_one_does() -> None:
    body = bytes(range(256)) * (SPILL_BYTES // 200)
    head = b"HTTP/1.1 200 OK\r\nX: " + b"y" * 40_000 + b"\r\n\r\n"
    spool = Spool()
    for place in range(0, len(head + body), 65_521):
        spool.append((head + body)[place : place + 65_521])
    block = spool.block()
    assert block.size > SPILL_BYTES
    assert block == Block(head + body)
    assert read_message(block) == read_message(Block(head + body))
    assert read_head(block)[1] == len(head)
    assert bytes(block.behind(len(head))) == body
    assert bytes(block.until(100)) == head[:100]
    assert bytes(spooled(block.behind(len(head)).behind(10).parts())) == body[10:]
