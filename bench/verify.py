"""Speed of ``archiver verify`` against ``gzip -t`` over the same files: ``python -m bench.verify``.

Runs take turns. What ``verify`` takes over an archive of one page is start-up, the same for any archive: ratios are
printed with it and without.
"""

import argparse
import gzip
import shutil
import subprocess
import sys
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from bench.crawls import Usage, archive, archiver, crawl, run, size
from bench.figures import Report, at_least
from bench.site import Content, Site

_TARGET = 0.9
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One round: verify over the archive, over one of a single page, and gzip -t over the archive's files."""

    verify: Usage
    start: Usage
    gzip: Usage

    @property
    def checking_s(self) -> float:
        return max(self.verify.wall_s - self.start.wall_s, 1e-3)


def compare(report: Report, coding: str, *, pages: int, rounds: int, below: Path | None) -> None:
    with ExitStack() as archives:
        with Site(Content(pages=pages, coding=coding)) as site:
            folder, single = (archives.enter_context(archive(site.urls(count), below=below)) for count in (pages, 1))
            crawl("ours", folder)
            crawl("ours", single)
        files = sorted(folder.glob("archive/*.warc.gz"))
        test: list[str | Path] = [shutil.which("gzip") or "gzip", "-t", *files]
        turns = [Turn(verify=_verify(folder), start=_verify(single), gzip=run(test)[1]) for _ in range(rounds)]
        packed, unpacked = size(folder, "archive/*") / 1e6, _unpacked(files) / 1e6
    report.title(f"verify, site serves {coding}: {pages} pages, {packed:.0f} MB, unpacked {unpacked:.0f} MB")
    report.line("verify, s", [one.verify.wall_s for one in turns])
    report.line("  of it start-up, s", [one.start.wall_s for one in turns])
    report.line("gzip -t, s", [one.gzip.wall_s for one in turns])
    report.line("speed, ratio to gzip -t", [one.gzip.wall_s / one.verify.wall_s for one in turns], at_least(_TARGET))
    report.line("  start-up left out", [one.gzip.wall_s / one.checking_s for one in turns], at_least(_TARGET))
    report.line("CPU, verify to gzip -t, ratio", [one.verify.cpu_s / one.gzip.cpu_s for one in turns])
    report.line("most memory of verify, MB", max(one.verify.max_rss_mb for one in turns))


def _verify(folder: Path) -> Usage:
    """Raises CalledProcessError where verify finds damage: nothing is wrong with these archives."""
    return run(archiver(folder, "verify", "--json"))[1]


def _unpacked(files: Iterable[Path]) -> int:
    total = 0
    for path in files:
        with gzip.open(path) as stream:
            while chunk := stream.read(_CHUNK):
                total += len(chunk)
    return total


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=3000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--coding", choices=["gzip", "identity"], action="append", help="only this one")
    parser.add_argument("--dir", type=Path, help="where the archives are made")
    parser.add_argument("--floors", action="store_true", help="exit with 1 if a target is missed")
    given = parser.parse_args()
    report = Report()
    for coding in given.coding or ["gzip", "identity"]:
        try:
            compare(report, coding, pages=given.pages, rounds=given.rounds, below=given.dir)
        except subprocess.CalledProcessError as error:
            sys.stderr.write(f"{error}\n")
            return 1
    return 1 if given.floors and report.missed else 0


if __name__ == "__main__":
    sys.exit(main())
