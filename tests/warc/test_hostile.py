"""Files damaged in any way, or made to do harm: what is whole is read, the rest is named, nothing else happens."""

import json
import shutil
import subprocess
import sys
import textwrap
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from hashlib import shake_256
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from isal import isal_zlib

from tests.cli.running import ROOT
from tests.warc.made import HTTP, member, packed, record
from tests.warc.made import crawl as crawl_into
from warc.errors import DamagedRecord, WarcError
from warc.reader import read_capture, read_captures, read_records
from warc.record import Capture, Record
from warc.recover import claimed, take_in
from warc.scan import Scanned, scan
from warc.verify import check_file

Damage = tuple[str, int, bytes]
"""How, where, and with what: the bytes to put in, or as many as are to go."""

FULL: Final = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)


class Sample:
    """A whole file, what lies in it, and a place for damaged copies."""

    def __init__(self, folder: Path, name: str, data: bytes) -> None:
        self.data = data
        self.path = folder / name
        self.path.write_bytes(data)
        self.records = [one for one in read_records(self.path) if isinstance(one, Record)]
        self.captures = [one for one in read_captures(self.path) if isinstance(one, Capture)]
        self.copy = folder / f"copy-{name}"

    def damaged(self, *damages: Damage) -> Path:
        data = self.data
        for how, place, given_bytes in damages:
            data = _damaged(data, how, place, given_bytes)
        self.copy.write_bytes(data)
        return self.copy


def _damaged(data: bytes, how: str, place: int, given_bytes: bytes) -> bytes:
    size = len(given_bytes)
    match how:
        case "flip":
            return data[:place] + bytes(byte ^ (1 << size % 8) for byte in data[place : place + 1]) + data[place + 1 :]
        case "cut":
            return data[:place]
        case "insert":
            return data[:place] + given_bytes + data[place:]
        case "delete":
            return data[:place] + data[place + size :]
        case "overwrite":
            return data[:place] + given_bytes[: len(data) - place] + data[place + size :]
        case _:
            return data[:place] + bytes(len(data[place : place + size])) + data[place + size :]


