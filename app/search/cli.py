"""Search on the command line."""

import time

import click
from flask.cli import AppGroup

from app.search import queries
from app.search.finder import engine

group = AppGroup("search", help="Search index.")


@group.command("rebuild")
def rebuild() -> None:
    """Build the index anew beside the one in use, then switch to it."""
    started = time.monotonic()
    count = engine().rebuild(queries.all_documents())
    click.echo(f"{count} products indexed in {time.monotonic() - started:.1f} s")


@group.command("status")
def status() -> None:
    """Say whether the index answers; fails when it does not."""
    health = engine().health()
    if not health.is_ready:
        raise click.ClickException(health.problem)
    click.echo(f"{health.documents} products, generation {health.generation}")
