"""The photos of an offer: added several at once, described in two languages, put in order, removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.foundation.actors import Permission
from app.foundation.clock import now
from app.foundation.decoding import PictureRefusedError
from app.foundation.errors import BusyError, ConflictError, InvalidInputError
from app.foundation.picture_store import keep_picture
from app.foundation.pictures import take
from app.foundation.work import unit_of_work
from app.shop.catalogue.photos import (
    MOST_PHOTOS,
    STEPS,
    TooManyPhotosError,
    add_photo,
    describe_photo,
    move_photo,
    remove_photo,
)
from app.shop.desk.forms import PHOTO_TYPES, PhotosForm, WordsForm
from app.shop.desk.routes.goods import listed
from app.shop.desk.routes.home import bp
from app.shop.desk.views.goods import photo_rows
from app.web.access import permitted
from app.web.desks import render_desk
from app.web.identity import current_actor
from app.web.sentences import sentence
from app.web.uploads import file_data, takes_files

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.foundation.pictures import Taken
    from app.programme.models import RegisteredProduct
    from app.shop.catalogue.models import Listing, Photo


@bp.get("/products/<public_id>/photos")
@permitted(Permission.LISTING_EDIT)
def photos(public_id: str) -> ResponseReturnValue:
    """Show the photos of an offer with their words and order, and rows for new ones."""
    found, listing = listed(public_id)
    return _page(found, listing, PhotosForm(formdata=None))


@bp.post("/products/<public_id>/photos")
@permitted(Permission.LISTING_EDIT)
@takes_files
def add_photos(public_id: str) -> ResponseReturnValue:
    """Add several photos, all of them or none; each row says what is wrong with it."""
    found, listing = listed(public_id)
    form = PhotosForm()
    if not form.validate():
        return _page(found, listing, form), 400
    try:
        if len(listing.photos) + len(form.sent) > MOST_PHOTOS:
            raise TooManyPhotosError(most=MOST_PHOTOS)
        taken, status = _take(form)
        if status:
            return _page(found, listing, form), status
        kept = [keep_picture(one) for one in taken]
        with unit_of_work():
            for row, picture in zip(form.sent, kept, strict=True):
                add_photo(listing, photo=picture, alt=row.alt(), actor=current_actor(), now=now())
    except (InvalidInputError, ConflictError, BusyError) as error:
        form.form_errors.append(sentence(error))
        return _page(*listed(public_id), form), error.status
    count = len(kept)
    flash(ngettext("%(num)s photo added.", "%(num)s photos added.", count), "success")
    return _back(public_id)


@bp.post("/products/<public_id>/photos/<int:photo_id>")
@permitted(Permission.LISTING_EDIT)
def change_photo(public_id: str, photo_id: int) -> ResponseReturnValue:
    """Save what a photo shows, and move it where the button says."""
    found, listing = listed(public_id)
    photo = _photo(listing, photo_id)
    form = WordsForm(prefix=f"photo_{photo_id}")
    if not form.validate():
        return _page(found, listing, PhotosForm(formdata=None), {photo_id: form}), 400
    step = request.form.get("action")
    with unit_of_work():
        describe_photo(photo, alt=form.alt(), actor=current_actor(), now=now())
        if step in STEPS:
            move_photo(photo, step, actor=current_actor(), now=now())
    flash(_("Saved."), "success")
    return _back(public_id)


@bp.post("/products/<public_id>/photos/<int:photo_id>/remove")
@permitted(Permission.LISTING_EDIT)
def drop_photo(public_id: str, photo_id: int) -> ResponseReturnValue:
    """Take a photo off an offer."""
    _found, listing = listed(public_id)
    photo = _photo(listing, photo_id)
    with unit_of_work():
        remove_photo(photo, actor=current_actor(), now=now())
    flash(_("Photo removed."), "success")
    return _back(public_id)


def _photo(listing: Listing, photo_id: int) -> Photo:
    return next((one for one in listing.photos if one.id == photo_id), None) or abort(404)


def _take(form: PhotosForm) -> tuple[list[Taken], int]:
    """Draw each file anew before any is kept; a row that is refused says why."""
    taken, status = [], 0
    for row in form.sent:
        try:
            taken.append(take(file_data(row.photo.data) or b""))
        except PictureRefusedError as error:
            row.photo.errors = [sentence(error)]
            status = max(status, error.status)
    return taken, status


def _back(public_id: str) -> ResponseReturnValue:
    return redirect(url_for("desk.photos", public_id=public_id), code=303)


def _page(
    found: RegisteredProduct,
    listing: Listing,
    form: PhotosForm,
    typed: dict[int, WordsForm] | None = None,
) -> str:
    forms = {
        photo.id: WordsForm(
            formdata=None,
            prefix=f"photo_{photo.id}",
            data={"alt_vi": photo.alt.get("vi", ""), "alt_en": photo.alt.get("en", "")},
        )
        for photo in listing.photos
    }
    return render_desk(
        "producer",
        "desk/photos.html",
        product=found,
        form=form,
        photos=photo_rows(listing, forms | (typed or {})),
        room=MOST_PHOTOS - len(listing.photos),
        most=MOST_PHOTOS,
        photo_types=PHOTO_TYPES,
    )
