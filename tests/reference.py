"""The generated parts of the documentation: ``make docs`` writes them, a test fails when they are stale."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from archiver.cli import COMMANDS, group
from db.descriptions import DERIVED, OPERATIONAL, TABLES

DOCS = Path(__file__).resolve().parent.parent / "docs"
_WIDTH = 100


def commands() -> str:
    """Every command's help, as the command prints it."""
    parts = ["# Commands\n\nMade from `archiver --help` by `make docs`.\n"]
    root = click.Context(
        group,
        info_name="archiver",
        terminal_width=_WIDTH,
        max_content_width=_WIDTH,
        help_option_names=["-h", "--help"],
    )
    parts.append(f"## archiver\n\n```text\n{group.get_help(root)}\n```\n")
    for name in COMMANDS:
        command = group.get_command(root, name)
        if command is None:
            raise LookupError(name)
        parts.extend(_helps(command, name, root))
    return "\n".join(parts)


def _helps(command: click.Command, name: str, parent: click.Context) -> Iterator[str]:
    """A command's help and that of its subcommands."""
    context = click.Context(command, info_name=name, parent=parent, terminal_width=_WIDTH, max_content_width=_WIDTH)
    yield f"## {context.command_path}\n\n```text\n{command.get_help(context)}\n```\n"
    if isinstance(command, click.Group):
        for part in command.list_commands(context):
            yield from _helps(command.commands[part], part, context)


def schema() -> str:
    """Every table and column with its description."""
    head = (
        "# The database\n\nMade from the descriptions beside the schema by `make docs`.\n\n"
        f"Derived tables ({', '.join(DERIVED)}) are a function of the WARC files: `archiver rebuild` makes them again\n"
        f"with the same rows and ids, `rebuild --check` compares them. Operational tables ({', '.join(OPERATIONAL)})\n"
        "are carried over by a rebuild. Times are UTC text of one width, so text order is time order. Lists are JSON\n"
        "text. `articles_fts` and `comments_fts` are FTS5 indexes kept by triggers.\n"
    )
    parts = [head]
    for name, table in TABLES.items():
        rows = "\n".join(f"| `{column}` | {text} |" for column, text in table.columns.items())
        kind = " (view)" if table.is_view else " (inner table)" if table.is_inner else ""
        parts.append(f"## {name}{kind}\n\n{table.text}.\n\n| column | is |\n| --- | --- |\n{rows}\n")
    return "\n".join(parts)


PAGES = {"commands.md": commands, "schema.md": schema}


def main() -> None:
    DOCS.mkdir(exist_ok=True)
    for name, render in PAGES.items():
        (DOCS / name).write_text(render(), encoding="utf-8")
        sys.stdout.write(f"docs/{name}\n")


if __name__ == "__main__":
    main()
