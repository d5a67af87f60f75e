from __future__ import annotations

from enum import StrEnum

import pytest

from app.foundation.actors import NOBODY, SYSTEM, Actor, Grant, Permission, Role, Scope, ScopeKind
from app.foundation.errors import IllegalMoveError, NotPermittedError
from app.foundation.states import move


class Door(StrEnum):
    """A state to test with."""

    OPEN = "open"
    SHUT = "shut"


DOOR = {Door.OPEN: frozenset({Door.SHUT}), Door.SHUT: frozenset[Door]()}


def test_a_state_moves_only_as_its_table_says() -> None:
    assert move(DOOR, Door.OPEN, Door.SHUT) is Door.SHUT
    with pytest.raises(IllegalMoveError):
        move(DOOR, Door.SHUT, Door.OPEN)


@pytest.mark.parametrize(
    ("held", "asked", "covered"),
    [
        (Scope.territory(), Scope.territory("08", "00706"), True),
        (Scope.territory("08"), Scope.territory("08", "00706"), True),
        (Scope.territory("08", "00706"), Scope.territory("08"), False),
        (Scope.territory("08"), Scope.territory("01"), False),
        (Scope.territory("0"), Scope.territory("08"), False),
        (Scope.producer(1), Scope.producer(1), True),
        (Scope.producer(1), Scope.producer(11), False),
        (Scope.producer(1), Scope.showroom(1), False),
    ],
)
def test_a_scope_covers_what_lies_in_it(held: Scope, asked: Scope, covered: bool) -> None:  # noqa: FBT001
    assert held.covers(asked) is covered


def test_a_right_holds_only_where_it_is_held() -> None:
    owner = Actor(user_id=1, grants=(Grant(Role.PRODUCER_OWNER, Scope.producer(1)),))

    owner.must(Permission.ORDER_FULFIL, Scope.producer(1))
    with pytest.raises(NotPermittedError):
        owner.must(Permission.ORDER_FULFIL, Scope.producer(2))
    assert owner.ids(Permission.ORDER_FULFIL, ScopeKind.PRODUCER) == [1]
    assert owner.ids(Permission.REGISTER_READ, ScopeKind.PRODUCER) == []


def test_nobody_may_do_nothing_and_the_system_everything() -> None:
    assert not any(NOBODY.may(permission) for permission in Permission)
    assert all(SYSTEM.may(permission, Scope.producer(7)) for permission in Permission)
