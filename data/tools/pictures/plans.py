"""What is drawn: a plan for each product on sale, village, showroom and province of producers, and for the home page."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import compose
from compose import DATA, Plan, number_of
from labels import STYLES, Words
from looks import CARDS, OF_KIND, OF_SET, OF_WORD, Look
from palettes import GROUNDS, OF_PROVINCE, REGIONS
from sides import FIELDS as FIELDS_BETWEEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from labels import Palette

Row = dict[str, Any]
Colour = tuple[float, float, float]
FORMS: Final = re.compile(
    r"^(công ty|cty|hợp tác xã|htx|hộ kinh doanh|hkd|cơ sở sản xuất|cơ sở|doanh nghiệp|tổ hợp tác|chi nhánh|hộ)\b"
    r"( (cổ phần|cp|tnhh|mtv|một thành viên|tư nhân|thương mại|dịch vụ|tm|dv|sx|sản xuất|và|&|-|–))*\s*",
    re.IGNORECASE,
)
SHORT: Final = 34
LANDS: Final = {
    "north": "terraces", "delta": "river", "coast": "coast", "south_coast": "coast", "highland": "homestay",
    "mekong": "river", "south_east": "homestay",
}  # fmt: skip
SKIES: Final = {
    "terraces": (
        (0.62, 0.72, 0.76),
        (0.80, 0.70, 0.56),
        (0.72, 0.74, 0.72),
        (0.78, 0.62, 0.54),
        (0.56, 0.68, 0.80),
    ),
    "homestay": ((0.66, 0.74, 0.76), (0.82, 0.71, 0.54), (0.74, 0.68, 0.66), (0.60, 0.71, 0.80)),
    "coast": ((0.60, 0.74, 0.82), (0.84, 0.68, 0.52), (0.74, 0.74, 0.76), (0.80, 0.62, 0.58)),
    "river": ((0.66, 0.76, 0.78), (0.83, 0.73, 0.55), (0.72, 0.70, 0.70), (0.58, 0.71, 0.80)),
}
FIELDS: Final = {
    "terraces": (("#86a044", "#6f9440", "#b8a04c", "#9aac54", "#7c9a4c"), ("#7a9a8a", "#8a9aa0", "#a8a088"), ("#6a4a2c", "#7a5a34", "#5a4a3a")),
    "homestay": (("#7f9a44", "#9aa84c", "#b8a85a", "#6f8f4a"), ("#7a9a86", "#8aa0a8", "#a89a80"), ("#8a5f34", "#6a4a2c", "#9a7a44")),
    "coast": (("#3a8a9a", "#4a9aa8", "#2f7a94", "#5aa0a0"), ("#6a8a84", "#7a8f9a", "#8a8a78"), ("#a83a24", "#2b5f93", "#3f7a5a", "#c98a2c")),
    "river": (("#6f9a3f", "#5f8a3a", "#8aa84a"), ("#8a9a78", "#7a9aa0", "#a89a70"), ("#e0902a", "#c8403a", "#d8b83a")),
}  # fmt: skip


def rows(name: str) -> list[Row]:
    """Read one of the lists of the demonstration."""
    read: list[Row] = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    return read


def provinces() -> dict[str, str]:
    """Name the provinces by their code."""
    said = json.loads((DATA / "places" / "provinces.json").read_text(encoding="utf-8"))
    return {one["code"]: one["name_vi"] for one in said["provinces"]}


def kinds() -> dict[int, str]:
    """Tell the kind of each row of the register, as it was curated."""
    out = {}
    for line in (DATA / "curation" / "products.psv").read_text(encoding="utf-8").splitlines():
        fields = line.split("|")
        if fields[0].isdigit() and fields[2]:
            out[int(fields[0])] = fields[2]
    return out


def short(name: str) -> str:
    """Leave the legal form out of a producer's name."""
    bare = FORMS.sub("", name).strip(" -–,")
    bare = bare or name
    if len(bare) <= SHORT:
        return bare[:1].upper() + bare[1:]
    cut = bare[: SHORT + 1].rsplit(" ", 1)[0]
    return cut[:1].upper() + cut[1:]


def plain(name: str) -> str:
    """Leave out what tells two products of one name apart."""
    return re.sub(r"\s*\([^)]*\)\s*$", "", name)


def look_for(said: Row, kind: str, number: int) -> Look:
    """Choose the scene of a product by its kind, and by a word of its name where the kind is broad."""
    name = said["name"]["vi"].lower()
    if said["category"] == "01":
        for word, look in OF_WORD:
            if re.search(rf"(^|\s){word}(\s|$)", name):
                return look
    options = OF_KIND[kind or OF_SET[said["category"]]]
    return compose.chosen(options, number, 3)


