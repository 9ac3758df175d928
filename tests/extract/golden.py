"""Golden cases of comment platforms: a folder each, with ``page.html``, ``meta.json`` and ``expected.json``.

``python -m tests.extract.golden`` writes every ``expected.json`` anew; its diff is to be read like code.
"""

import gzip
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from archiver.extract.model import Page
from archiver.extract.page import extract

FOLDER = Path(__file__).parent.parent / "golden" / "comments"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    folder: Path
    platform: str
    url: str
    captured_at: datetime

    @property
    def body(self) -> bytes:
        packed = self.folder / "page.html.gz"
        return gzip.decompress(packed.read_bytes()) if packed.exists() else (self.folder / "page.html").read_bytes()

    @property
    def expected(self) -> dict[str, Any]:
        loaded: dict[str, Any] = json.loads((self.folder / "expected.json").read_text("utf-8"))
        return loaded

    def page(self) -> Page:
        headers = [("Content-Type", "text/html; charset=utf-8")]
        return extract(self.body, url=self.url, status=200, headers=headers, captured_at=self.captured_at)


def cases() -> list[Case]:
    return [_case(folder) for folder in sorted(FOLDER.iterdir())]


def _case(folder: Path) -> Case:
    meta = json.loads((folder / "meta.json").read_text("utf-8"))
    captured_at = datetime.fromisoformat(meta["captured_at"])
    return Case(folder=folder, platform=meta["platform"], url=meta["url"], captured_at=captured_at)


def as_json(page: Page) -> dict[str, Any]:
    """What a golden case holds: the thread, field by field, and what the page says of it."""
    return {
        "comments": [asdict(comment) for comment in page.comments],
        "claimed_comments": page.claimed_comments,
        "complete": page.complete,
        "comment_pages": list(page.comment_pages),
        "elsewhere": [asdict(embed) for embed in page.elsewhere],
    }


def rewrite() -> None:
    for case in cases():
        text = json.dumps(as_json(case.page()), ensure_ascii=False, indent=1)
        (case.folder / "expected.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    rewrite()
