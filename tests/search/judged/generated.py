"""Made-up products by the thousand, varied enough to judge a search; the same seed makes the same ones."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from app.search.documents import SearchDocument
from tests.search.judged.real import category_line, communes, place_names, provinces_before

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MANY: Final = 20_000
SEED: Final = 20_260
PRODUCTS_EACH: Final = 6
LISTED_SHARE: Final = 0.92
MODIFIED_SHARE: Final = 0.55
PLACED_SHARE: Final = 0.3
GIFT_SHARE: Final = 0.04
STARS: Final = (0, 0, 0, 3, 3, 3, 4, 4, 5)
EPOCH: Final = int(datetime(2024, 1, 1, tzinfo=UTC).timestamp())
SINCE, UNTIL = date(2025, 6, 1), date(2028, 6, 1)

MODIFIERS: Final = (
    ("hữu cơ", "organic"),
    ("đặc biệt", "special"),
    ("cao cấp", "premium"),
    ("truyền thống", "traditional"),
    ("thượng hạng", "superior"),
    ("nhà làm", "homemade"),
    ("loại một", "first grade"),
    ("vị gừng", "with ginger"),
    ("vị mật ong", "with honey"),
    ("vị cay", "spicy"),
    ("ít đường", "low sugar"),
    ("mùa mới", "new season"),
)
BRANDS: Final = (
    "Minh An", "Tâm Phúc", "Hải Minh", "Ngọc Thảo", "Quý Thu", "Lê Gia", "Đức Phong", "Hoàng Anh",
    "Bảo Châu", "Thiên Đức", "Phú Thịnh", "Xuân Kim", "Thanh Bình", "Út Lan", "Cô Hiển", "Bà Sáu",
    "Nắng Vàng", "Suối Ngọc", "Mây Ngàn", "Đồng Xanh", "Rừng Thông", "Sông Quê", "Hương Quê",
    "Đất Lành", "Gió Mới", "Hạt Vàng", "Việt Hoàng", "Kim Ngân", "Tuấn Tú", "Vạn Linh", "Trí Sơn",
    "Long Hải", "Mơ Nông", "Tân Nhiên", "Đông Phát", "Hùng Dung", "Sáu Ri", "Năm Dừa", "Bảy Muôn",
    "Chín Táo",
)  # fmt: skip
MAKERS: Final = (
    ("Hợp tác xã", "Cooperative"),
    ("HTX nông nghiệp", "Agricultural Cooperative"),
    ("Công ty TNHH", "Co., Ltd."),
    ("Công ty Cổ phần", "JSC"),
    ("Hộ kinh doanh", "household business"),
    ("Tổ hợp tác", "cooperative group"),
    ("Cơ sở sản xuất", "workshop"),
)
# Other goods that a description speaks of: what it says is not what the product is.
SIDES: Final = (
    ("ăn kèm bánh tráng và rau sống", "serve with rice paper and greens"),
    ("thêm một thìa mật ong nếu thích ngọt", "add a spoonful of honey if you like it sweet"),
    ("uống cùng trà nóng", "enjoy it with hot tea"),
    ("chấm nước mắm tỏi ớt", "dip in fish sauce with garlic and chilli"),
    ("hợp với cơm gạo mới", "good with newly harvested rice"),
    ("rắc muối tiêu trước khi dùng", "sprinkle with salt and pepper before use"),
    ("để nơi khô ráo, thoáng mát", "keep in a cool, dry place"),
    ("gói trong hộp giấy, tiện mang đi xa", "packed in a paper box that travels well"),
)


class Kind(NamedTuple):
    """What a product is: names, set, and what it costs."""

    vi: str
    en: str
    set_code: str
    least: int
    greatest: int


def kinds() -> list[Kind]:
    """Read what is made."""
    text = (Path(__file__).parent / "types.tsv").read_text(encoding="utf-8")
    cells = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return [Kind(vi, en, code, int(low), int(high)) for vi, en, code, low, high in cells]


def generated_documents(count: int = MANY, seed: int = SEED) -> Iterator[SearchDocument]:
    """Make products up, one after the other."""
    made, places = kinds(), list(communes().values())
    for number in range(1, count + 1):
        yield _document(number, seed, made, places)


def _document(
    number: int, seed: int, made: list[Kind], places: Sequence[Mapping[str, str]]
) -> SearchDocument:
    maker = number // PRODUCTS_EACH
    # The goods of one maker share its place and its brand, so these follow from the maker alone.
    home = random.Random(f"{seed}:maker:{maker}")  # noqa: S311 - no secret, and repeatable
    commune, brand = home.choice(places), home.choice(BRANDS)
    form_vi, form_en = home.choice(MAKERS)
    chance = random.Random(f"{seed}:product:{number}")  # noqa: S311
    kind = chance.choice(made)
    name_vi, name_en = kind.vi, kind.en
    if chance.random() < MODIFIED_SHARE:
        vi, en = chance.choice(MODIFIERS)
        name_vi = f"{name_vi} {vi}"
        name_en = f"{name_en} {en}" if en.startswith("with") else f"{en} {name_en}"
    if chance.random() < GIFT_SHARE:
        name_vi, name_en = f"Hộp quà tặng {name_vi[:1].lower()}{name_vi[1:]}", f"{name_en} gift set"
    if chance.random() < PLACED_SHARE:
        name_vi, name_en = f"{name_vi} {commune['name_vi']}", f"{commune['name_vi']} {name_en}"
    else:
        name_vi, name_en = f"{name_vi} {brand}", f"{brand} {name_en}"
    side_vi, side_en = chance.choice(SIDES)
    codes, labels = category_line(kind.set_code)
    is_listed = chance.random() < LISTED_SHARE
    stars = chance.choice(STARS)
    price = chance.randrange(kind.least, kind.greatest + 1_000, 1_000)
    return SearchDocument(
        product_id=number,
        name_vi=name_vi,
        name_en=name_en[:1].upper() + name_en[1:],
        producer=f"{form_vi} {brand} {commune['name_vi']} {brand} {commune['name_vi']} {form_en}",
        place=place_names(commune["province_code"], commune["code"]),
        former_provinces=provinces_before(commune["province_code"], commune["code"]),
        category=labels,
        description_vi=f"Từ {commune['full_name_vi']}: {kind.vi[:1].lower()}{kind.vi[1:]}, {side_vi}.",
        description_en=f"From {commune['full_name_en']}: {kind.en}; {side_en}.",
        province_code=commune["province_code"],
        category_codes=codes,
        producer_id=maker + 1,
        stars=stars,
        stars_from=SINCE if stars else None,
        stars_until=UNTIL if stars else None,
        price=price if is_listed else None,
        listed_at=EPOCH + chance.randrange(80_000_000) if is_listed else 0,
        popularity=chance.randrange(1_001) if is_listed else 0,
    )
