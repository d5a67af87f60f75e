"""The host's desk: who would like to come, and the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _

from app.foundation.actors import Permission
from app.foundation.clock import now
from app.foundation.errors import ConflictError, IllegalMoveError, InvalidInputError
from app.foundation.work import unit_of_work
from app.villages.forms import AnswerForm
from app.villages.queries import visit_request, visit_requests
from app.villages.routes.public import bp
from app.villages.services import answer_visit
from app.villages.views import ANSWERS, visit_view
from app.web.access import permitted
from app.web.desks import render_desk
from app.web.identity import current_actor
from app.web.inputs import optional_number, whole_number
from app.web.locale import language
from app.web.paging import pages_of
from app.web.sentences import sentence

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.villages.queries import AskedVisit


@bp.get("/desk/village")
@permitted(Permission.DESK_VILLAGE)
def desk_requests() -> ResponseReturnValue:
    """List the requests of the host's villages, the unanswered first."""
    number = optional_number(request.args.get("page"), least=0, most=10**9, name="page")
    page = visit_requests(current_actor(), number=1 if number is None else number)
    return render_desk(
        "village",
        "villages/desk_requests.html",
        visits=[visit_view(asked, language()) for asked in page.items],
        total=page.total,
        pages=pages_of(page, "villages.desk_requests"),
    )


@bp.get("/desk/village/visits/<number>")
@permitted(Permission.DESK_VILLAGE)
def desk_request(number: str) -> ResponseReturnValue:
    """Show one request with the form that answers it."""
    asked = visit_request(current_actor(), number) or abort(404)
    return _request_page(asked, AnswerForm(formdata=None))


@bp.post("/desk/village/visits/<number>")
@permitted(Permission.DESK_VILLAGE)
def desk_answer(number: str) -> ResponseReturnValue:
    """Accept or decline one request; a refused answer keeps what was typed."""
    actor = current_actor()
    asked = visit_request(actor, number) or abort(404)
    form = AnswerForm()
    wanted = ANSWERS.get(request.form.get("answer", ""))
    if wanted is None:
        raise InvalidInputError(field="answer")
    if not form.validate():
        return _request_page(asked, form), 400
    version = whole_number(form.version.data or "", least=1, most=10**9, name="version")
    try:
        with unit_of_work():
            answer_visit(
                asked.request,
                wanted=wanted,
                reply=form.reply.data or "",
                version=version,
                actor=actor,
                now=now(),
            )
    except InvalidInputError as error:
        form.refuse(error, sentence(error))
        return _request_page(visit_request(actor, number) or abort(404), form), 400
    except (ConflictError, IllegalMoveError):
        form.form_errors.append(
            _("Somebody has answered this request in the meantime. Read it again first.")
        )
        return _request_page(visit_request(actor, number) or abort(404), form), 409
    flash(_("Your answer is on its way to the guest."), "success")
    return redirect(url_for("villages.desk_request", number=number), code=303)


def _request_page(asked: AskedVisit, form: AnswerForm) -> str:
    visit = visit_view(asked, language())
    form.version.data = str(visit.version)
    return render_desk("village", "villages/desk_request.html", visit=visit, form=form)
