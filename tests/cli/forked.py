"""Commands in processes forked from one that has loaded the program: whole processes, without the wait for imports.

``Forks`` belongs to the tests. What it starts (``python -m tests.cli.forked``) loads the program once, and forks itself
for each command. Such a process has its own folder, descriptors, signals and exit code, and ends as an interpreter
does. The server of its workers is such a fork, too. Tests of what happens as a program starts use a new interpreter.
"""

import atexit
import fcntl
import gc
import importlib
import json
import multiprocessing.process
import multiprocessing.util
import os
import runpy
import signal
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import IO, NoReturn

_NUMBER = struct.Struct("i")
_REQUEST_BYTES = 2**16
_STREAMS = 3
_DESCRIPTORS = 64
"""More than a server of workers is given, and above their numbers."""


class Forks:
    """A running server. ``environment`` is that of every command; one at a time."""

    def __init__(self, environment: Mapping[str, str], root: Path) -> None:
        self.environment = dict(environment)
        self._socket, theirs = socket.socketpair()
        with theirs:
            self._server = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-m", "tests.cli.forked", str(theirs.fileno())],
                cwd=root,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
            )

    def run(self, args: Sequence[str], *, cwd: str, streams: Sequence[IO[bytes]], timeout_s: float) -> int:
        """The exit code, as ``subprocess`` tells it; ``streams`` are its standard input, output and error."""
        request = json.dumps({"args": args, "cwd": cwd}).encode() + b"\n"
        self._socket.settimeout(timeout_s)
        sent = socket.send_fds(self._socket, [request], [stream.fileno() for stream in streams])
        self._socket.sendall(request[sent:])
        pid = self._number()
        try:
            return self._number()
        except TimeoutError:
            os.kill(pid, signal.SIGKILL)
            self._number()
            raise

    def _number(self) -> int:
        answer = self._socket.recv(_NUMBER.size)
        assert answer, "the server of tests/cli/forked.py has ended"
        return int(_NUMBER.unpack(answer)[0])

    def close(self) -> int:
        """End the server; its exit code."""
        self._socket.close()
        return self._server.wait()


def _serve(connection: socket.socket) -> None:
    """Until the tests' process goes away."""
    _load()
    while True:
        request, streams, _, _ = socket.recv_fds(connection, _REQUEST_BYTES, _STREAMS)
        if not request:
            return
        while not request.endswith(b"\n"):
            request += connection.recv(_REQUEST_BYTES)
        pid = os.fork()
        if pid == 0:
            connection.close()
            _command(**json.loads(request), streams=streams)
        for stream in streams:
            os.close(stream)
        connection.sendall(_NUMBER.pack(pid))
        connection.sendall(_NUMBER.pack(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])))


def _load() -> None:
    """Import the program. What is imported must have started nothing, or a fork would have half of it."""
    commands = importlib.import_module("archiver.cli").COMMANDS
    for name in commands:
        importlib.import_module(f"archiver.commands.{name}" + ("_" if name == "import" else ""))
    for part in ("archiver.capture.handler", *_parts_of_scrapy()):
        importlib.import_module(part)
    assert [thread.name for thread in threading.enumerate()] == ["MainThread"]
    assert "twisted.internet.reactor" not in sys.modules
    assert "archiver.__main__" not in sys.modules
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the tests
    gc.collect()
    gc.freeze()


def _parts_of_scrapy() -> set[str]:
    """The modules that a crawl loads by their names in Scrapy's settings."""
    values = vars(importlib.import_module("scrapy.settings.default_settings")).values()
    names = [value for value in values if isinstance(value, str)]
    names += [name for value in values if isinstance(value, dict) for item in value.items() for name in map(str, item)]
    return {name.rpartition(".")[0] for name in names if name.startswith("scrapy.")}


def _command(args: list[str], cwd: str, streams: list[int]) -> NoReturn:
    """Be ``python -m archiver ARGS``. Nobody has used the standard streams: they are as the interpreter made them."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(cwd)
    vars(multiprocessing.process)["ORIGINAL_DIR"] = cwd
    sys.path[0] = cwd
    sys.argv = [sys.argv[0], *args]
    sys.orig_argv[1:] = ["-m", "archiver", *args]
    for name in [name for name in sys.modules if name == "tests" or name.startswith("tests.")]:
        del sys.modules[name]
    _fork_worker_server()
    _run_to_the_end(lambda: runpy.run_module("archiver", run_name="__main__", alter_sys=True))


def _fork_worker_server() -> None:
    """Have the server that this command's workers would come from at hand: a fork of a process that did nothing yet.

    It waits for what ``multiprocessing`` would start it with.
    """
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        ours.close()
        _be_worker_server(theirs)
    theirs.close()
    start: Callable[[str, Sequence[str], Sequence[int]], int] = vars(multiprocessing.util)["spawnv_passfds"]

    def start_or_take(path: str, args: Sequence[str], descriptors: Sequence[int]) -> int:
        if "multiprocessing.forkserver" not in args[-1] or ours.fileno() < 0:
            return start(path, args, descriptors)
        blocked = [int(number) for number in signal.pthread_sigmask(signal.SIG_BLOCK, [])]
        task = {"code": args[-1], "descriptors": [*descriptors], "blocked": blocked}
        with ours:
            socket.send_fds(ours, [json.dumps(task).encode()], descriptors)
        return pid

    vars(multiprocessing.util)["spawnv_passfds"] = start_or_take


def _be_worker_server(connection: socket.socket) -> NoReturn:
    with connection:
        task, received, _, _ = socket.recv_fds(connection, _REQUEST_BYTES, _DESCRIPTORS)
    if not task:  # the command ended without workers
        os._exit(0)
    known = json.loads(task)
    signal.pthread_sigmask(signal.SIG_SETMASK, known["blocked"])
    apart = [fcntl.fcntl(one, fcntl.F_DUPFD, _DESCRIPTORS) for one in received]  # from the numbers they are to have
    for one in received:
        os.close(one)
    for one, number in zip(apart, known["descriptors"], strict=True):
        os.dup2(one, number)
        os.close(one)
    sys.argv = ["-c"]
    sys.modules["__main__"] = ModuleType("__main__")
    _run_to_the_end(lambda: exec(known["code"], vars(sys.modules["__main__"])))  # noqa: S102 - as ``python -c`` does


def _run_to_the_end(program: Callable[[], object]) -> NoReturn:
    """End this process as an interpreter ends: threads, exit functions, streams."""
    code = _code_of(program)
    vars(threading)["_shutdown"]()
    vars(atexit)["_run_exitfuncs"]()
    for written in (sys.stdout, sys.stderr):
        try:
            written.flush()
        except OSError:
            code = 120  # as the interpreter's
    os._exit(code)


def _code_of(program: Callable[[], object]) -> int:
    try:
        program()
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            return (end.code or 0) & 0xFF
        sys.stderr.write(f"{end.code}\n")
        return 1
    except BaseException:  # noqa: BLE001 - the end of the process
        sys.excepthook(*sys.exc_info())
        return 1
    return 0


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as our_end:
        _serve(our_end)
