"""Our WARC files before the checkers of others: warcio, fastwarc, gzip."""

import re
import shutil
from pathlib import Path

import pytest

from tests.acceptance.made import Archive, is_chunked
from tests.acceptance.tools import tool
from warc.reader import iter_captures, iter_records

CHECKS = {
    "warcio": ("warcio", "check", "-v"),
    "fastwarc": ("fastwarc", "check"),
    "gzip": ("gzip", "-t"),
}
CHECKERS = pytest.mark.parametrize("command", CHECKS.values(), ids=CHECKS)
READ_RECORDS = {
    "warcio": lambda out: len(re.findall(r"^ +offset \d+ WARC-Record-ID", out, re.MULTILINE)),
    "fastwarc": lambda out: int(out.split()[0]),  # "33 records were verified successfully."
}
"""How many records a checker says it read: its exit code alone does not say that it came to the end of the file."""


@CHECKERS
def test_files_pass(archive: Archive, command: tuple[str, ...]) -> None:
    assert len(archive.files) >= 3
    for path in archive.files:
        done = tool(*command, path)
        assert done.code == 0, (path, done)
        if command[0] in READ_RECORDS:
            assert READ_RECORDS[command[0]](done.out) == len(list(iter_records(path)))


def test_warcio_finds_a_digest_in_every_record(archive: Archive) -> None:
    for path in archive.files:
        verdicts = re.findall(r"^ +(\w.*digest.*|digest.*)$", tool("warcio", "check", "-v", path).out, re.MULTILINE)
        assert len(verdicts) == len(list(iter_records(path)))
        assert set(verdicts) <= {"digest pass", "digest present but not checked (revisit)"}


@CHECKERS
def test_checkers_notice_a_changed_byte(archive: Archive, command: tuple[str, ...], tmp_path: Path) -> None:
    line = archive.line("plain", 1)
    damaged = Path(shutil.copy(archive.folder / "archive" / line.fields["filename"], tmp_path))
    data = bytearray(damaged.read_bytes())
    data[int(line.fields["offset"]) + int(line.fields["length"]) // 2] ^= 0xFF
    damaged.write_bytes(data)
    assert tool(*command, damaged).code != 0


def test_payload_digests_pass_fastwarc(archive: Archive, tmp_path: Path) -> None:
    """Of responses only: fastwarc 2.0.1 finds nothing left of a resource, and hashes a revisit's own body."""
    seen: set[str] = set()
    for path in archive.files:
        report = tmp_path / "report"
        tool("fastwarc", "check", "--verify-payloads", "--output", report, path)
        verdicts = dict(line.split(": ", 1) for line in report.read_text().splitlines())
        assert len(verdicts) == len(list(iter_records(path)))
        for capture in iter_captures(path):
            if capture.record.type == "response":
                expected = "OK, PAYLOAD_NO_DIGEST" if is_chunked(capture) else "OK, PAYLOAD_OK"
                assert verdicts[f"<{capture.record.id}>"] == expected, capture.record.url
                seen.add(expected)
    assert seen == {"OK, PAYLOAD_NO_DIGEST", "OK, PAYLOAD_OK"}
