"""Letters about orders, sent after the commit that caused them (R20), and the hourly count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.accounts.queries import language_at
from app.foundation.work import unit_of_work
from app.shop.orders import queries
from app.shop.orders.together import count_companions
from app.shop.orders.views import group_page, order_page
from app.web.mail import send_letter

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from app.shop.orders.models import Order


def refresh_companions(now: datetime) -> None:
    """Count what is bought together, each hour."""
    with unit_of_work():
        count_companions(now=now)


def send_placed(message_id: int, payload: Mapping[str, Any]) -> None:  # noqa: ARG001 - as every handler
    """Confirm an order to its buyer."""
    _to_group("orders/mail/placed", payload["number"])


def send_link(message_id: int, payload: Mapping[str, Any]) -> None:  # noqa: ARG001 - as every handler
    """Send a buyer the link again."""
    _to_group("orders/mail/link", payload["number"])


def _to_group(template: str, number: str) -> None:
    group = queries.group_by_number(number)
    if group is not None:
        send_letter(
            template, to=group.buyer_email, language=group.language, group=group_page(group)
        )


def send_new_order(message_id: int, payload: Mapping[str, Any]) -> None:  # noqa: ARG001 - as every handler
    """Tell a producer that reads mail what to pack."""
    order = queries.order_by_number(payload["number"])
    email = queries.producer_email(order.producer_id) if order is not None else None
    if order is not None and email:
        send_letter(
            "orders/mail/new_order",
            to=email,
            language=language_at(email),
            order=order_page(order),
        )


def send_shipped(message_id: int, payload: Mapping[str, Any]) -> None:  # noqa: ARG001 - as every handler
    """Tell a buyer that a parcel is on its way."""
    _to_buyer("orders/mail/shipped", queries.order_by_number(payload["number"]))


def send_ready(message_id: int, payload: Mapping[str, Any]) -> None:  # noqa: ARG001 - as every handler
    """Tell a buyer that the goods wait at the counter, with the code."""
    _to_buyer("orders/mail/ready", queries.order_by_number(payload["number"]))


def send_cancelled(message_id: int, payload: Mapping[str, Any]) -> None:  # noqa: ARG001 - as every handler
    """Tell a buyer that a package will not come."""
    _to_buyer("orders/mail/cancelled", queries.order_by_number(payload["number"]))


def _to_buyer(template: str, order: Order | None) -> None:
    if order is not None:
        send_letter(
            template,
            to=order.group.buyer_email,
            language=order.group.language,
            order=order_page(order),
            group=group_page(order.group),
        )
