"""Files that a dead process left, cut anywhere: whole records kept, the tail set aside, again and again the same."""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.warc.made import crawl, member, packed, record
from warc import recover
from warc.errors import CannotStore
from warc.openfile import ClosedFile, sync_directory
from warc.reader import iter_captures, iter_records, warc_files
from warc.record import Capture
from warc.recover import TakenIn, take_in_all
from warc.verify import check_file


class Books:
    """What recovery enters captures and files into: sets, as index, database and manifest are."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.captures = dict[str, Capture]()
        self.files = dict[str, ClosedFile]()

    def enter(self, captures: list[Capture]) -> None:
        self.captures.update({one.record.id: one for one in captures})

    def close(self, file: ClosedFile) -> None:
        self.files[file.name] = file

    def recover(self) -> list[TakenIn]:
        return list(take_in_all(self.directory, self.files, on_captures=self.enter, on_file=self.close))

    @property
    def names(self) -> list[str]:
        return sorted(path.name for path in self.directory.iterdir())


@pytest.fixture
def books(tmp_path: Path) -> Books:
    return Books(tmp_path)


@pytest.fixture(autouse=True)
def _unsynced(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a sync is good for, the crash tests show."""
    monkeypatch.setattr(os, "fsync", lambda _: None)
    monkeypatch.setattr(recover, "fsync", lambda _: None)


def left_open(directory: Path) -> tuple[Path, list[Capture]]:
    """A file as a killed run leaves it, all of it written."""
    captures = crawl(directory, [b"<p>one", b"<p>two", b"<p>" + bytes(range(256))])
    path = directory / captures[0].record.file
    return path.rename(path.with_name(path.name + ".open")), captures


def test_file_cut_at_any_byte_of_its_last_capture_is_recovered(tmp_path: Path) -> None:
    source, captures = left_open(tmp_path / "made")
    data = source.read_bytes()
    records = list(iter_records(source))
    ends = [one.offset + one.length for one in records]
    last = captures[-1].record.offset
    cuts = {place + by for place in ends for by in (-9, -8, -1, 0, 1, 3, 10, 18)} | {*range(last, len(data), 17)}
    for cut in sorted(cut for cut in cuts if last <= cut <= len(data)):
        books = Books(tmp_path / f"cut-{cut}")
        books.directory.mkdir()
        (books.directory / source.name).write_bytes(data[:cut])
        [taken] = books.recover()
        end = max(one for one in ends if one <= cut)
        kept = books.directory / source.name.removesuffix(".open")
        assert kept.read_bytes() == data[:end]
        assert taken.was_open
        assert (taken.damage, taken.captures) == ((), sum(one.record.offset < end for one in captures))
        assert [one.record for one in books.captures.values()] == [
            one.record for one in captures if one.record.offset < end
        ]
        assert taken.torn_bytes == cut - end
        if cut == end:
            assert (taken.torn, books.names) == (None, [kept.name])
        else:
            assert taken.torn is not None
            assert taken.torn.name == kept.name.removesuffix(".warc.gz") + ".torn"
            assert taken.torn.read_bytes() == data[end:cut]
        report = check_file(kept)
        assert (report.findings, report.file) == ([], books.files[kept.name])
        assert books.recover() == [], "once is enough"


TAILS: dict[str, tuple[Callable[[bytes, int], bytes], int]] = {
    "zeros, as after power loss": (lambda data, end: data[:end] + bytes(4096), 2),
    "zeros in the last capture": (lambda data, end: data[: end + 30] + bytes(4096), 2),
    "nothing but zeros": (lambda data, _: bytes(len(data)), 0),
    "nothing": (lambda _, __: b"", 0),
    "first record cut": (lambda data, _: data[:100], 0),
    "only the first record": (lambda data, _: data[: data.index(b"\x1f\x8b\x08", 20)], 0),
    "damage in the middle": (lambda data, end: data[: end - 20] + b"xxxx" + data[end - 16 :], 2),
}


@pytest.mark.parametrize(("make", "kept"), TAILS.values(), ids=TAILS)
def test_file_of_any_end_loses_nothing(
    tmp_path: Path, books: Books, make: Callable[[bytes, int], bytes], kept: int
) -> None:
    path, captures = left_open(tmp_path)
    data = make(path.read_bytes(), captures[-1].record.offset)
    path.write_bytes(data)
    [taken] = books.recover()
    final = path.with_name(taken.file.name)
    whole = final.read_bytes() if final.exists() else b""
    torn = taken.torn.read_bytes() if taken.torn else b""
    assert whole + torn == data, "not a byte is lost"
    assert len(books.captures) >= kept
    assert not path.exists()
    if final.exists():
        assert books.files[final.name] == check_file(final).file
        assert [one.record.id for one in iter_captures(final)] == [*books.captures] if not taken.damage else True
    else:
        assert books.files == {}
    assert books.recover() == []


def test_damage_in_the_middle_is_told_and_stays(tmp_path: Path, books: Books) -> None:
    path, captures = left_open(tmp_path)
    data = bytearray(path.read_bytes())
    data[captures[1].record.offset + 30] ^= 0xFF
    path.write_bytes(data)
    [taken] = books.recover()
    assert [one.offset for one in taken.damage] == [captures[1].record.offset]
    assert (taken.torn, taken.captures) == (None, 2)
    assert (tmp_path / taken.file.name).read_bytes() == data


