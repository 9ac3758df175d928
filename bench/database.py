"""The database over a made archive: speed of load, rebuild, search, show and diff; size: ``python -m bench.database``.

What stands beside each is plain sqlite3 with the same rows or the same question. Turns are taken batch by batch and
query by query, and CPU time counts where one process does both.
"""

import argparse
import sys
import tempfile
from itertools import islice
from pathlib import Path
from typing import Final

from bench.figures import Report, at_most
from bench.loading import beside_plain, loaded, loaded_apart
from bench.reading import reading
from bench.rebuilding import rebuilds
from bench.searching import searches
from bench.sizes import sizes
from bench.synthetic import Archive

_PARTS: Final = ("load", "size", "memory", "search", "show", "rebuild")
_COMMENTS_EACH: Final = 10
_AT_ONE, _AT_MANY = at_most(3.0), at_most(4.5)
_TEXTS: Final = 200


def over_one_capture(report: Report, archive: Archive, folder: Path, parts: list[str], *, rounds: int) -> None:
    """What is asked of one database: its load, its size, and reading it."""
    if "load" in parts:
        path, unique = beside_plain(report, archive, folder)
    else:
        path = folder / "archive.db"
        unique, _ = loaded(path, archive)
    if "size" in parts:
        sizes(report, path, unique, _AT_ONE, what=_named(archive))
    if "search" in parts:
        some = islice(archive.facts(), 0, None, max(1, archive.articles // _TEXTS))
        texts = [
            text for facts in some if facts.article for text in (facts.article.text, *(c.text for c in facts.comments))
        ]
        searches(report, path, texts, rounds=rounds)
    if "show" in parts:
        reading(report, folder, rounds=rounds * 5)


def over_many_captures(report: Report, archive: Archive, folder: Path) -> None:
    path = folder / "many.db"
    unique, clock, usage = loaded_apart(path, archive)
    sizes(report, path, unique, _AT_MANY, what=_named(archive))
    captures = archive.articles * archive.captures
    report.line("loading, ms of CPU a capture", clock.cpu_s * 1000 / captures)
    report.line("  ms a capture by the clock", clock.wall_s * 1000 / captures)
    report.line("  most memory, the making of the facts in it, MB", usage.max_rss_mb)
    path.unlink()


def memory(report: Report, archive: Archive, folder: Path) -> None:
    """Of a process that makes facts and loads them; by how much it grows with the archive."""
    report.title("memory of a process that makes facts and loads them")
    for share in (10, 2):
        part = Archive(articles=archive.articles // share, comments=archive.comments // share)
        path = folder / f"part-{share}.db"
        _, _, usage = loaded_apart(path, part)
        report.line(f"most, MB: {_named(part)}", usage.max_rss_mb)
        path.unlink()


def _named(archive: Archive) -> str:
    captures = f"{archive.captures} captures" if archive.captures > 1 else "one capture"
    return f"{archive.articles} articles, {archive.comments} comments, {captures} each"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--comments", type=int, help="default: ten an article")
    parser.add_argument("--captures", type=int, default=17, help="of each article, for the second size")
    parser.add_argument("--share", type=int, default=10, help="the second size is that of one article in so many")
    parser.add_argument("--pages", type=int, default=3000, help="for rebuild")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="3000 articles and 300 pages, for development")
    parser.add_argument("--only", choices=_PARTS, action="append", help="only this part")
    parser.add_argument("--dir", type=Path, help="where the databases and the archive are made")
    parser.add_argument("--floors", action="store_true", help="exit with 1 if a target is missed")
    given = parser.parse_args()
    if given.quick:
        given.articles, given.pages = 3000, 300
    given.comments = given.comments or given.articles * _COMMENTS_EACH
    return given


def main() -> int:
    given = _options()
    report = Report()
    parts = given.only or list(_PARTS)
    archive = Archive(articles=given.articles, comments=given.comments)
    share = Archive(
        articles=given.articles // given.share, comments=given.comments // given.share, captures=given.captures
    )
    if given.dir:
        given.dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=given.dir, prefix="bench-database-") as scratch:
        folder = Path(scratch)
        if set(parts) - {"memory", "rebuild"}:
            over_one_capture(report, archive, folder, parts, rounds=given.rounds)
            (folder / "archive.db").unlink()
        if "size" in parts:
            over_many_captures(report, share, folder)
        if "memory" in parts:
            memory(report, archive, folder)
    if "rebuild" in parts:
        rebuilds(report, pages=given.pages, rounds=given.rounds, below=given.dir)
    return 1 if given.floors and report.missed else 0


if __name__ == "__main__":
    sys.exit(main())
