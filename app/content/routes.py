"""Public pages of help, stories, fairs and gift sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.content import queries
from app.content.documents import document, documents
from app.content.found import fair_data, gifts_data, story_data
from app.content.services import gift_lines
from app.content.views import fair_view, gift_set_view, story_view
from app.foundation.clock import now, today
from app.foundation.work import in_unit_of_work
from app.shop.basket import services as basket
from app.shop.basket.routes import cart_token, remember
from app.web.access import public
from app.web.inputs import optional_number
from app.web.locale import language
from app.web.meta import describe
from app.web.paging import pages_of
from app.web.strangers import kept_for_strangers

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("content", __name__, url_prefix="/<lang:lang>", template_folder="templates")


@bp.get("/help")
@public
def help_index() -> ResponseReturnValue:
    """List the pages of help and rules."""
    return render_template("content/help.html", documents=documents(language()))


@bp.get("/help/<slug>")
@public
def help_page(slug: str) -> ResponseReturnValue:
    """Show one page of help."""
    found = document(slug, language()) or abort(404)
    return render_template("content/document.html", page=found, documents=documents(language()))


@bp.get("/stories")
@public
def stories() -> ResponseReturnValue:
    """List the stories."""
    number = optional_number(request.args.get("page"), least=1, most=2**31, name="page") or 1
    page = queries.stories(number=number, now=now())
    return render_template(
        "content/stories.html",
        stories=[story_view(one, lang=language()) for one in page.items],
        page=pages_of(page, "content.stories"),
    )


@bp.get("/stories/<slug>")
@public
@kept_for_strangers()
def story(slug: str) -> str:
    """Tell one story."""
    found = queries.story_by_slug(slug, now=now()) or abort(404)
    view = story_view(found, lang=language())
    describe(kind="article", data=[story_data(view)])
    return render_template("content/story.html", story=view)


@bp.get("/fairs")
@public
@kept_for_strangers()
def fairs() -> str:
    """List the fairs, those to come first."""
    day, lang = today(), language()
    coming, over = queries.fairs_from(day)
    return render_template(
        "content/fairs.html",
        coming=[fair_view(one, lang=lang, today=day) for one in coming],
        over=[fair_view(one, lang=lang, today=day) for one in over],
    )


@bp.get("/fairs/<slug>")
@public
@kept_for_strangers()
def fair(slug: str) -> str:
    """Show one fair."""
    found = queries.fair_by_slug(slug) or abort(404)
    view = fair_view(found, lang=language(), today=today())
    describe(data=[fair_data(view)])
    return render_template("content/fair.html", fair=view)


@bp.get("/gifts")
@public
@kept_for_strangers()
def gifts() -> str:
    """List the gift sets."""
    found = queries.gift_sets(on=today())
    views = [gift_set_view(one, lang=language()) for one in found]
    describe(data=[gifts_data(views)])
    return render_template("content/gifts.html", gift_sets=views)


@bp.get("/gifts/<slug>")
@public
@kept_for_strangers()
def gift_set(slug: str) -> str:
    """Show one gift set."""
    found = queries.gift_set_by_slug(slug, on=today()) or abort(404)
    return render_template("content/gift_set.html", gift_set=gift_set_view(found, lang=language()))


@bp.post("/gifts/<slug>/add")
@public
def add_gift_set(slug: str) -> ResponseReturnValue:
    """Put all goods of a gift set into the cart, or none of them."""
    found = queries.gift_set_by_slug(slug, on=today()) or abort(404)
    lines = gift_lines(found)
    moment = now()

    def work() -> str:
        cart = basket.cart_for(cart_token(), moment)
        for variant_id, quantity in lines:
            basket.add_line(cart, variant_id, quantity, moment)
        return cart.token

    token = in_unit_of_work(work)
    flash(_("The whole set is in your cart now."), "success")
    return remember(redirect(url_for("basket.cart"), code=303), token)
