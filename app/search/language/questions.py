"""What people say around the thing when they write as they would speak to a shopkeeper.

"Shop có bán … không ạ", "mua … ở đâu", "do you sell …": frames that name no goods. The patterns read text
without marks; where marks were typed, they must be those of `MARKED`, so that "quả" and "quà" stay apart.
A frame that could be goods as well ("giá", "mua" for "mùa") counts only with its other half.
"""

import re
from collections.abc import Iterator
from typing import Final

_SHOP: Final = r"(?:(?:ben )?(?:shop|ad|admin|minh|cua hang|quan|day|o day)(?: (?:minh|oi|a))?,? )?"
_ASK: Final = (
    r"(?:(?:hi|hello|chao|alo|da),? )?(?:(?:cho|xin)(?: (?:minh|em|toi|anh|chi))? hoi,? )?"
)
# A verb of buying has to follow: "can" alone opens Cần Thơ, and "toi can tho" is garlic from there.
_WANT: Final = r"(?:(?:minh|em|toi|anh|chi) )?(?:dang )?(?:muon|can|tim)(?: (?:muon|can))? (?:mua|tim|dat|kiem)"
_ANY: Final = r"(?:(?:a few|a|an|any|some|the|good|your) ){0,2}"
# With one of these in front, a "không" at the end asks; else it says "without".
_HAVE: Final = re.compile(rf"^{_ASK}{_SHOP}(?:co|con)(?: ban)?(?: (?:loai|mon))? (?=\w)")
_FRONT: Final = re.compile(
    rf"^(?:{_ASK}{_SHOP}(?:{_WANT}|(?:noi|cho|dia chi|cua hang) (?:nao )?ban) (?=\w)"
    rf"|(?:co )?(?:mon|do) gi (?:duoc )?(?:lam|che bien|nau) (?:tu|bang) (?=\w)"
    rf"|(?:hi|hello|please|excuse me)[,!]? (?=\w)"
    rf"|(?:where|how|which shop) (?:can|could|do|to|should|sells?)(?: (?:i|we|you|one))?"
    rf"(?: (?:buy|find|get|order|purchase))? {_ANY}(?=\w)"
    rf"|(?:do|does|can|could|may|would)(?: (?:you|they|i|we|the shop|anyone))"
    rf"(?: (?:have|sell|stock|offer|buy|get|order|find|show me|recommend)) {_ANY}(?=\w)"
    rf"|(?:is|are) there {_ANY}(?=\w)|have you got {_ANY}(?=\w)"
    rf"|(?:what is|what s|what's|what are|whats) the (?:price|cost)s? of {_ANY}(?=\w)"
    rf"|how much (?:is|are|does|do|for) {_ANY}(?=\w)"
    rf"|(?:i am|i m|i'm|we are|we re|we're) (?:looking|searching) for {_ANY}(?=\w)"
    rf"|(?:looking|searching) for {_ANY}(?=\w)"
    rf"|(?:i|we) (?:want|need|would like|d like|'d like)(?: to (?:buy|order|get|find|try))? {_ANY}(?=\w)"
    rf"|(?:i'd|we'd) like(?: to (?:buy|order|get|find|try))? {_ANY}(?=\w)"
    rf"|(?:show|find|give|get) me {_ANY}(?=\w)|(?:buy|order) {_ANY}(?=\w)|(?:some|any) (?=\w))"
)
# These open An Giang and A Lưới, too.
_ARTICLE: Final = re.compile(r"^an? (?=\w)")
_ASKED: Final = re.compile(
    r" (?:khong|ko|hong|hok|hem|chua)(?: (?:shop|ad|a|ban|vay|the|nhi|nha|oi|em))*[ ?!.]*$"
)
_PRAISE: Final = (
    r"(?: (?:la )?(?:ngon|re|uy tin|tot|chinh hieu|chinh goc|chat luong|nhat|vay|the|a|nhi))*"
)
_WHERE: Final = re.compile(
    rf" (?:(?:thi )?(?:mua )?(?:o|tai) (?:dau|cho nao|noi nao)|cho nao ban|mua o dau){_PRAISE}[ ?!.]*$"
)
_HOW_MUCH: Final = re.compile(
    r" (?:(?:la |gia )?(?:bao nhieu|bn|bnhieu|nhieu)(?: (?:tien|mot|1|vay|the|a|shop|kg|ky|ki|can|hop|lit|chai|goi|tui))*"
    r"|(?:hom nay|the nao)|(?:co )?(?:ngon|tot|dat|re) (?:khong|ko)(?: a)?)[ ?!.]*$"
)
_PRICE: Final = re.compile(r"^(?:gia(?: (?:ban|ca|cua))? )(?=\w)")
_BUY: Final = re.compile(r"^(?:(?:di )?mua )(?=\w)")
_WHAT: Final = re.compile(r"(?<!\w)gi (?:(?:thi|nen|de|hay) )?(?:mua )?(?:o|tai) (?=\w)")
_BACK: Final = re.compile(
    r"(?: (?:please|pls|thanks|thank you|for sale|online|in stock|near me|cost)"
    r"| for my (?:mother|mum|mom|father|dad|wife|husband|friends?|boss|family|parents|girlfriend|boyfriend|sister"
    r"|brother|teacher|colleagues?|grandmother|grandfather|kids?|children|son|daughter))[ ?!.]*$"
)
_SAID: Final = (
    "cho hỏi mình bán có còn muốn cần tìm kiếm đặt nơi chỗ địa chỉ cửa hàng ở đâu nào uy tín tốt nhất rẻ chính"
    " hiệu gốc chất lượng thế vậy ạ nhỉ giá bao nhiêu là tiền một kí ký cân không hông chưa món gì làm từ bằng"
    " chế biến nên bên này đây tôi chị ơi được chào dạ đang ngon hôm thì để hay tại của loại quán đồ nấu đắt"
    " hộp lít gói túi"
)
MARKED: Final = frozenset(_SAID.split())


def frames(plain: str) -> Iterator[re.Match[str]]:
    """Find the stretches of plain text that only ask; the caller checks the marks that were typed."""
    has = _HAVE.search(plain)
    asked = _ASKED.search(plain)
    if has and asked and has.end() < asked.start():
        yield has
        yield asked
        return
    front, where, much = _FRONT.search(plain), _WHERE.search(plain), _HOW_MUCH.search(plain)
    price, buy = _PRICE.search(plain), _BUY.search(plain)
    if front:
        yield front
    elif price and much:
        yield price
    elif buy and (where or much):
        yield buy
    elif has and (where or much):
        yield has
    for back in (where, much if (price or front or has) else None, _WHAT.search(plain)):
        if back:
            yield back
    if back := _BACK.search(plain):
        if not front and (article := _ARTICLE.search(plain)):
            yield article
        yield back
