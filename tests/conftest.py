"""Fixtures for all tests. What only one suite needs stands beside that suite."""

import signal
from collections.abc import Iterator

import pytest
from hypothesis import settings

from archiver.workers import processors
from tests.site import Markup, RunningSite, serve

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A suite that a shell has started in the background: programs that it starts would not hear Ctrl-C, either.
    signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("archiver", deadline=None)  # a busy machine is no defect
settings.load_profile("archiver")


@pytest.fixture(params=list(Markup), ids=str)
def site(request: pytest.FixtureRequest) -> Iterator[RunningSite]:
    """The fixture site, once in each comment markup."""
    with serve(request.param) as running:
        yield running


@pytest.fixture
def html5_site() -> Iterator[RunningSite]:
    with serve(Markup.HTML5) as running:
        yield running


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: tests often wait for a server or a process."""
    return processors() + 1
