"""Brings WARC files of other programs into the archive's folder: copied or linked, never rewritten."""

import hashlib
import os
import re
import zipfile
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from warc.errors import CannotStore, DamagedRecord
from warc.openfile import ClosedFile, cannot_store, fsync, sync_directory
from warc.record import Capture
from warc.recover import TakenIn, claimed, take_in
from warc.scan import Frame, scan
from warc.starts import GZIP_MAGIC

_DRAFT_SUFFIX: Final = ".importing"
_COPIED_AT_ONCE: Final = 1 << 20
_UNSAFE = re.compile(r"[^A-Za-z0-9._+-]+")
_LONGEST_STEM: Final = 180


class _Nothing:
    """Takes a block and keeps nothing of it."""

    def append(self, data: bytes, /) -> None:
        del data


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of one WARC file. ``source`` names it as given, within a WACZ behind a colon.

    ``known_as`` is the file of the archive that holds the same bytes already; ``refused`` says why nothing was taken
    in.
    """

    source: str
    taken: TakenIn | None = None
    known_as: str | None = None
    refused: str | None = None


def import_path(
    source: Path,
    directory: Path,
    known: Mapping[str, ClosedFile],
    *,
    link: bool,
    on_captures: Callable[[list[Capture]], None],
    on_file: Callable[[ClosedFile], None],
) -> Iterator[Imported]:
    """One WARC file, or every one within a WACZ. ``known`` are the files of the archive by name.

    Raises CannotStore; OSError where the source cannot be read.
    """
    digests = {file.sha256: name for name, file in known.items()}
    for name, label, opened in _warcs_of(source):
        draft = directory / f".{os.getpid()}{_DRAFT_SUFFIX}"
        try:
            digest = _copy(opened, draft, source if link and label == str(source) else None)
            if digest in digests:
                yield Imported(source=label, known_as=digests[digest])
                continue
            refused = _refusal(draft)
            if refused:
                yield Imported(source=label, refused=refused)
                continue
            taken = _take_in(draft, directory / _free_name(directory, name, draft, digest), on_captures)
            on_file(taken.file)
            digests[digest] = taken.file.name
            yield Imported(source=label, taken=taken)
        finally:
            with suppress(OSError):
                draft.unlink()


def _warcs_of(source: Path) -> Iterator[tuple[str, str, Callable[[], BinaryIO]]]:
    """Name, label and a way to open each WARC file."""
    with source.open("rb") as stream:
        is_zip = stream.read(4) == b"PK\x03\x04"
    if not is_zip or not zipfile.is_zipfile(source):
        yield source.name, str(source), lambda: source.open("rb")
        return
    with zipfile.ZipFile(source) as wacz:
        members = [one for one in wacz.infolist() if one.filename.startswith("archive/") and not one.is_dir()]
        for member in members:
            name = member.filename.rpartition("/")[2]
            yield name, f"{source}:{member.filename}", lambda member=member: wacz.open(member)  # type: ignore[misc]


def _copy(opened: Callable[[], BinaryIO], draft: Path, linked: Path | None) -> str:
    """Put the bytes under the draft's name, safe on disk; return their sha256."""
    digest = hashlib.sha256()
    draft.unlink(missing_ok=True)
    with _storing(draft):
        draft.parent.mkdir(parents=True, exist_ok=True)
        if linked is not None:
            os.link(linked, draft)
    with closing(opened()) as stream:
        out = None
        with _storing(draft):
            out = draft.open("rb+" if linked else "wb")
        with out:
            while data := _read(stream):
                digest.update(data)
                if linked is None:
                    with _storing(draft):
                        out.write(data)
            with _storing(draft):
                out.flush()
                fsync(out.fileno())
    return digest.hexdigest()


def _read(stream: BinaryIO) -> bytes:
    try:
        return stream.read(_COPIED_AT_ONCE)
    except (zipfile.BadZipFile, EOFError) as error:  # a damaged WACZ: what lies before can be told, the rest cannot
        raise OSError(0, f"the WACZ is damaged: {error}") from error


@contextmanager
def _storing(path: Path) -> Generator[None]:
    try:
        yield
    except OSError as error:
        raise cannot_store(path, error) from error


def _refusal(draft: Path) -> str | None:
    """Why this is no WARC file to take in; None if it holds one whole record at least."""
    first: DamagedRecord | None = None
    for item in scan(draft, _nothing):
        if not isinstance(item, DamagedRecord):
            return None
        first = first or item
    return first.reason if first else "it is empty"


def _nothing(frame: Frame) -> _Nothing:
    del frame
    return _Nothing()


def _free_name(directory: Path, name: str, draft: Path, digest: str) -> str:
    """The file's own name, made safe, with the suffix that fits its content; marked where it is taken."""
    stem = re.sub(r"(\.warc)?(\.gz)?(\.open)?$", "", name)
    stem = _UNSAFE.sub("-", stem).lstrip(".-")[:_LONGEST_STEM] or "imported"
    with draft.open("rb") as stream:
        suffix = ".warc.gz" if stream.read(len(GZIP_MAGIC)) == GZIP_MAGIC else ".warc"
    free = stem + suffix
    return f"{stem}-{digest[:8]}{suffix}" if (directory / free).exists() else free


def _take_in(draft: Path, final: Path, on_captures: Callable[[list[Capture]], None]) -> TakenIn:
    with claimed(draft) as stream:
        if stream is None:
            raise CannotStore(draft, "another process holds it")
        with _storing(final):
            draft.rename(final)
            sync_directory(final.parent)
        return take_in(final, stream, on_captures)
