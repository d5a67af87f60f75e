"""Build producers.json: who makes the 408 registered products."""

from typing import Any

from words import SOURCES, both, lines, read_csv, slug, unique

KINDS = {
    "cooperative": "cooperative",
    "enterprise": "enterprise",
    "household": "household",
    "group": "cooperative_group",
}
# Printed spelling -> spelling kept. Only where the same firm is certain.
SAME = {"Công ty TNHH MTV Trapaco Sapa": "Công ty TraphacoSapa"}
PROPER = {"Công ty TraphacoSapa": "Công ty TNHH MTV TraphacoSapa"}


def canonical(printed: str) -> str:
    """Return the spelling of a producer's name that the shop shows."""
    kept = SAME.get(printed, printed)
    return PROPER.get(kept, kept)


def build() -> list[dict[str, Any]]:
    """Return every distinct producer, in the order in which the source first names it."""
    rows = read_csv(SOURCES / "ocop-products.csv")
    places = read_csv(SOURCES / "ocop-products-geo.csv")
    curated = {int(n): (kind, en) for n, kind, en in lines("producers.psv")}
    taken: set[str] = set()
    by_name: dict[str, dict[str, Any]] = {}
    printed_order: list[str] = []
    for row, place in zip(rows, places, strict=True):
        printed = row["producer_vi"]
        if not printed:
            continue
        if printed not in printed_order:
            printed_order.append(printed)
        kind, english = curated[printed_order.index(printed) + 1]
        name = canonical(printed)
        known = by_name.get(name)
        if known is None:
            by_name[name] = known = {
                "key": unique(slug(name), taken, place["province_2026"]),
                "name": both(name, english),
                "name_as_printed": printed,
                "kind": kind or KINDS[row["producer_type"]],
                "province_code": place["province_code_2026"],
                "commune_code": None,
                "place_as_printed": None,
                "source_url": row["source_url"],
                "year": int(row["year_certified"]) if row["year_certified"] else None,
            }
        if known["commune_code"] is None and place["commune_code_2026"]:
            known["commune_code"] = place["commune_code_2026"]
        text = ", ".join(filter(None, (row["commune"], row["district_2024"], row["province_2024"])))
        if text and len(text) > len(known["place_as_printed"] or ""):
            known["place_as_printed"] = text
    return list(by_name.values())
