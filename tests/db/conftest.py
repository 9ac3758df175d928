"""Databases for the tests of the database package."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from db.schema import open_database
from tests.db.histories import memory_database


@pytest.fixture
def db() -> Iterator[Database]:
    """An empty archive database in memory."""
    with closing(memory_database()) as database:
        yield database


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Database]:
    """An empty archive database in a file."""
    with closing(open_database(tmp_path / "archive.db", create=True)) as database:
        yield database
