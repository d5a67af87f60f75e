"""A producer's orders: the list by what is to do, one order, and the steps that move it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.foundation.actors import Permission
from app.foundation.clock import now
from app.foundation.errors import ConflictError, IllegalMoveError, InvalidInputError
from app.foundation.work import unit_of_work
from app.shop.desk.forms import StepForm
from app.shop.desk.queries import Task, orders_by_task, orders_page
from app.shop.desk.routes.home import bp, open_desk
from app.shop.desk.views.orders import (
    destination_lines,
    happenings,
    order_row,
    order_tabs,
    order_tag,
    steps_of,
)
from app.shop.orders.queries import producer_order
from app.shop.orders.services import (
    cancel_order,
    confirm_order,
    deliver_order,
    pack_order,
    ship_order,
)
from app.web.access import permitted
from app.web.desks import render_desk
from app.web.identity import current_actor
from app.web.inputs import optional_number, words
from app.web.paging import pages_of
from app.web.sentences import sentence

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.shop.orders.models import Order

LONGEST_SEARCH: Final = 40
DONE: Final = {
    "confirm": _l("Order confirmed. The buyer sees it on the page of the order."),
    "pack": _l("Marked as packed."),
    "ship": _l("Marked as handed to the carrier. The buyer is told."),
    "deliver": _l("Marked as delivered and paid."),
    "cancel": _l("Order cancelled. The buyer is told."),
}


@bp.get("/orders")
@permitted(Permission.ORDER_FULFIL)
def orders() -> ResponseReturnValue:
    """List orders by what is to do, or those that a number or the end of a phone number finds."""
    desk = open_desk("desk.orders")
    slug = desk.producer.slug
    text = words(request.args.get("find"), longest=LONGEST_SEARCH, name="find")
    asked = request.args.get("task", Task.NEW.value)
    if asked not in set(Task):
        raise InvalidInputError(field="task")
    task = None if text else Task(asked)
    number = optional_number(request.args.get("page"), least=0, most=10**9, name="page")
    page = orders_page(
        desk.producer.id, task=task, text=text, number=1 if number is None else number
    )
    kept = {"producer": slug} | ({"find": text} if text else {"task": asked})
    return render_desk(
        "producer",
        "desk/orders.html",
        opened=desk,
        tabs=order_tabs(orders_by_task(desk.producer.id), current=task, producer=slug),
        orders=[order_row(order) for order in page.items],
        total=page.total,
        text=text,
        pages=pages_of(page, "desk.orders", **kept),
    )


@bp.get("/orders/<number>")
@permitted(Permission.ORDER_FULFIL)
def order(number: str) -> ResponseReturnValue:
    """Show one order with its buttons; printed, it is the slip that goes into the parcel."""
    return _order_page(_found(number), StepForm(formdata=None))


@bp.post("/orders/<number>/<any(confirm, pack, ship, deliver, cancel):step>")
@permitted(Permission.ORDER_FULFIL)
def take_step(number: str, step: str) -> ResponseReturnValue:
    """Move one order on; when somebody was faster, show how it stands now."""
    found = _found(number)
    form = StepForm()
    is_valid = form.validate()
    if step == "cancel" and not form.reason.data:
        form.reason.errors = [*form.reason.errors, _("Say why: the buyer will read it.")]
        is_valid = False
    if not is_valid:
        return _order_page(found, form), 400
    try:
        with unit_of_work():
            _move(found, step, form)
    except (ConflictError, IllegalMoveError):
        form.form_errors.append(
            _("Somebody has moved this order on in the meantime. This is how it stands now.")
        )
        return _order_page(_found(number), form), 409
    except InvalidInputError as error:
        form.refuse(error, sentence(error))
        return _order_page(_found(number), form), error.status
    flash(str(DONE[step]), "success")
    return redirect(url_for("desk.order", number=number), code=303)


def _move(found: Order, step: str, form: StepForm) -> None:
    actor, at = current_actor(), now()
    if step == "confirm":
        confirm_order(found, actor=actor, now=at)
    elif step == "pack":
        pack_order(found, actor=actor, now=at)
    elif step == "ship":
        ship_order(
            found,
            carrier=form.carrier.data or None,
            tracking_code=form.tracking_code.data or None,
            actor=actor,
            now=at,
        )
    elif step == "deliver":
        deliver_order(found, actor=actor, now=at)
    else:
        cancel_order(found, reason=form.reason.data, actor=actor, now=at)


def _found(number: str) -> Order:
    found = producer_order(current_actor(), number)
    if found is None:
        abort(404)
    return found


def _order_page(found: Order, form: StepForm) -> str:
    return render_desk(
        "producer",
        "desk/order.html",
        order=found,
        tag=order_tag(found),
        steps=steps_of(found),
        place=destination_lines(found),
        history=happenings(found),
        form=form,
    )
