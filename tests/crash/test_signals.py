"""A crawl that is told to stop, at any instant, says so with exit code 130 and keeps what it has."""

import random
from collections.abc import Callable
from pathlib import Path
from signal import SIGINT, SIGTERM, Signals

import pytest

from archiver.errors import Exit
from tests.crash.child import Blow, When
from tests.crash.conftest import PAGES
from tests.crash.ordeal import Fate, new_ordeal
from tests.crash.site import CrashSite, Strike


@pytest.mark.parametrize("number", [SIGINT, SIGTERM], ids=lambda one: one.name)
def test_told_to_stop(
    site: CrashSite,
    tmp_path: Path,
    some_chain: tuple[int, int],
    number: Signals,
    record_property: Callable[[str, object], None],
) -> None:
    source = random.Random(f"{some_chain} {number}")  # noqa: S311 - no secret
    ordeal = new_ordeal(tmp_path / "archive", site, output=tmp_path / "said")
    for turn in range(min(some_chain[1], 4)):
        fate: Fate = Strike(requests=source.randint(1, PAGES), share=source.random(), signal=number)
        if turn % 2:
            fate = Blow(moment="*", nth=source.randint(1, 2500), when=When.BEFORE, signal=number)
        ended = ordeal.crawl(fate)
        record_property("crash", f"{number.name} {'at any operation' if turn % 2 else 'while the site answers'}")
        said = "archiver: interrupted; what was stored is kept"
        assert (ended.code, ended.complaint.strip()) in {(Exit.INTERRUPTED, said), (Exit.OK, "")}, (fate, ended)
        if source.random() < 0.5:
            ordeal.finish()
            ordeal.next_round()
    ordeal.finish()
