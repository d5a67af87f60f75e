"""Loading the administrative units from their files; a second run changes only what differs."""

from __future__ import annotations

import csv
import json
import re
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, func, insert, select, update

from app.foundation.database import db
from app.foundation.localized import LocalizedText
from app.foundation.text import slugify, sort_key
from app.places.models import (
    Commune,
    CommuneKind,
    FormerCommune,
    FormerProvince,
    Province,
    ProvinceKind,
)
from app.places.queries import forget_places
from app.places.spelling import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from app.foundation.database import Base

    Progress = Callable[[float, str], None]
    Row = dict[str, Any]

CHUNK: Final = 500
_KINDS: Final = {
    "xa": (CommuneKind.COMMUNE, "commune"),
    "phuong": (CommuneKind.WARD, "ward"),
    "dac_khu": (CommuneKind.SPECIAL_ZONE, "special zone"),
}
_UNIT_WORDS: Final = re.compile(
    r"^(?:xã|phường|thị trấn|đặc khu|quận|huyện|thị xã|thành phố|tỉnh) ", re.IGNORECASE
)


def load_places(folder: Path, *, progress: Progress | None = None) -> dict[str, int]:
    """Bring the tables to what the files say, and tell how many rows each holds."""
    tell = progress or (lambda _share, _what: None)
    said = json.loads((folder / "provinces.json").read_text(encoding="utf-8"))["provinces"]
    tell(0.0, "provinces")
    _settle(Province, ("code",), map(_province, said))
    tell(0.05, "communes")
    _settle(Commune, ("code",), map(_commune, _lines(folder / "communes.csv")))
    tell(0.3, "former provinces")
    _settle(
        FormerProvince,
        ("old_code",),
        (_former_province(part, one["code"]) for one in said for part in one["merged_from"]),
    )
    tell(0.35, "former communes")
    _settle(
        FormerCommune,
        ("old_code", "commune_code"),
        map(_former_commune, _lines(folder / "legacy.csv")),
    )
    tell(1.0, "places")
    forget_places()
    tables = (Province, Commune, FormerProvince, FormerCommune)
    return {
        table.__tablename__: db.session.scalar(select(func.count()).select_from(table)) or 0
        for table in tables
    }


def _settle(table: type[Base], key: tuple[str, ...], wanted: Iterable[Row]) -> None:
    """Insert what is missing, change what differs, and drop former rows that are no more."""
    rows = {tuple(row[name] for name in key): row for row in wanted}
    names = list(next(iter(rows.values()), {}))
    columns = [getattr(table, name) for name in names]
    kept = {
        tuple(getattr(row, name) for name in key): row._asdict()
        for row in db.session.execute(select(*columns))
    }
    missing = [row for at, row in rows.items() if at not in kept]
    differing = [row for at, row in rows.items() if at in kept and kept[at] != row]
    for start in range(0, len(missing), CHUNK):
        db.session.execute(insert(table), missing[start : start + CHUNK])
    for row in differing:
        db.session.execute(
            update(table).where(*(getattr(table, name) == row[name] for name in key)).values(row)
        )
    if table is FormerCommune:  # nothing points at these
        for gone in kept.keys() - rows.keys():
            db.session.execute(
                delete(table).where(
                    *(getattr(table, name) == value for name, value in zip(key, gone, strict=True))
                )
            )


def _lines(path: Path) -> Iterable[Mapping[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _province(said: Row) -> Row:
    name = said["name_vi"]
    # English keeps the Vietnamese letters, except where it has a name of its own: Hanoi.
    english = name if plain(name) == plain(said["name_en"]) else said["name_en"]
    word = said["full_name_en"].rsplit(" ", 1)[-1]
    return {
        "code": said["code"],
        "kind": ProvinceKind(said["type"]),
        "name": LocalizedText({"vi": name, "en": english}),
        "full_name": LocalizedText(
            {
                "vi": said["full_name_vi"],
                "en": english if english.endswith(f" {word}") else f"{english} {word}",
            }
        ),
        "slug": slugify(name),
        "sort_key": sort_key(name),
        "latitude": float(said["lat"]),
        "longitude": float(said["lon"]),
    }


def _commune(said: Mapping[str, str]) -> Row:
    name = said["name_vi"]
    kind, english = _KINDS[said["type"]]
    return {
        "code": said["code"],
        "province_code": said["province_code"],
        "kind": kind,
        "name": LocalizedText({"vi": name, "en": name}),
        "full_name": LocalizedText({"vi": said["full_name_vi"], "en": f"{name} {english}"}),
        "sort_key": sort_key(name),
        "folded": plain(name),
        "latitude": float(said["lat"]) if said["lat"] else None,
        "longitude": float(said["lon"]) if said["lon"] else None,
    }


def _former_province(said: Row, province_code: str) -> Row:
    name = _UNIT_WORDS.sub("", said["name_vi"])
    return {
        "old_code": said["code_2024"],
        "name": name,
        "folded": plain(name),
        "province_code": province_code,
    }


def _former_commune(said: Mapping[str, str]) -> Row:
    province = _UNIT_WORDS.sub("", said["old_province"])
    return {
        "old_code": said["old_ward_code"],
        "name": said["old_ward"],
        "district": said["old_district"],
        "province": province,
        "folded_name": plain(_UNIT_WORDS.sub("", said["old_ward"])),
        "folded_district": plain(_UNIT_WORDS.sub("", said["old_district"])),
        "folded_province": plain(province),
        "commune_code": said["new_code"],
        "is_divided": said["is_split"] == "1",
        "is_main_part": said["is_default"] == "1",
    }
