"""Who may import whom, read from the source; what is imported inside a function or for types only counts as well."""

import ast
import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
APPLICATION, COMMANDS = ["archiver", "scrapy"], ["archiver.cli", "archiver.commands"]
MOST_LINES, MOST_FUNCTION_LINES = 400, 60
# What reads, writes or talks to somebody; http alone is names of codes.
INPUT_OUTPUT = (  # noqa: SIM905 - a list would fill the screen
    "warc db warcio sqlite_utils scrapy twisted requests httpx aiohttp urllib3 urllib.request http.client http.server"
    " os pathlib socket ssl select asyncio sqlite3 subprocess shutil tempfile glob fcntl threading multiprocessing"
).split()
# A module in the package on the left imports nothing of what stands on the right.
FORBIDDEN = {
    "warc": [*APPLICATION, "db"],
    "db": [*APPLICATION, "warc"],
    **dict.fromkeys(
        ["archiver.extract", "archiver.discovery", "archiver.recrawl", "archiver.textdiff", "archiver.weburl"],
        INPUT_OUTPUT,
    ),
    "archiver.commands": ["archiver.cli"],
    **{
        f"archiver.{part}": COMMANDS
        for part in ("capture", "spiders", "browse", "exports", "session", "run", "ingest", "folder")
    },
    "archiver.extraction": [*COMMANDS, "archiver.folder", "archiver.ingest", "sqlite_utils"],
    "archiver.workers": [*COMMANDS, "archiver.extract", "archiver.extraction", "archiver.ingest", "db", "warc"],
}
# Of ours, a module in the package on the left imports only what stands on the right.
ALLOWED = {
    "archiver.extract": ["archiver.extract"],
    "archiver.discovery": ["archiver.discovery", "archiver.weburl"],
    "archiver.forks": [],
    "archiver.recrawl": [],
    "archiver.weburl": [],
}


def _name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def _imports(path: Path) -> Iterator[str]:
    """Each imported name in full: ``from a import b`` may mean the module ``a.b``."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ("." * node.level + f"{node.module}.{alias.name}" for alias in node.names)


def _is_in(name: str, *packages: str) -> bool:
    return any(f"{name}.".startswith(f"{package}.") for package in packages)


PATHS = [path for package in ("archiver", "db", "warc") for path in sorted((ROOT / package).rglob("*.py"))]
EACH_MODULE = pytest.mark.parametrize("path", PATHS, ids=_name)


@EACH_MODULE
def test_imports_follow_the_arrows(path: Path) -> None:
    module, names = _name(path), list(_imports(path))
    wrong = [
        name for package, out in FORBIDDEN.items() if _is_in(module, package) for name in names if _is_in(name, *out)
    ]
    ours = [name for name in names if _is_in(name, "archiver")]
    wrong += [
        name for package, own in ALLOWED.items() if _is_in(module, package) for name in ours if not _is_in(name, *own)
    ]
    wrong += [name for name in names if name.startswith(".") or (_is_in(name, "warcio") and not _is_in(module, "warc"))]
    assert not wrong


@EACH_MODULE
def test_module_and_its_functions_stay_small(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= MOST_LINES
    functions = [one for one in ast.walk(ast.parse(source)) if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef))]
    assert not [one.name for one in functions if (one.end_lineno or 0) - one.lineno >= MOST_FUNCTION_LINES]


@pytest.mark.parametrize("name", ["archiver", "db", "warc"])
def test_our_packages_are_the_ones_imported(name: str) -> None:
    assert Path(str(importlib.import_module(name).__file__)).parent == ROOT / name


def test_help_loads_neither_database_nor_crawler() -> None:
    """Nobody should wait for them to read how a command is called."""
    script = (
        "import sys, archiver.cli; print(*sorted({'sqlite_utils', 'scrapy', 'lxml', 'pydantic'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)  # noqa: S603 - our own words
    assert done.stdout.split() == []
