"""Calls a function over many tasks in processes of its own, and lives on whatever a task does to its process.

A task that hangs, crashes its process, eats memory or raises becomes a ``Failure``; every other task has its result.
Knows processes, limits and order; must not know what the tasks are about.

Workers end with the process that asked for them, even where that one is killed.
"""

import fcntl
import logging
import os
import resource
import signal
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from multiprocessing.synchronize import RLock
from types import TracebackType
from typing import TYPE_CHECKING, Final, Generic, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from archiver.errors import NoWorkers
from archiver.forks import warm_up

if TYPE_CHECKING:
    from archiver.config import ExtractSettings

_TASKS_OF_A_WORKER: Final = 1000
"""Then another takes its place: nothing that leaks can grow for long."""

_AHEAD: Final = 32
"""Tasks under way or done and not fetched, for each worker: enough to be busy while a batch is loaded."""

_PIPE_BYTES: Final = 2**20
"""What may lie between the processes, unread: while its result does not fit in, a worker does nothing else."""

_SWITCH_S: Final = 0.0005
"""How long whoever uses results may keep the threads waiting that hand them over: ten turns of theirs each."""

_LOOK_S: Final = 1.0
_GRACE_S: Final = 10.0
_MB: Final = 10**6
_FROM_OUTSIDE: Final = (-signal.SIGKILL, -signal.SIGTERM)
"""Ends of a process that its task did not bring about: the system was short of memory, or somebody sent a signal."""

