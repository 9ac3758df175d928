"""``archiver export wacz`` before wacz validate, the specification, ReplayWeb.page's demands and pywb."""

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from archiver.errors import Exit
from tests.acceptance.exported import STORED_ENDINGS, Wacz, is_contiguous, read_wacz
from tests.acceptance.made import PAPER, PRESS, Archive, parse_line
from tests.acceptance.tools import Wayback, run_wayback, tool
from tests.cli.running import archiver
from warc.reader import read_capture

SCOPES = {
    "archive": ((), (*PRESS, *PAPER)),
    "source": (("--source", "paper"), PAPER),
    "article": (("--article", "etag"), ("etag",)),
}
"""Options of the command, and names of the pages whose captures have to be inside; an article is named by its page."""


@pytest.fixture(scope="module", params=SCOPES)
def scope(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def wacz(scope: str, archive: Archive, tmp_path_factory: pytest.TempPathFactory) -> Wacz:
    options = [archive.article_id(one) if one == "etag" else one for one in SCOPES[scope][0]]
    path = tmp_path_factory.mktemp("export") / f"{scope}.wacz"
    done = archiver("-C", archive.folder, "export", "wacz", path, *options)
    assert done.code == Exit.OK, done
    return read_wacz(path)


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Wayback]]:
    """A running pywb without collections, and its folder; it finds new collections by itself."""
    root = tmp_path_factory.mktemp("taken")
    (root / "collections").mkdir()
    with run_wayback(root) as running:
        yield root, running


@pytest.fixture(scope="module")
def replayed(scope: str, wacz: Wacz, taken: tuple[Path, Wayback]) -> Wayback:
    """A pywb that was given nothing but the WACZ file, as the collection named after its scope."""
    root, running = taken
    for folder in ("archive", "indexes"):
        (root / "collections" / scope / folder).mkdir(parents=True)
    done = tool("wb-manager", "add", "--unpack-wacz", scope, wacz.path, cwd=root)
    assert done.code == 0, done
    return running


def test_wacz_validate_is_content(wacz: Wacz) -> None:
    done = tool("wacz", "validate", "-f", wacz.path)
    assert done.code == 0, done
    assert "Validation succeeded, the passed WACZ is valid" in done.out


