"""Forked commands answer as those of a new interpreter do."""

import os
from pathlib import Path
from tempfile import TemporaryFile

import pytest

from tests.cli.forked import Forks
from tests.cli.running import ROOT, SEED_TEXT, archiver


@pytest.mark.parametrize(
    ("args", "stdin"),
    [
        pytest.param(["--help"], "", id="help"),
        pytest.param(["no-such-command"], "", id="wrong-usage"),
        pytest.param(["status"], "", id="no-archive-here"),
        pytest.param(["inspect", "--json", str(SEED_TEXT)], "", id="by-a-worker"),
        pytest.param(["import", "-"], "no WARC", id="input"),
    ],
)
def test_command_answers_as_in_a_new_interpreter(tmp_path: Path, args: list[str], stdin: str) -> None:
    assert archiver(*args, cwd=tmp_path, stdin=stdin) == archiver(*args, cwd=tmp_path, stdin=stdin, env={})


def test_changed_environment_reaches_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    wide = archiver("--help").out
    monkeypatch.setenv("COLUMNS", "40")
    assert len(archiver("--help").out.splitlines()) > len(wide.splitlines())


def test_server_ends_with_its_tests(tmp_path: Path) -> None:
    forks = Forks({**os.environ, "PYTHONPATH": str(ROOT)}, ROOT)
    try:
        with TemporaryFile() as given, TemporaryFile() as out, TemporaryFile() as err:
            code = forks.run(["--version"], cwd=str(tmp_path), streams=(given, out, err), timeout_s=100)
            out.seek(0)
            assert (code, out.read().split()[0]) == (0, b"archiver,")
    finally:
        ended_with = forks.close()
    assert ended_with == 0
