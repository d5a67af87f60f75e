"""Finding provinces and communes, by today's names and by those of before July 2025."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from app.foundation.database import by_name, db
from app.foundation.errors import InvalidInputError
from app.foundation.localized import joined
from app.places.models import Commune, CommuneKind, FormerCommune, FormerProvince, Province
from app.places.spelling import (
    BETWEEN,
    DISTRICT_WORDS,
    NICKNAMES,
    Reading,
    explained,
    plain,
    readings,
    without_kind,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import InstrumentedAttribute

    from app.foundation.localized import LocalizedText
    from app.places.models import ProvinceKind

_KINDS: Final = {
    "commune": CommuneKind.COMMUNE,
    "ward": CommuneKind.WARD,
    "short": CommuneKind.WARD,
    "zone": CommuneKind.SPECIAL_ZONE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvinceRow:
    """One of the 34 provinces, with the former ones that went into it."""

    code: str
    kind: ProvinceKind
    name: LocalizedText
    full_name: LocalizedText
    slug: str
    sort_key: str
    latitude: float
    longitude: float
    former_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProvinceCount:
    """A province and how many things of some kind stand in it."""

    code: str
    slug: str
    name: LocalizedText
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CommuneRow:
    """One of the 3,321 communes, wards and special zones."""

    code: str
    province_code: str
    kind: CommuneKind
    name: LocalizedText
    full_name: LocalizedText
    sort_key: str
    folded: str
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMatch:
    """A commune of today that a text may mean; `former_name` when the text used an older name."""

    commune_code: str
    commune_name: str
    province_code: str
    province_name: str
    former_name: str | None = None
    former_district: str | None = None
    is_divided: bool = False


@dataclass(slots=True)
class _Places:
    """What the process keeps: the two lists, and the ways in."""

    provinces: dict[str, ProvinceRow] = field(default_factory=dict)
    communes: dict[str, CommuneRow] = field(default_factory=dict)
    by_name: dict[str, list[CommuneRow]] = field(default_factory=dict)
    by_province: dict[str, list[CommuneRow]] = field(default_factory=dict)
    province_codes: dict[str, str] = field(default_factory=dict)


_kept: list[_Places] = []


def forget_places() -> None:
    """Drop what the process keeps; the next question reads the tables again."""
    _kept.clear()


def provinces() -> list[ProvinceRow]:
    """List the provinces in the order of the Vietnamese alphabet."""
    return list(_places().provinces.values())


def province(code: str) -> ProvinceRow | None:
    """Find a province by its code."""
    return _places().provinces.get(code)


def province_by_slug(slug: str) -> ProvinceRow | None:
    """Find a province by the readable part of its link."""
    return next((row for row in provinces() if row.slug == slug), None)


def code_of_slug(slug: str) -> str:
    """Tell the code that a link's province has. Raises `InvalidInputError` for one that is not."""
    found = province_by_slug(slug)
    if found is None:
        raise InvalidInputError(field="province")
    return found.code


def counted_by_province(column: InstrumentedAttribute[str]) -> list[ProvinceCount]:
    """Count rows by the province in a column, in the order of names; none without a row."""
    rows = db.session.execute(
        select(Province.code, Province.slug, Province.name, func.count(column))
        .join(column.class_, column == Province.code)
        .group_by(Province.code, Province.slug, Province.name, Province.sort_key)
        .order_by(by_name(Province.sort_key))
    ).all()
    return [ProvinceCount(*row) for row in rows]


def communes_of(province_code: str) -> list[CommuneRow]:
    """List the communes of a province in the order of the Vietnamese alphabet."""
    return list(_places().by_province.get(province_code, ()))


def commune(code: str) -> CommuneRow | None:
    """Find a commune of today by its code."""
    return _places().communes.get(code)


def place_name(province_code: str, commune_code: str | None, lang: str) -> str:
    """Write a place as an address ends: the commune if it is known, then the province."""
    kept = _places()
    near = kept.communes.get(commune_code or "")
    far = kept.provinces.get(province_code)
    names = (near and near.full_name.in_language(lang), far and far.name.in_language(lang))
    return joined(name for name in names if name)


