"""A disk that is full or broken stops a run with one line and exit code 74; nothing acknowledged is lost."""

import errno
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from archiver.errors import Exit
from tests.crash.child import Blow, When
from tests.crash.conftest import A_FEW
from tests.crash.ordeal import Ended, new_ordeal
from tests.crash.site import CrashSite

_Note = Callable[[str, object], None]
_FULL = "write *|sql commit"
_CASES = {
    "full-cut-short": (_FULL, errno.ENOSPC, When.WITHIN),
    "full": (_FULL, errno.ENOSPC, When.BEFORE),
    "full-warc": ("write warc", errno.ENOSPC, When.WITHIN),
    "full-index": ("write index", errno.ENOSPC, When.WITHIN),
    "full-manifest": ("write manifest", errno.ENOSPC, When.WITHIN),
    "full-database": ("sql commit", errno.ENOSPC, When.BEFORE),
    "no-sync": ("sync *", errno.EIO, When.BEFORE),
    "no-sync-of-warc": ("sync warc", errno.EIO, When.BEFORE),
    "no-rename": ("rename *", errno.EIO, When.BEFORE),
    "no-new-file": ("open *", errno.ENOSPC, When.BEFORE),
}
_THOROUGH = ("full-cut-short", "no-sync")
_IN_A_CHAIN = 8


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """``case`` and the numbers of the operations that are the first to fail: 1 to 40, or only some."""
    if "case" not in metafunc.fixturenames:
        return
    few = metafunc.config.getoption("kills", A_FEW) <= A_FEW
    found = [
        (name, range(start, start + _IN_A_CHAIN))
        for name in _CASES
        for start in range(1, 41 if name in _THOROUGH else 2, _IN_A_CHAIN)
    ]
    if few:
        found = [(name, range(7, 8)) for name in _THOROUGH[:1]]
    metafunc.parametrize(
        ("case", "numbers"),
        [(_CASES[name], numbers) for name, numbers in found],
        ids=[f"{name}-{numbers.start}" for name, numbers in found],
    )


def test_failing_disk_stops_a_run_and_loses_nothing(
    site: CrashSite, tmp_path: Path, case: tuple[str, int, When], numbers: range, record_property: _Note
) -> None:
    """Each number is the operation that is the first to fail; the failing runs come one after the other."""
    moment, error, when = case
    ordeal = new_ordeal(tmp_path / "archive", site, output=tmp_path / "said")
    for nth in numbers:
        ended = ordeal.crawl(Blow(moment=moment, nth=nth, when=when, error=error))
        if ended.code == 0:  # it ended before it came so far
            break
        record_property("crash", f"{errno.errorcode[error]} {when} '{moment}'")
        assert_refused(ended)
        if nth == numbers.start and nth != numbers[-1]:
            ordeal.finish()
        ordeal.next_round()
    ordeal.finish()


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="mounts a file system: root on Linux")
@pytest.mark.parametrize("size_kb", [300, 500, 900])
def test_full_file_system_stops_a_run_and_loses_nothing(
    mounted: Path, tmp_path: Path, site: CrashSite, size_kb: int, record_property: _Note
) -> None:
    ordeal = new_ordeal(mounted / "archive", site, output=tmp_path / "said")
    for room_kb in range(size_kb, size_kb + 2000, 400):
        _resize(mounted, f"{room_kb}k")
        ended = ordeal.crawl()
        if ended.code:
            record_property("crash", "full file system")
            assert_refused(ended)
        _resize(mounted, "200m")
        ordeal.finish()
        ordeal.next_round()


@pytest.fixture
def mounted(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    if request.config.getoption("kills", 0) <= A_FEW:
        pytest.skip("by make crash-test")
    path = tmp_path / "mounted"
    path.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=10m", "none", path], check=False)  # noqa: S603, S607 - by any path
    if made.returncode:
        pytest.skip("this system lets nobody mount")
    yield path
    with suppress(subprocess.CalledProcessError):
        subprocess.run(["umount", "-l", path], check=True)  # noqa: S603, S607 - by any path


def _resize(path: Path, size: str) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}", path], check=True)  # noqa: S603, S607 - by any path


def assert_refused(ended: Ended) -> None:
    assert ended.code == Exit.CANNOT_STORE, ended
    assert len(ended.complaint.splitlines()) == 1, ended.said
    assert ended.complaint.startswith("archiver: "), ended.said
