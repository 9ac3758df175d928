"""Archives of the made site, and processes run over them with what they took."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What a whole process took, its children included; CPU is user and system time together."""

    wall_s: float
    cpu_s: float
    max_rss_mb: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawl:
    """One crawl by ``bench.child``: ``wall_s`` and ``cpu_s`` from the engine's start to the end of all writing."""

    pages: int
    wall_s: float
    cpu_s: float
    extracted: int
    process: Usage


def run(command: Sequence[str | Path], *, accepted: Sequence[int] = (0,)) -> tuple[bytes, Usage]:
    """Standard output of a process, and what it took. Raises CalledProcessError on another exit code."""
    with tempfile.TemporaryFile() as out:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=out)  # noqa: S603 - our own modules and gzip
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        text = out.read()
    if process.returncode not in accepted:
        raise subprocess.CalledProcessError(process.returncode, [str(part) for part in command], text)
    rss_unit = 1e6 if sys.platform == "darwin" else 1e6 / 1024  # bytes there, kB elsewhere
    return text, Usage(wall_s=wall, cpu_s=used.ru_utime + used.ru_stime, max_rss_mb=used.ru_maxrss / rss_unit)


def archiver(folder: Path, *arguments: str) -> list[str]:
    """The command line of our command over that archive."""
    return [sys.executable, "-m", "archiver", "-C", str(folder), *arguments]


def crawl(kind: str, folder: Path, *, extract: bool = False) -> Crawl:
    """Crawl what the archive's configuration names: ``ours``, or ``plain``, which leaves the archive as it is."""
    options = ["--extract"] if extract else []
    text, usage = run([sys.executable, "-m", "bench.child", kind, str(folder), *options])
    figures = json.loads(text)
    return Crawl(
        pages=figures["pages"],
        wall_s=figures["wall_s"],
        cpu_s=figures["cpu_s"],
        extracted=figures.get("extracted", 0),
        process=usage,
    )


@contextmanager
def archive(urls: Sequence[str], *, below: Path | None = None) -> Generator[Path]:
    """A new archive of these pages, each due again at once. ``below`` says on which disk: syncing costs."""
    with tempfile.TemporaryDirectory(dir=below, prefix="bench-archive-") as scratch:
        folder = Path(scratch)
        run([sys.executable, "-m", "archiver", "init", str(folder)])
        pages = ",\n".join(json.dumps(url) for url in urls)
        config = (
            f'[crawl]\ndelay_s = 0.0\nrecrawl_after = "0.001s"\n\n[sources.pages]\nkind = "list"\nurls = [{pages}]\n'
        )
        (folder / "archive.toml").write_text(config, encoding="utf-8")
        yield folder


def size(folder: Path, pattern: str) -> int:
    """Bytes of the files below a folder."""
    return sum(path.stat().st_size for path in folder.glob(pattern) if path.is_file())
