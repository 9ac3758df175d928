"""Extraction of stored captures: a page that hangs or crashes is one capture with an error, and the rest goes on."""

import os
import signal
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from archiver import ingest
from archiver.cli import run
from archiver.errors import Exit
from archiver.extract.version import EXTRACTOR
from archiver.extraction import Job, stored_facts
from archiver.folder import ArchiveFolder, make_folder, open_folder
from archiver.session import Session
from archiver.workers import Failure
from tests.cli.running import ROOT, query
from tests.here import counting
from tests.misbehaving import Fate, page_fate
from tests.test_saved import ARTICLE

PAGES = ("one", Fate.HANG, "two", Fate.SEGFAULT, Fate.RAISE, "three")
ERRORS = {
    "one": None,
    "two": None,
    "three": None,
    Fate.HANG: "extraction took longer than 1 s",
    Fate.SEGFAULT: "extraction crashed (signal 11)",
    Fate.RAISE: "Unsendable: odd page",
}
_WITHOUT_RESULT = {page for page, error in ERRORS.items() if error}


def make_archive(root: Path, pages: tuple[str, ...], *, timeout_s: float) -> ArchiveFolder:
    """Pages that are stored and not extracted."""
    make_folder(root)
    (root / "archive.toml").write_text(f"[extract]\ntimeout_s = {timeout_s}\nworkers = 2\n", encoding="utf-8")
    folder = open_folder(root)
    with Session(folder, command="add") as session:
        for page in pages:
            body = ARTICLE.replace("CANONICAL", "").replace("river", f"river {page}").encode()
            session.store_file(url=f"https://a.example/{page}", body=body, content_type="text/html")
        session.commit()
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> ArchiveFolder:
    """Each page has met its fate, once."""
    folder = make_archive(tmp_path_factory.mktemp("bad") / "archive", PAGES, timeout_s=1)
    with closing(folder.database()) as database:
        done = ingest.ingest_new(folder, database, extract=page_fate)
    assert (done.captures, done.damage) == (len(PAGES), ())
    assert set(done.given_up) == {f"https://a.example/{page}: {ERRORS[page]}" for page in (Fate.HANG, Fate.SEGFAULT)}, (
        "what raised would do so again, and is the page's own"
    )
    return folder


def names(folder: ArchiveFolder, sql: str) -> list[str]:
    return [Path(row["url"]).name for row in query(folder.root, sql)]


def test_bad_page_has_its_error_and_the_others_their_articles(folder: ArchiveFolder) -> None:
    rows = query(folder.root, "select url, error, extractor, verdict from captures")
    assert {Path(row["url"]).name: row["error"] for row in rows} == ERRORS
    assert {row["extractor"] for row in rows} == {EXTRACTOR}
    assert {Path(row["url"]).name for row in rows if row["verdict"] is None} == _WITHOUT_RESULT
    assert names(folder, "select url from articles order by first_captured") == ["one", "two", "three"]


def test_status_counts_bad_pages(folder: ArchiveFolder, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(folder.root), "status"]) == Exit.OK
    assert "not extracted: 3 captures; captures.error says why\n" in capsys.readouterr().out


def test_bad_page_is_tried_again_by_another_extractor_only(
    folder: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = counting(monkeypatch, ingest)
    with closing(folder.database()) as database:
        ingest.ingest_pending(folder, database, extract=page_fate)
        assert here.calls == 0
        monkeypatch.setattr(ingest, "EXTRACTOR", "another")
        ingest.ingest_pending(folder, database)
    assert here.calls == len(PAGES)
    assert names(folder, "select url from captures where error is not null") == []


def test_rebuild_keeps_what_was_given_up_until_all_is_extracted_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = make_archive(tmp_path / "archive", ("one", Fate.HANG), timeout_s=1)
    counting(monkeypatch, ingest)
    with closing(folder.database()) as database:
        ingest.ingest_new(folder, database, extract=_given_up)
    rebuild = ["-C", str(folder.root), "rebuild"]
    assert run([*rebuild, "--check"]) == Exit.OK, capsys.readouterr()
    assert run(rebuild) == Exit.OK
    assert names(folder, "select url from captures where error like 'extraction %'") == [Fate.HANG]
    assert run(["-C", str(folder.root), "extract", "--all"]) == Exit.OK
    assert len(names(folder, "select url from articles")) == 2
    assert run([*rebuild, "--check"]) == Exit.OK, capsys.readouterr()


def _given_up(job: Job) -> Any:
    return Failure(reason="took longer than 1 s") if job.row.url.endswith(Fate.HANG) else stored_facts(job)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda one: one.name)
def test_interrupt_ends_extraction_and_its_workers(tmp_path: Path, number: signal.Signals) -> None:
    folder = make_archive(tmp_path / "archive", ("one", Fate.HANG, "two"), timeout_s=600)
    command = [sys.executable, "-m", "tests.misbehaving", "extract", str(folder.root)]
    pipe = subprocess.PIPE
    with subprocess.Popen(  # noqa: S603 - ours
        command, cwd=ROOT, stdout=pipe, stderr=pipe, start_new_session=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == b"hang\n"
        os.killpg(process.pid, number)  # to all of them, as the terminal does
        try:
            left, said = process.communicate(timeout=60)  # ends when the last process that may write has ended
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    assert (left, said.strip()) == (b"", b"archiver: interrupted; what was stored is kept")
    assert process.returncode == Exit.INTERRUPTED
    assert run(["-C", str(folder.root), "extract"]) == Exit.OK
    assert run(["-C", str(folder.root), "rebuild", "--check"]) == Exit.OK
    assert len(names(folder, "select url from articles")) == 3
