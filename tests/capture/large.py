"""Downloads one large body in a process of its own, plainly or archiving it, and prints its peak of memory in MB.

python -m tests.capture.large plain|archive URL FOLDER
"""

import resource
import sys
from collections.abc import AsyncIterator
from pathlib import Path

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

import archiver.settings as project_settings
from archiver.folder import open_folder
from archiver.run import run_spider
from archiver.session import Session


class PlainSpider(Spider):
    name = "plain"
    url: str

    async def start(self) -> AsyncIterator[Request]:
        yield Request(self.url)


def main() -> None:
    mode, url, directory = sys.argv[1:]
    folder = open_folder(Path(directory))
    if mode == "archive":
        with Session(folder, command="add") as session:
            outcome = run_spider(session, [url])
        if not outcome.stored:
            raise SystemExit(f"nothing was stored: {outcome.failed}")
    else:
        ours = project_settings.for_archive(folder.config, obey_robots=False)
        process = AsyncCrawlerProcess(Settings(ours))
        process.crawl(PlainSpider, url=url)
        process.start()
    unit = 1_000_000 if sys.platform == "darwin" else 1000
    sys.stdout.write(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit}\n")


if __name__ == "__main__":
    main()
