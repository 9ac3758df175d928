"""Content codings: removed in all their forms, bounded, broken data said."""

import gzip
import sys
import zlib
from collections.abc import Callable
from contextlib import suppress

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warc.coding import UndecodableContent, decode_content, gunzip_file
from warc.http1 import parse_head

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

LONG = bytes(range(256)) * 3
ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd.compress,
}
RAW_DEFLATE = zlib.compressobj(wbits=-zlib.MAX_WBITS)
CODINGS = {
    "identity": ("identity", b"page", b"page"),
    "gzip": ("gzip", gzip.compress(b"page"), b"page"),
    "x-gzip": ("X-Gzip", gzip.compress(b"page"), b"page"),
    "deflate": ("deflate", zlib.compress(b"page"), b"page"),
    "raw deflate": ("deflate", RAW_DEFLATE.compress(b"page") + RAW_DEFLATE.flush(), b"page"),
    "two members": ("gzip", gzip.compress(b"pa") + gzip.compress(b"ge"), b"page"),
    "nonsense behind": ("gzip", gzip.compress(b"page") + b"nonsense", b"page"),
    "br": ("br", brotli.compress(b"page"), b"page"),
    "br cut off": ("br", brotli.compress(LONG)[:-2], None),
    "zstd": ("zstd", zstd.compress(b"page"), b"page"),
    "zstd frames": ("zstd", zstd.compress(b"pa") + zstd.compress(b"ge"), b"page"),
    "zstd cut off": ("zstd", zstd.compress(LONG)[:-2], None),
    "two": ("deflate, gzip", gzip.compress(zlib.compress(b"page")), b"page"),
    "cut off": ("gzip", gzip.compress(b"page")[:-6], b"page"),
    "empty": ("gzip", b"", b""),
    "empty br": ("br", b"", b""),
    "empty zstd": ("zstd", b"", b""),
}


@pytest.mark.parametrize(("coding", "payload", "body"), CODINGS.values(), ids=CODINGS)
def test_content_coding_is_removed(coding: str, payload: bytes, body: bytes | None) -> None:
    head = parse_head(f"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\n\r\n".encode())
    decoded = decode_content(head, payload, limit=1000)
    assert decoded == body if body is not None else LONG.startswith(decoded)


@pytest.mark.parametrize(
    ("coding", "payload"),
    [
        ("compress", b"x"),
        ("gzip", b"no gzip"),
        ("br", b"no brotli"),
        ("zstd", b"no zstd"),
        ("gzip", gzip.compress(bytes(2000))),
        ("br", brotli.compress(bytes(2_000_000))),
        ("zstd", zstd.compress(bytes(2000))),
    ],
    ids=["unknown", "broken gzip", "broken br", "broken zstd", "gzip bomb", "br bomb", "zstd bomb"],
)
def test_content_that_cannot_be_decoded_is_said(coding: str, payload: bytes) -> None:
    head = parse_head(f"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\n\r\n".encode())
    with pytest.raises(UndecodableContent):
        decode_content(head, payload, limit=1000)


def test_gzip_file_is_read_up_to_the_limit() -> None:
    assert gunzip_file(gzip.compress(b"a") + gzip.compress(b"b"), limit=2) == b"ab"
    with pytest.raises(UndecodableContent, match="more than 1 bytes"):
        gunzip_file(gzip.compress(b"ab"), limit=1)
    for broken in (b"nothing", b"", gzip.compress(b"ab")[:-3]):
        with pytest.raises(UndecodableContent, match="broken"):
            gunzip_file(broken, limit=100)


@given(data=st.binary(max_size=3000), coding=st.sampled_from(list(ENCODERS)))
def test_coding_and_decoding_give_the_same_bytes(data: bytes, coding: str) -> None:
    head = parse_head(f"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\n\r\n".encode())
    assert decode_content(head, ENCODERS[coding](data), limit=3000) == data


@given(data=st.binary(max_size=300), coding=st.sampled_from(list(ENCODERS)))
def test_any_bytes_are_decoded_or_refused(data: bytes, coding: str) -> None:
    head = parse_head(f"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\n\r\n".encode())
    with suppress(UndecodableContent):
        assert len(decode_content(head, data, limit=1000)) <= 1000
