"""For whom and for when a gift is: said beside a word for gifts, these name no goods.

The patterns read text without marks; where marks were typed, they must be those of `MARKED`. Words that
are goods, too, when nobody marks them ("me" is tamarind) say nothing beside a bare "qua".
"""

import re
from typing import Final

_WHO: Final = (
    "ong ba noi ngoai|ong ba|ong noi|ong ngoai|ba noi|ba ngoai|noi ngoai|hai ben noi ngoai|bo me vo|bo me chong"
    "|bo me|ba ma|ba me|cha me|bo vo|bo chong|me vo|me chong|vo chong|me|vo|chong|bo|cha|ba(?= me| ma|$)"
    "|ban gai|ban trai|ban be|nguoi yeu|nguoi than|nguoi lon tuoi|nguoi lon|nguoi gia|gia dinh"
    "|sep|thay co giao|thay co|thay giao|co giao|thay|giao vien|dong nghiep|nhan vien|cong nhan vien"
    "|doi tac|khach hang|khach quy|khach nuoc ngoai|doanh nghiep|cong ty|khach"
    "|boss(?:es)?|moms?|mum|mothers?(?: in law)?|dads?|fathers?(?: in law)?|parents?(?: in law)?"
    "|grandparents?|grandma|grandpa|grandmother|grandfather|wife|husband|girlfriend|boyfriend"
    "|teachers?|friends?|colleagues?|coworkers?|clients?|customers?|partners?|employees?|family"
    "|foreigners?|her|him|women|men|loved ones?"
)
# Only after a word that says "for": alone they are too much else.
_ONLY_FOR: Final = "ong|ba|co|anh|chi|em|con|be|ban|thay|nguoi nuoc ngoai|nam|nu|tre em"
_WHEN: Final = (
    r"\d{1,2}\s?[/.-]\s?\d{1,2}(?![\d/.-])|tet nguyen dan|tet trung thu|tet am lich|tet|trung thu|noel|giang sinh"
    "|nam moi|dau nam|cuoi nam|tat nien|sinh nhat|tan gia|nha moi|khai truong|dam cuoi|le cuoi|cuoi"
    "|an hoi|day thang|thoi noi|mung tho|vu lan|valentine|phu nu|nha giao|cam on"
    "|birthdays?|weddings?|lunar new year|new years?|christmas|xmas|holidays?|tet|anniversary"
    "|housewarming|mid autumn|valentines?|women s day|teachers? day|mothers? day|fathers? day|thank you"
)
_FOR: Final = "tang cho|bieu cho|cho|tang|bieu|danh cho|danh tang|mung|for|to"
_AT: Final = "nhan dip|nhan ngay|dip|ngay|mung|le|for"
_MINE: Final = "my|your|the|our|a|cac"
_AFTER: Final = re.compile(
    rf"(?:[\s,]+(?:va|and)(?=\s))?[\s,]+(?:"
    rf"(?P<said>(?:{_FOR})\s+(?:(?:{_MINE})\s+)?(?:{_WHO}|{_ONLY_FOR}|{_WHEN})"
    rf"|(?:(?:{_AT})\s+){{0,2}}(?:{_WHEN}))|(?:{_WHO}))(?!\w)"
)
_ALONE: Final = re.compile(rf"(?<!\w)(?:cho|danh cho|for)\s+(?:(?:{_MINE})\s+)?(?:{_WHO})(?!\w)")
_BEFORE: Final = re.compile(rf"(?<!\w)(?:{_WHEN})(?:\s+|\s?'s?\s+)$")
_OTHERS_WHEN_BARE: Final = "me vo bo ba cha chong thay cuoi khach noi"
_GOODS: Final = frozenset(_OTHERS_WHEN_BARE.split())
_SAID: Final = (
    "ông bà nội ngoại hai bên bố mẹ vợ chồng má bạn gái bè người yêu thân lớn tuổi già gia đình sếp thầy"
    " cô giáo viên đồng nghiệp nhân công đối tác khách hàng quý nước ngoài doanh ty chị bé nữ trẻ tết nguyên"
    " đán âm lịch giáng năm mới đầu cuối tất niên nhật tân khai trương đám cưới lễ ăn hỏi đầy tháng thôi nôi"
    " mừng thọ phụ nhà cảm ơn dịp ngày nhân các tặng biếu dành và"
)
MARKED: Final = frozenset(_SAID.split())


def after(plain: str, end: int) -> re.Match[str] | None:
    """Find one more word for whom or when, right behind a place in plain text."""
    return _AFTER.match(plain, end)


def before(plain: str, start: int) -> re.Match[str] | None:
    """Find the occasion right before a place: "birthday gift"."""
    return _BEFORE.search(plain, 0, start)


def elsewhere(plain: str) -> re.Match[str] | None:
    """Find for whom it is anywhere: "quà dưới 500k cho mẹ"."""
    return _ALONE.search(plain)


def is_plainly_said(found: re.Match[str]) -> bool:
    """Tell whether this says even beside a bare "qua" that a gift is meant."""
    return bool(found["said"]) or found.group().strip() not in _GOODS
