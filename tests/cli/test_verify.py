"""``verify``: each kind of damage done to a small archive, and just that found; what is checked when; the history."""

import fcntl
import gzip
import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from archiver.errors import Exit
from archiver.fixity import Scope, last_checks, verify
from archiver.folder import ArchiveFolder, make_folder
from archiver.intake import recover
from tests.cli.running import archiver, execute
from tests.warc.conftest import MOMENT
from tests.warc.made import crawl, member, packed, record
from warc.check import Kind
from warc.manifest import append_to_manifest, manifest_entries
from warc.reader import iter_records, warc_files
from warc.record import Record
from warc.verify import Finding, check_file

NOW = datetime(2026, 1, 1, tzinfo=UTC)
Found = set[tuple[Kind, str, int | None]]


class Archive:
    """Two files of our own, a and b, and one by hand, c, in which a revisit refers to a record of a."""

    def __init__(self, root: Path) -> None:
        self.folder: ArchiveFolder = make_folder(root)
        directory = self.folder.warc_dir
        self.a = crawl(directory, prefix="a")
        self.b = crawl(directory, [b"<p>other"], prefix="b")
        headers = [
            ("WARC-Type", "revisit"),
            ("WARC-Profile", "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"),
            ("WARC-Refers-To", f"<{self.a[0].record.id}>"),
            ("WARC-Payload-Digest", self.a[0].payload_digest),
        ]
        head = b"HTTP/1.1 200 OK\r\n\r\n"
        (directory / "c.warc.gz").write_bytes(packed([record(1), record(2, head, headers=headers)]))
        self.refresh()

    def refresh(self) -> None:
        """Enter every file into index, database and manifest."""
        with self.database() as database:
            recover(self.folder, database, now=lambda: MOMENT)

    @contextmanager
    def database(self) -> Iterator[Any]:
        database = self.folder.database()
        yield database
        database.close()

    def path(self, name: str) -> Path:
        [path] = [path for path in warc_files(self.folder.warc_dir) if path.name.startswith(name)]
        return path

    def records(self, name: str) -> list[Record]:
        return list(iter_records(self.path(name)))

    def edit(self, name: str, change: Callable[[bytes], bytes], *, tell_manifest: bool = False) -> None:
        """Change a file; ``tell_manifest``: as if it had been so when it was closed."""
        path = self.path(name)
        path.write_bytes(change(path.read_bytes()))
        if tell_manifest:
            append_to_manifest(self.folder.manifest_path, check_file(path).file, at=MOMENT)

    def edit_record(self, name: str, number: int, change: Callable[[bytes], bytes]) -> int:
        """Write a record of a file anew, with its digests as they were; return its offset."""
        one = self.records(name)[number]
        plain = gzip.decompress(self.path(name).read_bytes()[one.offset :][: one.length])
        made = member(change(plain))
        self.edit(name, lambda data: data[: one.offset] + made + data[one.offset + one.length :], tell_manifest=True)
        return one.offset

    def found(self, **scope: Any) -> Found:
        return {(one.kind, one.file, one.offset) for one in self.findings(**scope)}

    def findings(self, **scope: Any) -> tuple[Finding, ...]:
        return verify(self.folder, Scope(**scope), now=NOW).findings


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


def test_untouched_archive_is_well(archive: Archive) -> None:
    outcome = verify(archive.folder, Scope(), now=NOW)
    assert (outcome.findings, outcome.files, outcome.live, outcome.skipped) == ((), 3, (), 0)
    assert outcome.records == sum(len(archive.records(name)) for name in "abc")
    assert outcome.bytes == sum(path.stat().st_size for path in warc_files(archive.folder.warc_dir))


def _flip(place: int) -> Callable[[bytes], bytes]:
    return lambda data: data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :]


def _damaged_record(archive: Archive) -> Found:
    one = archive.records("a")[2]  # a request
    name = archive.path("a").name
    archive.edit("a", _flip(one.offset + 40))
    return {(Kind.DAMAGED_RECORD, name, one.offset), (Kind.FILE_CHANGED, name, None), (Kind.RECORD_COUNT, name, None)}


