"""What a command says besides its results: lines on standard error."""

import click

from archiver.render import printable


def tell(what: object) -> None:
    """Say it in one line; addresses and names in it may come from the web."""
    click.echo(f"archiver: {printable(str(what)).replace(chr(10), ' ')}", err=True)
