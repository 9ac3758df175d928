"""The index: the sorted set of its lines, however they come, however it is merged; a draft beside the old one."""

import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warc.errors import CannotStore
from warc.index import IndexDraft, add_to_index, index_lines, line_fields, read_places

KEYS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=8)
BATCHES = st.lists(st.lists(KEYS, max_size=12), max_size=25)


@pytest.fixture(autouse=True)
def _unsynced(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a sync is good for, the crash tests show."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


def line(key: str, file: str = "a.warc.gz", offset: int = 0) -> str:
    return f"{key} 20170224160500 " + json.dumps({"offset": str(offset), "filename": file})


def lines_of(index: Path) -> list[str]:
    return [one.decode().removesuffix("\n") for one in index_lines(index)]


def sorted_set(lines: list[str]) -> list[str]:
    return [one.decode() for one in sorted({one.encode() for one in lines})]


@given(batches=BATCHES, cheap_bytes=st.sampled_from([0, 1, 50, 200, 1_000_000]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_index_is_the_sorted_set_of_its_lines(
    tmp_path_factory: pytest.TempPathFactory, batches: list[list[str]], cheap_bytes: int
) -> None:
    index = tmp_path_factory.mktemp("index") / "index.cdxj"
    added: list[str] = []
    for batch in batches:
        add_to_index(index, batch, cheap_bytes=cheap_bytes)
        added += batch
        assert lines_of(index) == sorted_set(added)
        for file in index.parent.glob("*.cdxj"):  # pywb reads each of them, and looks lines up by halving
            content = file.read_bytes().splitlines(keepends=True)
            assert content == sorted(set(content))
    assert {path.suffix for path in index.parent.iterdir()} <= {".cdxj", ".lock"}


@given(batches=BATCHES, order=st.randoms(use_true_random=False))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_order_of_adding_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory, batches: list[list[str]], order: "os.PathLike[str]"
) -> None:
    folder = tmp_path_factory.mktemp("index")
    flat = [one for batch in batches for one in batch]
    shuffled = list(flat)
    order.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    for name, lines in (("one", flat), ("other", shuffled)):
        for one in lines:
            add_to_index(folder / name / "index.cdxj", [one], cheap_bytes=20)
    assert lines_of(folder / "one" / "index.cdxj") == lines_of(folder / "other" / "index.cdxj") == sorted_set(flat)


def test_small_additions_to_a_large_index_gather_beside_it(tmp_path: Path) -> None:
    index = tmp_path / "index.cdxj"
    add_to_index(index, [f"{number:05}" for number in range(5000)], cheap_bytes=0)
    before = index.stat()
    add_to_index(index, ["00000", "x1"], cheap_bytes=0)
    add_to_index(index, ["x0", "x1"], cheap_bytes=0)
    assert (index.stat().st_ino, index.stat().st_size) == (before.st_ino, before.st_size)
    assert sorted(path.name for path in tmp_path.glob("run-*")) == ["run-00001.cdxj", "run-00002.cdxj"]
    assert lines_of(index)[-2:] == ["x0", "x1"]
    assert len(lines_of(index)) == 5002
    add_to_index(index, [f"y{number:05}" for number in range(500)], cheap_bytes=0)
    assert list(tmp_path.glob("run-*")) == []
    assert index.read_text().splitlines() == lines_of(index)
    assert len(lines_of(index)) == 5502


def test_runs_stay_few(tmp_path: Path) -> None:
    index = tmp_path / "index.cdxj"
    add_to_index(index, [f"{number:05}" for number in range(20_000)], cheap_bytes=0)
    for number in range(100):
        add_to_index(index, [f"z{number:03}"], cheap_bytes=0)
        assert len(list(tmp_path.glob("run-*"))) <= 32
    assert len(lines_of(index)) == 20_100


@pytest.mark.parametrize("cheap_bytes", [0, 1_000_000], ids=["runs", "merged"])
def test_several_writers_lose_no_line(tmp_path: Path, cheap_bytes: int) -> None:
    index = tmp_path / "indexes" / "index.cdxj"
    batches = [[f"{writer}-{number}" for number in range(20)] for writer in range(8)]

    def write(lines: list[str]) -> None:
        for one in lines:
            add_to_index(index, [one], cheap_bytes=cheap_bytes)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, batches))
    assert lines_of(index) == sorted_set([one for batch in batches for one in batch])


