"""Tasks that do to their process what a hostile page may do, and parents to be killed: run in processes of their own.

python -m tests.misbehaving FATE              a parent whose two workers each say so and meet that fate
python -m tests.misbehaving extract FOLDER    ``archiver extract``, where a page named ``hang`` hangs
python -m tests.misbehaving blocked           says which signals do not reach a worker, from its start on
"""

import ctypes
import os
import re
import signal
import sys
import threading
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import PurePosixPath
from typing import NoReturn

import archiver.commands.extract
from archiver import workers
from archiver.cli import run
from archiver.extraction import Job, Unreadable, stored_facts
from archiver.ingest import ingest_pending
from archiver.workers import Limits, Workers
from db.facts import CaptureFacts


class Fate(StrEnum):
    HANG = "hang"
    HANG_IN_C = "hang-in-c"
    SEGFAULT = "segfault"
    EXIT = "exit"
    MEMORY = "memory"
    KILLED = "killed"
    RAISE = "raise"
    LEAVE = "leave"


class Unsendable(Exception):
    """Cannot be made again from what it is sent as."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(one + other)


@dataclass(frozen=True, slots=True)
class Task:
    number: int
    fate: Fate | None = None


def meet(fate: Fate) -> NoReturn:
    match fate:
        case Fate.HANG:
            threading.Event().wait()
        case Fate.HANG_IN_C:
            re.match(r"(a+)+$", "a" * 64 + "b")  # no thread, no signal handler gets a turn
        case Fate.SEGFAULT:
            ctypes.string_at(0)
        case Fate.EXIT:
            os._exit(3)
        case Fate.MEMORY:
            bytearray(1 << 40)
        case Fate.KILLED:
            os.kill(os.getpid(), signal.SIGKILL)
        case Fate.RAISE:
            raise Unsendable("odd", " page")
        case Fate.LEAVE:
            sys.exit(3)
    raise AssertionError


def square(task: Task) -> int:
    return meet(task.fate) if task.fate else task.number**2


def process_of(task: Task) -> int:
    del task
    return os.getpid()


def blocked_signals(task: Task) -> list[str]:
    del task
    return sorted(signal.Signals(number).name for number in signal.pthread_sigmask(signal.SIG_BLOCK, ()))


def no_start(memory_bytes: int) -> NoReturn:
    """In the place of what prepares a worker."""
    del memory_bytes
    os._exit(1)


def page_fate(job: Job) -> CaptureFacts | Unreadable:
    """As the page's name says; else what it holds."""
    name = PurePosixPath(job.row.url).name
    if name in list(Fate):
        _say(name)
        meet(Fate(name))
    return stored_facts(job)


def told(task: Task) -> int:
    _say(f"worker of task {task.number}")
    return square(task)


def _say(what: str) -> None:
    os.write(1, f"{what}\n".encode())


def main(what: str, *folder: str) -> int:
    if folder:
        with_fates = partial(ingest_pending, extract=page_fate)
        vars(archiver.commands.extract).update(ingest_pending=with_fates)
        return run(["-C", *folder, what])
    if what == "blocked":
        with Workers(Limits(workers=1, timeout_s=60, memory_mb=1000)) as pool:
            [(_, signals)] = pool.in_order(blocked_signals, [Task(0)])
        _say(str(signals))
        return 0
    vars(workers).update(_GRACE_S=0.5)
    with Workers(Limits(workers=2, timeout_s=2 if what == Fate.HANG_IN_C else 600, memory_mb=1000)) as pool:
        for _ in pool.in_order(told, [Task(number, Fate(what)) for number in range(2)]):
            pass
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
