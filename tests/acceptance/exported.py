"""A WACZ file as the specification describes it (1.1.1), read with the standard library alone."""

import gzip
import json
import struct
import zipfile
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.acceptance.made import Line, parse_line

STORED_ENDINGS = (".warc.gz", ".cdx.gz")
_LOCAL_HEADER_BYTES = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Wacz:
    path: Path
    entries: dict[str, zipfile.ZipInfo]
    contents: dict[str, bytes]

    @property
    def package(self) -> Any:
        return json.loads(self.contents["datapackage.json"])

    @property
    def pages(self) -> list[Any]:
        """The page list, its header line first."""
        return [json.loads(line) for line in self.contents["pages/pages.jsonl"].splitlines()]

    @property
    def blocks(self) -> list[tuple[str, dict[str, Any]]]:
        """Key and place of each block of the compressed index, as ``indexes/index.idx`` names them."""
        header, *lines = self.contents["indexes/index.idx"].decode().splitlines()
        assert header == '!meta 0 {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}'
        cut = [line.index(" {") for line in lines]
        return [(line[:at], json.loads(line[at:])) for line, at in zip(lines, cut, strict=True)]

    @property
    def lines(self) -> list[Line]:
        return [
            parse_line(line) for line in gzip.decompress(self.contents["indexes/index.cdx.gz"]).decode().splitlines()
        ]

    def block(self, place: dict[str, Any]) -> bytes:
        return self.contents["indexes/index.cdx.gz"][place["offset"] : place["offset"] + place["length"]]

    def member(self, line: Line) -> bytes:
        """The bytes an index line points at."""
        offset, length = int(line.fields["offset"]), int(line.fields["length"])
        return self.contents[f"archive/{line.fields['filename']}"][offset : offset + length]

    def local_extra_bytes(self, name: str) -> int:
        """Length of the extra field before the data, which the central directory does not tell."""
        with self.path.open("rb") as stream:
            stream.seek(self.entries[name].header_offset)
            header = stream.read(_LOCAL_HEADER_BYTES)
        return int(struct.unpack("<HH", header[26:30])[1])


def read_wacz(path: Path) -> Wacz:
    with zipfile.ZipFile(path) as archive:
        entries = {entry.filename: entry for entry in archive.infolist()}
        assert len(entries) == len(archive.infolist()), "a name stands there twice"
        return Wacz(path=path, entries=entries, contents={name: archive.read(name) for name in entries})


def is_contiguous(places: list[dict[str, Any]], total: int) -> bool:
    ends = [(place["offset"], place["offset"] + place["length"]) for place in places]
    follow = all(before[1] == after[0] for before, after in pairwise(ends))
    return follow and (ends[0][0], ends[-1][1]) == (0, total)
