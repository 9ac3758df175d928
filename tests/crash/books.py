"""Whether all that was acknowledged is there and nothing else: an archive compared with the ledger of what was sent."""

import hashlib
import json
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from tests.crash.noted import Noted, Walked, index_lines, note, walk, warc_files
from tests.crash.site import CrashSite, Sent
from warc.errors import WarcError
from warc.manifest import BadLine, read_manifest
from warc.reader import read_capture
from warc.verify import check_file

_CAPTURES: Final = frozenset({"response", "revisit", "resource"})
_Place = tuple[str, int]


def problems(
    folder: Path, site: CrashSite, noted: Iterable[Noted], found_open: Mapping[str, set[str]]
) -> Iterator[str]:
    """Whatever is not as it must be after a run that ended well, given what had been noted before.

    ``found_open`` names the files that ever were of a dead process, with the captures acknowledged by then: behind
    those, a file may have been cut between a response and its request.
    """
    files = {path.name: path.read_bytes() for path in warc_files(folder)}
    walked = {name: walk(data) for name, data in files.items()}
    for name, (_, end) in walked.items():
        if end != len(files[name]):
            yield f"{name}: whole up to {end} of {len(files[name])} bytes"
        yield from (f"{name}: {finding}" for finding in check_file(folder / "archive" / name).findings)
    yield from _file_problems(folder, files)
    records = {(name, one.offset): one for name, (found, _) in walked.items() for one in found}
    captures = {place: one for place, one in records.items() if one.type in _CAPTURES}
    last = {name: found[-1].id for name, (found, _) in walked.items() if found}
    may_be_cut = {last[name] for name, ids in found_open.items() if name in last and last[name] not in ids}
    yield from _exactness(records, captures, site, may_be_cut)
    yield from _reader_problems(folder, captures, site)
    yield from _index_problems(folder, captures)
    yield from _manifest_problems(folder, files, walked)
    final = note(folder)
    if set(final.captures) != {one.id for one in captures.values()}:
        yield "the database has other captures than the files"
    present = {one.id for one in records.values()}
    for before in noted:
        yield from _losses(folder, before, final, present, files)


def _file_problems(folder: Path, files: Mapping[str, bytes]) -> Iterator[str]:
    yield from (f"{name}: still open" for name in files if name.endswith(".open"))
    yield from (f"{path.name}: left over" for path in folder.rglob("*.new"))
    paths = [str(folder / "archive" / name) for name in files]
    tested = subprocess.run(["gzip", "-t", "-S", ".gz", *paths], capture_output=True, text=True, check=False)  # noqa: S603, S607 - by any path
    if tested.returncode or tested.stderr:
        yield f"gzip -t: {tested.stderr}"


def _exactness(
    records: Mapping[_Place, Walked], captures: Mapping[_Place, Walked], site: CrashSite, may_be_cut: set[str]
) -> Iterator[str]:
    """Each record against the ledger: exactly what was sent, nothing twice."""
    twice = [id_ for id_, count in Counter(one.id for one in records.values()).items() if count > 1]
    yield from (f"{id_}: more than one record has this id" for id_ in twice)
    beside: dict[str, list[Walked]] = {}
    for one in records.values():
        if one.type in ("request", "metadata"):
            beside.setdefault(one.of, []).append(one)
    by_id = {one.id: one for one in captures.values()}
    seen: set[int] = set()
    for (file, offset), one in captures.items():
        where = f"{file} {offset}"
        parts = beside.get(one.id, [])
        head = one.block or next((part.block for part in parts if part.type == "metadata" and _is_http(part)), b"")
        if not head and one.id in may_be_cut:  # a revisit whose 304 answer lies in the torn tail
            continue
        serial = _serial(head)
        sent = site.ledger.get(serial)
        if sent is None or serial in seen:
            yield f"{where}: exchange {serial} was {'stored twice' if serial in seen else 'never sent'}"
            continue
        seen.add(serial)
        if one.headers["warc-target-uri"] != sent.url:
            yield f"{where}: {one.headers['warc-target-uri']} instead of {sent.url}"
        asked = [part.block for part in parts if part.type == "request"]
        if asked != [sent.request] and not (one.id in may_be_cut and not parts):
            yield f"{where}: its request record is not what was asked"
        yield from (f"{where}: {what}" for what in _difference(one, head, sent, by_id, site))


