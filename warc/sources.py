"""The bytes of one record after the other: out of gzip members, or of a plain file. Knows no header."""

import os
import zlib
from typing import BinaryIO, Final, Protocol

from isal import isal_zlib

from warc.starts import GZIP_ERRORS, GZIP_MAGIC

_FIRST_READ: Final = 1 << 12
_LARGEST_READ: Final = 1 << 18
_LARGEST_OUTPUT: Final = 1 << 20
_BEHIND: Final = "bytes follow the block where the record should end"
_LONGEST_END: Final = 64
"""Line ends behind a record: two by the standard, some more by sloppy writers."""


class Broken(Exception):
    """What was read is no whole record; the text says why."""


class Source(Protocol):
    """The bytes of one record after the other, decompressed."""

    place: int

    @property
    def position(self) -> int: ...
    def begin(self) -> bool: ...
    def expect(self, length: int) -> None: ...
    def read(self) -> bytes: ...
    def give_back(self, data: bytes) -> None: ...
    def end(self) -> None: ...


class Members:
    """Gzip members: each is one record. ``place`` is where the current member began."""

    def __init__(self, stream: BinaryIO, offset: int) -> None:
        self._stream = stream
        self._input = b""
        self._next_read = _FIRST_READ
        self._output = b""
        self._member = isal_zlib.decompressobj(zlib.MAX_WBITS | 16)
        self.place = self._input_end = offset
        self._ended = True
        self._failure = ""
        stream.seek(offset)

    def begin(self) -> bool:
        """Go to the next member; False at the end of the file."""
        self.place = self._input_end - len(self._input)
        self._member = isal_zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._output = b""
        self._ended = False
        self._next_read = _FIRST_READ
        while len(self._input) < len(GZIP_MAGIC):
            before = len(self._input)
            self._fill()
            if len(self._input) == before:
                break
        if not self._input.startswith(GZIP_MAGIC[: max(1, len(self._input))]):
            if self._input:
                raise Broken("no gzip member begins here")
            return False
        return True

    def expect(self, length: int) -> None:
        """How long a member is, nobody knows before its end."""

    def read(self) -> bytes:
        """Some more bytes of the record, b"" at the member's end. Raises Broken."""
        if self._output:
            data, self._output = self._output, b""
            return data
        if self._failure:  # the library would go on as if the member had ended
            raise Broken(self._failure)
        while not self._ended:
            if not self._input and not self._member.unconsumed_tail:
                self._fill()
                if not self._input:
                    raise Broken("the file ends inside a record")
            data = self._inflate()
            if data:
                return data
        return b""

    def give_back(self, data: bytes) -> None:
        self._output = data + self._output

    def end(self) -> None:
        """Check that nothing but line ends follows. Raises Broken."""
        left = 0
        while data := self.read():
            left += len(data)
            if data.strip(b"\r\n"):
                raise Broken(_behind(data))
            if left > _LONGEST_END:
                raise Broken("more than line ends follow the block")

    def _inflate(self) -> bytes:
        member = self._member
        given = member.unconsumed_tail or self._input
        if not member.unconsumed_tail:
            self._input = b""
        try:
            data = member.decompress(given, _LARGEST_OUTPUT)
        except GZIP_ERRORS as error:
            self._failure = f"broken gzip member: {error}"
            raise Broken(self._failure) from error
        if member.eof:
            self._input = member.unused_data
            self._ended = True
        return data

    def _fill(self) -> None:
        data = self._stream.read(self._next_read)
        self._input += data
        self._input_end += len(data)
        self._next_read = min(self._next_read * 2, _LARGEST_READ)

    @property
    def position(self) -> int:
        """Where the next member begins, once this one has ended."""
        return self._input_end - len(self._input)


def _behind(data: bytes) -> str:
    if data.lstrip(b"\r\n").startswith(b"WARC/"):
        return "several records in one gzip member; decompress the file and take in the plain .warc"
    return _BEHIND


def too_short(missing: int, length: int) -> str:
    return f"the record ends {missing} bytes before its Content-Length of {length}"


class Plain:
    """An uncompressed file. ``place`` is where the current record began."""

    def __init__(self, stream: BinaryIO, offset: int) -> None:
        self._stream = stream
        self._back = b""
        self._next_read = _FIRST_READ
        self._size = stream.seek(0, os.SEEK_END)
        self._position = offset
        self.place = offset
        stream.seek(offset)

    def begin(self) -> bool:
        self._skip_line_ends()
        self.place = self._position - len(self._back)
        if not self._back:
            self._back = self._more()
        return bool(self._back)

    def expect(self, length: int) -> None:
        """Raise Broken, before anything is read, where a block of this length does not end with a record.

        So that a file of records that lie is not read to its end for each of them.
        """
        left = self._size - self.position
        if length > left:
            raise Broken(too_short(length - left, length))
        if length >= len(self._back):
            self._stream.seek(self.position + length)
            behind = self._stream.read(1)
            self._stream.seek(self._position)
            if behind not in (b"", b"\r", b"\n"):
                raise Broken(_BEHIND)

    def read(self) -> bytes:
        if self._back:
            data, self._back = self._back, b""
            return data
        return self._more()

    def give_back(self, data: bytes) -> None:
        self._back = data + self._back

    def end(self) -> None:
        """Pass over the line ends behind the block. Raises Broken where there are none."""
        data = self.read()
        if data and data[:1] not in b"\r\n":
            raise Broken(_BEHIND)
        self.give_back(data)
        if self._skip_line_ends() == 0:
            raise Broken("the file ends inside a record")

    def _skip_line_ends(self) -> int:
        skipped = 0
        while data := self.read():
            rest = data.lstrip(b"\r\n")
            skipped += len(data) - len(rest)
            if rest:
                self.give_back(rest)
                break
        return skipped

    @property
    def position(self) -> int:
        return self._position - len(self._back)

    def _more(self) -> bytes:
        data = self._stream.read(self._next_read)
        self._position += len(data)
        self._next_read = min(self._next_read * 2, _LARGEST_READ)
        return data
