"""One run of the program over an archive: its id, its WARC file, its counts, and what it tells the database.

A capture is acknowledged (database, frontier) only after its records are on disk. The index is written when the run
ends. Use from one thread.
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
from archiver.recrawl import after_failure, next_due
from archiver.rows import capture_row
from db import frontier, operations
from db.load import acknowledge
from db.lookup import count_articles
from db.schema import checkpoint
from db.times import time_text
from warc.cdxj import add_to_index, cdxj_line
from warc.errors import CannotStore
from warc.exchange import Exchange
from warc.record import Capture
from warc.writer import CONFORMS_TO, CaptureWriter, WriterSettings, utc_now


class Session:
    """Opened by a command or by Scrapy itself; ``close`` ends it and writes the summary."""

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
        self._lines: list[str] = []
        self._read: set[str] = set()
        self.database = folder.database()
        self._writer = CaptureWriter(
            WriterSettings(
                directory=folder.warc_dir,
                prefix=folder.config.warc.prefix,
                info=self._warcinfo(),
                max_file_bytes=folder.config.warc.max_file_mb * 1_000_000,
            ),
            now=now,
        )
        operations.start_crawl(self.database, self.id, at=time_text(self.started_at), sources=tuple(self.sources))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        del kind, trace
        self.close("interrupted" if isinstance(error, KeyboardInterrupt) else "failed" if error else "finished")

    def store_exchange(self, exchange: Exchange, *, source: str | None, via: str | None) -> Capture:
        """Raises CannotStore; nothing of this exchange is acknowledged then."""
        fields = {"source": source or "", "via": via or ""}
        return self._acknowledge(self._writer.write_exchange(exchange, fields=fields))

    def store_file(self, *, url: str, body: bytes, content_type: str) -> Capture:
        """Store a saved page or text as it is. Raises CannotStore."""
        capture = self._writer.write_resource(url=url, body=body, content_type=content_type, at=self.now(), fields={})
        self.counts["pages"] += 1
        return self._acknowledge(capture)

    def _acknowledge(self, capture: Capture) -> Capture:
        acknowledge(self.database, capture_row(capture))
        self._lines.append(cdxj_line(capture))
        self.counts["captures"] += 1
        self.counts["bytes"] += len(capture.record.block)
        return capture

    def discovered(self, source: str, urls: Iterable[str]) -> None:
        found = tuple(urls)
        new = frontier.discover(self.database, found, source=source, now=time_text(self.now()))
        self._read.add(source)
        self.counts["found"] += len(found)
        self.counts["new"] += new

    def due(self, sources: Iterable[str]) -> list[frontier.DuePage]:
        return frontier.due(self.database, now=time_text(self.now()), sources=tuple(sources), limit=None)

    def page_captured(self, url: str) -> None:
        self.counts["pages"] += 1
        if self.command != "crawl":
            frontier.seen(self.database, url, at=time_text(self.now()))
            return
        due = next_due(self.now(), interval=self.folder.config.crawl.recrawl_after)
        frontier.captured(self.database, url, at=time_text(self.now()), due_at=time_text(due.at), why=due.why)

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
            steps.callback(add_to_index, self.folder.index_path, self._lines)
            steps.callback(self._writer.close)

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
