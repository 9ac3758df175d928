"""Figures with their targets, as the benchmarks print them."""

import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A bound from the specification; ``highest`` says on which side of it a figure has to be."""

    bound: float
    highest: bool = False

    def is_met(self, value: float) -> bool:
        return value <= self.bound if self.highest else value >= self.bound

    def __str__(self) -> str:
        return f"at {'most' if self.highest else 'least'} {self.bound:g}"


def at_least(bound: float) -> Target:
    return Target(bound=bound)


def at_most(bound: float) -> Target:
    return Target(bound=bound, highest=True)


@dataclass(slots=True, kw_only=True)
class Report:
    """Prints line by line, as figures come, and counts the targets that were missed."""

    missed: list[str] = field(default_factory=list[str])

    def title(self, text: str) -> None:
        _print(f"\n{text}")

    def note(self, text: str) -> None:
        """A line for information, laid out by who asks."""
        _print(f"  {text}")

    def line(self, name: str, values: float | Sequence[float], target: Target | None = None) -> None:
        """The median of what the rounds gave, lowest and highest in brackets; one value stands alone."""
        found = [values] if isinstance(values, int | float) else list(values)
        value = statistics.median(found)
        spread = f"({min(found):.2f}-{max(found):.2f})" if len(found) > 1 else ""
        verdict = ""
        if target:
            verdict = f"{target!s:16} {'met' if target.is_met(value) else 'MISSED'}"
            if not target.is_met(value):
                self.missed.append(name)
        _print(f"  {name:48}{value:10.2f}  {spread:18}{verdict}".rstrip())


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
