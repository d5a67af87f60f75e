"""What officers write about search; each change is in the trail and holds from the next request on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import func, select

from app.foundation import audit
from app.foundation.actors import Permission, Scope
from app.foundation.database import db
from app.foundation.errors import ConflictError, InvalidInputError
from app.search.models import SearchRedirect, SearchRule, SynonymGroup
from app.search.refusals import (
    BadPathError,
    LongWordError,
    NoQueryError,
    QueryTakenError,
    RuleTakenError,
    TooFewWordsError,
    TooManyKeptError,
    TooManyWordsError,
    WordTakenError,
)
from app.search.rules import Treatment, query_key
from app.shop.catalogue.models import ProductCard

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from app.foundation.actors import Actor

    Kept = SynonymGroup | SearchRule | SearchRedirect

K = TypeVar("K", SynonymGroup, SearchRule, SearchRedirect)
# What one searches for is the same everywhere, so only whoever acts for the whole country changes it.
EVERYWHERE: Final = Scope.territory()
MOST_WORDS: Final = 12
LONGEST_WORD: Final = 60
LONGEST_NOTE: Final = 500
LONGEST_PATH: Final = 500
MOST_RULES: Final = 24  # of one query: a page of the list
# Of each kind in all: every process reads all of them whenever the shop changes.
MOST_GROUPS: Final = 2_000
MOST_RULES_IN_ALL: Final = 5_000
MOST_REDIRECTS: Final = 5_000


def add_synonyms(words: Sequence[str], *, note: str, actor: Actor, now: datetime) -> SynonymGroup:
    """Say that words mean one thing.

    Raises `NotPermittedError`, `TooFewWordsError`, `TooManyWordsError`, `LongWordError`,
    `WordTakenError`, `TooManyKeptError`.
    """
    actor.must(Permission.SEARCH_MANAGE, EVERYWHERE)
    _must_be_fewer(SynonymGroup, MOST_GROUPS, "words")
    group = SynonymGroup(
        words=_group_words(words, None), note=note[:LONGEST_NOTE], changed_by="", changed_at=now
    )
    db.session.add(group)
    return _noted(group, "search.synonyms_added", {"words": group.words}, actor=actor, now=now)


def change_synonyms(
    group: SynonymGroup,
    words: Sequence[str],
    *,
    note: str,
    version: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Rewrite a group. Raises as `add_synonyms` does, and `ConflictError` when it has changed since."""
    actor.must(Permission.SEARCH_MANAGE, EVERYWHERE)
    _must_be(group, version)
    before = group.words
    group.words = _group_words(words, group.id)
    group.note = note[:LONGEST_NOTE]
    details = {"before": before, "after": group.words}
    _noted(group, "search.synonyms_changed", details, actor=actor, now=now)


def use_synonyms(
    group: SynonymGroup, *, is_active: bool, version: int, actor: Actor, now: datetime
) -> None:
    """Retire a group, or take it into use again.

    Raises `NotPermittedError`, `ConflictError`, and `WordTakenError` when another has its words now.
    """
    actor.must(Permission.SEARCH_MANAGE, EVERYWHERE)
    _must_be(group, version)
    if is_active:
        _group_words(group.words, group.id)
    group.is_active = is_active
    action = "search.synonyms_used" if is_active else "search.synonyms_retired"
    _noted(group, action, {"words": group.words}, actor=actor, now=now)


def set_rule(
    query: str, public_id: str, treatment: Treatment, place: int, *, actor: Actor, now: datetime
) -> SearchRule:
    """Pin a product of a query's result at a place, or bury it.

    Raises `NotPermittedError`, `NoQueryError`, `RuleTakenError`, `TooManyKeptError`, and
    `InvalidInputError` for a product or a place that is not.
    """
    actor.must(Permission.SEARCH_MANAGE, EVERYWHERE)
    key = _key(query)
    product_id = db.session.scalar(
        select(ProductCard.product_id).where(ProductCard.public_id == public_id)
    )
    if product_id is None:
        raise InvalidInputError(field="product")
    if not 1 <= place <= MOST_RULES:
        raise InvalidInputError(field="place")
    rules = select(SearchRule.product_id).where(SearchRule.query == key)
    known = set(db.session.scalars(rules))
    if product_id in known or len(known) >= MOST_RULES:
        raise RuleTakenError(field="product")
    _must_be_fewer(SearchRule, MOST_RULES_IN_ALL, "product")
    rule = SearchRule(
        query=key,
        product_id=product_id,
        treatment=treatment,
        place=place,
        changed_by="",
        changed_at=now,
    )
    db.session.add(rule)
    details = {"query": key, "product": public_id, "place": place}
    return _noted(rule, f"search.{treatment.value}", details, actor=actor, now=now)


def drop_rule(rule: SearchRule, *, version: int, actor: Actor, now: datetime) -> None:
    """Leave a product where its score puts it. Raises `NotPermittedError`, `ConflictError`."""
    actor.must(Permission.SEARCH_MANAGE, EVERYWHERE)
    _must_be(rule, version)
    details = {"query": rule.query, "product": rule.product_id, "was": rule.treatment.value}
    audit.record(
        "search.rule_dropped", f"search_rule:{rule.id}", actor=actor, now=now, details=details
    )
    db.session.delete(rule)
    db.session.flush()


