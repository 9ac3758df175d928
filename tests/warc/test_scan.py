"""WARC files of every shape, read record by record: what is whole comes out exactly, what is not is named by offset."""

import gzip
import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from tests.site_answers import png
from tests.warc.made import PAGE, crawl, id_of, member, packed, record
from warc.errors import DamagedRecord, NoSuchFile, WarcError
from warc.reader import iter_captures, read_capture, read_captures, read_records
from warc.scan import MOST_HEADER_BYTES, parse_frame
from warc.sources import Broken

PLAIN_AND_GZIP = pytest.mark.parametrize("plain", [True, False], ids=["plain", "gzip"])


def read(path: Path) -> tuple[list[str], list[tuple[int, str]]]:
    """Ids of the whole records; offset and reason of each damage."""
    whole: list[str] = []
    damage: list[tuple[int, str]] = []
    for item in read_records(path):
        if isinstance(item, DamagedRecord):
            damage.append((item.offset, item.reason))
        else:
            whole.append(item.id)
    return whole, damage


def zip_file() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("page.html", "<p>" * 100)
    return out.getvalue()


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def three(bad: bytes, *, plain: bool) -> tuple[bytes, int]:
    """A whole record, the bad one, a whole record; and where the bad one begins."""
    first, last = packed([record(1)], plain=plain), packed([record(3)], plain=plain)
    return first + packed([bad], plain=plain) + last, len(first)


LYING: dict[str, tuple[Callable[[], bytes], str]] = {
    "one too many": (lambda: record(2, length=str(len(PAGE) + 5)), ""),
    "one too few": (lambda: record(2, length=str(len(PAGE) - 1)), "bytes follow the block"),
    "nothing": (lambda: record(2, length="0"), "bytes follow the block"),
    "a terabyte": (lambda: record(2, length="1099511627776"), "ends"),
    "negative": (lambda: record(2, length="-5"), "no number"),
    "signed": (lambda: record(2, length=f"+{len(PAGE)}"), "no number"),
    "past all sizes": (lambda: record(2, length="9" * 30), "no number"),
    "no number": (lambda: record(2, length="many"), "no number"),
    "other digits": (lambda: record(2, length="٤٢"), "no number"),
    "fraction": (lambda: record(2, length="5.0"), "no number"),
    "missing": (lambda: record(2, headers=[("Content-Length", "")]), "no Content-Length"),
    "header without end": (lambda: record(2).replace(b"\r\n\r\n", b"\r\n"), ""),
    "header too long": (lambda: record(2, headers=[("X", "x" * MOST_HEADER_BYTES)]), "longer than"),
    "no version": (lambda: record(2, version="WARC/1"), ""),
    "other version": (lambda: record(2, version="WORC/1.1"), ""),
}


@PLAIN_AND_GZIP
@pytest.mark.parametrize(("make", "reason"), LYING.values(), ids=LYING)
def test_record_that_lies_is_named_and_its_neighbours_are_read(
    tmp_path: Path, make: Callable[[], bytes], reason: str, *, plain: bool
) -> None:
    data, offset = three(make(), plain=plain)
    whole, damage = read(write(tmp_path / "x.warc", data))
    assert whole == [id_of(1), id_of(3)]
    assert [place for place, _ in damage] == [offset]
    assert plain or reason in damage[0][1]


@PLAIN_AND_GZIP
def test_first_of_two_lengths_counts(tmp_path: Path, *, plain: bool) -> None:
    twice = record(2).replace(b"Content-Length", b"Content-Length: %d\r\nContent-Length" % len(PAGE), 1)
    data, _ = three(twice.replace(b"Content-Length: %d\r\n\r\n" % len(PAGE), b"Content-Length: 9\r\n\r\n"), plain=plain)
    assert read(write(tmp_path / "x.warc", data)) == ([id_of(1), id_of(2), id_of(3)], [])
    liar = record(2).replace(b"Content-Length", b"Content-Length: 9\r\nContent-Length", 1)
    data, offset = three(liar, plain=plain)
    whole, damage = read(write(tmp_path / "x.warc", data))
    assert (whole, [place for place, _ in damage]) == ([id_of(1), id_of(3)], [offset])


