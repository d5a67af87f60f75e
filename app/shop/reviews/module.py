"""What the composition root needs of this module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.foundation.actors import Permission
from app.foundation.events import subscribe
from app.foundation.outbox import handle_topic
from app.foundation.picture_store import PictureDrawn, names_pictures
from app.shop.reviews import jobs
from app.shop.reviews.models import ReviewPhoto
from app.shop.reviews.routes import buyers, desks, public
from app.web.navigation import DeskEntry, add_desk_entry
from app.web.sentences import add_sentences
from app.web.sitemaps import leave_out

if TYPE_CHECKING:
    from flask import Flask

MORE = ("reviews.product_reviews", "reviews.product_questions")
ENTRIES = (
    ("producer", "review_desk.producer_questions", _l("Questions"), "info", 40),
    ("producer", "review_desk.producer_reviews", _l("Reviews"), "star", 50),
)


def register(app: Flask) -> None:
    """Bring reviews and questions."""
    for one in (public, buyers, desks):
        app.register_blueprint(one.bp)
    subscribe(PictureDrawn, jobs.on_picture_drawn)
    names_pictures(ReviewPhoto.key)
    leave_out("more of what the product's page shows", *MORE)
    leave_out("one buyer's own", "own_reviews.write")
    leave_out("a link in a letter", "reviews.confirm")
    handle_topic("reviews.judged_letter", jobs.send_judged)
    handle_topic("reviews.confirm_letter", jobs.send_confirm)
    handle_topic("reviews.question_letter", jobs.send_question)
    handle_topic("reviews.answer_letter", jobs.send_answer)
    handle_topic("reviews.question_refused_letter", jobs.send_question_refused)
    for desk, endpoint, label, icon, position in ENTRIES:
        add_desk_entry(
            desk,
            DeskEntry(
                endpoint=endpoint,
                label=label,
                icon=icon,
                permission=Permission.DESK_PRODUCER,
                position=position,
            ),
        )
    add_desk_entry(
        "office",
        DeskEntry(
            endpoint="review_desk.review_queue",
            label=_l("Reviews to check"),
            icon="star",
            permission=Permission.REVIEW_MODERATE,
            position=60,
        ),
    )
    add_sentences(
        {
            "own_goods": _l("Whoever works for a producer cannot review its goods."),
            "question_link_expired": _l(
                "This link has been used, or is older than a week. Please ask again if need be."
            ),
            "review_closed": _l("A review can be changed for 30 days."),
        }
    )
