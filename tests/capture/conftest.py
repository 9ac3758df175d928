"""The whole table fetched once over http and https, and archived once; tests look at what came out."""

import base64
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from archiver.folder import ArchiveFolder, make_folder
from tests.capture.cases import BY_PATH, CASES, MAX_BODY_MB, REACHED_BY_REDIRECT, Case, End, path_of
from tests.capture.wire import Ledger, serve, tls_context

STALL_TIMEOUT_S = 1.0
_SETTINGS = {
    "DOWNLOAD_MAXSIZE": MAX_BODY_MB * 1_000_000,
    "DOWNLOAD_TIMEOUT": 30,
    "DOWNLOAD_DELAY": 0,
    "RETRY_TIMES": 1,
    "EXTENSIONS": {},
}
_CONFIG = f"[crawl]\ndelay_s = 0\nretries = 1\ntimeout_s = 30\nmax_body_mb = {MAX_BODY_MB}\n"
_NOT_ARCHIVED = {
    *REACHED_BY_REDIRECT,
    "trailing garbage later",  # what is asked next would decide
    *(name for name, case in CASES.items() if case.method == "HEAD" or case.answers[0].end is End.STALL),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a client made of the table. ``exchanges`` and ``outcomes`` are by URL, in the order they ended."""

    urls: dict[str, str]
    ledgers: dict[str, Ledger]
    exchanges: dict[str, list[dict[str, Any]]]
    outcomes: dict[str, dict[str, Any]]
    log: str

    def url(self, scheme: str, name: str) -> str:
        return self.urls[scheme] + path_of(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """An archive folder after one run over the table. ``urls`` are those that were asked for."""

    folder: ArchiveFolder
    urls: list[str]
    ledgers: dict[str, Ledger]
    result: dict[str, Any]


@contextmanager
def _servers(directory: Path) -> Iterator[tuple[dict[str, str], dict[str, Ledger]]]:
    with ExitStack() as stack:
        servers = {
            "http": stack.enter_context(serve(BY_PATH)),
            "https": stack.enter_context(serve(BY_PATH, tls_context(directory))),
        }
        yield (
            {scheme: server.url for scheme, server in servers.items()},
            {server.url: server.ledger for server in servers.values()},
        )


@pytest.fixture(scope="session")
def fetched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fetched]:
    with _servers(tmp_path_factory.mktemp("tls")) as (urls, ledgers):
        wanted = [
            {"url": url + path_of(name), "method": case.method, "meta": _meta(case)}
            for name, case in CASES.items()
            for scheme, url in urls.items()
            if scheme in case.schemes and name not in REACHED_BY_REDIRECT
        ]
        output, log = _child("fetch", {"settings": _SETTINGS, "wanted": wanted})
        exchanges: dict[str, list[dict[str, Any]]] = {}
        outcomes: dict[str, dict[str, Any]] = {}
        for line in map(json.loads, output.splitlines()):
            if line["kind"] == "outcome":
                outcomes[line["url"]] = line
            else:
                line |= {name: base64.b64decode(line[name]) for name in ("request", "response")}
                exchanges.setdefault(line["url"], []).append(line)
        yield Fetched(urls=urls, ledgers=ledgers, exchanges=exchanges, outcomes=outcomes, log=log)


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
    with _servers(directory) as (urls, ledgers):
        wanted = [
            url + path_of(name)
            for name, case in CASES.items()
            for scheme, url in urls.items()
            if scheme in case.schemes and name not in _NOT_ARCHIVED
        ]
        output, _ = _child("store", {"folder": str(folder.root), "urls": wanted, "fail_after": fail_after})
        yield Archived(folder=folder, urls=wanted, ledgers=ledgers, result=json.loads(output))


def _child(module: str, task: Mapping[str, Any]) -> tuple[str, str]:
    done = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", f"tests.capture.{module}"],
        input=json.dumps(task),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout, done.stderr


def _meta(case: Case) -> dict[str, Any]:
    if case.answers[0].end is End.STALL:
        return {"dont_retry": True, "download_timeout": STALL_TIMEOUT_S, "download_slot": str(id(case))}
    return {"dont_retry": True} if case.error else {}
