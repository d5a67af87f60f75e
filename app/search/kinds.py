"""Read what is found beside products, for the index in memory and for the lines of a result.

The index is made anew when the shop has changed, but a large one never so often that making it takes
more than a fiftieth of the time: there a new name may be found half a minute late. While one thread
makes it, the others go on with the one before.
"""

from __future__ import annotations

import re
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

from app.content.documents import documents
from app.content.models import Story
from app.foundation import edition
from app.foundation.database import by_name, db
from app.foundation.kept import Kept
from app.places.models import FormerCommune
from app.places.queries import place_name, province
from app.search.language.tokens import former_token, province_token
from app.search.others import Entry, Kind, Others
from app.showrooms.models import Showroom
from app.vendors.models import Producer
from app.villages.models import Village

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from app.foundation.localized import LocalizedText
    from app.search.others import Key

LANGUAGES: Final = ("vi", "en")
# What people call what a page of help is about, where its own text says it otherwise.
HELP_WORDS: Final[dict[str, tuple[str, ...]]] = {
    "about": ("liên hệ, hotline, tổng đài, chăm sóc khách hàng, giới thiệu, về chúng tôi",
              "contact us, customer service, customer support, who we are"),
    "how-stars-work": ("xếp hạng sao, đánh giá sao, hạng sao, tem OCOP", "star rating, certification, label"),
    "delivery": ("vận chuyển, giao nhận, phí ship, tiền ship, thời gian giao, phí giao hàng",
                 "shipping fee, shipping cost, shipment, postage, delivery time"),
    "returns": ("chính sách đổi trả, hoàn tiền, hoàn hàng, trả lại hàng, bảo hành",
                "return policy, refund policy, exchange, money back, warranty"),
    "complaints": ("khiếu nại, phản ánh, góp ý, tố cáo, hàng giả, liên hệ", "complain, report a problem, dispute, fake, contact"),
    "privacy": ("chính sách bảo mật, quyền riêng tư, dữ liệu cá nhân, cookie", "privacy policy, personal data, cookies, GDPR"),
    "rules": ("điều khoản sử dụng, quy chế hoạt động, thanh toán, chính sách", "terms and conditions, terms of service, policy, payment"),
    "sell": ("đăng ký bán hàng, mở gian hàng, trở thành người bán, kênh người bán", "become a seller, open a shop, seller registration, vendor"),
}  # fmt: skip
OLDEST: Final = 600.0
SMALL: Final = 1_000  # entries; told by number, since one slow moment makes no shop large
SHARE: Final = 50
_KIND_OF_PLACE: Final = re.compile(r"^(?:Tỉnh|Thành phố)\s+")
_MARKUP: Final = re.compile(r"\]\([^)]*\)|[#*_>`\[\]|]+")


@dataclass(frozen=True, slots=True)
class Built:
    """An index, which state of the shop it was made from, when, and how long that took."""

    others: Others
    stamp: str
    at: float
    cost: float

    def is_good_for(self, stamp: str) -> bool:
        """Whether it need not be made anew now."""
        age = time.monotonic() - self.at
        return self.stamp == stamp or (len(self.others) > SMALL and age < SHARE * self.cost)


