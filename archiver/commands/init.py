"""``archiver init``."""

from pathlib import Path

import click

from archiver.folder import CONFIG_NAME, make_folder


@click.command(epilog="Example: archiver init my-archive")
@click.argument("directory", type=click.Path(path_type=Path), default=Path(), metavar="[DIR]")
def command(directory: Path) -> None:
    """Make an archive folder with a commented archive.toml; an archive that is there already stays as it is."""
    folder = make_folder(directory)
    folder.database().close()
    click.echo(f"archive ready in {directory}; name your sources in {directory / CONFIG_NAME}")
