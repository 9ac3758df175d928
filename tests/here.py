"""A stand-in for the pool that calls the function in the test's own process: fast, and it counts."""

from collections.abc import Callable, Iterable, Iterator
from types import ModuleType, TracebackType
from typing import Self, TypeVar

import pytest

from archiver.workers import Failure, Limits

_T = TypeVar("_T")
_R = TypeVar("_R")


class Here:
    """``calls`` counts the tasks that a worker would have had."""

    calls = 0

    def __init__(self, limits: Limits, *, most: int | None = None) -> None:
        del limits, most

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        del kind, error, trace

    def in_order(
        self, function: Callable[[_T], _R], tasks: Iterable[_T], *, here: Callable[[_T], _R | None] = lambda _: None
    ) -> Iterator[tuple[_T, _R | Failure]]:
        for task in tasks:
            known = here(task)
            if known is None:
                type(self).calls += 1
                known = function(task)
            yield task, known


def counting(patch: pytest.MonkeyPatch, module: ModuleType) -> type[Here]:
    """Put a stand-in of its own in the place of the module's pool."""

    class Counting(Here):
        pass

    patch.setattr(module, "Workers", Counting)
    return Counting
