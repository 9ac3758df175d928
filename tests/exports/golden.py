"""The exports of ``made.history()`` as they should be: ``python -m tests.exports.golden`` writes them anew."""

import shutil
from pathlib import Path

from tests.exports.made import FORMS, exported

GOLDEN = Path(__file__).parent / "golden"
TEXT_FORMS = ("jsonl", "csv", "markdown")
"""Parquet files hold the version of their writer: they are compared by what is read from them."""


def main() -> None:
    shutil.rmtree(GOLDEN, ignore_errors=True)
    for form in TEXT_FORMS:
        folder = GOLDEN / form
        folder.mkdir(parents=True)
        FORMS[form](exported(), folder)


if __name__ == "__main__":
    main()
