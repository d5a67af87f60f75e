"""What everybody reads and may do: reviews, questions, marks."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _

from app.foundation.clock import now
from app.foundation.errors import DomainError
from app.foundation.paging import LAST_PAGE, Page, offset_of
from app.foundation.work import in_unit_of_work
from app.programme.queries import product_by_public_id
from app.shop.reviews.forms import AskForm
from app.shop.reviews.queries import public as queries
from app.shop.reviews.services import marks
from app.shop.reviews.services.questions import (
    LinkExpiredError,
    QuestionCommand,
    ask_question,
    confirm_question,
    must_be_unconfirmed,
)
from app.shop.reviews.views import question_view, review_views, summary_of, url_of
from app.web.access import public
from app.web.identity import current_actor
from app.web.inputs import optional_number
from app.web.limits import limit, named, network
from app.web.locale import language
from app.web.paging import pages_of
from app.web.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue

    from app.programme.models import RegisteredProduct

LONGEST_TOKEN: Final = 40


def asker() -> str:
    """Name for a limit whom an answer goes to: the account, or the address that a guest typed (S44)."""
    user_id = current_actor().user_id
    return f"user:{user_id}" if user_id is not None else named("email")()


bp = Blueprint("reviews", __name__, url_prefix="/<lang:lang>", template_folder="../templates")


@bp.get("/products/<path>/reviews")
@public
def product_reviews(path: str) -> ResponseReturnValue:
    """List all reviews of a product."""
    product, moved = find(path, "reviews.product_reviews")
    if moved:
        return redirect(moved, code=301)
    wanted = request.args.get("sort", "")
    sort = queries.Sort(wanted) if wanted in set(queries.Sort) else queries.Sort.NEWEST
    number = page_number()
    size = queries.PAGE
    total = queries.rated(product.id)
    offset = offset_of(number, size=size, total=total)
    shown = queries.shown_reviews(product.id, sort=sort, offset=offset)
    page: Page[Any] = Page(items=shown.reviews, number=number, size=size, total=total)
    here = url_for("reviews.product_reviews", path=path)
    return render_template(
        "reviews/reviews.html",
        product=product,
        product_url=url_of(product),
        summary=summary_of(shown.counts),
        reviews=review_views(shown.reviews),
        sorts=[
            (_("Newest first"), here, sort is queries.Sort.NEWEST),
            (_("Most helpful first"), f"{here}?sort=useful", sort is queries.Sort.USEFUL),
        ],
        page=pages_of(
            page,
            "reviews.product_reviews",
            path=path,
            sort=None if sort is queries.Sort.NEWEST else sort.value,
        ),
    )


@bp.get("/products/<path>/questions")
@public
def product_questions(path: str) -> ResponseReturnValue:
    """List all answered questions about a product, with the form to ask another."""
    product, moved = find(path, "reviews.product_questions")
    return redirect(moved, code=301) if moved else questions_page(product, empty_form())


@bp.post("/products/<path>/questions")
@public
@limit("3 per minute; 10 per hour")
@limit("6 per day", by=asker)
def ask(path: str) -> ResponseReturnValue:
    """Ask the producer; a guest is sent a link first."""
    product, _moved = find(path, "reviews.product_questions")
    if product.producer_id is None:
        abort(404)
    actor = current_actor()
    form = AskForm(is_guest=not actor.is_signed_in)
    if not form.validate():
        return questions_page(product, form), 422
    command = QuestionCommand(
        product_id=product.id,
        producer_id=product.producer_id,
        text=form.text.data,
        language=form.language.data,
        email="" if actor.is_signed_in else form.email.data,
        letter_language=language(),
    )
    at = now()
    in_unit_of_work(lambda: ask_question(command, actor=actor, now=at))
    if actor.is_signed_in:
        flash(_("Your question is on its way. We write to you when it is answered."), "success")
    else:
        flash(
            _("Almost done: follow the link in the letter that we have just sent you."), "success"
        )
    return redirect(url_of(product), code=303)


@bp.get("/questions/<token>")
@public
def confirm(token: str) -> ResponseReturnValue:
    """Show a guest the question, with the button that sends it on."""
    question = queries.question_by_token(token[:LONGEST_TOKEN]) or abort(404)
    try:
        must_be_unconfirmed(question, now=now())
    except LinkExpiredError as error:
        flash(sentence(error), "info")
        return redirect(url_of(question.product), code=303)
    page = make_response(
        render_template(
            "reviews/confirm.html",
            product=question.product,
            question=question_view(question),
            token=token,
        )
    )
    page.headers["Cache-Control"] = "no-store"  # one asker's own, as its link is (S28)
    page.headers["Referrer-Policy"] = "same-origin"
    return page


@bp.post("/questions/<token>")
@public
@limit("20 per hour")
def confirmed(token: str) -> ResponseReturnValue:
    """Send a guest's question on, once."""
    at = now()

    def work() -> str:
        question = queries.question_by_token(token[:LONGEST_TOKEN]) or abort(404)
        where = url_of(question.product)
        confirm_question(question, now=at)
        return where

    try:
        where = in_unit_of_work(work)
    except LinkExpiredError as error:
        flash(sentence(error), "info")
        return redirect(url_for("reviews.confirm", token=token), code=303)
    flash(_("Your question is on its way. We write to you when it is answered."), "success")
    return redirect(where, code=303)


