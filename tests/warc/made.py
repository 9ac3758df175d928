"""WARC files for the tests of the store: made by our own writer, or by hand in whatever shape a test needs."""

import gzip
from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import count
from pathlib import Path

from tests.warc.conftest import MOMENT, exchange
from warc.compose import prepare
from warc.manifest import append_to_manifest
from warc.openfile import ClosedFile
from warc.record import Capture
from warc.writer import CaptureWriter, WriterSettings

Fields = Sequence[tuple[str, str]]
HTTP = "application/http; msgtype=response"
PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>page"


def crawl(
    directory: Path,
    bodies: Iterable[bytes] = (b"<p>one", b"<p>two", b"<p>three"),
    *,
    prefix: str = "test",
    manifest: Path | None = None,
) -> list[Capture]:
    """Captures in one closed file, as a run leaves them: each with its request and its fields."""
    ids = count(1)
    closed = list[ClosedFile]()
    writer = CaptureWriter(
        WriterSettings(directory=directory, prefix=prefix, info={"software": "archiver/test", "isPartOf": prefix}),
        now=lambda: MOMENT,
        new_id=lambda: f"urn:uuid:{sum(prefix.encode()):08}-0000-4000-8000-{next(ids):012}",
        on_closed=closed.append,
    )
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    made = [
        writer.append_exchange(
            prepare(exchange(head + body, f"http://a.example/{prefix}/{number}")), fields={"via": "x"}
        )
        for number, body in enumerate(bodies)
    ]
    writer.close()
    if manifest is not None:
        for file in closed:
            append_to_manifest(manifest, file, at=MOMENT)
    return made


def record(
    number: int = 1,
    block: bytes = PAGE,
    *,
    headers: Fields = (),
    length: str | None = None,
    version: str = "WARC/1.1",
    end: bytes = b"\r\n\r\n",
) -> bytes:
    """A ``response`` record by hand, uncompressed; ``headers`` take the place of those of the same name.

    A header given as empty is left out; ``length`` is what Content-Length says, true or not.
    """
    named = {
        "WARC-Type": "response",
        "WARC-Record-ID": f"<urn:uuid:00000000-0000-4000-9000-{number:012}>",
        "WARC-Date": f"{MOMENT + timedelta(seconds=number):%Y-%m-%dT%H:%M:%SZ}",
        "WARC-Target-URI": f"http://a.example/{number}",
        "Content-Type": HTTP,
        "Content-Length": str(len(block)) if length is None else length,
        **dict(headers),
    }
    head = f"{version}\r\n" + "".join(f"{name}: {value}\r\n" for name, value in named.items() if value)
    return head.encode() + b"\r\n" + block + end


def member(data: bytes) -> bytes:
    """One gzip member."""
    return gzip.compress(data, mtime=0)


def packed(records: Iterable[bytes], *, plain: bool = False) -> bytes:
    """A file of these records: one gzip member each, or one behind the other."""
    return b"".join(records if plain else map(member, records))


def id_of(number: int) -> str:
    return f"urn:uuid:00000000-0000-4000-9000-{number:012}"
