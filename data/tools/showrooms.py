"""Build showrooms.json: 27 places where OCOP products are shown and sold."""

from typing import Any

from territory import Territory
from words import SOURCES, both, chance, lines, read_csv, slug, unique

NORTH = (
    "01",
    "04",
    "08",
    "11",
    "12",
    "14",
    "15",
    "19",
    "20",
    "22",
    "24",
    "25",
    "31",
    "33",
    "37",
    "38",
    "40",
)
CENTRE = ("44", "46", "48", "51")
SOUTH = ("68", "80", "82", "86", "91", "92", "75", "52")
CRAFTS = ("21", "22")
# Frozen goods, live plants and fresh food do not stand on a shelf.
NOT_ON_SHELF = ("01", "02", "23", "24")
SHELF_DAYS = 60


def build(territory: Territory, products: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the showrooms in the order of the source."""
    rows = read_csv(SOURCES / "showrooms.csv")
    taken: set[str] = set()
    built = []
    for number, commune, district, former, mix, english, hours_vi, hours_en in lines(
        "showrooms.psv"
    ):
        row = rows[int(number) - 1]
        code = territory.commune(commune, district, former)
        built.append(
            {
                "key": unique(slug(english), taken, district),
                "name": both(row["name"], english),
                "address_as_printed": row["address"],
                "province_code": territory.province(former),
                "commune_code": code,
                "source_url": row["source_url"],
                "illustrative": ["hours", "stocks"],
                "hours": both(hours_vi, hours_en),
                "stocks": shelf(int(number), mix, products),
            },
        )
    return built


def keeps(product: dict[str, Any]) -> bool:
    """Say whether a product can stand on a shop shelf for some weeks."""
    listing = product["listing"]
    if listing is None or product["category"] in NOT_ON_SHELF:
        return False
    frozen = "-18" in listing["storage"]["en"].replace("−", "-")
    return not frozen and (listing["shelf_life_days"] or 999) > SHELF_DAYS


def shelf(number: int, mix: str, products: list[dict[str, Any]]) -> list[str]:
    """Return 12 to 25 product keys for a showroom, the same on every machine."""
    region = {"quang": CENTRE, "south": SOUTH}.get(mix, NORTH)
    able = [p for p in products if keeps(p) and p["province_code"] in region]
    wanted = 25 if number == 2 else 12 + int(chance("shelf", number) * 13)  # noqa: PLR2004 - the largest shop
    order = sorted(able, key=lambda p: rank(number, mix, p))
    if number == 2:  # noqa: PLR2004 - the shop of the guided tour carries the teas people ask for
        order.sort(key=lambda p: p["row"] not in {171, 172, 148, 173})
    return [p["key"] for p in order[:wanted]]


def rank(number: int, mix: str, product: dict[str, Any]) -> tuple[bool, float]:
    """Return the place of a product in the queue for a shelf; craft shops want crafts first."""
    craft = mix == "craft" and product["category"] in CRAFTS
    return (not craft, chance("rank", number, product["row"]))
