"""Quality of extraction on labelled pages, with floors: ``make score``, where the pages are (``$ARCHIVER_GOLD``).

The pages and the scorers are not part of the project. A floor is a value that was reached; it is only ever raised.
"""

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from archiver.extract.model import Page
from archiver.extract.page import extract

CAPTURED_AT = datetime(2026, 1, 1, tzinfo=UTC)
FLOORS = {
    "comments": {"found_f1": 0.74, "strict_f1": 0.74, "quiet": 1.0},
    "comments of WordPress": {"found_f1": 0.99, "strict_f1": 0.99, "date": 0.99, "parent": 0.99, "quiet": 1.0},
    "article text": {"f1": 0.989, "recall": 0.994, "exact": 0.72},
    "raw article text": {"f1": 0.964},
}


def pages(folder: Path) -> Iterator[tuple[dict[str, Any], Page]]:
    """Every labelled page with what is extracted from it."""
    for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        body = gzip.decompress((folder / "pages" / f"{row['page']}.html.gz").read_bytes())
        headers = (("Content-Type", "text/html"),)
        yield row, extract(body, url=row["url"] or "", status=200, headers=headers, captured_at=CAPTURED_AT)


def score(gold: Path, kind: str, rows: list[dict[str, Any]], predictions: list[dict[str, Any]]) -> dict[str, float]:
    """The scorer's figures for these rows."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        _write(folder / "gold.jsonl", rows)
        _write(folder / "predictions.jsonl", predictions)
        scorer = gold / f"score_{kind}.py"
        command = [sys.executable, str(scorer), str(folder), str(folder / "predictions.jsonl"), "--json"]
        done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - the labelled set's own
        figures: dict[str, float] = json.loads(done.stdout)
        return figures


def comment_figures(gold: Path) -> dict[str, dict[str, float]]:
    rows: list[dict[str, Any]] = []
    predictions: list[dict[str, Any]] = []
    for row, page in pages(gold / "comments"):
        rows.append(row)
        predictions.append({"page": row["page"], "comments": [_prediction(one) for one in page.comments]})
    wordpress = [row for row in rows if row.get("platform") == "wordpress"]
    return {
        "comments": score(gold, "comments", rows, predictions),
        "comments of WordPress": score(gold, "comments", wordpress, predictions),
    }


def article_figures(gold: Path) -> dict[str, dict[str, float]]:
    rows: list[dict[str, Any]] = []
    cleaned: list[dict[str, Any]] = []
    raw: list[dict[str, Any]] = []
    for row, page in pages(gold / "articles"):
        rows.append(row)
        cleaned.append({"page": row["page"], "text": page.article.text if page.article else ""})
        raw.append({"page": row["page"], "text": page.article.raw_text if page.article else ""})
    return {
        "article text": score(gold, "articles", rows, cleaned),
        "raw article text": score(gold, "articles", rows, raw),
    }


def _prediction(comment: Any) -> dict[str, Any]:
    return {
        "id": comment.native_id,
        "kind": str(comment.kind),
        "author": comment.author,
        "date": comment.published,
        "text": comment.text,
        "parent": comment.parent,
    }


def _write(path: Path, rows: list[dict[str, Any]]) -> None:
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
    for name, figures in (comment_figures(gold) | article_figures(gold)).items():
        sys.stdout.write(f"{name}\n")
        for figure, value in figures.items():
            floor = FLOORS[name].get(figure)
            sys.stdout.write(f"  {figure:16} {value:8.4f}" + (f"  floor {floor}\n" if floor is not None else "\n"))
            if floor is not None and value < floor:
                below += 1
                sys.stdout.write(f"  {figure} is below its floor\n")
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
