"""An export is in its place whole, or not at all; nothing else is ever replaced."""

import errno
import os
from contextlib import ExitStack
from pathlib import Path

import pytest

from archiver.errors import UsageError
from archiver.exports.placing import MARK, check_place, placed_file, placed_folder
from warc.errors import CannotStore


def write(out: Path, text: str, *, folder: bool, error: BaseException | None = None) -> None:
    """An export that comes to its end, or to an error half-way."""
    with ExitStack() as stack:
        if folder:
            (stack.enter_context(placed_folder(out, kind="csv")) / "a.csv").write_text(text)
        else:
            stack.enter_context(placed_file(out)).write(text.encode())
        if error is not None:
            raise error


def write_folder(out: Path, text: str) -> None:
    write(out, text, folder=True)


def test_file_is_placed(tmp_path: Path) -> None:
    with placed_file(tmp_path / "out") as stream:
        stream.write(b"new")
        assert not (tmp_path / "out").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert (tmp_path / "out").read_bytes() == b"new"


def test_folder_is_placed_and_replaced(tmp_path: Path) -> None:
    for text in ("old", "new"):
        write_folder(tmp_path / "out", text)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"a.csv", MARK}
    assert (tmp_path / "out" / "a.csv").read_text() == "new"


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError], ids=["interrupted", "bug"])
@pytest.mark.parametrize("folder", [False, True], ids=["file", "folder"])
def test_interrupted_export_leaves_what_was_there(tmp_path: Path, error: type[BaseException], *, folder: bool) -> None:
    out = tmp_path / "out"
    write(out, "old", folder=folder)
    with pytest.raises(error):
        write(out, "new", folder=folder, error=error())
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert (out / "a.csv" if folder else out).read_text() == "old"


@pytest.mark.parametrize("folder", [False, True], ids=["file", "folder"])
def test_full_disk_is_said_and_leaves_nothing(tmp_path: Path, *, folder: bool) -> None:
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    with pytest.raises(CannotStore, match=r"cannot store into .*out: No space left on device"):
        write(tmp_path / "out", "new", folder=folder, error=full)
    assert list(tmp_path.iterdir()) == []


def test_folder_that_cannot_be_put_in_place_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_folder(tmp_path / "out", "old")
    rename = Path.rename

    def failing(path: Path, target: Path) -> Path:
        if path.name == "out" or "replaced" in path.name:  # all but the draft
            return rename(path, target)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(CannotStore):
        write_folder(tmp_path / "out", "new")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert (tmp_path / "out" / "a.csv").read_text() == "old"


@pytest.mark.parametrize(
    ("made", "folder", "force", "message"),
    [
        pytest.param("file", False, False, "already; name another file, or replace it with --force", id="file"),
        pytest.param("file", False, True, None, id="file, forced"),
        pytest.param("file", True, True, "already and is not a folder; name another place", id="file for folder"),
        pytest.param("other", False, True, "is there already and is not a file", id="folder for file"),
        pytest.param("pipe", False, True, "is there already and is not a file", id="pipe, or device, for file"),
        pytest.param("other", True, False, "name another folder, or replace it with --force", id="folder"),
        pytest.param("other", True, True, "holds other things than an export", id="folder of something else"),
        pytest.param("export", True, False, "or replace it with --force", id="export"),
        pytest.param("export", True, True, None, id="export, forced"),
        pytest.param("empty", True, False, None, id="empty folder"),
        pytest.param("nothing", True, False, None, id="new folder"),
        pytest.param("nothing", False, False, None, id="new file"),
    ],
)
def test_place(tmp_path: Path, made: str, message: str | None, *, folder: bool, force: bool) -> None:
    out = tmp_path / "out"
    match made:
        case "file":
            out.write_text("x")
        case "other":
            out.mkdir()
            (out / "letters.txt").write_text("x")
        case "pipe":
            os.mkfifo(out)
        case "export":
            write_folder(out, "x")
        case "empty":
            out.mkdir()
        case _:
            pass
    if message is None:
        check_place(out, force=force, folder=folder)
        return
    with pytest.raises(UsageError, match=message):
        check_place(out, force=force, folder=folder)


def test_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    write_folder(tmp_path / "out", "new")
    assert (tmp_path / "out" / "a.csv").read_text() == "new"


def test_folder_above_has_to_be_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=f"there is no folder {tmp_path / 'none'}"):
        check_place(tmp_path / "none" / "out", force=False, folder=True)
