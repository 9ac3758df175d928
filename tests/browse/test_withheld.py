"""Plain Datasette on an archive's database: denied where archive.toml withholds something, with what to do instead."""

import asyncio
from contextlib import closing
from pathlib import Path

import pytest
from datasette.app import Datasette

from archiver.folder import ArchiveFolder, make_folder
from db.load import load_many
from tests.db.histories import article, comment

WITHHOLDING = '[withhold]\n"https://example.org/none/" = "court order 1/24"\n'
PATHS = [
    "/archive",
    "/archive.json",
    "/archive/articles",
    "/archive/articles.json?_shape=array",
    "/archive/articles.csv",
    "/archive/comments_fts",
    "/archive?sql=select+text+from+articles",
    "/archive.json?sql=select+text+from+articles",
    "/archive/thread?article=x",
    "/archive/proof.json?article=x",
    "/archive.db",
    "/_memory?sql=select+text+from+[archive].articles",
]


@pytest.fixture
def folder(tmp_path: Path) -> ArchiveFolder:
    folder = make_folder(tmp_path / "my-archive")
    with closing(folder.database()) as database:
        load_many(database, [article(1, comment("a SECRET comment"), text="a SECRET text", title="a SECRET title")])
    return folder


def answers(database: Path, *paths: str, immutable: bool = False) -> list[tuple[int, str]]:
    """Status and body of what Datasette says to someone without a name."""
    files = [] if immutable else [str(database)]

    async def ask() -> list[tuple[int, str]]:
        datasette = Datasette(files, immutables=[str(database)] if immutable else [], crossdb=True)
        await datasette.invoke_startup()
        found = [await datasette.client.get(path, follow_redirects=True) for path in paths]
        return [(one.status_code, one.text) for one in found]

    return asyncio.run(ask())


@pytest.mark.parametrize("immutable", [False, True], ids=["mutable", "immutable"])
def test_archive_that_withholds_is_denied(folder: ArchiveFolder, *, immutable: bool) -> None:
    (folder.root / "archive.toml").write_text(WITHHOLDING)
    for path, (status, body) in zip(PATHS, answers(folder.database_path, *PATHS, immutable=immutable), strict=True):
        assert (path, status) == (path, 403)
        assert "archiver serve" in body
        assert "SECRET" not in body


def test_front_page_of_an_archive_that_withholds_names_nothing(folder: ArchiveFolder) -> None:
    (folder.root / "archive.toml").write_text(WITHHOLDING)
    for status, body in answers(folder.database_path, "/", "/.json", "/-/databases.json"):
        assert status == 200
        assert "articles" not in body
        assert "SECRET" not in body


def test_link_to_an_archive_that_withholds_is_denied(folder: ArchiveFolder, tmp_path: Path) -> None:
    (folder.root / "archive.toml").write_text(WITHHOLDING)
    link = tmp_path / "archive.db"
    link.symlink_to(folder.database_path)
    assert answers(link, "/archive/articles")[0][0] == 403


@pytest.mark.parametrize("config", ["", "[withhold]\n", None], ids=["nothing said", "empty table", "no file"])
def test_archive_that_withholds_nothing_is_shown(folder: ArchiveFolder, config: str | None) -> None:
    place = folder.root / "archive.toml"
    place.unlink() if config is None else place.write_text(config)
    for status, body in answers(folder.database_path, "/archive/articles.json", PATHS[-1]):
        assert status == 200
        assert "SECRET" in body


def test_settings_that_cannot_be_read_deny(folder: ArchiveFolder) -> None:
    (folder.root / "archive.toml").write_text("[withhold\n")
    [(status, body)] = answers(folder.database_path, "/archive/articles")
    assert status == 403
    assert "cannot be read" in body
    (folder.root / "archive.toml").write_text("")
    assert answers(folder.database_path, "/archive/articles")[0][0] == 200
