"""WARC files of others brought into the folder: byte for byte, once each, under a name of their own."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.site_answers import png
from tests.warc import foreign
from tests.warc.made import crawl, member, packed, record
from warc.errors import CannotStore
from warc.importing import Imported, import_path
from warc.openfile import ClosedFile
from warc.reader import iter_captures, warc_files
from warc.record import Capture

WACZ = foreign.wacz({"one.warc.gz": packed(foreign.pywb()), "two.warc.gz": foreign.second_page()})


class Into:
    """A folder to import into, and what was told of it."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.captures = list[Capture]()
        self.files = dict[str, ClosedFile]()

    def take(self, source: Path, *, link: bool = False) -> list[Imported]:
        return list(
            import_path(
                source,
                self.directory,
                self.files,
                link=link,
                on_captures=self.captures.extend,
                on_file=lambda file: self.files.update({file.name: file}),
            )
        )

    @property
    def names(self) -> list[str]:
        return sorted(path.name for path in self.directory.iterdir())


@pytest.fixture
def into(tmp_path: Path) -> Into:
    return Into(tmp_path / "archive")


def source(tmp_path: Path, name: str, data: bytes) -> Path:
    path = tmp_path / "sources" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("plain", [True, False], ids=["plain", "gzip"])
@pytest.mark.parametrize(("make", "captures"), foreign.TOOLS.values(), ids=foreign.TOOLS)
def test_file_of_another_tool_is_kept_byte_for_byte(tmp_path: Path, into: Into, make, captures, *, plain: bool) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - of the table
    data = packed(make(), plain=plain)
    path = source(tmp_path, "x.warc" if plain else "x.warc.gz", data)
    [one] = into.take(path)
    assert one.taken is not None
    assert (one.taken.captures, one.taken.damage, one.refused) == (captures, (), None)
    assert (into.directory / path.name).read_bytes() == path.read_bytes() == data
    assert into.captures == list(iter_captures(into.directory / path.name))
    assert into.files[path.name].records == len(make())
    [again] = into.take(path)
    assert (again.taken, again.known_as) == (None, path.name)
    assert into.names == [path.name]


NAMES = {
    "plain content, gzip name": ("x.warc.gz", packed(foreign.pywb(), plain=True), "x.warc"),
    "gzip content, plain name": ("x.warc", packed(foreign.pywb()), "x.warc.gz"),
    "no suffix": ("crawl", packed(foreign.pywb()), "crawl.warc.gz"),
    "hidden": (".warc.gz", packed(foreign.pywb()), "imported.warc.gz"),
    "still open": ("x.warc.gz.open", packed(foreign.pywb()), "x.warc.gz"),
    "odd characters": ("ä b;`rm`\n$x.warc.gz", packed(foreign.pywb()), "b-rm-x.warc.gz"),
    "very long": ("n" * 240 + ".warc.gz", packed(foreign.pywb()), "n" * 180 + ".warc.gz"),
    "damaged at its very beginning": ("x.warc.gz", b"\0" + packed(foreign.pywb())[1:], "x.warc.gz"),
}


@pytest.mark.parametrize(("given_name", "data", "kept_as"), NAMES.values(), ids=NAMES)
def test_name_is_made_to_fit(tmp_path: Path, into: Into, given_name: str, data: bytes, kept_as: str) -> None:
    into.take(source(tmp_path, given_name, data))
    assert into.names == [kept_as]


def test_same_name_with_other_content_is_marked(tmp_path: Path, into: Into) -> None:
    for number in (1, 2, 3):
        [one] = into.take(source(tmp_path, "x.warc.gz", packed([record(number)])))
        assert one.taken is not None
        assert one.taken.captures == 1
    assert len(into.names) == 3
    assert {next(iter_captures(path)).record.file for path in warc_files(into.directory)} == set(into.names)
    assert sum(name.startswith("x-") for name in into.names) == 2


def test_name_of_a_file_being_written_is_not_taken(tmp_path: Path, into: Into) -> None:
    into.directory.mkdir()
    (into.directory / "x.warc.gz.open").write_bytes(b"")
    into.take(source(tmp_path, "x.warc.gz", packed([record(1)])))
    assert "x.warc.gz" not in into.names
    assert len(into.names) == 2


