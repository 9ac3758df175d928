"""``archiver extract``: brings the database up to what is stored."""

from contextlib import closing

import click

from archiver.commands.chosen import archive_folder
from archiver.commands.telling import tell
from archiver.errors import Exit
from archiver.ingest import ingest_all, ingest_pending
from archiver.intake import recover, recovery_lines
from archiver.render import counted
from db.schema import checkpoint


@click.command(epilog="Example: archiver -C my-archive extract --all")
@click.option("--all", "everything", is_flag=True, help="Extract every capture again.")
@click.pass_context
def command(ctx: click.Context, *, everything: bool) -> int:
    """Extract and load captures that are not in the database yet, or were extracted by an earlier version."""
    folder = archive_folder(ctx)
    with closing(folder.database()) as database:
        for line in recovery_lines(recover(folder, database)):
            tell(line)
        result = ingest_all(folder, database) if everything else ingest_pending(folder, database)
        checkpoint(database)
    for problem in (*result.given_up, *result.damage):
        tell(problem)
    click.echo(f"{counted(result.captures, 'capture')} extracted")
    return Exit.DAMAGE if result.damage else Exit.OK