def _palette(key: str, region: str) -> tuple[str, Palette]:
    motif, palettes = REGIONS[region]
    return motif, palettes[number_of(key) % len(palettes)]


def products() -> Iterator[Plan]:
    """Plan the pictures of what is on sale."""
    names, kind_of = provinces(), kinds()
    makers = {one["key"]: one for one in rows("producers")}
    for said in rows("products"):
        if not said["listing"]:
            continue
        number = number_of(said["key"])
        region = OF_PROVINCE[said["province_code"]]
        maker = makers.get(said["producer"] or "")
        motif, palette = _palette(said["producer"] or said["key"], region)
        look = look_for(said, kind_of.get(said["row"], ""), number)
        style = number_of(f"style:{said['producer']}") % len(STYLES)
        yield Plan(
            said["key"],
            look.scene,
            look,
            Words(
                plain(said["name"]["vi"]),
                short(maker["name"]["vi"]) if maker else "",
                names[said["province_code"]],
            ),
            palette,
            motif,
            GROUNDS[compose.chosen(look.grounds, number, 2)],
            style,
            number,
            closer=look.scene not in CARDS and number % 32 == 0 and number % 3 > 0,
        )


def _sky(sky: Colour, number: int) -> Colour:
    """Give each landscape a sky of its own, a little off the chosen one."""
    red, green, blue = (0.9 + 0.2 * (number // each % 41) / 41 for each in (1, 43, 1777))
    return sky[0] * red, sky[1] * green, sky[2] * blue


def land(key: str, scene: str, region: str) -> Plan:
    """Plan a landscape."""
    number = number_of(key)
    a, b, c = FIELDS[scene]
    motif, palette = _palette(key, region)
    side = tuple(FIELDS_BETWEEN)[number // 5 % len(FIELDS_BETWEEN)]
    sky = SKIES[scene][number // 11 % len(SKIES[scene])]
    return Plan(
        key,
        scene,
        Look(scene, a, b, c, side=side),
        Words("", "", ""),
        palette,
        motif,
        _sky(sky, number),
        0,
        number,
    )


def villages() -> Iterator[Plan]:
    """Plan a picture for each village: a house on stilts in the hills, a coast, a river."""
    for said in rows("villages"):
        region = OF_PROVINCE[said["province_code"]]
        told = f"{said['name']['vi']} {said['known_for']['vi']}".lower()
        scene = LANDS[region]
        if re.search(r"biển|đảo|vịnh|chài|cồn cát", told):
            scene = "coast"
        elif re.search(r"homestay|nhà sàn|bản |buôn|làng văn hóa", told):
            scene = "homestay" if number_of(said["key"]) % 3 else "terraces"
        yield land(said["key"], scene, region)


def lands() -> Iterator[Plan]:
    """Plan a landscape for the producers of each province."""
    for code in sorted({one["province_code"] for one in rows("producers")}):
        region = OF_PROVINCE[code]
        yield land(f"province-{code}", LANDS[region], region)


def showrooms() -> Iterator[Plan]:
    """Plan a shelf for each showroom."""
    names = provinces()
    for said in rows("showrooms"):
        number = number_of(said["key"])
        motif, palette = _palette(said["key"], OF_PROVINCE[said["province_code"]])
        walls = ("#e9dcc0", "#cfd8c8", "#dcc8b0", "#c8d0d4", "#e0c8bc")
        look = Look("shelf", walls, (palette.accent,), (palette.deep,))
        words = Words(names[said["province_code"]], "Đặc sản có nguồn gốc", "Gian hàng")
        yield Plan(
            said["key"],
            "shelf",
            look,
            words,
            palette,
            motif,
            _sky(GROUNDS[compose.chosen(tuple(GROUNDS), number, 1)], number),
            0,
            number,
        )


def heroes(planned: list[Plan]) -> Iterator[Plan]:
    """Plan the three pictures of the home page."""
    for at, (scene, ground) in enumerate(
        (("honey_jar", "honey"), ("tin", "sage"), ("vase", "stone"))
    ):
        one = next(plan for plan in planned if plan.scene == scene)
        yield replace(one, key=f"home-{at + 1}", ground=GROUNDS[ground], number=one.number + 1)


def everything() -> dict[str, list[Plan]]:
    """Plan every picture, by the lists of the index."""
    sold = list(products())
    return {
        "products": sold,
        "villages": list(villages()),
        "showrooms": list(showrooms()),
        "provinces": list(lands()),
        "home": list(heroes(sold)),
    }
