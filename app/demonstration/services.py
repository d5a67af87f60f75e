"""Loading the demonstration: repeatable, and refused on a site for real people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select, text, update

from app.accounts.models import User
from app.accounts.services import DemonstrationRefusedError
from app.demonstration import (
    linkage,
    outlets,
    people,
    pictures,
    register,
    shelves,
    synthetic,
    traces,
    voices,
    words,
)
from app.demonstration.files import FOLDER, rows
from app.demonstration.progress import Bar, part
from app.demonstration.settings import settings
from app.foundation.database import db
from app.foundation.outbox import MessageState, OutboxMessage
from app.foundation.work import unit_of_work
from app.places.services import load_places
from app.search.finder import engine
from app.search.jobs import PRODUCT_CHANGED, rebuild_index
from app.shop.catalogue.models import ProductCard

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from app.demonstration.progress import Tell

    Step = tuple[float, str, Callable[[Tell], object]]

FEW: Final = 50  # products that the worker tells the index of faster than a new one is built
PASSWORD: Final = "ocop-demo"  # noqa: S105 - everybody may know it
DESKS: Final = {
    "shopper": "/vi/account",
    "producer_owner": "/vi/desk/producer",
    "producer_staff": "/vi/desk/producer",
    "showroom_staff": "/vi/desk/showroom",
    "village_host": "/vi/desk/village",
    "officer": "/vi/desk/office",
    "operator": "/vi/desk/office",
}


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account to try, and where it has something to do."""

    role: str
    email: str
    password: str
    url: str


def demonstration_accounts() -> list[AccountLine]:
    """List the accounts that the demonstration opens, one for each role."""
    base = settings().base_url
    return [
        AccountLine(said["what"]["en"], said["email"], PASSWORD, base + DESKS[said["role"]])
        for said in rows("accounts")
    ]


def is_seeded() -> bool:
    """Whether the demonstration was loaded to its last step."""
    count = select(func.count()).select_from(User).where(User.is_demonstration)
    return bool(db.session.scalar(count))


def seed(*, now: datetime, products: int = 0, number: int = 1, tell: Tell | None = None) -> None:
    """Load the demonstration, and so many made-up products more; a second run adds what is missing.

    Raises `DemonstrationRefusedError` where the settings say that real people are served.
    """
    if not settings().is_demonstration:
        raise DemonstrationRefusedError
    show = tell or Bar()
    steps: list[Step] = [
        (10, "places", lambda told: load_places(FOLDER / "places", progress=told)),
        (1, "categories", lambda _: register.load_categories()),
        (1, "producers", lambda _: register.load_producers(now=now)),
        (1, "teams and partners", lambda _: linkage.load_linkage()),
        (2, "products", lambda _: register.load_products(now=now)),
        (2, "listings", lambda _: shelves.load_listings(now=now)),
        (1, "lots", lambda _: traces.load_lots(now=now)),
        (20, "certificates", lambda _: register.load_certificates(now=now)),
        (20, "product cards", lambda told: shelves.load_cards(now=now, tell=told)),
        (20, "stock", lambda told: shelves.load_stock(now=now, tell=told)),
        (1, "villages", lambda _: outlets.load_villages(now=now)),
        (2, "showrooms", lambda _: outlets.load_showrooms(now=now)),
        (15, "consigned goods", lambda told: outlets.load_consignments(now=now, tell=told)),
        (1, "stories", lambda _: words.load_stories(now=now)),
        (1, "fairs", lambda _: words.load_fairs(now=now)),
        (1, "gift sets", lambda _: words.load_gift_sets()),
    ]
    steps += [
        (max(0.5, count / 100), "made-up products", synthetic.batch(start, count, number, now=now))
        for start, count in synthetic.batches(products)
    ]
    steps += [
        (1, "pictures", lambda told: pictures.renew_photos(now=now, tell=told)),
        (1, "pictures", lambda _: pictures.renew_places()),
    ]
    steps.append(
        (
            6,
            "accounts, orders and reviews",
            lambda _: open_accounts(now=now),
        )
    )
    done = 10.0
    whole = (done + sum(weight for weight, _, _ in steps)) * 1.1
    pictures.keep_pictures(tell=part(show, 0.0, done / whole))  # no transaction waits for a storage
    for weight, what, step in steps:
        show(done / whole, what)
        with unit_of_work():
            step(part(show, done / whole, (done + weight) / whole))
        done += weight
    show(done / whole, "search index")
    with unit_of_work():
        db.session.execute(text("ANALYZE"))
    bring_index_up_to_date(now=now)
    show(1.0, "done")


def open_accounts(*, now: datetime) -> None:
    """Let people in, and a few of them buy, receive and speak."""
    people.load_people(PASSWORD, is_allowed=True, now=now)
    voices.load_voices(now=now)


def renew_pictures(*, now: datetime, tell: Tell | None = None) -> None:
    """Bring the pictures of a demonstration that was loaded earlier to today's; nothing where they are."""
    if not settings().is_demonstration:
        return
    show = tell or Bar()
    pictures.keep_pictures(tell=show)
    with unit_of_work():
        pictures.renew_photos(now=now, tell=show)
        pictures.renew_places()


def bring_index_up_to_date(*, now: datetime) -> None:
    """Build the search index when it holds another number of products, or has many to be told of.

    The number alone says little: an index that another database left behind may have as many.
    """
    count = db.session.scalar(select(func.count()).select_from(ProductCard))
    told = (OutboxMessage.topic == PRODUCT_CHANGED, OutboxMessage.state == MessageState.PENDING)
    untold, last = db.session.execute(
        select(func.count(), func.max(OutboxMessage.id)).where(*told)
    ).one()
    health = engine().health()
    if health.is_ready and health.documents == count and untold < FEW:
        return
    rebuild_index()
    with unit_of_work():  # the new index knows what these would have told it
        db.session.execute(
            update(OutboxMessage)
            .where(*told, OutboxMessage.id <= (last or 0))
            .values(state=MessageState.DONE, done_at=now)
        )
