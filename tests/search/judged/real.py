"""The real products of the demonstration as search sees them, made from the data files alone."""

from __future__ import annotations

import csv
import json
import re
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

from app.demonstration.files import FOLDER, printed, public_id, rows
from app.places.spelling import plain
from app.search.documents import SearchDocument

if TYPE_CHECKING:
    from collections.abc import Iterator

Row = dict[str, Any]
BOTH: Final = ("vi", "en")
LISTED_SINCE: Final = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp())
MOST_POPULAR: Final = 1_000
_UNIT: Final = re.compile(
    r"^(?:xã|phường|thị trấn|đặc khu|quận|huyện|thị xã|thành phố|tỉnh) ", re.IGNORECASE
)


@cache
def real_documents() -> tuple[SearchDocument, ...]:
    """Read the products of the data, numbered in their order."""
    producers = {one["key"]: one for one in rows("producers")}
    return tuple(
        _document(number, said, producers.get(said["producer"] or ""))
        for number, said in enumerate(rows("products"), start=1)
    )


@cache
def provinces() -> dict[str, Row]:
    """Read the provinces of today by their code."""
    said = json.loads((FOLDER / "places" / "provinces.json").read_text(encoding="utf-8"))
    return {one["code"]: one for one in said["provinces"]}


@cache
def communes() -> dict[str, Row]:
    """Read the communes of today by their code."""
    return {line["code"]: line for line in lines("places/communes.csv")}


@cache
def former_provinces() -> dict[str, tuple[str, ...]]:
    """Name the provinces of before July 2025 in which the land of a commune lay."""
    found: dict[str, dict[str, None]] = {}
    for line in lines("places/legacy.csv"):
        found.setdefault(line["new_code"], {})[_bare(line["old_province"])] = None
    return {code: tuple(names) for code, names in found.items()}


def provinces_before(province: str, commune: str | None, origin: str = "") -> tuple[str, ...]:
    """Name the former provinces of a product: of its commune, of its printed origin, or of its province."""
    if commune:
        return former_provinces().get(commune, ())
    before = tuple(_bare(one["name_vi"]) for one in provinces()[province]["merged_from"])
    return tuple(name for name in before if name in origin) or before


@cache
def former_names() -> dict[str, tuple[str, ...]]:
    """Name the communes, districts and provinces that lay where a commune is now."""
    found: dict[str, dict[str, None]] = {}
    for line in lines("places/legacy.csv"):
        names = (line["old_ward"], line["old_district"], _bare(line["old_province"]))
        found.setdefault(line["new_code"], {}).update(dict.fromkeys(names))
    return {code: tuple(names) for code, names in found.items()}


@cache
def category_line(code: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give a set with its group and industry: the codes, and the labels in both languages."""
    known = {one["code"]: one for one in rows("categories")}
    codes: list[str] = []
    labels: list[str] = []
    while code:
        said = known[code]
        codes.append(code)
        labels += [said[part][lang] for part in ("label", "name") for lang in BOTH]
        code = said["parent"] or ""
    return tuple(codes), tuple(dict.fromkeys(labels))


def lines(path: str) -> Iterator[Row]:
    """Read a table of the data folder."""
    with (FOLDER / path).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def place_names(province: str, commune: str | None, *others: str) -> tuple[str, ...]:
    """List what a place is and was called, as the shop's own reading does."""
    said = provinces()[province]
    names = [said["name_vi"]]
    if plain(said["name_vi"]) != plain(said["name_en"]):  # Hanoi
        names.append(said["name_en"])
    near = communes().get(commune or "")
    if near:
        names.append(near["name_vi"])
    origin = [text for text in others if text]
    names += [*origin, *former_names().get(commune or "", ())]
    if not commune and not origin:
        names += [_bare(one["name_vi"]) for one in said["merged_from"]]
    return tuple(dict.fromkeys(names))


def _bare(name: str) -> str:
    return _UNIT.sub("", name)


def _document(number: int, said: Row, producer: Row | None) -> SearchDocument:
    names, also = said["name"], said["also_known_as"] or {}
    listing, certified = said["listing"] or {}, said["certified"] or {}
    summary = listing.get("summary") or {}
    codes, labels = category_line(said["category"])
    prices = [size["price"] for size in listing.get("variants", ())]
    return SearchDocument(
        product_id=number,
        name_vi=names["vi"],
        name_en=names["en"],
        also_vi=also.get("vi", ""),
        also_en=also.get("en", ""),
        producer=" ".join(dict.fromkeys(producer["name"].values())) if producer else "",
        place=place_names(
            said["province_code"],
            said["commune_code"],
            printed(said["origin_as_printed"]),
            producer["place_as_printed"] if producer else "",
        ),
        former_provinces=provinces_before(
            said["province_code"], said["commune_code"], printed(said["origin_as_printed"])
        ),
        category=labels,
        description_vi=summary.get("vi", ""),
        description_en=summary.get("en", ""),
        province_code=said["province_code"],
        category_codes=codes,
        producer_id=1 + crc32(producer["key"].encode()) if producer else 0,
        stars=certified.get("stars", 0),
        stars_from=date.fromisoformat(certified["issued_on"]) if certified else None,
        stars_until=date.fromisoformat(certified["expires_on"]) if certified else None,
        price=min(prices, default=None),
        listed_at=LISTED_SINCE if listing else 0,
        popularity=crc32(public_id(said["key"]).encode()) % MOST_POPULAR if listing else 0,
    )
