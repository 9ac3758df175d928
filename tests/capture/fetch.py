"""Fetches requests through the recording handler, one after the other, in a process of its own.

Those that have to wait for a time-out run at the same time, at the end.

Reads one JSON object from standard input and writes one pickled dictionary for each exchange and each outcome.
"""

import asyncio
import json
import pickle
import sys
from collections.abc import AsyncIterator
from dataclasses import fields
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

import archiver.settings as project_settings
from archiver.capture.signals import exchange_ended
from warc.exchange import Exchange


class FetchSpider(Spider):
    name = "fetch"
    wanted: list[dict[str, Any]]

    async def start(self) -> AsyncIterator[Request]:
        slow = [one for one in self.wanted if "download_timeout" in one["meta"]]
        for one in self.wanted:
            if one not in slow:
                await self._fetch(one)
        await asyncio.gather(*map(self._fetch, slow))
        for nothing in list[Request]():  # an async generator without a request to give
            yield nothing

    async def _fetch(self, one: dict[str, Any]) -> None:
        engine: Any = self.crawler.engine
        request = Request(one["url"], method=one["method"], body=b"upload " * (one["sent"] // 7), meta=one["meta"])
        try:
            response = await engine.download_async(request)
        except Exception as error:  # noqa: BLE001 - its name is the outcome
            _write(kind="outcome", url=one["url"], error=type(error).__name__)
        else:
            _write(kind="outcome", url=one["url"], status=response.status, body=response.body[:10_000])


def _noted(exchange: Exchange, request: Request) -> None:
    values = {one.name: getattr(exchange, one.name) for one in fields(exchange)}
    for name in ("request", "response"):
        values[name] = bytes(getattr(exchange, name))
    _write(kind="exchange", asked=request.url, **values)


def _write(**values: Any) -> None:
    pickle.dump(values, sys.stdout.buffer)


def main() -> None:
    task = json.load(sys.stdin)
    settings = Settings()
    settings.setmodule(project_settings, priority="project")
    settings.set("SPIDER_MODULES", [], priority="project")  # the project's own are not asked for
    settings.setdict(task["settings"], priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(FetchSpider)
    crawler.signals.connect(_noted, exchange_ended, weak=False)
    process.crawl(crawler, wanted=task["wanted"])
    process.start()


if __name__ == "__main__":
    main()
