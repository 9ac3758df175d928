"""Captures packed as WACZ: whole records at places that the index names, the same bytes each time, no half files."""

import gzip
import json
import resource
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from tests.warc.conftest import MOMENT, exchange
from warc.cdxj import cdxj_line
from warc.compose import Original, prepare
from warc.errors import CannotStore, DamagedRecord, NoSuchFile
from warc.index import add_to_index
from warc.reader import iter_records, read_capture
from warc.record import Capture
from warc.scan import scan
from warc.wacz import About, Gathered, Page, Selection, Written, write_wacz
from warc.writer import CaptureWriter

Make = Callable[..., CaptureWriter]
ABOUT = About(title="Test", software="archiver test", created=MOMENT)
URLS = tuple(f"http://{name}.example/" for name in "abc")
EARLY_HINTS = b"HTTP/1.1 103 Early Hints\r\n\r\n"


@pytest.fixture
def captures(make_writer: Make) -> list[Capture]:
    """Three captures in one file: the second with an interim answer, the third a revisit of the first."""
    writer = make_writer()
    answer = bytes(exchange().response)
    found = [writer.append_exchange(prepare(exchange(answer, URLS[0])), fields={"source": "news"})]
    found.append(writer.append_exchange(prepare(exchange(EARLY_HINTS + answer, URLS[1])), fields={}))
    first = found[0]
    original = Original(
        record_id=first.record.id, url=URLS[0], date=first.record.date, payload_digest=first.payload_digest
    )
    found.append(writer.append_exchange(prepare(exchange(answer, URLS[2])), fields={}, original=original))
    writer.close()
    return found


def page(capture: Capture, title: str = "A title") -> Page:
    record = capture.record
    return Page(
        id=record.id,
        url=record.url,
        at=record.date,
        title=title,
        text="Text",
        file=record.file,
        offset=record.offset,
    )


def pack(
    tmp_path: Path,
    captures: Iterable[Capture] = (),
    *,
    whole: dict[str, int] | None = None,
    pages: Iterable[Page] = (),
    about: About = ABOUT,
    name: str = "out.wacz",
) -> Written:
    parts: dict[str, set[int]] = {}
    for one in captures:
        parts.setdefault(one.record.file, set()).add(one.record.offset)
    selection = Selection(
        directory=tmp_path / "archive", index=tmp_path / "index.cdxj", whole=whole or {}, parts=parts, pages=pages
    )
    return write_wacz(tmp_path / name, Gathered(selection), about)


