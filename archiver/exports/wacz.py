"""WACZ: which captures and pages of the archive go into the package; ``warc/wacz.py`` writes it."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from archiver import __version__
from archiver.exports.choice import Chosen
from archiver.folder import ArchiveFolder
from archiver.progress import shown
from archiver.render import counted, one_line
from db.errors import NotFound
from db.export import (
    ListedPage,
    Scope,
    captures_by_file,
    chosen_places,
    count_not_shown,
    files_not_shown_whole,
    listed_pages,
    main_page,
    newest_capture,
    places_in,
)
from db.times import parsed_time
from db.withheld import hide_captures
from warc.wacz import About, Gathered, Page, Selection, Written, write_wacz


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """What will be written, and how many captures were left out because they show what is withheld."""

    gathered: Gathered
    about: About
    withheld: int


def gather(folder: ArchiveFolder, database: Database, chosen: Chosen, closed: Collection[str]) -> Packed:
    """Ask the database; ``closed`` are the files of the manifest, read before. Raises NotFound, WarcError."""
    hide_captures(database)
    newest = newest_capture(database, chosen.scope)
    if newest is None:
        hidden = count_not_shown(database, chosen.scope)
        but = f" but {counted(hidden, 'capture')} of what archive.toml withholds" if hidden else ""
        raise NotFound(f"nothing to export: there are no captures{chosen.of_what}{but}")
    whole, parts = _files(database, chosen.scope, closed)
    main = main_page(database, chosen.scope.article_id) if chosen.scope.article_id else None
    return Packed(
        gathered=Gathered(
            Selection(
                directory=folder.warc_dir,
                index=folder.index_path,
                whole=whole,
                parts=parts,
                pages=map(_page, listed_pages(database, chosen.scope)),
            ),
            watch=lambda names: shown(names, what="choosing", total=len(names)),
        ),
        about=About(
            title=chosen.title,
            software=f"archiver {__version__}",
            created=parsed_time(newest),
            main=_page(main) if main else None,
        ),
        withheld=count_not_shown(database, chosen.scope),
    )


def write(out: Path, packed: Packed) -> Written:
    """Raises CannotStore, WarcError."""
    return write_wacz(
        out, packed.gathered, packed.about, watch=lambda files: shown(files, what="packing", total=len(files))
    )


def _files(database: Database, scope: Scope, closed: Collection[str]) -> tuple[dict[str, int], dict[str, set[int]]]:
    """Files to be taken whole, with the number of captures known in each, and captures of others."""
    if scope != Scope():
        return {}, chosen_places(database, scope)
    known = captures_by_file(database)
    whole = set(closed) - files_not_shown_whole(database)
    # A file that is not closed yet, or not in the books, is taken as far as the database knows it.
    others = {name: places_in(database, name) for name in known if name not in whole}
    return {name: known.get(name, 0) for name in whole}, others


def _page(page: ListedPage) -> Page:
    return Page(
        id=page.id,
        url=page.url,
        at=parsed_time(page.captured_at),
        title=one_line(page.title) or page.url,
        text=page.text,
        file=page.warc_file,
        offset=page.warc_offset,
    )