def _damaged_capture(archive: Archive) -> Found:
    capture = archive.a[2].record
    archive.edit("a", _flip(capture.offset + 40), tell_manifest=True)
    here = (capture.file, capture.offset)
    return {(Kind.DAMAGED_RECORD, *here), (Kind.INDEX_WRONG, *here), (Kind.DATABASE_WRONG, *here)}


def _changed_block(archive: Archive) -> Found:
    offset = archive.edit_record("b", 2, lambda data: data.replace(b"GET", b"PUT"))
    return {(Kind.BLOCK_DIGEST, archive.path("b").name, offset)}


def _changed_payload(archive: Archive) -> Found:
    """Of a file by hand, which has no block digest."""
    archive.folder.warc_dir.joinpath("d.warc.gz").write_bytes(
        packed([record(7, headers=[("WARC-Payload-Digest", "sha1:" + "A" * 32)])])
    )
    archive.refresh()
    return {(Kind.PAYLOAD_DIGEST, "d.warc.gz", 0)}


def _malformed_field(archive: Archive) -> Found:
    archive.folder.warc_dir.joinpath("d.warc").write_bytes(record(7, headers=[("WARC-IP-Address", "a.example")]))
    archive.refresh()
    return {(Kind.MALFORMED_FIELD, "d.warc", 0)}


def _duplicate_id(archive: Archive) -> Found:
    request = [("WARC-Type", "request"), ("WARC-Record-ID", f"<{archive.a[0].record.id}>")]
    archive.folder.warc_dir.joinpath("d.warc").write_bytes(record(7) + record(8, headers=request))
    archive.refresh()
    return {(Kind.DUPLICATE_ID, "d.warc", len(record(7)))}


def _dangling_reference(archive: Archive) -> Found:
    """The record that the revisit refers to is taken out, and every list with it."""
    gone = archive.a[0].record
    archive.edit("a", lambda data: data[: gone.offset] + data[gone.offset + gone.length :])
    for path in (archive.folder.manifest_path, archive.folder.index_path, archive.folder.database_path):
        path.unlink()
    archive.refresh()
    revisit = archive.records("c")[1]
    return {(Kind.DANGLING_REFERENCE, "c.warc.gz", revisit.offset)}


def _record_taken_out(archive: Archive) -> Found:
    gone = archive.a[0].record
    name = gone.file
    later = [one.record for one in archive.a[1:]]
    archive.edit("a", lambda data: data[: gone.offset] + data[gone.offset + gone.length :])
    moved = {(kind, name, one.offset) for one in (gone, *later) for kind in (Kind.INDEX_WRONG, Kind.DATABASE_WRONG)}
    missing = {
        (kind, name, one.offset - gone.length) for one in later for kind in (Kind.INDEX_MISSING, Kind.DATABASE_MISSING)
    }
    revisit = archive.records("c")[1]
    changed: Found = {(Kind.FILE_CHANGED, name, None), (Kind.RECORD_COUNT, name, None)}
    return changed | moved | missing | {(Kind.DANGLING_REFERENCE, "c.warc.gz", revisit.offset)}


def _file_missing(archive: Archive) -> Found:
    name = archive.path("b").name
    archive.path("b").unlink()
    return {(Kind.FILE_MISSING, name, None)}


def _other_bytes_that_say_the_same(archive: Archive) -> Found:
    name = archive.path("b").name
    archive.edit("b", _flip(4))  # the time in a gzip header: every record is whole
    return {(Kind.FILE_CHANGED, name, None)}


def _cut_at_a_record(archive: Archive) -> Found:
    last = archive.records("a")[-1]
    name = archive.path("a").name
    archive.edit("a", lambda data: data[: last.offset])
    return {(Kind.FILE_CHANGED, name, None), (Kind.RECORD_COUNT, name, None)}


