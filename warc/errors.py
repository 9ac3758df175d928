"""Errors of the snapshot store.

WarcError
├── DamagedRecord    a record does not say what its headers promise
├── NoSuchFile       a WARC file that a row or the index names is not there
└── CannotStore      the disk refused; nothing of that capture is acknowledged
"""

from pathlib import Path


class WarcError(Exception):
    """Base of all errors of this package."""


class DamagedRecord(WarcError):
    """A record that cannot be read as written. Carries file and offset (bytes)."""

    def __init__(self, path: Path, offset: int, reason: str) -> None:
        super().__init__(f"{path.name}, offset {offset}: {reason}")
        self.path = path
        self.offset = offset
        self.reason = reason


class NoSuchFile(WarcError):
    """A named WARC file is missing from the archive folder."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"no WARC file {path.name} in {path.parent}; restore it from a back-up")
        self.path = path


class CannotStore(WarcError):
    """Writing failed (disk full, folder not writable); what was whole before is whole still."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"cannot store into {path}: {reason}; free some space or mend the permissions")
        self.path = path
        self.reason = reason
