"""The index: its lines, and merging them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.warc.conftest import exchange
from warc.cdxj import cdxj_line, surt_key
from warc.compose import prepare
from warc.errors import CannotStore
from warc.index import add_to_index, read_places
from warc.writer import CaptureWriter


def test_line_is_in_the_dialect_of_pywb(make_writer: Callable[..., CaptureWriter]) -> None:
    writer = make_writer()
    capture = writer.append_exchange(prepare(exchange(url="http://www.A.example/Path?b=1&a=2")), fields={})
    writer.close()
    key, stamp, fields = cdxj_line(capture).split(" ", 2)
    assert (key, stamp) == ("example,a)/path?a=2&b=1", "20170224160500")
    assert json.loads(fields) == {
        "url": "http://www.A.example/Path?b=1&a=2",
        "mime": "text/html",
        "status": "200",
        "digest": capture.payload_digest,
        "length": str(capture.record.length),
        "offset": str(capture.record.offset),
        "filename": capture.record.file,
    }


@given(batches=st.lists(st.lists(st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1, max_size=5))))
def test_index_is_the_sorted_set_of_its_lines(
    tmp_path_factory: pytest.TempPathFactory, batches: list[list[str]]
) -> None:
    index = tmp_path_factory.mktemp("index") / "index.cdxj"
    for batch in batches:
        add_to_index(index, batch)
    lines = index.read_text().splitlines() if index.exists() else []
    assert lines == sorted({line for batch in batches for line in batch})


def test_places_are_read_and_nonsense_passed_over(tmp_path: Path) -> None:
    index = tmp_path / "index.cdxj"
    index.write_text(
        'a) 2017 {"filename": "x.warc.gz", "offset": "12"}\nnonsense\nb) 2017 [1]\nc) 1 {"filename": "y"}\n'
    )
    assert list(read_places(index)) == [("x.warc.gz", 12)]
    assert list(read_places(tmp_path / "none")) == []


def test_folder_that_is_a_file_cannot_store(tmp_path: Path) -> None:
    (tmp_path / "indexes").write_text("in the way")
    with pytest.raises(CannotStore, match="indexes"):
        add_to_index(tmp_path / "indexes" / "index.cdxj", ["line"])


@given(st.text())
def test_any_text_has_a_key(url: str) -> None:
    assert isinstance(surt_key(url), str)
