"""A file checked in one piece or in parts: the same report, whatever was done to it."""

import gzip
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.warc.made import PAGE, crawl, member, packed, record
from warc.verify import FileReport, Ledger, Part, check_file, check_part, file_sum, joined, parts_of


def in_parts(path: Path, size: int) -> FileReport | None:
    parts = parts_of(path, size)
    length, sha256 = file_sum(path)
    return joined(parts, [check_part(one) for one in parts], length=length, sha256=sha256)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("verify")
    [name] = {one.record.file for one in crawl(folder, [b"<p>%d" % number for number in range(6)])}
    return folder / name


@pytest.mark.parametrize("size", [1, 300, 1000, 2500, 10**9])
def test_whole_file_gives_one_report_however_it_is_cut(sample: Path, size: int) -> None:
    assert in_parts(sample, size) == check_file(sample)
    assert (len(parts_of(sample, size)) > 1) is (size < sample.stat().st_size)


@given(
    place=st.integers(0, 10**6),
    change=st.integers(0, 255),
    cut=st.integers(0, 10**6) | st.none(),
    size=st.sampled_from([1, 200, 700, 3000]),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_damaged_file_is_never_reported_better_than_it_is(
    sample: Path, place: int, change: int, cut: int | None, size: int
) -> None:
    data = bytearray(sample.read_bytes())
    data[place % len(data)] ^= change
    path = sample.with_name("copy.warc.gz")
    path.write_bytes(data if cut is None else data[: cut % len(data)])
    assert in_parts(path, size) in (None, check_file(path))


@pytest.mark.parametrize("level", ["stored", "deflated"])
def test_member_within_a_record_is_no_cut(tmp_path: Path, level: str) -> None:
    """The payload holds gzip members of WARC records, as one that is a WARC file does."""
    inner = packed(record(number) for number in range(10, 40))
    outer = record(1, PAGE + inner)
    path = tmp_path / "x.warc.gz"
    first = gzip.compress(outer, 0) if level == "stored" else member(outer)
    path.write_bytes(first + packed(record(number) for number in range(2, 6)))
    assert in_parts(path, 500) in (None, check_file(path))
    assert [one for _, one in check_file(path).ids if one.endswith("0010")] == []


def test_plain_file_is_one_part(tmp_path: Path) -> None:
    path = tmp_path / "x.warc"
    path.write_bytes(packed((record(number) for number in range(9)), plain=True))
    assert parts_of(path, 100) == [Part(path=path)]


def test_ledger_compares_what_reports_hold(sample: Path) -> None:
    report = check_file(sample)
    other = replace(report, file=replace(report.file, name="other.warc.gz"))
    with Ledger() as ledger:
        ledger.add(report)
        assert [*ledger.duplicates(), *ledger.dangling()] == []
        ledger.add(other)
        doubled = list(ledger.duplicates())
    assert len(doubled) == len(report.ids)
    assert all(f"{sample.name}, offset" in one.reason or "other" in one.reason for one in doubled)
