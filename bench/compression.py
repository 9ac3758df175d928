"""Speed and size of compressing records of typical pages, one gzip member each: ``python -m bench.compression``.

The writer's default is chosen by this table. Measured are response records of made pages of some 60 kB, as served
without coding and as served gzipped, and of the labelled real pages where ``$ARCHIVER_GOLD`` names them; what a
digest over the same bytes costs stands beside it.
"""

import argparse
import gzip
import hashlib
import importlib
import importlib.util
import os
import statistics
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.site import Press, path_of

Compress = Callable[[bytes], bytes]
_GZIP = 31
_BASELINE = "zlib 6"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Medians over the rounds of one way to treat a set of records."""

    microseconds: float
    size: int


def methods() -> Iterator[tuple[str, Compress]]:
    """What is installed here: isal and zlib-ng are left out where they are not."""
    for level in (1, 6, 9):
        yield f"zlib {level}", partial(zlib.compress, level=level, wbits=_GZIP)
    if importlib.util.find_spec("isal"):
        igzip = importlib.import_module("isal.igzip_lib")
        for level in range(4):
            yield f"isal {level}", partial(igzip.compress, level=level, flag=igzip.COMP_GZIP, hist_bits=15)
    if importlib.util.find_spec("zlib_ng"):
        zlib_ng = importlib.import_module("zlib_ng.zlib_ng")
        for level in (1, 2, 6):
            yield f"zlib-ng {level}", partial(zlib_ng.compress, level=level, wbits=_GZIP)


def digests() -> Iterator[tuple[str, Callable[[bytes], object]]]:
    yield "sha256", hashlib.sha256
    yield "sha1", partial(hashlib.sha1, usedforsecurity=False)
    yield "crc32 (zlib)", zlib.crc32


def records(pages: list[bytes], *, gzipped: bool) -> list[bytes]:
    """WARC response records of these pages, uncompressed."""
    return [
        _record(number, gzip.compress(page, 6) if gzipped else page, gzipped=gzipped)
        for number, page in enumerate(pages)
    ]


def _record(number: int, body: bytes, *, gzipped: bool) -> bytes:
    coding = "Content-Encoding: gzip\r\n" if gzipped else ""
    digest = hashlib.sha256(body).hexdigest()
    head = (
        f"HTTP/1.1 200 OK\r\nServer: nginx\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\nContent-Type: text/html; "
        f"charset=utf-8\r\nContent-Length: {len(body)}\r\nVary: Accept-Encoding\r\n{coding}"
        f'ETag: "{digest[:16]}"\r\nLast-Modified: Wed, 31 Dec 2025 10:00:00 GMT\r\n\r\n'
    ).encode()
    block = head + body
    return (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{digest[:32]}>\r\n"
        f"WARC-Target-URI: http://127.0.0.1:8000{path_of(number)}\r\nWARC-Date: 2026-01-01T00:00:00.{number:06}Z\r\n"
        f"WARC-Warcinfo-ID: <urn:uuid:{digest[32:]}>\r\nWARC-IP-Address: 127.0.0.1\r\n"
        f"WARC-Payload-Digest: sha1:{digest[:32].upper()}\r\nWARC-Block-Digest: sha256:{digest}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    ).encode() + block + b"\r\n\r\n"  # fmt: skip


def small_records(count: int) -> list[bytes]:
    """Request and metadata records: a few hundred bytes each, where starting the compressor is what costs."""
    wire = (
        b"GET / HTTP/1.1\r\nAccept: text/html\r\nAccept-Language: en\r\nUser-Agent: archiver\r\nHost: 127.0.0.1\r\n\r\n"
    )
    return [_record(number, wire + b"%d" % number, gzipped=False) for number in range(count)]


def measure(given: list[bytes], *, rounds: int) -> tuple[dict[str, Measured], dict[str, float]]:
    """Each method over all records, in turn; and each digest's microseconds a record."""
    times: dict[str, list[float]] = {}
    sizes: dict[str, int] = {}
    for _ in range(rounds):
        for name, compress in methods():
            start = time.process_time()
            sizes[name] = sum([len(compress(one)) for one in given])
            times.setdefault(name, []).append(_each(start, given))
        for name, digest in digests():
            start = time.process_time()
            for one in given:
                digest(one)
            times.setdefault(name, []).append(_each(start, given))
    medians = {name: statistics.median(found) for name, found in times.items()}
    compressed = {name: Measured(microseconds=medians[name], size=size) for name, size in sizes.items()}
    return compressed, {name: median for name, median in medians.items() if name not in sizes}


def _each(start: float, given: list[bytes]) -> float:
    return (time.process_time() - start) * 1e6 / len(given)


def table(title: str, given: list[bytes], *, rounds: int) -> str:
    for name, compress in methods():
        if zlib.decompress(compress(given[0]), wbits=_GZIP) != given[0]:
            raise AssertionError(f"{name} does not give back what went in")
    compressed, digested = measure(given, rounds=rounds)
    mean = sum(map(len, given)) / len(given)
    baseline = compressed[_BASELINE].size
    lines = [f"{title}: {len(given)} records of {mean / 1000:.1f} kB on average"]
    lines += [f"  {'':14}{'MB/s':>8}{'µs a record':>14}{'kB a record':>14}{'size to ' + _BASELINE:>18}"]
    lines += [
        f"  {name:14}{mean / one.microseconds:8.0f}{one.microseconds:14.0f}{one.size / len(given) / 1000:14.2f}"
        f"{one.size / baseline:18.3f}"
        for name, one in compressed.items()
    ]
    lines += [f"  {name:14}{mean / each:8.0f}{each:14.0f}" for name, each in digested.items()]
    return "\n".join(lines) + "\n"


def real_pages(folder: Path) -> list[bytes]:
    return [gzip.decompress(path.read_bytes()) for path in sorted(folder.glob("*/pages/*.html.gz"))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    default = os.environ.get("ARCHIVER_GOLD", "../shared/gold")
    parser.add_argument("--gold", type=Path, default=Path(default), help="folder of labelled real pages")
    options = parser.parse_args()
    press = Press()
    made = [press.page(number) for number in range(options.pages)]
    sets = {"made pages": made, "real pages": real_pages(options.gold)}
    show = partial(_show, rounds=options.rounds)
    for name, pages in sets.items():
        if pages:
            show(f"{name}, without content coding", records(pages, gzipped=False))
            show(f"{name}, gzipped by the server", records(pages, gzipped=True))
    show("requests and metadata", small_records(options.pages))


def _show(title: str, given: list[bytes], *, rounds: int) -> None:
    sys.stdout.write(table(title, given, rounds=rounds) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
