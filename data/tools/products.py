"""Build products.json: the 408 registered products with illustrative listings."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from listings import compose, opening, read_kinds
from producers import canonical
from territory import Territory, place_text
from words import SOURCES, both, chance, lines, read_csv, slug, unique

FIRST_ISSUE = date(2024, 6, 1)
LAST_ISSUE = date(2026, 9, 30)
EXPIRED = 5
LOWEST_STAR = 3
OLD_YEAR = 2021
# Names by which buyers know a product although the register does not print them.
ALSO_KNOWN_SOURCE = "https://congthuong.vn/tra-xanh-phin-ho-san-pham-ocop-5-sao-dau-tien-cua-tinh-ha-giang-227257.html"
ALSO_KNOWN = {
    171: both("Chè Shan tuyết Phìn Hồ", "Phìn Hồ Shan tuyết green tea"),
    172: both("Hồng trà Shan tuyết Phìn Hồ", "Phìn Hồ Shan tuyết black tea"),
}
ALWAYS_CERTIFIED = {171, 172, 148, 119, 156}


def earliest_issue(year: str) -> date:
    """Return the first day on which a certificate may be dated, given the year of recognition."""
    return {"2026": date(2026, 8, 10), "2025": date(2025, 7, 1), "2024": date(2024, 12, 1)}.get(
        year, FIRST_ISSUE
    )


def build(territory: Territory, producers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the products in the order of the source."""
    rows = read_csv(SOURCES / "ocop-products.csv")
    places = read_csv(SOURCES / "ocop-products-geo.csv")
    kinds = read_kinds()
    storage = {key: both(vi, en) for key, vi, en in lines("storage.psv")}
    makers = {p["name"]["vi"]: p for p in producers}
    taken: set[str] = set()
    turns: Counter[str] = Counter()
    built = []
    for number, category, kind_name, english, thing_vi, thing_en in lines("products.psv"):
        n = int(number)
        row, place = rows[n - 1], places[n - 1]
        maker = makers[canonical(row["producer_vi"])] if row["producer_vi"] else None
        stars = int(row["star"]) if row["star"] else None
        listing = None
        if maker is not None and kind_name:
            kind = kinds[kind_name]
            turn = turns[kind_name]
            turns[kind_name] += 1
            where = place_text(row, territory.name[place["province_code_2026"]])
            first = opening(turn + n // 7, both(thing_vi, thing_en), where, maker["name"], kind)
            listing = compose(n, kind, turn, first, storage, stars)
        endings = (
            (row["producer_vi"].split()[-1], place["province_2026"])
            if row["producer_vi"]
            else (place["province_2026"],)
        )
        product = {
            "row": n,
            "key": unique(slug(row["name_vi"]), taken, *endings),
            "name": both(row["name_vi"].strip(), english or row["name_en"].strip()),
            "also_known_as": ALSO_KNOWN.get(n),
            "also_known_as_source": ALSO_KNOWN_SOURCE if n in ALSO_KNOWN else None,
            "producer": maker["key"] if maker else None,
            "category": category,
            "province_code": place["province_code_2026"],
            "commune_code": place["commune_code_2026"] or None,
            "origin_as_printed": {
                "commune": row["commune"] or None,
                "district": row["district_2024"] or None,
                "province": row["province_2024"] or None,
            },
            "recognition": {
                "stars": stars,
                "year": int(row["year_certified"]) if row["year_certified"] else None,
                "decision": row["decision"] or None,
                "source_url": row["source_url"],
            },
            "listing": listing,
            "certified": None,
        }
        built.append(product)
    certify(built)
    return built


def certify(products: list[dict[str, Any]]) -> None:
    """Give about half of the ranked products that name a producer a demonstration certificate."""
    able = [
        p for p in products if p["producer"] and (p["recognition"]["stars"] or 0) >= LOWEST_STAR
    ]
    order = sorted(
        able, key=lambda p: (p["row"] not in ALWAYS_CERTIFIED, chance("certify", p["row"]))
    )
    half = order[: len(order) // 2]
    for product in half:
        start = earliest_issue(str(product["recognition"]["year"] or ""))
        days = (LAST_ISSUE - start).days
        issued = start + timedelta(days=int(chance("issued", product["row"]) * (days + 1)))
        product["certified"] = certificate(product, issued)
    late = [
        p
        for p in order[len(half) :]
        if p["listing"] and (p["recognition"]["year"] or OLD_YEAR) <= OLD_YEAR
    ]
    for product in late[:EXPIRED]:
        days = int(chance("expired", product["row"]) * 600)
        product["certified"] = certificate(product, date(2022, 3, 1) + timedelta(days=days))


def certificate(product: dict[str, Any], issued: date) -> dict[str, Any]:
    """Return a demonstration certificate of 36 months (26/2026/QĐ-TTg, Art. 4.3)."""
    expires = (
        issued.replace(year=issued.year + 3)
        if (issued.month, issued.day) != (2, 29)
        else date(issued.year + 3, 2, 28)
    )
    return {
        "illustrative": True,
        "stars": product["recognition"]["stars"],
        "issued_on": issued.isoformat(),
        "expires_on": expires.isoformat(),
    }