REFUSED = {
    "PNG": (png(), "neither a WARC file"),
    "text": (b"text\n", "neither a WARC file"),
    "empty": (b"", "it is empty"),
    "gzipped text": (member(b"text\n"), "no WARC record begins here"),
    "whole file in one member": (member(record(1) + record(2)), "several records in one gzip member"),
    "ZIP of other things": (foreign.wacz({}), "no WACZ"),
    "ZIP that is cut off": (WACZ[: len(WACZ) // 2], "the WACZ is damaged"),
}


@pytest.mark.parametrize(("data", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_warc_is_refused(tmp_path: Path, into: Into, data: bytes, reason: str) -> None:
    path = source(tmp_path, "x.warc.gz", data)
    [one] = into.take(path)
    assert one.taken is None
    assert one.refused is not None
    assert reason in one.refused
    assert one.source == str(path)
    assert not into.directory.exists() or into.names == []


@pytest.mark.parametrize("stored", [True, False], ids=["stored", "deflated"])
def test_every_file_of_a_wacz_is_taken_in(tmp_path: Path, into: Into, *, stored: bool) -> None:
    parts = {"one.warc.gz": packed(foreign.browsertrix()), "../two.warc.gz": foreign.second_page()}
    path = source(tmp_path, "x.wacz", foreign.wacz(parts, stored=stored))
    done = into.take(path)
    assert [one.source for one in done] == [f"{path}:archive/one.warc.gz", f"{path}:archive/../two.warc.gz"]
    assert into.names == ["one.warc.gz", "two.warc.gz"]
    assert (into.directory / "one.warc.gz").read_bytes() == parts["one.warc.gz"]
    assert [one.known_as for one in into.take(path)] == ["one.warc.gz", "two.warc.gz"]


def test_damaged_file_of_a_wacz_gives_what_is_whole_in_it(tmp_path: Path, into: Into) -> None:
    one, other = packed(foreign.wget("1.0")), foreign.second_page()
    data = bytearray(foreign.wacz({"one.warc.gz": one, "two.warc.gz": other}))
    data[data.index(one) + len(packed(foreign.wget("1.0")[:2])) + 40] ^= 0xFF
    damaged, whole = into.take(source(tmp_path, "x.wacz", bytes(data)))
    assert damaged.taken is not None
    assert whole.taken is not None
    assert (damaged.taken.captures, [one.offset for one in damaged.taken.damage]) == (
        1,
        [len(packed(foreign.wget("1.0")[:2]))],
    )
    assert (whole.taken.captures, whole.taken.damage) == (1, ())


def test_damaged_deflated_file_of_a_wacz_does_not_keep_the_others_out(tmp_path: Path, into: Into) -> None:
    data = bytearray(foreign.wacz({"one.warc": b"x" * 50_000, "two.warc.gz": foreign.second_page()}, stored=False))
    data[data.index(b"archive/one.warc") + len("archive/one.warc") + 5] ^= 0xFF
    first, second = into.take(source(tmp_path, "x.wacz", bytes(data)))
    assert "the WACZ is damaged" in str(first.refused)
    assert second.taken is not None
    assert into.names == ["two.warc.gz"]


@given(
    place=st.integers(0, len(WACZ) - 1),
    change=st.integers(1, 255),
    cut=st.none() | st.integers(0, len(WACZ)),
    stored=st.booleans(),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_damaged_wacz_never_raises_and_never_touches_the_source(
    tmp_path_factory: pytest.TempPathFactory, place: int, change: int, cut: int | None, *, stored: bool
) -> None:
    folder = tmp_path_factory.mktemp("wacz")
    parts = {"one.warc.gz": packed(foreign.pywb()), "two.warc.gz": foreign.second_page()}
    data = bytearray(foreign.wacz(parts, stored=stored))[:cut]
    if place < len(data):
        data[place] ^= change
    into = Into(folder / "archive")
    path = source(folder, "x.wacz", bytes(data))
    done = into.take(path)
    assert done
    assert all(one.taken or one.refused or one.known_as for one in done)
    assert path.read_bytes() == data
    assert not [name for name in into.names if name.startswith(".")] if into.directory.exists() else True


def test_link_is_the_same_file_and_a_symbolic_one_is_followed(tmp_path: Path, into: Into) -> None:
    path = source(tmp_path, "x.warc.gz", packed([record(1)]))
    alias = path.with_name("y.warc.gz")
    alias.symlink_to(path.name)
    into.take(alias, link=True)
    kept = into.directory / "y.warc.gz"
    assert not kept.is_symlink()
    assert kept.samefile(path)
    [again] = into.take(path, link=True)
    assert again.known_as == "y.warc.gz"


def test_wacz_cannot_be_linked_and_is_copied(tmp_path: Path, into: Into) -> None:
    into.take(source(tmp_path, "x.wacz", WACZ), link=True)
    assert into.names == ["one.warc.gz", "two.warc.gz"]


def test_disk_that_is_full_leaves_nothing_half(tmp_path: Path, into: Into, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("warc.importing.fsync", full)
    with pytest.raises(CannotStore, match="No space left"):
        into.take(source(tmp_path, "x.warc.gz", packed([record(1)])))
    assert (into.names, into.files) == ([], {})


def test_our_own_files_can_be_imported_elsewhere(tmp_path: Path, into: Into) -> None:
    captures = crawl(tmp_path / "sources")
    into.take(tmp_path / "sources" / captures[0].record.file)
    assert into.captures == captures


def test_encrypted_file_of_a_wacz_is_refused(tmp_path: Path, into: Into) -> None:
    data = bytearray(WACZ)
    with zipfile.ZipFile(BytesIO(WACZ)) as archive:
        place = archive.getinfo("archive/one.warc.gz").header_offset
    data[place + 6] |= 1
    central = data.index(b"PK\x01\x02", data.rindex(b"two.warc.gz", 0, data.index(b"PK\x01\x02")))
    central = data.index(b"archive/one.warc.gz", central) - 46
    data[central + 8] |= 1
    first, second = into.take(source(tmp_path, "x.wacz", bytes(data)))
    assert "encrypted" in str(first.refused)
    assert second.taken
