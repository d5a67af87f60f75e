"""Read what officers keep of search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, case, func, literal, null, select, type_coerce, union_all

from app.foundation.database import db
from app.search.models import SearchRedirect, SearchRule, SynonymGroup
from app.search.rules import Rule, Rulebook, Treatment
from app.shop.catalogue.models import ProductCard

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.foundation.localized import LocalizedText


@dataclass(frozen=True, slots=True, kw_only=True)
class RuledProduct:
    """A product of a query's rules, as the desk shows it."""

    rule: SearchRule
    name: LocalizedText
    producer: LocalizedText | None
    slug: str
    public_id: str


def read_rulebook() -> Rulebook:
    """Read all of it in one statement."""
    statement = union_all(
        select(
            literal("words").label("kind"),
            type_coerce(SynonymGroup.words, JSON).label("words"),
            literal("").label("query"),
            literal(0).label("product_id"),
            literal(0).label("place"),
            literal("").label("vi"),
            literal("").label("en"),
        ).where(SynonymGroup.is_active),
        select(
            literal("rule"),
            type_coerce(null(), JSON),
            SearchRule.query,
            SearchRule.product_id,
            case((SearchRule.treatment == Treatment.PIN, SearchRule.place), else_=0),
            literal(""),
            literal(""),
        ),
        select(
            literal("redirect"),
            type_coerce(null(), JSON),
            SearchRedirect.query,
            literal(0),
            literal(0),
            SearchRedirect.path_vi,
            SearchRedirect.path_en,
        ),
    )
    rows = db.session.execute(statement).all()
    return Rulebook(
        [row.words for row in rows if row.kind == "words"],
        [
            Rule(row.query, row.product_id, row.place, (("vi", row.vi), ("en", row.en)))
            for row in rows
            if row.kind != "words"
        ],
    )


def synonym_groups() -> Sequence[SynonymGroup]:
    """List the officers' groups, those in use first, the newest of them first."""
    return db.session.scalars(
        select(SynonymGroup).order_by(SynonymGroup.is_active.desc(), SynonymGroup.id.desc())
    ).all()


def synonym_group(group_id: int) -> SynonymGroup | None:
    """Find one group."""
    return db.session.get(SynonymGroup, group_id)


def redirects() -> Sequence[SearchRedirect]:
    """List the redirects by query."""
    return db.session.scalars(select(SearchRedirect).order_by(SearchRedirect.query)).all()


def redirect_by_id(redirect_id: int) -> SearchRedirect | None:
    """Find one redirect."""
    return db.session.get(SearchRedirect, redirect_id)


def ruled_queries() -> Sequence[Any]:
    """List the queries that have pinned or buried products, with how many of each."""
    return db.session.execute(
        select(
            SearchRule.query,
            func.count().filter(SearchRule.treatment == Treatment.PIN).label("pinned"),
            func.count().filter(SearchRule.treatment == Treatment.BURY).label("buried"),
            func.max(SearchRule.changed_at).label("changed_at"),
        )
        .group_by(SearchRule.query)
        .order_by(SearchRule.query)
    ).all()


def rules_of(query: str) -> list[RuledProduct]:
    """List a query's pinned products by place, then its buried ones."""
    rows = db.session.execute(
        select(SearchRule, ProductCard)
        .join(ProductCard, ProductCard.product_id == SearchRule.product_id)
        .where(SearchRule.query == query)
        .order_by(SearchRule.treatment.desc(), SearchRule.place, SearchRule.id)
    ).all()
    return [
        RuledProduct(
            rule=rule,
            name=card.name,
            producer=card.producer_name,
            slug=card.slug,
            public_id=card.public_id,
        )
        for rule, card in rows
    ]


def rule_by_id(rule_id: int) -> SearchRule | None:
    """Find one rule."""
    return db.session.get(SearchRule, rule_id)
