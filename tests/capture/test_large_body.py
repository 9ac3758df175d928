"""A body of 200 MB: exact on disk, and no memory of ours for it."""

import hashlib
import socketserver
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from archiver.folder import make_folder
from warc.reader import iter_captures, warc_files

_SIZE = 200_000_000
_PART = bytes(range(256)) * 4000
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: %d\r\n\r\n" % _SIZE
_MOST_MORE_MB = 150


class _Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        while self.rfile.readline().strip():
            pass
        self.wfile.write(_HEAD)
        left = _SIZE
        while left:
            part = _PART[:left]
            self.wfile.write(part)
            left -= len(part)


@pytest.fixture
def url() -> Iterator[str]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/large"
        server.shutdown()
        thread.join()


def _peak_mb(mode: str, url: str, folder: Path) -> int:
    command = [sys.executable, "-m", "tests.capture.large", mode, url, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)  # noqa: S603 - ours
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


def test_large_body_is_exact_and_costs_no_memory(url: str, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "archive")
    (folder.root / "archive.toml").write_text("[crawl]\nmax_body_mb = 300\ndelay_s = 0\n")
    archiving, plain = _peak_mb("archive", url, folder.root), _peak_mb("plain", url, folder.root)
    assert archiving <= plain + _MOST_MORE_MB
    [capture] = [one for path in warc_files(folder.warc_dir) for one in iter_captures(path)]
    expected = hashlib.sha256(_HEAD)
    for _ in range(_SIZE // len(_PART)):
        expected.update(_PART)
    expected.update(_PART[: _SIZE % len(_PART)])
    assert capture.record.first("WARC-Block-Digest") == f"sha256:{expected.hexdigest()}"
    found = hashlib.sha256()
    for part in capture.record.block.parts():
        found.update(part)
    assert found.hexdigest() == expected.hexdigest()
    print(f"peak: {archiving} MB archiving, {plain} MB plain")  # noqa: T201 - shown by pytest -rP
