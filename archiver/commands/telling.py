"""What a command says besides its results: lines on standard error."""

import click

from archiver.render import message


def tell(what: object) -> None:
    """Say it in one line; addresses and names in it may come from the web."""
    click.echo(f"archiver: {' '.join(message(what).splitlines())}", err=True)
