"""A crawl killed at any instant loses nothing that was acknowledged; the next one repairs, goes on and ends well."""

import random
from collections.abc import Callable
from itertools import chain as joined
from pathlib import Path

import pytest

from tests.crash.conftest import IN_A_CHAIN, PAGES
from tests.crash.fates import Planned, named, random_fates
from tests.crash.ordeal import new_ordeal
from tests.crash.site import CrashSite

pytestmark = pytest.mark.slow

_Note = Callable[[str, object], None]
_SEED = 3


def test_killed_crawl_loses_nothing(
    site: CrashSite, tmp_path: Path, chain: tuple[int, int], record_property: _Note
) -> None:
    number, wanted = chain
    source = random.Random(_SEED + number)  # noqa: S311 - no secret
    ordeal = new_ordeal(tmp_path / "archive", site, output=tmp_path / "said")
    fates = joined(_share_of_named(number), random_fates(source, pages=PAGES))
    kills = 0
    while kills < wanted:
        planned = next(fates)
        before = [Planned(fate=planned.before, kind="to leave a torn tail")] if planned.before else []
        for one in [*before, planned]:
            ended = ordeal.crawl(one.fate, command=one.command, real=one.real)
            if ended.was_killed:
                kills += 1
                record_property("crash", f"killed {one.kind}")
        if not ended.was_killed:
            assert ended.code == 0, f"{planned}: {ended}"
            ordeal.finish()
            ordeal.next_round()
        elif source.random() < 0.4:
            ordeal.finish()
            ordeal.next_round()
    ordeal.finish()


def _share_of_named(number: int) -> list[Planned]:
    """Half of each chain are named moments, until all have had their turn."""
    half = IN_A_CHAIN // 2
    moments = named(random.Random(_SEED))  # noqa: S311 - no secret
    return moments[number * half : (number + 1) * half]
