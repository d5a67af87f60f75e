"""How a product is laid out in the fields and columns of the embedded index."""

from hashlib import blake2b
from typing import Final

from app.search.documents import SearchDocument

NO_DAY: Final = 0
NEVER: Final = 9_999_999  # a day that no certificate starts on
NO_PRICE: Final = -1
# What each column of numbers is kept as.
NUMBERS: Final = {
    "number": "q",
    "version": "q",
    "digest": "q",
    "stars": "B",
    "valid_from": "i",
    "valid_until": "i",
    "price": "q",
    "producer": "q",
    "listed_at": "q",
    "popularity": "i",
}
CODES: Final = ("set_code", "province_code")


def field_values(document: SearchDocument) -> dict[str, object]:
    """Lay a document out in the fields of the index."""
    from_day, until = document.stars_from, document.stars_until
    parts = (document.name_tokens(), document.head_tokens(), document.context_tokens())
    values: dict[str, object] = {
        "text": " ".join(f"{token}^{weight}" for token, weight in document.weighted_tokens()),
        "facts": "\n".join(" ".join(dict.fromkeys(part)) for part in parts).encode(),
        "number": document.product_id,
        "version": document.version,
        "stars": document.stars,
        "valid_from": NEVER if from_day is None else from_day.toordinal(),
        "valid_until": NO_DAY if until is None else until.toordinal(),
        "price": NO_PRICE if document.price is None else document.price,
        "producer": document.producer_id,
        "listed_at": document.listed_at,
        "popularity": document.popularity,
        "set_code": (document.category_codes or ("",))[0].encode(),
        "province_code": document.province_code.encode(),
    }
    digest = blake2b(repr(values).encode(), digest_size=8).digest()
    return values | {"digest": int.from_bytes(digest, "big", signed=True)}
