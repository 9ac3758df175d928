"""One archive for the whole suite: making it is most of the time it takes."""

from collections.abc import Iterator

import pytest

from tests.acceptance.made import Archive, make
from tests.acceptance.tools import Wayback, run_wayback


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return make(tmp_path_factory.mktemp("made") / "archive")


@pytest.fixture(scope="session")
def wayback(archive: Archive, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wayback]:
    """One pywb with the archive folder itself as the collection ``archive``."""
    root = tmp_path_factory.mktemp("wayback")
    (root / "collections").mkdir()
    (root / "collections" / "archive").symlink_to(archive.folder)
    with run_wayback(root) as running:
        yield running
