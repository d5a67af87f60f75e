"""Build villages.json: 36 places that receive visitors."""

import re
from typing import Any

from territory import Territory
from words import SOURCES, both, fold, lines, read_csv, slug, unique

# Villages whose commune the source already prints in its new form, so that no old district helps.
UN_VILLAGES_NEW_NAME = {33, 34}
STARS = re.compile(r"\bstars?\b")


def build(territory: Territory, products: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the villages in the order of the source, with the products of their old commune."""
    rows = read_csv(SOURCES / "tourism-villages.csv")
    taken: set[str] = set()
    built = []
    for number, district, known_vi, price, hours, most, what_vi, what_en in lines("villages.psv"):
        row = rows[int(number) - 1]
        former = row["province_2024"]
        search_district = "" if int(number) in UN_VILLAGES_NEW_NAME else district
        commune = territory.commune(row["commune"], search_district, former)
        visit = {
            "illustrative": True,
            "price_per_person": None if price == "-" else int(price),
            "duration_hours": int(hours),
            "max_people": int(most),
            "what": both(what_vi, what_en),
        }
        built.append(
            {
                "key": unique(slug(row["name_vi"]), taken, former),
                "name": both(row["name_vi"], row["name_en"]),
                "known_for": both(known_vi, without_stars(row["known_for"])),
                "province_code": territory.province(former),
                "commune_code": commune,
                "origin_as_printed": {"commune": row["commune"] or None, "province": former},
                "recognition": {
                    "stars": int(row["star"]) if row["star"] else None,
                    "source_url": row["source_url"],
                },
                "register_product": same_name(row["name_vi"], products),
                "products": neighbours(row["commune"], district, former, products),
                "visit": visit,
            },
        )
    return built


def without_stars(text: str) -> str:
    """Leave out what a source says of stars: only a certificate that can be checked gives one."""
    return "; ".join(clause for clause in text.split("; ") if not STARS.search(clause))


def same_name(name: str, products: list[dict[str, Any]]) -> str | None:
    """Return the tourism product of the register that is this very village, if it has one."""
    for product in products:
        if product["category"] == "26" and fold(name) in fold(product["name"]["vi"]):
            return str(product["key"])
    return None


def neighbours(
    commune: str, district: str, former: str, products: list[dict[str, Any]]
) -> list[str]:
    """Return the goods that come from the same former commune or district."""
    keys = []
    for product in products:
        origin = product["origin_as_printed"]
        if (
            product["category"] == "26"
            or product["listing"] is None
            or origin["province"] != former
        ):
            continue
        by_commune = commune and fold(origin["commune"] or "") == fold(commune)
        by_district = district and fold(origin["district"] or "") == fold(district)
        if by_commune or by_district:
            keys.append(product["key"])
    return keys