def understand(
    text: str, *, province_code: str | None = None, district: str | None = None, lang: str = "vi"
) -> list[PlaceMatch]:
    """Find the communes that a text may mean, the likeliest first.

    Today's names come before former ones, and the part that kept most of a divided commune before
    the others. A district that nobody knows is overlooked beside a province. Whatever is typed gives a list, an empty one at worst.
    """
    kept = _places()
    ways = readings(text)
    if district and (asked := plain(district)):
        ways = [Reading(one.name, (*one.around, asked), one.kind) for one in ways]
    former = _former_rows({one.name for one in ways})
    ways += [
        loose
        for one in ways
        if (loose := _without_unknown(one, kept)).around != one.around
        and BETWEEN.search(text)
        and (loose.around or province_code)
    ]
    for one in ways:
        found = _matches(one, former.get(one.name, ()), province_code, kept)
        if found:
            return _presented(found, text, one.kind, lang, kept)
    return []


def begin_with(
    text: str, *, province_code: str | None = None, limit: int = 8, lang: str = "vi"
) -> list[PlaceMatch]:
    """Suggest communes while somebody types: what `understand` finds, then names that go on."""
    found = understand(text, province_code=province_code, lang=lang)
    start, _kind = without_kind(plain(text))
    if not start or len(found) >= limit or BETWEEN.search(text):
        return found[:limit]
    kept = _places()
    longer: list[tuple[CommuneRow, FormerCommune | None]] = [
        (row, None)
        for name, rows in kept.by_name.items()
        if name.startswith(start)
        for row in rows
        if province_code in {None, row.province_code}
    ]
    longer.sort(key=lambda pair: _goes_on(pair[0], start, text))
    if len(longer) < limit and len(start) > 1:
        former = db.session.scalars(
            select(FormerCommune)
            .where(FormerCommune.folded_name.startswith(start), FormerCommune.is_main_part)
            .order_by(FormerCommune.folded_name, FormerCommune.id)
        )
        longer += [
            (kept.communes[row.commune_code], row)
            for row in former
            if province_code in {None, kept.communes[row.commune_code].province_code}
        ]
    seen = {one.commune_code for one in found}
    for row, was in longer:
        if row.code not in seen and len(found) < limit:
            seen.add(row.code)
            found.append(_match(row, was, lang, kept))
    return found[:limit]


def _goes_on(row: CommuneRow, start: str, text: str) -> tuple[bool, bool, int, str]:
    """Order names that begin alike: whole words, then the marks as typed, then the short ones."""
    return (
        not f"{row.folded} ".startswith(f"{start} "),
        not row.name["vi"].casefold().startswith(text.strip().casefold()),
        len(row.folded),
        row.sort_key,
    )


def _places() -> _Places:
    if _kept:
        return _kept[0]
    kept = _Places()
    former: dict[str, list[str]] = {}
    for row in db.session.scalars(select(FormerProvince).order_by(FormerProvince.old_code)):
        former.setdefault(row.province_code, []).append(row.name)
        kept.province_codes[row.folded] = row.province_code
    for one in db.session.scalars(select(Province).order_by(by_name(Province.sort_key))):
        kept.provinces[one.code] = ProvinceRow(
            former_names=tuple(former.get(one.code, ())),
            **{
                name: getattr(one, name)
                for name in ProvinceRow.__dataclass_fields__
                if name != "former_names"
            },
        )
        kept.province_codes[plain(one.name["vi"])] = one.code
    columns = [getattr(Commune, name) for name in CommuneRow.__dataclass_fields__]
    for values in db.session.execute(
        select(*columns).order_by(by_name(Commune.sort_key), Commune.code)
    ):
        near = CommuneRow(**values._asdict())
        kept.communes[near.code] = near
        kept.by_name.setdefault(near.folded, []).append(near)
        kept.by_province.setdefault(near.province_code, []).append(near)
    if kept.communes:  # an empty table may be filled by another process
        _kept[:] = [kept]
    return kept


