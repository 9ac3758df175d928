"""Runs the command line in a process of its own, as cron and people do."""

import atexit
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from sqlite_utils import Database

from db.descriptions import TABLES
from tests.cli.forked import Forks

ROOT = Path(__file__).resolve().parents[2]
SEED_TEXT = ROOT / "tests" / "fixtures" / "000_cde7af975df0d4d9.txt"
SEED: dict[str, Any] = json.loads((ROOT / "tests" / "fixtures" / "seed.json").read_text(encoding="utf-8"))
_TIMEOUT_S = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """An ended process: exit code and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def json_lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


def archiver(*args: str | Path, cwd: Path | None = None, stdin: str = "", env: Mapping[str, str] | None = None) -> Done:
    """``archiver ARGS``; no proxy and no archive from the environment gets in.

    With an ``env``, or where a test has changed the environment, by a new interpreter; else in a process forked from
    one that has loaded the program.
    """
    words = [*map(str, args)]
    environment = _environment()
    if env is not None or environment != _forks().environment:
        return _new(words, cwd, stdin, {**environment, **(env or {})})
    return _forked(words, cwd, stdin)


def _environment() -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    for name in (
        "ARCHIVER_DIR",
        "PYTHONDONTWRITEBYTECODE",  # compiled once, not at each of many starts
        "PYTEST_CURRENT_TEST",
    ):
        clean.pop(name, None)
    return clean | {"PYTHONPATH": str(ROOT)}


@cache
def _forks() -> Forks:
    forks = Forks(_environment(), ROOT)
    atexit.register(forks.close)
    return forks


def _forked(args: list[str], cwd: Path | None, stdin: str) -> Done:
    with TemporaryFile() as given, TemporaryFile() as out, TemporaryFile() as err:
        given.write(stdin.encode())
        given.seek(0)
        code = _forks().run(args, cwd=str(cwd or Path.cwd()), streams=(given, out, err), timeout_s=_TIMEOUT_S)
        return Done(code=code, out=_text(out), err=_text(err))


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode()


def _new(args: list[str], cwd: Path | None, stdin: str, environment: Mapping[str, str]) -> Done:
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "archiver", *args],
        cwd=cwd,
        env=environment,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        timeout=_TIMEOUT_S,
    )
    return Done(code=done.returncode, out=done.stdout, err=done.stderr)


def make_archive(folder: Path, config: str = "", *, timeout_s: int = 5) -> Path:
    """A new archive that fetches without delay; ``config`` is added to its archive.toml."""
    made = archiver("init", folder)
    assert (made.code, made.err) == (0, ""), made
    (folder / "archive.toml").write_text(
        f"[crawl]\ndelay_s = 0\nretries = 0\ntimeout_s = {timeout_s}\n{config}", encoding="utf-8"
    )
    return folder


def dump(folder: Path, tables: tuple[str, ...]) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of these tables and views, sorted, without what depends on the order of loading."""
    with Database(folder / "archive.db") as database:
        rows = {
            table: [
                tuple(value for name, value in row.items() if name not in TABLES[table].inner)
                for row in database.query(f'SELECT * FROM "{table}"')  # noqa: S608 - names of ours
            ]
            for table in tables
        }
        database.close()
    return {table: sorted(values, key=repr) for table, values in rows.items()}


def query(folder: Path, sql: str, *values: object) -> list[dict[str, Any]]:
    database = Database(folder / "archive.db")
    try:
        return list(database.query(sql, list(values)))
    finally:
        database.close()


def execute(folder: Path, sql: str, *values: object) -> None:
    database = Database(folder / "archive.db")
    try:
        with database.conn:
            database.conn.execute(sql, values)
    finally:
        database.close()
