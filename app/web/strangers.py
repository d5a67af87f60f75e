"""Pages that look the same to everybody who is nobody in particular, drawn once and kept.

A stranger has not signed in, has nothing in a cart and no notice to read, so nothing on the page is
anyone's own. The one private word, the token of its forms, is put in for each request anew.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Final

from flask import g, request, session
from flask_wtf.csrf import generate_csrf

from app.foundation import edition
from app.foundation.clock import today
from app.foundation.kept import Kept
from app.foundation.slots import slot
from app.web.delivery import begin_packed, end_packed, send_packed, wants_packed
from app.web.identity import current_actor
from app.web.locale import language

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue

    Page = Callable[..., str]

# Stands in a kept page where a token belongs; drawn anew by each process, so that no text can hold it.
_MARK: Final = secrets.token_urlsafe(24)
_TOKEN: Final = "csrf_token"  # noqa: S105 - where Flask-WTF keeps a request's token
# Words after the last token that may be sent as they are; a list ends with its form.
SHORT_END: Final = 1_000


@dataclass(slots=True)
class Drawn:
    """A page around the places of its token, and its packed beginning once somebody asked for it."""

    parts: list[bytes]
    packed: bytes | None = None

    def answer(self) -> bytes:
        """Give the page with a token of this request's own."""
        *before, end = self.parts
        token = generate_csrf().encode() if before else b""
        if len(before) < 2 and len(end if before else b"") <= SHORT_END and wants_packed():  # noqa: PLR2004
            if self.packed is None:
                self.packed = begin_packed(self.parts[0])
            packed = end_packed(self.packed, token + end if before else b"")
            if packed:
                send_packed(packed)
        return token.join(self.parts)


_pages: Final[Kept[Drawn]] = Kept(most=100, seconds=30)


def is_stranger() -> bool:
    """Whether the page of this request shows nothing that belongs to its reader."""
    cart_count = slot("page.cart_count")
    return (
        not current_actor().is_signed_in
        and "_flashes" not in session
        and not (cart_count and cart_count())
    )


def kept_for_strangers(*, unless: str = "") -> Callable[[Page], Callable[..., ResponseReturnValue]]:
    """Keep a view's page for strangers: by address, language, edition and day.

    `unless` names a parameter of the address with which the page is always drawn anew.
    """

    def declare(view: Page) -> Callable[..., ResponseReturnValue]:
        @wraps(view)
        def answer(**values: str) -> ResponseReturnValue:
            if unless in request.args or not is_stranger():
                return view(**values)
            stamp = edition.current()
            if stamp is None:
                return view(**values)
            key = (stamp, today(), language(), request.full_path)
            return _pages.get(key, lambda: _draw(lambda: view(**values))).answer()

        return answer

    return declare


def _draw(view: Page) -> Drawn:
    """Draw a page without any token, and give what stands around the places of one."""
    setattr(g, _TOKEN, _MARK)
    try:
        html = view()
    finally:
        g.pop(_TOKEN)
    return Drawn([part.encode() for part in html.split(_MARK)])
