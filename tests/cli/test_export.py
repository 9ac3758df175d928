"""``archiver export``: what it writes and says, and how it refuses."""

import json
import zipfile
from pathlib import Path

import pytest

from archiver.errors import Exit
from tests.cli.running import SEED, SEED_TEXT, archiver, make_archive

URL = "https://example.org/an-article/"
CONFIG = '[sources.news]\nkind = "list"\nurls = ["https://example.org/"]\n'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_archive(tmp_path_factory.mktemp("export") / "my-archive", CONFIG)
    assert archiver("-C", folder, "add", SEED_TEXT, "--url", URL).code == Exit.OK
    return folder


def package(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as wacz:
        described: dict[str, str] = json.loads(wacz.read("datapackage.json"))
        return described


def test_everything_is_packed_and_said_in_one_line(folder: Path, tmp_path: Path) -> None:
    done = archiver("-C", folder, "export", "wacz", "all.wacz", cwd=tmp_path)
    size = (tmp_path / "all.wacz").stat().st_size
    assert (done.code, done.out, done.err) == (Exit.OK, f"all.wacz: 1 capture, 1 page, {size} bytes\n", "")
    assert package(tmp_path / "all.wacz")["title"] == "my-archive"


def test_one_article_is_packed_by_a_part_of_its_title(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "one.wacz"
    out.write_bytes(b"an older one")
    command = ("-C", folder, "export", "wacz", out, "--article", "putin now fears", "--json")
    refused = archiver(*command)
    assert (refused.code, refused.out) == (Exit.USAGE, "")
    assert refused.err == f"archiver: {out} is there already; name another file, or replace it with --force\n"
    assert out.read_bytes() == b"an older one"
    done = archiver(*command, "--force")
    assert (done.code, done.err) == (Exit.OK, "")
    assert done.json == {"path": str(out), "bytes": out.stat().st_size, "captures": 1, "pages": 1}
    assert (package(out)["title"], package(out)["mainPageUrl"]) == (SEED["title"], URL)


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        pytest.param(
            ["--source", "nwes"], Exit.USAGE, "no source 'nwes'; the sources are: news", id="source that is none"
        ),
        pytest.param(
            ["--source", "news"],
            Exit.NOT_FOUND,
            "nothing to export: there are no captures of source news",
            id="source without captures",
        ),
        pytest.param(
            ["--article", "weather"],
            Exit.NOT_FOUND,
            "no article answers to 'weather', be it an id, a URL or a part of a title",
            id="article that is none",
        ),
        pytest.param(
            ["--source", "news", "--article", "putin"],
            Exit.USAGE,
            "give --source or --article, not both",
            id="two scopes",
        ),
    ],
)
def test_what_cannot_be_exported_is_said(
    folder: Path, tmp_path: Path, options: list[str], code: Exit, message: str
) -> None:
    done = archiver("-C", folder, "export", "wacz", tmp_path / "out.wacz", *options)
    assert (done.code, done.out, done.err) == (code, "", f"archiver: {message}\n")
    assert list(tmp_path.iterdir()) == []


def test_folder_that_is_not_there_is_said(folder: Path, tmp_path: Path) -> None:
    done = archiver("-C", folder, "export", "wacz", tmp_path / "no" / "out.wacz")
    assert (done.code, done.out) == (Exit.USAGE, "")
    assert done.err == f"archiver: {tmp_path / 'no' / 'out.wacz'}: there is no folder {tmp_path / 'no'}\n"
