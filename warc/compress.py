"""Compression of records into gzip members: isal by default, zlib by level."""

import zlib
from typing import Final, Literal, Protocol

from isal import isal_zlib

Compression = Literal["isal", "zlib-1", "zlib-6", "zlib-9"]
DEFAULT_COMPRESSION: Final = "isal"
_GZIP: Final = 16 + zlib.MAX_WBITS
_ISAL_LEVEL: Final = 2


class Compressor(Protocol):
    def compress(self, data: bytes, /) -> bytes: ...
    def flush(self) -> bytes: ...


def new_member(compression: Compression) -> Compressor:
    """One gzip member."""
    if compression == "isal":
        return isal_zlib.compressobj(_ISAL_LEVEL, zlib.DEFLATED, _GZIP)
    return zlib.compressobj(int(compression.removeprefix("zlib-")), zlib.DEFLATED, _GZIP)
