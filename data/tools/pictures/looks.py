"""Which scene shows which kind of goods, and in which colours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Look:
    """A scene with the colours of its parts a, b, c; more than one colour means a choice."""

    scene: str
    a: tuple[str, ...] = ()
    b: tuple[str, ...] = ()
    c: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ("honey", "wheat", "sand", "wood", "sage", "rose")
    side: str = ""


LIDS: Final = ("#7a2016", "#2f5d4a", "#24385b", "#b8862f", "#3a2a1e", "#8a4a1c")
PACKS: Final = ("",)  # coloured from the producer's palette
GREENS: Final = ("#4f8a34", "#5f9a3c", "#3f7a3a")
WARM: Final = ("honey", "wheat", "sand", "clay")
COOL: Final = ("sage", "mint", "mist", "stone")
ANY: Final = ("honey", "wheat", "sand", "sage", "rose", "mint", "mist", "wood")
TEA: Final = ("sage", "mint", "wheat", "sand", "stone")


def _jar(*content: str, grounds: tuple[str, ...] = ANY) -> tuple[Look, ...]:
    return (Look("low_jar", content, LIDS, grounds=grounds),)


def _spice(*content: str) -> tuple[Look, ...]:
    return (Look("spice_jar", content, grounds=ANY),)


def _pouch(scene: str, *pieces: str, grounds: tuple[str, ...] = ANY) -> tuple[Look, ...]:
    return (Look(scene, pieces, grounds=grounds),)


def _carton(sachet: str = "#e8dcc0") -> tuple[Look, ...]:
    return (Look("carton", PACKS, (sachet,), grounds=ANY),)


OF_KIND: Final[dict[str, tuple[Look, ...]]] = {
    # fresh
    "freshmush": (
        Look("mushrooms", ("#d9c9a8", "#8a5f3c", "#efe6d2"), ("#efe6d2",), grounds=COOL),
    ),
    "berry": (Look("small_fruit", ("#3a1024", "#54142e"), GREENS, grounds=ANY),),
    "seagrape": (Look("small_fruit", ("#4f8f3a",), GREENS, grounds=("mist", "mint", "sand")),),
    "citrus": (Look("fruit_basket", ("#e08a1e", "#d9a02a", "#7f9a2c"), GREENS, grounds=COOL),),
    "plantain": (Look("long_fruit", ("#7f9a36", "#a8a83c"), grounds=WARM),),
    "banana": (Look("long_fruit", ("#e6bf3a",), grounds=COOL),),
    "tropical": (
        Look(
            "fruit_basket",
            ("#7a2a3a", "#c43a2c", "#d9a83a", "#b58a4a", "#8aa05a"),
            GREENS,
            grounds=ANY,
        ),
    ),
    "temperate": (Look("fruit_basket", ("#b8b04a", "#8a2438", "#a8243a"), GREENS, grounds=ANY),),
    "pomelo": (Look("big_fruit", ("#9aa83c", "#b8b04a"), GREENS, grounds=WARM),),
    "macapuno": (Look("big_fruit", ("#7a8a3c", "#6b5a34"), GREENS, grounds=COOL),),
    "dragon": (Look("dragon_fruit", ("#c8305a",), ("#7f9a3c",), grounds=COOL),),
    "veg": (
        Look(
            "greens",
            ("#3f7a34", "#5f9a3a", "#2f6238"),
            ("#b8cc8a", "#9aba6a"),
            ("#f2e6cf",),
            grounds=ANY,
        ),
    ),
    "bamboofresh": (Look("spears", ("#d8c48a",), ("#8a9a4a",), grounds=COOL),),
    "egg": (Look("eggs", ("#d9a878", "#e9d9c0", "#cfd8cc"), grounds=ANY),),
    "eggroast": (Look("eggs", ("#a8642f",), grounds=COOL),),
    "pork": (Look("tray_pack", ("#c8685a", "#b85548"), PACKS, grounds=COOL),),
    "chicken": (Look("tray_pack", ("#e3b87a",), PACKS, grounds=COOL),),
    "fish": (Look("tray_pack", ("#b08a78",), PACKS, grounds=COOL),),
    # grain and noodles
    "rice": (Look("rice_bag", ("#f0e9d8",), grounds=ANY),),
    "sticky": (Look("rice_bag", ("#f4efe2",), grounds=ANY),),
    "com": (Look("rice_bag", ("#9aae5a",), grounds=WARM),),
    "drynoodle": (Look("noodle_bundle", ("#efe3c4", "#d8c49a", "#c9b48a"), PACKS, grounds=ANY),),
    "freshnoodle": (Look("noodle_bundle", ("#f5f0e4",), PACKS, grounds=COOL),),
    "ricepaper": (Look("rice_paper", ("#f2e9d4", "#e9dcc0"), grounds=ANY),),
    "banhchung": (Look("leaf_cake", ("#4a6b2a",), ("#d8c078",), grounds=WARM),),
    "ricesnack": _pouch("flat_pouch", "#ead9b0", "#d9b478", "#f0c860"),
    "cereal": (
        Look("low_jar", ("#b89866",), LIDS, grounds=ANY),
        Look("powder_pouch", ("#c9ad7c",), grounds=ANY),
    ),
    "bar": (Look("tea_box", PACKS, PACKS, grounds=ANY),),
    "malt": _jar("#a8621c"),
    # honey and nest
    "honey": (Look("honey_jar", ("#b8701a", "#a85a14", "#c98a24"), grounds=WARM),),
    "honeystingless": (Look("honey_jar", ("#8a4512",), grounds=WARM),),
    "nectar": (Look("honey_jar", ("#7a3a10",), grounds=WARM),),
    "nest": (Look("gift_box", PACKS, PACKS, grounds=ANY),),
    "neststew": (Look("nest_jars", ("#e6d3a4",), grounds=ANY),),
    "nestdrink": (Look("nest_jars", ("#dfc48a", "#c9a050"), grounds=ANY),),
    # processed fruit, nuts, sweets
    "macadamia": _pouch("nut_pouch", "#7a4a2a", "#8a5a34"),
    "cashew": _pouch("nut_pouch", "#d9b888", "#c99a62"),
    "cashewraw": _pouch("nut_pouch", "#e6d6b8"),
    "lotusseed": _pouch("nut_pouch", "#e8dcc0"),
    "freezefruit": _pouch("dried_pouch", "#e8c84a", "#d9703a", "#efdc9a"),
    "crispyfruit": _pouch("dried_pouch", "#e9dfc4"),
    "softfruit": _pouch("dried_pouch", "#c9822a", "#a84a2a", "#d9a83a", "#8a3a3a", "#b5603a"),
    "chips": _pouch("flat_pouch", "#e0b04a", "#d98a3a", "#6a3a6a", "#e6c46a"),
    "seagrape2": _pouch("flat_pouch", "#4f8f3a", grounds=COOL),
    "candiedfruit": (Look("cake_box", PACKS, ("#c98a34", "#e9dcc0", "#b5603a"), grounds=ANY),),
    "candy": (Look("stand_box", PACKS, ("#e9dcc0", "#9ac06a", "#7a4a2a", "#e0b04a"), grounds=ANY),),
    "nutcandy": (
        Look("stand_box", PACKS, ("#c9923f", "#d9b878", "#a86a2c"), grounds=ANY),
        Look("cake_box", PACKS, ("#c9923f", "#b8803a"), grounds=ANY),
    ),
    "candycay": (Look("cake_box", PACKS, ("#d98a3a", "#e0a850"), grounds=ANY),),
    "cake": (Look("cake_box", PACKS, ("#d9b04a", "#c98a4a", "#e6d09a"), grounds=ANY),),
    "beancake": (Look("cake_box", PACKS, ("#d8c05a", "#b8c06a", "#e0cf8a"), grounds=ANY),),
    "cracker": (Look("cake_box", PACKS, ("#d9a85a",), grounds=ANY),),
    "beanpowder": _pouch("powder_pouch", "#dccb84"),
    "turmeric": (
        Look("spice_jar", ("#e09a1c", "#d98a14"), grounds=COOL),
        Look("powder_pouch", ("#e0981c",), grounds=COOL),
    ),
    "kudzu": _pouch("powder_pouch", "#f2eee4"),
    "drymush": _pouch("dried_mushrooms", "#6a4a30"),
    "drybamboo": _pouch("dried_pouch", "#c9a86a", "#b8905a"),
    "oil": (
        Look(
            "oil_bottle",
            ("#d9a01c", "#c98a14", "#a86a14"),
            LIDS,
            ("#c99a62", "#2a221c", "#d9b888"),
            grounds=ANY,
        ),
    ),
    "peanutbutter": _jar("#b8783a"),
    "pickle": _jar("#c9b04a", "#b8a86a", "#a8a03a", "#d9a04a"),
    "kimchi": _jar("#c0421f"),
    "macapunoshred": _jar("#f0ece0"),
    "garlicext": _jar("#1e1410"),
    "blackgarlic": (
        Look("gift_box", PACKS, PACKS, grounds=ANY),
        Look("garlic", ("#2a1c16",), grounds=WARM),
    ),
    "sweetsoup": (Look("tub", PACKS, PACKS, grounds=COOL),),
    "icecream": (Look("tub", PACKS, PACKS, grounds=("mist", "mint", "rose", "sand")),),
    "yoghurt": (Look("tub", ("#f2ede2",), PACKS, grounds=("mist", "mint", "rose")),),
    "frozenpulp": (Look("tub", ("#e8b03a",), PACKS, grounds=COOL),),
    "freezeyog": _pouch("flat_pouch", "#f0e6b0", grounds=COOL),
    "cocosugar": _pouch("powder_pouch", "#a8703a"),
    # meat and fish
    "dryfrog": (Look("meat_pouch", ("#b8804a",), grounds=COOL),),
    "dryfish": (Look("fish_tray", ("#a88a6a",), grounds=COOL),),
    "drymeat": (Look("meat_pouch", ("#7a2418",), grounds=WARM),),
    "smoked": (Look("meat_pouch", ("#8a3a24",), grounds=WARM),),
    "fishskin": _pouch("flat_pouch", "#d9a84a", grounds=COOL),
    "cricket": _spice("#7a4a22"),
    "sausage": (Look("sausage_pack", ("#a8342a", "#b8563a"), grounds=WARM),),
    "roll": (Look("sausage_pack", ("#d9c4a0",), grounds=COOL),),
    "nem": (Look("leaf_cake", ("#3f6a2f",), ("#c8505a",), grounds=WARM),),
    "floss": (Look("low_jar", ("#c98f4a",), LIDS, grounds=ANY),),
    "readymeat": (Look("tray_pack", ("#8a4420",), PACKS, grounds=COOL),),
    "fermfish": _jar("#8a5a34", "#a8623a", "#9a4a3a", "#7a4a30"),
    # liquids and seasonings
    "fishsauce": (
        Look(
            "tall_bottle",
            ("#7a2c0c", "#8a3a10", "#5f1f0a", "#9a4a14"),
            LIDS,
            grounds=("clay", "honey", "sand", "mist", "rose", "wheat"),
        ),
    ),
    "soysauce": (Look("tall_bottle", ("#3a1a0e", "#5a3016"), LIDS, grounds=ANY),),
    "dip": (
        Look("tall_bottle", ("#8a5a4a", "#9a6a50"), LIDS, grounds=ANY),
        Look("low_jar", ("#8a5a4a",), LIDS, grounds=ANY),
    ),
    "chilli": (Look("tall_bottle", ("#b8261a",), LIDS, grounds=COOL),),
    "shrimppaste": _jar("#6a3a44", "#8a4a4a", "#a85a44"),
    "pepper": _spice("#2a221c", "#9a3a2a", "#d9cdb4"),
    "pepperfreeze": _spice("#4a5a2a"),
    "chillisalt": _spice("#c8502a", "#d9783a", "#b8a070"),
    "seasalt": _spice("#f0ece4", "#cfc8c0", "#e8e4dc"),
    "garlic": (Look("garlic", ("#efe6da", "#e6d6d0"), grounds=COOL),),
    # tea and coffee
    "greentea": (
        Look("tin", PACKS, ("#a8a03a",), grounds=TEA),
        Look("pouch", ("#3a4a22",), grounds=TEA),
    ),
    "premtea": (
        Look("tin", PACKS, ("#b8a83c",), grounds=TEA),
        Look("tea_cake", ("#3a4422",), ("#b89a3a",), grounds=TEA),
    ),
    "blacktea": (Look("tin", PACKS, ("#8a3410",), grounds=WARM),),
    "teabag": (Look("tea_box", PACKS, PACKS, grounds=TEA),),
    "flowertea": (Look("tin", PACKS, ("#c9b45a",), grounds=("rose", "mint", "sand")),),
    "instanttea": (Look("carton", PACKS, PACKS, grounds=ANY),),
    "herbtea": (
        Look("tea_box", PACKS, PACKS, grounds=ANY),
        Look("carton", PACKS, PACKS, grounds=ANY),
        Look("tin", PACKS, ("#b87a2a",), grounds=ANY),
    ),
    "coffee": (
        Look(
            "pouch",
            ("#2a150c", "#34190e"),
            grounds=("wood", "honey", "sand", "sage", "clay", "mist"),
        ),
    ),
    "cocoa": _pouch("powder_pouch", "#4a2414"),
    "instant": (Look("carton", PACKS, PACKS, grounds=WARM),),
    "instantcocoa": (Look("carton", PACKS, ("#4a2414",), grounds=WARM),),
    # drinks
    "infused": (
        Look("spirit_bottle", ("#b8701c", "#a85a1a", "#7a2a1a", "#c99a3a"), LIDS, grounds=ANY),
        Look("gourd_bottle", ("#5a2a16", "#2f4a3a", "#6a1f18"), ("#a8231a",), grounds=ANY),
    ),
    "spirit": (
        Look("gourd_bottle", ("#e6e0d0", "#2f4a5a"), ("#a8231a",), grounds=WARM),
        Look("spirit_bottle", ("#d8dcd4",), LIDS, grounds=COOL),
    ),
    "wine": (Look("spirit_bottle", ("#2a0814",), ("#5a1020",), grounds=("rose", "plum", "sand")),),
    "syrup": (Look("spirit_bottle", ("#3a0c22",), ("#7a2a4a",), grounds=("rose", "mint")),),
    "water": (
        Look(
            "water_bottle",
            ("#a8c8d0", "#b4d0cc", "#9ac0d4"),
            ("#2b5f93", "#1f6f70", "#c8d8dc"),
            grounds=("mist", "stone", "mint", "sand"),
        ),
    ),
    # herbal
    "extract": (Look("low_jar", ("#241812", "#2f1f14"), LIDS, grounds=ANY),),
    "supplement": (
        Look(
            "capsule_jar",
            ("#f4f1ea", "#e8e2d4"),
            ("#2f5d4a", "#b8862f", "#24385b"),
            ("#d98a1c", "#2f6b4c", "#c8502a"),
            grounds=ANY,
        ),
    ),
    "herbal": (
        Look("carton", PACKS, PACKS, grounds=ANY),
        Look("gift_box", PACKS, PACKS, grounds=ANY),
    ),
    "cordydry": (Look("cordyceps", PACKS, ("#d9822a",), grounds=ANY),),
    "cordyfresh": (Look("cordyceps", PACKS, ("#e08a2a",), grounds=COOL),),
    "cordyhoney": (Look("honey_jar", ("#a8581a",), grounds=WARM),),
    "lingzhi": _pouch("dried_mushrooms", "#7a2f1a"),
    "essoil": (
        Look(
            "slim_bottle", ("#5a2c10", "#2f3a1c"), ("#1e1a18", "#3a2a1e"), ("#7a4422",), grounds=ANY
        ),
    ),
    "cleaner": (Look("cleaner_bottle", ("#cfd89a",), ("#4f7a3a",), ("#e8dcc0",), grounds=COOL),),
    "dishwash": (Look("cleaner_bottle", ("#e8c85a",), ("#2f6b4c",), ("#b8ccb0",), grounds=COOL),),
    "soap": (
        Look(
            "soap_bars",
            ("#d9cfa8", "#c9d0a8", "#e0b89a"),
            PACKS,
            GREENS,
            grounds=("rose", "mint", "sand"),
        ),
    ),
    # crafts
    "vase": (
        Look("vase", side="blue", grounds=("stone", "sand", "mist", "clay")),
        Look("tall_vase", side="blue", grounds=("stone", "sage", "sand", "rose")),
    ),
    "ceramicset": (Look("tableware", ("#7a9a86",), side="glaze", grounds=("sand", "rose")),),
    "lamp": (Look("lamp", ("#a8763a", "#8a5a2c"), ("#f6e2b4",), grounds=("dusk", "plum", "wood")),),
    "lantern": (
        Look("lantern", ("#b8281e",), ("#e0a52f",), ("#d9a03a",), grounds=("dusk", "sage")),
    ),
    "craft": (
        Look("carving", ("#7a4524", "#5a3018"), ("#8a5630",), grounds=("sand", "sage", "mist")),
    ),
    "basket": (Look("basket", ("#b8863f",), ("#a8321f",), grounds=("sage", "mist")),),
    "statue": (Look("carving", ("#4a2a18",), ("#5f3a20",), grounds=("wheat", "stone")),),
    "bracelet": (Look("beads", ("#4a2414",), ("#7a1f2a",), ("#c99a3a",), grounds=("sand",)),),
    "incense": (Look("incense", ("#8a4a22",), ("#a8231a",), grounds=("wheat", "sage")),),
    "painting": (Look("lacquer", ("#3a2012",), side="picture", grounds=("sand", "mist")),),
    "utensil": (Look("utensils", ("#a8703a",), grounds=("sage", "mist")),),
    "sarong": (Look("brocade", ("#4a1f3a",), side="cloth", grounds=("wheat", "sage")),),
    "throw": (
        Look("folded_cloth", ("#7a2016",), ("#e3a63a",), side="cloth", grounds=("sand", "mist")),
    ),
    "tableset": (Look("brocade", ("#24385b",), side="cloth", grounds=("sand", "rose")),),
    "quilt": (
        Look("folded_cloth", ("#f0e8d8",), ("#e0d0b4",), side="cloth", grounds=("rose", "mist")),
    ),
    # plants and animals
    "bonsai": (
        Look(
            "bonsai",
            ("#7a3a22", "#2f4a5a", "#5a5a4a", "#8a5630"),
            ("#3f6a2c", "#4f7a30"),
            ("#e8b81c", "#f2ece0", "#d9708a", "#e8a0b0"),
            grounds=("sand", "mist", "sage", "rose"),
        ),
    ),
    "orchid": (
        Look(
            "orchid",
            ("#e8e0d0", "#2f4a5a"),
            ("#b85a9a", "#f0e6ea"),
            ("#e0b040",),
            grounds=("mint", "sand"),
        ),
    ),
    "pet": (Look("fish_bowl", ("#d9541c",), grounds=("mist", "sand")),),
}

# names that are told apart by a word although their kind is one
OF_WORD: Final[tuple[tuple[str, Look], ...]] = (
    ("cà rốt", Look("spears", ("#d9701c",), GREENS, grounds=COOL)),
    ("măng tây", Look("spears", ("#5f8a34",), ("#4a7a30",), grounds=WARM)),
    ("khổ qua", Look("gourds", ("#6a9a3c",), GREENS, grounds=WARM)),
    ("nấm đùi gà", Look("mushrooms", ("#c9a878",), ("#f2ead8",), grounds=COOL)),
    ("măng cụt", Look("fruit_basket", ("#4a1a2a",), GREENS, grounds=ANY)),
    ("chôm chôm", Look("fruit_basket", ("#c0301f",), GREENS, grounds=COOL)),
    ("nhãn", Look("small_fruit", ("#c9a05a",), GREENS, grounds=COOL)),
    ("xoài", Look("fruit_basket", ("#e0a82a",), GREENS, grounds=COOL)),
    ("mãng cầu", Look("fruit_basket", ("#8aa84a",), GREENS, grounds=WARM)),
    ("quả mận", Look("small_fruit", ("#7a1830",), GREENS, grounds=ANY)),
    ("táo tươi", Look("fruit_basket", ("#a8b04a",), GREENS, grounds=ANY)),
    ("lê", Look("fruit_basket", ("#b8964a",), GREENS, grounds=ANY)),
)
# a set whose products have no kind in the curated list
OF_SET: Final = {
    "01": "tropical",
    "02": "pork",
    "03": "rice",
    "04": "honey",
    "05": "sweetsoup",
    "06": "drynoodle",
    "07": "softfruit",
    "08": "drymeat",
    "09": "fishsauce",
    "10": "pepper",
    "11": "greentea",
    "12": "herbtea",
    "13": "coffee",
    "14": "spirit",
    "15": "infused",
    "16": "water",
    "17": "nestdrink",
    "18": "herbal",
    "19": "soap",
    "20": "essoil",
    "21": "vase",
    "22": "throw",
    "23": "orchid",
    "24": "bonsai",
    "25": "pet",
    "26": "craft",
}

# how much of a label's width may carry words: the rest bends out of sight
SAFE: Final = {
    "tin": 0.27,
    "honey_jar": 0.72,
    "low_jar": 0.74,
    "spice_jar": 0.62,
    "nest_jars": 0.64,
    "capsule_jar": 0.6,
    "tall_bottle": 0.6,
    "oil_bottle": 0.6,
    "slim_bottle": 0.6,
    "spirit_bottle": 0.6,
    "gourd_bottle": 0.84,
    "water_bottle": 0.58,
    "cleaner_bottle": 0.72,
    "tub": 0.72,
    "tea_cake": 0.66,
    "noodle_bundle": 0.86,
    "incense": 0.86,
    "pouch": 0.78,
    "nut_pouch": 0.78,
    "dried_pouch": 0.78,
    "powder_pouch": 0.78,
    "dried_mushrooms": 0.78,
    "rice_bag": 0.76,
    "flat_pouch": 0.8,
    "meat_pouch": 0.8,
    "sausage_pack": 0.8,
    "gift_box": 0.8,
}
CARDS: Final = frozenset(
    {
        "fruit_basket",
        "small_fruit",
        "big_fruit",
        "long_fruit",
        "dragon_fruit",
        "greens",
        "spears",
        "gourds",
        "mushrooms",
        "garlic",
        "eggs",
        "fish_tray",
        "vase",
        "tall_vase",
        "tableware",
        "brocade",
        "folded_cloth",
        "basket",
        "lamp",
        "lantern",
        "carving",
        "utensils",
        "lacquer",
        "beads",
        "bonsai",
        "orchid",
        "fish_bowl",
        "leaf_cake",
        "shelf",
    }
)
