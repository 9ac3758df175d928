"""Writes WACZ 1.1.1: WARC files with their index and a list of pages, packed so that players can read ranges of it.

Files are taken whole, or as excerpts of chosen captures; no byte of a record is changed. The same captures give the
same bytes. Knows nothing of why something was chosen.
"""

import hashlib
import heapq
import json
import os
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from warc.block import Block, Spool
from warc.blocks import SortedLines, compressed_index
from warc.cdxj import cdxj_line
from warc.errors import DamagedRecord, NoSuchFile, WarcError
from warc.excerpt import Excerpt, excerpt, whole_file
from warc.index import index_lines, line_fields
from warc.openfile import cannot_store, fsync, sync_directory
from warc.record import Capture

VERSION: Final = "1.1.1"
_PACKAGE: Final = "datapackage.json"
_STORED: Final = (".warc", ".gz")
"""What players read ranges of, and so must not be compressed a second time."""

_UNNAMEABLE = re.compile(r"[^-a-z0-9._/]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A capture for the list of pages. ``file`` and ``offset`` say where it lies in the archive."""

    id: str
    url: str
    at: datetime
    title: str
    text: str
    file: str
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What goes in.

    ``whole`` names closed files of ``directory`` with the least number of captures that ``index`` has to have of them;
    ``parts`` names others with the offsets of the captures to be taken. ``pages`` is gone through once.
    """

    directory: Path
    index: Path
    whole: Mapping[str, int]
    parts: Mapping[str, Collection[int]]
    pages: Iterable[Page]


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the package says of itself.

    ``created`` is also the time of every file in it; ``main`` is the page that a reader is shown first.
    """

    title: str
    software: str
    created: datetime
    main: Page | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """``captures`` counts the lines of the index; ``damage`` says what was left out or is missing."""

    size: int
    captures: int
    pages: int
    damage: tuple[str, ...]


def write_wacz(
    out: Path,
    gathered: "Gathered",
    about: About,
    *,
    watch: Callable[[list[Excerpt]], Iterable[Excerpt]] = iter,
) -> Written:
    """Write the file beside its place and put it there once it is on disk: never a half under its name.

    ``watch`` is handed the files to be packed and passes them on. Raises CannotStore, and DamagedRecord or NoSuchFile
    where a file cannot be read to its end any more.
    """
    draft = out.with_name(out.name + ".tmp")
    with _storing(out, draft), draft.open("wb") as stream:
        with zipfile.ZipFile(stream, "w") as archive:
            package = _Package(archive, at=about.created)
            for one in watch(gathered.files):
                package.add(f"archive/{one.name}", one.size, one.parts())
            content, places, captures = compressed_index(gathered.lines())
            package.add_block("indexes/index.cdx.gz", content)
            package.add_block("indexes/index.idx", places)
            package.add_block("pages/pages.jsonl", gathered.pages)
            package.describe(about)
        stream.flush()
        fsync(stream.fileno())
        size = stream.seek(0, os.SEEK_END)
        draft.replace(out)
        sync_directory(out.parent)
    return Written(size=size, captures=captures, pages=gathered.page_count, damage=tuple(gathered.damage()))


class Gathered:
    """What will be packed: files, parts of files and pages, found and looked at before anything is written.

    Making it goes through ``selection.pages``; ``watch`` is handed the names of the files and passes them on. Raises
    DamagedRecord or NoSuchFile where nothing is left to be packed.
    """

    def __init__(self, selection: Selection, *, watch: Callable[[list[str]], Iterable[str]] = iter) -> None:
        self._selection = selection
        self._own_lines = SortedLines()
        self._indexed = Counter[str]()
        self._missing: set[str] = set()
        self._damaged: set[tuple[str, int]] = set()
        self._errors: list[WarcError] = []
        self.files: list[Excerpt] = []
        for name in watch(sorted({*selection.whole, *selection.parts})):
            try:
                found = self._excerpt(selection, name)
            except NoSuchFile as error:
                self._missing.add(name)
                self._errors.append(error)
                continue
            if found is not None:
                self.files.append(found)
        if not self.files and self._errors:
            raise self._errors[0]
        self.pages, self.page_count = self._list(selection.pages)

    def _excerpt(self, selection: Selection, name: str) -> Excerpt | None:
        if name in selection.whole:
            return whole_file(selection.directory, name)
        return excerpt(selection.directory, name, selection.parts[name], lambda one: self._take(name, one))

    def _take(self, name: str, capture: Capture | DamagedRecord) -> None:
        if isinstance(capture, DamagedRecord):
            self._damaged.add((name, capture.offset))
            self._errors.append(capture)
        else:
            self._own_lines.add(cdxj_line(capture).encode() + b"\n")

    def _list(self, pages: Iterable[Page]) -> tuple[Block, int]:
        """The content of ``pages.jsonl`` and the number of pages: those whose capture is packed."""
        spool, count = Spool(), 0
        spool.append(_json({"format": "json-pages-1.0", "id": "pages", "title": "All Pages", "hasText": True}))
        for page in pages:
            if page.file in self._missing or (page.file, page.offset) in self._damaged:
                continue
            fields = {"id": page.id, "url": page.url, "ts": _second(page.at), "title": page.title, "text": page.text}
            spool.append(_json(fields))
            count += 1
        return spool.block(), count

    def lines(self) -> Iterator[bytes]:
        """The index, in order; to be gone through once."""
        return heapq.merge(self._own_lines, self._lines_of_whole() if self._selection.whole else ())

    def _lines_of_whole(self) -> Iterator[bytes]:
        for line in index_lines(self._selection.index):
            name = (line_fields(line) or {}).get("filename", "")
            if name in self._selection.whole and name not in self._missing:
                self._indexed[name] += 1
                yield line

    def damage(self) -> Iterator[str]:
        """What is not as it should be; complete once the lines have been gone through."""
        yield from map(str, self._errors)
        for name, wanted in self._selection.whole.items():
            lacking = wanted - self._indexed[name]
            if lacking > 0 and name not in self._missing:
                yield f"{name}: {lacking} of its captures are not in the index, and so cannot be replayed"


class _Package:
    """The zip file under way, and the digests of what is in it."""

    def __init__(self, archive: zipfile.ZipFile, *, at: datetime) -> None:
        self._zip = archive
        moment = at.astimezone(UTC)
        self._time = (min(max(moment.year, 1980), 2107), *moment.timetuple()[1:6])
        self._names: set[str] = set()
        self._resources: dict[str, dict[str, Any]] = {}

    def add_block(self, path: str, content: Block) -> None:
        self.add(path, content.size, content.parts())

    def add(self, path: str, size: int, parts: Iterable[bytes]) -> None:
        digest = hashlib.sha256()
        info = zipfile.ZipInfo(path, date_time=self._time)
        info.external_attr = 0o644 << 16
        info.compress_type = zipfile.ZIP_STORED if path.endswith(_STORED) else zipfile.ZIP_DEFLATED
        # zipfile adds 5 % to the size it is told before it chooses zip64. A file that stays below then has an extra
        # field in its own header and none in the central directory, and ReplayWeb.page does not find its beginning.
        info.file_size = size if size > zipfile.ZIP64_LIMIT else 0
        with self._zip.open(info, "w") as entry:
            for part in parts:
                digest.update(part)
                entry.write(part)
        name = _free(_UNNAMEABLE.sub("-", path.rpartition("/")[2].lower()), self._names)
        self._names.add(name)
        self._resources[path] = {"name": name, "path": path, "hash": f"sha256:{digest.hexdigest()}", "bytes": size}

    def describe(self, about: About) -> None:
        """Add the description of all that was added."""
        main = about.main
        described = {
            "profile": "data-package",
            "wacz_version": VERSION,
            "title": about.title,
            "software": about.software,
            "created": _second(about.created),
            **({"mainPageUrl": main.url, "mainPageDate": _second(main.at)} if main else {}),
            "resources": [self._resources[path] for path in sorted(self._resources)],
        }
        package = Block(json.dumps(described, indent=2).encode() + b"\n")
        self.add_block(_PACKAGE, package)
        digest = {"path": _PACKAGE, "hash": self._resources[_PACKAGE]["hash"]}
        self.add_block("datapackage-digest.json", Block(_json(digest)))


def _free(name: str, taken: Collection[str]) -> str:
    """The name itself, or with a number where two files differ only in what names may not have."""
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{number}-{name}"
    return free


def _second(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _json(fields: Mapping[str, Any]) -> bytes:
    return json.dumps(fields).encode() + b"\n"


@contextmanager
def _storing(out: Path, draft: Path) -> Generator[None]:
    """Leave no draft behind. Raises CannotStore for whatever the disk refuses."""
    try:
        yield
    except OSError as error:
        raise cannot_store(out, error) from error
    finally:
        with suppress(OSError):
            draft.unlink()
