"""What a buyer does with their own reviews; links with an order's token stay private (S28)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

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

from app.foundation.clock import now
from app.foundation.errors import BusyError, ConflictError, DomainError, InvalidInputError
from app.foundation.work import in_unit_of_work
from app.places.queries import province
from app.shop.reviews.desk_views import REVIEW_LABELS, own_reviews, waiting
from app.shop.reviews.forms import PHOTO_TYPES, ReviewForm
from app.shop.reviews.queries import public as queries
from app.shop.reviews.services.reviews import (
    OwnGoodsError,
    ReviewClosedError,
    buyer_key,
    is_open,
    may_review,
    withdraw_review,
    write_review,
)
from app.shop.reviews.states import ReviewState
from app.shop.reviews.views import review_view
from app.web.access import public, signed_in
from app.web.headers import keep_private
from app.web.identity import current_actor
from app.web.limits import limit
from app.web.locale import language
from app.web.sentences import sentence

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.shop.reviews.models import Review
    from app.shop.reviews.queries.public import Purchase

LONGEST: Final = 40

bp = Blueprint("own_reviews", __name__, url_prefix="/<lang:lang>", template_folder="../templates")
bp.after_request(keep_private)


@bp.get("/account/reviews")
@signed_in
def own() -> ResponseReturnValue:
    """List what a signed-in buyer wrote and what waits for their word."""
    user_id = current_actor().user_id or 0
    return render_template(
        "reviews/own.html", reviews=own_reviews(user_id), waiting=waiting(user_id)
    )


@bp.get("/orders/<number>/review/<public_id>")
@public
def write(number: str, public_id: str) -> ResponseReturnValue:
    """Show the form to review what was received, with what was said before."""
    bought = find(number, public_id)
    review = queries.review_of_buyer(bought.product_id, buyer_key(bought.group))
    said: dict[str, Any] = {"language": language()}
    if review is not None:
        said = {
            "rating": str(review.rating),
            "title": review.title,
            "text": review.text,
            "language": review.language,
            "shown_as": review.shown_as.value,
        }
    return form_page(bought, review, ReviewForm(None, data=said))


@bp.post("/orders/<number>/review/<public_id>")
@public
@limit("6 per minute; 30 per hour")
def save(number: str, public_id: str) -> ResponseReturnValue:
    """Take a review; what was typed stays when something is wrong."""
    bought = find(number, public_id)
    key = buyer_key(bought.group)
    review = queries.review_of_buyer(bought.product_id, key)
    form = ReviewForm()
    name_choices(form, bought)
    if not form.validate():
        return form_page(bought, review, form), 422
    actor, at = current_actor(), now()
    try:
        may_review(bought, actor=actor)
        photos = form.take_photos(review.photo_keys if review else [])
        if photos is None:
            return form_page(bought, review, form), 422
        command = form.command(photos)
        state = in_unit_of_work(
            lambda: write_review(find(number, public_id), command, actor=actor, now=at).state
        )
    except (InvalidInputError, OwnGoodsError, ReviewClosedError, BusyError) as error:
        form.refuse(error, sentence(error))
        return form_page(find(number, public_id), review, form), error.status
    except ConflictError as error:
        flash(sentence(error), "info")
        return redirect(here("own_reviews.write", number, public_id), code=303)
    flash(
        _("Thank you. Your review is published.")
        if state is ReviewState.PUBLISHED
        else _("Thank you. Somebody reads your review before it is published; we write to you."),
        "success",
    )
    return redirect(back(number), code=303)


@bp.post("/orders/<number>/review/<public_id>/withdraw")
@public
@limit("20 per hour")
def withdraw(number: str, public_id: str) -> ResponseReturnValue:
    """Take one's review back."""
    at = now()

    def work() -> None:
        bought = find(number, public_id)
        review = queries.review_of_buyer(bought.product_id, buyer_key(bought.group))
        withdraw_review(review or abort(404), now=at)

    try:
        in_unit_of_work(work)
    except DomainError as error:
        flash(sentence(error), "info")
    else:
        flash(_("Your review is withdrawn."), "success")
    return redirect(back(number), code=303)


def find(number: str, public_id: str) -> Purchase:
    """Find what was received, for its buyer only; anything else does not exist."""
    found = queries.purchase(
        number[:LONGEST],
        public_id[:LONGEST],
        token=asked_token(),
        user_id=current_actor().user_id,
    )
    return found or abort(404)


def asked_token() -> str:
    """Take the order's token from the link or the form, if it looks like one of ours."""
    token = request.values.get("token", "")
    return token if token.isascii() and token.isalnum() and len(token) <= LONGEST else ""


def here(endpoint: str, number: str, public_id: str) -> str:
    """Link a page of this review, with the token that opened it."""
    return url_for(endpoint, number=number, public_id=public_id, token=asked_token() or None)


def back(number: str) -> str:
    """Lead to the order whose link was used, or to the buyer's own reviews."""
    token = asked_token()
    if token:
        return url_for("orders.show", number=number, token=token)
    return url_for("own_reviews.own")


def name_choices(form: ReviewForm, bought: Purchase) -> None:
    """Show the buyer each way to be named."""
    code = bought.order.destination.get("province_code")
    where = province(code) if code else None
    form.name_choices(bought.group.buyer_name, where.name.in_language(language()) if where else "")


def form_page(bought: Purchase, review: Review | None, form: ReviewForm) -> str:
    """Render the form."""
    name_choices(form, bought)
    number, public_id = bought.group.number, bought.line.product_public_id
    return render_template(
        "reviews/write.html",
        form=form,
        line=bought.line,
        token=asked_token(),
        action=url_for("own_reviews.save", number=number, public_id=public_id),
        withdraw_action=url_for("own_reviews.withdraw", number=number, public_id=public_id),
        is_open=review is None or is_open(review, now=now()),
        is_shown=review is not None and review.state is not ReviewState.WITHDRAWN,
        state=str(REVIEW_LABELS[review.state]) if review else "",
        reason=review.reason if review else None,
        said=review_view(review) if review else None,
        photo_types=PHOTO_TYPES,
        lost_files=bool(form.files),
        back=back(number),
    )
