"""Scrapy settings. What a user may set is in archive.toml; ``for_archive`` carries it over."""

from typing import Any

from archiver.config import Config

BOT_NAME = "archiver"
SPIDER_MODULES = ["archiver.spiders"]
NEWSPIDER_MODULE = "archiver.spiders"

DOWNLOAD_HANDLERS = {
    "http": "archiver.capture.handler.RecordingDownloadHandler",
    "https": "archiver.capture.handler.RecordingDownloadHandler",
}
DOWNLOADER_MIDDLEWARES = {"archiver.capture.conditional.ConditionalRequests": 950}  # last before the download
SPIDER_MIDDLEWARES: dict[str, None] = {  # each wraps every answer, for what we do not use
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,
    "scrapy.spidermiddlewares.referer.RefererMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
}
CONCURRENT_ITEMS = 1  # Scrapy starts so many tasks for each answer; our spider yields no items
EXTENSIONS = {"archiver.capture.recorder.Recorder": 500}

COOKIES_ENABLED = False  # a capture should not depend on the ones before it
HTTPERROR_ALLOW_ALL = True  # a 404 is a capture with its verdict, not an error
DOWNLOAD_VERIFY_CERTIFICATES = False  # sites with expired certificates are worth keeping too
DOWNLOAD_FAIL_ON_DATALOSS = False  # a cut-off body is stored and marked
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY_JITTER = 0.0  # the delay is a promise, not a mean
METAREFRESH_ENABLED = False  # a page that reloads itself is a page; following it would fetch it again and again
URLLENGTH_LIMIT = 0  # a long URL is not to be dropped without a word
RETRY_GIVE_UP_LOG_LEVEL = "WARNING"
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
LOG_LEVEL = "INFO"


def for_archive(config: Config, *, obey_robots: bool) -> dict[str, Any]:
    """The settings of one run, by the archive's configuration."""
    crawl = config.crawl
    return {
        "USER_AGENT": crawl.user_agent,
        "DOWNLOAD_DELAY": crawl.delay_s,
        "DOWNLOAD_TIMEOUT": crawl.timeout_s,
        "DOWNLOAD_MAXSIZE": crawl.max_body_mb * 1_000_000,
        "RETRY_TIMES": crawl.retries,
        "ROBOTSTXT_OBEY": obey_robots,
    }
