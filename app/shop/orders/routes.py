"""The checkout, the order's page for its buyer, and asking for its link again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import (
    Blueprint,
    abort,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _

from app.foundation import clock
from app.foundation.errors import ConflictError, DomainError
from app.foundation.slots import slot
from app.foundation.text import sort_key
from app.foundation.work import in_unit_of_work
from app.programme.queries import valid_serials
from app.shop.basket.queries import open_cart
from app.shop.basket.routes import cart_token
from app.shop.basket.views import CartView, cart_view
from app.shop.catalogue.queries import public_variants
from app.shop.orders import queries, services
from app.shop.orders.forms import CheckoutForm, FindForm
from app.shop.orders.views import CheckoutPage, PickUpPoint, group_page, quotes
from app.shop.stock.services import SoldOutError
from app.web.access import public
from app.web.headers import keep_private
from app.web.identity import current_actor
from app.web.limits import limit
from app.web.locale import language
from app.web.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask.typing import ResponseReturnValue

    from app.foundation.errors import DomainError as Refusal
    from app.shop.orders.models import OrderGroup

LONGEST_TOKEN: Final = 40
UNAVAILABLE: Final = (SoldOutError, services.NotSellableError)

bp = Blueprint("orders", __name__, url_prefix="/<lang:lang>", template_folder="templates")
bp.after_request(keep_private)


@bp.get("/checkout")
@public
def checkout_begins() -> ResponseReturnValue:
    """Send whoever comes without a checkout to the cart, where one starts."""
    return redirect(url_for("basket.cart"), code=303)


@bp.post("/checkout")
@public
def start() -> ResponseReturnValue:
    """Hold the cart's goods and go to the checkout."""
    now = clock.now()
    token = cart_token()

    def work() -> str:
        cart = open_cart(token)
        if cart is None:
            raise services.EmptyCartError
        return services.start_checkout(cart, now=now).token

    try:
        made = in_unit_of_work(work)
    except (services.EmptyCartError, *UNAVAILABLE) as error:
        ordered = queries.group_of_cart(token)
        return lead_to(ordered) if ordered is not None else back_to_cart(error)
    return redirect(url_for("orders.checkout", token=made), code=303)


@bp.get("/checkout/<token>")
@public
def checkout(token: str) -> ResponseReturnValue:
    """Show the form, with what all of it costs."""
    found = find_checkout(token)
    if found is None:
        abort(404)
    if found.group is not None:
        return redirect(order_url(found.group.number, found.group.access_token), code=303)
    if found.checkout.expires_at <= clock.now():
        flash(_("Your checkout took longer than 15 minutes. Please start it again."), "warning")
        return redirect(url_for("basket.cart"), code=303)
    cart = cart_view(cart_token(), today=clock.today())
    actor = current_actor()
    chosen = {"name": actor.name, "email": actor.email}
    if cart.must_be_collected:
        chosen |= {"fulfilment": "pick_up", "showroom": str(cart.held_at)}
    form = CheckoutForm(None, points=points_at(cart.collected_at), data=chosen)
    return render_checkout(found, form, cart)


@bp.post("/checkout/<token>")
@public
def place(token: str) -> ResponseReturnValue:
    """Place the order, or show the form again with what is missing or has changed."""
    now = clock.now()
    if request.form.get("step") == "update":
        return show_again(token, 200, validate=False)
    wants_pick_up = request.form.get("fulfilment") == "pick_up"
    form = CheckoutForm(points=points_of(token) if wants_pick_up else ())
    if not form.validate():
        return show_again(token, 422)
    command = form.command(checkout_token=token, cart_token=cart_token())
    actor = current_actor()
    try:
        group = in_unit_of_work(lambda: services.place_order(command, actor=actor, now=now))
    except DomainError as error:
        return refused(token, error, wants_pick_up=wants_pick_up)
    return redirect(order_url(group.number, group.access_token), code=303)


def refused(token: str, error: DomainError, *, wants_pick_up: bool) -> ResponseReturnValue:
    """Lead whoever could not order to where they can go on. Raises what leads nowhere."""
    if isinstance(error, services.TotalChangedError):
        return show_again(token, error.status, message=sentence(error))
    if isinstance(error, ConflictError):
        ordered = queries.group_of_cart(cart_token())
        if ordered is not None:
            return lead_to(ordered)
    if not isinstance(error, (services.EmptyCartError, *UNAVAILABLE)):
        raise error
    if not wants_pick_up and cart_view(cart_token(), today=clock.today()).must_be_collected:
        return show_again(token, 422)
    return back_to_cart(error)


def points_of(token: str) -> Sequence[PickUpPoint]:
    """Find where a checkout's goods may be collected; once it is an order, where they wait.

    The form sent again must mean what it meant: its cart is closed and its shelf may be empty now.
    """
    found = find_checkout(token)
    if found is None or found.group is None:
        return points_at(cart_view(cart_token(), today=clock.today()).collected_at)
    return points_at([order.place_id for order in found.group.orders if order.showroom_id])


