"""The server process that workers are forked from.

It holds the modules a worker needs and nothing else: no thread, no reactor, no open file of ours. So forking from it is
safe and costs some milliseconds, where a new interpreter would load for half a second. It ends with the process that
started it. Loads next to nothing itself: the command line starts it before it loads the command.
"""

import os
import signal
from collections.abc import Generator
from contextlib import contextmanager
from multiprocessing import forkserver, resource_tracker
from typing import Final

LOADED: Final = ("archiver.extract.page", "archiver.extraction", "archiver.workers", "archiver.cli")
"""What the server loads: what a worker needs, and what the program's start script imports in each of them."""


def warm_up() -> None:
    """Start the server the workers come from, and do not wait: it loads its modules meanwhile. Again: nothing."""
    forkserver.set_forkserver_preload(list(LOADED))
    with _safe_path():
        resource_tracker.ensure_running()  # first: in starting its process it lets Ctrl-C through again
        with _no_interrupt():
            forkserver.ensure_running()


@contextmanager
def _no_interrupt() -> Generator[None]:
    """What is started now never sees Ctrl-C, nor what is forked from it: the parent decides."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _safe_path() -> Generator[None]:
    """What is started now imports nothing from the current folder."""
    known = os.environ.get("PYTHONSAFEPATH")
    os.environ["PYTHONSAFEPATH"] = "1"
    try:
        yield
    finally:
        if known is None:
            del os.environ["PYTHONSAFEPATH"]
        else:
            os.environ["PYTHONSAFEPATH"] = known
