"""A compressed index as players read it from afar: ``index.cdx.gz`` in gzip members, ``index.idx`` that names them.

Knows lines that begin with their key, nothing of what they say.
"""

import hashlib
import heapq
import json
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby
from typing import BinaryIO, Final

from warc.block import Block, Spool
from warc.compress import Compressor, new_member

LINES_A_BLOCK: Final = 3000
_LINES_IN_MEMORY: Final = 100_000


class SortedLines:
    """Takes lines (with their line ends) in any order and gives them sorted; what is too many lies in files."""

    def __init__(self, *, most_in_memory: int = _LINES_IN_MEMORY) -> None:
        self._most = most_in_memory
        self._waiting: list[bytes] = []
        self._runs: list[BinaryIO] = []

    def add(self, line: bytes) -> None:
        self._waiting.append(line)
        if len(self._waiting) >= self._most:
            run = tempfile.TemporaryFile()  # noqa: SIM115 - read when all have come, gone with this object
            run.writelines(sorted(self._waiting))
            run.seek(0)
            self._runs.append(run)
            self._waiting = []

    def __iter__(self) -> Iterator[bytes]:
        """To be gone through once."""
        with ExitStack() as stack:
            for run in self._runs:
                stack.enter_context(run)
            yield from heapq.merge(*self._runs, sorted(self._waiting))


def compressed_index(lines: Iterable[bytes], *, lines_a_block: int = LINES_A_BLOCK) -> tuple[Block, Block, int]:
    """The content of both files for sorted lines, and how many lines there are, equal ones counted once."""
    content, places = Spool(), Spool()
    places.append(_json_line("!meta 0", {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}))
    member: _Member | None = None
    stem, count, before = b"", 0, 0
    for line, _ in groupby(lines):
        if not stem or not line.startswith(stem):
            stem = _stem(line)
            if member is not None and count - before >= lines_a_block:
                places.append(member.end())
                member = None
        if member is None:
            member, before = _Member(line, content), count
        member.add(line)
        count += 1
    if member is not None:
        places.append(member.end())
    return content.block(), places.block(), count


def _stem(line: bytes) -> bytes:
    """Lines that begin so must stay in one block with this one.

    ReplayWeb.page keeps the slash at a key's end that ours drop, and so stops looking one block too early where a URL's
    captures, or those of a sibling that begins alike, go on in the next.
    """
    key = line.partition(b" ")[0]
    return key + b" " if key.endswith(b"/") else key


class _Member:
    """One block under way."""

    def __init__(self, first: bytes, content: Spool) -> None:
        self._key = b" ".join(first.split(b" ", 2)[:2]).decode()
        self._content = content
        self._offset = content.size
        self._compressor: Compressor = new_member("zlib-6")
        self._digest = hashlib.sha256()

    def add(self, line: bytes) -> None:
        self._put(self._compressor.compress(line))

    def end(self) -> bytes:
        """The line that names this block."""
        self._put(self._compressor.flush())
        length = self._content.size - self._offset
        digest = f"sha256:{self._digest.hexdigest()}"
        return _json_line(self._key, {"offset": self._offset, "length": length, "digest": digest})

    def _put(self, data: bytes) -> None:
        self._digest.update(data)
        self._content.append(data)


def _json_line(key: str, fields: dict[str, str | int]) -> bytes:
    return f"{key} {json.dumps(fields)}\n".encode()