def lead_to(group: OrderGroup) -> ResponseReturnValue:
    """Show whoever orders a cart twice, as from two tabs, the order that it became (R03)."""
    flash(_("This is already ordered. Here is the order that your cart became."), "info")
    return redirect(order_url(group.number, group.access_token), code=303)


def find_checkout(token: str) -> queries.OpenCheckout | None:
    """Find a checkout of this browser."""
    return queries.open_checkout(token, cart_token()) if len(token) <= LONGEST_TOKEN else None


def show_again(
    token: str, status: int, *, message: str = "", validate: bool = True
) -> ResponseReturnValue:
    """Render the form with everything that was typed."""
    found = find_checkout(token)
    if found is None:
        abort(404)
    if found.group is not None:
        return lead_to(found.group)
    cart = cart_view(cart_token(), today=clock.today())
    form = CheckoutForm(
        points=points_at(cart.collected_at), must_be_collected=cart.must_be_collected
    )
    if validate:
        form.validate()
    form.tidy()
    return render_checkout(found, form, cart, message=message), status


def render_checkout(
    found: queries.OpenCheckout, form: CheckoutForm, cart: CartView, *, message: str = ""
) -> str:
    """Render the checkout; the total shown is the one that the form will send back."""
    page = CheckoutPage(
        token=found.checkout.token,
        expires_at=found.checkout.expires_at,
        packages=quotes(cart, form.province_code),
        is_shipping_known=form.province_code is not None or form.point is not None,
        points=list(form.points),
        must_be_collected=cart.must_be_collected,
    )
    form.expected_total.data = str(page.total.dong)
    return render_template("orders/checkout.html", checkout=page, form=form, message=message)


def points_at(place_ids: Sequence[int]) -> Sequence[PickUpPoint]:
    """Ask which showrooms of these shelves hand orders over."""
    points = slot("orders.pick_up_points")
    found: Sequence[PickUpPoint] = points(place_ids, language()) if points and place_ids else ()
    return found


def back_to_cart(error: Refusal) -> ResponseReturnValue:
    """Say in the cart what cannot be had, by name (R09)."""
    ids = error.values.get("variant_ids", [])
    lang = language()
    names = [one.name.in_language(lang) for one in public_variants(ids, on=clock.today()).values()]
    text = sentence(error)
    if names:
        text = _(
            "%(reason)s It is about: %(names)s.",
            reason=text,
            names=", ".join(sorted(names, key=sort_key)),
        )
    flash(text, "error")
    return redirect(url_for("basket.cart"), code=303)


def order_url(number: str, token: str) -> str:
    """Link an order for its buyer."""
    return url_for("orders.show", number=number, token=token)


@bp.get("/orders/<number>")
@public
def show(number: str) -> ResponseReturnValue:
    """Show an order to whoever has its link."""
    group = queries.group_by_token(number[:LONGEST_TOKEN], asked_token())
    if group is None:
        abort(404)
    serials = [line.certificate_serial for order in group.orders for line in order.lines]
    return render_template(
        "orders/show.html",
        group=group_page(group),
        valid_serials=valid_serials(serials, on=clock.today()),
    )


@bp.post("/orders/<number>/cancel")
@public
def cancel(number: str) -> ResponseReturnValue:
    """Call one package off for its buyer, before it is packed."""
    now = clock.now()
    token = asked_token()
    wanted = request.form.get("order", "")

    def work() -> bool:
        group = queries.group_by_token(number[:LONGEST_TOKEN], token)
        order = next((one for one in group.orders if one.number == wanted), None) if group else None
        if order is None:
            return False
        services.cancel_by_buyer(order, now=now)
        return True

    try:
        if not in_unit_of_work(work):
            abort(404)
    except DomainError as error:
        flash(sentence(error), "error")
    else:
        flash(_("The package is cancelled. Nothing will be charged."), "success")
    return redirect(order_url(number, token), code=303)


def asked_token() -> str:
    """Take the token from the link or the form, if it looks like one of ours."""
    token = request.values.get("token", "")
    return token if token.isascii() and token.isalnum() and len(token) <= LONGEST_TOKEN else ""


@bp.route("/orders", methods=["GET", "POST"])
@public
@limit("5 per minute; 30 per hour")
def find() -> ResponseReturnValue:
    """Mail an order's link to its buyer again; the answer tells a stranger nothing."""
    form = FindForm()
    if request.method == "POST":
        if not form.validate():
            return render_template("orders/find.html", form=form), 422
        now = clock.now()
        number, email = form.number.data.upper(), form.email.data
        in_unit_of_work(lambda: services.send_link_again(number, email, now=now))
        flash(
            _("If there is such an order, its link is on its way to the e-mail given there."),
            "success",
        )
        return redirect(url_for("orders.find"), code=303)
    return render_template("orders/find.html", form=form)
