"""How alike two texts are."""

from collections import Counter


def likeness(one: str, other: str) -> float:
    if one == other:
        return 1.0
    a, b = Counter(one.split()), Counter(other.split())
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 1.0


def same_text(one: str, other: str) -> bool:
    return bool(one.split()) and likeness(one, other) >= 0.5  # noqa: PLR2004
