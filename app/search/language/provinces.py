"""The provinces of today and of before July 2025, by every name that people type, as plain data.

Source of names, codes and mergers: data/places/provinces.json (a test compares them).
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

from app.search.language.tokens import folded_word, same, words


@dataclass(frozen=True, slots=True)
class Place:
    """A place as somebody typed it: the code of its province, which is one of before when `former`."""

    code: str
    name: str
    former: str = ""
    is_town: bool = False


# code, name today, the former provinces that went into it
PROVINCES: Final[tuple[tuple[str, str, tuple[str, ...]], ...]] = (
    ("01", "Hà Nội", ("Hà Nội",)),
    ("04", "Cao Bằng", ("Cao Bằng",)),
    ("08", "Tuyên Quang", ("Hà Giang", "Tuyên Quang")),
    ("11", "Điện Biên", ("Điện Biên",)),
    ("12", "Lai Châu", ("Lai Châu",)),
    ("14", "Sơn La", ("Sơn La",)),
    ("15", "Lào Cai", ("Lào Cai", "Yên Bái")),
    ("19", "Thái Nguyên", ("Bắc Kạn", "Thái Nguyên")),
    ("20", "Lạng Sơn", ("Lạng Sơn",)),
    ("22", "Quảng Ninh", ("Quảng Ninh",)),
    ("24", "Bắc Ninh", ("Bắc Giang", "Bắc Ninh")),
    ("25", "Phú Thọ", ("Hòa Bình", "Phú Thọ", "Vĩnh Phúc")),
    ("31", "Hải Phòng", ("Hải Dương", "Hải Phòng")),
    ("33", "Hưng Yên", ("Hưng Yên", "Thái Bình")),
    ("37", "Ninh Bình", ("Hà Nam", "Nam Định", "Ninh Bình")),
    ("38", "Thanh Hóa", ("Thanh Hóa",)),
    ("40", "Nghệ An", ("Nghệ An",)),
    ("42", "Hà Tĩnh", ("Hà Tĩnh",)),
    ("44", "Quảng Trị", ("Quảng Bình", "Quảng Trị")),
    ("46", "Huế", ("Huế",)),
    ("48", "Đà Nẵng", ("Đà Nẵng", "Quảng Nam")),
    ("51", "Quảng Ngãi", ("Quảng Ngãi", "Kon Tum")),
    ("52", "Gia Lai", ("Bình Định", "Gia Lai")),
    ("56", "Khánh Hòa", ("Khánh Hòa", "Ninh Thuận")),
    ("66", "Đắk Lắk", ("Phú Yên", "Đắk Lắk")),
    ("68", "Lâm Đồng", ("Bình Thuận", "Đắk Nông", "Lâm Đồng")),
    ("75", "Đồng Nai", ("Bình Phước", "Đồng Nai")),
    ("79", "Hồ Chí Minh", ("Bình Dương", "Bà Rịa - Vũng Tàu", "Hồ Chí Minh")),
    ("80", "Tây Ninh", ("Tây Ninh", "Long An")),
    ("82", "Đồng Tháp", ("Tiền Giang", "Đồng Tháp")),
    ("86", "Vĩnh Long", ("Bến Tre", "Trà Vinh", "Vĩnh Long")),
    ("91", "An Giang", ("An Giang", "Kiên Giang")),
    ("92", "Cần Thơ", ("Cần Thơ", "Hậu Giang", "Sóc Trăng")),
    ("96", "Cà Mau", ("Bạc Liêu", "Cà Mau")),
)
# Other spellings and short forms, by the name they stand for. What could mean two is left out (đn, qn).
ALIASES: Final[dict[str, tuple[str, ...]]] = {
    "Hà Nội": ("hn",),
    "Hồ Chí Minh": ("hcm", "tphcm", "tp hcm", "hcmc", "sài gòn", "sg"),
    "Huế": ("thừa thiên huế", "tt huế", "tth", "thừa thiên"),
    "Bà Rịa - Vũng Tàu": ("brvt", "bà rịa", "vũng tàu", "br vt"),
    "Đắk Lắk": ("đắc lắc", "đăk lăk", "đak lak", "đắk lak", "darlac"),
    "Đắk Nông": ("đắc nông", "đăk nông", "đak nông"),
    "Bắc Kạn": ("bắc cạn", "bắc kan"),
    "Kon Tum": ("kontum", "công tum"),
    "Quảng Ngãi": ("quãng ngãi",),
    "Sóc Trăng": ("sóc trang",),
}
# Towns, islands and mountains that people name when they mean the land around them.
TOWNS: Final[dict[str, tuple[str, ...]]] = {
    "01": ("Bát Tràng", "Ba Vì", "Hà Đông"),
    "08": ("Đồng Văn", "Mèo Vạc", "Hoàng Su Phì", "Na Hang"),
    "11": ("Mường Phăng", "Tủa Chùa"),
    "14": ("Mộc Châu",),
    "15": ("Sa Pa", "Bắc Hà", "Mù Cang Chải", "Si Ma Cai"),
    "19": ("Tân Cương", "Ba Bể"),
    "22": ("Hạ Long", "Móng Cái", "Cô Tô", "Bình Liêu"),
    "25": ("Mai Châu", "Tam Đảo"),
    "31": ("Cát Bà", "Đồ Sơn"),
    "44": ("Phong Nha", "Khe Sanh"),
    "48": ("Hội An",),
    "51": ("Măng Đen", "Sa Huỳnh"),
    "52": ("Quy Nhơn", "Qui Nhơn", "Pleiku"),
    "56": ("Nha Trang", "Cam Ranh", "Phan Rang"),
    "66": ("Buôn Ma Thuột", "Buôn Mê Thuột", "Tuy Hòa"),
    "68": ("Đà Lạt", "Phan Thiết", "Bảo Lộc", "Gia Nghĩa"),
    "79": ("Côn Đảo", "Cần Giờ"),
    "82": ("Mỹ Tho", "Gò Công", "Sa Đéc"),
    "91": ("Phú Quốc", "Hà Tiên", "Rạch Giá", "Châu Đốc"),
}
BEFORE_A_NAME: Final = frozenset({"tỉnh", "tinh", "tp", "thành phố", "thanh pho", "t p"})
AFTER_A_NAME: Final = frozenset({"province", "city"})
# A fruit, when it is written in one.
_NOT_JOINED: Final = frozenset({"longan"})
_LONGEST: Final = 4

_Table = dict[str, list[tuple[tuple[str, ...], Place]]]


def place_at(typed: list[str], start: int) -> tuple[int, int, int, Place] | None:
    """Find the province named here: begin and end of its name, the end of all that says it, which."""
    first = start
    for length in (2, 1):
        if " ".join(typed[start : start + length]) in BEFORE_A_NAME:
            first = start + length
            break
    for length in range(min(_LONGEST, len(typed) - first), 0, -1):
        span = tuple(typed[first : first + length])
        for name, place in _table().get(" ".join(map(folded_word, span)), ()):
            if same(span, name):
                last = first + length
                said_after = last < len(typed) and typed[last] in AFTER_A_NAME
                return first, last, last + said_after, place
    return None


def place_words() -> dict[str, tuple[str, ...]]:
    """Give every province of today and before with its name in words, to mend what is mistyped."""
    return {place.name: tuple(words(place.name)) for place in _places()}


def _places() -> list[Place]:
    today = [Place(code, name) for code, name, _formers in PROVINCES]
    names = {place.name for place in today}
    return today + [
        Place(code, former, former)
        for code, _name, formers in PROVINCES
        for former in formers
        if former not in names
    ]


@cache
def _table() -> _Table:
    table: _Table = {}
    for place in _places():
        for text in (place.name, *ALIASES.get(place.name, ())):
            name = tuple(words(text))
            key = [folded_word(word) for word in name]
            table.setdefault(" ".join(key), []).append((name, place))
            joined = "".join(key)
            if len(name) > 1 and joined not in _NOT_JOINED:
                table.setdefault(folded_word(joined), []).append(((joined,), place))
    for code, towns in TOWNS.items():
        for town in towns:
            name = tuple(words(town))
            folded = " ".join(map(folded_word, name))
            table.setdefault(folded, []).append((name, Place(code, town, is_town=True)))
    return table
