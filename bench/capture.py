"""What archiving costs: our capture against plain Scrapy over the same made site: ``python -m bench.capture``.

Runs take turns, each in a process of its own (``bench.child``). A ratio is taken within a round, so that what slows
the machine for a while slows both; printed are medians over the rounds, with the target beside each.
"""

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

from bench.crawls import Crawl, archive, crawl, size
from bench.figures import Report, at_least, at_most
from bench.site import Content, Site

_MEMORY_SIZES = [1000, 5000, 20_000]
_CPU_TARGETS = {"gzip": 1.15, "identity": 1.25}
_SPEED_TARGET = 0.90
_RSS_MB = 200
_FLAT_MB = 20  # what "flat" is taken to mean: from 1,000 to 20,000 pages at most this much more than plain Scrapy grows
_RECORD_BYTES, _INDEX_BYTES = 1700, 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """From the command line."""

    pages: int
    rounds: int
    below: Path | None
    bare_share: float
    sizes: list[int]


def speed(report: Report, coding: str, options: Options) -> None:
    """First crawls: pages a second, CPU and memory beside plain Scrapy's, and what they leave on the disk."""
    report.title(f"Capture, site serves {coding}: {options.pages} pages, {options.rounds} rounds")
    plain: list[Crawl] = []
    ours: list[Crawl] = []
    records = index = connections = 0
    with Site(Content(pages=options.pages, coding=coding)) as site:
        urls = site.urls(options.pages)
        length = len(urls[0])
        for turn in range(options.rounds):
            for kind in ("plain", "ours") if turn % 2 else ("ours", "plain"):
                with archive(urls, below=options.below) as folder:
                    one = _complete(crawl(kind, folder), options.pages)
                    if kind == "ours":
                        records, index = size(folder, "archive/*"), size(folder, "indexes/*")
                (plain if kind == "plain" else ours).append(one)
                connections = site.counts()["connections"]
    both = list(zip(ours, plain, strict=True))
    report.line("pages/s, plain Scrapy", [one.pages / one.wall_s for one in plain])
    report.line("pages/s, ours", [one.pages / one.wall_s for one in ours])
    report.line("pages/s, ratio", [other.wall_s / one.wall_s for one, other in both], at_least(_SPEED_TARGET))
    report.line("CPU ms a page, plain Scrapy", [one.cpu_s / one.pages * 1e3 for one in plain])
    report.line("CPU ms a page, ours", [one.cpu_s / one.pages * 1e3 for one in ours])
    report.line("CPU, ratio", [one.cpu_s / other.cpu_s for one, other in both], at_most(_CPU_TARGETS[coding]))
    report.line("  whole process: time, ratio", [other.process.wall_s / one.process.wall_s for one, other in both])
    report.line("  whole process: CPU, ratio", [one.process.cpu_s / other.process.cpu_s for one, other in both])
    report.line("most memory, MB, plain Scrapy", max(one.process.max_rss_mb for one in plain))
    report.line("most memory, MB, ours", max(one.process.max_rss_mb for one in ours), at_most(_RSS_MB))
    report.line("records, bytes a page", records / options.pages)
    report.line(f"index, bytes a page (URLs of {length} characters)", index / options.pages)
    report.line("connections of the last run", connections)


def second_crawl(report: Report, coding: str, options: Options) -> None:
    """The same site again, unchanged: what is fetched, stored and extracted."""
    content = Content(pages=options.pages, coding=coding, bare_share=options.bare_share)
    report.title(
        f"Second crawl of the unchanged site, {coding}: {options.pages} pages, {content.bare_pages} without validators"
    )
    with Site(content) as site, archive(site.urls(options.pages), below=options.below) as folder:
        first = _complete(crawl("ours", folder, extract=True), options.pages)
        before = size(folder, "archive/*"), size(folder, "indexes/*")
        site.counts()
        second = _complete(crawl("ours", folder, extract=True), options.pages)
        counts = site.counts()
        records, index = size(folder, "archive/*") - before[0], size(folder, "indexes/*") - before[1]
    offered = options.pages - content.bare_pages
    report.line("304 where the server offers it, share", counts.get("304", 0) / max(offered, 1), at_least(1))
    strict = not content.bare_pages
    report.line("records, bytes a page", records / options.pages, at_most(_RECORD_BYTES) if strict else None)
    report.line("index, bytes a page", index / options.pages, at_most(_INDEX_BYTES))
    report.line("bodies downloaded, bytes", counts.get("body_bytes", 0), at_most(0) if strict else None)
    report.line("pages extracted at the first crawl", first.extracted)
    report.line("pages extracted again", second.extracted, at_most(0))
    report.line("pages/s, first crawl", first.pages / first.wall_s)
    report.line("pages/s, second crawl", second.pages / second.wall_s)


def memory(report: Report, coding: str, options: Options) -> None:
    """Most memory of a process at several lengths of a crawl."""
    report.title(f"Memory, site serves {coding}")
    found: dict[tuple[str, int], float] = {}
    with Site(Content(pages=options.sizes[-1], coding=coding)) as site:
        for count in options.sizes:
            for kind in ("plain", "ours"):
                with archive(site.urls(count), below=options.below) as folder:
                    most = _complete(crawl(kind, folder), count).process.max_rss_mb
                found[kind, count] = most
                report.line(
                    f"most memory, MB, {kind}, {count} pages", most, at_most(_RSS_MB) if kind == "ours" else None
                )
    growth = {kind: found[kind, options.sizes[-1]] - found[kind, options.sizes[0]] for kind in ("plain", "ours")}
    for kind, more in growth.items():
        report.line(f"growth, MB, {kind}, {options.sizes[0]} to {options.sizes[-1]} pages", more)
    report.line("growth of ours beyond that of plain Scrapy, MB", growth["ours"] - growth["plain"], at_most(_FLAT_MB))


def _complete(one: Crawl, pages: int) -> Crawl:
    if one.pages != pages:
        raise AssertionError(f"{one.pages} of {pages} pages were fetched: the figures would mean nothing")
    return one


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--coding", choices=["gzip", "identity"], action="append", help="only this one")
    parser.add_argument("--only", choices=["speed", "second", "memory"], action="append", help="only this part")
    parser.add_argument("--memory", action="store_true", help="also memory, at crawls of these sizes:")
    parser.add_argument("--sizes", type=int, nargs="+", default=_MEMORY_SIZES, help="from small to large")
    parser.add_argument("--bare-share", type=float, default=0.0, help="second crawl: share of pages without validators")
    parser.add_argument("--dir", type=Path, help="where the archives are made; their disk's fsync counts")
    parser.add_argument("--floors", action="store_true", help="exit with 1 if a target is missed")
    given = parser.parse_args()
    options = Options(
        pages=given.pages,
        rounds=given.rounds,
        below=given.dir,
        bare_share=given.bare_share,
        sizes=sorted(given.sizes),
    )
    report = Report()
    parts = given.only or ["speed", "second", *(["memory"] if given.memory else [])]
    codings = given.coding or ["gzip", "identity"]
    for coding in codings if "speed" in parts else []:
        speed(report, coding, options)
    if "second" in parts:
        second_crawl(report, codings[0], options)
    if "memory" in parts:
        memory(report, codings[0], options)
    return 1 if given.floors and report.missed else 0


if __name__ == "__main__":
    sys.exit(main())
