"""Enters captures that lie in WARC files into the archive's books: index, database, manifest.

Used at the start of a run for what a dead process left or somebody put into the folder, and by ``import``.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlite_utils import Database

from archiver.folder import ArchiveFolder
from archiver.render import counted
from archiver.rows import capture_row
from db.load import acknowledge
from db.schema import settle
from warc.cdxj import cdxj_line
from warc.index import add_to_index
from warc.manifest import append_to_manifest, manifest_entries
from warc.openfile import ClosedFile
from warc.record import Capture
from warc.recover import TakenIn, take_in_all
from warc.writer import utc_now


def enter(folder: ArchiveFolder, database: Database, captures: Iterable[Capture]) -> None:
    """Into the index, then the database: both take what they know already without a change. Raises CannotStore."""
    batch = list(captures)
    add_to_index(folder.index_path, map(cdxj_line, batch))
    acknowledge(database, map(capture_row, batch))


def register(folder: ArchiveFolder, database: Database, file: ClosedFile, *, at: datetime) -> None:
    """Enter a file into the manifest, which says that index and database have its captures: for good, by then.

    Raises CannotStore, CannotWrite.
    """
    settle(database)
    append_to_manifest(folder.manifest_path, file, at=at)


def recover(folder: ArchiveFolder, database: Database, *, now: Callable[[], datetime] = utc_now) -> tuple[TakenIn, ...]:
    """Take in every WARC file that is not in the manifest and that no living process writes. Raises CannotStore."""
    return tuple(
        take_in_all(
            folder.warc_dir,
            manifest_entries(folder.manifest_path),
            on_captures=lambda captures: enter(folder, database, captures),
            on_file=lambda file: register(folder, database, file, at=now()),
        )
    )


def recovery_lines(taken: Iterable[TakenIn]) -> list[str]:
    """What someone should know of a recovery, one line each; a file that was whole and closed is not worth one."""
    lines: list[str] = []
    for one in taken:
        kept = f"{counted(one.captures, 'capture')} kept"
        if one.torn:
            lines.append(
                f"recovered {one.file.name} of a run that was killed: {kept}, "
                f"the last {counted(one.torn_bytes, 'byte')} set aside in {one.torn.name}"
            )
        elif one.was_open:
            lines.append(f"recovered {one.file.name} of a run that was killed: {kept}")
        lines.extend(f"damaged: {damage}; see 'archiver verify'" for damage in one.damage)
    return lines
