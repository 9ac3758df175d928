"""``indexes/index.cdxj`` against what cdxj-indexer makes of the same files."""

import dataclasses
import json

import pytest

from tests.acceptance.made import Archive, Line, is_chunked, parse_line
from tests.acceptance.tools import tool
from warc.digest import payload_digest

ODD_TYPES = ("no-type", "capitals")
CHUNKED = ("chunked", "etag-chunked", "chunked-no-more")


@pytest.fixture(scope="module")
def theirs(archive: Archive) -> list[Line]:
    """Their lines. By default they list metadata records too, where we keep the heads of 1xx and 304 answers."""
    done = tool("cdxj-indexer", "--sort", "--records", "response,revisit,resource", *archive.files)
    assert (done.code, done.err) == (0, ""), done
    return [parse_line(line) for line in done.out.splitlines()]


def test_index_is_sorted_by_bytes(archive: Archive) -> None:
    texts = [line.text.encode() for line in archive.lines]
    assert texts == sorted(texts)
    assert len(texts) == len(set(texts))


def test_lines_are_equal_but_for_digests_of_chunked_bodies(archive: Archive, theirs: list[Line]) -> None:
    odd = {archive.urls[name] for name in ODD_TYPES}
    chunked = {line.text for line in archive.lines if is_chunked(archive.capture(line))}
    ours = {_place(line): line.text for line in archive.lines if line.url not in odd}
    expected = {_place(line): line.text for line in theirs if line.url not in odd}
    assert ours.keys() == expected.keys()
    for place, text in ours.items():
        if text in chunked:
            assert _undigested(text) == _undigested(expected[place])
            assert text != expected[place], "cdxj-indexer has learned to leave out the framing: compare it too"
        else:
            assert text == expected[place]


@pytest.mark.parametrize("name", ODD_TYPES)
def test_odd_media_types_are_written_alike(archive: Archive, theirs: list[Line], name: str) -> None:
    expected = [line.text for line in theirs if line.url == archive.urls[name]]
    assert [line.text for line in archive.lines if line.url == archive.urls[name]] == expected


@pytest.mark.parametrize("name", CHUNKED)
def test_digest_of_a_chunked_body_is_over_the_body_alone(archive: Archive, name: str) -> None:
    line = archive.line(name, 1)
    assert is_chunked(archive.capture(line))
    assert line.fields["digest"] == payload_digest(archive.served[name, 1])


def _place(line: Line) -> tuple[str, str]:
    return line.fields["filename"], line.fields["offset"]


def _undigested(text: str) -> str:
    line = parse_line(text)
    return json.dumps(dataclasses.asdict(line) | {"text": "", "fields": line.fields | {"digest": ""}})