@pytest.mark.parametrize("scope", ["article"], indirect=True)
def test_wacz_validate_notices_a_changed_byte(wacz: Wacz, tmp_path: Path) -> None:
    data = wacz.path.read_bytes()
    name = next(name for name in wacz.contents if name.endswith(".warc.gz"))
    at = data.index(wacz.contents[name][:1000]) + len(wacz.contents[name]) - 100
    damaged = tmp_path / wacz.path.name
    damaged.write_bytes(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
    assert tool("wacz", "validate", "-f", damaged).code != 0


def test_files_are_where_the_specification_wants_them(wacz: Wacz) -> None:
    own = {"datapackage.json", "datapackage-digest.json"}
    fixed = {*own, "pages/pages.jsonl", "indexes/index.cdx.gz", "indexes/index.idx"}
    warcs = {name for name in wacz.contents if re.fullmatch(r"archive/[^/]+\.warc\.gz", name)}
    assert wacz.contents.keys() == fixed | warcs
    assert warcs
    for name, entry in wacz.entries.items():
        if name.endswith(
            STORED_ENDINGS
        ):  # players read ranges of these; they find the data by the central directory alone
            assert entry.compress_type == 0, name
            assert wacz.local_extra_bytes(name) == len(entry.extra) == 0, name


def test_package_lists_every_file(wacz: Wacz) -> None:
    package = wacz.package
    assert (package["profile"], package["wacz_version"]) == ("data-package", "1.1.1")
    assert package["software"].startswith("archiver ")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", package["created"])
    assert package["title"]
    listed = {one["path"]: (one["hash"], one["bytes"]) for one in package["resources"]}
    assert listed == {
        name: (_sha256(data), len(data)) for name, data in wacz.contents.items() if not name.startswith("datapackage")
    }
    names = [one["name"] for one in package["resources"]]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[-a-z0-9._/]+", name) for name in names)
    digest = {"path": "datapackage.json", "hash": _sha256(wacz.contents["datapackage.json"])}
    assert json.loads(wacz.contents["datapackage-digest.json"]) == digest


def test_pages_are_listed(wacz: Wacz, archive: Archive, scope: str) -> None:
    header, *pages = wacz.pages
    assert (header["format"], header["id"]) == ("json-pages-1.0", "pages")
    assert wacz.contents["pages/pages.jsonl"].endswith(b"\n")
    places = {(line.url, line.timestamp) for line in wacz.lines}
    for page in pages:
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", page["ts"])
        assert (page["url"], re.sub(r"\D", "", page["ts"])) in places
        assert page["title"]
    assert len({page["id"] for page in pages}) == len(pages)
    articles = {archive.urls[name] for name in SCOPES[scope][1] if name in PAPER and name != "no-type"}
    assert articles <= {page["url"] for page in pages}


def test_index_is_sorted_and_its_blocks_are_found(wacz: Wacz) -> None:
    texts = [line.text.encode() for line in wacz.lines]
    assert texts == sorted(texts)
    assert len(set(texts)) == len(texts)
    blocks = wacz.blocks
    assert is_contiguous([place for _, place in blocks], len(wacz.contents["indexes/index.cdx.gz"]))
    for key, place in blocks:
        block = wacz.block(place)
        first = parse_line(gzip.decompress(block).decode().splitlines()[0])
        assert key == f"{first.key} {first.timestamp}"
        assert place.get("digest") in (None, _sha256(block))


def test_records_are_the_archives_own_bytes(wacz: Wacz, archive: Archive) -> None:
    ours = {}
    for line in archive.lines:
        data = (archive.folder / "archive" / line.fields["filename"]).read_bytes()
        offset = int(line.fields["offset"])
        ours[data[offset : offset + int(line.fields["length"])]] = (line.url, line.timestamp)
    assert wacz.lines
    for line in wacz.lines:
        assert ours[wacz.member(line)] == (line.url, line.timestamp)


def test_captures_are_all_inside_and_no_others(wacz: Wacz, archive: Archive, scope: str) -> None:
    inside = [(line.url, line.timestamp) for line in wacz.lines]
    for name in SCOPES[scope][1]:
        url = archive.urls[name]
        wanted = sorted((line.url, line.timestamp) for line in archive.lines if line.url == url)
        assert [one for one in inside if one[0] == url] == wanted
        assert len(wanted) == 2
    if scope == "archive":
        assert inside == [(line.url, line.timestamp) for line in archive.lines]
    others = {archive.urls[name] for name in (*PRESS, *PAPER)} - {archive.urls[name] for name in SCOPES[scope][1]}
    assert not others & {url for url, _ in inside}


def test_warc_files_inside_pass_the_checkers(wacz: Wacz, archive: Archive, tmp_path: Path) -> None:
    """Those that are files of the archive itself, byte for byte, have passed already."""
    passed = {path.read_bytes() for path in archive.files}
    for name, data in wacz.contents.items():
        if name.endswith(".warc.gz") and data not in passed:
            path = tmp_path / Path(name).name
            path.write_bytes(data)
            for command in (("warcio", "check"), ("fastwarc", "check"), ("gzip", "-t")):
                done = tool(*command, path)
                assert done.code == 0, done


def test_originals_of_revisits_are_inside(wacz: Wacz, tmp_path: Path) -> None:
    for name, data in wacz.contents.items():
        if name.endswith(".warc.gz"):
            (tmp_path / Path(name).name).write_bytes(data)
    records = [
        read_capture(tmp_path, line.fields["filename"], int(line.fields["offset"])).record for line in wacz.lines
    ]
    dates = {(record.url, record.first("WARC-Date")) for record in records if record.type != "revisit"}
    revisits = [record for record in records if record.type == "revisit"]
    assert revisits
    for record in revisits:
        assert (record.first("WARC-Refers-To-Target-URI"), record.first("WARC-Refers-To-Date")) in dates


def test_pywb_replays_every_capture(wacz: Wacz, archive: Archive, replayed: Wayback, scope: str) -> None:
    places = {(line.url, line.timestamp): line for line in archive.lines}
    for line in wacz.lines:
        original = archive.original(places[line.url, line.timestamp])
        reply = replayed.replay(scope, line)
        assert reply.headers.get("memento-datetime") == line.http_date, line
        assert reply.status == (original.head.status or 200), line
        assert reply.body == original.body, line


def _sha256(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"
