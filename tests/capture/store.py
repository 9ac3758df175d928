"""Archives pages by the same way a command does, in a process of its own.

Reads one JSON object from standard input, writes one to standard output. ``fail_after`` lets the disk be full after
that many writes.
"""

import json
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any
from unittest import mock

from archiver.folder import open_folder
from archiver.run import run_spider
from archiver.session import Session
from warc.errors import CannotStore
from warc.openfile import OpenFile


def main() -> None:
    task = json.load(sys.stdin)
    result: dict[str, Any] = {}
    full = mock.patch.object(OpenFile, "_flush", _full_after(task["fail_after"]))
    with full if task["fail_after"] else nullcontext():
        try:
            with Session(open_folder(Path(task["folder"])), command="add") as session:
                outcome = run_spider(session, task["urls"])
        except CannotStore as error:
            result["cannot_store"] = str(error)
        else:
            ends = {url: outcome.of(url) for url in task["urls"]}
            result["stored"] = {url: record_id for url, (record_id, _) in ends.items() if record_id}
            result["failed"] = {url: reason for url, (_, reason) in ends.items() if reason}
    json.dump(result, sys.stdout)


def _full_after(writes: int) -> Any:
    left = iter(range(writes))
    real = OpenFile._flush

    def flush(file: OpenFile) -> None:
        if next(left, None) is None:
            raise OSError(28, "No space left on device")
        real(file)

    return flush


if __name__ == "__main__":
    main()
