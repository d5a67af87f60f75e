"""The showroom's desk: orders that wait at the counter, and the code that hands one over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _

from app.foundation.actors import Permission
from app.foundation.clock import now
from app.foundation.errors import ConflictError, IllegalMoveError, InvalidInputError
from app.foundation.work import unit_of_work
from app.shop.orders.queries import showroom_order
from app.shop.orders.services import (
    PickUpPausedError,
    WrongCodeError,
    count_wrong_code,
    hand_over,
    mark_ready,
)
from app.showrooms.desk_views import pick_up_order, pick_up_row
from app.showrooms.forms import HandOverForm
from app.showrooms.queries import PickUpFilter, pick_up_orders
from app.showrooms.routes.public import bp
from app.web.access import permitted
from app.web.desks import render_desk
from app.web.identity import current_actor
from app.web.inputs import optional_number, words
from app.web.locale import language
from app.web.paging import pages_of
from app.web.sentences import sentence

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.shop.orders.models import Order


@bp.get("/desk/showroom")
@permitted(Permission.DESK_SHOWROOM)
def desk_orders() -> ResponseReturnValue:
    """List the orders to hand over, the ready and longest waiting first."""
    show = request.args.get("show", "")
    if show not in {"", "done"}:
        raise InvalidInputError(field="show")
    wanted = PickUpFilter(
        words=words(request.args.get("q"), longest=40, name="q"), is_done=show == "done"
    )
    number = optional_number(request.args.get("page"), least=0, most=10**9, name="page")
    page = pick_up_orders(current_actor(), wanted, number=1 if number is None else number)
    return render_desk(
        "showroom",
        "showrooms/desk_orders.html",
        rows=[pick_up_row(order) for order in page.items],
        total=page.total,
        wanted=wanted,
        pages=pages_of(page, "showrooms.desk_orders", q=wanted.words or None, show=show or None),
    )


@bp.get("/desk/showroom/orders/<number>")
@permitted(Permission.DESK_SHOWROOM)
def desk_order(number: str) -> ResponseReturnValue:
    """Show one order: what to give, what to take, and the field for the code."""
    return _order_page(_own(number), HandOverForm(formdata=None))


@bp.post("/desk/showroom/orders/<number>/ready")
@permitted(Permission.ORDER_HAND_OVER)
def desk_ready(number: str) -> ResponseReturnValue:
    """Tell the buyer that the package waits at the counter."""
    try:
        with unit_of_work():
            mark_ready(_own(number), actor=current_actor(), now=now())
    except (ConflictError, IllegalMoveError):
        flash(_("This order has moved on in the meantime."), "warning")
    else:
        flash(_("The buyer is told that the package is ready."), "success")
    return redirect(url_for("showrooms.desk_order", number=number), code=303)


@bp.post("/desk/showroom/orders/<number>")
@permitted(Permission.ORDER_HAND_OVER)
def desk_hand_over(number: str) -> ResponseReturnValue:
    """Hand one order over to whoever knows its code; a wrong code keeps the page."""
    form = HandOverForm()
    order = _own(number)
    if not form.validate():
        return _order_page(order, form), 400
    try:
        with unit_of_work():
            hand_over(_own(number), code=form.given, actor=current_actor(), now=now())
    except WrongCodeError as error:
        with unit_of_work():
            count_wrong_code(_own(number), actor=current_actor(), now=now())
        form.refuse(error, sentence(error))
        return _order_page(_own(number), form), error.status
    except PickUpPausedError as error:
        form.refuse(error, sentence(error))
        return _order_page(_own(number), form), error.status
    except (ConflictError, IllegalMoveError):
        flash(_("This order has moved on in the meantime."), "warning")
    return redirect(url_for("showrooms.desk_order", number=number), code=303)


def _own(number: str) -> Order:
    return showroom_order(current_actor(), number) or abort(404)


def _order_page(order: Order, form: HandOverForm) -> str:
    return render_desk(
        "showroom",
        "showrooms/desk_order.html",
        order=pick_up_order(order, language()),
        form=form,
    )