_T = TypeVar("_T")
_R = TypeVar("_R")
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """``timeout_s`` is for one task; ``memory_mb`` (10**6 bytes) is what one worker may hold, where the system asks."""

    workers: int
    timeout_s: float
    memory_mb: int

    @classmethod
    def by(cls, settings: "ExtractSettings") -> Self:
        return cls(
            workers=settings.workers or processors(),
            timeout_s=settings.timeout_s,
            memory_mb=settings.max_memory_mb,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why a task has no result: half a sentence.

    ``given_up``: a limit or a crash ended it, which may be otherwise on another machine. Else it raised, and
    ``trace`` says where.
    """

    reason: str
    given_up: bool = True
    trace: str = ""

    def of(self, what: str) -> str:
        """The whole sentence: what it was that failed, and how."""
        return f"{what} {self.reason}" if self.given_up else f"{what} failed: {self.reason}"


def processors() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Context(ForkServerContext):
    """Keeps its locks: the pool drops them as it ends, while a late worker may still be about to open them by name.

    Its pipes hold more than others.
    """

    def __init__(self) -> None:
        super().__init__()
        self._kept: list[RLock] = []

    def RLock(self) -> RLock:  # noqa: N802 - its name in multiprocessing
        self._kept.append(super().RLock())
        return self._kept[-1]

    def Pipe(  # noqa: N802 # pyright: ignore[reportIncompatibleMethodOverride] - names the pipes of another system
        self,
        duplex: bool = True,  # noqa: FBT001, FBT002
    ) -> tuple[Connection, Connection]:
        ends = super().Pipe(duplex)
        if hasattr(fcntl, "F_SETPIPE_SZ") and not duplex:  # where the system lets us: it only costs time
            with suppress(OSError):
                fcntl.fcntl(ends[0].fileno(), fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
        return ends  # pyright: ignore[reportReturnType] - as above


@dataclass(slots=True)
class _Waiting(Generic[_T, _R]):
    """A task, with its future or its result. With neither, it is to be run when nothing else is."""

    task: _T
    future: "Future[_R | Failure] | None" = None
    result: "_R | Failure | None" = None

    @property
    def is_set_aside(self) -> bool:
        return self.future is None and self.result is None

    def set_aside(self) -> None:
        """Its pool is gone; what came of it before that counts."""
        if self.future is not None and not self.future.done():
            self.future = None


class Workers:
    """The pool; its processes are started by the first task. ``most``: no more tasks than that will come."""

    def __init__(self, limits: Limits, *, most: int | None = None) -> None:
        self._limits = limits
        self._count = max(1, limits.workers if most is None else min(limits.workers, most))
        self._context = _Context()
        self._pool: ProcessPool | None = None
        self._switch_s = sys.getswitchinterval()

    def __enter__(self) -> Self:
        sys.setswitchinterval(_SWITCH_S)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        del kind, error, trace
        sys.setswitchinterval(self._switch_s)
        self._stop()

    def in_order(
        self, function: Callable[[_T], _R], tasks: Iterable[_T], *, here: Callable[[_T], _R | None] = lambda _: None
    ) -> Iterator[tuple[_T, _R | Failure]]:
        """Each task with its result, in the order of the tasks, which are asked for only some ahead.

        Function, tasks and results are sent between processes. ``here`` gives results that need no worker.
        """
        waiting: deque[_Waiting[_T, _R]] = deque()
        for task in tasks:
            known = here(task)
            future = self._submit(function, task) if known is None else None
            waiting.append(_Waiting[_T, _R](task, future, known))
            while len(waiting) >= self._count * _AHEAD or any(one.is_set_aside for one in waiting):
                done = self._next(function, waiting)
                yield done
        while waiting:
            left = self._next(function, waiting)
            yield left

    def _next(self, function: Callable[[_T], _R], waiting: deque[_Waiting[_T, _R]]) -> tuple[_T, _R | Failure]:
        one = waiting.popleft()
        result = one.result
        if result is None and one.future is not None:
            with suppress(BrokenProcessPool):
                result = self._outcome(one.future)
            if result is None:  # nobody knows by whose doing: until all of these are done, one at a time
                self._stop()
                for other in waiting:
                    other.set_aside()
        return one.task, self._alone(function, one.task) if result is None else result

    def _alone(self, function: Callable[[_T], _R], task: _T) -> _R | Failure:
        """The result of a task whose process was ended by something else, or of one of several that may have ended it.

        Raises NoWorkers: it must not be blamed where no worker would live.
        """
        if self._tried(bool, None) is None:
            raise NoWorkers
        result = self._tried(function, task)
        return Failure(reason="crashed twice") if result is None else result

    def _tried(self, function: Callable[[_T], _R], task: _T) -> _R | Failure | None:
        """None if its process was ended from outside, or the pool broke."""
        future = self._submit(function, task)
        try:
            return None if future is None else self._outcome(future)
        except BrokenProcessPool:
            self._stop()
            return None

    def _submit(self, function: Callable[[_T], _R], task: _T) -> "Future[_R | Failure] | None":
        """None if the pool is broken."""
        call = partial(_called, function, task, self._limits.timeout_s + _GRACE_S)
        try:
            self._pool = self._pool or self._started()
            return self._pool.schedule(call, timeout=self._limits.timeout_s)
        except (RuntimeError, OSError):
            self._stop()
            return None

    def _outcome(self, future: "Future[_R | Failure]") -> _R | Failure | None:
        """What came of a task; None if its process was ended from outside. Raises BrokenProcessPool."""
        while not wait([future], timeout=_LOOK_S).done:
            if self._pool is None or not self._pool.active:
                raise BrokenProcessPool
        try:
            return future.result()
        except TimeoutError:
            return self._too_long
        except ProcessExpired as end:
            if end.exitcode in _FROM_OUTSIDE:
                return None
            return self._too_long if end.exitcode == -signal.SIGALRM else Failure(reason=_crash(end.exitcode))

    @property
    def _too_long(self) -> Failure:
        return Failure(reason=f"took longer than {self._limits.timeout_s:g} s")

    def _started(self) -> ProcessPool:
        warm_up()
        return ProcessPool(
            max_workers=self._count,
            max_tasks=_TASKS_OF_A_WORKER,
            initializer=_prepare,
            initargs=(self._limits.memory_mb * _MB,),
            context=self._context,  # pyright: ignore[reportArgumentType] - names the pipes of another system
        )

    def _stop(self) -> None:
        """End the workers, whatever they do."""
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()


def _crash(code: int) -> str:
    return f"crashed (signal {-code})" if code < 0 else f"crashed (exit code {code})"


def _prepare(memory_bytes: int) -> None:
    """In a new worker, before its first task."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # how the pool ends a task: even within a call into C
    logging.getLogger().addHandler(logging.NullHandler())  # libraries' warnings about pages are nobody's to read
    _lower(resource.RLIMIT_DATA, memory_bytes)
    _lower(resource.RLIMIT_CORE, 0)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _lower(limit: int, value: int) -> None:
    _, highest = resource.getrlimit(limit)
    if highest != resource.RLIM_INFINITY:
        value = min(value, highest)
    with suppress(ValueError, OSError):  # a system that does not keep this one
        resource.setrlimit(limit, (value, highest))


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _called(function: Callable[[_T], _R], task: _T, alarm_s: float) -> _R | Failure:
    """In a worker: the result, or what was raised as a value, for not every exception can be sent.

    The alarm ends a worker that nobody ends: its parent was killed, and a call into C lets no thread of ours run.
    """
    signal.setitimer(signal.ITIMER_REAL, alarm_s)
    try:
        return function(task)
    except MemoryError:
        return Failure(reason="ran out of memory")
    except BaseException as error:  # noqa: BLE001 - the border of the process; a page must not end the parent either
        return Failure(reason=f"{type(error).__name__}: {error}", given_up=False, trace=traceback.format_exc())
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
