"""Runs the spider of one session in this process, once: Twisted's reactor cannot be started again."""

import logging
import signal
from collections.abc import Iterable
from dataclasses import dataclass, field

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

import archiver.settings as project_settings
from archiver.session import Session
from archiver.spiders.articles import ArticlesSpider
from db.ids import page_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """By page id: ``stored`` says for each page asked for the id of its final record, ``failed`` why there is none."""

    stored: dict[str, str] = field(default_factory=dict[str, str])
    failed: dict[str, str] = field(default_factory=dict[str, str])

    def of(self, url: str) -> tuple[str | None, str | None]:
        """Record id and failure of a page, by any form of its URL."""
        return self.stored.get(page_id(url)), self.failed.get(page_id(url))


def run_spider(session: Session, urls: Iterable[str] = ()) -> Outcome:
    """Fetch the given pages and what the session's sources have due. Logs into ``crawls/``.

    Raises KeyboardInterrupt if the run was stopped by a signal, CannotStore if the disk refused, and any error that
    kept the spider from starting.
    """
    settings = Settings()
    settings.setmodule(project_settings, priority="project")
    settings.setdict(
        project_settings.for_archive(session.folder.config, obey_robots=session.obey_robots), priority="cmdline"
    )
    settings.set("LOG_FILE", str(session.folder.crawls_dir / f"{session.id}.log"), priority="cmdline")
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(ArticlesSpider)
    process.crawl(crawler, session=session, urls=tuple(urls))
    process.start()
    for number, before in handlers.items():  # Scrapy's stay, and would tell a reactor that has ended
        signal.signal(number, before or signal.SIG_DFL)
    for handler in logging.root.handlers[:]:  # Scrapy's log file ends with its run
        logging.root.removeHandler(handler)
        handler.close()
    if session.failure:
        raise session.failure
    session.commit()
    if crawler.stats and crawler.stats.get_value("finish_reason") != "finished":  # a second signal leaves none
        raise KeyboardInterrupt
    spider = crawler.spider
    if not isinstance(spider, ArticlesSpider):
        raise TypeError(f"the spider did not start; see {session.id}.log in {session.folder.crawls_dir}")
    return Outcome(stored=spider.outcomes, failed=spider.failures)
