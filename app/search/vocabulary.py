"""What people call the same thing: other regions' words and English, as data.

One line per thing. Words with marks are matched with their marks, so that ``lạc`` (peanut)
never brings in ``lắc`` (shake); a query typed without marks may still mean any of them.
"""

from typing import Final

GROUPS: Final[tuple[tuple[str, ...], ...]] = (
    ("trà", "chè", "tea"),
    ("lợn", "heo", "pork"),
    ("ngô", "bắp", "corn", "maize"),
    ("lạc", "đậu phộng", "đậu phụng", "peanut", "groundnut"),
    ("vừng", "mè", "sesame"),
    ("cà phê", "coffee"),
    ("mật ong", "honey"),
    ("nước mắm", "fish sauce"),
    ("gạo", "rice"),
    ("nếp", "sticky rice", "glutinous rice"),
    ("bún", "vermicelli"),
    ("miến", "glass noodle", "cellophane noodle"),
    ("mì", "noodle"),
    ("phở", "pho"),
    ("bánh tráng", "bánh đa", "rice paper"),
    ("tiêu", "hồ tiêu", "pepper"),
    ("hạt điều", "cashew"),
    ("mắc ca", "macca", "macadamia"),
    ("ca cao", "cacao", "cocoa"),
    ("sô cô la", "socola", "chocolate"),
    ("dừa", "coconut"),
    ("dứa", "thơm", "khóm", "pineapple"),
    ("bưởi", "pomelo", "grapefruit"),
    ("xoài", "mango"),
    ("sầu riêng", "durian"),
    ("nhãn", "longan"),
    ("vải", "vải thiều", "lychee", "litchi"),
    ("chuối", "banana"),
    ("thanh long", "dragon fruit"),
    ("mãng cầu", "na", "custard apple"),
    ("khoai lang", "sweet potato"),
    ("sắn", "khoai mì", "cassava"),
    ("nghệ", "turmeric"),
    ("gừng", "ginger"),
    ("tỏi", "garlic"),
    ("tỏi đen", "black garlic"),
    ("ớt", "chilli", "chili"),
    ("nấm", "mushroom"),
    ("đông trùng hạ thảo", "cordyceps"),
    ("nhân sâm", "sâm", "ginseng"),
    ("atiso", "actiso", "artichoke"),
    ("tổ yến", "yến sào", "bird nest"),
    ("muối", "salt"),
    ("đường thốt nốt", "palm sugar"),
    ("rượu", "wine", "liquor"),
    ("giấm", "dấm", "vinegar"),
    ("tôm", "shrimp", "prawn"),
    ("mực", "squid"),
    ("cua", "crab"),
    ("bò", "beef"),
    ("gà", "chicken"),
    ("vịt", "duck"),
    ("trứng", "egg"),
    ("giò", "chả lụa", "pork roll"),
    ("xúc xích", "lạp xưởng", "lạp xường", "sausage"),
    ("sen", "lotus"),
    ("lụa", "silk"),
    ("thổ cẩm", "brocade"),
    ("gốm", "pottery", "ceramic"),
    ("mây tre", "mây tre đan", "rattan", "bamboo rattan"),
    ("tre", "bamboo"),
    ("tinh dầu", "essential oil"),
    ("xà phòng", "xà bông", "soap"),
    ("quà tặng", "quà", "gift"),
    ("du lịch", "tourism", "travel"),
)

# Without marks these stand for too many other words to open their group.
AMBIGUOUS: Final[frozenset[str]] = frozenset(
    {"mi", "bo", "ga", "na", "me", "vai", "cua", "muoi", "nep", "thom", "sam", "gio", "qua", "tre"}
)

# Proper names in which a word does not mean the thing.
NAMES: Final[tuple[str, ...]] = (
    "trà vinh",
    "trà my",
    "trà bồng",
    "trà cú",
    "trà ôn",
    "trà lĩnh",
    "lạc thủy",
    "lạc sơn",
    "lạc dương",
    "sa đéc",
    "cao bằng",
)

# Words that a sentence needs and a search does not. Compared with their marks, never folded:
# a folded list would lose bản, thế, cua.
OPTIONAL_WORDS: Final[frozenset[str]] = frozenset(
    {"of", "and", "from", "with", "for", "the", "và", "của", "cho", "ở"}
)