def _difference(
    one: Walked,
    head: bytes,
    sent: Sent,
    by_id: Mapping[str, Walked],
    site: CrashSite,
) -> Iterator[str]:
    if one.type == "response":
        cut = "warc-truncated" in one.headers
        if one.block != (sent.response[: len(one.block)] if cut else sent.response):
            yield "other bytes than were sent"
        return
    original = by_id.get(one.of)
    wanted = sent.response if b" 304 " in sent.response[:20] else sent.response.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    if head != wanted:
        yield "the head of a revisit is not what was sent"
    if original is None or original.type != "response":
        yield f"a revisit of {one.of}, which is not there"
    elif site.ledger[_serial(original.block)].payload != sent.payload:
        yield "a revisit of another payload"


def _is_http(record: Walked) -> bool:
    return record.headers.get("content-type", "").startswith("application/http")


def _serial(head: bytes) -> int:
    _, _, rest = head.partition(b"X-Serial: ")
    number = rest.partition(b"\r\n")[0]
    return int(number) if number.isdigit() else -1


def _reader_problems(folder: Path, captures: Mapping[_Place, Walked], site: CrashSite) -> Iterator[str]:
    for (file, offset), one in captures.items():
        try:
            capture = read_capture(folder / "archive", file, offset)
        except WarcError as error:
            yield str(error)
            continue
        sent = site.ledger.get(_serial(one.block))
        cut = "warc-truncated" in one.headers
        if capture.record.id != one.id or (
            one.type == "response" and not cut and sent and bytes(capture.payload) != sent.payload
        ):
            yield f"{file} {offset}: read as something else"


def _index_problems(folder: Path, captures: Mapping[_Place, Walked]) -> Iterator[str]:
    for path in folder.glob("indexes/*.cdxj"):
        lines = path.read_bytes().splitlines()
        if lines != sorted(set(lines)):
            yield f"{path.name} is not sorted, or has a line twice"
    named: Counter[tuple[str, int, int, str]] = Counter()
    for line in {*index_lines(folder)}:  # killed while it merges, a run may be left beside the index that has its lines
        fields = json.loads(line.split(b" ", 2)[2])
        named[fields["filename"], int(fields["offset"]), int(fields["length"]), fields["url"]] += 1
    wanted = Counter(
        (file, offset, one.length, one.headers["warc-target-uri"]) for (file, offset), one in captures.items()
    )
    if named != wanted:
        yield f"the index lacks {len(wanted - named)} captures and has {len(named - wanted)} that are none"


def _manifest_problems(
    folder: Path, files: Mapping[str, bytes], walked: Mapping[str, tuple[list[Walked], int]]
) -> Iterator[str]:
    entries = list(read_manifest(folder / "fixity" / "manifest.jsonl"))
    yield from (f"manifest line {one.number}: {one.reason}" for one in entries if isinstance(one, BadLine))
    known = [one.file for one in entries if not isinstance(one, BadLine)]
    if sorted(one.name for one in known) != sorted(files):
        yield f"the manifest names {Counter(one.name for one in known) - Counter(files)}, lacks {set(files)}"
    for file in known:
        data = files.get(file.name, b"")
        found = (len(data), hashlib.sha256(data).hexdigest(), len(walked.get(file.name, ([], 0))[0]))
        if found != (file.length, file.sha256, file.records):
            yield f"{file.name}: the manifest says {file.length} bytes, {file.records} records; there are {found}"


def _losses(folder: Path, before: Noted, after: Noted, present: set[str], files: Mapping[str, bytes]) -> Iterator[str]:
    for id_, place in before.captures.items():
        if after.captures.get(id_) != place:
            yield f"{id_} {place}: acknowledged by the database, now {after.captures.get(id_)}"
    if lost := before.lines - after.lines:
        yield f"{len(lost)} lines of the index are lost"
    for url, at in before.pages.items():
        if after.pages.get(url, "") < at:
            yield f"{url}: was captured at {at}, now {after.pages.get(url)}"
    if before.whole - present:
        yield f"{len(before.whole - present)} whole records are lost"
    if before.closed - after.closed:
        yield f"{before.closed - after.closed} went out of the manifest"
    yield from _recovery_problems(folder, before, present, files)


def _recovery_problems(folder: Path, before: Noted, present: set[str], files: Mapping[str, bytes]) -> Iterator[str]:
    """A file found open is the recovered one and its torn tail, byte by byte."""
    for name, data in before.unfinished.items():
        final = name.removesuffix(".open")
        torn = [b"", *(path.read_bytes() for path in folder.glob(f"archive/{final.removesuffix('.warc.gz')}*.torn"))]
        if not any(files.get(final, b"") + tail == data for tail in torn):
            yield f"{name}: its {len(data)} bytes are not those of the recovered file and its torn tail"
        for tail in torn:
            if {one.id for one in walk(tail)[0]} - present:
                yield f"{name}: a whole record was set aside as torn"
