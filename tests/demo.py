"""The demo behind ``make demo``: archives the fixture site by the installed commands and shows what came of it.

Knows the command line, archive.toml and the archive folder, as a user does. It imports nothing of the application.
Every step is shown as it would be typed; the first that fails ends the demo with its exit code.
"""

import argparse
import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
import zlib
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from tests.site import Markup, serve

ROOT = Path(__file__).resolve().parent.parent
FOLDER = "demo-archive"
MARKER = ".made-by-make-demo"
MARKER_TEXT = "This folder was made by make demo, which removes it when it runs again.\n"
WRONG_USAGE = 2


class Record(NamedTuple):
    """Where a capture lies. ``file`` is relative to the archive folder; ``offset`` and ``length`` in bytes."""

    file: str
    offset: int
    length: int


def say(text: str = "") -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()  # before a step writes to the same place


def refuse(reason: str) -> SystemExit:
    sys.stderr.write(f"demo: {reason}\n")
    return SystemExit(WRONG_USAGE)


def made_by_demo(folder: Path) -> bool:
    marker = folder / MARKER
    return not folder.is_symlink() and marker.is_file() and marker.read_text(encoding="utf-8") == MARKER_TEXT


def clear(folder: Path, *, keep: bool) -> None:
    """Removes an earlier demo's folder; anything else that stands there is left alone and ends the demo."""
    if not folder.exists() and not folder.is_symlink():
        return
    if keep:
        raise refuse(f"{folder} exists; name a folder that does not")
    if not made_by_demo(folder):
        raise refuse(f"{folder} was not made by the demo; move it away or use --keep DIR")
    shutil.rmtree(folder)


def command_name() -> str:
    """What a user types here: the command's name if it is on the PATH, else its path beside this Python."""
    beside = Path(sys.executable).parent / "archiver"
    if shutil.which("archiver") or not beside.exists():
        return "archiver"
    return str(beside.relative_to(ROOT)) if beside.is_relative_to(ROOT) else str(beside)


def environment() -> dict[str, str]:
    # A proxy set for the outer world cannot reach a server on loopback.
    hosts = ",".join(filter(None, [os.environ.get("NO_PROXY", os.environ.get("no_proxy")), "127.0.0.1"]))
    return {**os.environ, "NO_PROXY": hosts, "no_proxy": hosts}


def step(*arguments: str) -> None:
    """Shows and runs one archiver command; its exit code ends the demo unless it is 0."""
    say(f"\n$ archiver {shlex.join(arguments)}")
    done = subprocess.run(  # noqa: S603 - our own command and arguments, no shell
        [sys.executable, "-m", "archiver", *arguments], cwd=ROOT, env=environment(), check=False
    )
    if done.returncode != 0:
        sys.stderr.write(f"demo: this step failed with exit code {done.returncode}\n")
        raise SystemExit(done.returncode if done.returncode > 0 else 128 - done.returncode)


def initialise(folder: Path, shown: str) -> None:
    try:
        step("init", shown)
    finally:
        if folder.is_dir():  # marked even if init failed half-way, or the next demo would refuse it
            (folder / MARKER).write_text(MARKER_TEXT, encoding="utf-8")


def with_source(config: str, feed_url: str) -> str:
    """archive.toml with the fixture site's feed as a source and a delay fit for loopback."""
    delay = "delay_s = 0.1"
    if re.search(r"(?m)^\[crawl\]", config) is None:
        config = f"{config.rstrip()}\n\n[crawl]\n"
    config, found = re.subn(r"(?m)^delay_s\s*=.*$", delay, config)
    if not found:
        config = re.sub(r"(?m)^\[crawl\].*$", rf"\g<0>\n{delay}", config)
    return f'{config.rstrip()}\n\n[sources.fixture]\nkind = "feed"\nurl = "{feed_url}"\n'.lstrip()


def configure(folder: Path, shown: str, feed_url: str) -> None:
    path = folder / "archive.toml"
    path.write_text(with_source(path.read_text(encoding="utf-8"), feed_url), encoding="utf-8")
    say(f"\n# written into {shown}/archive.toml: one source, and a short delay between requests")
    say(f'[crawl]\ndelay_s = 0.1\n\n[sources.fixture]\nkind = "feed"\nurl = "{feed_url}"')


def record_of(folder: Path, url: str) -> Record:
    with closing(sqlite3.connect(f"{(folder / 'archive.db').as_uri()}?mode=ro", uri=True)) as database:
        row = database.execute(
            "select warc_file, warc_offset, warc_length from captures where url = ? order by captured_at desc limit 1",
            [url],
        ).fetchone()
    if row is None:
        raise refuse(f"no capture of {url} in the database")
    file, offset, length = row
    path = Path("archive", file)
    return Record(str(path if (folder / path).exists() else file), offset, length)


def head_of(folder: Path, record: Record, lines: int) -> list[str]:
    """The first lines of the record that stands at this offset, read without any of the archive's own code."""
    with (folder / record.file).open("rb") as warc:
        warc.seek(record.offset)
        data = zlib.decompressobj(wbits=31).decompress(warc.read(record.length))
    return data.decode("utf-8", errors="replace").splitlines()[:lines]


def show_record(folder: Path, shown: str, url: str) -> None:
    record = record_of(folder, url)
    say("\n# where the page's bytes are kept")
    say(f"WARC file   {shown}/{record.file}")
    say(f"offset      {record.offset}, {record.length} bytes")
    say("\n# the record that stands there begins")
    for line in head_of(folder, record, 6):
        say(line if len(line) <= 100 else f"{line[:97]}...")


def show_next_steps(shown: str) -> None:
    here = f"{command_name()} -C {shlex.quote(shown)}"
    say("\n# to go on; the site of this demo is gone, its archive stays")
    for command, does in (
        ("serve", "browse articles and comments"),
        ("search hoist", "search both"),
        ("show 'Putin now fears'", "one article with its thread"),
    ):
        say(f"{here} {command:<24}  # {does}")
    say("make archive URL=https://...  # archive a page of your own")


def run(shown: str, *, keep: bool) -> None:
    folder = ROOT / shown
    clear(folder, keep=keep)
    with serve(Markup.HTML5) as site:
        say(f"# a small news site to archive is served at {site.url}")
        initialise(folder, shown)
        configure(folder, shown, site.feed_url)
        step("-C", shown, "crawl")
        step("-C", shown, "show", "Putin now fears")
        show_record(folder, shown, site.article_url)
        step("-C", shown, "search", "petard")
        step("-C", shown, "status")
    show_next_steps(shown)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.demo", description="Archive the fixture site.")
    parser.add_argument("--keep", metavar="DIR", help="make the archive in DIR, which must not exist")
    options = parser.parse_args(arguments)
    try:
        run(options.keep or FOLDER, keep=options.keep is not None)
    except KeyboardInterrupt:
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