def unpacked(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def index(contents: dict[str, bytes]) -> list[str]:
    return gzip.decompress(contents["indexes/index.cdx.gz"]).decode().splitlines()


def pages(contents: dict[str, bytes]) -> list[Any]:
    return [json.loads(line) for line in contents["pages/pages.jsonl"].splitlines()][1:]


def names(contents: dict[str, bytes]) -> list[str]:
    return [one["name"] for one in json.loads(contents["datapackage.json"])["resources"]]


def test_part_is_made_of_whole_records(tmp_path: Path, captures: list[Capture]) -> None:
    _, second, third = captures
    written = pack(tmp_path, [third, second])
    contents = unpacked(tmp_path / "out.wacz")
    (tmp_path / "apart").mkdir()
    file = second.record.file
    (tmp_path / "apart" / file).write_bytes(contents[f"archive/{file}"])
    records = list(iter_records(tmp_path / "apart" / file))
    types = ["warcinfo", "response", "request", "metadata", "revisit", "request"]
    assert [record.type for record in records] == types
    ours = {record.id: record for record in iter_records(tmp_path / "archive" / file)}
    assert all(replace(record, offset=0) == replace(ours[record.id], offset=0) for record in records)
    assert (written.captures, written.pages, written.damage) == (2, 0, ())
    assert written.size == (tmp_path / "out.wacz").stat().st_size


def test_index_of_a_part_names_the_new_places(tmp_path: Path, captures: list[Capture]) -> None:
    chosen = captures[1:]
    pack(tmp_path, chosen)
    contents = unpacked(tmp_path / "out.wacz")
    (tmp_path / "apart").mkdir()
    (tmp_path / "apart" / chosen[0].record.file).write_bytes(contents[f"archive/{chosen[0].record.file}"])
    for line, capture in zip(index(contents), chosen, strict=True):
        fields = json.loads(line.split(" ", 2)[2])
        moved = read_capture(tmp_path / "apart", fields["filename"], int(fields["offset"]))
        assert moved.record.id == capture.record.id
        assert line == cdxj_line(replace(capture, record=replace(capture.record, offset=moved.record.offset)))
        assert moved.record.offset < capture.record.offset


def test_whole_file_goes_in_as_it_is_with_the_lines_of_the_index(tmp_path: Path, captures: list[Capture]) -> None:
    lines = sorted(map(cdxj_line, captures))
    add_to_index(tmp_path / "index.cdxj", [*lines, lines[0].replace(captures[0].record.file, "other.warc.gz")])
    written = pack(tmp_path, whole={captures[0].record.file: 3})
    contents = unpacked(tmp_path / "out.wacz")
    file = captures[0].record.file
    assert contents[f"archive/{file}"] == (tmp_path / "archive" / file).read_bytes()
    assert index(contents) == lines
    assert (written.captures, written.damage) == (3, ())


def test_captures_that_the_index_lacks_are_told(tmp_path: Path, captures: list[Capture]) -> None:
    add_to_index(tmp_path / "index.cdxj", [cdxj_line(captures[0])])
    written = pack(tmp_path, whole={captures[0].record.file: 3})
    assert written.damage == (
        f"{captures[0].record.file}: 2 of its captures are not in the index, and so cannot be replayed",
    )


def test_file_that_is_being_written_gives_what_is_known(tmp_path: Path, make_writer: Make) -> None:
    writer = make_writer()
    known = writer.append_exchange(prepare(exchange(url=URLS[0])), fields={})
    writer.append_exchange(prepare(exchange(url=URLS[1])), fields={})
    with next((tmp_path / "archive").iterdir()).open("ab") as torn:
        torn.write(b"\x1f\x8b\x08half a record")
    assert pack(tmp_path, [known]).captures == 1
    contents = unpacked(tmp_path / "out.wacz")
    assert [line.split(" ")[0] for line in index(contents)] == ["example,a)/"]
    assert f"archive/{known.record.file}" in contents, "under the name it will have"


def test_plain_file_stays_plain(tmp_path: Path, captures: list[Capture]) -> None:
    packed = tmp_path / "archive" / captures[0].record.file
    plain = tmp_path / "archive" / "plain.warc"
    plain.write_bytes(gzip.decompress(packed.read_bytes()))
    offset = next(record.offset for record in iter_records(plain) if record.id == captures[1].record.id)
    pack(tmp_path, [read_capture(tmp_path / "archive", "plain.warc", offset)])
    part = unpacked(tmp_path / "out.wacz")["archive/plain.warc"]
    assert part.startswith(b"WARC/1.1\r\nWARC-Type: warcinfo\r\n")
    assert part.count(b"\r\nWARC-Concurrent-To: <") == 2
    assert plain.read_bytes().count(b"\r\nWARC-Concurrent-To: <") == 5


def test_same_captures_give_the_same_bytes(tmp_path: Path, captures: list[Capture]) -> None:
    pack(tmp_path, captures, pages=map(page, captures), name="one.wacz")
    pack(tmp_path, reversed(captures), pages=map(page, captures), name="two.wacz")
    assert (tmp_path / "one.wacz").read_bytes() == (tmp_path / "two.wacz").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.wacz") as archive:
        assert {one.date_time for one in archive.infolist()} == {(2017, 2, 24, 16, 5, 0)}


@pytest.mark.parametrize(
    ("year", "kept"), [pytest.param(1971, 1980, id="too early"), pytest.param(2200, 2107, id="too late")]
)
def test_time_that_a_zip_file_cannot_hold_is_moved(
    tmp_path: Path, captures: list[Capture], year: int, kept: int
) -> None:
    pack(tmp_path, captures, about=replace(ABOUT, created=datetime(year, 5, 1, tzinfo=UTC)))
    with zipfile.ZipFile(tmp_path / "out.wacz") as archive:
        assert {one.date_time[0] for one in archive.infolist()} == {kept}
    assert json.loads(unpacked(tmp_path / "out.wacz")["datapackage.json"])["created"] == f"{year}-05-01T00:00:00Z"


def test_package_names_the_main_page(tmp_path: Path, captures: list[Capture]) -> None:
    pack(tmp_path, captures, about=replace(ABOUT, main=page(captures[0])))
    package = json.loads(unpacked(tmp_path / "out.wacz")["datapackage.json"])
    assert (package["mainPageUrl"], package["mainPageDate"]) == (URLS[0], "2017-02-24T16:05:00Z")


def test_names_that_differ_in_case_only_are_told_apart(tmp_path: Path, captures: list[Capture]) -> None:
    directory = tmp_path / "archive"
    content = (directory / captures[0].record.file).read_bytes()
    for name in ("One File.warc.gz", "one-file.warc.gz"):
        (directory / name).write_bytes(content)
    pack(tmp_path, whole=dict.fromkeys(("One File.warc.gz", "one-file.warc.gz"), 0))
    assert names(unpacked(tmp_path / "out.wacz"))[:2] == ["one-file.warc.gz", "2-one-file.warc.gz"]


def test_damaged_capture_is_left_out_and_told(tmp_path: Path, captures: list[Capture]) -> None:
    path = tmp_path / "archive" / captures[1].record.file
    content = bytearray(path.read_bytes())
    content[captures[1].record.offset + 20] ^= 0xFF
    path.write_bytes(content)
    written = pack(tmp_path, captures, pages=map(page, captures))
    contents = unpacked(tmp_path / "out.wacz")
    assert (written.captures, written.pages, len(written.damage)) == (2, 2, 1)
    assert written.damage[0].startswith(f"{path.name}, offset {captures[1].record.offset}: ")
    assert [one["url"] for one in pages(contents)] == [URLS[0], URLS[2]]
    assert [json.loads(line.split(" ", 2)[2])["url"] for line in index(contents)] == [URLS[0], URLS[2]]


def test_missing_file_is_left_out_and_told(tmp_path: Path, captures: list[Capture]) -> None:
    gone = replace(captures[0], record=replace(captures[0].record, file="gone.warc.gz"))
    written = pack(tmp_path, [gone, *captures], pages=[page(gone), page(captures[1])])
    assert (written.captures, written.pages, len(written.damage)) == (3, 1, 1)
    assert "no WARC file gone.warc.gz" in written.damage[0]


def test_missing_whole_file_is_left_out_and_told_once(tmp_path: Path, captures: list[Capture]) -> None:
    written = pack(tmp_path, captures, whole={"gone.warc.gz": 3})
    assert (written.captures, len(written.damage)) == (3, 1)
    assert "no WARC file gone.warc.gz" in written.damage[0]


@pytest.mark.parametrize(
    ("file", "offset", "error"),
    [
        pytest.param("gone.warc.gz", 0, NoSuchFile, id="missing file"),
        pytest.param(None, 1, DamagedRecord, id="no record there"),
        pytest.param(None, 0, DamagedRecord, id="no capture there"),
    ],
)
def test_nothing_left_is_an_error(
    tmp_path: Path, captures: list[Capture], file: str | None, offset: int, error: type[Exception]
) -> None:
    record = replace(captures[0].record, file=file or captures[0].record.file, offset=offset)
    with pytest.raises(error):
        pack(tmp_path, [replace(captures[0], record=record)])
    assert not (tmp_path / "out.wacz").exists()


def test_full_disk_leaves_what_was_there(tmp_path: Path, captures: list[Capture]) -> None:
    pack(tmp_path, captures)
    before = (tmp_path / "out.wacz").read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))  # a write past it fails, as on a full disk
    try:
        with pytest.raises(CannotStore, match=r"out\.wacz: File too large"):
            pack(tmp_path, captures[:1])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (tmp_path / "out.wacz").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".tmp"] == []


