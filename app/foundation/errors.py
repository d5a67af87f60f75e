"""What a domain rule raises; the web turns it into a page in the reader's language."""

from __future__ import annotations

from typing import Any, ClassVar


class DomainError(Exception):
    """A rule said no.

    `code` finds the sentence for people (see `app.web.sentences`), `status` is the HTTP status,
    `field` names the form field at fault, and `values` fill the sentence's placeholders.
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 400

    def __init__(self, *, field: str | None = None, **values: Any) -> None:  # noqa: ANN401
        """Keep what the sentence needs."""
        self.field = field
        self.values = values
        super().__init__(self.code, field, values)


class NotPermittedError(DomainError):
    """The actor may not do this."""

    code = "not_permitted"
    status = 403


class IllegalMoveError(DomainError):
    """The state table has no such move."""

    code = "illegal_move"
    status = 409


class ConflictError(DomainError):
    """Somebody else was faster, or the request contradicts an earlier one."""

    code = "conflict"
    status = 409


class InvalidInputError(DomainError):
    """A value cannot be what it claims to be."""

    code = "invalid_input"
    status = 400


class BusyError(DomainError):
    """The database could not serialise the work in time; trying again will help."""

    code = "busy"
    status = 503
