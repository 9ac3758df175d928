"""The archive folder: where what lies, how it is found and made. Paths handed to rows and index are relative."""

import fcntl
import os
from collections.abc import Generator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import click
from sqlite_utils import Database

from archiver.config import Config, load_config, template
from archiver.errors import CrawlLocked, UsageError
from db.schema import Migrated, open_database
from db.withheld import withhold
from db.withholding import resolve
from warc.errors import CannotStore

CONFIG_NAME = "archive.toml"
_SUBFOLDERS = ("archive", "indexes", "fixity", "crawls")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveFolder:
    root: Path
    config: Config

    @property
    def warc_dir(self) -> Path:
        return self.root / "archive"

    @property
    def index_path(self) -> Path:
        return self.root / "indexes" / "index.cdxj"

    @property
    def database_path(self) -> Path:
        return self.root / "archive.db"

    @property
    def manifest_path(self) -> Path:
        return self.root / "fixity" / "manifest.jsonl"

    @property
    def checks_path(self) -> Path:
        return self.root / "fixity" / "checks.jsonl"

    @property
    def crawls_dir(self) -> Path:
        return self.root / "crawls"

    def owns(self, path: Path) -> bool:
        """Whether a path is a part of the archive, or lies in one: nothing else is to be put there."""
        root, wanted = self.root.resolve(), path.resolve()
        if wanted == root:
            return True
        first = wanted.relative_to(root).parts[0] if wanted.is_relative_to(root) else ""
        return first in (CONFIG_NAME, *_SUBFOLDERS) or first.startswith(self.database_path.name)

    def database(self, *, read_only: bool = False, create: bool = True) -> Database:
        """The archive's database; made if it is not there, unless it is only to be read or looked at. Raises db.errors.

        What archive.toml withholds is hidden from what is read over the connection. The user is told of an id there
        that means nothing, and when a database of an older program is brought up to date.
        """
        create = create and not read_only
        database = open_database(self.database_path, create=create, read_only=read_only, on_migrated=_tell)
        try:
            lost = self.withhold(database)
        except BaseException:
            database.close()
            raise
        for note in lost if read_only else ():
            click.echo(f"archiver: {note}", err=True)
        return database

    def withhold(self, database: Database) -> tuple[str, ...]:
        """Hide what archive.toml withholds, as the database knows it now; return notes of ids that mean nothing."""
        if not self.config.withhold:
            return ()
        found = resolve(database, self.config.withhold)
        withhold(database, found.ids)
        return found.lost

    @contextmanager
    def lock(self) -> Generator[None]:
        """Hold the lock of scheduled runs. Raises CrawlLocked at once if another process holds it, CannotStore."""
        with _locked(self.crawls_dir / "lock"):
            yield

    def is_locked(self) -> bool:
        """Whether a scheduled run or a rebuild is under way."""
        try:
            with self.lock():
                return False
        except CrawlLocked:
            return True
        except CannotStore:  # only to be read: no run of ours can be under way without the right to write
            return False


def _tell(migrated: Migrated) -> None:
    click.echo(
        f"archiver: {migrated.path.name} brought up to date (schema {migrated.step}); the old one is kept as "
        f"{migrated.kept.name}. 'archiver extract' fills in what it did not hold",
        err=True,
    )


def _locked(path: Path) -> TextIO:
    """The lock file, locked until it is closed; says which process holds it."""
    with ExitStack() as on_error:
        try:
            path.parent.mkdir(exist_ok=True)
            stream = on_error.enter_context(path.open("a+"))
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            stream.truncate(0)
            stream.write(f"{os.getpid()}\n")
            stream.flush()
        except BlockingIOError as error:
            holder = path.read_text().strip() or "unknown"
            raise CrawlLocked(
                f"another run (process {holder}) holds {path}; it will end by itself, try again later"
            ) from error
        except OSError as error:
            raise CannotStore(path, error.strerror or str(error)) from error
        on_error.pop_all()
        return stream


def find_folder(given: Path | None, environment: Mapping[str, str], current: Path) -> ArchiveFolder:
    """``-C DIR``, else the current folder if it holds archive.toml, else ``$ARCHIVER_DIR``. Raises ConfigError."""
    if given is None and not (current / CONFIG_NAME).exists():
        named = environment.get("ARCHIVER_DIR")
        if not named:
            raise UsageError(
                f"no {CONFIG_NAME} in {current}; make an archive with 'archiver init', or name one: archiver -C DIR …"
            )
        given = Path(named)
    return open_folder(given or current)


def open_folder(root: Path) -> ArchiveFolder:
    """Raises ConfigError."""
    return ArchiveFolder(config=load_config(root / CONFIG_NAME), root=root.resolve())


def make_folder(root: Path) -> ArchiveFolder:
    """A new archive; in a folder that is one already, what is there stays. Raises CannotStore, ConfigError."""
    try:
        for name in _SUBFOLDERS:
            (root / name).mkdir(parents=True, exist_ok=True)
        config = root / CONFIG_NAME
        if not config.exists():
            draft = config.with_suffix(".new")  # a full disk must not leave half a file that the next try would keep
            draft.write_text(template(), encoding="utf-8")
            draft.replace(config)
    except OSError as error:
        raise CannotStore(root, error.strerror or str(error)) from error
    return open_folder(root)
