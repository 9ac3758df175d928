"""Cost of extraction: ``python -m bench.extraction``.

Article, metadata, thread and verdict together beside trafilatura's own article with metadata, thirty pages in turn:
the labelled pages (``$ARCHIVER_GOLD``) where they are, else the golden pages of the tests. How cost grows with a
thread, and what hostile pages take. Times are CPU times of this process: nothing in extraction waits.
"""

import argparse
import gzip
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from trafilatura import bare_extraction

from archiver.extract.page import extract
from bench.figures import Report, at_most

_AT = datetime(2026, 1, 1, tzinfo=UTC)
_GOLDEN = Path(__file__).parent.parent / "tests" / "golden" / "comments"
_TIME_LIMIT_S = 60
_FEW, _MANY = 500, 5000
_IN_A_ROW = 30
"""Pages before the other has its turn: few enough for a machine whose speed drifts, many enough for warm caches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    url: str
    body: bytes


def samples(gold: Path) -> list[Sample]:
    return list(_labelled(gold)) or list(_golden())


def _labelled(gold: Path) -> Iterator[Sample]:
    for folder in (gold / "comments", gold / "articles"):
        listing = folder / "gold.jsonl"
        for line in listing.read_text(encoding="utf-8").splitlines() if listing.exists() else ():
            row = json.loads(line)
            body = gzip.decompress((folder / "pages" / f"{row['page']}.html.gz").read_bytes())
            yield Sample(url=row["url"] or "", body=body)


def _golden() -> Iterator[Sample]:
    for folder in sorted(_GOLDEN.iterdir()):
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        yield Sample(url=meta["url"], body=(folder / "page.html").read_bytes())


def ours(sample: Sample) -> object:
    headers = (("Content-Type", "text/html"),)
    return extract(sample.body, url=sample.url, status=200, headers=headers, captured_at=_AT)


def trafilaturas(sample: Sample) -> object:
    return bare_extraction(sample.body, url=sample.url or None, with_metadata=True)


def cpu_s(call: Callable[[Sample], object], sample: Sample) -> float:
    start = time.process_time()
    call(sample)
    return time.process_time() - start


def compare(report: Report, pages: list[Sample], *, rounds: int) -> None:
    report.title(f"extraction of {len(pages)} pages, {sum(len(one.body) for one in pages) / 1e6:.1f} MB")
    for page in pages:  # what both keep between pages is filled
        ours(page), trafilaturas(page)
    mine: list[float] = []
    theirs: list[float] = []
    for turn in range(rounds):
        sums = {ours: 0.0, trafilaturas: 0.0}
        for number, start in enumerate(range(0, len(pages), _IN_A_ROW)):
            for call in (ours, trafilaturas) if (turn + number) % 2 else (trafilaturas, ours):
                sums[call] += sum(cpu_s(call, page) for page in pages[start : start + _IN_A_ROW])
        mine.append(sums[ours] * 1000 / len(pages))
        theirs.append(sums[trafilaturas] * 1000 / len(pages))
    report.line("archiver: article, thread, verdict, ms a page", mine)
    report.line("trafilatura: article and metadata, ms a page", theirs)
    ratios = [one / other for one, other in zip(mine, theirs, strict=True)]
    report.line("ratio", ratios, at_most(1.15))


# Threads


def wordpress(number: int) -> str:
    return (
        f'<li id="comment-{number}" class="comment depth-1"><article class="comment-body">'
        f'<b class="fn">Name {number}</b>'
        f'<time datetime="2019-03-04T09:{number % 60:02}:00+00:00">March 4, 2019</time>'
        f'<div class="comment-content"><p>Words of number {number}, some more of them.</p></div></article></li>'
    )


def unknown(number: int) -> str:
    return (
        f'<div class="remark-comment" id="r{number}"><span class="remark-user">Name {number}</span>'
        f'<span class="remark-date">04.03.2019 09:{number % 60:02}</span><p>Words of number {number}, more.</p></div>'
    )


def thread(comment: Callable[[int], str], count: int) -> Sample:
    listed = "".join(map(comment, range(1, count + 1)))
    text = "".join(f"<p>{'The council voted to keep the lighthouse open. ' * 5}</p>" for _ in range(5))
    source = (
        '<html lang="en"><head><title>Lighthouse</title></head><body><article><h1>Lighthouse</h1>'
        f'{text}</article><div id="comments" class="comments"><ol class="comment-list">{listed}</ol></div>'
    )
    return Sample(url="https://harbour.example/lighthouse/", body=source.encode())


def grow(report: Report, *, rounds: int) -> None:
    report.title(f"a thread of {_MANY} comments to one of {_FEW}")
    for name, comment in (("WordPress", wordpress), ("no platform known", unknown)):
        few, many = thread(comment, _FEW), thread(comment, _MANY)
        ours(few)
        turns = [(cpu_s(ours, few), cpu_s(ours, many)) for _ in range(rounds)]
        report.line(f"{name}, s of {_MANY}", [long for _, long in turns])
        report.line(f"{name}, ratio", [long / short for short, long in turns], at_most(12))


# Hostile pages


def hostile() -> Iterator[tuple[str, bytes]]:
    paragraph = b"<p>" + b"Some words that mean nothing at all. " * 10 + b"</p>"
    yield "20 MB of paragraphs", b"<html><body>" + paragraph * (20_000_000 // len(paragraph))
    yield "20 MB of one text", b"<html><body><p>" + b"word " * 4_000_000
    yield "100,000 nested <div>", b"<html><body>" + b"<div>" * 100_000 + b"deep"
    yield "50,000 links", b"<html><body>" + b"".join(b'<a href="/%d/">A link of words</a> ' % n for n in range(50_000))
    yield "200,000 empty comments", b"<html><body>" + b"".join(b'<li id="comment-%d"></li>' % n for n in range(200_000))


def bear(report: Report) -> None:
    report.title("hostile pages, s")
    for name, body in hostile():
        seconds = cpu_s(ours, Sample(url="https://harbour.example/odd/", body=body))
        report.line(name, seconds, at_most(_TIME_LIMIT_S))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    default = os.environ.get("ARCHIVER_GOLD", "../shared/gold")
    parser.add_argument("--gold", type=Path, default=Path(default), help="folder of the labelled pages")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", choices=["compare", "grow", "bear"], help="only this part")
    parser.add_argument("--floors", action="store_true", help="exit with 1 if a target is missed")
    given = parser.parse_args()
    report = Report()
    if given.only in (None, "compare"):
        compare(report, samples(given.gold), rounds=given.rounds)
    if given.only in (None, "grow"):
        grow(report, rounds=given.rounds)
    if given.only in (None, "bear"):
        bear(report)
    return 1 if given.floors and report.missed else 0


if __name__ == "__main__":
    sys.exit(main())