DAMAGE = st.tuples(
    st.sampled_from(["flip", "cut", "insert", "delete", "overwrite", "zero"]),
    st.integers(0, 10**9),
    st.binary(min_size=1, max_size=40) | st.integers(1, 900).map(bytes),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile")


@pytest.fixture(scope="module")
def gzipped(folder: Path) -> Sample:
    bodies = [b"<p>one", b"<p>" + bytes(range(256)) * 4, b"", b"<p>\r\n\r\nWARC/1.1\r\n\r\n", b"<p>last"]
    [name] = {one.record.file for one in crawl_into(folder / "made", bodies)}
    return Sample(folder, "gzipped.warc.gz", (folder / "made" / name).read_bytes())


@pytest.fixture(scope="module")
def plain(folder: Path, gzipped: Sample) -> Sample:
    content = b"".join(zlib.decompress(gzipped.data[one.offset :][: one.length], 31) for one in gzipped.records)
    return Sample(folder, "plain.warc", content)


def _affected(sample: Sample, damage: Damage) -> tuple[int, int, int]:
    """The first and the last byte that are not what they were, and by how much those behind have moved."""
    how, place, given_bytes = damage
    size = len(given_bytes)
    match how:
        case "flip":
            return place, place + 1, 0
        case "cut":
            return place, len(sample.data), 0
        case "insert":
            return place, place, size
        case "delete":
            return place, place + size, -size
        case _:
            return place, place + size, 0


def _untouched(sample: Sample, damage: Damage) -> tuple[list[Record], list[Record]]:
    """Records no byte of which has changed, as they lie now; and the others."""
    start, end, moved = _affected(sample, damage)
    same: list[Record] = []
    others: list[Record] = []
    for one in sample.records:
        one_end = one.offset + one.length
        if one_end <= start:
            same.append(one)
        elif one.offset >= end:
            same.append(replace(one, offset=one.offset + moved))
        else:
            others.append(one)
    return same, others


def _read(path: Path) -> tuple[list[Record], list[DamagedRecord]]:
    items = list(read_records(path))
    return [one for one in items if isinstance(one, Record)], [one for one in items if isinstance(one, DamagedRecord)]


def _named(records: list[Record], file: str) -> list[Record]:
    return [replace(one, file=file) for one in records]


@given(damage=DAMAGE)
@FULL
def test_every_untouched_record_of_a_compressed_file_is_read_and_damage_is_named(
    gzipped: Sample, damage: Damage
) -> None:
    how, place, given_bytes = damage
    damage = (how, place % len(gzipped.data), given_bytes)
    path = gzipped.damaged(damage)
    whole, damages = _read(path)
    same, others = _untouched(gzipped, damage)
    assert [one for one in _named(same, path.name) if one not in whole] == []
    known = {(one.headers, bytes(one.block)) for one in gzipped.records}
    assert {(one.headers, bytes(one.block)) for one in whole} <= known, "nothing is read that was never written"
    found = {one.id for one in whole}
    start, end, _ = _affected(gzipped, damage)
    torn = [one for one in others if one.id not in found and (one.offset < start or one.offset + one.length > end)]
    if torn:
        assert others[0].offset <= damages[0].offset <= max(start, torn[0].offset)


@given(damage=DAMAGE)
@FULL
def test_untouched_captures_keep_all_that_is_said_of_them(gzipped: Sample, damage: Damage) -> None:
    how, place, given_bytes = damage
    damage = (how, place % len(gzipped.data), given_bytes)
    path = gzipped.damaged(damage)
    read = {one.record.id: one for one in read_captures(path) if isinstance(one, Capture)}
    same, _ = _untouched(gzipped, damage)
    fine = {one.id for one in same}
    info = {gzipped.records[0].id} <= fine and damage[:2] != ("insert", 0)
    for capture in gzipped.captures:
        if capture.record.id not in fine:
            continue
        found = read[capture.record.id]
        assert (found.record.block, found.head, found.digests) == (capture.record.block, capture.head, capture.digests)
        assert read_capture(path.parent, path.name, found.record.offset) == found
        parts = {one.id for one in gzipped.records if one.first("WARC-Concurrent-To") == f"<{capture.record.id}>"}
        start, end, _ = _affected(gzipped, damage)
        if parts <= fine and not (damage[0] == "insert" and capture.record.offset < start):
            assert found.fields == capture.fields
        if info and capture.record.offset + capture.record.length <= start <= end:
            assert found.info == capture.info


@given(damage=DAMAGE)
@FULL
def test_every_untouched_record_of_a_plain_file_is_read(plain: Sample, damage: Damage) -> None:
    """But for the one behind a damaged one: lengths are all that tells where a plain record ends."""
    how, place, given_bytes = damage
    damage = (how, place % len(plain.data), given_bytes)
    # What stands before a record's first line takes its line away, and with it all that says that a record begins.
    assume(not (how == "insert" and any(one.offset == damage[1] for one in plain.records)))
    start, end, _ = _affected(plain, damage)
    for edge in (start, min(end, len(plain.data)) - 1):  # a length that was made larger swallows what follows
        line = plain.data[plain.data.rfind(b"\n", 0, edge) + 1 :].partition(b"\n")[0]
        assume(not line.startswith(b"Content-Length"))
    assume(b"WARC/" not in given_bytes)
    path = plain.damaged(damage)
    whole, damages = _read(path)
    same, others = _untouched(plain, damage)
    behind = [one.offset + one.length for one in others]
    sure = [one for one, old in zip(same, _old(plain, same), strict=True) if old.offset not in behind]
    assert [one for one in _named(sure, path.name) if one not in whole] == []
    assert all(0 <= one.offset <= path.stat().st_size for one in damages)


def _old(sample: Sample, records: list[Record]) -> list[Record]:
    by_id = {one.id: one for one in sample.records}
    return [by_id[one.id] for one in records]


@pytest.mark.parametrize("kind", ["gzipped", "plain"])
def test_file_cut_at_every_byte_keeps_what_is_whole(request: pytest.FixtureRequest, kind: str) -> None:
    sample: Sample = request.getfixturevalue(kind)
    ends = [one.offset + one.length for one in sample.records]
    begins = [one.offset for one in sample.records]
    near = {edge + by for edge in (*begins, *ends) for by in range(-9, 12)}
    for size in sorted(near & {*range(len(sample.data) + 1)} | {*range(0, len(sample.data), 23)}):
        whole, damages = _read(sample.damaged(("cut", size, b"")))
        if kind == "plain":  # one of the line ends behind a block is enough
            assert len(whole) - sum(end <= size for end in ends) in (0, 1), size
            continue
        assert len(whole) == sum(end <= size for end in ends), size
        assert [one.offset for one in damages] == ([] if size in (0, *ends) else [max(b for b in begins if b < size)])


@given(damages=st.lists(DAMAGE, min_size=1, max_size=5), kind=st.sampled_from(["gzipped", "plain"]))
@FULL
def test_whatever_is_done_to_a_file_only_errors_of_ours_come_out(
    request: pytest.FixtureRequest, folder: Path, damages: list[Damage], kind: str
) -> None:
    sample: Sample = request.getfixturevalue(kind)
    path = sample.damaged(*((how, place % len(sample.data), data) for how, place, data in damages))
    with suppress(WarcError):
        for item in read_captures(path):
            if isinstance(item, Capture):
                assert read_capture(folder, item.record.file, item.record.offset) == item
                assert len(item.payload) == item.digests.size
            else:
                assert item.path.name == path.name
                assert 0 <= item.offset <= path.stat().st_size
    report = check_file(path)
    assert report.file.length == path.stat().st_size
    left = path.with_name(f"left-{path.name}.open")
    shutil.copy(path, left)
    with claimed(left) as stream:
        assert stream is not None
        taken = take_in(left, stream, lambda _: None)
    kept = left.with_suffix("")
    data = kept.read_bytes() if kept.exists() else b""
    assert data + (taken.torn.read_bytes() if taken.torn else b"") == path.read_bytes(), "not a byte is lost"
    for one in (kept, taken.torn):
        if one:
            one.unlink(missing_ok=True)


@given(data=st.binary(max_size=300), start=st.sampled_from([b"", b"WARC/1.1\r\n", b"\x1f\x8b\x08\x00", b"PK\x03\x04"]))
def test_any_bytes_are_read_or_refused(folder: Path, data: bytes, start: bytes) -> None:
    path = folder / "any.warc.gz"
    path.write_bytes(start + data)
    for item in read_captures(path):
        assert isinstance(item, Capture | DamagedRecord)


# What is made to do harm is read by a process of its own, which tells how much memory it took.

_READ = """
    import json, pathlib, resource, sys
    from warc.errors import DamagedRecord
    from warc.reader import read_captures
    from warc.verify import check_file
    from warc.recover import claimed, take_in

    def peak():
        try:
            status = pathlib.Path("/proc/self/status").read_text()
            return int(status.partition("VmHWM:")[2].split()[0]) * 1000
        except FileNotFoundError:  # macOS, where the unit is the byte
            return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    path = pathlib.Path(sys.argv[1])
    before, captures, damage = peak(), 0, 0
    match sys.argv[2]:
        case "read":
            for item in read_captures(path):
                captures += not isinstance(item, DamagedRecord)
                damage += isinstance(item, DamagedRecord)
        case "check":
            report = check_file(path)
            captures, damage = len(report.captures), len(report.findings)
        case "take in":
            resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
            seen = []
            with claimed(path) as stream:
                taken = take_in(path, stream, lambda batch: seen.append(len(batch)))
            captures, damage = sum(seen), len(taken.damage)
    print(json.dumps({"captures": captures, "damage": damage, "memory": peak() - before}))
"""


def apart(path: Path, how: str) -> dict[str, Any]:
    """Captures, damages and the memory that was taken (bytes)."""
    command = [sys.executable, "-c", textwrap.dedent(_READ), str(path), how]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)  # noqa: S603 - ours
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def zeros(size_mb: int, start: bytes) -> bytes:
    """A gzip member of these bytes and so many megabytes of zeros behind, a thousandth of that in size."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = deflate.compress(start) + deflate.flush(zlib.Z_FULL_FLUSH)
    block = zlib.compressobj(9, zlib.DEFLATED, -15)
    million = bytes(1_000_000)
    part = block.compress(million) + block.flush(zlib.Z_FULL_FLUSH)
    checksum = isal_zlib.crc32(start)
    for _ in range(size_mb):
        checksum = isal_zlib.crc32(million, checksum)
    size = len(start) + size_mb * len(million)
    end = zlib.compressobj(9, zlib.DEFLATED, -15).flush()
    trailer = (checksum & 0xFFFFFFFF).to_bytes(4, "little") + (size & 0xFFFFFFFF).to_bytes(4, "little")
    return b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + head + part * size_mb + end + trailer


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
BOMBS: dict[str, Callable[[], bytes]] = {
    "payload that ends too late": lambda: zeros(1000, record(2, b"HTTP/1.1 200 OK\r\n\r\n", end=b"")),
    "payload that ends too early": lambda: zeros(300, record(2, length="900000000000", end=b"")),
    "header": lambda: zeros(300, b"WARC/1.1\r\nX: "),
    "header of another thing": lambda: zeros(300, b""),
}
KEPT_BOMBS: dict[str, tuple[bytes, dict[str, str]]] = {
    "payload": (b"HTTP/1.1 200 OK\r\n\r\n", {}),
    "HTTP head": (b"HTTP/1.1 200 OK\r\nX: ", {}),
    "no HTTP": (b"", {"Content_Type": "text/plain"}),
    "metadata": (
        b"x: ",
        {"WARC_Type": "metadata", "WARC_Concurrent_To": "<urn:uuid:00000000-0000-4000-9000-000000000001>"},
    ),
    "metadata of fields": (
        b"x: ",
        {
            "WARC_Type": "metadata",
            "Content_Type": "application/warc-fields",
            "WARC_Concurrent_To": "<urn:uuid:00000000-0000-4000-9000-000000000001>",
        },
    ),
    "warcinfo": (b"x: ", {"WARC_Type": "warcinfo", "Content_Type": "application/warc-fields"}),
    "chunk that never ends": (CHUNKED + b"fffffffffff\r\n", {}),
    "chunk line that never ends": (CHUNKED + b"5;", {}),
    "transfer coding of much": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n", {}),
}
MOST_MEMORY: Final = 80_000_000


@pytest.mark.parametrize("make", BOMBS.values(), ids=BOMBS)
def test_bomb_is_damage_in_little_memory(tmp_path: Path, make: Callable[[], bytes]) -> None:
    path = tmp_path / "x.warc.gz"
    path.write_bytes(member(record(1)) + make() + member(record(3)))
    assert path.stat().st_size < 2_000_000
    found = apart(path, "read")
    assert (found["captures"], found["damage"]) == (2, 1)
    assert found["memory"] < MOST_MEMORY


@pytest.mark.parametrize("how", ["read", "check"])
@pytest.mark.parametrize(("block", "named"), KEPT_BOMBS.values(), ids=KEPT_BOMBS)
def test_large_block_takes_little_memory(tmp_path: Path, block: bytes, named: dict[str, str], how: str) -> None:
    headers = [(name.replace("_", "-"), value) for name, value in named.items()]
    size_mb = 120
    whole = record(2, block, headers=headers, length=str(len(block) + size_mb * 1_000_000), end=b"")
    path = tmp_path / "x.warc.gz"
    path.write_bytes(member(record(1)) + zeros(size_mb, whole) + member(record(3)))
    found = apart(path, how)
    assert (found["captures"], found["damage"]) == (3 if named.get("WARC_Type", "response") == "response" else 2, 0)
    assert found["memory"] < MOST_MEMORY


@pytest.mark.parametrize("how", ["read", "check", "take in"])
@pytest.mark.parametrize("plain", [True, False], ids=["plain", "gzip"])
def test_many_tiny_records_take_little_memory(tmp_path: Path, how: str, *, plain: bool) -> None:
    path = tmp_path / "x.warc"
    path.write_bytes(packed((record(number, b"") for number in range(20_000)), plain=plain))
    found = apart(path, how)
    assert (found["captures"], found["damage"]) == (20_000, 0)
    assert found["memory"] < MOST_MEMORY


def test_many_large_records_take_few_files_and_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "x.warc.gz"
    length = str(2_000_000 + len(b"HTTP/1.1 200 OK\r\n\r\n"))
    path.write_bytes(
        b"".join(zeros(2, record(number, b"HTTP/1.1 200 OK\r\n\r\n", length=length, end=b"")) for number in range(100))
        + packed(record(number, b"HTTP/1.1 200 OK\r\n\r\n" + bytes(900_000)) for number in range(100, 200))
    )
    found = apart(path, "take in")
    assert (found["captures"], found["damage"]) == (200, 0)
    assert found["memory"] < 2 * MOST_MEMORY


class _Nothing:
    """Takes a block and keeps nothing of it."""

    def append(self, data: bytes, /) -> None:
        del data


def test_header_that_comes_in_two_pieces_before_much_else_is_read(tmp_path: Path) -> None:
    """Where the file is read in parts, one may end within a header, and the next one inflate into a megabyte."""
    path = tmp_path / "x.warc.gz"
    start = b"HTTP/1.1 200 OK\r\n\r\n"
    for size in range(4096 - 700, 4096, 17):
        filler = member(record(1, start + shake_256().digest(size)))
        path.write_bytes(filler + zeros(3, record(2, start, length=str(len(start) + 3_000_000), end=b"")))
        assert [type(item) for item in scan(path, lambda _: _Nothing())] == [Scanned, Scanned], size


def test_transfer_coding_that_is_a_bomb_takes_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "x.warc.gz"
    path.write_bytes(member(record(1, KEPT_BOMBS["transfer coding of much"][0] + zeros(500, b""))))
    for how in ("read", "check"):
        found = apart(path, how)
        assert (found["captures"], found["damage"]) == (1, 0)
        assert found["memory"] < MOST_MEMORY


def _floods() -> Iterator[tuple[str, bytes, int]]:
    """Files in which each place looks like the beginning of a record that reaches to the end."""
    yield "versions", b"WARC/1.1\r\n" * 10_000, 0
    yield "headers", b"WARC/1.1\r\nContent-Length: 99\r\n" * 10_000, 0
    yield "lengths past the end", record(1, length="9999999999") * 10_000, 10_000
    yield "lengths to the end", b"".join(record(n, length=str(3_000_000 - 300 * n + 1)) for n in range(10_000)), 0
    yield "magic", b"\x1f\x8b\x08" * 300_000, 1
    yield "members", (b"\x1f\x8b\x08\0\0\0\0\0\0\xff\0" + _chain()) * 20_000, 0


def _chain() -> bytes:
    """A stored deflate block of which the bytes are the next members, up to the beginning of a later block."""
    step = 10 + 1 + 4 + 10
    size = step * 2000 - 5
    return size.to_bytes(2, "little") + (size ^ 0xFFFF).to_bytes(2, "little") + b"WARC/1.1\r\n"


@pytest.mark.parametrize(("data", "damage"), [one[1:] for one in _floods()], ids=[one[0] for one in _floods()])
def test_flood_of_beginnings_is_gone_through_once(tmp_path: Path, data: bytes, damage: int) -> None:
    """Read again to its end from each of them, a file of a megabyte would take hours."""
    path = tmp_path / "x.warc"
    path.write_bytes(data)
    found = apart(path, "read")
    assert found["captures"] < 100, "where a length happens to fit"
    assert found["damage"] >= 1
    assert not damage or found["damage"] == damage
    assert found["memory"] < MOST_MEMORY


def test_content_type_of_hand_made_records_is_that_of_ours() -> None:
    assert HTTP == "application/http; msgtype=response"