SHAPES: dict[str, tuple[Callable[[], bytes], list[int], list[str]]] = {
    "several records in one member": (
        lambda: member(record(1) + record(2)) + member(record(3)),
        [3],
        ["several records in one gzip member"],
    ),
    "whole file in one member": (lambda: member(record(1) + record(2) + record(3)), [], ["several records"]),
    "one record in two members": (
        lambda: member(record(1)[:200]) + member(record(1)[200:]) + member(record(2)),
        [2],
        ["", "no WARC record begins here"],
    ),
    "text behind": (lambda: packed([record(1)]) + b"and so on", [1], ["no gzip member begins here"]),
    "text before": (lambda: b"so: " + packed([record(1), record(2)]), [1, 2], [""]),
    "zeros behind": (lambda: packed([record(1)]) + bytes(5000), [1], ["no gzip member begins here"]),
    "zeros between": (lambda: packed([record(1)]) + bytes(5000) + packed([record(2)]), [1, 2], ["no gzip member"]),
    "zeros before": (lambda: bytes(5000) + packed([record(1)]), [1], [""]),
    "plain, text behind": (lambda: record(1) + b"and so on", [1], ["no WARC record begins here"]),
    "plain, text before": (lambda: b"so:\n" + record(1) + record(2), [1, 2], [""]),
    "plain, zeros behind": (lambda: record(1) + bytes(5000), [1], ["no WARC record begins here"]),
    "plain, no line end behind the block": (lambda: record(1) + record(2, end=b""), [1], ["inside a record"]),
    "plain, line ends before": (lambda: b"\r\n\r\n" + record(1), [1], []),
    "plain, line feeds only": (lambda: record(1).replace(b"\r\n", b"\n"), [], [""]),
    "empty member between": (lambda: packed([record(1), b"", record(2)]), [1, 2], ["header has no end"]),
    "member of something else": (lambda: packed([record(1), b"{}", record(2)]), [1, 2], ["no WARC record"]),
    "name in the gzip header": (lambda: _named_member(record(1)) + member(record(2)), [1, 2], []),
    "stored, not deflated": (lambda: gzip.compress(record(1), 0) + member(record(2)), [1, 2], []),
    "empty file": (lambda: b"", [], []),
    "one byte": (lambda: b"\x1f", [], ["the file ends inside a record"]),
    "magic only": (lambda: b"\x1f\x8b\x08", [], ["the file ends inside a record"]),
    "PNG": (png, [], ["neither a WARC file nor"]),
    "text": (lambda: b"WARC is a format.\n" * 100, [], ["neither a WARC file nor"]),
    "gzipped text": (lambda: gzip.compress(b"some text\n" * 100), [], ["no WARC record begins here"]),
    "ZIP": (zip_file, [], ["neither a WARC file nor"]),
    "zeros": (lambda: bytes(100_000), [], ["neither a WARC file nor"]),
}


def _named_member(data: bytes) -> bytes:
    out = BytesIO()
    with gzip.GzipFile("name.warc", "wb", fileobj=out, mtime=0) as stream:
        stream.write(data)
    return out.getvalue()


@pytest.mark.parametrize(("make", "whole", "reasons"), SHAPES.values(), ids=SHAPES)
def test_file_of_any_shape(tmp_path: Path, make: Callable[[], bytes], whole: list[int], reasons: list[str]) -> None:
    found, damage = read(write(tmp_path / "x.warc.gz", make()))
    assert found == [id_of(number) for number in whole]
    assert len(damage) == len(reasons), damage
    for (_, said), wanted in zip(damage, reasons, strict=True):
        assert wanted in said


INNER = record(7, PAGE) + record(8, PAGE)
NESTED: dict[str, bytes] = {
    "plain": INNER,
    "members": packed([record(7), record(8)]),
}


