"""The index ``indexes/index.cdxj``: sorted, and kept so while lines come in.

New lines are merged into the file as long as that is cheap. Beside a large index they gather in sorted runs
(``run-….cdxj`` in the same folder, which pywb reads as well), merged once they amount to a share of it: a line is so
rewritten a bounded number of times, however large the index grows. What a crash leaves unwritten is made again from the
WARC files.
"""

import fcntl
import heapq
import json
import mmap
import os
import shutil
from collections.abc import Collection, Generator, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO, Final, Self

from warc.openfile import cannot_store, sync_directory

CHEAP_BYTES: Final = 16_000_000
"""An index up to this size is written anew with each merge."""

_SHARE: Final = 16
_MOST_RUNS: Final = 32
_MOST_BYTES: Final = 1 << 63
_DRAFTED_AT_ONCE: Final = 20_000
_RUNS: Final = "run-*.cdxj"


def add_to_index(index: Path, lines: Iterable[str], *, cheap_bytes: int = CHEAP_BYTES) -> None:
    """Merge lines into the index, once each; readers see the old file or the new one, never a half.

    Several processes may call this at a time. Raises CannotStore.
    """
    fresh = _sorted(lines)
    if not fresh:
        return
    try:
        index.parent.mkdir(parents=True, exist_ok=True)
        with _locked(index):
            runs = _runs(index)
            waiting = sum(map(len, fresh)) + sum(run.stat().st_size for run in runs)
            size = index.stat().st_size if index.exists() else 0
            if size <= cheap_bytes or waiting >= size / _SHARE or len(runs) >= _MOST_RUNS:
                _merge(index, runs, fresh)
            else:
                _replace(_next_run(index, runs), fresh)
    except OSError as error:
        raise cannot_store(index, error) from error


class IndexDraft:
    """A new index, made beside the old one and put in its place when it is whole. Raises CannotStore."""

    def __init__(self, index: Path) -> None:
        self._index = index
        self._folder = index.parent / "rebuild"
        self._lines: list[str] = []

    def __enter__(self) -> Self:
        shutil.rmtree(self._folder, ignore_errors=True)  # of a rebuild that was killed
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)

    def add(self, line: str) -> None:
        self._lines.append(line)
        if len(self._lines) >= _DRAFTED_AT_ONCE:
            self._write()

    def install(self, files: Collection[str]) -> None:
        """The draft holds all captures of these files; lines of others, that came meanwhile, are kept."""
        self._write()
        draft = self._folder / self._index.name
        try:
            with _locked(self._index):
                runs = _runs(self._index)
                kept = [line for line in index_lines(self._index) if _is_of_another(line, files)]
                with ExitStack() as stack:
                    streams = [stack.enter_context(path.open("rb")) for path in (draft, *_runs(draft)) if path.exists()]
                    _replace(self._index, (line for line, _ in groupby(heapq.merge(kept, *streams))))
                for run in runs:
                    run.unlink()
        except OSError as error:
            raise cannot_store(self._index, error) from error

    def _write(self) -> None:
        add_to_index(self._folder / self._index.name, self._lines)
        self._lines = []


def _is_of_another(line: bytes, files: Collection[str]) -> bool:
    fields = line_fields(line)
    return fields is not None and fields.get("filename", "") not in {"", *files}


def index_lines(index: Path) -> Iterator[bytes]:
    """Every line of the index in order, line ends included, each once."""
    with ExitStack() as stack:
        streams: list[Iterable[bytes]] = []
        for path in (*_runs(index), index):  # the index last: what of a run is merged meanwhile stands in it
            with suppress(FileNotFoundError):
                streams.append(stack.enter_context(path.open("rb")))
        for line, _ in groupby(heapq.merge(*streams)):
            yield line


def read_places(index: Path) -> Iterator[tuple[str, int]]:
    """File and offset of every capture in the index; lines that are none are passed over."""
    for line in index_lines(index):
        fields = line_fields(line)
        if fields is not None:
            with suppress(KeyError, ValueError):
                yield fields["filename"], file_size(fields["offset"])


def file_size(text: str) -> int:
    """Bytes of a file, as a list gives them. Raises ValueError for what can be none."""
    size = int(text)
    if not 0 <= size < _MOST_BYTES:
        raise ValueError(f"no number of bytes: {text[:40]}")
    return size


def line_fields(line: bytes) -> dict[str, str] | None:
    """The JSON part of a line; None if the line is none."""
    try:
        fields: Any = json.loads(line.split(b" ", 2)[2])
        return {str(name): str(value) for name, value in fields.items()}
    except (IndexError, ValueError, RecursionError, AttributeError):
        return None


def _sorted(lines: Iterable[str]) -> list[bytes]:
    return [line for line, _ in groupby(sorted(line.encode() + b"\n" for line in lines))]


def _runs(index: Path) -> list[Path]:
    return sorted(index.parent.glob(_RUNS))


def _next_run(index: Path, runs: list[Path]) -> Path:
    last = int(runs[-1].stem.removeprefix("run-")) if runs else 0
    return index.with_name(f"run-{last + 1:05}.cdxj")


def _merge(index: Path, runs: list[Path], fresh: list[bytes]) -> None:
    with ExitStack() as stack:
        streams = [stack.enter_context(run.open("rb")) for run in runs]
        lines = [line for line, _ in groupby(heapq.merge(fresh, *streams))]
    with _mapped(index) as old:
        _replace(index, _merged(old, lines))
    for draft in index.parent.glob("run-*.new"):  # of a process that was killed
        draft.unlink(missing_ok=True)
    for run in runs:
        run.unlink()


def _merged(old: "mmap.mmap | bytes", lines: Iterable[bytes]) -> Iterator[bytes]:
    """The old index with the lines in their places; what lies between two of them is copied as it is."""
    place = 0
    for line in lines:
        at = _place_of(old, line, place)
        yield from _pieces(old, place, at)
        if old[at : at + len(line)] != line:
            yield line
        place = at
    yield from _pieces(old, place, len(old))


def _pieces(old: "mmap.mmap | bytes", start: int, end: int) -> Iterator[bytes]:
    size = 1 << 22
    for place in range(start, end, size):
        yield old[place : min(end, place + size)]


def _place_of(old: "mmap.mmap | bytes", line: bytes, low: int) -> int:
    """Where the first line that is not before the given one begins, at or behind ``low``."""
    high = len(old)
    while low < high:
        middle = (low + high) // 2
        start = max(low, old.rfind(b"\n", low, middle) + 1)
        end = old.find(b"\n", middle) + 1 or len(old)
        if old[start:end] < line:
            low = end
        else:
            high = start
    return low


def _replace(path: Path, pieces: Iterable[bytes]) -> None:
    temporary = path.with_suffix(".new")
    try:
        with temporary.open("wb") as out:
            out.writelines(pieces)
            out.flush()
            os.fsync(out.fileno())
        temporary.replace(path)
    except OSError:
        with suppress(OSError):
            temporary.unlink()
        raise
    sync_directory(path.parent)


@contextmanager
def _mapped(path: Path) -> Generator["mmap.mmap | bytes"]:
    if not path.exists() or path.stat().st_size == 0:
        yield b""
        return
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        yield content


@contextmanager
def _locked(index: Path) -> Generator[None]:
    lock: BinaryIO
    index.parent.mkdir(parents=True, exist_ok=True)
    with index.with_suffix(".lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
