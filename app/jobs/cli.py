"""`flask jobs run`: the process beside the web that delivers messages and keeps house."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup

from app.foundation import clock, picture_store
from app.foundation.dead_letters import dead_letters, revive
from app.foundation.decoding import PictureRefusedError
from app.foundation.work import unit_of_work
from app.jobs.queue import WORKERS, deliver_all, work

jobs = AppGroup("jobs", help="What happens outside requests.")


@jobs.command("run")
@click.option("--workers", default=WORKERS, show_default=True)
def run(workers: int) -> None:
    """Work until told to stop: deliver messages, expire holds, follow the schedule."""
    work(current_app._get_current_object(), workers=workers)  # type: ignore[attr-defined]  # noqa: SLF001


@jobs.command("deliver")
def deliver() -> None:
    """Deliver what is due now, and stop."""
    delivered = deliver_all(current_app._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001
    click.echo(f"{delivered} delivered")


@jobs.command("dead")
def dead() -> None:
    """List messages that were given up."""
    for message in dead_letters():
        click.echo(f"{message.id}\t{message.topic}\t{message.attempts}\t{message.last_error}")


@jobs.command("retry")
@click.argument("message_id", type=int)
def retry(message_id: int) -> None:
    """Give a dead message its life back."""
    with unit_of_work():
        revived = revive(message_id, now=clock.now())
    click.echo("due now" if revived else "there is no such dead message")


pictures = AppGroup("pictures", help="Pictures that people sent.")


@pictures.command("redraw")
def redraw() -> None:
    """Draw every picture that has no ladder yet: of the first form of keys, or whose job was given up."""
    for key in picture_store.undrawn():
        try:
            picture_store.draw_picture(0, {"key": key})
        except (FileNotFoundError, PictureRefusedError) as error:
            click.echo(f"{key}: {error}", err=True)
        else:
            click.echo(key)


@pictures.command("sweep")
def sweep() -> None:
    """Delete the files that no row names and that are a day old, as every hour does."""
    click.echo(f"{picture_store.sweep(now=clock.now())} files deleted")
