"""The whole table fetched once over http and https, and archived once; tests look at what came out."""

import io
import json
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from archiver.folder import ArchiveFolder, make_folder
from tests.capture.cases import BY_PATH, CASES, REACHED_BY_REDIRECT, path_of, schemes_of
from tests.capture.cut import MAX_BODY_MB
from tests.capture.model import BY_PROXY, DIRECT, Case, End
from tests.capture.proxy import Proxy, serve_proxy
from tests.capture.wire import Ledger, serve, tls_context

STALL_TIMEOUT_S = 1.0
_SETTINGS = {
    "DOWNLOAD_MAXSIZE": MAX_BODY_MB * 1_000_000,
    "DOWNLOAD_TIMEOUT": 30,
    "DOWNLOAD_DELAY": 0,
    "RETRY_TIMES": 2,
    "EXTENSIONS": {},
}
_CONFIG = f"[crawl]\ndelay_s = 0\nretries = 2\ntimeout_s = 30\nmax_body_mb = {MAX_BODY_MB}\n"
REFUSED = "/refused"
"""Asked for with credentials that the proxy does not take."""
_FULL_RUN = 40
"""Pages asked for where the disk is full before they are all there."""
_FAR = "far.example"
"""A host that only the proxy knows."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Servers:
    """``urls`` by scheme, ``ledgers`` by URL, ``environment`` for who is to go to far hosts through the proxy."""

    urls: dict[str, str]
    ledgers: dict[str, Ledger]
    proxy: Proxy

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
        kept.pop("PYTHONDONTWRITEBYTECODE", None)  # our children would each compile all they import
        return kept | {"http_proxy": self.proxy.url(), "https_proxy": self.proxy.url(), "no_proxy": "127.0.0.1"}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Fetched:
    """What a client made of the table. ``exchanges`` and ``outcomes`` are by URL, in the order they ended."""

    servers: Servers
    exchanges: dict[str, list[dict[str, Any]]]
    outcomes: dict[str, dict[str, Any]]
    log: str

    def url(self, scheme: str, name: str) -> str:
        return self.servers.urls[scheme] + path_of(name)

    def ledger(self, scheme: str) -> Ledger:
        return self.servers.ledgers[self.servers.urls[scheme]]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Archived:
    """An archive folder after one run over the table. ``urls`` are those that were asked for."""

    folder: ArchiveFolder
    urls: list[str]
    servers: Servers
    result: dict[str, Any]


@contextmanager
def _servers(directory: Path) -> Iterator[Servers]:
    tls = tls_context(directory)
    urls: dict[str, str] = {}
    ledgers: dict[str, Ledger] = {}
    with ExitStack() as stack:
        for scheme in DIRECT + BY_PROXY:
            context = tls if scheme.startswith("https") else None
            server = stack.enter_context(serve(BY_PATH, context, letter=b"abcd"[len(urls) : len(urls) + 1]))
            urls[scheme] = server.url.replace("127.0.0.1", _FAR) if scheme in BY_PROXY else server.url
            ledgers[urls[scheme]] = server.ledger
        proxy = stack.enter_context(serve_proxy())
        yield Servers(urls=urls, ledgers=ledgers, proxy=proxy)


@pytest.fixture(scope="session")
def fetched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fetched]:
    with _servers(tmp_path_factory.mktemp("tls")) as servers:
        wanted = [
            {"url": servers.urls[scheme] + path_of(name), "method": case.method, "sent": case.sent, "meta": _meta(case)}
            for name, case in CASES.items()
            for scheme in schemes_of(name)
            if name not in REACHED_BY_REDIRECT
        ]
        refused = {"proxy": servers.proxy.url("wrong"), "dont_retry": True}
        wanted += [
            {"url": servers.urls[one] + REFUSED, "method": "GET", "sent": 0, "meta": refused} for one in BY_PROXY
        ]
        done = _child("fetch", {"settings": _SETTINGS, "wanted": wanted}, servers)
        exchanges: dict[str, list[dict[str, Any]]] = {}
        outcomes: dict[str, dict[str, Any]] = {}
        stream = io.BytesIO(done.stdout)
        while stream.tell() < len(done.stdout):
            one = pickle.load(stream)  # noqa: S301 - from our own child
            if one["kind"] == "outcome":
                outcomes[one["url"]] = one
            else:
                exchanges.setdefault(one["url"], []).append(one)
        yield Fetched(servers=servers, exchanges=exchanges, outcomes=outcomes, log=done.stderr.decode())


@pytest.fixture(scope="session")
def archived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archived]:
    yield from _archived(tmp_path_factory.mktemp("archived"), fail_after=0)


@pytest.fixture(scope="session")
def archived_until_full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archived]:
    """The same, on a disk that is full after five syncs."""
    yield from _archived(tmp_path_factory.mktemp("full"), fail_after=5)


def _archived(directory: Path, *, fail_after: int) -> Iterator[Archived]:
    folder = make_folder(directory / "archive")
    (folder.root / "archive.toml").write_text(_CONFIG)
    with _servers(directory) as servers:
        wanted = [
            servers.urls[scheme] + path_of(name)
            for name, case in CASES.items()
            for scheme in schemes_of(name)
            if case.archived and name not in REACHED_BY_REDIRECT and case.answers[0].end is not End.STALL
        ]
        if fail_after:
            del wanted[_FULL_RUN:]
        done = _child("store", {"folder": str(folder.root), "urls": wanted, "fail_after": fail_after}, servers)
        yield Archived(folder=folder, urls=wanted, servers=servers, result=json.loads(done.stdout))


def _child(module: str, task: Mapping[str, Any], servers: Servers) -> subprocess.CompletedProcess[bytes]:
    done = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", f"tests.capture.{module}"],
        input=json.dumps(task).encode(),
        env=servers.environment,
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done


def _meta(case: Case) -> dict[str, Any]:
    if case.answers[0].end is End.STALL:
        return {"dont_retry": True, "download_timeout": STALL_TIMEOUT_S, "download_slot": str(id(case))}
    return {"dont_retry": True} if case.error else {}