def _two_files_swapped(archive: Archive) -> Found:
    a, b = archive.path("a"), archive.path("b")
    one, other = a.read_bytes(), b.read_bytes()
    before = {(one.record.file, one.record.offset) for one in (*archive.a, *archive.b)}
    a.write_bytes(other)
    b.write_bytes(one)
    now = {(b.name, one.record.offset) for one in archive.a} | {(a.name, one.record.offset) for one in archive.b}
    return {
        *((kind, path.name, None) for path in (a, b) for kind in (Kind.FILE_CHANGED, Kind.RECORD_COUNT)),
        *((kind, *place) for place in before for kind in (Kind.INDEX_WRONG, Kind.DATABASE_WRONG)),
        *((kind, *place) for place in now - before for kind in (Kind.INDEX_MISSING, Kind.DATABASE_MISSING)),
    }


def _record_count(archive: Archive) -> Found:
    name = archive.path("b").name
    file = manifest_entries(archive.folder.manifest_path)[name]
    append_to_manifest(archive.folder.manifest_path, replace(file, records=file.records + 1), at=MOMENT)
    return {(Kind.RECORD_COUNT, name, None)}


def _not_in_manifest(archive: Archive) -> Found:
    path = archive.folder.warc_dir / "d.warc.gz"
    path.write_bytes(packed([record(7, headers=[("WARC-Type", "metadata")])]))
    return {(Kind.NOT_IN_MANIFEST, "d.warc.gz", None)}


def _manifest_line_changed(archive: Archive) -> Found:
    lines = archive.folder.manifest_path.read_bytes().splitlines(keepends=True)
    lines[0] = lines[0].replace(b'"at": "2017', b'"at": "2018')
    archive.folder.manifest_path.write_bytes(b"".join(lines))
    return {(Kind.MANIFEST_CHAIN, "manifest.jsonl", None)}


def _manifest_line_taken_out(archive: Archive) -> Found:
    lines = archive.folder.manifest_path.read_bytes().splitlines(keepends=True)
    name = json.loads(lines[1])["file"]
    archive.folder.manifest_path.write_bytes(lines[0] + lines[2])
    return {(Kind.MANIFEST_CHAIN, "manifest.jsonl", None), (Kind.NOT_IN_MANIFEST, name, None)}


def _unfinished_file(archive: Archive) -> Found:
    (archive.folder.warc_dir / "d.warc.gz.open").write_bytes(packed([record(7)])[:-5])
    return {(Kind.UNFINISHED_FILE, "d.warc.gz.open", None)}


def _index_missing(archive: Archive) -> Found:
    index = archive.folder.index_path
    capture = archive.a[1].record
    lines = index.read_text().splitlines(keepends=True)
    index.write_text("".join(line for line in lines if f'"{capture.offset}"' not in line or capture.file not in line))
    return {(Kind.INDEX_MISSING, capture.file, capture.offset)}


def _index_wrong(archive: Archive) -> Found:
    index = archive.folder.index_path
    capture = archive.a[1].record
    old = f'"length": "{capture.length}", "offset": "{capture.offset}"'
    index.write_text(index.read_text().replace(old, old.replace(f'"{capture.length}"', '"7"')))
    return {(Kind.INDEX_WRONG, capture.file, capture.offset)}


def _index_not_sorted(archive: Archive) -> Found:
    index = archive.folder.index_path
    index.write_text("".join(reversed(index.read_text().splitlines(keepends=True))))
    return {(Kind.INDEX_WRONG, "index.cdxj", None)}


def _database_missing(archive: Archive) -> Found:
    capture = archive.b[0].record
    execute(archive.folder.root, "delete from captures where record_id = ?", capture.id)
    return {(Kind.DATABASE_MISSING, capture.file, capture.offset)}


def _database_wrong(archive: Archive) -> Found:
    capture = archive.b[0].record
    execute(archive.folder.root, "update captures set warc_offset = 5 where record_id = ?", capture.id)
    return {(Kind.DATABASE_MISSING, capture.file, capture.offset), (Kind.DATABASE_WRONG, capture.file, 5)}


