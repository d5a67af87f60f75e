"""`flask seed`: load the demonstration and tell who may sign in."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from app.accounts.services import DemonstrationRefusedError
from app.demonstration.services import demonstration_accounts, seed
from app.foundation.clock import now

group = AppGroup("seed", help="Demonstration data.")


@group.command("demo")
@click.option(
    "--products", default=0, show_default=True, type=click.IntRange(0, 1_000_000),
    help="So many made-up products more.",
)  # fmt: skip
@click.option(
    "--seed", "number", default=1, show_default=True, help="Another number, other made-up goods."
)
def demo(products: int, number: int) -> None:
    """Load the demonstration; running it again adds only what is missing."""
    try:
        seed(now=now(), products=products, number=number)
    except DemonstrationRefusedError as error:
        raise click.ClickException("DEMONSTRATION is off: real people are served here.") from error


@group.command("accounts")
def accounts() -> None:
    """List the accounts of the demonstration."""
    for line in demonstration_accounts():
        click.echo(f"{line.role:<30} {line.email:<30} {line.password}  {line.url}")
