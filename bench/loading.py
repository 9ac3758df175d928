"""Loading beside plain sqlite3, and loads in a process of their own.

    python -m bench.loading FILE --articles N --comments M --captures C [--profile FILE]

makes a database of a made archive and prints as JSON what that took, making the facts left out.
"""

import argparse
import cProfile
import gc
import json
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final

from bench.crawls import Usage, run
from bench.figures import Report, at_most
from bench.plain import Newest, insert_many_at_once, insert_one_by_one, made_like_ours, tables
from bench.sizes import Unique
from bench.synthetic import Archive
from bench.words import prose
from db.facts import CaptureFacts
from db.load import load_many
from db.schema import checkpoint, open_database

_BATCH: Final = 200
"""Captures of a transaction, as ``load_many`` has it."""

_PARTS: Final = 5
_TARGET: Final = at_most(2.0)
_OURS: Final = "load"
_PLAIN: Final = {"executemany": insert_one_by_one, "many rows in a statement": insert_many_at_once}


@dataclass(slots=True)
class Clock:
    cpu_s: float = 0.0
    wall_s: float = 0.0

    def time(self, call: Callable[[], object]) -> None:
        wall, cpu = time.perf_counter(), time.process_time()
        call()
        self.cpu_s += time.process_time() - cpu
        self.wall_s += time.perf_counter() - wall


@dataclass(frozen=True, slots=True)
class Part:
    """A share of the archive, and what each way took for it."""

    clocks: dict[str, Clock] = field(default_factory=lambda: {name: Clock() for name in (_OURS, *_PLAIN)})

    def ratio(self, unit: str) -> float:
        ours, *plain = (getattr(clock, unit) for clock in self.clocks.values())
        return float(ours / min(plain))


def beside_plain(report: Report, archive: Archive, folder: Path) -> tuple[Path, Unique]:
    """Load an archive batch by batch, each batch's new rows then inserted by plain sqlite3 in another database, twice.

    Returns the database, its log empty.
    """
    path, unique = folder / "archive.db", Unique()
    parts = [Part() for _ in range(_PARTS)]
    total = archive.articles * archive.captures
    archive.capture(0, 0)  # all that is kept from page to page is made now
    gc.freeze()  # what the benchmark holds itself is not to be walked through again and again
    with closing(open_database(path, create=True)) as ours:
        newest = Newest(ours.conn)
        plain = {name: made_like_ours(folder / f"plain-{number}.db") for number, name in enumerate(_PLAIN)}
        for number, batch in enumerate(_batches(archive.facts())):
            for facts in batch:
                unique.add(facts)
            clocks = parts[number * _BATCH * _PARTS // total].clocks
            clocks[_OURS].time(lambda batch=batch: load_many(ours, batch))  # type: ignore[misc]  # bound at once
            rows = newest.rows()
            for name in list(_PLAIN) if number % 2 else reversed(_PLAIN):
                clocks[name].time(lambda name=name, rows=rows: _PLAIN[name](plain[name], rows))  # type: ignore[misc]
        for connection in plain.values():
            if archive.captures == 1:
                _compare(ours.conn, connection)
            connection.close()
        checkpoint(ours)
    for number in range(len(_PLAIN)):
        (folder / f"plain-{number}.db").unlink()
    _print(report, archive, parts)
    return path, unique


def _print(report: Report, archive: Archive, parts: list[Part]) -> None:
    captures = archive.articles * archive.captures
    report.title(f"load: {archive.articles} articles, {archive.comments} comments, {captures} captures")
    whole = Part()
    for part in parts:
        for name, clock in part.clocks.items():
            whole.clocks[name].cpu_s += clock.cpu_s
            whole.clocks[name].wall_s += clock.wall_s
    for name, clock in whole.clocks.items():
        report.line(f"{name}, CPU s", clock.cpu_s)
        report.line("  ms a capture", clock.cpu_s * 1000 / captures)
        report.line("  s by the clock", clock.wall_s)
    parts = [part for part in parts if part.clocks[_OURS].wall_s]  # a small archive has fewer batches
    report.line("CPU, ratio to the faster plain one", whole.ratio("cpu_s"), _TARGET)
    report.line("  by fifths of the archive", [part.ratio("cpu_s") for part in parts])
    report.line("time, ratio to the faster plain one", whole.ratio("wall_s"), _TARGET)
    report.line("  by fifths of the archive", [part.ratio("wall_s") for part in parts])


def _compare(ours: sqlite3.Connection, plain: sqlite3.Connection) -> None:
    """Raise AssertionError unless both hold as many rows, and find as many."""
    word = prose().words[0]
    for table in tables(ours):
        counts = f'SELECT count(*) FROM "{table.name}"'  # noqa: S608 - ours
        if ours.execute(counts).fetchone() != plain.execute(counts).fetchone():
            raise AssertionError(f"{table.name}: other rows than ours")
    for name in ("articles_fts", "comments_fts"):
        found = f"SELECT count(*) FROM {name} WHERE {name} MATCH ?"  # noqa: S608 - ours
        if ours.execute(found, [word]).fetchone() != plain.execute(found, [word]).fetchone():
            raise AssertionError(f"{name}: other rows than ours")


def _batches(facts: Iterator[CaptureFacts]) -> Iterator[list[CaptureFacts]]:
    while batch := list(islice(facts, _BATCH)):
        yield batch


def loaded(path: Path, archive: Archive, profile: cProfile.Profile | None = None) -> tuple[Unique, Clock]:
    """Make a database, its log empty."""
    unique, clock = Unique(), Clock()
    archive.capture(0, 0)  # all that is kept from page to page is made now
    gc.freeze()  # what the benchmark holds itself is not to be walked through again and again
    with closing(open_database(path, create=True)) as db:
        for batch in _batches(archive.facts()):
            for facts in batch:
                unique.add(facts)
            if profile:
                profile.enable()
            clock.time(lambda batch=batch: load_many(db, batch))  # type: ignore[misc]  # bound at once
            if profile:
                profile.disable()
        checkpoint(db)
    return unique, clock


def loaded_apart(path: Path, archive: Archive) -> tuple[Unique, Clock, Usage]:
    """As ``loaded``, in a process of its own; with what that took, the making of the facts in it."""
    sizes = (f"--{name}={getattr(archive, name)}" for name in ("articles", "comments", "captures"))
    text, usage = run([sys.executable, "-m", "bench.loading", path, *sizes])
    found = json.loads(text)
    return Unique(bytes=found["bytes"], within=found["within"]), Clock(found["cpu_s"], found["wall_s"]), usage


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--articles", type=int, default=3000)
    parser.add_argument("--comments", type=int, default=30_000)
    parser.add_argument("--captures", type=int, default=1)
    parser.add_argument("--profile", type=Path, help="write cProfile's figures of the loading there")
    given = parser.parse_args()
    archive = Archive(articles=given.articles, comments=given.comments, captures=given.captures)
    profile = cProfile.Profile() if given.profile else None
    unique, clock = loaded(given.path, archive, profile)
    if profile:
        profile.dump_stats(given.profile)
    figures = {"bytes": unique.bytes, "within": unique.within, "cpu_s": clock.cpu_s, "wall_s": clock.wall_s}
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
