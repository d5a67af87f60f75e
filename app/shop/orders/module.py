"""What the composition root needs of this module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

import app.shop.orders.models  # noqa: F401 - its tables
from app.foundation.outbox import handle_topic
from app.shop.orders import jobs
from app.shop.orders.cli import check_invariants
from app.shop.orders.routes import bp
from app.web.sentences import add_sentences
from app.web.sitemaps import leave_out

if TYPE_CHECKING:
    from flask import Flask


def register(app: Flask) -> None:
    """Bring checkout and orders."""
    app.register_blueprint(bp)
    leave_out(
        "somebody's own order",
        *("orders.checkout_begins", "orders.checkout", "orders.show", "orders.find"),
    )
    app.cli.add_command(check_invariants)
    handle_topic("orders.placed_letter", jobs.send_placed)
    handle_topic("orders.new_order_letter", jobs.send_new_order)
    handle_topic("orders.shipped_letter", jobs.send_shipped)
    handle_topic("orders.ready_letter", jobs.send_ready)
    handle_topic("orders.cancelled_letter", jobs.send_cancelled)
    handle_topic("orders.link_letter", jobs.send_link)
    add_sentences(
        {
            "checkout_gone": _l("This checkout is not yours or no longer there."),
            "empty_cart": _l("There is nothing in your cart to order."),
            "not_sellable": _l("Some of this is no longer sold."),
            "total_changed": _l(
                "The total has changed. Please look at it and place the order again."
            ),
            "wrong_code": _l("This is not the code of this order."),
            "pick_up_paused": _l("Too many wrong codes. Please try again in 15 minutes."),
        }
    )
