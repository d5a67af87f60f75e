"""Check the finished data files: `python data/tools/check.py` prints counts or what is wrong."""

import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from words import DATA, fold, load, read_csv

DUE = date(2026, 11, 24)
VALID_PAST = date(2027, 5, 31)
EXPIRED = 5
LOWEST_STAR = 3
KINDS = {"cooperative", "cooperative_group", "enterprise", "household", "farm", "association"}
UNITS = {"g", "ml", "piece"}
ROLES = {
    "shopper",
    "producer_owner",
    "showroom_staff",
    "village_host",
    "officer",
    "operator",
}
COUNTS = {
    "provinces": 34,
    "communes": 3321,
    "former communes": 10035,
    "industries": 6,
    "groups": 17,
    "sets": 26,
    "products": 408,
    "products without producer": 36,
    "villages": 36,
    "showrooms": 27,
}


class Findings:
    """What is wrong, gathered so that one run shows everything."""

    def __init__(self) -> None:
        self.wrong: list[str] = []

    def need(self, *, true: object, text: str) -> None:
        """Note *text* unless the condition holds."""
        if not true:
            self.wrong.append(text)


def texts(value: Any, path: str = "") -> Iterator[tuple[str, dict[str, str]]]:  # noqa: ANN401 - any JSON value
    """Yield every bilingual text inside a value, with where it stands."""
    if isinstance(value, dict):
        if set(value) == {"vi", "en"}:
            yield path, value
        else:
            for key, part in value.items():
                yield from texts(part, f"{path}.{key}")
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from texts(part, f"{path}[{index}]")


def check_texts(found: Findings, name: str, content: Any) -> None:  # noqa: ANN401 - any JSON value
    """Both languages are present, trimmed and free of doubled spaces and stops."""
    for path, text in texts(content, name):
        for language, words in text.items():
            clean = bool(words) and words == words.strip() and "  " not in words
            found.need(true=clean and ".." not in words, text=f"{path} {language}: {words!r}")


def check_keys(found: Findings, name: str, items: list[dict[str, Any]], key: str = "key") -> None:
    """Keys are unique, ASCII and not empty."""
    for value, times in Counter(item[key] for item in items).items():
        found.need(true=times == 1, text=f"{name}: {value!r} stands {times} times")
        found.need(true=value and value.isascii(), text=f"{name}: bad key {value!r}")


def check_places(found: Findings, name: str, items: list[dict[str, Any]]) -> None:
    """Every commune exists and lies in the province named beside it."""
    province_of = {c["code"]: c["province_code"] for c in read_csv(DATA / "places/communes.csv")}
    known = set(province_of.values())
    for item in items:
        found.need(true=item["province_code"] in known, text=f"{name}: province of {item['key']}")
        code = item["commune_code"]
        right = code is None or province_of.get(code) == item["province_code"]
        found.need(true=right, text=f"{name}: commune {code} of {item['key']}")


def check_listing(found: Findings, product: dict[str, Any]) -> None:
    """A listing has honest marks, whole prices and packs with a weight above the net weight."""
    listing, key = product["listing"], product["key"]
    visit = product["category"] == "26"
    expected = product["producer"] is not None and not visit
    found.need(true=(listing is not None) == expected, text=f"{key}: listing present or not")
    if listing is None:
        return
    found.need(true=listing["illustrative"] is True, text=f"{key}: not marked illustrative")
    found.need(true=1 <= len(listing["variants"]) <= 3, text=f"{key}: number of packs")  # noqa: PLR2004
    for pack in listing["variants"]:
        fair = pack["price"] > 0 and pack["price"] % 1000 == 0 and 0 <= pack["stock"] <= 120  # noqa: PLR2004
        found.need(true=fair, text=f"{key}: price or stock {pack}")
        found.need(true=pack["net_unit"] in UNITS, text=f"{key}: unit {pack}")
        heavy = pack["net_unit"] == "piece" or pack["weight_g"] > pack["net_quantity"] * 0.9
        found.need(true=heavy and pack["weight_g"] > 0, text=f"{key}: weight {pack}")


def check_certificate(found: Findings, product: dict[str, Any]) -> bool:
    """Say whether a certificate has expired, noting one that should not be there."""
    certificate, key = product["certified"], product["key"]
    stars = product["recognition"]["stars"]
    found.need(true=stars and stars >= LOWEST_STAR, text=f"{key}: certificate without rank")
    found.need(true=certificate["stars"] == stars, text=f"{key}: certificate of other stars")
    found.need(true=product["producer"], text=f"{key}: certificate without producer")
    expires = date.fromisoformat(certificate["expires_on"])
    found.need(true=expires < DUE or expires > VALID_PAST, text=f"{key}: expires {expires}")
    return expires < DUE


