"""The first page of the desk: what needs doing now."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flask import Blueprint, abort, request, url_for
from flask_babel import gettext as _

from app.foundation.actors import Permission
from app.shop.desk.queries import Standing, Task, goods_by_standing, orders_by_task
from app.shop.desk.views.parts import choices_of
from app.shop.reviews.queries.desk import unanswered
from app.vendors.queries import producer_of_actor, producers_of_actor
from app.web.access import permitted
from app.web.desks import render_desk
from app.web.formats import number
from app.web.identity import current_actor

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.shop.desk.views.parts import Choice
    from app.vendors.models import Producer

bp = Blueprint(
    "desk", __name__, url_prefix="/<lang:lang>/desk/producer", template_folder="../templates"
)


class Figure(NamedTuple):
    """A count that leads to what it counts."""

    label: str
    value: str
    url: str


class Desk(NamedTuple):
    """The producer that the desk is open for, and the others to choose from."""

    producer: Producer
    choices: list[Choice]


def open_desk(endpoint: str) -> Desk:
    """Find the producer that the query names, or the first of the actor's own; another is 404."""
    actor = current_actor()
    producers = producers_of_actor(actor)
    slug = request.args.get("producer", "")
    chosen = producer_of_actor(actor, slug) if slug else next(iter(producers), None)
    if chosen is None:
        abort(404)
    return Desk(chosen, choices_of(producers, chosen, endpoint))


@bp.get("")
@permitted(Permission.DESK_PRODUCER)
def home() -> ResponseReturnValue:
    """Show what needs doing now, each count a link to the things themselves."""
    desk = open_desk("desk.home")
    slug = desk.producer.slug
    orders = orders_by_task(desk.producer.id)
    goods = goods_by_standing(desk.producer.id)
    questions, reviews = unanswered(desk.producer.id)
    wanted = (
        (_("New orders to confirm"), Task.NEW),
        (_("Orders to pack"), Task.TO_PACK),
        (_("Orders to ship"), Task.TO_SHIP),
        (_("Orders under way"), Task.UNDER_WAY),
    )
    shown = (
        (_("On sale"), Standing.PUBLISHED),
        (_("Out of stock"), Standing.OUT_OF_STOCK),
        (_("Drafts"), Standing.DRAFT),
        (_("Not listed yet"), Standing.UNLISTED),
    )
    return render_desk(
        "producer",
        "desk/home.html",
        opened=desk,
        order_figures=[
            Figure(
                label,
                number(orders[task]),
                url_for("desk.orders", task=task.value, producer=slug),
            )
            for label, task in wanted
        ],
        goods_figures=[
            Figure(
                label,
                number(goods[standing]),
                url_for("desk.products", show=standing.value, producer=slug),
            )
            for label, standing in shown
        ],
        voice_figures=[
            Figure(
                _("Questions to answer"),
                number(questions),
                url_for("review_desk.producer_questions"),
            ),
            Figure(
                _("Reviews without your answer"),
                number(reviews),
                url_for("review_desk.producer_reviews"),
            ),
        ],
        is_idle=not any(orders[task] for task in (Task.NEW, Task.TO_PACK, Task.TO_SHIP)),
    )
