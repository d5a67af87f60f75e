"""Compose the illustrative part of a listing: texts, packs, prices, stock."""

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from words import both, capital, chance, lines

COMES = {
    "made": ("làm tại {p}", "made in {p}"),
    "grown": ("trồng tại {p}", "grown in {p}"),
    "raised": ("đến từ {p}", "from {p}"),
    "woven": ("dệt tại {p}", "woven in {p}"),
}
DEEDS = {"made": "làm ra", "grown": "trồng", "raised": "cung cấp", "woven": "dệt"}
# How much dearer a rare thing is than others of its kind.
DEARER = {150: 6.0, 208: 3.0, 148: 1.5, 188: 1.3, 159: 1.8, 210: 1.2, 206: 1.5}
TOP_STAR = 5
FEWER_PACKS = 0.35
SOLD_OUT = 0.05
# Kinds that a shop should not claim were grown or made by hand on the spot.
FROM = {
    "coffee",
    "macadamia",
    "pepper",
    "pepperfreeze",
    "nest",
    "water",
    "blacktea",
    "greentea",
    "premtea",
}


@dataclass
class Kind:
    """A kind of thing sold: what it is packed in, how it is kept and used."""

    name: str
    comes: str
    storage: str
    shelf_days: int | None
    scene: str
    packs: list[list[str]] = field(default_factory=list)
    uses: list[list[str]] = field(default_factory=list)


def read_kinds() -> dict[str, Kind]:
    """Return the kinds of goods described by hand in kinds.txt."""
    kinds: dict[str, Kind] = {}
    current = None
    for mark, *fields in lines("kinds.txt"):
        if mark == "k":
            name, comes, storage, shelf, scene = fields
            current = Kind(name, comes, storage, None if shelf == "-" else int(shelf), scene)
            kinds[name] = current
        elif current is not None:
            (current.packs if mark == "v" else current.uses).append(fields)
    return kinds


@cache
def ingredients() -> dict[str, dict[str, str]]:
    """Return what each kind of thing is generally made of."""
    return {kind: both(vi, en) for kind, vi, en in lines("ingredients.psv")}


def opening(
    number: int, thing: dict[str, str], place: tuple[str, str], maker: dict[str, str], kind: Kind
) -> tuple[str, str]:
    """Return the first sentence: what the thing is and where it comes from."""
    comes_vi, comes_en = COMES["raised" if kind.name in FROM else kind.comes]
    vi, en = thing["vi"], thing["en"]
    place_vi, place_en = place
    if number % 4 == 0:
        return f"Từ {place_vi}: {vi}.", f"From {place_en}: {en}."
    if number % 4 == 1:
        deed = "cung cấp" if kind.name in FROM else DEEDS[kind.comes]
        return (
            f"{capital(vi)}, do {maker['vi']} ở {place_vi} {deed}.",
            f"{capital(en)}, from {maker['en']} in {place_en}.",
        )
    return (
        f"{capital(vi)}, {comes_vi.format(p=place_vi)}.",
        f"{capital(en)}, {comes_en.format(p=place_en)}.",
    )


def packs(row: int, kind: Kind, stars: int | None) -> list[dict[str, Any]]:
    """Return the packs on sale with whole-thousand prices and a stock that may be nil."""
    most = len(kind.packs)
    share = chance("packs", row)
    count = most if share > FEWER_PACKS or most == 1 else max(1, most - 1)
    factor = 0.88 + 0.24 * chance("price", row) + (0.08 if stars == TOP_STAR else 0)
    factor *= DEARER.get(row, 1)
    largest = 15 if kind.scene in {"vase", "brocade"} else 120
    made = []
    for index, (vi, en, net, unit, weight, price) in enumerate(kind.packs[:count]):
        roll = chance("stock", row, index)
        made.append(
            {
                "label": both(vi, en),
                "net_quantity": int(net),
                "net_unit": unit,
                "weight_g": int(weight),
                "price": max(1, round(int(price) * factor / 1000)) * 1000,
                "stock": 0
                if roll < SOLD_OUT
                else 1 + int((roll - SOLD_OUT) / (1 - SOLD_OUT) * largest),
            },
        )
    return made


def compose(
    row: int,
    kind: Kind,
    turn: int,
    first: tuple[str, str],
    storage: dict[str, dict[str, str]],
    stars: int | None,
) -> dict[str, Any]:
    """Return one listing, marked as illustrative; how it is used says more than the summary, or nothing."""
    use_vi, use_en = kind.uses[turn % len(kind.uses)]
    others = [both(vi, en) for vi, en in kind.uses if vi != use_vi]
    return {
        "illustrative": True,
        "summary": both(f"{first[0]} {use_vi}", f"{first[1]} {use_en}"),
        "ingredients": ingredients().get(kind.name),
        "usage": others[turn % len(others)] if others else None,
        "variants": packs(row, kind, stars),
        "storage": storage[kind.storage],
        "shelf_life_days": kind.shelf_days,
    }
