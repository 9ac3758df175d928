"""What befalls a run, chosen by seed: at named moments, at any moment, by what the site has sent, by processor time."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final

from tests.crash.child import Blow, When
from tests.crash.ordeal import Fate, Instant
from tests.crash.site import Strike

_TORN: Final = Blow(moment="write warc", nth=5, when=When.WITHIN)
_TORN_AT_ONCE: Final = Blow(moment="write warc", nth=1, when=When.WITHIN)

MOMENTS: Final[tuple[tuple[str, int, Blow | None], ...]] = (
    ("open warc", 3, None),
    ("write warc", 40, None),
    ("write warc", 40, None),
    ("sync warc", 30, None),
    ("sync folder", 8, None),
    ("rename warc", 3, None),
    ("open index", 3, None),
    ("write index", 5, None),
    ("sync index", 3, None),
    ("rename index", 3, None),
    ("unlink index", 3, None),
    ("open manifest", 3, None),
    ("write manifest", 3, None),
    ("sync manifest", 3, None),
    ("sql begin", 15, None),
    ("sql many", 20, None),
    ("sql update", 40, None),
    ("sql commit", 15, None),
    ("sql release", 40, None),
    ("open summary", 1, None),
    ("write summary", 1, None),
    ("open torn", 1, _TORN),
    ("write torn", 1, _TORN),
    ("sync torn", 1, _TORN),
    ("rename torn", 1, _TORN),
    ("truncate warc", 1, _TORN),
    ("rename warc", 1, _TORN),
    ("unlink warc", 1, _TORN_AT_ONCE),
    ("truncate warc", 1, _TORN_AT_ONCE),
)
"""A named operation, the highest number of it worth trying, and what leaves the archive so that it comes at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """``before`` is to kill a run first; ``real``: in a process that this suite has not touched."""

    fate: Fate
    kind: str
    before: Blow | None = None
    command: str = "crawl"
    real: bool = False


def named(source: random.Random) -> list[Planned]:
    """Every moment, before, within and after it, in an order that the seed says."""
    planned = [
        Planned(fate=Blow(moment=name, nth=source.randint(1, most), when=when), kind=f"{when} {name}", before=before)
        for (name, most, before), when in product(MOMENTS, When)
        if when is not When.WITHIN or name.startswith("write")
    ]
    source.shuffle(planned)
    return planned


def random_fates(source: random.Random, *, pages: int) -> Iterator[Planned]:
    """Without end."""
    while True:
        requests = source.randint(1, pages)
        share = source.choice((0.0, 1.0, source.random()))
        strike = Strike(requests=requests, share=share)
        when = source.choice(tuple(When))
        yield Planned(fate=strike, kind="while the site answers")
        yield Planned(fate=Blow(moment="*", nth=source.randint(1, 2500), when=when), kind="at any operation")
        yield Planned(fate=Blow(moment="*", nth=source.randint(1, 80), when=when), kind="while it starts or recovers")
        yield Planned(fate=Instant(cpu_s=source.uniform(0.05, 1.5)), kind="after some processor time")
        yield Planned(fate=Instant(cpu_s=source.uniform(0.05, 1.5)), kind="after some processor time")
        rebuilt = Blow(moment="*", nth=source.randint(1, 3000), when=when)
        yield Planned(fate=rebuilt, kind="while it rebuilds", command="rebuild")
        if source.random() < 0.2:
            yield Planned(fate=strike, kind="while the site answers, in a real process", real=True)
