"""Content codings (RFC 9110 section 8.4): gzip, deflate, br and zstd, one or several, bounded, cut-off data included.

Bytes in, bytes out. Scrapy offers these four to every server, so every one of them comes back.
"""

import sys
import zlib
from collections.abc import Callable
from typing import Protocol

import brotli

from warc.http1 import Head

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd


class UndecodableContent(Exception):
    """The content coding is unknown here, its data is broken, or more comes out than allowed."""


class _Decoder(Protocol):
    """One gzip member, one zstd frame: decodes up to ``max_length`` bytes, and says what lies behind its end."""

    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = ..., /) -> bytes: ...


def decode_content(head: Head, payload: bytes, *, limit: int) -> bytes:
    """Remove the content codings; at most ``limit`` bytes come out. What is cut off is decoded as far as it goes.

    Raises UndecodableContent for a coding we do not know, for broken data, and past the limit.
    """
    codings = [token.strip().lower() for value in head.all("Content-Encoding") for token in value.split(",")]
    for coding in reversed([coding for coding in codings if coding not in ("", "identity")]):
        payload = decode(coding, payload, limit=limit)
    return payload


def decode(coding: str, data: bytes, *, limit: int) -> bytes:
    """Remove one coding, named in lower case. Raises UndecodableContent."""
    remove = _DECODE.get(coding)
    if remove is None:
        raise UndecodableContent(f"content coding {coding!r} is not known")
    try:
        return remove(data, limit)
    except (zlib.error, zstd.ZstdError, brotli.error, EOFError) as error:
        raise UndecodableContent(f"broken {coding}: {error}") from error


def gunzip_file(data: bytes, *, limit: int) -> bytes:
    """The content of a whole gzip file of one or more members. Raises UndecodableContent, also if it is cut off."""
    try:
        out, whole = _members(data, limit, _gzip_member)
    except zlib.error as error:
        raise UndecodableContent(f"broken gzip file: {error}") from error
    if not whole:
        raise UndecodableContent("broken gzip file: it is cut off")
    return out


def _members(data: bytes, limit: int, new: Callable[[], _Decoder]) -> tuple[bytes, bool]:
    """Members one behind the other, joined; and whether the last one is whole. Nonsense behind a member is left out."""
    out = bytearray()
    while True:
        decoder = new()
        try:
            out += decoder.decompress(data, limit + 1 - len(out))
        except (zlib.error, zstd.ZstdError):
            if not out:
                raise
            return bytes(out), True
        if len(out) > limit:
            raise UndecodableContent(f"more than {limit} bytes after decoding")
        if not decoder.eof or not decoder.unused_data:
            return bytes(out), decoder.eof
        data = decoder.unused_data


def _gzip_member() -> _Decoder:
    return zlib.decompressobj(zlib.MAX_WBITS | 16)


def _gzip(data: bytes, limit: int) -> bytes:
    return _members(data, limit, _gzip_member)[0] if data else b""


def _deflate(data: bytes, limit: int) -> bytes:
    """Zlib by the RFC, raw deflate by many servers."""
    if not data:
        return b""
    try:
        return _members(data, limit, zlib.decompressobj)[0]
    except zlib.error:
        return _members(data, limit, lambda: zlib.decompressobj(-zlib.MAX_WBITS))[0]


def _zstd(data: bytes, limit: int) -> bytes:
    return _members(data, limit, zstd.ZstdDecompressor)[0] if data else b""


def _brotli(data: bytes, limit: int) -> bytes:
    decoder = brotli.Decompressor()
    out = bytearray()
    while True:
        step = decoder.process(data, output_buffer_limit=min(limit + 1, 1 << 20))
        out += step
        if len(out) > limit:
            raise UndecodableContent(f"more than {limit} bytes after decoding")
        if decoder.is_finished() or (not step and decoder.can_accept_more_data()):
            return bytes(out)
        data = b""  # the decoder holds what it has not worked off


_DECODE: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
