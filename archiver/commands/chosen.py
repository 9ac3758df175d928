"""The archive that the command line means."""

import os
from pathlib import Path

import click

from archiver.folder import ArchiveFolder, find_folder


def archive_folder(ctx: click.Context) -> ArchiveFolder:
    """By ``-C DIR``, the current folder, or the environment. Raises ConfigError, UsageError."""
    return find_folder(ctx.obj, os.environ, Path.cwd())