def check_products(found: Findings, counts: dict[str, int]) -> None:
    """Products, producers, categories and certificates agree with each other."""
    products, producers, categories = (
        load("products.json"),
        load("producers.json"),
        load("categories.json"),
    )
    for name, items in (("products", products), ("producers", producers)):
        check_keys(found, name, items)
        check_places(found, name, items)
    check_keys(found, "categories", categories, "code")
    for language in ("vi", "en"):
        slugs = [{"key": c["slug"][language]} for c in categories]
        check_keys(found, f"category slugs {language}", slugs)
    levels = Counter(c["level"] for c in categories)
    counts |= {"industries": levels["industry"], "groups": levels["group"], "sets": levels["set"]}
    codes = {c["code"] for c in categories}
    found.need(true=all(c["parent"] in codes | {None} for c in categories), text="category parent")
    sets = {c["code"] for c in categories if c["level"] == "set"}
    makers = {p["key"] for p in producers}
    found.need(true={p["kind"] for p in producers} <= KINDS, text="kind of producer")
    used = {p["producer"] for p in products} - {None}
    found.need(true=used == makers, text=f"producers without product or unknown: {used ^ makers}")
    found.need(
        true=[p["row"] for p in products] == list(range(1, len(products) + 1)), text="row order"
    )
    expired = 0
    for product in products:
        found.need(true=product["category"] in sets, text=f"{product['key']}: category")
        check_listing(found, product)
        if product["certified"]:
            expired += check_certificate(found, product)
    found.need(true=expired == EXPIRED, text=f"{expired} expired certificates")
    counts |= {
        "products": len(products),
        "products without producer": sum(p["producer"] is None for p in products),
        "producers": len(producers),
        "listings": sum(p["listing"] is not None for p in products),
        "packs": sum(len(p["listing"]["variants"]) for p in products if p["listing"]),
        "certificates": sum(p["certified"] is not None for p in products),
        "known as chè Shan tuyết": sum("shan tuyet" in fold(str(p)) for p in products),
    }


def check_sites(found: Findings, counts: dict[str, int]) -> None:
    """Villages, showrooms and accounts point at things that exist."""
    villages, showrooms, accounts = (
        load("villages.json"),
        load("showrooms.json"),
        load("accounts.json"),
    )
    products = {p["key"]: p for p in load("products.json")}
    listed = {key for key, p in products.items() if p["listing"]}
    for name, items in (("villages", villages), ("showrooms", showrooms)):
        check_keys(found, name, items)
        check_places(found, name, items)
        counts[name] = len(items)
    for village in villages:
        linked = {*village["products"]} <= listed
        own = village["register_product"] in {*products, None}
        found.need(true=linked and own, text=f"{village['key']}: linked products")
        price = village["visit"]["price_per_person"]
        found.need(true=price is None or price % 1000 == 0, text=f"{village['key']}: price")
    for showroom in showrooms:
        stocks = showroom["stocks"]
        right = 10 <= len(set(stocks)) == len(stocks) <= 25 and set(stocks) <= listed  # noqa: PLR2004
        found.need(true=right, text=f"{showroom['key']}: stocks")
    check_keys(found, "accounts", accounts, "email")
    found.need(true={a["role"] for a in accounts} == ROLES, text="roles")
    scopes = {f"producer:{p['key']}" for p in load("producers.json")}
    scopes |= {f"showroom:{s['key']}" for s in showrooms} | {
        f"village:{v['key']}" for v in villages
    }
    scopes |= {f"commune:{c['code']}" for c in read_csv(DATA / "places/communes.csv")} | {"centre"}
    scopes |= {f"province:{p['code']}" for p in load("places/provinces.json")["provinces"]}
    found.need(true={a["scope"] for a in accounts} <= scopes | {None}, text="scopes")


def check_names(found: Findings, counts: dict[str, int]) -> None:
    """The words for load tests give enough distinct names."""
    names = load("demonstration-names.json")
    stems, qualifiers = names["stems"], names["qualifiers"]
    for language in ("vi", "en"):
        pairs = {f"{s['name'][language]} {q[language]}" for s in stems for q in qualifiers}
        found.need(true=len(pairs) == len(stems) * len(qualifiers), text=f"names {language} repeat")
    counts |= {"stems": len(stems), "qualifiers": len(qualifiers)}


def main() -> int:
    """Print the counts, then every fault; return 1 when there is a fault."""
    found, counts = Findings(), {}
    legacy = read_csv(DATA / "places/legacy.csv")
    communes = {c["code"] for c in read_csv(DATA / "places/communes.csv")}
    counts["provinces"] = len(load("places/provinces.json")["provinces"])
    counts["communes"] = len(communes)
    counts["former communes"] = len({row["old_ward_code"] for row in legacy})
    found.need(true={row["new_code"] for row in legacy} <= communes, text="legacy points nowhere")
    check_products(found, counts)
    check_sites(found, counts)
    check_names(found, counts)
    for path in sorted(DATA.glob("*.json")):
        check_texts(found, path.stem, load(path.name))
    for name, due in COUNTS.items():
        found.need(true=counts[name] == due, text=f"{name}: {counts[name]} and not {due}")
    report = [*(f"{name}: {number}" for name, number in counts.items()), *found.wrong]
    sys.stdout.write("\n".join(report) + "\n")
    return 1 if found.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
