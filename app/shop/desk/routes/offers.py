"""The form of an offer: a new product, a first offer of a registered one, a change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _

from app.foundation.actors import Permission, Scope
from app.foundation.clock import now
from app.foundation.errors import BusyError, ConflictError, IllegalMoveError, InvalidInputError
from app.foundation.picture_store import receive_picture
from app.foundation.work import unit_of_work
from app.places.queries import communes_of
from app.programme.queries import categories
from app.shop.catalogue.views import product_url
from app.shop.desk.forms import PHOTO_TYPES, ListingForm, NewListingForm, is_number
from app.shop.desk.queries import (
    listing_of_product,
    product_of_actor,
    shelf_of,
    unlisted_products,
)
from app.shop.desk.routes.home import bp, open_desk
from app.shop.desk.services import (
    ProductNamedError,
    change_offer,
    offer_product,
    register_and_offer,
)
from app.shop.desk.views.goods import (
    changes_elsewhere,
    form_values,
    is_on_sale,
    listing_tag,
    photos_of,
    set_choices,
)
from app.web.access import permitted
from app.web.desks import render_desk
from app.web.formats import localize
from app.web.identity import current_actor
from app.web.sentences import sentence
from app.web.uploads import takes_files

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.foundation.errors import DomainError
    from app.programme.models import RegisteredProduct
    from app.shop.catalogue.models import Listing
    from app.shop.desk.routes.home import Desk
    from app.shop.desk.services import Offer

FIELDS: Final = {
    "alt": "alt_vi",
    "commune_code": "commune_code",
    "ingredients": "ingredients_vi",
    "name": "name_vi",
    "photo": "photo",
    "set_code": "set_code",
    "shelf_life_days": "shelf_life_days",
    "storage": "storage_vi",
    "summary": "summary_vi",
    "usage": "usage_vi",
}


@bp.get("/products/new")
@permitted(Permission.LISTING_EDIT)
def new_product() -> ResponseReturnValue:
    """Show the empty form of a new product, and the registered ones that are not offered yet."""
    desk = _selling_desk()
    form = NewListingForm(formdata=None, data={"commune_code": desk.producer.commune_code or ""})
    return _new_page(desk, form)


@bp.post("/products/new")
@permitted(Permission.LISTING_EDIT)
@takes_files
def add_product() -> ResponseReturnValue:
    """Register a product and offer it; what was typed stays when something is wrong."""
    desk = _selling_desk()
    form = NewListingForm()
    _fill_choices(desk, form)
    if _asks_for_row(form):
        return _new_page(desk, form)
    if not form.validate():
        return _new_page(desk, form), 400
    try:
        offer = _offer(form)
        with unit_of_work():
            listing = register_and_offer(
                desk.producer, form.new_product(), offer, actor=current_actor(), now=now()
            )
            public_id = listing.product.public_id
    except (InvalidInputError, ConflictError, BusyError, ProductNamedError) as error:
        _refuse(form, error)
        return _new_page(desk, form), error.status
    return _saved(public_id, offer)


@bp.get("/products/<public_id>")
@permitted(Permission.LISTING_EDIT)
def product(public_id: str) -> ResponseReturnValue:
    """Show how a product is offered, in the form that changes it."""
    found = product_of_actor(current_actor(), public_id) or abort(404)
    listing = listing_of_product(found)
    form = ListingForm(formdata=None, data=form_values(listing) if listing else {})
    return _product_page(found, listing, form)


@bp.post("/products/<public_id>")
@permitted(Permission.LISTING_EDIT)
@takes_files
def save_product(public_id: str) -> ResponseReturnValue:
    """Save an offer; somebody else's change in between is shown and nothing typed is lost."""
    actor = current_actor()
    found = product_of_actor(actor, public_id) or abort(404)
    listing = listing_of_product(found)
    form = ListingForm()
    if _asks_for_row(form):
        return _product_page(found, listing, form)
    if not form.validate():
        return _product_page(found, listing, form), 400
    try:
        offer = _offer(form)
        with unit_of_work():
            if listing is None:
                offer_product(found, offer, actor=actor, now=now())
            else:
                version = int(form.version.data) if is_number(form.version.data) else 0
                change_offer(listing, offer, version=version, actor=actor, now=now())
    except ConflictError:
        return _conflict_page(public_id, form)
    except (InvalidInputError, IllegalMoveError, BusyError) as error:
        _refuse(form, error)
        again = product_of_actor(actor, public_id) or abort(404)
        return _product_page(again, listing_of_product(again), form), error.status
    return _saved(public_id, offer)