def add_redirect(
    query: str, *, path_vi: str, path_en: str, actor: Actor, now: datetime
) -> SearchRedirect:
    """Lead a query to a page of this site.

    Raises `NotPermittedError`, `NoQueryError`, `QueryTakenError`, `BadPathError`, `TooManyKeptError`.
    """
    actor.must(Permission.SEARCH_MANAGE, EVERYWHERE)
    _must_be_fewer(SearchRedirect, MOST_REDIRECTS, "query")
    made = SearchRedirect(
        query=_free_query(query, None),
        path_vi=_path(path_vi, "vi"),
        path_en=_path(path_en, "en"),
        changed_by="",
        changed_at=now,
    )
    _must_lead(made)
    db.session.add(made)
    return _noted(made, "search.redirect_added", _shown(made), actor=actor, now=now)


def change_redirect(
    kept: SearchRedirect,
    query: str,
    *,
    path_vi: str,
    path_en: str,
    version: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Rewrite a redirect. Raises as `add_redirect` does, and `ConflictError`."""
    actor.must(Permission.SEARCH_MANAGE, EVERYWHERE)
    _must_be(kept, version)
    before = _shown(kept)
    kept.query = _free_query(query, kept.id)
    kept.path_vi, kept.path_en = _path(path_vi, "vi"), _path(path_en, "en")
    _must_lead(kept)
    details = {"before": before, "after": _shown(kept)}
    _noted(kept, "search.redirect_changed", details, actor=actor, now=now)


def drop_redirect(kept: SearchRedirect, *, version: int, actor: Actor, now: datetime) -> None:
    """Let a query be searched again. Raises `NotPermittedError`, `ConflictError`."""
    actor.must(Permission.SEARCH_MANAGE, EVERYWHERE)
    _must_be(kept, version)
    audit.record(
        "search.redirect_dropped",
        f"search_redirect:{kept.id}",
        actor=actor,
        now=now,
        details=_shown(kept),
    )
    db.session.delete(kept)
    db.session.flush()


def _must_be(kept: Kept, version: int) -> None:
    """Refuse to overwrite what somebody else wrote since it was read (R25)."""
    if kept.version != version:
        raise ConflictError


def _must_be_fewer(table: type[Kept], most: int, field: str) -> None:
    if (db.session.scalar(select(func.count()).select_from(table)) or 0) >= most:
        raise TooManyKeptError(field=field, most=most)


def _noted(
    kept: K, action: str, details: Mapping[str, object], *, actor: Actor, now: datetime
) -> K:
    kept.changed_by, kept.changed_at = actor.name, now
    db.session.flush()
    subject = f"{kept.__tablename__.removesuffix('s')}:{kept.id}"
    audit.record(action, subject, actor=actor, now=now, details=details)
    return kept


def _group_words(given: Sequence[str], own: int | None) -> list[str]:
    words = list(dict.fromkeys(key for one in given if (key := query_key(one))))
    if len(words) < 2:  # noqa: PLR2004 - a word and another
        raise TooFewWordsError(field="words")
    if len(words) > MOST_WORDS:
        raise TooManyWordsError(field="words", most=MOST_WORDS)
    if any(len(one) > LONGEST_WORD for one in words):
        raise LongWordError(field="words", most=LONGEST_WORD)
    others = db.session.execute(
        select(SynonymGroup.id, SynonymGroup.words).where(SynonymGroup.is_active)
    )
    for number, taken in others:
        shared = next((one for one in words if one in taken), None)
        if number != own and shared:
            raise WordTakenError(field="words", word=shared)
    return words


def _key(query: str) -> str:
    key = query_key(query)
    if not key:
        raise NoQueryError(field="query")
    return key


def _free_query(query: str, own: int | None) -> str:
    key = _key(query)
    taken = db.session.scalar(select(SearchRedirect.id).where(SearchRedirect.query == key))
    if taken is not None and taken != own:
        raise QueryTakenError(field="query")
    return key


def _path(path: str, lang: str) -> str:
    """Take a page of ours in a language (S26); never a search, which could lead back here."""
    if not path:
        return ""
    field = f"path_{lang}"
    if len(path) > LONGEST_PATH or not path.isascii() or not path.isprintable():
        raise BadPathError(field=field)
    parts = urlsplit(path)
    is_ours = path.startswith(f"/{lang}/") and not set(' \\"<>') & set(path)
    if not is_ours or parts.scheme or parts.netloc or "q" in parse_qs(parts.query):
        raise BadPathError(field=field)
    return path


def _must_lead(kept: SearchRedirect) -> None:
    if not kept.path_vi and not kept.path_en:
        raise BadPathError(field="path_vi")


def _shown(kept: SearchRedirect) -> dict[str, object]:
    return {"query": kept.query, "vi": kept.path_vi, "en": kept.path_en}