def _province_code(name: str, kept: _Places) -> str | None:
    for known in (name, DISTRICT_WORDS.sub("", name)):
        code = kept.province_codes.get(NICKNAMES.get(known, known))
        if code:
            return code
    return None


def _without_unknown(one: Reading, kept: _Places) -> Reading:
    """Leave out what stands around a name and is no province: a district may be misspelt."""
    known = tuple(words for words in one.around if _province_code(words, kept))
    return Reading(one.name, known, one.kind)


def _former_rows(names: Iterable[str]) -> dict[str, list[FormerCommune]]:
    found: dict[str, list[FormerCommune]] = {}
    rows = db.session.scalars(
        select(FormerCommune)
        .where(FormerCommune.folded_name.in_(sorted(names)))
        .order_by(FormerCommune.is_main_part.desc(), FormerCommune.id)
    )
    for row in rows:
        found.setdefault(row.folded_name, []).append(row)
    return found


def _matches(
    one: Reading, former: Sequence[FormerCommune], province_code: str | None, kept: _Places
) -> list[tuple[CommuneRow, FormerCommune | None]]:
    today = [
        row for row in kept.by_name.get(one.name, ()) if province_code in {None, row.province_code}
    ]
    old = [
        (kept.communes[row.commune_code], row)
        for row in former
        if row.commune_code in kept.communes
        and province_code in {None, kept.communes[row.commune_code].province_code}
    ]
    names_around = _names_around([row.code for row in today], kept) if one.around else {}
    found: list[tuple[CommuneRow, FormerCommune | None]] = [
        (row, None) for row in today if explained(one.around, names_around.get(row.code, set()))
    ]
    for row, was in old:
        known = {was.folded_district, was.folded_province, *_province_names(row, kept)}
        if explained(one.around, known) and row.code not in {seen.code for seen, _ in found}:
            found.append((row, was))
    return found


def _names_around(codes: Sequence[str], kept: _Places) -> dict[str, set[str]]:
    """Tell the provinces and old districts in which communes of today lie and lay."""
    around = {code: set(_province_names(kept.communes[code], kept)) for code in codes}
    rows = db.session.execute(
        select(
            FormerCommune.commune_code,
            FormerCommune.folded_district,
            FormerCommune.folded_province,
        )
        .where(FormerCommune.commune_code.in_(codes))
        .distinct()
    )
    for code, old_district, old_province in rows:
        around[code] |= {old_district, old_province}
    return around


def _province_names(row: CommuneRow, kept: _Places) -> Iterable[str]:
    return (name for name, code in kept.province_codes.items() if code == row.province_code)


def _presented(
    found: Sequence[tuple[CommuneRow, FormerCommune | None]],
    text: str,
    kind: str | None,
    lang: str,
    kept: _Places,
) -> list[PlaceMatch]:
    typed = text.casefold()

    def order(pair: tuple[CommuneRow, FormerCommune | None]) -> tuple[int, bool, bool, str]:
        row, was = pair
        name = row.name["vi"] if was is None else was.name.split(" ", 1)[-1]
        return (
            0 if was is None else 2 - was.is_main_part,
            kind is not None and was is None and _KINDS.get(kind) is not row.kind,
            name.casefold() not in typed,
            kept.provinces[row.province_code].sort_key,
        )

    return [_match(row, was, lang, kept) for row, was in sorted(found, key=order)]


def _match(row: CommuneRow, was: FormerCommune | None, lang: str, kept: _Places) -> PlaceMatch:
    return PlaceMatch(
        commune_code=row.code,
        commune_name=row.full_name.in_language(lang),
        province_code=row.province_code,
        province_name=kept.provinces[row.province_code].name.in_language(lang),
        former_name=was.name if was else None,
        former_district=was.district if was else None,
        is_divided=bool(was and was.is_divided),
    )
