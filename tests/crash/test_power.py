"""A power cut: what was written and not synced is gone, and nothing that was acknowledged.

The database's log may lose its last commits; the next run has them again from the WARC files.
"""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.crash.child import Blow, When
from tests.crash.ordeal import new_ordeal
from tests.crash.site import CrashSite

pytestmark = pytest.mark.slow

_MOMENTS = (
    ("*", 1200),
    ("sql commit", 15),
    ("write warc", 40),
    ("sync *", 30),
    ("rename warc", 3),
    ("write index", 5),
    ("sync manifest", 3),
    ("open index", 3),
)


def test_power_cut_loses_nothing(
    site: CrashSite, tmp_path: Path, some_chain: tuple[int, int], record_property: Callable[[str, object], None]
) -> None:
    number, turns = some_chain
    source = random.Random(number)  # noqa: S311 - no secret
    ordeal = new_ordeal(tmp_path / "archive", site, output=tmp_path / "said")
    ordeal.finish()  # an archive's first commits make its tables: a database that has lost them is another matter
    ordeal.next_round()
    for turn in range(turns):
        moment, most = source.choice(_MOMENTS)
        when = source.choice((When.BEFORE, When.AFTER))
        blow = Blow(moment=moment, nth=source.randint(1, most), when=when, power_cut=True)
        kind = f"power cut {when} '{moment}'"
        if turn % 2 == 0:
            blow, kind = Blow(moment="", nth=1, power_cut=True, stall=source.randint(1, 15)), "power cut, syncs stalled"
        if ordeal.crawl(blow).was_killed:
            record_property("crash", kind)
        ordeal.finish()
        ordeal.next_round()
