"""The WARC files that a source given to ``import`` holds: itself one, or several within a WACZ (a ZIP file)."""

import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, BinaryIO, Final, Protocol

_LOCAL_HEADER: Final = 30
_ZIP_MAGIC: Final = b"PK\x03\x04"
_ERRORS: Final = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    ValueError,
    OverflowError,
    RuntimeError,  # also NotImplementedError: encrypted, or a compression that is not known
)


class DamagedWacz(Exception):
    """The text says what is wrong."""


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...
    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Contained:
    """One WARC file: its name, how to speak of it, and how to open it. Opening and reading may raise DamagedWacz."""

    name: str
    label: str
    opened: Callable[[], Readable]


def contained(source: Path) -> Iterator[Contained]:
    """Raises DamagedWacz; OSError where the source cannot be read."""
    with source.open("rb") as stream:
        is_zip = stream.read(len(_ZIP_MAGIC)) == _ZIP_MAGIC
    if not is_zip:
        yield Contained(source.name, str(source), lambda: source.open("rb"))
        return
    try:
        wacz = zipfile.ZipFile(source)
    except _ERRORS as error:
        raise DamagedWacz(f"the WACZ is damaged: {error}") from error
    with wacz:
        members = [one for one in wacz.infolist() if one.filename.startswith("archive/") and not one.is_dir()]
        if not members:
            raise DamagedWacz("a ZIP file that holds nothing in a folder archive/, so no WACZ")
        for member in members:
            name = member.filename.rpartition("/")[2]
            yield Contained(name, f"{source}:{member.filename}", partial(_opened, source, wacz, member))


def _opened(source: Path, wacz: zipfile.ZipFile, member: zipfile.ZipInfo) -> Readable:
    """What is stored as it is, as the format asks, is read past a wrong checksum: its records tell what is damaged."""
    try:
        stream = wacz.open(member)  # raises where the member's own header is wrong
    except _ERRORS as error:
        raise DamagedWacz(f"the WACZ is damaged: {error}") from error
    if member.compress_type != zipfile.ZIP_STORED:
        return _Inflated(stream)
    stream.close()
    return _Stored(source.open("rb"), member)


class _Inflated:
    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def read(self, size: int, /) -> bytes:
        try:
            return self._stream.read(size)
        except _ERRORS as error:
            raise DamagedWacz(f"the WACZ is damaged: {error}") from error

    def close(self) -> None:
        self._stream.close()


class _Stored:
    """The bytes of a member within the file; ``close`` closes the file."""

    def __init__(self, file: BinaryIO, member: zipfile.ZipInfo) -> None:
        self._file = file
        file.seek(member.header_offset)
        header = file.read(_LOCAL_HEADER)  # its names and extra fields may be others than those of the directory
        name_size, extra_size = struct.unpack("<HH", header[-4:])
        file.seek(member.header_offset + _LOCAL_HEADER + name_size + extra_size)
        self._left = member.compress_size

    def read(self, size: int, /) -> bytes:
        data = self._file.read(min(size, self._left))
        self._left -= len(data)
        return data

    def close(self) -> None:
        self._file.close()
