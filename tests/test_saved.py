"""Saved pages as files: bytes, media type and the URL they are kept under."""

import gzip
import hashlib
from pathlib import Path

import pytest

from archiver import saved as module
from archiver.errors import UsageError
from archiver.saved import SavedFile, media_type, read_body, read_saved
from archiver.workers import Failure, Limits
from tests.here import counting

ARTICLE = """<!DOCTYPE html><html><head><title>Bridge reopens</title>
<link rel="canonical" href="CANONICAL"><meta property="og:type" content="article"></head>
<body><article><h1>Bridge reopens</h1>
<p>The old bridge over the river was opened again on Friday, two years after the flood that carried its middle away.</p>
<p>The town had asked for money three times before the province paid for the new arches, said the mayor.</p>
<p>Lorries have to take the motorway for another month, until the railings on both sides have been mended.</p>
</article></body></html>"""
LIMITS = Limits(workers=1, timeout_s=60, memory_mb=2000)
HTML = b"<!DOCTYPE html><html><head><title>T</title></head><body><p>words</p></body></html>"


@pytest.fixture(autouse=True)
def extraction_here(monkeypatch: pytest.MonkeyPatch) -> None:
    counting(monkeypatch, module)


def read(path: Path, *, url: str | None) -> SavedFile:
    [saved] = read_saved([path], url=url, limits=LIMITS)
    return saved


TYPES = {
    "page.html": (HTML, "text/html"),
    "page.htm": (HTML, "text/html"),
    "page.html.gz": (HTML, "text/html"),
    "page.xhtml": (HTML, "application/xhtml+xml"),
    "page": (HTML, "text/html"),
    "index.html?p=3": (HTML, "text/html"),
    "index.php": (b"\n  " + HTML, "text/html"),
    "with-bom": (b"\xef\xbb\xbf" + HTML, "text/html"),
    "text.txt": (b"words", "text/plain; charset=utf-8"),
    "text.txt.gz": (b"words", "text/plain; charset=utf-8"),
    "html.txt": (HTML, "text/plain; charset=utf-8"),
    "latin.txt": (b"w\xf6rds", "text/plain"),
    "words": (b"words < more", "text/plain; charset=utf-8"),
    "empty": (b"", "text/plain; charset=utf-8"),
    "paper.pdf": (b"%PDF-1.4", "application/pdf"),
    "photo.png": (b"\x89PNG", "image/png"),
}


@pytest.mark.parametrize(("name", "body", "expected"), [(name, *rest) for name, rest in TYPES.items()], ids=TYPES)
def test_media_type_is_told(name: str, body: bytes, expected: str) -> None:
    assert media_type(Path(name), body) == expected


def test_gzip_file_is_its_content(tmp_path: Path) -> None:
    path = tmp_path / "page.html.gz"
    path.write_bytes(gzip.compress(HTML[:20]) + gzip.compress(HTML[20:]))
    assert read_body(path) == HTML


def test_gzip_bytes_under_another_name_stay_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(data := gzip.compress(HTML))
    assert read_body(path) == data


BROKEN = {
    "no gzip": HTML,
    "cut": gzip.compress(HTML)[:-12],
    "bad checksum": gzip.compress(HTML)[:-8] + b"\x00" * 8,
    "bad data": gzip.compress(HTML)[:12] + b"\xff" * 20,
    "head only": b"\x1f\x8b\x08",
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_broken_gzip_file_is_named(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "page.html.gz"
    path.write_bytes(data)
    with pytest.raises(UsageError, match=r"page\.html\.gz: broken gzip file"):
        read(path, url=None)


def test_gzip_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archiver.saved.MAX_PAYLOAD_BYTES", 1000)
    path = tmp_path / "page.html.gz"
    path.write_bytes(gzip.compress(b"x" * 1001))
    with pytest.raises(UsageError, match="more than 1000 bytes"):
        read_body(path)


@pytest.mark.parametrize(("name", "reason"), [("missing", "No such file"), ("folder", "Is a directory")])
def test_unreadable_file_is_named(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(UsageError, match=f"{name}: cannot be read: {reason}"):
        read(tmp_path / name, url=None)


def test_given_url_wins(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(HTML)
    saved = read(path, url="https://a.example/x/")
    assert (saved.url, saved.body, saved.content_type) == ("https://a.example/x/", HTML, "text/html")


def test_canonical_url_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(ARTICLE.replace("CANONICAL", "https://a.example/bridge/"))
    assert read(path, url=None).url == "https://a.example/bridge/"


HOSTILE = {
    "none": "",
    "relative": "/only/a/path/",
    "other scheme": "file:///etc/passwd",
    "script": "javascript:alert(1)",
    "header in it": "http://a.example/&#13;&#10;WARC-Type:&#32;warcinfo",
    "broken address": "http://[",
    "no host": "http://",
}


@pytest.mark.parametrize("canonical", HOSTILE.values(), ids=HOSTILE)
def test_page_without_a_good_url_is_named_by_its_bytes(tmp_path: Path, canonical: str) -> None:
    path = tmp_path / "page.html"
    path.write_text(ARTICLE.replace("CANONICAL", canonical))
    saved = read(path, url=None)
    assert saved.url == f"urn:sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
    assert str(tmp_path) not in saved.url


def test_text_is_named_by_its_bytes() -> None:
    seed = Path(__file__).parent / "fixtures" / "000_cde7af975df0d4d9.txt"
    saved = read(seed, url=None)
    assert saved.url == f"urn:sha256:{hashlib.sha256(seed.read_bytes()).hexdigest()}"
    assert saved.content_type == "text/plain; charset=utf-8"


def test_page_whose_address_cannot_be_told_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "saved_page", lambda _: Failure(reason="crashed (signal 11)"))
    path = tmp_path / "page.html"
    path.write_bytes(HTML)
    with pytest.raises(UsageError, match=r"page\.html: extraction crashed \(signal 11\); name its address with --url"):
        read(path, url=None)
    assert read(path, url="https://a.example/x/").body == HTML
