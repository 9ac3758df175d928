"""One archive that is struck again and again, and examined whenever a run could end."""

import json
import multiprocessing
import os
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Final

from archiver import forks
from archiver.cli import COMMANDS
from archiver.folder import make_folder
from tests.cli.running import ROOT, execute
from tests.crash.books import problems
from tests.crash.child import Blow, Task, act
from tests.crash.noted import Noted, note, unreadable
from tests.crash.site import SECTION, CrashSite, Strike

_RECOVERED: Final = "archiver: recovered "
_LONGEST_S: Final = 120
_CONTEXT: Final[ForkServerContext] = multiprocessing.get_context("forkserver")
vars(forks).update(LOADED=(*forks.LOADED, "tests.crash.warm"))  # one server for these and for the pool's own tests


@dataclass(frozen=True, slots=True, kw_only=True)
class Instant:
    """After so much processor time, wherever the process is then."""

    cpu_s: float

    def __str__(self) -> str:
        return f"killed after {self.cpu_s:.3f} s of processor time"


Fate = Blow | Strike | Instant | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A process that is gone. A code below zero is the signal that ended it."""

    code: int
    said: str
    events: Counter[str]

    @property
    def complaint(self) -> str:
        """What was said, but for what was recovered."""
        lines = self.said.splitlines(keepends=True)
        return "".join(line for line in lines if not line.startswith(_RECOVERED))

    @property
    def was_killed(self) -> bool:
        return self.code in (-signal.SIGKILL, -signal.SIGPROF)


@dataclass(slots=True)
class Ordeal:
    """``said`` keeps what was done, for the message of a failed test."""

    folder: Path
    site: CrashSite
    output: Path
    noted: list[Noted] = field(default_factory=list[Noted])
    found_open: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    done: list[str] = field(default_factory=list[str])

    def crawl(self, fate: Fate = None, *, command: str = "crawl", real: bool = False) -> Ended:
        """A run of ``crawl``, or of another command that writes.

        What is acknowledged at its end, however it ends, is noted, and must be readable.

        ``real``: a process of its own, as cron starts it; only the site can strike it.
        """
        self.site.prepare(fate if isinstance(fate, Strike) else None)
        ended = self._really(command) if real else self.run(command, fate=fate)
        self.done.append(f"{'real ' if real else ''}{command}, {fate or 'left alone'}: exit {ended.code}")
        if isinstance(fate, Blow) and fate.power_cut and ended.was_killed:
            self._cut_power()
        noted = note(self.folder)
        found = [*unreadable(self.folder, noted, self.site)]
        assert not found, self._report(found)
        self.noted.append(noted)
        for name in noted.unfinished:
            self.found_open.setdefault(name.removesuffix(".open"), set(noted.captures))
        return ended

    def run(self, *args: str, fate: Fate = None) -> Ended:
        output = self.output
        events = output.with_suffix(".events")
        events.unlink(missing_ok=True)
        blow = fate if isinstance(fate, Blow) else None
        cpu_s = fate.cpu_s if isinstance(fate, Instant) else 0.0
        task = Task(folder=self.folder, output=output, args=args, blow=blow, cpu_s=cpu_s)
        forks.warm_up()
        process = _CONTEXT.Process(target=act, args=(task,))
        process.start()
        if process.pid:
            self.site.aim(process.pid)
        process.join(_LONGEST_S)
        code = process.exitcode
        if code is None:
            process.kill()
            process.join()
        process.close()
        said = output.read_text(encoding="utf-8")
        assert code is not None, self._report([f"a run that does not end: {fate} {said}"])
        counts = json.loads(events.read_text(encoding="utf-8")) if events.exists() else {}
        return Ended(code=code, said=said, events=Counter(counts))

    def finish(self) -> None:
        """A run that nothing happens to must end well, and leave an archive without a fault."""
        left = self.noted[-1].unfinished if self.noted else {}
        ended = self.crawl()
        assert (ended.code, ended.complaint) == (0, ""), self._report([f"the run was to end well: {ended}"])
        named = {name for name in left if f"{_RECOVERED}{name.removesuffix('.open')} " in ended.said}
        assert named == {*left}, self._report([f"recovered without a word: {left.keys() - named}; said: {ended.said}"])
        self.examine()

    def examine(self) -> None:
        found = [*problems(self.folder, self.site, self.noted, self.found_open)]
        wanted = {self.site.url + path for path in (SECTION, *self.site.pages)}
        if missing := wanted - self.site.urls_of(self.site.round):
            found.append(f"never asked for in this round: {sorted(missing)}")
        if missing := wanted - {self.site.url + SECTION} - set(self.noted[-1].pages):
            found.append(f"not noted as captured: {sorted(missing)}")
        commands = [("rebuild", "--check"), *([("verify",)] if "verify" in COMMANDS else [])]
        for args in commands:
            ended = self.run(*args)
            if ended.code:
                found.append(f"{' '.join(args)}: exit {ended.code}: {ended.said}")
        assert not found, self._report(found)
        self.noted = [note(self.folder)]

    def next_round(self) -> None:
        """Every page is due again, and some have changed."""
        self.site.next_round()
        execute(self.folder, "UPDATE pages SET due_at = '2000-01-01T00:00:00.000000Z'")

    def _cut_power(self) -> None:
        """Take away what had not been synced: of the WARC files, then of the database, whose log is synced late.

        What index and database had acknowledged must be readable in what is left.
        """
        acknowledged = note(self.folder)
        notes = json.loads(self.output.with_suffix(".synced").read_text(encoding="utf-8"))
        for path in self.folder.glob("archive/*.warc.gz*"):
            inode = path.stat().st_ino
            if str(inode) in notes["synced"]:
                os.truncate(path, min(notes["synced"][str(inode)], path.stat().st_size))
            if inode in notes["unnamed"]:
                path.unlink()
        found = [*unreadable(self.folder, acknowledged, self.site)]
        assert not found, self._report(found)
        log = self.folder / "archive.db-wal"
        # Beside the crawl it may have been in the middle of a checkpoint, which syncs the log first.
        if notes["calm"] and log.exists():
            os.truncate(log, min(notes["synced"].get(str(log.stat().st_ino), 0), log.stat().st_size))
            log.with_name("archive.db-shm").unlink(missing_ok=True)

    def _really(self, *args: str) -> Ended:
        command = [sys.executable, "-m", "archiver", "-C", str(self.folder), *args]
        clean = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
        with subprocess.Popen(  # noqa: S603 - ours
            command, cwd=ROOT, env=clean, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as process:
            self.site.aim(process.pid)
            said, _ = process.communicate(timeout=_LONGEST_S)
        return Ended(code=process.returncode, said=said, events=Counter())

    def _report(self, found: list[str]) -> str:
        return "\n".join([*found[:40], "", f"what was done with {self.folder}:", *self.done])


def new_ordeal(folder: Path, site: CrashSite, *, output: Path) -> Ordeal:
    """``output`` is a file for what runs print, on a disk that nothing happens to."""
    make_folder(folder)
    (folder / "archive.toml").write_text(
        "[crawl]\ndelay_s = 0\nretries = 0\ntimeout_s = 20\n[warc]\nmax_file_mb = 1\nmin_free_gb = 0\n"
        f'[sources.notes]\nkind = "section"\nurl = "{site.url}{SECTION}"\nlinks = "/page/"\n',
        encoding="utf-8",
    )
    return Ordeal(folder=folder, site=site, output=output)
