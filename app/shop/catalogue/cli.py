"""`flask catalogue …`: upkeep of what is derived."""

from __future__ import annotations

from typing import Final

import click
from flask.cli import with_appcontext

from app.foundation.clock import local_date, now
from app.foundation.work import in_unit_of_work
from app.shop.catalogue.queries import stale_cards
from app.shop.catalogue.services import refresh_cards

BATCH: Final = 200


@click.group("catalogue")
def group() -> None:
    """Keep the catalogue in order."""


@group.command("refresh-cards")
@with_appcontext
def refresh() -> None:
    """Write anew the cards that differ from what they are made of; daily, when certificates end."""
    click.echo(f"{refresh_stale_cards()} cards written anew")


def refresh_stale_cards() -> int:
    """Write stale cards anew, a batch a transaction, and count them; running it twice is harmless."""
    at = now()
    stale = stale_cards(local_date(at))
    for start in range(0, len(stale), BATCH):
        batch = stale[start : start + BATCH]
        in_unit_of_work(lambda ids=batch: refresh_cards(ids, now=at))  # type: ignore[misc]
    return len(stale)
