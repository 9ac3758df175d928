"""One crawl in a process of its own, for ``bench.capture``: ours, or plain Scrapy that stores nothing.

    python -m bench.child plain|ours DIR [--extract] [--profile FILE]

DIR is an archive whose archive.toml names the pages in sources of the kind ``list``. Both fetch the same pages by the
same settings. Ours ends when everything is acknowledged, extraction left out unless asked for. Prints figures as JSON;
the clock starts when the engine does, so that imports, the same for every length of a crawl, do not count.
"""

import argparse
import cProfile
import json
import logging
import sys
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any
from unittest.mock import patch

from scrapy import Request, Spider, signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.http import Response
from scrapy.settings import Settings

import archiver.settings as project_settings
from archiver.config import ListSource
from archiver.extraction import Job
from archiver.folder import ArchiveFolder, open_folder
from archiver.ingest import ingest_new
from archiver.run import run_spider
from archiver.session import Session
from archiver.workers import Workers

_TUNING = {"CONCURRENT_ITEMS", "SPIDER_MIDDLEWARES"}
"""What we set for speed alone: plain Scrapy has its own defaults. With ``--tuned`` it has them too."""


class Clock:
    """Scrapy extension: notes when the engine started. ``since`` is read when all is over."""

    started = 0.0
    started_cpu = 0.0
    profile: cProfile.Profile | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Clock":
        clock = cls()
        crawler.signals.connect(clock.start, signals.engine_started)
        return clock

    def start(self) -> None:
        Clock.started, Clock.started_cpu = time.perf_counter(), time.process_time()
        if Clock.profile:
            Clock.profile.enable()

    @classmethod
    def since(cls) -> dict[str, float]:
        if cls.profile:
            cls.profile.disable()
        return {"wall_s": time.perf_counter() - cls.started, "cpu_s": time.process_time() - cls.started_cpu}


class PlainSpider(Spider):
    """The least a spider can be: fetches, counts, forgets."""

    name = "plain"
    urls: tuple[str, ...]
    pages = 0

    async def start(self) -> AsyncIterator[Request]:
        for url in self.urls:
            yield Request(url, dont_filter=True)

    def parse(self, response: Response) -> None:
        del response
        self.pages += 1


def plain(folder: ArchiveFolder) -> dict[str, float]:
    settings = Settings()
    ours = vars(project_settings) | project_settings.for_archive(
        folder.config, obey_robots=folder.config.crawl.obey_robots
    )
    kept = {name: _foreign(value) for name, value in ours.items() if name.isupper() and name not in _TUNING}
    settings.setdict(kept, priority="project")
    settings.set("EXTENSIONS", {Clock: 0}, priority="cmdline")
    settings.set("LOG_FILE", str(folder.crawls_dir / "plain.log"), priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(PlainSpider)
    process.crawl(crawler, urls=_urls(folder))
    process.start()
    figures = Clock.since()
    return {"pages": getattr(crawler.spider, "pages", 0), **figures}


def _foreign(setting: Any) -> Any:
    """A setting without the components that are ours: what plain Scrapy would have."""
    if not isinstance(setting, dict):
        return setting
    return {key: value for key, value in setting.items() if "archiver." not in f"{key} {value}"}


def ours(folder: ArchiveFolder, *, extract: bool) -> dict[str, float]:
    """As ``archiver crawl`` does it, with the extraction behind it or without."""
    project_settings.EXTENSIONS[Clock] = 0  # type: ignore[index]  # a class stands for its path there
    config = folder.config
    with (
        folder.lock(),
        Session(folder, command="crawl", sources=config.sources, obey_robots=config.crawl.obey_robots) as session,
    ):
        run_spider(session)
    figures = {"pages": session.counts["pages"], **Clock.since()}
    return figures | ({"extracted": _extracted(folder)} if extract else {})


def _extracted(folder: ArchiveFolder) -> int:
    """Extract what waits for it; the number of pages that were taken apart, robots.txt not among them."""
    calls = 0
    real = Workers.in_order

    def counting(workers: Workers, function: Any, jobs: Iterable[Job], **named: Any) -> Any:
        nonlocal calls
        for job, result in real(workers, function, jobs, **named):
            calls += job.known is None and not job.row.url.endswith("/robots.txt")
            yield job, result

    with patch.object(Workers, "in_order", counting), closing(folder.database()) as database:
        ingest_new(folder, database)
    return calls


def _urls(folder: ArchiveFolder) -> tuple[str, ...]:
    lists = [source.urls for source in folder.config.sources.values() if isinstance(source, ListSource)]
    return tuple(url for urls in lists for url in urls)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=["plain", "ours"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--extract", action="store_true")
    parser.add_argument("--profile", type=Path, help="write cProfile's figures of the crawl there")
    options = parser.parse_args()
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    folder = open_folder(options.folder)
    if options.profile:
        Clock.profile = cProfile.Profile()
    figures = plain(folder) if options.kind == "plain" else ours(folder, extract=options.extract)
    if Clock.profile:
        Clock.profile.dump_stats(options.profile)
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
