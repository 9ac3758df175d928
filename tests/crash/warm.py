"""Imported once by the server that struck processes are forked from: does what each crawl would do at its start.

Scrapy loads its parts by name when it starts, and trafilatura its word lists with the first page.
"""

from contextlib import suppress
from datetime import UTC, datetime
from importlib import import_module

from scrapy.settings import BaseSettings, Settings
from scrapy.utils.misc import load_object

from archiver.extract.page import extract

_PAGE = b"<html><body><article><h1>Snow</h1><p>Snow fell on the quay, and the ferry stayed.</p></article></body></html>"


def _names(settings: BaseSettings) -> list[str]:
    names: list[str] = []
    for value in settings.values():
        if isinstance(value, BaseSettings):
            names += [key for key in value if isinstance(key, str)]
        elif isinstance(value, str) and value.startswith("scrapy."):
            names.append(value)
    return names


for module in (
    "archiver.capture.conditional",
    "archiver.capture.handler",
    "archiver.capture.recorder",
    "archiver.commands.crawl",
    "archiver.commands.rebuild",
    "archiver.commands.verify",
    "tests.crash.child",
):
    with suppress(ModuleNotFoundError):
        import_module(module)
for name in _names(Settings()):
    with suppress(ImportError, ValueError, NameError):  # what is not installed, or not for this platform
        load_object(name)
extract(_PAGE, url="http://127.0.0.1/", status=200, headers=(), captured_at=datetime.fromtimestamp(0, UTC))
