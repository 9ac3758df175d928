import click

serve: click.Command