@pytest.mark.parametrize("inner", NESTED.values(), ids=NESTED)
@pytest.mark.parametrize("length", ["0", "99999999", "x"])
def test_records_within_a_damaged_record_are_not_taken_for_records(tmp_path: Path, inner: bytes, length: str) -> None:
    """The payload is a WARC file: its bytes lie in the outer one as they are, where it is stored and not deflated."""
    bad = gzip.compress(record(2, PAGE + inner, length=length), 0)
    path = write(tmp_path / "x.warc.gz", member(record(1)) + bad + member(record(3)))
    whole, damage = read(path)
    assert (whole, len(damage)) == ([id_of(1), id_of(3)], 1)


def test_whole_record_with_a_file_in_it_is_one_record(tmp_path: Path) -> None:
    for plain, inner in ((True, INNER), (False, NESTED["members"])):
        path = write(tmp_path / "x.warc", packed([record(1, PAGE + inner), record(2)], plain=plain))
        assert read(path) == ([id_of(1), id_of(2)], [])
        assert bytes(next(iter_captures(path)).record.block) == PAGE + inner


def test_member_with_a_wrong_checksum_is_damage(tmp_path: Path) -> None:
    bad = bytearray(member(record(2)))
    bad[-8:-4] = struct.pack("<I", zlib.crc32(b"other"))
    path = write(tmp_path / "x.warc.gz", member(record(1)) + bytes(bad) + member(record(3)))
    whole, damage = read(path)
    assert (whole, [place for place, _ in damage]) == ([id_of(1), id_of(3)], [len(member(record(1)))])
    assert "broken gzip member" in damage[0][1]


def test_folder_and_missing_file_are_errors_of_ours(tmp_path: Path) -> None:
    (tmp_path / "folder.warc.gz").mkdir()
    with pytest.raises(WarcError, match=r"folder\.warc\.gz"):
        list(read_captures(tmp_path / "folder.warc.gz"))
    with pytest.raises(NoSuchFile):
        list(read_captures(tmp_path / "none.warc.gz"))


@pytest.mark.parametrize("offset", [-1, 1, 10**6, 10**30], ids=str)
def test_place_where_no_record_begins_is_damage(tmp_path: Path, offset: int) -> None:
    [capture] = crawl(tmp_path, [b"page"])
    with pytest.raises(DamagedRecord):
        read_capture(tmp_path, capture.record.file, offset)


def test_damaged_first_record_leaves_the_captures_readable_by_place(tmp_path: Path) -> None:
    captures = crawl(tmp_path)
    path = tmp_path / captures[0].record.file
    data = bytearray(path.read_bytes())
    data[20] ^= 0xFF
    path.write_bytes(data)
    by_place = [read_capture(tmp_path, one.record.file, one.record.offset) for one in captures]
    assert by_place == [one for one in read_captures(path) if not isinstance(one, DamagedRecord)]
    assert [one.record.id for one in by_place] == [one.record.id for one in captures]


HEADERS = {
    "folded": (b"WARC/1.1\r\nX: a\r\n b\r\n\tc\r\nContent-Length: 0\r\n\r\n", ("X", "a b c")),
    "line feeds": (b"WARC/1.0\nX: a\nContent-Length: 0\n\n", ("X", "a")),
    "blanks": (b"WARC/1.1 \r\n X : a \r\nContent-Length: 0\r\n\r\n", None),
    "no UTF-8": (b"WARC/1.1\r\nX: \xff\r\nContent-Length: 0\r\n\r\n", ("X", "�")),
    "no colon": (b"WARC/1.1\r\nnonsense\r\nX: a\r\nContent-Length: 0\r\n\r\n", ("X", "a")),
    "other case": (b"WARC/1.1\r\nX: a\r\ncontent-LENGTH:0\r\n\r\n", ("X", "a")),
}


@pytest.mark.parametrize(("raw", "first"), HEADERS.values(), ids=HEADERS)
def test_header_is_read_leniently(raw: bytes, first: tuple[str, str] | None) -> None:
    frame = parse_frame(raw)
    assert frame.content_length == 0
    assert first is None or frame.headers[0] == first


@pytest.mark.parametrize(
    "raw", [b"", b"WARC/1.1", b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", b"WARC/1.1\r\n\r\n"]
)
def test_what_is_no_header_is_refused(raw: bytes) -> None:
    with pytest.raises(Broken):
        parse_frame(raw)
