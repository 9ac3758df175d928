"""``archiver rebuild`` beside the extraction in it: the same workers over the same records, results thrown away."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from archiver.extraction import Job, stored_facts
from archiver.folder import ArchiveFolder, open_folder
from archiver.ingest import ingest_all
from archiver.rows import capture_row
from archiver.workers import Limits, Workers
from bench.crawls import archive, crawl
from bench.figures import Report, at_least
from bench.site import Content, Site
from db.facts import CaptureFacts
from db.load import load_many
from db.rebuild import install, scratch_database
from warc.cdxj import cdxj_line
from warc.errors import DamagedRecord
from warc.index import IndexDraft
from warc.reader import final_name, read_captures, warc_files

_TARGET: Final = at_least(0.9)


def rebuilds(report: Report, *, pages: int, rounds: int, below: Path | None) -> None:
    with ExitStack() as left:
        with Site(Content(pages=pages)) as site:
            root = left.enter_context(archive(site.urls(pages), below=below))
            crawl("ours", root)
        folder = open_folder(root)
        jobs = _jobs(folder)
        facts: list[CaptureFacts] = []
        turns = [(_took(lambda: _rebuild(folder)), _took(lambda: _extract(folder, jobs))) for _ in range(rounds)]
        _extract(folder, jobs, facts.append)
        parts = [(_seconds(lambda: _jobs(folder)), *_load(folder, facts)) for _ in range(rounds)]
    report.title(f"rebuild, {len(jobs)} captures, by the clock")
    report.line("rebuild, s", [one for (one, _), _ in turns])
    report.line("  extraction alone, s", [other for _, (other, _) in turns])
    report.line("  share of extraction", [other / one for (one, _), (other, _) in turns], _TARGET)
    report.line("  CPU of the command itself, workers left out, s", [cpu for (_, cpu), _ in turns])
    report.line("  the same of extraction alone, s", [cpu for _, (_, cpu) in turns])
    report.line("  by itself: reading the records, s", [one[0] for one in parts])
    report.line("  by itself: loading, s", [one[1] for one in parts])
    report.line("  by itself: putting in place, s", [one[2] for one in parts])


def _rebuild(folder: ArchiveFolder) -> None:
    """What the command does, its search for torn records left out."""
    with folder.lock(), scratch_database(folder.database_path) as new, IndexDraft(folder.index_path) as index:
        files = {final_name(path) for path in warc_files(folder.warc_dir)}
        ingest_all(folder, new, on_capture=lambda capture: index.add(cdxj_line(capture)))
        install(new, folder.database_path)
        index.install(files)


def _jobs(folder: ArchiveFolder) -> list[Job]:
    captures = (capture for path in warc_files(folder.warc_dir) for capture in read_captures(path))
    return [
        Job(directory=folder.warc_dir, row=capture_row(capture))
        for capture in captures
        if not isinstance(capture, DamagedRecord)
    ]


def _extract(folder: ArchiveFolder, jobs: list[Job], take: Callable[[CaptureFacts], object] = lambda _: None) -> None:
    """Which captures there are is known before: finding that out is not extraction."""
    with Workers(Limits.by(folder.config.extract)) as workers:
        for _, result in workers.in_order(stored_facts, jobs):
            if not isinstance(result, CaptureFacts):
                raise TypeError(str(result))
            take(result)


def _load(folder: ArchiveFolder, facts: list[CaptureFacts]) -> tuple[float, float]:
    with scratch_database(folder.database_path) as new:
        loading = _seconds(lambda: load_many(new, facts))
        return loading, _seconds(lambda: install(new, folder.database_path))


def _took(call: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock, and of this process's CPU."""
    cpu = time.process_time()
    return _seconds(call), time.process_time() - cpu


def _seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start