class _Holder:
    """The index of this process, and leave to make another."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self.built: Built | None = None
        self.guard = threading.Lock()


# Made anew now and then all the same: what is published for later changes no row when its time comes.
_kept: Final[Kept[_Holder]] = Kept(most=1, seconds=OLDEST)


def others(now: datetime) -> Others:
    """Give the index of everything but products."""
    stamp = edition.current()
    if stamp is None:  # nothing is settled while this very transaction changes things
        return Others(entries(now))
    holder = _kept.get("all", _Holder)
    built = holder.built
    if built is not None and built.is_good_for(stamp):
        return built.others
    if not holder.guard.acquire(blocking=built is None) and built is not None:
        return built.others
    try:
        built = holder.built  # perhaps somebody made it while this thread waited
        if built is None or not built.is_good_for(stamp):
            built = holder.built = _build(stamp, now)
    finally:
        holder.guard.release()
    return built.others


def _build(stamp: str, now: datetime) -> Built:
    began = time.thread_time()
    made = Others(entries(now))
    return Built(made, stamp, time.monotonic(), time.thread_time() - began)


def entries(now: datetime) -> Iterator[Entry]:
    """Read everything that is found beside products, each kind in the order in which it is shown."""
    places = _Places()
    yield from _producers(places)
    yield from _villages(places)
    yield from _showrooms(places)
    yield from _stories(places, now)
    yield from _help()


def _producers(places: _Places) -> Iterator[Entry]:
    one = Producer
    columns = (one.id, one.name, one.story, one.province_code, one.commune_code)
    for row in db.session.execute(select(*columns).order_by(by_name(one.sort_key), one.id)):
        yield places.entry(Kind.PRODUCERS, row, row.name, row.story)


def _villages(places: _Places) -> Iterator[Entry]:
    best = func.coalesce(Village.recognised_stars, 0).desc()
    for row in db.session.scalars(
        select(Village).order_by(best, by_name(Village.sort_key), Village.id)
    ):
        texts = (row.known_for, row.visit, row.printed_origin)
        yield places.entry(Kind.VILLAGES, row, row.name, *texts)


def _showrooms(places: _Places) -> Iterator[Entry]:
    for row in db.session.scalars(
        select(Showroom).order_by(by_name(Showroom.sort_key), Showroom.id)
    ):
        yield places.entry(Kind.SHOWROOMS, row, row.name, row.printed_address)


def _stories(places: _Places, now: datetime) -> Iterator[Entry]:
    for row in db.session.scalars(
        select(Story)
        .where(Story.published_at <= now)
        .order_by(Story.published_at.desc(), Story.id.desc())
    ):
        yield places.entry(Kind.STORIES, row, row.title, row.summary, row.body)


def _help() -> Iterator[Entry]:
    for pages in zip(*(documents(lang) for lang in LANGUAGES), strict=True):
        title = tuple(str(one.title) for one in pages)
        text = tuple(text for one in pages for text in (str(one.summary), one.body.striptags()))
        asked = HELP_WORDS.get(pages[0].slug, ())
        yield Entry(Kind.HELP, pages[0].slug, title, (*asked, *text))


class _Places:
    """Writes entries; what is known of a place is read once."""

    def __init__(self) -> None:
        """Read which provinces of before July 2025 lay where each commune is now."""
        self._known: dict[tuple[str, str | None], tuple[tuple[str, ...], tuple[str, ...]]] = {}
        self._former: dict[str, set[str]] = {}
        columns = (FormerCommune.commune_code, FormerCommune.province)
        for code, name in db.session.execute(select(*columns).distinct()):
            self._former.setdefault(code, set()).add(_KIND_OF_PLACE.sub("", name))

    def entry(
        self,
        kind: Kind,
        row: Any,  # noqa: ANN401 - a row of any kind
        title: LocalizedText,
        *texts: LocalizedText | str | None,
    ) -> Entry:
        """Write one entry of a row that may stand somewhere."""
        given = [one for one in texts if one]
        text = [
            one for each in given for one in (each.values() if isinstance(each, dict) else (each,))
        ]
        names, codes = self._place(row.province_code, getattr(row, "commune_code", None))
        return Entry(kind, row.id, tuple(title.values()), tuple(text), names, codes)

    def _place(
        self, code: str | None, commune: str | None
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        if not code:
            return (), ()
        if (code, commune) not in self._known:
            found = province(code)
            before = self._former.get(commune or "") or (found.former_names if found else ())
            self._known[code, commune] = (
                tuple(place_name(code, commune, lang) for lang in LANGUAGES),
                (province_token(code), *sorted(former_token(name) for name in before)),
            )
        return self._known[code, commune]


def rows_of(table: Any, keys: Sequence[Key]) -> list[Any]:  # noqa: ANN401 - a table with an id
    """Read some rows, in the order of their numbers as given."""
    if not keys:
        return []
    found = {row.id: row for row in db.session.scalars(select(table).where(table.id.in_(keys)))}
    return [found[key] for key in keys if key in found]


def plain_words(markdown: str) -> str:
    """Take the signs of Markdown off a text, for the lines of a result."""
    return " ".join(_MARKUP.sub(" ", markdown).split())
