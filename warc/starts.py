"""Where records begin in a file that is damaged, or of which it is not known yet what it is."""

import os
import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Final

from isal import isal_zlib

GZIP_MAGIC: Final = b"\x1f\x8b\x08"
GZIP_ERRORS: Final = (isal_zlib.IsalError, zlib.error, EOFError)
VERSION_LINE: Final = re.compile(rb"WARC/\d+\.\d+[ \t]*\r?\n")
NEXT_PLAIN: Final = re.compile(rb"\n(?=WARC/\d+\.\d+[ \t]*\r?\n)")
_MEMBER: Final = re.compile(re.escape(GZIP_MAGIC))
_ZIP_MAGIC: Final = b"PK\x03\x04"
_FIRST_READ: Final = 1 << 14
_LARGEST_READ: Final = 1 << 18
_OVERLAP: Final = 32


def is_compressed(stream: BinaryIO) -> bool | None:
    """None for a file of something else; an empty one counts as compressed.

    Damage at its very beginning does not make a file something else: then what follows first says what it is.
    """
    stream.seek(0)
    start = stream.read(16)
    if start[: len(GZIP_MAGIC)] == GZIP_MAGIC[: len(start)]:
        return True
    if start.lstrip(b"\r\n").startswith(b"WARC/"):
        return False
    if start.startswith(_ZIP_MAGIC):  # a WACZ: what it holds is to be imported, not read from within
        return None
    member, plain = next_member(stream, 0), next_plain(stream, 0)
    if member is None and plain is None:
        return None
    return plain is None or (member is not None and member < plain)


def next_member(stream: BinaryIO, start: int) -> int | None:
    """The next place where a gzip member begins that holds the beginning of a WARC record."""
    for place in _places(stream, _MEMBER, start):
        stream.seek(place)
        try:
            if isal_zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(stream.read(1 << 10), 16).startswith(b"WARC/"):
                return place
        except GZIP_ERRORS:
            continue
    return None


def next_plain(stream: BinaryIO, start: int) -> int | None:
    """The next place where a line begins that is the first of a WARC record."""
    return next((place + 1 for place in _places(stream, NEXT_PLAIN, start)), None)


def _places(stream: BinaryIO, pattern: re.Pattern[bytes], start: int) -> Iterator[int]:
    """Where a short pattern is found from ``start`` on; the stream may be moved between two of them."""
    file_size = stream.seek(0, os.SEEK_END)
    size = _FIRST_READ
    while start < file_size:
        stream.seek(start)
        data = stream.read(size)
        if not data:
            return
        size = min(size * 2, _LARGEST_READ)
        last = start + len(data) >= file_size
        for match in pattern.finditer(data):
            if last or match.start() < len(data) - _OVERLAP:
                yield start + match.start()
        start += len(data) if last else len(data) - _OVERLAP
