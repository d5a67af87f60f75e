"""What people read when a rule says no: a sentence for each error code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.foundation.errors import DomainError

_sentences: Final[dict[str, Any]] = {
    "refused": _l("This cannot be done."),
    "not_permitted": _l("You may not do this."),
    "illegal_move": _l("This is no longer possible: somebody has changed it in the meantime."),
    "conflict": _l(
        "Somebody changed this at the same time. Look again and repeat what is missing."
    ),
    "invalid_input": _l("Something in the request cannot be right."),
    "busy": _l("Many people are buying right now. Please try again in a moment."),
    "slug_taken": _l("This address is, or was, somebody else's."),
    "no_such_page": _l("This list has no such page."),
}


def add_sentences(sentences: Mapping[str, Any]) -> None:
    """Add a module's sentences, by error code."""
    _sentences.update(sentences)


def sentence(error: DomainError) -> str:
    """Say why, in the reader's language."""
    text = str(_sentences.get(error.code, _sentences["refused"]))
    return text % error.values if error.values and "%(" in text else text


def too_long(most: int) -> str:
    """Say that a query is longer than a search reads."""
    return str(_("These words are too long to search for: at most %(most)s characters.", most=most))


def known_codes() -> frozenset[str]:
    """List the codes that have a sentence, for the test that wants one for each."""
    return frozenset(_sentences)
