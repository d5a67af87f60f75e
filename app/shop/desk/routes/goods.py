"""The list of a producer's goods, with the small things done from it: count, pause, sell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _

from app.foundation.actors import Permission, Scope
from app.foundation.clock import now
from app.foundation.errors import ConflictError, DomainError, InvalidInputError
from app.foundation.work import unit_of_work
from app.shop.catalogue.services import pause_listing, publish_listing
from app.shop.desk.forms import StockForm, is_number
from app.shop.desk.queries import (
    Standing,
    goods_by_standing,
    goods_page,
    listing_of_product,
    product_of_actor,
)
from app.shop.desk.routes.home import bp, open_desk
from app.shop.desk.services import count_stock
from app.shop.desk.views.goods import Fault, goods_row, goods_tabs
from app.shop.stock.services import StockPromisedError
from app.web.access import permitted
from app.web.desks import render_desk
from app.web.identity import current_actor
from app.web.inputs import optional_number
from app.web.paging import pages_of
from app.web.sentences import sentence

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.programme.models import RegisteredProduct
    from app.shop.catalogue.models import Listing


@bp.get("/products")
@permitted(Permission.LISTING_EDIT)
def products() -> ResponseReturnValue:
    """List what the producer has registered, with state, stock and price."""
    return goods_list()


def goods_list(fault: Fault | None = None) -> str:
    """Render the list, with the count that was refused if one was."""
    desk = open_desk("desk.products")
    if not current_actor().may(Permission.LISTING_EDIT, Scope.producer(desk.producer.id)):
        abort(403)
    show = request.args.get("show", Standing.ALL.value)
    if show not in set(Standing):
        raise InvalidInputError(field="show")
    standing = Standing(show)
    page_number = optional_number(request.args.get("page"), least=0, most=10**9, name="page")
    page = goods_page(
        desk.producer.id, standing=standing, number=1 if page_number is None else page_number
    )
    return render_desk(
        "producer",
        "desk/products.html",
        opened=desk,
        tabs=goods_tabs(
            goods_by_standing(desk.producer.id), current=standing, producer=desk.producer.slug
        ),
        goods=[goods_row(row, fault) for row in page.items],
        pages=pages_of(page, "desk.products", show=show, producer=desk.producer.slug),
        show=show,
        form=StockForm(formdata=None),
        fault=fault,
    )


@bp.post("/products/<public_id>/stock")
@permitted(Permission.LISTING_EDIT)
def count(public_id: str) -> ResponseReturnValue:
    """Write down how many of one size were counted; a refused count is shown with its reason."""
    _product, listing = listed(public_id)
    form = StockForm()
    if not is_number(form.variant.data):
        raise InvalidInputError(field="variant")
    variant_id = int(form.variant.data)
    if not form.validate() or form.on_hand.count is None:
        words = " ".join(str(one) for one in form.on_hand.errors)
        return goods_list(Fault(variant_id, words, form.on_hand.data or "")), 400
    try:
        with unit_of_work():
            count_stock(
                listing, variant_id, on_hand=form.on_hand.count, actor=current_actor(), now=now()
            )
    except (StockPromisedError, ConflictError) as error:
        return goods_list(Fault(variant_id, sentence(error), form.on_hand.data)), 409
    flash(_("Stock saved."), "success")
    return back_to_list(listing)


@bp.post("/products/<public_id>/<any(publish, pause):wanted>")
@permitted(Permission.LISTING_EDIT)
def change_state(public_id: str, wanted: str) -> ResponseReturnValue:
    """Put an offer on sale, or take it off for a while."""
    _product, listing = listed(public_id)
    change = publish_listing if wanted == "publish" else pause_listing
    try:
        with unit_of_work():
            change(listing, actor=current_actor(), now=now())
    except (ConflictError, InvalidInputError) as error:
        flash(sentence(error), "error")
    except DomainError as error:
        if error.code != "illegal_move":
            raise
        flash(sentence(error), "error")
    else:
        flash(
            _("On sale.") if wanted == "publish" else _("Paused: nobody can buy it now."), "success"
        )
    return redirect(url_for("desk.product", public_id=public_id), code=303)


def listed(public_id: str) -> tuple[RegisteredProduct, Listing]:
    """Find a product that the actor sells and its offer; anything else is 404."""
    product = product_of_actor(current_actor(), public_id)
    listing = listing_of_product(product) if product else None
    if product is None or listing is None:
        abort(404)
    return product, listing


def back_to_list(listing: Listing) -> ResponseReturnValue:
    """Lead back to where somebody was in the list; one that just grew shorter, from its start."""
    show = request.args.get("show", Standing.ALL.value)
    kept: dict[str, Any] = {"producer": listing.producer.slug, "show": show}
    if show != Standing.OUT_OF_STOCK.value:
        kept["page"] = request.args.get("page")
    return redirect(url_for("desk.products", **kept), code=303)
