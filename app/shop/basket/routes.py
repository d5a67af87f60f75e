"""The cart's pages: look at it, put in, change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.foundation import clock
from app.foundation.errors import InvalidInputError
from app.foundation.work import in_unit_of_work
from app.shop.basket import queries, services
from app.shop.basket.views import cart_view
from app.shop.catalogue.queries import public_variants
from app.shop.catalogue.views import product_url
from app.web.access import public
from app.web.cookies import keep
from app.web.forms import showable
from app.web.inputs import own_path, whole_number
from app.web.problems import problem_page

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from werkzeug.wrappers import Response

COOKIE: Final = "cart"
SIXTY_DAYS: Final = 60 * 24 * 3_600
LONGEST_TOKEN: Final = 40
LONGEST_TYPED: Final = 40

bp = Blueprint("basket", __name__, url_prefix="/<lang:lang>", template_folder="templates")


def cart_token() -> str | None:
    """Give the token in the cookie, if it looks like one of ours."""
    token = request.cookies.get(COOKIE, "")
    return token if token.isascii() and token.isalnum() and len(token) <= LONGEST_TOKEN else None


def cart_count() -> int:
    """Count the pieces for the badge on every page, once a request."""
    if "cart_count" not in g:
        g.cart_count = queries.item_count(cart_token())
    return int(g.cart_count)


@bp.get("/cart")
@public
def cart() -> ResponseReturnValue:
    """Show the cart at today's prices."""
    return cart_page({})


@bp.post("/cart/add")
@public
def add() -> ResponseReturnValue:
    """Put goods into the cart and go back to where the shopper was."""
    if not request.form.get("variant_id"):
        flash(_("Choose a size and put it into the cart again."), "error")
        return redirect(asked_target() or url_for("basket.cart"), code=303)
    variant_id = whole_number(
        request.form.get("variant_id", ""), least=1, most=2**53, name="variant_id"
    )
    found = public_variants([variant_id], on=clock.today()).get(variant_id)
    if found is None or not found.is_sellable:
        return problem_page(404, _("This product is not sold here."))
    quantity = quantity_of(request.form.get("quantity", "1"))
    if quantity is None:
        page = render_template(
            "basket/quantity.html",
            variant=found,
            quantity=request.form.get("quantity", ""),
            target=asked_target() or "",
            product_url=product_url(found.slug, found.public_id),
        )
        return page, 422
    now = clock.now()

    def work() -> str:
        cart = services.cart_for(cart_token(), now)
        services.add_line(cart, variant_id, quantity, now)
        return cart.token

    token = in_unit_of_work(work)
    flash(_("It is in your cart now."), "success")
    return remember(redirect(asked_target() or url_for("basket.cart"), code=303), token)


@bp.post("/cart/change")
@public
def change() -> ResponseReturnValue:
    """Set the quantities of the lines shown, or take one out."""
    said = {
        whole_number(
            name.removeprefix("quantity-"), least=1, most=2**53, name="variant_id"
        ): quantity_of(value)
        for name, value in request.form.items()
        if name.startswith("quantity-")
    }
    removed = request.form.get("remove")
    gone = whole_number(removed, least=1, most=2**53, name="variant_id") if removed else None
    if queries.open_cart(cart_token()) is None:
        return redirect(url_for("basket.cart"), code=303)
    wanted = {one: quantity for one, quantity in said.items() if quantity and one != gone}
    if gone is None and len(wanted) < len(said):
        flash(_("A quantity is a whole number from 1 to 999."), "error")
        return cart_page(typed_quantities()), 422
    now = clock.now()

    def work() -> None:
        cart = services.cart_for(cart_token(), now)
        for variant_id, quantity in wanted.items():
            services.set_quantity(cart, variant_id, quantity, now)
        if gone is not None:
            services.remove_line(cart, gone, now)

    in_unit_of_work(work)
    flash(_("Removed from your cart.") if gone else _("Your cart is up to date."), "success")
    return redirect(url_for("basket.cart"), code=303)


def cart_page(typed: dict[int, str]) -> str:
    """Draw the cart; `typed` holds what was written instead of quantities, by variant."""
    cart = cart_view(cart_token(), today=clock.today())
    return render_template("basket/cart.html", cart=cart, typed=typed)


def typed_quantities() -> dict[int, str]:
    """Give what was typed into the cart's fields, as far as a page can show it."""
    return {
        int(name.removeprefix("quantity-")): showable(value)[:LONGEST_TYPED]
        for name, value in request.form.items()
        if name.startswith("quantity-")
    }


def remember(response: Response, token: str) -> Response:
    """Keep the cart's token in a cookie of its own."""
    if request.cookies.get(COOKIE) != token:
        keep(response, COOKIE, token, seconds=SIXTY_DAYS)
    return response


def quantity_of(text: str) -> int | None:
    """Read how many are wanted; none when that is no quantity."""
    try:
        return whole_number(text, least=1, most=services.MOST, name="quantity")
    except InvalidInputError:
        return None


def asked_target() -> str | None:
    """Take the page to go back to from the form, when it is one of ours."""
    return own_path(request.form.get("next"))
