"""Errors of the database package.

ArchiveDatabaseError
├── SchemaMismatch   the file was made by a newer program, or is no archive database
├── SqliteTooOld     this Python's SQLite lacks what we need
├── CannotWrite      disk full, or not ours to write
│   └── InUse        another program held the lock for too long
├── Contradiction    the rows do not fit each other: somebody changed them
├── NotFound         nothing answers to that name
└── Ambiguous        more than one article answers to that name
"""


class ArchiveDatabaseError(Exception):
    """Base of all errors of this package."""


class SchemaMismatch(ArchiveDatabaseError):
    """The file is no archive database, or a newer program made it."""


class SqliteTooOld(ArchiveDatabaseError):
    """The SQLite library lacks STRICT tables (3.37) or FTS5."""


class CannotWrite(ArchiveDatabaseError):
    """SQLite refused to write; the transaction was rolled back."""


class InUse(CannotWrite):
    """Another process held the database for longer than we wait."""


class Contradiction(ArchiveDatabaseError):
    """Rows do not fit each other, as after a hand has been at them; nothing was written."""


class NotFound(ArchiveDatabaseError):
    """Nothing in the archive answers to that id, URL or title."""


class Ambiguous(ArchiveDatabaseError):
    """More than one article answers; the text lists them."""
