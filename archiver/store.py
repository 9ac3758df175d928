"""Stores captures and acknowledges them: to the index, the database, the manifest, once they are on disk.

A capture is appended to the WARC file at once and synced by a thread of its own; nobody waits. ``flush`` acknowledges
what has been synced by then, in one transaction, together with the pages that are so done (``page_done``). Killed in
between, the records are there, and recovery acknowledges them at the next start. Use from one thread.
"""

from collections import deque
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import datetime
from itertools import takewhile
from typing import Final

from sqlite_utils import Database

from archiver.folder import ArchiveFolder
from archiver.intake import register
from archiver.rows import capture_row
from db import frontier
from db.frontier import CapturedPage
from db.load import acknowledge
from db.repeats import Validators, stored_capture, stored_payload, validators
from db.sql import writing
from db.times import parsed_time
from warc.cdxj import cdxj_line
from warc.compose import Original, Prepared, prepare
from warc.exchange import Exchange
from warc.http1 import transfer_codings
from warc.index import add_to_index
from warc.openfile import ClosedFile
from warc.reader import find_file
from warc.record import Capture
from warc.writer import CaptureWriter, WriterSettings

_GB: Final = 1_000_000_000
_MB: Final = 1_000_000
_LINES_AT_ONCE: Final = 1000
"""Lines for the index that are gathered before they are merged into it."""


class Store:
    """The captures of one run. Every method may raise CannotStore or CannotWrite.

    ``scheduled``: pages that are done get their next date in the frontier.
    """

    def __init__(
        self,
        folder: ArchiveFolder,
        database: Database,
        *,
        info: Mapping[str, str],
        scheduled: bool,
        now: Callable[[], datetime],
    ) -> None:
        self._scheduled = scheduled
        self._folder = folder
        self._database = database
        self._now = now
        settings = folder.config.warc
        self._writer = CaptureWriter(
            WriterSettings(
                directory=folder.warc_dir,
                prefix=settings.prefix,
                info=info,
                max_file_bytes=settings.max_file_mb * _MB,
                max_file_age=settings.max_file_age,
                min_free_bytes=int(settings.min_free_gb * _GB),
                compression=settings.compression,
            ),
            now=now,
            on_closed=self._file_closed,
        )
        self._waiting: deque[tuple[int, Capture]] = deque()
        self._done: deque[tuple[int, CapturedPage]] = deque()
        self._lines: list[str] = []

    def exchange(self, exchange: Exchange, *, fields: Mapping[str, str], asked_for: str | None) -> Capture:
        """Append an exchange, or a revisit where its payload is stored already.

        ``asked_for`` is the id of the record whose validators the request was sent with.
        """
        prepared = prepare(exchange)
        original = self._original(prepared, asked_for)
        return self._appended(self._writer.append_exchange(prepared, fields=fields, original=original))

    def file(self, *, url: str, body: bytes, content_type: str) -> Capture:
        return self._appended(
            self._writer.append_resource(url=url, body=body, content_type=content_type, at=self._now(), fields={})
        )

    def validators(self, url: str) -> Validators | None:
        """What to ask for a page with that was captured before."""
        return validators(self._database, url)

    def page_done(self, page: CapturedPage) -> None:
        """Tell the frontier, in the transaction that acknowledges all that has been appended so far."""
        self._done.append((self._writer.mark, page))

    def flush(self) -> None:
        """Acknowledge what is on disk by now; does not wait."""
        self._writer.check()
        self._acknowledge(self._writer.synced)
        if len(self._lines) >= _LINES_AT_ONCE:
            self._write_lines()

    def commit(self) -> None:
        """Wait for the disk, then acknowledge everything."""
        self._writer.sync()
        self._acknowledge(self._writer.synced)

    def close(self) -> None:
        """Close the WARC file and acknowledge what is safe. Every step is taken, even where the one before failed."""
        with ExitStack() as steps:  # taken from the last to the first
            steps.callback(self._write_lines)
            steps.callback(lambda: self._acknowledge(self._writer.synced))
            steps.callback(self._writer.close)

    def _appended(self, capture: Capture) -> Capture:
        self._waiting.append((self._writer.mark, capture))
        return capture

    def _acknowledge(self, synced: int) -> None:
        captures = [capture for _, capture in takewhile(lambda one: one[0] <= synced, self._waiting)]
        pages = [page for _, page in takewhile(lambda one: one[0] <= synced, self._done)]
        if not captures and not pages:
            return
        with writing(self._database):
            acknowledge(self._database, map(capture_row, captures))
            if self._scheduled:
                frontier.captured(self._database, pages)
            else:
                frontier.seen(self._database, [(page.page_id, page.at) for page in pages])
        self._lines.extend(map(cdxj_line, captures))
        for _ in captures:
            self._waiting.popleft()
        for _ in pages:
            self._done.popleft()

    def _file_closed(self, file: ClosedFile) -> None:
        """A file enters the manifest only after its captures are in index and database: see warc.manifest."""
        self._acknowledge(self._writer.synced)
        self._write_lines()
        register(self._folder, self._database, file, at=self._now())

    def _write_lines(self) -> None:
        add_to_index(self._folder.index_path, self._lines)
        self._lines = []

    def _original(self, prepared: Prepared, asked_for: str | None) -> Original | None:
        """The record that this answer repeats, if its file is still there."""
        if prepared.is_not_modified:
            found = [stored_capture(self._database, asked_for)] if asked_for else []
        elif prepared.can_repeat:
            found = [*stored_payload(self._database, prepared.message.digests.sha256)]
        else:
            return None
        framing = ", ".join(transfer_codings(prepared.message.head)) or None
        for one in found:
            # Players take the head from the revisit and the body from the original: a head without framing for a
            # body with it would be served as garbage.
            fits = one and (prepared.is_not_modified or one.transfer_coding in (None, framing))
            if one and fits and find_file(self._folder.warc_dir, one.warc_file).exists():
                return Original(
                    record_id=one.record_id,
                    url=one.url,
                    date=parsed_time(one.captured_at),
                    payload_digest=one.payload_digest,
                )
        return None
