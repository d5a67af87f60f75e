"""`flask check-invariants`: what must hold after every sale, crash and restore (docs/risks.md)."""

from __future__ import annotations

import sys

import click
from flask.cli import with_appcontext

from app.foundation import clock
from app.foundation.slots import slot
from app.foundation.work import read_one_instant
from app.shop.catalogue.queries import wrong_cards
from app.shop.orders import queries
from app.shop.stock import queries as shelves


@click.command("check-invariants")
@with_appcontext
def check_invariants() -> None:
    """Print every breach of what must always hold, and exit 1 when there is one."""
    read_one_instant()
    found = [*shelves.breaches(), *queries.breaches()]
    found += [f"I11 card of product {one} is wrong" for one in wrong_cards(clock.today())]
    reviews = slot("invariants.reviews")
    found += reviews() if reviews else []
    for breach in found:
        click.echo(breach)
    click.echo(f"{len(found)} breaches")
    sys.exit(1 if found else 0)
