"""Archives pages by the same way a command does, in a process of its own.

Reads one JSON object from standard input, writes one to standard output. ``fail_after`` lets the disk be full after
that many syncs.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any
from unittest import mock

from archiver.folder import open_folder
from archiver.run import run_spider
from archiver.session import Session
from warc.errors import CannotStore


def main() -> None:
    task = json.load(sys.stdin)
    result: dict[str, Any] = {}
    with mock.patch("os.fsync", _full_after(task["fail_after"])) if task["fail_after"] else mock.MagicMock():
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


def _full_after(syncs: int) -> Any:
    left = iter(range(syncs))
    real = os.fsync

    def fsync(descriptor: int) -> None:
        if next(left, None) is None:
            raise OSError(28, "No space left on device")
        real(descriptor)

    return fsync


if __name__ == "__main__":
    main()
