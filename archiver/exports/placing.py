"""Putting an export in its place: written beside it under another name, never half there.

An export can be made again at any time, so nothing is synced but single files; a kill can leave the draft behind.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final

from archiver import __version__
from archiver.errors import UsageError
from warc.openfile import cannot_store, fsync, sync_directory

MARK: Final = "export.json"
"""The file by which a folder is known as an export of ours, and what it says of itself."""


def check_place(out: Path, *, force: bool, folder: bool) -> None:
    """Raise UsageError unless the export may be put there: what is replaced has to be an export of ours."""
    if not out.absolute().parent.is_dir():
        raise UsageError(f"{out}: there is no folder {out.parent}")
    if not out.exists() and not out.is_symlink():
        return
    if not (out.is_dir() if folder else out.is_file()):  # a device, too, would be replaced by a file
        wanted = "a folder" if folder else "a file"
        raise UsageError(f"{out} is there already and is not {wanted}; name another place")
    if folder and not any(out.iterdir()):
        return
    if not force:
        raise UsageError(f"{out} is there already; name another {_kind(folder)}, or replace it with --force")
    if folder and not (out / MARK).is_file():
        raise UsageError(f"{out} holds other things than an export (no {MARK} in it); name another folder")


def _kind(folder: bool) -> str:  # noqa: FBT001 - one of two words
    return "folder" if folder else "file"


@contextmanager
def placed_file(out: Path) -> Generator[IO[bytes]]:
    """A stream into a draft, which is in the place of ``out`` after the block. Raises CannotStore."""
    draft = out.with_name(f"{out.name}.tmp")
    try:
        with draft.open("wb") as stream:
            yield stream
            stream.flush()
            fsync(stream.fileno())
        draft.replace(out)
        sync_directory(out.parent)
    except OSError as error:
        raise cannot_store(out, error) from error
    finally:
        with suppress(OSError):
            draft.unlink()


@contextmanager
def placed_folder(out: Path, *, kind: str) -> Generator[Path]:
    """A new folder to write into, which is in the place of ``out`` after the block. Raises CannotStore."""
    draft: Path | None = None
    try:
        draft = Path(tempfile.mkdtemp(prefix=f"{out.name}.tmp-", dir=out.absolute().parent))
        draft.chmod(0o777 & ~_umask())
        yield draft
        described = {"software": f"archiver {__version__}", "format": kind}
        (draft / MARK).write_text(json.dumps(described, indent=2) + "\n", encoding="utf-8")
        _replace(out, draft)
    except OSError as error:
        raise cannot_store(out, error) from error
    finally:
        if draft is not None:
            shutil.rmtree(draft, ignore_errors=True)


def _replace(out: Path, draft: Path) -> None:
    """A folder cannot be put over another at once: the older one stands beside for that moment."""
    older = draft.with_name(f"{draft.name}-replaced") if out.exists() else None
    if older:
        out.rename(older)
    try:
        draft.rename(out)
    except BaseException:
        if older:
            older.rename(out)
        raise
    if older:
        shutil.rmtree(older, ignore_errors=True)


def _umask() -> int:
    current = os.umask(0o022)
    os.umask(current)
    return current
