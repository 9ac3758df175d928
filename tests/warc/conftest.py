"""A writer with a fixed clock and counted ids, and exchanges to write."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from warc.block import Block
from warc.errors import CannotStore
from warc.exchange import Exchange
from warc.writer import CaptureWriter, WriterSettings

MOMENT = datetime(2017, 2, 24, 16, 5, 0, 123456, tzinfo=UTC)


@pytest.fixture
def make_writer(tmp_path: Path) -> Iterator[Callable[..., CaptureWriter]]:
    ids = count(1)
    made: list[CaptureWriter] = []

    def make(**settings: Any) -> CaptureWriter:
        info = {"software": "archiver/test", "isPartOf": "crawl-1"}
        writer = CaptureWriter(
            WriterSettings(directory=tmp_path / "archive", prefix="test", info=info, **settings),
            now=lambda: MOMENT,
            new_id=lambda: f"urn:uuid:00000000-0000-4000-8000-{next(ids):012}",
        )
        made.append(writer)
        return writer

    yield make
    for writer in made:
        with suppress(CannotStore):  # where a test has filled the disk
            writer.close()


def exchange(
    response: bytes = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>hello", url: str = "http://a.example/"
) -> Exchange:
    return Exchange(
        url=url,
        started_at=MOMENT,
        request=Block(b"GET / HTTP/1.1\r\nHost: a.example\r\n\r\n"),
        response=Block(response),
        ip_address="127.0.0.1",
    )
