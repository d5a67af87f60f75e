"""Search on the command line."""

import time

import click
from flask.cli import AppGroup

from app.foundation import clock
from app.search import indexer
from app.search.engine import SearchUnavailableError
from app.search.finder import engine
from app.search.jobs import learn, rebuild_index

group = AppGroup("search", help="Search index.")


@group.command("rebuild")
def rebuild() -> None:
    """Build the index anew beside the one in use, then switch to it."""
    started = time.monotonic()
    count = rebuild_index()
    click.echo(f"{count} products indexed in {time.monotonic() - started:.1f} s")


@group.command("status")
def status() -> None:
    """Say whether the index answers and differs from the shop; fails when it does not answer."""
    health = engine().health()
    if not health.is_ready:
        raise click.ClickException(health.problem)
    click.echo(f"{health.documents} products, generation {health.generation}")
    click.echo(_differences(indexer.differences()))


@group.command("reconcile")
def reconcile() -> None:
    """Compare the index with the shop, product by product, and bring it in line."""
    try:
        found = indexer.reconcile()
    except SearchUnavailableError as error:
        message = f"{error}; flask search rebuild builds it anew"
        raise click.ClickException(message) from error
    click.echo(_differences(found))
    click.echo("brought in line" if found.count else "nothing to do")


def _differences(found: indexer.Differences) -> str:
    return (
        f"{found.compared} compared: {len(found.missing)} missing, {len(found.behind)} behind, "
        f"{len(found.ahead)} ahead, {len(found.unknown)} not in the shop"
    )


@group.command("learn")
def learn_now() -> None:
    """Learn what is popular now instead of at night, and forget old searches."""
    click.echo(f"{learn(clock.now())} products are more or less popular than before")
