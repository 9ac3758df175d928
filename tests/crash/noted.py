"""What stands in an archive's books when a process has died, and the records that lie on the disk.

WARC files are walked with zlib alone, so that no mistake of the reader hides one of the writer.
"""

import json
import shutil
import sqlite3
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from tests.crash.site import CrashSite
from warc.manifest import BadLine, read_manifest


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """A whole record as found by walking a file; ``offset`` and ``length`` are those of its gzip member."""

    offset: int
    length: int
    headers: Mapping[str, str]
    block: bytes

    @property
    def id(self) -> str:
        return self.headers["warc-record-id"].strip("<>")

    @property
    def type(self) -> str:
        return self.headers["warc-type"]

    @property
    def of(self) -> str:
        """The id of the capture that this record stands beside."""
        return (self.headers.get("warc-concurrent-to") or self.headers.get("warc-refers-to") or "").strip("<>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """What stood in the books when a process had died.

    ``captures``: record id to URL, file, offset; ``pages``: URL to its last capture. ``whole`` are the ids of all whole
    records on disk, acknowledged or not; ``unfinished`` the bytes of files that were being written.
    """

    captures: Mapping[str, tuple[str, str, int]] = field(default_factory=dict[str, tuple[str, str, int]])
    pages: Mapping[str, str] = field(default_factory=dict[str, str])
    lines: frozenset[bytes] = frozenset()
    closed: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    unfinished: Mapping[str, bytes] = field(default_factory=dict[str, bytes])


def walk(data: bytes) -> tuple[list[Walked], int]:
    """The whole records at the start of a file, and where they end."""
    records: list[Walked] = []
    place = 0
    while place < len(data):
        member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            content = member.decompress(data[place:])
        except zlib.error:
            break
        if not member.eof:
            break
        length = len(data) - place - len(member.unused_data)
        head, _, rest = content.partition(b"\r\n\r\n")
        fields = (line.partition(":") for line in head.decode().split("\r\n")[1:])
        headers = {name.lower(): value.strip() for name, _, value in fields}
        size = int(headers["content-length"])
        assert rest[size:] == b"\r\n\r\n", "a whole member that is no whole record"
        records.append(Walked(offset=place, length=length, headers=headers, block=rest[:size]))
        place += length
    return records, place


def note(folder: Path) -> Noted:
    """What is acknowledged; the folder is not touched."""
    captures: dict[str, tuple[str, str, int]] = {}
    pages: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as beside:
        for name in ("archive.db", "archive.db-wal"):
            if (folder / name).exists():
                shutil.copy(folder / name, beside)
        with closing(sqlite3.connect(Path(beside) / "archive.db")) as database:
            tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
            if "captures" in tables:
                rows = database.execute("SELECT record_id, url, warc_file, warc_offset FROM captures")
                captures = {row[0]: (row[1], row[2], row[3]) for row in rows}
                pages = dict(database.execute("SELECT url, last_captured FROM pages WHERE last_captured IS NOT NULL"))
    files = {path.name: path.read_bytes() for path in warc_files(folder)}
    return Noted(
        captures=captures,
        pages=pages,
        lines=frozenset(index_lines(folder)),
        closed=frozenset(
            one.file.name for one in read_manifest(folder / "fixity" / "manifest.jsonl") if not isinstance(one, BadLine)
        ),
        whole=frozenset(record.id for data in files.values() for record in walk(data)[0]),
        unfinished={name: data for name, data in files.items() if name.endswith(".open")},
    )


def unreadable(folder: Path, noted: Noted, site: CrashSite) -> Iterator[str]:
    """Of what is acknowledged: what cannot be read at its place, before any recovery."""
    sent_by_place = {}
    for path in warc_files(folder):
        name = path.name.removesuffix(".open")
        sent_by_place.update({(name, one.offset): one for one in walk(path.read_bytes())[0]})
    places = [(file, offset, id_, url) for id_, (url, file, offset) in noted.captures.items()]
    for line in noted.lines:
        fields = json.loads(line.split(b" ", 2)[2])
        places.append((fields["filename"], int(fields["offset"]), "", fields["url"]))
    for file, offset, id_, url in places:
        record = sent_by_place.get((file, offset))
        if record is None or (id_ and record.id != id_) or record.headers["warc-target-uri"] != url:
            yield f"{file} {offset}: acknowledged as {id_} {url}, and not there"
    for url in noted.pages:
        if not any(sent.url == url for sent in site.ledger.values()):
            yield f"{url}: noted as captured, and never sent"


def warc_files(folder: Path) -> list[Path]:
    return sorted([*folder.glob("archive/*.warc.gz"), *folder.glob("archive/*.warc.gz.open")])


def index_lines(folder: Path) -> list[bytes]:
    paths = [folder / "indexes" / "index.cdxj", *sorted((folder / "indexes").glob("run-*.cdxj"))]
    return [line for path in paths if path.exists() for line in path.read_bytes().splitlines(keepends=True)]
