"""The lives of a review and of a question."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class ReviewState(StrEnum):
    """Where a review stands between its buyer and everybody."""

    PENDING = "pending"
    PUBLISHED = "published"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class QuestionState(StrEnum):
    """Where a question stands; only an answered one is shown to everybody."""

    UNCONFIRMED = "unconfirmed"
    PENDING = "pending"
    OPEN = "open"
    ANSWERED = "answered"
    REFUSED = "refused"


class ShownAs(StrEnum):
    """How a buyer wants to be named under a review."""

    NAME = "name"
    INITIALS = "initials"
    PROVINCE = "province"


class MarkKind(StrEnum):
    """What a visitor says of what somebody else wrote."""

    HELPFUL = "helpful"
    REPORT = "report"


REVIEW_MOVES: Final[dict[ReviewState, frozenset[ReviewState]]] = {
    ReviewState.PENDING: frozenset(
        {ReviewState.PUBLISHED, ReviewState.REFUSED, ReviewState.WITHDRAWN}
    ),
    ReviewState.PUBLISHED: frozenset(
        {ReviewState.PENDING, ReviewState.REFUSED, ReviewState.WITHDRAWN}
    ),
    ReviewState.REFUSED: frozenset({ReviewState.PENDING, ReviewState.WITHDRAWN}),
    ReviewState.WITHDRAWN: frozenset({ReviewState.PENDING}),
}

QUESTION_MOVES: Final[dict[QuestionState, frozenset[QuestionState]]] = {
    QuestionState.UNCONFIRMED: frozenset({QuestionState.PENDING, QuestionState.OPEN}),
    QuestionState.PENDING: frozenset(
        {QuestionState.OPEN, QuestionState.ANSWERED, QuestionState.REFUSED}
    ),
    QuestionState.OPEN: frozenset({QuestionState.ANSWERED, QuestionState.REFUSED}),
    QuestionState.ANSWERED: frozenset({QuestionState.PENDING, QuestionState.REFUSED}),
    QuestionState.REFUSED: frozenset(),
}
