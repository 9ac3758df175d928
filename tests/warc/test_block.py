"""Bytes in memory or in a file: the same bytes, however they came and however they are cut."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warc import block as module
from warc.block import Block, Spool, spooled

PARTS = st.lists(st.binary(max_size=30), max_size=12)


@contextmanager
def _spilled_past(size: int) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "SPILL_BYTES", size)
        patch.setattr(module, "PART_BYTES", 7)
        yield


@given(parts=PARTS, spill=st.sampled_from([0, 20, 10_000]), start=st.integers(0, 200), size=st.integers(0, 200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_block_is_its_parts_joined(parts: list[bytes], spill: int, start: int, size: int) -> None:
    data = b"".join(parts)
    with _spilled_past(spill):
        block = spooled(iter(parts))
        assert bytes(block) == data == b"".join(block.parts())
        assert len(block) == block.size == len(data)
        assert block.first(size) == data[:size]
        assert bytes(block.behind(min(start, len(data)))) == data[start:]
        assert bytes(block.until(size)) == data[:size]
        assert bytes(block.behind(min(start, len(data))).until(size)) == data[start:][:size]
        assert (block == Block(data)) is True
        assert (block == Block(data + b"x")) is False
        assert block != data
        assert repr(block).startswith("Block(")


def test_two_walks_through_a_spilled_block_do_not_disturb_each_other() -> None:
    data = bytes(range(100))
    with _spilled_past(10):
        block = spooled(iter([data]))
        walks = zip(block.parts(), block.behind(50).parts(), strict=False)
        assert [(one[0], other[0]) for one, other in walks] == [(at, 50 + at) for at in range(0, 50, 7)]


def test_temporary_file_that_shrank_is_an_error() -> None:
    with _spilled_past(2):
        block = spooled(iter([b"12345"]))
        assert block._file is not None
        block._file.stream.truncate(3)
        with pytest.raises(OSError, match="shorter"):
            bytes(block)


def test_first_bytes_of_a_spool() -> None:
    for spill in (2, 100):
        with _spilled_past(spill):
            spool = Spool()
            for part in (b"ab", b"cd", b"ef"):
                spool.append(part)
            block = spool.block(3)
            assert (bytes(block), spool.size) == (b"abc", 6)
