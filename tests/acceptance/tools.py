"""Runs the tools of .venv-validators, each in a process of its own; ``make acceptance`` makes that environment."""

import http.client
import os
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.acceptance.made import Line
from tests.cli.running import ROOT, Done

BIN = ROOT / ".venv-validators" / "bin"
_TIMEOUT_S = 60
_QUIET = {"PYTHONWARNINGS": "ignore", "NO_COLOR": "1"}
_ENV = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")} | _QUIET


def tool(name: str, *args: str | Path, cwd: Path | None = None) -> Done:
    """An ended run of a tool; ``gzip`` is the system's."""
    done = subprocess.run(  # noqa: S603 - the tools this suite is about
        [name if name == "gzip" else BIN / name, *map(str, args)],
        cwd=cwd,
        env=_ENV,
        capture_output=True,
        text=True,
        check=False,
        timeout=_TIMEOUT_S,
    )
    return Done(code=done.returncode, out=done.stdout, err=done.stderr)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    status: int
    body: bytes
    headers: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wayback:
    """A running pywb with the collections of one folder."""

    port: int

    def get(self, collection: str, timestamp: str, url: str, *, coding: str = "identity") -> Reply:
        """A capture as it was (``id_``): nothing rewritten. With ``coding`` gzip, a gzipped page comes gzipped."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_TIMEOUT_S)
        try:
            connection.request("GET", f"/{collection}/{timestamp}id_/{url}", headers={"Accept-Encoding": coding})
            response = connection.getresponse()
            headers = {name.lower(): value for name, value in response.getheaders()}
            return Reply(status=response.status, body=response.read(), headers=headers)
        finally:
            connection.close()

    def replay(self, collection: str, line: Line) -> Reply:
        return self.get(collection, line.timestamp, line.url)


@contextmanager
def run_wayback(root: Path) -> Iterator[Wayback]:
    """Serves every folder in ``root/collections``; ready when it says that it listens."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen(  # noqa: S603 - the tool this suite is about
        [BIN / "wayback", "--debug", "--bind", "127.0.0.1", "--port", str(port), "--directory", root],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**_ENV, "PYTHONUNBUFFERED": "1"},
    )
    with process:
        end = threading.Timer(_TIMEOUT_S, process.kill)  # nothing below waits for ever
        end.start()
        try:
            assert process.stdout is not None
            said: list[str] = []
            for line in process.stdout:  # debug output says so once the socket listens
                said.append(line)
                if f"starting server on {port}" in line:
                    break
            else:
                raise AssertionError(f"pywb did not start:\n{''.join(said)}")
            rest = threading.Thread(target=process.stdout.read, daemon=True)  # or its pipe fills up
            rest.start()
            yield Wayback(port=port)
        finally:
            end.cancel()
            process.terminate()
            process.wait()
