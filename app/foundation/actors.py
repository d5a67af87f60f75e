"""Who acts, what they may do, and where: roles × scope (S01, S02)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

from app.foundation.errors import NotPermittedError


class Permission(StrEnum):
    """Every right that a service asks for."""

    ADDRESS_CHANGE = "address:change"
    CERTIFICATE_ISSUE = "certificate:issue"
    DESK_OFFICE = "desk:office"
    DESK_PRODUCER = "desk:producer"
    DESK_SHOWROOM = "desk:showroom"
    DESK_VILLAGE = "desk:village"
    LISTING_EDIT = "listing:edit"
    MESSAGE_RETRY = "message:retry"
    ORDER_FULFIL = "order:fulfil"
    ORDER_HAND_OVER = "order:hand_over"
    ORDER_READ = "order:read"
    PRODUCT_REGISTER = "product:register"
    REGISTER_READ = "register:read"
    REVIEW_MODERATE = "review:moderate"
    SEARCH_MANAGE = "search:manage"
    STOCK_ADJUST = "stock:adjust"
    VISIT_ANSWER = "visit:answer"


class Role(StrEnum):
    """What a person is to an organisation or a territory."""

    PRODUCER_OWNER = "producer_owner"
    PRODUCER_STAFF = "producer_staff"
    SHOWROOM_STAFF = "showroom_staff"
    VILLAGE_HOST = "village_host"
    OFFICER = "officer"
    OPERATOR = "operator"


class ScopeKind(StrEnum):
    """What a role is held at."""

    PRODUCER = "producer"
    SHOWROOM = "showroom"
    VILLAGE = "village"
    TERRITORY = "territory"


ROLE_PERMISSIONS: Final[dict[Role, frozenset[Permission]]] = {
    Role.PRODUCER_OWNER: frozenset(
        {
            Permission.DESK_PRODUCER,
            Permission.LISTING_EDIT,
            Permission.ORDER_FULFIL,
            Permission.ORDER_READ,
            Permission.PRODUCT_REGISTER,
            Permission.STOCK_ADJUST,
        }
    ),
    Role.PRODUCER_STAFF: frozenset(
        {Permission.DESK_PRODUCER, Permission.ORDER_FULFIL, Permission.ORDER_READ}
    ),
    Role.SHOWROOM_STAFF: frozenset(
        {Permission.DESK_SHOWROOM, Permission.ORDER_HAND_OVER, Permission.ORDER_READ}
    ),
    Role.VILLAGE_HOST: frozenset({Permission.DESK_VILLAGE, Permission.VISIT_ANSWER}),
    Role.OFFICER: frozenset(
        {Permission.DESK_OFFICE, Permission.REGISTER_READ, Permission.SEARCH_MANAGE}
    ),
    Role.OPERATOR: frozenset(Permission),
}


@dataclass(frozen=True, slots=True)
class Scope:
    """A place where a right holds: an organisation by id, or a territory by its path of codes."""

    kind: ScopeKind
    key: str

    @classmethod
    def producer(cls, producer_id: int) -> Self:
        """The scope of one producer."""
        return cls(ScopeKind.PRODUCER, str(producer_id))

    @classmethod
    def showroom(cls, showroom_id: int) -> Self:
        """The scope of one showroom."""
        return cls(ScopeKind.SHOWROOM, str(showroom_id))

    @classmethod
    def village(cls, village_id: int) -> Self:
        """The scope of one tourism village."""
        return cls(ScopeKind.VILLAGE, str(village_id))

    @classmethod
    def territory(cls, province_code: str = "", commune_code: str = "") -> Self:
        """The scope of the country (no code), a province, or a commune of it."""
        return cls(ScopeKind.TERRITORY, "/".join(filter(None, (province_code, commune_code))))

    def covers(self, other: Scope) -> bool:
        """Whether a right held here holds there; a territory covers what lies in it."""
        if self.kind is not other.kind:
            return False
        if self.kind is ScopeKind.TERRITORY:
            return not self.key or f"{other.key}/".startswith(f"{self.key}/")
        return self.key == other.key


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held at a scope."""

    role: Role
    scope: Scope

    def allows(self, permission: Permission) -> bool:
        """Whether the role carries the right."""
        return permission in ROLE_PERMISSIONS[self.role]


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who asks a service for something; nobody signed in has no user and no grants."""

    user_id: int | None = None
    name: str = ""
    email: str = ""
    grants: tuple[Grant, ...] = ()

    @property
    def is_signed_in(self) -> bool:
        """Whether we know who it is."""
        return self.user_id is not None

    @property
    def is_operator(self) -> bool:
        """Whether it runs the platform, and so may act everywhere."""
        return any(grant.role is Role.OPERATOR for grant in self.grants)

    def may(self, permission: Permission, scope: Scope | None = None) -> bool:
        """Whether a right is held at a scope, or anywhere when none is named."""
        return any(
            grant.allows(permission)
            and (scope is None or grant.role is Role.OPERATOR or grant.scope.covers(scope))
            for grant in self.grants
        )

    def must(self, permission: Permission, scope: Scope | None = None) -> None:
        """Raise `NotPermittedError` unless the right is held there."""
        if not self.may(permission, scope):
            raise NotPermittedError

    def keys(self, permission: Permission, kind: ScopeKind) -> list[str]:
        """List the keys of a kind where a right is held, for a query to filter by."""
        return sorted(
            {
                grant.scope.key
                for grant in self.grants
                if grant.scope.kind is kind and grant.allows(permission)
            }
        )

    def ids(self, permission: Permission, kind: ScopeKind) -> list[int]:
        """List the organisations of a kind where a right is held."""
        return [int(key) for key in self.keys(permission, kind) if key.isdigit()]


NOBODY: Final = Actor()
SYSTEM: Final = Actor(name="system", grants=(Grant(Role.OPERATOR, Scope.territory()),))
