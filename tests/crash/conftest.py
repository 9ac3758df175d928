"""``--kills N``: how many; a few by default, hundreds by ``make crash-test``, which also prints what was done."""

from collections import Counter
from collections.abc import Iterator

import pytest

from tests.crash.site import CrashSite

PAGES = 40
A_FEW = 4
IN_A_CHAIN = 10
_DONE = "crash"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--kills", type=int, default=A_FEW, help="how many processes the crash suite kills")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """``chain`` is a number and how often its archive is struck; ``some_chain`` a quarter of these."""
    kills: int = metafunc.config.getoption("kills", A_FEW)
    starts = range(0, kills, IN_A_CHAIN)
    chains = [(number, min(IN_A_CHAIN, kills - start)) for number, start in enumerate(starts)]
    some = chains[::4] if kills > A_FEW else [(number, min(kills, 2)) for number, _ in chains]
    for name, found in (("chain", chains), ("some_chain", some)):
        if name in metafunc.fixturenames:
            metafunc.parametrize(name, found, ids=[f"chain-{number}" for number, _ in found])


@pytest.fixture
def site(request: pytest.FixtureRequest) -> Iterator[CrashSite]:
    with CrashSite(seed=len(request.node.name), pages=PAGES) as site:
        yield site


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [
        one
        for some in terminalreporter.stats.values()
        for one in some
        if isinstance(one, pytest.TestReport) and one.when == "call"
    ]
    done: Counter[str] = Counter(str(value) for one in reports for name, value in one.user_properties if name == _DONE)
    if not done or terminalreporter.config.getoption("kills", A_FEW) <= A_FEW:
        return
    terminalreporter.section("what was done to the archives")
    for kind, count in sorted(done.items()):
        terminalreporter.write_line(f"{count:5} {kind}")
    failed = len(terminalreporter.stats.get("failed", ()))
    terminalreporter.write_line(
        f"{sum(done.values()):5} in all; {failed or 'no'} archive{'s' * (failed != 1)} with a fault afterwards"
    )
