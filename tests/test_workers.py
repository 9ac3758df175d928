"""The pool: whatever a task does to its process, every other one has its result, in order, and nothing outlives us."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from archiver import workers
from archiver.errors import NoWorkers
from archiver.workers import Failure, Limits, Workers
from tests.cli.running import ROOT, SEED_TEXT
from tests.misbehaving import Fate, Task, no_start, process_of, square

LIMITS = Limits(workers=2, timeout_s=1, memory_mb=1000)
GOOD = 40
FATES = {
    Fate.HANG: "page took longer than 1 s",
    Fate.HANG_IN_C: "page took longer than 1 s",
    Fate.SEGFAULT: "page crashed (signal 11)",
    Fate.EXIT: "page crashed (exit code 3)",
    Fate.MEMORY: "page ran out of memory",
    Fate.KILLED: "page crashed twice",
    Fate.RAISE: "page failed: Unsendable: odd page",
    Fate.LEAVE: "page failed: SystemExit: 3",
}


@pytest.fixture(scope="module")
def outcome() -> list[tuple[Task, int | Failure]]:
    """Forty good tasks, and among them one of each bad kind."""
    tasks = [Task(number) for number in range(GOOD)]
    for number, fate in enumerate(FATES):
        tasks.insert(4 * (number + 1), Task(GOOD + number, fate))
    with Workers(LIMITS) as pool:
        return list(pool.in_order(square, tasks))


@pytest.mark.parametrize(("fate", "said"), FATES.items(), ids=FATES)
def test_bad_task_is_a_failure(outcome: list[tuple[Task, int | Failure]], fate: Fate, said: str) -> None:
    [failure] = [result for task, result in outcome if task.fate is fate]
    assert isinstance(failure, Failure)
    assert failure.of("page") == said
    assert failure.given_up == (fate not in (Fate.RAISE, Fate.LEAVE)), "what was raised is the page's own doing"
    assert ("Traceback" in failure.trace) is not failure.given_up


def test_all_others_are_done_in_order(outcome: list[tuple[Task, int | Failure]]) -> None:
    assert [(task.number, result) for task, result in outcome if task.fate is None] == [
        (number, number**2) for number in range(GOOD)
    ]


def test_worker_that_dies_between_tasks_costs_nothing() -> None:
    tasks = [Task(number) for number in range(3)]
    with Workers(Limits(workers=1, timeout_s=60, memory_mb=1000)) as pool:
        [(_, process)] = pool.in_order(process_of, [Task(0)])
        assert isinstance(process, int)
        os.kill(process, signal.SIGKILL)
        assert [result for _, result in pool.in_order(square, tasks)] == [0, 1, 4]


def test_no_page_is_blamed_where_no_worker_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_prepare", no_start)
    with Workers(LIMITS) as pool, pytest.raises(NoWorkers, match="no worker process"):
        list(pool.in_order(square, [Task(1)]))


def test_workers_are_replaced_after_some_tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_TASKS_OF_A_WORKER", 2)
    with Workers(Limits(workers=1, timeout_s=60, memory_mb=1000)) as pool:
        processes = [result for _, result in pool.in_order(process_of, [Task(number) for number in range(6)])]
    assert len(set(processes)) == 3
    assert processes == sorted(processes, key=processes.index), "one after the other"


def test_tasks_are_asked_for_only_some_ahead() -> None:
    asked: list[int] = []

    def tasks() -> Iterator[Task]:
        for number in range(1000):
            asked.append(number)
            yield Task(number)

    with Workers(LIMITS) as pool:
        results = pool.in_order(square, tasks())
        assert next(results)[1] == 0
        assert len(asked) <= LIMITS.workers * workers._AHEAD


def test_threads_take_turns_as_before_when_the_work_is_done() -> None:
    before = sys.getswitchinterval()
    with Workers(LIMITS):
        assert sys.getswitchinterval() < before
    assert sys.getswitchinterval() == before


def test_what_is_known_needs_no_worker() -> None:
    with Workers(LIMITS) as pool:
        tasks = [Task(number, Fate.EXIT) for number in range(100)]
        found = list(pool.in_order(square, tasks, here=lambda task: task.number))
    assert [result for _, result in found] == [*range(100)]


@pytest.mark.parametrize("fate", [Fate.HANG, Fate.HANG_IN_C])
def test_workers_of_a_killed_parent_end(fate: Fate) -> None:
    command = [sys.executable, "-m", "tests.misbehaving", fate]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as parent:  # noqa: S603 - ours
        assert parent.stdout
        said = sorted(parent.stdout.readline() for _ in range(2))
        assert said == [b"worker of task 0\n", b"worker of task 1\n"]
        parent.kill()
        left, _ = parent.communicate(timeout=60)  # ends when the last process that may write has ended
        assert left == b""


def test_interrupt_reaches_no_worker_not_even_one_that_is_starting() -> None:
    """One that is loading its modules would print a traceback beside our one line."""
    command = [sys.executable, "-m", "tests.misbehaving", "blocked"]  # where nothing of multiprocessing runs yet
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    assert (done.stdout, done.returncode) == ("['SIGINT']\n", 0)


def test_nothing_is_loaded_from_the_current_folder(tmp_path: Path) -> None:
    for name in ("lxml", "pebble", "trafilatura", "db", "warc", "selectors"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('loaded what lay there')", encoding="utf-8")
    command = [str(Path(sys.executable).with_name("archiver")), "inspect", str(SEED_TEXT), "--json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["verdict"] == "article"
