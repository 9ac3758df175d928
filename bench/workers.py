"""Speed and memory of the workers that extract: ``python -m bench.workers``.

Pages are the labelled ones where they are (``$ARCHIVER_GOLD``), else made ones. Timed is what ``archiver inspect`` does
with them, from when the workers have started to the last result. One worker and two take turns.
"""

import argparse
import os
import resource
import sys
import tempfile
import time
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path

from archiver import workers
from archiver.config import ExtractSettings
from archiver.extract.model import Page
from archiver.extraction import Unreadable
from archiver.saved import Item, saved_page
from archiver.workers import Limits, Workers
from bench.figures import Report, at_least, at_most
from bench.site import Press

_GAIN = 1.6
_MOST_MB = 350
_MOST_GROWTH_MB = 20
_MADE_PAGES = 200
_MB = 1e6


def speed(report: Report, files: list[Path], *, rounds: int) -> None:
    turns = [(_seconds(files, 1), _seconds(files, 2)) for _ in range(rounds)]
    report.title(f"extraction of {len(files)} pages")
    report.line("one worker, pages/s", [len(files) / one for one, _ in turns])
    report.line("two workers, pages/s", [len(files) / two for _, two in turns])
    report.line("two workers, ratio to one", [one / two for one, two in turns], at_least(_GAIN))


def _seconds(files: list[Path], count: int) -> float:
    with Workers(_limits(count)) as pool:
        _extract(pool, files[: 4 * count])  # the workers have started, and loaded what the first page loads
        started = time.perf_counter()
        _extract(pool, files)
        return time.perf_counter() - started


def _extract(pool: Workers, files: Iterable[Path]) -> None:
    for item, result in pool.in_order(saved_page, (Item(file=str(file)) for file in files)):
        if not isinstance(result, Page):
            raise TypeError(f"{item.file}: {result}")


def memory(report: Report, files: list[Path], *, pages: int) -> None:
    """One worker, never replaced: the most it held while it went through all files, up to these numbers of pages."""
    vars(workers).update(_TASKS_OF_A_WORKER=0)
    held: list[float] = []
    with Workers(_limits(1)) as pool:
        for _, result in pool.in_order(_held_mb, islice(cycle(files), pages)):
            if not isinstance(result, float):
                raise TypeError(str(result))
            held.append(result)
    report.title(f"memory of one worker over {pages} pages")
    marks = [pages // 5, pages * 3 // 5, pages]
    found = [max(held[max(0, mark - len(files)) : mark]) for mark in marks]
    for mark, value in zip(marks, found, strict=True):
        report.line(f"held around page {mark}, MB", value)
    report.line("growth from the first to the last of these, MB", found[-1] - found[0], at_most(_MOST_GROWTH_MB))
    report.line("most held, MB", max(held), at_most(_MOST_MB))


def _held_mb(file: Path) -> float | Page | Unreadable:
    """In the worker: extract a page, then look at the process."""
    page = saved_page(Item(file=str(file)))
    if not isinstance(page, Page):
        return page
    status = Path("/proc/self/statm")
    if status.exists():
        return int(status.read_text(encoding="ascii").split()[1]) * resource.getpagesize() / _MB
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MB  # macOS: bytes, and the most there was


def _limits(count: int) -> Limits:
    return Limits.by(ExtractSettings(workers=count))


@contextmanager
def _files(gold: Path) -> Generator[list[Path]]:
    """The labelled pages, else made ones for as long as the context lasts."""
    found = sorted(gold.glob("*/pages/*.html.gz"))
    if found:
        yield found
        return
    with tempfile.TemporaryDirectory(prefix="bench-pages-") as scratch:
        press = Press()
        for number in range(_MADE_PAGES):
            (Path(scratch) / f"{number}.html").write_bytes(press.page(number))
        yield sorted(Path(scratch).iterdir())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    default = os.environ.get("ARCHIVER_GOLD", "../shared/gold")
    parser.add_argument("--gold", type=Path, default=Path(default), help="folder of the labelled pages")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pages", type=int, default=5000, help="for memory")
    parser.add_argument("--only", choices=["speed", "memory"], action="append", help="only this part")
    parser.add_argument("--floors", action="store_true", help="exit with 1 if a target is missed")
    given = parser.parse_args()
    report = Report()
    parts = given.only or ["speed", "memory"]
    with _files(given.gold) as files:
        if "speed" in parts:
            speed(report, files, rounds=given.rounds)
        if "memory" in parts:
            memory(report, files, pages=given.pages)
    return 1 if given.floors and report.missed else 0


if __name__ == "__main__":
    sys.exit(main())
