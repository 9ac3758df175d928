"""One run of the program over an archive: its id, its WARC file, its counts, and what it tells the database.

A capture is acknowledged (index, database, frontier) only after its records are on disk: see archiver.store. Use from
one thread.
"""

import json
import secrets
import socket
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import asdict
from datetime import datetime
from types import TracebackType
from typing import Self

from archiver import __version__
from archiver.config import AnySource, source_url
from archiver.folder import ArchiveFolder
from archiver.intake import recover
from archiver.recrawl import after_failure, next_due
from archiver.store import Store
from db import frontier, operations
from db.lookup import count_articles
from db.repeats import Validators, stored_capture
from db.schema import checkpoint
from db.times import time_text
from warc.errors import CannotStore
from warc.exchange import Exchange
from warc.reader import read_capture
from warc.record import Capture
from warc.writer import CONFORMS_TO, utc_now


class Session:
    """Opened by a command or by Scrapy itself; ``close`` ends it and writes the summary.

    Opening it recovers what a dead process left: ``recovered`` says what was found.
    """

    def __init__(
        self,
        folder: ArchiveFolder,
        *,
        command: str,
        sources: Mapping[str, AnySource] | None = None,
        obey_robots: bool = False,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self.folder = folder
        self.command = command
        self.sources = dict(sources or {})
        self.obey_robots = obey_robots
        self.now = now
        self.started_at = now()
        self.id = f"{self.started_at:%Y%m%dT%H%M%SZ}-{command}-{secrets.token_hex(4)}"
        self.counts: Counter[str] = Counter()
        self.source_errors: dict[str, str] = {}
        self.failure: Exception | None = None
        self._read: set[str] = set()
        with ExitStack() as on_error:
            self.database = folder.database()
            on_error.callback(self.database.close)
            self.recovered = recover(folder, self.database, now=now)
            scheduled = command == "crawl"
            self._store = Store(folder, self.database, info=self._warcinfo(), scheduled=scheduled, now=now)
            operations.start_crawl(self.database, self.id, at=time_text(self.started_at), sources=tuple(self.sources))
            on_error.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        del kind, trace
        self.close("interrupted" if isinstance(error, KeyboardInterrupt) else "failed" if error else "finished")

    def store_exchange(
        self, exchange: Exchange, *, source: str | None, via: str | None, asked_for: str | None = None
    ) -> Capture:
        """Store what crossed the wire; it is acknowledged by a later ``flush`` or ``commit``.

        ``asked_for`` is the record whose validators were sent. Raises CannotStore; nothing is stored then.
        """
        capture = self._store.exchange(exchange, fields={"source": source or "", "via": via or ""}, asked_for=asked_for)
        return self._counted(capture)

    def store_file(self, *, url: str, body: bytes, content_type: str) -> Capture:
        """Store a saved page or text as it is. Raises CannotStore."""
        capture = self._store.file(url=url, body=body, content_type=content_type)
        self.counts["pages"] += 1
        return self._counted(capture)

    def flush(self) -> None:
        """Acknowledge what is on disk by now. Raises CannotStore, CannotWrite."""
        self._store.flush()

    def commit(self) -> None:
        """Wait for the disk and acknowledge everything. Raises CannotStore, CannotWrite."""
        self._store.commit()

    def validators(self, url: str) -> Validators | None:
        """What to ask for this URL with, if it was captured before and archive.toml does not forbid it."""
        return self._store.validators(url) if self.folder.config.crawl.conditional else None

    def stored_answer(self, record_id: str) -> Capture | None:
        """A capture with its payload. Raises DamagedRecord, NoSuchFile."""
        known = stored_capture(self.database, record_id)
        return None if known is None else read_capture(self.folder.warc_dir, known.warc_file, known.warc_offset)

    def _counted(self, capture: Capture) -> Capture:
        self.counts["captures"] += 1
        self.counts["revisits"] += capture.record.type == "revisit"
        self.counts["bytes"] += capture.record.block.size
        return capture

    def discovered(self, source: str, urls: Iterable[str]) -> None:
        found = tuple(urls)
        new = frontier.discover(self.database, found, source=source, now=time_text(self.now()))
        self._read.add(source)
        self.counts["found"] += len(found)
        self.counts["new"] += new

    def due(self, sources: Iterable[str], *, limit: int | None = None) -> list[frontier.DuePage]:
        return frontier.due(self.database, now=time_text(self.now()), sources=tuple(sources), limit=limit)

    def page_captured(self, url: str, page: str) -> None:
        """Note it in the frontier, once the capture is on disk. ``page`` is its page id."""
        self.counts["pages"] += 1
        at = self.now()
        due = next_due(at, interval=self.folder.config.crawl.recrawl_after)
        self._store.page_done(
            frontier.CapturedPage(page_id=page, url=url, at=time_text(at), due_at=time_text(due.at), why=due.why)
        )

    def page_failed(self, url: str, reason: str) -> None:
        self.counts["failures"] += 1
        at, due_at, why = time_text(self.now()), None, None
        if self.command == "crawl":
            due = after_failure(self.now(), interval=self.folder.config.crawl.recrawl_after)
            due_at, why = time_text(due.at), due.why
        frontier.failed(self.database, url, at=at, crawl_id=self.id, reason=reason, due_at=due_at, why=why)

    def source_failed(self, name: str, url: str, reason: str) -> None:
        self.source_errors[name] = f"{url}: {reason}"

    def close(self, outcome: operations.CrawlState) -> None:
        """End the run: close the WARC file, write index, database and summary. Safe to call twice.

        Each step is taken even where the one before it failed, as on a full disk; the last error is raised.
        """
        if self._closed:
            return
        self._closed = True
        with ExitStack() as steps:  # taken from the last to the first
            steps.callback(self.database.close)
            steps.callback(self._end_crawl, outcome)
            steps.callback(self._store.close)

    _closed = False

    def _end_crawl(self, outcome: operations.CrawlState) -> None:
        ended_at = time_text(self.now())
        for name, source in self.sources.items():
            error = self.source_errors.get(name)
            tried = ended_at if error or name in self._read else None  # an interrupted run read only some
            url = source_url(source)
            operations.record_source(self.database, name, kind=source.kind, url=url, at=tried, error=error)
        counts = operations.CrawlCounts(
            discovered=self.counts["new"],
            captured=self.counts["pages"],
            articles=count_articles(self.database, self.id),
            failed=self.counts["failures"],
        )
        operations.finish_crawl(self.database, self.id, at=ended_at, counts=counts, state=outcome)
        checkpoint(self.database)
        self._write_summary(outcome, ended_at, counts)

    def _write_summary(self, outcome: str, ended_at: str, counts: operations.CrawlCounts) -> None:
        summary = {
            "id": self.id,
            "command": self.command,
            "started_at": time_text(self.started_at),
            "finished_at": ended_at,
            "state": outcome,
            "sources": list(self.sources),
            "source_errors": self.source_errors,
            **asdict(counts),
            "found": self.counts["found"],
            "records": self.counts["captures"],
            "revisits": self.counts["revisits"],
            "recovered": [one.file.name for one in self.recovered],
            "bytes": self.counts["bytes"],
        }
        path = self.folder.crawls_dir / f"{self.id}.json"
        try:
            path.parent.mkdir(exist_ok=True)
            path.write_text(json.dumps(summary, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        except OSError as error:
            raise CannotStore(path, error.strerror or str(error)) from error

    def _warcinfo(self) -> dict[str, str]:
        return {
            "software": f"archiver/{__version__}",
            "format": "WARC File Format 1.1",
            "conformsTo": CONFORMS_TO,
            "hostname": socket.gethostname(),
            "operator": self.folder.config.archive.operator,
            "robots": "obey" if self.obey_robots else "ignore",
            "http-header-user-agent": self.folder.config.crawl.user_agent,
            "isPartOf": self.id,
        }
