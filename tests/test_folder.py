"""The archive folder: found in the right order, made without harm, locked by one run at a time."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from archiver.errors import ConfigError, CrawlLocked, UsageError
from archiver.folder import find_folder, make_folder, open_folder
from db.errors import NotFound
from db.load import load_many
from db.read import find_article
from tests.db.histories import URL, article, comment
from warc.errors import CannotStore

HOLDER = """
import sys
from pathlib import Path
from archiver.folder import open_folder
with open_folder(Path(sys.argv[1])).lock():
    print("locked", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def folders(tmp_path: Path) -> dict[str, Path]:
    """Three archives, told apart by their operator."""
    made = {name: tmp_path / name for name in ("given", "named", "current")}
    for name, root in made.items():
        make_folder(root)
        (root / "archive.toml").write_text(f"[archive]\noperator = '{name}'\n")
    return made


def test_given_folder_comes_first(folders: dict[str, Path]) -> None:
    environment = {"ARCHIVER_DIR": str(folders["named"])}
    assert find_folder(folders["given"], environment, folders["current"]).config.archive.operator == "given"


def test_current_folder_comes_before_the_environment(folders: dict[str, Path]) -> None:
    environment = {"ARCHIVER_DIR": str(folders["named"])}
    assert find_folder(None, environment, folders["current"]).config.archive.operator == "current"


def test_environment_names_the_folder_elsewhere(folders: dict[str, Path], tmp_path: Path) -> None:
    environment = {"ARCHIVER_DIR": str(folders["named"])}
    assert find_folder(None, environment, tmp_path).config.archive.operator == "named"


@pytest.mark.parametrize("environment", [{}, {"ARCHIVER_DIR": ""}], ids=["unset", "empty"])
def test_no_folder_says_what_to_do(tmp_path: Path, environment: dict[str, str]) -> None:
    with pytest.raises(UsageError, match=r"no archive.toml in .*; make an archive with 'archiver init'.*-C DIR"):
        find_folder(None, environment, tmp_path)


@pytest.mark.parametrize("name", ["no such folder", "file", "x" * 300], ids=["missing", "file", "too long"])
def test_folder_that_is_none_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match=r"not found; make an archive there|File name too long"):
        find_folder(tmp_path / name, {}, tmp_path)


def test_root_is_absolute(folders: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folders["given"].parent)
    assert open_folder(Path("given")).root == folders["given"].resolve()


def test_new_folder_has_all_its_parts(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "deep" / "archive")
    folder.database().close()
    names = {path.name for path in folder.root.iterdir()}
    assert {"archive", "archive.db", "archive.toml", "crawls", "fixity", "indexes"} <= names


def test_making_it_twice_keeps_the_settings(tmp_path: Path) -> None:
    make_folder(tmp_path)
    (tmp_path / "archive.toml").write_text("[crawl]\nretries = 7\n")
    (tmp_path / "archive" / "kept").touch()
    assert make_folder(tmp_path).config.crawl.retries == 7
    assert (tmp_path / "archive" / "kept").exists()


def test_making_it_over_broken_settings_names_them(tmp_path: Path) -> None:
    (tmp_path / "archive.toml").write_text("[crawl\n")
    with pytest.raises(ConfigError, match="not valid TOML"):
        make_folder(tmp_path)


@pytest.mark.parametrize("in_the_way", ["root", "root/archive"])
def test_file_in_the_way_is_named(tmp_path: Path, in_the_way: str) -> None:
    path = tmp_path / in_the_way
    path.parent.mkdir(exist_ok=True)
    path.touch()
    with pytest.raises(CannotStore, match=r"cannot store into .*root: (File exists|Not a directory)"):
        make_folder(tmp_path / "root")
    assert not (tmp_path / "root" / "archive.toml").exists()


@contextmanager
def _holder(root: Path) -> Iterator[int]:
    """Another process that holds the lock while the block runs."""
    command = [sys.executable, "-c", HOLDER, str(root)]
    with subprocess.Popen(  # noqa: S603 - our own program
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "locked\n"
        yield process.pid


def test_second_run_is_turned_away(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    with (
        _holder(tmp_path) as pid,
        pytest.raises(CrawlLocked, match=rf"process {pid}\) holds .*crawls/lock"),
        folder.lock(),
    ):
        pytest.fail("the lock is held")
    with folder.lock():
        assert (tmp_path / "crawls" / "lock").read_text() == f"{os.getpid()}\n"


def test_lock_is_free_again_after_an_error(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    with pytest.raises(OSError, match="from inside"), folder.lock():
        raise OSError("from inside")
    with folder.lock(), pytest.raises(CrawlLocked), folder.lock():
        pytest.fail("the lock is held by ourselves")


def test_lock_makes_its_folder(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    folder.crawls_dir.rmdir()
    with folder.lock():
        assert (tmp_path / "crawls" / "lock").exists()


def test_lock_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    folder.crawls_dir.rmdir()
    folder.crawls_dir.touch()
    with pytest.raises(CannotStore, match=r"cannot store into .*lock"), folder.lock():
        pytest.fail("there is no lock")


@pytest.mark.parametrize("read_only", [False, True], ids=["to write", "read only"])
def test_what_is_withheld_is_hidden_from_every_connection(tmp_path: Path, *, read_only: bool) -> None:
    folder = make_folder(tmp_path)
    with closing(folder.database()) as database:
        load_many(database, [article(1, comment("one", id_="c1"))])
        assert find_article(database, URL)["title"] == "Hoist"
    with (tmp_path / "archive.toml").open("a", encoding="utf-8") as config:
        config.write(f'[withhold]\n"{URL}?utm_source=x" = "court order 1/24"\n')
    folder = open_folder(tmp_path)
    with closing(folder.database(read_only=read_only)) as database, pytest.raises(NotFound, match="is withheld"):
        find_article(database, URL)
