"""What happens before the shop opens: schema, demonstration data, a greeting."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from alembic import command
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from app.demonstration.services import demonstration_accounts, is_seeded, renew_pictures, seed
from app.foundation.clock import now
from app.foundation.database import db
from app.foundation.picture_store import draw_old_later, undrawn
from app.foundation.work import unit_of_work
from ops.migrations import configuration

if TYPE_CHECKING:
    from collections.abc import Sequence


def bring_up_to_date() -> None:
    """Bring the schema to the newest revision, and fill an empty demonstration."""
    settings = configuration(str(db.engine.url.render_as_string(hide_password=False)))
    with db.engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_heads()
    wanted: Sequence[str] = ScriptDirectory.from_config(settings).get_heads()
    if set(current) != set(wanted):
        say("Bringing the database up to date …")
        command.upgrade(settings, "head")
    if not is_seeded():
        say("Loading the demonstration data …")
        seed(now=now())
    else:
        renew_pictures(now=now())
    if undrawn(is_old=True):
        with unit_of_work():
            asked = draw_old_later(now=now())
        say(f"{asked} older pictures are drawn anew by the job process.")


def announce(address: str) -> None:
    """Say where the shop is and who may sign in."""
    say(f"\nChợ Phiên is at {address}\n")
    for account in demonstration_accounts():
        say(f"  {account.role:<20} {account.email:<32} {account.password}")
    say("\nStop with Ctrl+C.\n")


def say(text: str) -> None:
    """Write a line for the person who started us."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
