"""Quality of extraction on labelled pages, with floors: ``make score``, where the pages are (``$ARCHIVER_GOLD``).

The pages and the scorers are not part of the project. A floor is a value that was asked for or reached; it is only ever
raised. Beside the figures over all pages stands their mean over folds: pages of one site are all in one fold.
"""

import argparse
import gzip
import hashlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from trafilatura import load_html

from archiver.extract import charset
from archiver.extract.comments.reading import Setting
from archiver.extract.comments.thread import guess_thread
from archiver.extract.links import web_host
from archiver.extract.model import Comment, Page
from archiver.extract.page import extract
from archiver.extract.tree import Tree

Row = dict[str, Any]
Figures = dict[str, float]
CAPTURED_AT = datetime(2026, 1, 1, tzinfo=UTC)
FOLDS = 5
FLOORS = {
    "comments": {
        **dict.fromkeys(("found_f1", "strict_f1", "page", "author", "date", "parent", "reply"), 0.999),
        **dict.fromkeys(("id", "clean"), 0.998),
        "quiet": 1.0,
    },
    "comments, no platform known": {"found_f1": 0.991, "strict_f1": 0.973, "page": 0.975, "quiet": 1.0},
    "article text": {"f1": 0.992, "recall": 0.995, "exact": 0.73},
    "raw article text": {"f1": 0.968},
}


def pages(folder: Path) -> Iterator[tuple[Row, bytes, Page]]:
    """Every labelled page with what is extracted from it."""
    for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        body = gzip.decompress((folder / "pages" / f"{row['page']}.html.gz").read_bytes())
        headers = (("Content-Type", "text/html"),)
        yield row, body, extract(body, url=row["url"] or "", status=200, headers=headers, captured_at=CAPTURED_AT)


def score(gold: Path, kind: str, rows: list[Row], predictions: list[Row]) -> Figures:
    """The scorer's figures for these rows."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        _write(folder / "gold.jsonl", rows)
        _write(folder / "predictions.jsonl", predictions)
        scorer = gold / f"score_{kind}.py"
        command = [sys.executable, str(scorer), str(folder), str(folder / "predictions.jsonl"), "--json"]
        done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - the labelled set's own
        figures: Figures = json.loads(done.stdout)
        return figures


def fold_of(row: dict[str, Any]) -> int:
    """Pages of one site fall into one fold."""
    site = web_host(row["url"]) or row["page"]
    return int(hashlib.sha256(site.removeprefix("www.").encode()).hexdigest(), 16) % FOLDS


def over_folds(gold: Path, kind: str, rows: list[Row], predictions: list[Row]) -> tuple[Figures, Figures]:
    """The figures over all pages, and their mean over the folds."""
    parts: list[Figures] = []
    for fold in range(FOLDS):
        chosen = [row for row in rows if fold_of(row) == fold]
        names = {row["page"] for row in chosen}
        parts.append(score(gold, kind, chosen, [one for one in predictions if one["page"] in names]))
    means = {name: statistics.mean(part[name] for part in parts) for name in parts[0]}
    return score(gold, kind, rows, predictions), means


def comment_figures(gold: Path) -> dict[str, tuple[Figures, Figures]]:
    """With the platforms, and by the generic reader alone: what to expect of a platform nobody has described."""
    found = [(row, page.comments, guessed) for row, page, guessed in comment_pages_of(gold / "comments")]
    rows = [row for row, _, _ in found]
    known = [{"page": row["page"], "comments": list(map(_prediction, comments))} for row, comments, _ in found]
    unknown = [{"page": row["page"], "comments": list(map(_prediction, guessed))} for row, _, guessed in found]
    return {
        "comments": over_folds(gold, "comments", rows, known),
        "comments, no platform known": over_folds(gold, "comments", rows, unknown),
    }


def comment_pages_of(folder: Path) -> Iterator[tuple[Row, Page, Sequence[Comment]]]:
    for row, body, page in pages(folder):
        root = load_html(charset.decode(body, "text/html"))
        thread = (
            guess_thread(Tree(root), Setting(url=row["url"] or "", base=row["url"] or "")) if root is not None else None
        )
        yield row, page, thread.comments if thread else ()


def article_figures(gold: Path) -> dict[str, tuple[Figures, Figures]]:
    found = [(row, page.article) for row, _, page in pages(gold / "articles")]
    rows = [row for row, _ in found]
    cleaned = [{"page": row["page"], "text": article.text if article else ""} for row, article in found]
    raw = [{"page": row["page"], "text": article.raw_text if article else ""} for row, article in found]
    return {
        "article text": over_folds(gold, "articles", rows, cleaned),
        "raw article text": over_folds(gold, "articles", rows, raw),
    }


def _prediction(comment: Comment) -> Row:
    return {
        "id": comment.native_id,
        "kind": str(comment.kind),
        "author": comment.author,
        "date": comment.published,
        "text": comment.text,
        "parent": comment.parent,
    }


def _write(path: Path, rows: list[Row]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    default = os.environ.get("ARCHIVER_GOLD", "../shared/gold")
    parser.add_argument("--gold", type=Path, default=Path(default), help="folder of the labelled pages")
    gold: Path = parser.parse_args().gold
    if not (gold / "comments" / "gold.jsonl").exists():
        sys.stdout.write(f"no labelled pages in {gold}; name their folder in ARCHIVER_GOLD\n")
        return 0
    below = 0
    for name, (figures, means) in (comment_figures(gold) | article_figures(gold)).items():
        sys.stdout.write(f"{name:30}{'all':>8}{'mean of ' + str(FOLDS) + ' folds':>18}\n")
        for figure, value in figures.items():
            floor = FLOORS[name].get(figure)
            said = "" if floor is None else f"   floor {floor}"
            missed = floor is not None and value < floor
            below += missed
            counts = figure in ("pages", "comments", "predicted")
            shown = f"{value:8.0f}" if counts else f"{value:8.4f}{means[figure]:18.4f}"
            sys.stdout.write(f"  {figure:28}{shown}{said}{' BELOW' if missed else ''}\n")
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
