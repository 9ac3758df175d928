"""The demo's own hands: what it removes, what it writes, what it reads back."""

import gzip
import tomllib
from pathlib import Path

import pytest

from archiver.config import template
from tests.demo import MARKER, MARKER_TEXT, Record, clear, head_of, with_source

FEED = "http://127.0.0.1:8000/feed/"
WANTED = {"kind": "feed", "url": FEED}


@pytest.mark.parametrize(
    "config",
    [
        "",
        "# nothing set\n",
        "[crawl]\n",
        "[crawl]  # how fast\nobey_robots = true\n",
        "[crawl]\ndelay_s = 5.0\n\n[archive]\nprefix = 'x'\n",
        "# [crawl]\n# delay_s = 5\n[sources]\n",
        template(),
    ],
    ids=["empty", "comment", "bare", "other key", "own delay", "commented out", "as init writes it"],
)
def test_source_and_delay_are_set(config: str) -> None:
    before, after = tomllib.loads(config), tomllib.loads(with_source(config, FEED))
    assert after["crawl"].pop("delay_s") == 0.1
    assert after["sources"] == {"fixture": WANTED}
    before.get("crawl", {}).pop("delay_s", None)
    assert after["crawl"] == before.get("crawl", {})
    assert after.get("archive") == before.get("archive")


def test_folder_of_an_earlier_demo_is_removed(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    folder.mkdir()
    (folder / MARKER).write_text(MARKER_TEXT, encoding="utf-8")
    clear(folder, keep=False)
    assert not folder.exists()
    clear(folder, keep=False)


@pytest.mark.parametrize("keep", [False, True], ids=["demo-archive", "--keep"])
def test_other_folder_is_refused_and_left(tmp_path: Path, capsys: pytest.CaptureFixture[str], keep: bool) -> None:  # noqa: FBT001 - a table's column
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    with pytest.raises(SystemExit) as caught:
        clear(tmp_path, keep=keep)
    assert caught.value.code == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert (tmp_path / "mine").exists()


def test_link_to_a_demo_folder_is_refused(tmp_path: Path) -> None:
    folder, link = tmp_path / "demo", tmp_path / "link"
    folder.mkdir()
    (folder / MARKER).write_text(MARKER_TEXT, encoding="utf-8")
    link.symlink_to(folder)
    with pytest.raises(SystemExit):
        clear(link, keep=False)
    assert (folder / MARKER).exists()


def test_record_is_read_at_its_offset(tmp_path: Path) -> None:
    first, second = (gzip.compress(text) for text in (b"first\r\nrecord", b"second\r\nrecord\r\n"))
    (tmp_path / "x.warc.gz").write_bytes(first + second)
    record = Record("x.warc.gz", len(first), len(second))
    assert head_of(tmp_path, record, 1) == ["second"]
