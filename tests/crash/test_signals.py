"""A crawl that is told to stop, at any instant, says so with exit code 130 and keeps what it has."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from signal import SIGINT, SIGTERM, Signals

import pytest

from archiver.errors import Exit
from tests.crash.child import STRUCK, Blow, When
from tests.crash.conftest import PAGES
from tests.crash.ordeal import Fate, new_ordeal
from tests.crash.site import CrashSite, Strike

_INTERRUPTED = "archiver: interrupted; what was stored is kept"


@pytest.mark.parametrize("number", [SIGINT, SIGTERM], ids=lambda one: one.name)
def test_told_to_stop(
    site: CrashSite,
    tmp_path: Path,
    some_chain: tuple[int, int],
    number: Signals,
    record_property: Callable[[str, object], None],
) -> None:
    chain, turns = some_chain
    source = random.Random(f"{chain} {number}")  # noqa: S311 - no secret
    ordeal = new_ordeal(tmp_path / "archive", site, output=tmp_path / "said")
    fates = _fates(source, number)
    for _ in range(turns):
        kind, fate = next(fates)
        ended = ordeal.crawl(fate)
        if site.has_struck or ended.events[STRUCK]:
            record_property("crash", f"{number.name} {kind}")
            assert (ended.code, ended.complaint.strip()) == (Exit.INTERRUPTED, _INTERRUPTED), (str(fate), ended)
        else:  # it had ended before
            assert (ended.code, ended.complaint) == (Exit.OK, ""), (str(fate), ended)
        if source.random() < 0.3:
            ordeal.finish()
            ordeal.next_round()
    ordeal.finish()


def _fates(source: random.Random, number: Signals) -> Iterator[tuple[str, Fate]]:
    """While the site answers, at the start, while it extracts, at any operation."""
    while True:
        strike = Strike(requests=source.randint(1, PAGES), share=source.random(), signal=number)
        when = source.choice((When.BEFORE, When.AFTER))
        yield "while the site answers", strike
        for kind, moment, most in (
            ("while it starts", "*", 60),
            ("while it extracts", "sql delete", 4),
            ("at any operation", "*", 1300),
        ):
            yield kind, Blow(moment=moment, nth=source.randint(1, most), when=when, signal=number)