def _selling_desk() -> Desk:
    desk = open_desk("desk.new_product")
    if not current_actor().may(Permission.LISTING_EDIT, Scope.producer(desk.producer.id)):
        abort(403)
    return desk


def _asks_for_row(form: ListingForm) -> bool:
    if request.form.get("action") != "row":
        return False
    form.add_row()
    return True


def _offer(form: ListingForm) -> Offer:
    """Take what was typed; a photo is drawn anew here, before anything is locked."""
    data = form.photo_data()
    return replace(
        form.offer(),
        photo=receive_picture(data) if data is not None else None,
        is_for_sale=request.form.get("action") == "publish",
    )


def _refuse(form: ListingForm, error: DomainError) -> None:
    error.field = FIELDS.get(error.field or "")
    form.refuse(error, sentence(error))


def _saved(public_id: str, offer: Offer) -> ResponseReturnValue:
    flash(_("Saved and on sale.") if offer.is_for_sale else _("Saved."), "success")
    return redirect(url_for("desk.product", public_id=public_id), code=303)


def _conflict_page(public_id: str, form: ListingForm) -> ResponseReturnValue:
    """Show what it says now beside what was typed; saving once more means it."""
    found = product_of_actor(current_actor(), public_id) or abort(404)
    listing = listing_of_product(found)
    if listing is None:
        abort(404)
    form.version.data = str(listing.version)
    return _product_page(
        found, listing, form, changes=changes_elsewhere(form, listing), is_conflict=True
    ), 409


def _fill_choices(desk: Desk, form: NewListingForm) -> None:
    rows = communes_of(desk.producer.province_code)
    communes = [(row.code, localize(row.full_name)) for row in rows]
    if desk.producer.commune_code is None:
        communes.insert(0, ("", _("Not given")))
    form.choose_from(sets=set_choices(categories()), communes=communes)


def _new_page(desk: Desk, form: NewListingForm) -> str:
    _fill_choices(desk, form)
    return render_desk(
        "producer",
        "desk/new.html",
        opened=desk,
        form=form,
        unlisted=unlisted_products(desk.producer.id),
        photo_types=PHOTO_TYPES,
        lost_file=_lost_file(form),
    )


def _product_page(
    found: RegisteredProduct,
    listing: Listing | None,
    form: ListingForm,
    *,
    changes: Any = (),  # noqa: ANN401
    is_conflict: bool = False,
) -> str:
    shelf = shelf_of(listing) if listing else []
    return render_desk(
        "producer",
        "desk/product.html",
        product=found,
        form=form,
        tag=listing_tag(listing, shelf),
        is_on_sale=is_on_sale(listing),
        is_offered=listing is not None,
        public_url=product_url(found.slug, found.public_id),
        photos=photos_of(listing) if listing else [],
        shelf={str(row.variant.id): row for row in shelf},
        changes=changes,
        is_conflict=is_conflict,
        photo_types=PHOTO_TYPES,
        lost_file=_lost_file(form),
    )


def _lost_file(form: ListingForm) -> bool:
    """Whether a file was sent with a form that is shown again: a page cannot send it back."""
    sent = form.photo.data
    return bool(sent and not isinstance(sent, str) and sent.filename)
