"""The command line: finds the command, loads only its module, turns errors into one line and an exit code."""

import importlib
import keyword
import logging
import os
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import click

from archiver import __version__
from archiver.errors import Exit, exit_code, told
from archiver.forks import warm_up

COMMANDS: Mapping[str, str] = {
    "init": "Make an archive folder with a commented archive.toml.",
    "add": "Archive these pages, or these saved files, now.",
    "crawl": "Do one scheduled run over the sources.",
    "import": "Take in WARC and WACZ files of other programs.",
    "extract": "Extract captures that are not in the database yet.",
    "rebuild": "Make the database anew from the WARC files.",
    "inspect": "Show what would be extracted from saved pages; store nothing.",
    "search": "Search articles and comments.",
    "show": "Show an article with its thread, its history and where it is stored.",
    "diff": "Show what changed in an article and its thread between two captures.",
    "export": "Export the archive for other programs: wacz, jsonl, csv, parquet, markdown.",
    "serve": "Browse the archive with Datasette.",
    "verify": "Check that everything is still there, and still what it was.",
    "status": "Show the health of sources and crawls, and what is due.",
}
_EXTRACTING_AT_ONCE = ("add", "inspect")
"""Somebody waits for these: what their workers need is loaded while the command itself is."""

EPILOG = """\b
Examples:
  archiver init my-archive
  archiver -C my-archive add https://example.com/an-article/
  archiver -C my-archive crawl
  archiver -C my-archive search "two words" --in comments
  archiver -C my-archive serve --open
"""


class _Commands(click.Group):
    """Imports a command's module when it is called: ``--help`` and ``--version`` load neither Scrapy nor lxml."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in COMMANDS:
            return None
        if cmd_name in _EXTRACTING_AT_ONCE:
            warm_up()
        module = f"{cmd_name}_" if keyword.iskeyword(cmd_name) else cmd_name
        command: click.Command = importlib.import_module(f"archiver.commands.{module}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Commands, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-C",
    "directory",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The archive folder. Default: the current folder if it holds archive.toml, else $ARCHIVER_DIR.",
)
@click.version_option(__version__, prog_name="archiver")
@click.pass_context
def group(ctx: click.Context, directory: Path | None) -> None:
    """Archive articles and their reader comments: exact WARC captures, and a database made from them."""
    ctx.obj = directory


def main(args: list[str] | None = None) -> None:
    """Run a command and leave the process with its exit code."""
    sys.exit(run(args))


def run(args: list[str] | None = None) -> int:
    """Run a command; the one place that maps errors to exit codes."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # cron's locale may not have every character
            stream.reconfigure(errors="replace")
    logging.raiseExceptions = False  # a log that cannot be written, as on a full disk, is not worth a traceback
    logging.getLogger().addHandler(logging.NullHandler())  # what must be said is said by the commands
    with suppress(ValueError):  # outside the main thread there are no signals to handle
        signal.signal(signal.SIGTERM, _interrupted)
    try:
        result: Any = group.main(args, prog_name="archiver", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return Exit.USAGE
    except click.Abort:
        _say("interrupted; what was stored is kept")
        return Exit.INTERRUPTED
    except SystemExit:  # click's answer when the reader of our output went away, as `| head` does
        return Exit.OK
    except OSError as error:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123 - the interpreter flushes it at exit
        _say(f"{error.filename or 'output'}: {error.strerror or error}")
        return Exit.CANNOT_STORE
    except Exception as error:
        code = exit_code(error)
        if code is None:
            raise
        _say(told(error))
        return code
    return result if isinstance(result, int) else Exit.OK


def _interrupted(*_: object) -> None:
    """SIGTERM ends a command as Ctrl-C does: what is stored is kept and acknowledged."""
    raise KeyboardInterrupt


def _say(what: str) -> None:
    from archiver.render import message  # noqa: PLC0415 - only what goes wrong needs it

    click.echo(f"archiver: {message(what)}", err=True)
