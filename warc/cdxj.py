"""The index ``indexes/index.cdxj``: one line a capture, sorted, in the dialect of pywb and cdxj-indexer.

``SURT YYYYMMDDhhmmss {"url", "mime", "status", "digest", "length", "offset", "filename"}``, all values text.
"""

import fcntl
import heapq
import json
import os
import warnings
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import groupby
from pathlib import Path

from warc.errors import CannotStore
from warc.record import Capture
from warc.writer import sync_directory

with warnings.catch_warnings():  # its first import compiles code that newer Pythons warn about
    warnings.simplefilter("ignore")
    import surt


def cdxj_line(capture: Capture) -> str:
    """The capture's line, without line end. The digest of a chunked body is over the body without framing."""
    record = capture.record
    status = capture.head.status
    fields = {
        "url": record.url,
        "mime": "warc/revisit" if record.type == "revisit" else capture.mime or "unk",
        **({"status": str(status)} if status else {}),
        "digest": capture.payload_digest,
        "length": str(record.length),
        "offset": str(record.offset),
        "filename": record.file,
    }
    return f"{surt_key(record.url)} {record.date:%Y%m%d%H%M%S} {json.dumps(fields, ensure_ascii=True)}"


def surt_key(url: str) -> str:
    """The sort-friendly form of a URL. A key only, never an identity: it folds the case of the path."""
    try:
        return surt.surt(url)
    except (ValueError, IndexError, AttributeError):  # surt raises on URLs that are none
        return url.replace(" ", "%20")


def add_to_index(index: Path, lines: Iterable[str]) -> None:
    """Merge lines into the sorted index, once each; readers see the old file or the new one, never a half.

    Several processes may call this at a time. Raises CannotStore.
    """
    fresh = sorted(line.encode() + b"\n" for line in lines)
    if not fresh:
        return
    temporary = index.with_suffix(".new")
    try:
        index.parent.mkdir(parents=True, exist_ok=True)
        with _locked(index.with_suffix(".lock")):
            with temporary.open("wb") as out, _lines(index) as old:
                out.writelines(line for line, _ in groupby(heapq.merge(old, fresh)))
                out.flush()
                os.fsync(out.fileno())
            temporary.replace(index)
            sync_directory(index.parent)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink()
        raise CannotStore(index, error.strerror or str(error)) from error


def read_places(index: Path) -> Iterator[tuple[str, int]]:
    """File and offset of every capture in the index; lines that are none are passed over."""
    with _lines(index) as lines:
        for line in lines:
            try:
                fields = json.loads(line.split(b" ", 2)[2])
                yield str(fields["filename"]), int(fields["offset"])
            except (IndexError, KeyError, ValueError, TypeError):
                continue


@contextmanager
def _lines(index: Path) -> Generator[Iterable[bytes]]:
    if not index.exists():
        yield ()
        return
    with index.open("rb") as stream:
        yield stream


@contextmanager
def _locked(path: Path) -> Generator[None]:
    with path.open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
