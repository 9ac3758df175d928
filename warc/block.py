"""Bytes of a record, in memory or, where they are many, in a temporary file. Knows no WARC and no HTTP."""

import tempfile
from collections.abc import Iterator
from typing import Final, Self

SPILL_BYTES: Final = 1 << 20
"""What is larger lies in a temporary file, so that a response of any size costs the same memory."""

PART_BYTES: Final = 1 << 18


class _Temporary:
    """A temporary file that is gone with the last block that lies in it."""

    __slots__ = ("stream",)

    def __init__(self) -> None:
        self.stream = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - closed below

    def __del__(self) -> None:
        self.stream.close()


class Block:
    """A run of bytes that can be gone through as often as needed. Two are equal where their bytes are."""

    __slots__ = ("_data", "_file", "_start", "size")

    def __init__(self, data: bytes = b"") -> None:
        self._data = data
        self._file: _Temporary | None = None
        self._start = 0
        self.size = len(data)

    @classmethod
    def within(cls, file: _Temporary, *, start: int, size: int) -> Self:
        block = cls()
        block._file, block._start, block.size = file, start, size
        return block

    def parts(self) -> Iterator[bytes]:
        """All bytes, in parts of bounded size; a small block is one part, an empty one none."""
        if self._file is None:
            if self.size:
                yield self._data
            return
        place, end = self._start, self._start + self.size
        while place < end:
            self._file.stream.seek(place)  # another walk may have moved it
            part = self._file.stream.read(min(PART_BYTES, end - place))
            if not part:
                raise OSError("a temporary file is shorter than what was written into it")
            place += len(part)
            yield part

    def first(self, size: int) -> bytes:
        """At most that many bytes from the beginning."""
        if self._file is None:
            return self._data[:size]
        self._file.stream.seek(self._start)
        return self._file.stream.read(min(size, self.size))

    def behind(self, start: int) -> "Block":
        """What follows the first ``start`` bytes."""
        if start == 0:
            return self
        if self._file is None:
            return Block(self._data[start:])
        return Block.within(self._file, start=self._start + start, size=max(0, self.size - start))

    def until(self, size: int) -> "Block":
        """The first ``size`` bytes, as a block."""
        if self._file is None:
            return Block(self._data[:size])
        return Block.within(self._file, start=self._start, size=min(size, self.size))

    def __bytes__(self) -> bytes:
        return self._data if self._file is None else b"".join(self.parts())

    def __len__(self) -> int:
        return self.size

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Block):
            return NotImplemented
        return self.size == other.size and bytes(self) == bytes(other)

    __hash__ = None  # type: ignore[assignment]  # compared by bytes, too many to hash

    def __repr__(self) -> str:
        return f"Block({self.first(60)!r}{'…' if self.size > 60 else ''}, size={self.size})"  # noqa: PLR2004 - a glimpse


class Spool:
    """Takes bytes as they come and makes a block of them. Raises OSError where the temporary file cannot grow."""

    __slots__ = ("_file", "_parts", "size")

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._file: _Temporary | None = None
        self.size = 0

    def append(self, data: bytes) -> None:
        self.size += len(data)
        if self._file is None:
            self._parts.append(data)
            if self.size <= SPILL_BYTES:
                return
            self._file = _Temporary()
            data, self._parts = b"".join(self._parts), []
        view = memoryview(data)
        while view:
            view = view[self._file.stream.write(view) :]

    def block(self, size: int | None = None) -> Block:
        """The first ``size`` bytes, else all. Nothing may be appended after."""
        size = self.size if size is None else size
        if self._file is None:
            whole = self._parts[0] if len(self._parts) == 1 else b"".join(self._parts)
            return Block(whole[:size])
        return Block.within(self._file, start=0, size=size)


def spooled(parts: Iterator[bytes]) -> Block:
    spool = Spool()
    for part in parts:
        spool.append(part)
    return spool.block()
