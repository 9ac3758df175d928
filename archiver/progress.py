"""A progress bar on a terminal, nothing elsewhere."""

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich.console import Console
from rich.progress import track

_T = TypeVar("_T")


def shown(items: Iterable[_T], *, what: str, total: int | None) -> Iterator[_T]:
    """The items themselves; while they pass, a bar on standard error if that is a terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    yield from track(items, description=what, total=total, console=Console(stderr=True), transient=True)
