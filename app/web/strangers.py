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
from app.web.delivery import begin_packed, digest_of, end_packed, hand_over, wants_packed
from app.web.identity import current_actor
from app.web.locale import language
from app.web.partials import is_partial
from app.web.theme import theme

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
    digest: str
    packed: bytes | None = None

    def answer(self) -> bytes:
        """Give the page with a token of this request's own."""
        token = generate_csrf().encode() if len(self.parts) > 1 else b""
        hand_over(self.digest, self.packed_with(token) if wants_packed() else None)
        return token.join(self.parts)

    def packed_with(self, token: bytes) -> bytes | None:
        """Give the packed page; none where much follows its first token."""
        beginning, *rest = self.parts
        if len(rest) > 1 or (rest and len(rest[0]) > SHORT_END):
            return None
        if self.packed is None:
            self.packed = begin_packed(beginning)
        return end_packed(self.packed, token + rest[0] if rest else b"")


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
    """Keep a view for strangers: by address, language, theme, edition and day, parts of it apart.

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
            key = (stamp, today(), language(), theme(), request.full_path, is_partial())
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
    parts = [part.encode() for part in html.split(_MARK)]
    return Drawn(parts, digest_of(b"".join(parts)))