def test_kill_between_merge_and_removal_of_runs_changes_nothing(tmp_path: Path) -> None:
    index = tmp_path / "index.cdxj"
    add_to_index(index, [f"{number:05}" for number in range(5000)], cheap_bytes=0)
    add_to_index(index, ["a"], cheap_bytes=0)
    [run] = tmp_path.glob("run-*")
    kept = run.read_bytes()
    add_to_index(index, [f"b{number:05}" for number in range(1000)], cheap_bytes=0)
    run.write_bytes(kept)
    assert lines_of(index).count("a") == 1
    add_to_index(index, ["c"], cheap_bytes=0)
    assert lines_of(index).count("a") == 1


def test_disk_that_is_full_leaves_the_old_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = tmp_path / "index.cdxj"
    add_to_index(index, ["a", "c"])

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(CannotStore, match="No space left"):
            add_to_index(index, ["b"])
    assert index.read_text() == "a\nc\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["index.cdxj", "index.lock"]
    add_to_index(index, ["b"])
    assert index.read_text() == "a\nb\nc\n"


@given(
    old=st.lists(st.tuples(KEYS, st.sampled_from("abc")), max_size=20),
    made=st.lists(st.tuples(KEYS, st.sampled_from("ab")), max_size=20),
    meanwhile=st.lists(st.tuples(KEYS, st.sampled_from("bc")), max_size=6),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_draft_takes_the_place_of_the_lines_of_its_files_only(
    tmp_path_factory: pytest.TempPathFactory,
    old: list[tuple[str, str]],
    made: list[tuple[str, str]],
    meanwhile: list[tuple[str, str]],
) -> None:
    index = tmp_path_factory.mktemp("index") / "index.cdxj"
    add_to_index(index, [line(key, file) for key, file in old])
    with IndexDraft(index) as draft:
        for key, file in made:
            draft.add(line(key, file))
        add_to_index(index, [line(key, file) for key, file in meanwhile], cheap_bytes=0)
        draft.install(["a", "b"])
    others = [line(key, file) for key, file in (*old, *meanwhile) if file == "c"]
    assert lines_of(index) == sorted_set([line(key, file) for key, file in made] + others)
    assert not (index.parent / "rebuild").exists()


def test_draft_that_is_given_up_leaves_the_index(tmp_path: Path) -> None:
    index = tmp_path / "index.cdxj"
    add_to_index(index, [line("a")])
    with IndexDraft(index) as draft:
        draft.add(line("b"))
    assert lines_of(index) == [line("a")]
    assert not (tmp_path / "rebuild").exists()


def test_draft_drops_lines_that_are_none(tmp_path: Path) -> None:
    index = tmp_path / "index.cdxj"
    index.write_text("nonsense\n" + line("b", "other") + "\n" + line("c") + "\n")
    with IndexDraft(index) as draft:
        draft.install(["a.warc.gz"])
    assert lines_of(index) == [line("b", "other")]


def test_large_draft_is_written_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warc.index._DRAFTED_AT_ONCE", 7)
    index = tmp_path / "index.cdxj"
    made = [line(f"{number * 37 % 100:03}") for number in range(100)]
    with IndexDraft(index) as draft:
        for one in made:
            draft.add(one)
        draft.install([])
    assert lines_of(index) == sorted_set(made)


PLACES = {
    "good": (line("a", "x.warc.gz", 12), [("x.warc.gz", 12)]),
    "nonsense": ("nonsense", []),
    "no object": ("a 2017 [1]", []),
    "no offset": ('a 2017 {"filename": "x"}', []),
    "offset of words": ('a 2017 {"filename": "x", "offset": "many"}', []),
    "negative": (line("a", offset=-1), []),
    "past all sizes": (line("a", offset=10**30), []),
    "deeply nested": ("a 2017 " + "[" * 100_000, []),
    "no UTF-8": (b"a 2017 \xff\xfe".decode("latin-1"), []),
}


@pytest.mark.parametrize(("text", "places"), PLACES.values(), ids=PLACES)
def test_places_are_read_and_nonsense_is_passed_over(tmp_path: Path, text: str, places: list[tuple[str, int]]) -> None:
    index = tmp_path / "index.cdxj"
    index.write_bytes(text.encode("latin-1") + b"\n")
    assert list(read_places(index)) == places
    assert list(read_places(tmp_path / "none")) == []


@given(st.binary(max_size=60))
def test_any_line_has_fields_or_none(data: bytes) -> None:
    fields = line_fields(b"a 2017 " + data)
    assert fields is None or all(isinstance(value, str) for value in fields.values())


def test_draft_of_a_run_that_was_killed_goes_at_the_next_merge(tmp_path: Path) -> None:
    index = tmp_path / "index.cdxj"
    (tmp_path / "run-00001.new").write_text("half a line")
    add_to_index(index, ["a) 2017 {}"])
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["index.cdxj", "index.lock"]
