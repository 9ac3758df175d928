"""The compressed index: sorted, cut where players do not look across, each block where its line says."""

import gzip
import hashlib
import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warc.blocks import SortedLines, compressed_index

KEYS = st.text(st.sampled_from("ab/-"), max_size=4).map(lambda rest: f"example,a)/{rest}")
LINES = st.lists(st.builds(lambda key, second: f"{key} {second:014} {{}}\n".encode(), KEYS, st.integers(0, 30)))


def blocks(lines: list[bytes], lines_a_block: int) -> list[tuple[str, list[bytes]]]:
    """Key and lines of each block, cut out as index.idx says."""
    content, places, count = compressed_index(lines, lines_a_block=lines_a_block)
    head, *rest = bytes(places).decode().splitlines()
    assert head == '!meta 0 {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}'
    found: list[tuple[str, list[bytes]]] = []
    end = 0
    for line in rest:
        surt, timestamp, fields = line.split(" ", 2)
        place = json.loads(fields)
        assert place["offset"] == end
        end += place["length"]
        member = bytes(content)[place["offset"] : end]
        assert place["digest"] == f"sha256:{hashlib.sha256(member).hexdigest()}"
        found.append((f"{surt} {timestamp}", gzip.decompress(member).splitlines(keepends=True)))
    assert end == content.size
    assert count == sum(len(content) for _, content in found)
    return found


@given(lines=LINES, lines_a_block=st.integers(1, 5))
def test_blocks_hold_every_line_once_in_order(lines: list[bytes], lines_a_block: int) -> None:
    found = blocks(sorted(lines), lines_a_block)
    assert [line for _, content in found for line in content] == sorted(set(lines))
    for key, content in found:
        assert content[0].startswith(f"{key} ".encode())


@given(lines=LINES, lines_a_block=st.integers(1, 5))
def test_no_block_begins_with_what_continues_a_key_before_it(lines: list[bytes], lines_a_block: int) -> None:
    found = blocks(sorted(lines), lines_a_block)
    for (_, before), (key, _) in pairwise(found):
        surt = key.partition(" ")[0]
        earlier = {line.partition(b" ")[0].decode() for line in before}
        assert surt not in earlier
        assert not any(surt.startswith(one) for one in earlier if not one.endswith("/"))


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        pytest.param(["a)/x", "b)/x", "c)/x"], [1, 1, 1], id="each by itself"),
        pytest.param(["a)/x", "a)/x", "b)/x"], [2, 1], id="one URL stays together"),
        pytest.param(["a)/x", "a)/x-y", "a)/x/y", "a)/y"], [3, 1], id="so do siblings that begin alike"),
        pytest.param(["a)/", "a)/x", "a)/y"], [1, 1, 1], id="a host's first page is nobody's beginning"),
        pytest.param(["a)/", "a)/", "a)/y"], [2, 1], id="but stays together itself"),
        pytest.param([], [], id="nothing"),
    ],
)
def test_blocks_of_one_line_are_cut(keys: list[str], expected: list[int]) -> None:
    lines = [f"{key} {number:014} {{}}\n".encode() for number, key in enumerate(keys)]
    assert [len(content) for _, content in blocks(lines, 1)] == expected


@given(lines=LINES, most=st.integers(1, 4))
def test_lines_come_sorted_from_files_and_memory(lines: list[bytes], most: int) -> None:
    gathered = SortedLines(most_in_memory=most)
    for line in lines:
        gathered.add(line)
    assert list(gathered) == sorted(lines)
