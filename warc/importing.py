"""Brings WARC files of other programs into the archive's folder: copied or linked, never rewritten."""

import hashlib
import os
import re
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import Final

from warc.contained import Contained, DamagedWacz, Readable, contained
from warc.errors import CannotStore, DamagedRecord
from warc.openfile import OPEN_SUFFIX, ClosedFile, cannot_store, fsync, sync_directory
from warc.record import Capture
from warc.recover import TakenIn, claimed, take_in
from warc.scan import Frame, scan
from warc.starts import is_compressed

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
    draft = directory / f".{os.getpid()}{_DRAFT_SUFFIX}"
    try:
        for part in contained(source):
            try:
                linked = source if link and part.label == str(source) else None
                yield _import_one(part, draft, linked, digests, on_captures=on_captures, on_file=on_file)
            except DamagedWacz as error:  # its other files may be well
                yield Imported(source=part.label, refused=str(error))
            finally:
                with suppress(OSError):
                    draft.unlink()
    except DamagedWacz as error:
        yield Imported(source=str(source), refused=str(error))


def remove_drafts(directory: Path) -> None:
    """Remove the copies that imports left half done when they were killed; those of living processes stay."""
    for draft in directory.glob(f".*{_DRAFT_SUFFIX}"):
        process = draft.name.removeprefix(".").removesuffix(_DRAFT_SUFFIX)
        if process.isdigit() and not _lives(int(process)):
            draft.unlink(missing_ok=True)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def _import_one(
    part: Contained,
    draft: Path,
    linked: Path | None,
    digests: dict[str, str],
    *,
    on_captures: Callable[[list[Capture]], None],
    on_file: Callable[[ClosedFile], None],
) -> Imported:
    """``digests`` are those of the files that are here, with their names; that of a new one is added."""
    digest = _copy(part.opened, draft, linked)
    if digest in digests:
        return Imported(source=part.label, known_as=digests[digest])
    refused = _refusal(draft)
    if refused:
        return Imported(source=part.label, refused=refused)
    taken = _take_in(draft, _free_path(draft, part.name, digest), on_captures)
    on_file(taken.file)
    digests[digest] = taken.file.name
    return Imported(source=part.label, taken=taken)


def _copy(opened: Callable[[], Readable], draft: Path, linked: Path | None) -> str:
    """Put the bytes under the draft's name, safe on disk; return their sha256."""
    digest = hashlib.sha256()
    draft.unlink(missing_ok=True)
    with _storing(draft):
        draft.parent.mkdir(parents=True, exist_ok=True)
        if linked is not None:
            os.link(linked.resolve(), draft)  # of a symbolic link the file itself
    with closing(opened()) as stream:
        out = None
        with _storing(draft):
            out = draft.open("rb+" if linked else "wb")
        with out:
            while data := stream.read(_COPIED_AT_ONCE):
                digest.update(data)
                if linked is None:
                    with _storing(draft):
                        out.write(data)
            with _storing(draft):
                out.flush()
                fsync(out.fileno())
    return digest.hexdigest()


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


def _free_path(draft: Path, name: str, digest: str) -> Path:
    """Beside the draft, by the file's own name made safe, with the suffix of its content; marked where it is taken.

    The name of a file that is still being written is taken, too.
    """
    stem = re.sub(r"(\.warc)?(\.gz)?(\.open)?$", "", name)
    stem = _UNSAFE.sub("-", stem).lstrip(".-")[:_LONGEST_STEM] or "imported"
    with draft.open("rb") as stream:
        suffix = ".warc.gz" if is_compressed(stream) else ".warc"
    marks = chain(("", f"-{digest[:8]}"), (f"-{digest[:8]}-{number}" for number in count(2)))
    paths = (draft.with_name(f"{stem}{mark}{suffix}") for mark in marks)
    return next(path for path in paths if not (path.exists() or path.with_name(path.name + OPEN_SUFFIX).exists()))


def _take_in(draft: Path, final: Path, on_captures: Callable[[list[Capture]], None]) -> TakenIn:
    with claimed(draft) as stream:
        if stream is None:
            raise CannotStore(draft, "another process holds it")
        with _storing(final):
            draft.rename(final)
            sync_directory(final.parent)
        return take_in(final, stream, on_captures)