DAMAGES: dict[str, Callable[[Archive], Found]] = {
    "damaged-record": _damaged_record,
    "damaged-record, a capture": _damaged_capture,
    "block-digest": _changed_block,
    "payload-digest": _changed_payload,
    "malformed-field": _malformed_field,
    "duplicate-id": _duplicate_id,
    "dangling-reference": _dangling_reference,
    "dangling-reference, a record taken out": _record_taken_out,
    "file-missing": _file_missing,
    "file-changed": _other_bytes_that_say_the_same,
    "file-changed, cut at a record": _cut_at_a_record,
    "file-changed, two swapped": _two_files_swapped,
    "record-count": _record_count,
    "not-in-manifest": _not_in_manifest,
    "manifest-chain, a line changed": _manifest_line_changed,
    "manifest-chain, a line taken out": _manifest_line_taken_out,
    "unfinished-file": _unfinished_file,
    "index-missing": _index_missing,
    "index-wrong": _index_wrong,
    "index-wrong, not sorted": _index_not_sorted,
    "database-missing": _database_missing,
    "database-wrong": _database_wrong,
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_damage_is_found_and_nothing_else(archive: Archive, damage: Callable[[Archive], Found]) -> None:
    wanted = damage(archive)
    assert archive.found() == wanted


def test_every_kind_has_its_case() -> None:
    assert {name.partition(",")[0] for name in DAMAGES} == {str(kind) for kind in Kind}


def test_command_names_damage_with_file_offset_and_reason(archive: Archive) -> None:
    fine = archiver("-C", archive.folder.root, "verify")
    records = sum(len(archive.records(name)) for name in "abc")
    assert (fine.code, fine.out, fine.err) == (Exit.OK, f"{records} records in 3 files checked: all well\n", "")
    wanted = _changed_block(archive)
    [(kind, file, offset)] = wanted
    done = archiver("-C", archive.folder.root, "verify")
    assert (done.code, done.err) == (Exit.DAMAGE, "")
    first, summary = done.out.splitlines()
    assert first.startswith(f"{file}, offset {offset}: the block is not what WARC-Block-Digest promises (sha256:")
    assert first.endswith(f"[{kind}]")
    assert summary.endswith("1 problem")
    told = archiver("-C", archive.folder.root, "verify", "--json")
    assert told.code == Exit.DAMAGE
    [finding] = told.json["findings"]
    assert (finding["kind"], finding["file"], finding["offset"]) == ("block-digest", file, offset)
    assert finding["record_id"] == archive.records("b")[2].id
    assert finding["reason"] in first
    assert (told.json["ok"], told.json["files"], told.json["records"], told.json["skipped"]) == (False, 3, records, 0)
    assert len(archive.folder.checks_path.read_text().splitlines()) == 3


def test_file_that_another_process_writes_is_left_out(archive: Archive) -> None:
    path = archive.folder.warc_dir / "d.warc.gz.open"
    path.write_bytes(packed([record(7)]) + b"\x1f\x8b\x08half")
    with path.open("rb") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        outcome = verify(archive.folder, Scope(), now=NOW)
    assert (outcome.findings, outcome.live, outcome.files) == ((), (path.name,), 3)


def test_revisit_of_what_is_being_written_is_no_damage(archive: Archive) -> None:
    """Its original is known to the database; the file it lies in is not looked at."""
    path = archive.path("a")
    with archive.database():
        opened = path.rename(path.with_name(path.name + ".open"))
    lines = archive.folder.manifest_path.read_bytes().splitlines(keepends=True)
    assert path.name.encode() in lines[0]
    archive.folder.manifest_path.unlink()
    for line in lines[1:]:
        fields = json.loads(line)
        file = replace(check_file(opened).file, **{name: fields[name] for name in ("length", "sha256", "records")})
        append_to_manifest(archive.folder.manifest_path, replace(file, name=fields["file"]), at=MOMENT)
    with opened.open("rb") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        assert archive.found() == set()


def test_archive_without_index_and_database(archive: Archive) -> None:
    archive.folder.index_path.unlink()
    archive.folder.database_path.unlink()
    captures = 6
    assert [one.kind for one in archive.findings()] == [Kind.INDEX_MISSING] * captures
    assert not archive.folder.database_path.exists(), "verify makes nothing"


def test_empty_archive_is_well(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "new")
    assert verify(folder, Scope(), now=NOW).findings == ()


def test_file_that_is_no_warc_is_one_finding(archive: Archive) -> None:
    (archive.folder.warc_dir / "d.warc.gz").write_bytes(b"no WARC")
    archive.refresh()
    assert archive.found() == {
        (Kind.DAMAGED_RECORD, "d.warc.gz", 0),
        (Kind.NOT_IN_MANIFEST, "d.warc.gz", None),
    }


@pytest.mark.parametrize("broken", ["nonsense\n", "[1]\n", '{"files": 5, "at": 1}\n', "\xff\xfe", "[" * 100_000 + "\n"])
def test_broken_history_of_checks_is_passed_over(archive: Archive, broken: str) -> None:
    verify(archive.folder, Scope(), now=NOW)
    checks = archive.folder.checks_path
    checks.write_bytes(broken.encode("latin-1") + b"\n" + checks.read_bytes())
    assert set(last_checks(checks)) == {archive.path(name).name for name in "abc"}
    assert archive.found() == set()


class Round:
    """Checks, an hour apart."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.hour = 0

    def check(self, **scope: Any) -> str:
        """The files that were checked, by the first letters of their names."""
        self.hour += 1
        now = NOW + timedelta(hours=self.hour)
        verify(self.archive.folder, Scope(**scope), now=now)
        line = json.loads(self.archive.folder.checks_path.read_text().splitlines()[-1])
        assert line["at"] == f"{now:%Y-%m-%dT%H:%M:%S.%fZ}"
        return "".join(sorted(name[0] for name in line["files"]))


def test_since_leaves_out_what_was_checked_since(archive: Archive) -> None:
    rounds = Round(archive)
    assert rounds.check(since=NOW) == "abc"
    assert rounds.check(since=NOW) == ""
    archive.folder.warc_dir.joinpath("d.warc").write_bytes(record(7))
    archive.refresh()
    assert rounds.check(since=NOW) == "d"
    assert rounds.check(since=NOW + timedelta(hours=2)) == "abc"
    assert rounds.check(since=NOW + timedelta(days=2)) == "abcd"


def test_sample_takes_the_longest_unchecked_and_goes_round(archive: Archive) -> None:
    rounds = Round(archive)
    share = 0.01
    assert [rounds.check(sample=share) for _ in range(7)] == ["a", "b", "c", "a", "b", "c", "a"]
    assert rounds.check(sample=1.0) == "abc"
    sizes = {name: archive.path(name).stat().st_size for name in "abc"}
    both = (sizes["a"] + 1) / sum(sizes.values())
    assert rounds.check(sample=both) == "ab"


def test_part_of_the_files_raises_no_false_alarm(archive: Archive) -> None:
    """References, index and database name records of files that are not looked at."""
    for _ in range(6):
        assert verify(archive.folder, Scope(sample=0.01), now=NOW + timedelta(hours=1)).findings == ()


def test_history_says_what_was_found(archive: Archive) -> None:
    [(kind, file, offset)] = _changed_block(archive)
    verify(archive.folder, Scope(sample=0.5, since=NOW), now=NOW)
    verify(archive.folder, Scope(), now=NOW + timedelta(hours=1))
    first, second = map(json.loads, archive.folder.checks_path.read_text().splitlines())
    assert first["scope"] == {"since": "2026-01-01T00:00:00.000000Z", "sample": 0.5}
    assert second["scope"] == "all"
    assert second["files"] == {archive.path(name).name: int(name == "b") for name in "abc"}
    assert second["findings"] == 1
    [finding] = second["first_findings"]
    assert (finding["kind"], finding["file"], finding["offset"]) == (kind, file, offset)


@pytest.mark.parametrize("option", [("--sample", "0%"), ("--sample", "5"), ("--sample", "101%"), ("--since", "soon")])
def test_share_or_age_that_is_none_is_wrong_usage(archive: Archive, option: tuple[str, str]) -> None:
    done = archiver("-C", archive.folder.root, "verify", *option)
    assert (done.code, option[1] in done.err, done.out) == (Exit.USAGE, True, "")
    assert not archive.folder.checks_path.exists()


def test_manifest_holds_the_digest_of_the_file(archive: Archive) -> None:
    for name, file in manifest_entries(archive.folder.manifest_path).items():
        data = (archive.folder.warc_dir / name).read_bytes()
        assert (file.length, file.sha256) == (len(data), hashlib.sha256(data).hexdigest())
