"""The drawn pictures of the demonstration: which file shows what, and their copies in the storage."""

from __future__ import annotations

import io
import json
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING, Final

from PIL import Image
from sqlalchemy import delete, or_, select, update

from app.demonstration.bulk import CHUNK, insert_rows
from app.demonstration.files import FOLDER, number_of, public_id, rows
from app.demonstration.settings import settings
from app.foundation.database import db
from app.foundation.localized import LocalizedText
from app.foundation.pictures import FALLBACK_WIDTH, FORMATS_SERVED, ladder
from app.foundation.storage import storage
from app.programme.models import RegisteredProduct
from app.shop.catalogue.models import Listing, Photo
from app.shop.catalogue.services import refresh_cards
from app.showrooms.models import Showroom
from app.vendors.models import Producer
from app.villages.models import Village

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from app.demonstration.files import Row
    from app.demonstration.progress import Tell

DRAWN: Final = "drawn/"
OLD: Final = "scene/"
WIDTH: Final = 640
JPEG_QUALITY: Final = 78
WORKERS: Final = 4


@cache
def index() -> dict[str, dict[str, Row]]:
    """Read which picture shows what: by list (products, villages, showrooms, provinces, home) and key."""
    read: dict[str, dict[str, Row]] = json.loads(
        (FOLDER / "pictures" / "drawn.json").read_text(encoding="utf-8")
    )
    return read


@cache
def all_keys() -> tuple[str, ...]:
    """List the keys of all pictures, each once."""
    said = [one for book in index().values() for one in book.values()]
    return tuple(
        dict.fromkeys(one[part] for one in said for part in ("key", "closer") if part in one)
    )


def keep_pictures(*, tell: Tell) -> None:
    """Copy the pictures that the storage lacks into it; what mails and old programs read is made here."""
    missing = [key for key in all_keys() if not storage().exists(_fallback(key))]
    with ThreadPoolExecutor(WORKERS) as workers:
        for at, _ in enumerate(workers.map(_keep, missing)):
            tell(at / len(missing), "pictures")


def home_pictures() -> list[str]:
    """Name the pictures of the home page, once the storage has them."""
    if not settings().is_demonstration:
        return []
    keys = [one["key"] for _, one in sorted(index()["home"].items())]
    return keys if all(storage().exists(_fallback(key)) for key in keys) else []


def photos(listing_id: int, key: str, name: LocalizedText, *, shown: str = "") -> list[Row]:
    """Write the photos of a listing: the whole, and a closer view of the label where there is one."""
    said = index()["products"][shown or key]
    words = [("Ảnh minh họa", "Illustration")]
    if "closer" in said:
        words.append(("Ảnh minh họa nhãn", "Illustration of the label"))
    return [
        {
            "listing_id": listing_id,
            "key": said[part],
            "alt": LocalizedText(
                {"vi": f"{vi}: {name['vi']}", "en": f"{en}: {name.in_language('en')}"}
            ),
            "position": at,
            "is_illustrative": True,
        }
        for at, (part, (vi, en)) in enumerate(zip(("key", "closer"), words, strict=False))
    ]


def like(name: str, set_code: str) -> str:
    """Choose the product on sale whose picture a made-up one shares: of its set, alike in its name."""
    told = set(name.lower().split())
    alike = _by_set()[set_code]
    most = max(len(told & words) for _, words in alike)
    chosen = [key for key, words in alike if len(told & words) == most]
    return chosen[number_of(name) % len(chosen)]


def producer_picture(province_code: str) -> str | None:
    """Name the picture of a producer: the country it is in."""
    said = index()["provinces"].get(f"province-{province_code}")
    return said["key"] if said else None


def renew_photos(*, now: datetime, tell: Tell) -> None:
    """Bring what an older demonstration showed to today's pictures, and the cards with it."""
    known = all_keys()
    stale = db.session.execute(
        select(Listing.id, Listing.product_id, RegisteredProduct.public_id,
               RegisteredProduct.name, RegisteredProduct.set_code)
        .join(RegisteredProduct, RegisteredProduct.id == Listing.product_id)
        .where(
            Listing.is_illustrative,
            Listing.id.in_(
                select(Photo.listing_id).where(
                    Photo.is_illustrative,
                    or_(
                        Photo.key.startswith(OLD),
                        Photo.key.startswith(DRAWN) & Photo.key.not_in(known),
                    ),
                )
            ),
        )
        .order_by(Listing.id)
    ).all()  # fmt: skip
    keys = {public_id(said["key"]): said["key"] for said in rows("products")}
    for start in range(0, len(stale), CHUNK):
        tell(start / len(stale), "pictures")
        part = stale[start : start + CHUNK]
        old = [one.id for one in part]
        db.session.execute(
            delete(Photo).where(Photo.listing_id.in_(old), Photo.is_illustrative),
            execution_options={"synchronize_session": False},
        )
        made: list[Row] = []
        for one in part:
            key = keys.get(one.public_id, "")
            shown = key or like(one.name["vi"], one.set_code)
            made += photos(one.id, key, one.name, shown=shown)
        insert_rows(Photo, made)
        refresh_cards([one.product_id for one in part], now=now)


def renew_places() -> None:
    """Give producers, villages and showrooms of the data the pictures that the index names."""
    for said in rows("producers"):
        _show(Producer, said["key"], producer_picture(said["province_code"]))
    for table, book in ((Village, "villages"), (Showroom, "showrooms")):
        for slug, said in index()[book].items():
            _show(table, slug, said["key"])


def _show(table: type[Producer | Village | Showroom], slug: str, key: str | None) -> None:
    """Set a picture where there is none or an older drawn one: a picture of their own stays."""
    is_ours = or_(table.photo_key.is_(None), table.photo_key.startswith(DRAWN))
    db.session.execute(
        update(table)
        .where(table.slug == slug, is_ours, table.photo_key.is_distinct_from(key))
        .values(photo_key=key)
    )


@cache
def _by_set() -> dict[str, Sequence[tuple[str, set[str]]]]:
    found: dict[str, list[tuple[str, set[str]]]] = {}
    for said in rows("products"):
        if said["key"] in index()["products"]:
            words = set(said["name"]["vi"].lower().split())
            found.setdefault(said["category"], []).append((said["key"], words))
    return dict(found)


def _fallback(key: str) -> str:
    return f"{key}-{FALLBACK_WIDTH}.jpg"


def _keep(key: str) -> None:
    source = FOLDER / "pictures"
    for width in ladder(WIDTH):
        for kind in FORMATS_SERVED:
            name = f"{key}-{width}.{kind}"
            storage().put_at(name, (source / name).read_bytes())
    out = io.BytesIO()
    with Image.open(source / f"{key}-{WIDTH}.webp") as opened:
        opened.convert("RGB").save(out, "JPEG", quality=JPEG_QUALITY)
    storage().put_at(_fallback(key), out.getvalue())  # last: its presence says that all are there