def test_file_that_shrinks_meanwhile_is_told(tmp_path: Path, captures: list[Capture]) -> None:
    name = captures[0].record.file
    selection = Selection(
        directory=tmp_path / "archive", index=tmp_path / "index.cdxj", whole={name: 0}, parts={}, pages=()
    )
    gathered = Gathered(selection)
    (tmp_path / "archive" / name).write_bytes(b"")
    with pytest.raises(DamagedRecord, match="became shorter"):
        write_wacz(tmp_path / "out.wacz", gathered, ABOUT)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["archive"]


def test_what_cannot_be_read_is_not_called_a_full_disk(tmp_path: Path, captures: list[Capture]) -> None:
    (tmp_path / "archive" / "folder.warc.gz").mkdir()
    with pytest.raises(DamagedRecord, match="cannot be read: Is a directory"):
        pack(tmp_path, captures, whole={"folder.warc.gz": 0})


@pytest.mark.parametrize(("good", "kept"), [pytest.param(0, 0, id="at once"), pytest.param(1, 1, id="behind it")])
def test_disk_that_refuses_to_read_costs_no_more_than_it_must(
    tmp_path: Path, captures: list[Capture], monkeypatch: pytest.MonkeyPatch, good: int, kept: int
) -> None:
    def failing(path: Path, make_sink: Any, *, offset: int) -> Iterator[Any]:
        found = scan(path, make_sink, offset=offset)
        yield from islice(found, good if offset == captures[1].record.offset else 2)
        raise DamagedRecord(path, offset, "cannot be read: Input/output error")

    monkeypatch.setattr("warc.excerpt.scan", failing)
    written = pack(tmp_path, captures[:2])
    assert (written.captures, len(written.damage)) == (1 + kept, 1 - kept)


@pytest.mark.parametrize(
    "margin",
    [
        pytest.param(-1, id="above the limit"),
        pytest.param(0, id="at the limit"),
        pytest.param(20, id="below it by less than 5 percent"),
        pytest.param(1000, id="far below it"),
    ],
)
def test_extra_field_stands_in_both_headers_or_in_none(
    tmp_path: Path, captures: list[Capture], monkeypatch: pytest.MonkeyPatch, margin: int
) -> None:
    """ReplayWeb.page takes the central directory's word for it that there is none."""
    name = captures[0].record.file
    size = (tmp_path / "archive" / name).stat().st_size
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", size + margin)  # else the test would need 2 GiB
    pack(tmp_path, whole={name: 0})
    with zipfile.ZipFile(tmp_path / "out.wacz") as archive:
        entries = archive.infolist()
    content = (tmp_path / "out.wacz").read_bytes()
    for entry in entries:
        local = int.from_bytes(content[entry.header_offset + 28 : entry.header_offset + 30], "little")
        assert not local or entry.extra, entry.filename
    assert bool(entries[0].extra) == (margin < 0)
