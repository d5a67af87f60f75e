"""Tantivy itself: its fields, its files, its errors. Only this file and `tantivy_query` import it.

Tantivy gets tokens that were made before, parted by spaces; a weight is the token said so many times.
Nothing typed by a shopper ever reaches its query parser.
"""

from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from tantivy import Document, Index, SchemaBuilder

from app.search.documents import SearchDocument
from app.search.engine import SearchUnavailableError
from app.search.engines.packing import pack, star_days
from app.shop.catalogue.narrowing import PRICE_EDGES

# Tantivy's own kinds of fields. `text` is searched; codes are filtered and counted; numbers are
# filtered, counted or ordered by.
FIELDS: Final = (
    ("number", "i64"),
    ("text", "text"),
    ("category", "text"),
    ("province", "text"),
    ("producer", "i64"),
    ("price_step", "text"),
    ("star", "text"),
    ("star_from", "i64"),
    ("star_until", "i64"),
    ("popular_first", "i64"),
    ("cheap_first", "i64"),
    ("dear_first", "i64"),
    ("new_first", "i64"),
    ("version", "i64"),
    ("digest", "i64"),
    ("facts", "bytes"),
)
INDEXED: Final = {"number", "producer"}
WRITER_MEMORY: Final = 32_000_000
REBUILD_MEMORY: Final = 256_000_000
# A value and an id in one number of 63 bits, so that equal values stand in order of id.
ID_BITS: Final = 30
MOST_ID: Final = (1 << ID_BITS) - 1
MOST_VALUE: Final = (1 << 33) - 2
# What belongs to no province has a code too, so that those of all provinces add up to the whole.
NOWHERE: Final = "-"


Native = Any


def create_index(folder: Path) -> Index:
    """Start an empty index in an empty folder; its products stand in order of id."""
    builder = SchemaBuilder()
    for name, kind in FIELDS:
        if kind == "i64":
            builder.add_integer_field(name, indexed=name in INDEXED, fast=True)
        elif kind == "bytes":
            builder.add_bytes_field(name, stored=True)
        elif name == "text":
            builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
        else:
            builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    return Index(builder.build(), str(folder), sort_by_field="number")


def open_index(folder: Path) -> Index:
    """Open an index without watching it. Raises `ValueError` or `OSError` when it is no index."""
    opened = Index.open(str(folder))
    opened.config_reader("manual")
    return opened


def laid_out(document: SearchDocument) -> tuple[Document, int]:
    """Lay a document out in fields, and give the digest of all of them."""
    weighted = list(document.weighted_tokens())
    text = " ".join(f"{token} " * weight for token, weight in weighted)
    codes = _codes(document)
    facts = pack(document, weighted)
    numbers = _numbers(document)
    digest = _digest(text, codes, facts, numbers)
    laid = Document()
    laid.add_text("text", text)
    for name, code in codes.items():
        laid.add_text(name, code)
    for name, number in numbers.items():
        laid.add_integer(name, number)
    laid.add_integer("digest", digest)
    laid.add_bytes("facts", facts)
    return laid, digest


def _codes(document: SearchDocument) -> dict[str, str]:
    codes = {"province": document.province_code or NOWHERE}
    if document.category_codes and document.category_codes[0]:
        codes["category"] = document.category_codes[0]
    if document.price is not None:
        codes["price_step"] = str(_price_step(document.price))
    if star_days(document)[1]:
        codes["star"] = str(document.stars)
    return codes


def _numbers(document: SearchDocument) -> dict[str, int]:
    one = min(document.product_id, MOST_ID)
    price = document.price
    numbers = {
        "number": document.product_id,
        "version": document.version,
        "producer": document.producer_id,
        "popular_first": joined(document.popularity, MOST_ID - one),
        "cheap_first": joined(MOST_VALUE + 1 if price is None else price, one),
        # Read from the top: what has no price is last, and the smaller id comes before the larger.
        "dear_first": joined(0 if price is None else price + 1, MOST_ID - one),
        "new_first": joined(document.listed_at, MOST_ID - one),
    }
    first, last = star_days(document)
    if last:
        numbers |= {"star_from": first, "star_until": last}
    return numbers


def joined(value: int, one: int) -> int:
    """Put a value and an id into one number."""
    return max(0, min(value, MOST_VALUE + 1)) << ID_BITS | one


def _price_step(price: int) -> int:
    """Number the stretches between the edges and the edges themselves: 0 below the first, 1 at it."""
    return sum((price >= edge) + (price > edge) for edge in PRICE_EDGES)


def _digest(*parts: object) -> int:
    made = blake2b(repr(parts).encode(), digest_size=8).digest()
    return int.from_bytes(made) >> 1


def translated(error: BaseException) -> SearchUnavailableError | None:
    """Say what of an error a caller may know; None for one that is not of the index.

    What goes wrong deep inside is a panic, which Python sees as no ordinary exception.
    """
    if isinstance(error, SearchUnavailableError):
        return error
    if isinstance(error, (OSError, ValueError, RuntimeError, KeyError)):
        return SearchUnavailableError(f"{type(error).__name__}: {error}")
    if type(error).__name__ == "PanicException":
        return SearchUnavailableError(f"the index is damaged: {error}")
    return None