@bp.post("/reviews/<public_id>/helpful")
@public
@limit("20 per minute; 200 per day")
def helpful(public_id: str) -> ResponseReturnValue:
    """Count a reader whom a review helped."""
    return marked(queries.public_review, public_id, marks.mark_helpful, _("Thank you."))


@bp.post("/reviews/<public_id>/report")
@public
@limit("10 per minute; 60 per day")
def report(public_id: str) -> ResponseReturnValue:
    """Note that a review should be looked at."""
    return marked(queries.public_review, public_id, marks.report_review, reported())


@bp.post("/reviews/questions/<public_id>/report")
@public
@limit("10 per minute; 60 per day")
def report_question(public_id: str) -> ResponseReturnValue:
    """Note that a question should be looked at."""
    return marked(queries.public_question, public_id, marks.report_question, reported())


def marked(
    find_one: Callable[[str], Any], public_id: str, mark: Callable[..., None], words: str
) -> ResponseReturnValue:
    """Let a visitor mark something that everybody may read, and lead back to the product."""
    at, visitor = now(), visitor_key()

    def work() -> str:
        found = find_one(public_id[:LONGEST_TOKEN]) or abort(404)
        where = url_of(found.product)
        mark(found, visitor=visitor, now=at)
        return where

    try:
        where = in_unit_of_work(work)
    except DomainError as error:
        if error.status >= 500:  # noqa: PLR2004
            raise
        flash(sentence(error), "info")
        return redirect(url_for("catalogue.products"), code=303)
    flash(words, "success")
    return redirect(f"{where}#voices", code=303)


def reported() -> str:
    """Thank whoever reports something."""
    return str(_("Thank you. We will look at it when others report it too."))


def visitor_key() -> str:
    """Name whoever marks: the account, or the network, of which only a keyed hash is kept."""
    user_id = current_actor().user_id
    if user_id is not None:
        return f"user:{user_id}"
    secret = str(current_app.config["SECRET_KEY"]).encode()
    digest = hashlib.blake2b(network().encode(), key=secret[:64], digest_size=16)
    return f"net:{digest.hexdigest()}"


def find(path: str, endpoint: str) -> tuple[RegisteredProduct, str]:
    """Find the product of an address, and where its page has moved to if it has."""
    slug, _dash, public_id = path.rpartition("-")
    product = product_by_public_id(public_id) or abort(404)
    right = f"{product.slug}-{product.public_id}"
    return product, "" if slug == product.slug else url_for(endpoint, path=right)


def page_number() -> int:
    """Read which page is wanted."""
    return optional_number(request.args.get("page"), least=1, most=LAST_PAGE, name="page") or 1


def empty_form() -> AskForm:
    """Give the form before anything is typed."""
    return AskForm(None, is_guest=not current_actor().is_signed_in)


def questions_page(product: RegisteredProduct, form: AskForm) -> str:
    """Render the answered questions with the form."""
    number = page_number()
    total = queries.answered(product.id)
    offset = offset_of(number, size=queries.PAGE, total=total)
    rows, _total = queries.shown_questions(product.id, offset=offset)
    page: Page[Any] = Page(items=rows, number=number, size=queries.PAGE, total=total)
    here = url_for("reviews.product_questions", path=f"{product.slug}-{product.public_id}")
    return render_template(
        "reviews/questions.html",
        product=product,
        product_url=url_of(product),
        questions=[question_view(one) for one in rows],
        form=form,
        here=here,
        page=pages_of(
            page,
            "reviews.product_questions",
            path=f"{product.slug}-{product.public_id}",
        ),
    )
