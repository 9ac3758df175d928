"""The databases of earlier schema versions, as the programs of their time left them; see tests/fixtures/databases."""

import gzip
import json
import shutil
from pathlib import Path
from typing import Any, Final, cast

from db.facts import ArticleFacts, CaptureFacts, CaptureRow, CommentFacts

FIXTURES: Final = Path(__file__).parents[1] / "fixtures" / "databases"
VERSIONS: Final = ("0001", "0002")


def database(version: str, path: Path) -> Path:
    """Put the database of that version at this path."""
    path.write_bytes(gzip.decompress((FIXTURES / version / "archive.db.gz").read_bytes()))
    return path


def archive(version: str, root: Path) -> Path:
    """Make the archive folder as it was when the database had this version."""
    shutil.copytree(FIXTURES, root, ignore=shutil.ignore_patterns(*VERSIONS, "README.md"))
    (root / "crawls").mkdir()
    database(version, root / "archive.db")
    return root


def facts(version: str) -> list[CaptureFacts]:
    """What the program of that time loaded into it."""
    found: list[dict[str, Any]] = json.loads(gzip.decompress((FIXTURES / version / "facts.json.gz").read_bytes()))
    return [_facts(one) for one in found]


def _facts(one: dict[str, Any]) -> CaptureFacts:
    article, comments = one["article"], one["comments"]
    return CaptureFacts(
        capture=CaptureRow(**one["capture"]),
        article=ArticleFacts(**_tuples(article)) if article else None,
        comments=tuple(CommentFacts(**_tuples(comment)) for comment in comments),
        claimed_comments=one["claimed_comments"],
        complete=one["complete"],
    )


def _tuples(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: tuple(cast("list[str]", value)) if isinstance(value, list) else value for name, value in values.items()
    }