def _kill(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def _killed_after(function: Callable[..., object]) -> Callable[..., None]:
    def run(*args: object) -> None:
        function(*args)
        raise KeyboardInterrupt

    return run


STEPS: dict[str, Callable[[pytest.MonkeyPatch, Books], None]] = {
    "before the captures are entered": lambda patch, books: patch.setattr(books, "enter", _kill),
    "after the captures are entered": lambda patch, books: patch.setattr(books, "enter", _killed_after(books.enter)),
    "before the tail is set aside": lambda patch, _: patch.setattr(recover, "_set_aside", _kill),
    "while the tail is set aside": lambda patch, _: patch.setattr(os, "fsync", _kill),
    "before the tail is cut off": lambda patch, _: patch.setattr(
        "warc.recover.sync_directory", _killed_after(sync_directory)
    ),
    "after the tail is cut off": lambda patch, _: patch.setattr(
        recover, "_set_aside", _killed_after(recover._set_aside)
    ),
    "before the file is closed": lambda patch, _: patch.setattr(recover, "_close", _kill),
    "after the file is closed": lambda patch, _: patch.setattr(recover, "_close", _killed_after(recover._close)),
    "before the manifest is written": lambda patch, books: patch.setattr(books, "close", _kill),
    "after the manifest is written": lambda patch, books: patch.setattr(books, "close", _killed_after(books.close)),
}


@pytest.mark.parametrize("kill", STEPS.values(), ids=STEPS)
def test_recovery_killed_at_any_step_is_taken_up(
    tmp_path: Path, books: Books, kill: Callable[[pytest.MonkeyPatch, Books], None]
) -> None:
    path, captures = left_open(tmp_path)
    data = path.read_bytes()[:-20]
    path.write_bytes(data)
    with pytest.MonkeyPatch.context() as patch:
        kill(patch, books)
        with pytest.raises(KeyboardInterrupt):
            books.recover()
    books.recover()
    final = path.with_name(path.name.removesuffix(".open"))
    [torn] = tmp_path.glob("*.torn")
    assert final.read_bytes() + torn.read_bytes() == data
    assert [*books.captures] == [one.record.id for one in captures]
    assert books.files == {final.name: check_file(final).file}
    assert {one.removesuffix(".new") for one in books.names} == {final.name, torn.name}
    assert books.recover() == []


def test_second_torn_tail_of_a_name_gets_a_number(tmp_path: Path, books: Books) -> None:
    path, _ = left_open(tmp_path)
    data = path.read_bytes()
    path.write_bytes(data[:-20])
    torn = path.with_name(path.name.removesuffix(".warc.gz.open") + ".torn")
    torn.write_bytes(b"of another day")
    [taken] = books.recover()
    assert torn.read_bytes() == b"of another day"
    assert taken.torn is not None
    assert taken.torn.name == torn.name.removesuffix(".torn") + "-2.torn"


def test_file_that_a_living_process_holds_is_left_alone(tmp_path: Path, books: Books) -> None:
    path, _ = left_open(tmp_path)
    data = path.read_bytes()[:-20]
    path.write_bytes(data)
    with path.open("rb") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        assert books.recover() == []
        assert (path.read_bytes(), books.captures, books.files) == (data, {}, {})
    assert len(books.recover()) == 1


def test_closed_file_that_is_new_is_taken_in_as_it_is(tmp_path: Path, books: Books) -> None:
    data = packed([record(1)]) + member(record(2))[:-3]
    (tmp_path / "x.warc.gz").write_bytes(data)
    [taken] = books.recover()
    assert (taken.was_open, taken.torn, taken.captures) == (False, None, 1)
    assert [one.offset for one in taken.damage] == [len(packed([record(1)]))]
    assert (tmp_path / "x.warc.gz").read_bytes() == data
    assert books.recover() == []


def test_file_whose_final_name_is_taken_is_not_written_over(tmp_path: Path, books: Books) -> None:
    path, _ = left_open(tmp_path)
    final = path.with_name(path.name.removesuffix(".open"))
    final.write_bytes(packed([record(1)]))
    with pytest.raises(CannotStore, match="is there, too"):
        books.recover()
    assert final.read_bytes() == packed([record(1)])
    assert path.exists()


def test_other_files_of_the_folder_are_left_alone(tmp_path: Path, books: Books) -> None:
    for name in ("x.torn", ".1.importing", "notes.txt", "x.warc.gz.new"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "folder.warc.gz").mkdir()
    assert warc_files(tmp_path) == []
    assert books.recover() == []


def test_many_captures_are_entered_in_parts(tmp_path: Path) -> None:
    (tmp_path / "x.warc").write_bytes(packed((record(number, b"") for number in range(2500)), plain=True))
    sizes: list[int] = []
    [taken] = take_in_all(tmp_path, (), on_captures=lambda batch: sizes.append(len(batch)), on_file=lambda _: None)
    assert (sizes, taken.captures) == ([1000, 1000, 500], 2500)
