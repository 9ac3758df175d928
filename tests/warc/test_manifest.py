"""The manifest: a chain of lines, in which every change but at its end is seen; appended to by many, cut by crashes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cli.running import ROOT
from tests.warc.conftest import MOMENT
from warc.errors import CannotStore
from warc.manifest import START, BadLine, Entry, append_to_manifest, manifest_entries, read_manifest
from warc.openfile import ClosedFile

FEW = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)


@pytest.fixture(autouse=True)
def _unsynced(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a sync is good for, the crash tests show."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


def file(number: int) -> ClosedFile:
    return ClosedFile(name=f"{number}.warc.gz", length=number, sha256=f"{number:064x}", records=number + 1)


def make(path: Path, count: int) -> list[bytes]:
    for number in range(count):
        append_to_manifest(path, file(number), at=MOMENT)
    return path.read_bytes().splitlines(keepends=True) if path.exists() else []


def bad(path: Path) -> list[tuple[int, str]]:
    return [(one.number, one.reason) for one in read_manifest(path) if isinstance(one, BadLine)]


@pytest.mark.parametrize("count", [0, 1, 2, 60])
def test_lines_are_a_chain(tmp_path: Path, count: int) -> None:
    path = tmp_path / "fixity" / "manifest.jsonl"
    make(path, count)
    entries = list(read_manifest(path))
    assert [one.file for one in entries if isinstance(one, Entry)] == [file(number) for number in range(count)]
    assert bad(path) == []
    assert manifest_entries(path) == {file(number).name: file(number) for number in range(count)}
    if entries:
        first = entries[0]
        assert isinstance(first, Entry)
        assert (first.previous, first.at) == (START, "2017-02-24T16:05:00.123456Z")


def test_last_line_of_a_name_counts(tmp_path: Path) -> None:
    path = tmp_path / "manifest.jsonl"
    for records in (1, 2):
        append_to_manifest(path, ClosedFile(name="a", length=1, sha256="", records=records), at=MOMENT)
    assert manifest_entries(path)["a"].records == 2


CHANGES = {
    "a line changed": (lambda lines: [lines[0], lines[1].replace(b'"length": 1', b'"length": 7'), *lines[2:]], [3]),
    "a line taken out": (lambda lines: [lines[0], *lines[2:]], [2]),
    "the first taken out": (lambda lines: lines[1:], [1]),
    "two swapped": (lambda lines: [lines[0], lines[2], lines[1], lines[3]], [2, 3, 4]),
    "a line twice": (lambda lines: [lines[0], lines[0], *lines[1:]], [2]),
    "a line of words": (lambda lines: [lines[0], b"words\n", *lines[1:]], [2, 3]),
    "an empty line": (lambda lines: [lines[0], b"\n", *lines[1:]], [2, 3]),
    "a line of other things": (lambda lines: [lines[0], b"[1]\n", *lines[1:]], [2, 3]),
    "no number": (lambda lines: [*lines, b'{"file": "a", "length": Infinity, "sha256": "", "records": 1}\n'], [5]),
    "deeply nested": (lambda lines: [*lines, b"[" * 100_000 + b"\n"], [5]),
    "no UTF-8": (lambda lines: [*lines, b"\xff\n"], [5]),
    "blanks at an end": (lambda lines: [lines[0][:-1] + b" \n", *lines[1:]], [2]),
    "the last cut off": (lambda lines: [*lines[:-1], lines[-1][:-9]], [4]),
}


@pytest.mark.parametrize(("change", "numbers"), CHANGES.values(), ids=CHANGES)
def test_change_of_what_was_written_is_seen(tmp_path: Path, change, numbers: list[int]) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - of the table
    path = tmp_path / "manifest.jsonl"
    path.write_bytes(b"".join(change(make(path, 4))))
    assert [number for number, _ in bad(path)] == numbers


@given(count=st.integers(0, 5), cut=st.integers(0, 10_000))
@FEW
def test_torn_last_line_is_taken_away_by_the_next(
    tmp_path_factory: pytest.TempPathFactory, count: int, cut: int
) -> None:
    path = tmp_path_factory.mktemp("manifest") / "manifest.jsonl"
    lines = make(path, count + 1)
    torn = lines[-1][: cut % len(lines[-1])]
    path.write_bytes(b"".join(lines[:-1]) + torn)
    append_to_manifest(path, file(count), at=MOMENT)
    assert path.read_bytes() == b"".join(lines)
    assert bad(path) == []


@given(data=st.binary(max_size=200))
@FEW
def test_manifest_of_any_bytes_is_read_and_appended_to(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("manifest") / "manifest.jsonl"
    path.write_bytes(data)
    list(read_manifest(path))
    append_to_manifest(path, file(1), at=MOMENT)
    assert file(1).name in manifest_entries(path)
    assert path.read_bytes().startswith(data[: data.rfind(b"\n") + 1]), "whole lines are never taken away"


def test_very_long_lines_are_no_trouble(tmp_path: Path) -> None:
    path = tmp_path / "manifest.jsonl"
    for size in (4000, 4096, 9000, 3):
        append_to_manifest(path, ClosedFile(name="n" * size, length=1, sha256="", records=1), at=MOMENT)
    assert bad(path) == []
    assert len(manifest_entries(path)) == 4


_APPEND = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from warc.manifest import append_to_manifest
from warc.openfile import ClosedFile
for number in range(40):
    file = ClosedFile(name=f"{sys.argv[2]}-{number}", length=number, sha256="0", records=1)
    append_to_manifest(Path(sys.argv[1]), file, at=datetime.now(UTC))
"""


def test_several_processes_make_one_chain(tmp_path: Path) -> None:
    path = tmp_path / "manifest.jsonl"
    commands = [[sys.executable, "-c", _APPEND, str(path), name] for name in "abcd"]
    running = [subprocess.Popen(command, cwd=ROOT) for command in commands]  # noqa: S603 - our own code
    assert [one.wait(60) for one in running] == [0, 0, 0, 0]
    assert bad(path) == []
    assert len(manifest_entries(path)) == 160


def test_disk_that_is_full_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotStore, match=r"manifest\.jsonl: No space left"):
        append_to_manifest(tmp_path / "manifest.jsonl", file(1), at=MOMENT)


def test_lines_are_json_that_others_can_read(tmp_path: Path) -> None:
    [line] = make(tmp_path / "manifest.jsonl", 1)
    assert list(json.loads(line)) == ["file", "length", "sha256", "records", "at", "previous"]
