"""A shop under test: its catalogue, its visitors, and the pages that a bench asks for."""

from __future__ import annotations

import re
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from html import unescape
from itertools import cycle
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode

import psycopg
from alembic import command
from sqlalchemy import text

from app.foundation.database import db
from ops.load import CONNECTIONS, Request, Turn, cpu_of, parent, press, rest
from ops.migrations import configuration
from tests.support.running import RunningShop, opened, running
from tests.support.shopper import HOST, Answer, Shopper, forms_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from tests.support.databases import PostgresServer

LANG: Final = "vi"
WORKERS: Final = 2
SHOPPERS: Final = 24
ORDERS: Final = 12
LINES: Final = 3
PHRASES: Final = (
    "chè shan tuyết", "mật ong", "gạo", "ca phe", "nước mắm", "miến dong", "tiêu", "gom su",
    "hạt điều", "trà",
)  # fmt: skip
PRODUCT: Final = re.compile(rf'href="(/{LANG}/products/[a-z0-9-]+)"')
CATEGORY: Final = re.compile(rf'href="(/{LANG}/products\?[^"]*category=[^"]+)"')
PAGES: Final = 4
FILLED: Final = "filled"  # marks a folder whose catalogue is complete
# The status, and words that only the right page has.
EXPECTED: Final = {
    "hello": (200, "ok"),
    "home, anonymous": (200, 'data-testid="product-card"'),
    "list, anonymous": (200, 'data-testid="product-card"'),
    "list": (200, 'data-testid="product-card"'),
    "category": (200, 'data-testid="facet-'),
    "product": (200, "</h1>"),
    "search": (200, 'data-testid="result-count"'),
    "add to cart": (303, ""),
}


@dataclass(slots=True)
class Stand:
    """A shop under test with its catalogue, its shoppers and its figures."""

    size: int
    shop: RunningShop
    roots: list[int]
    products: list[str] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    goods: list[tuple[int, str]] = field(default_factory=list)
    shoppers: list[Shopper] = field(default_factory=list)
    turns: dict[str, list[Turn]] = field(default_factory=dict)
    weights: dict[str, int] = field(default_factory=dict)
    memory: tuple[float, float] = (0.0, 0.0)

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://{HOST}:{self.shop.port}"

    def look_around(self) -> None:
        """Find pages and goods as a visitor does, and fill carts; refuse a shop that is not right."""
        visitor = self.shop.shopper(lang=LANG)
        for page in range(1, PAGES + 1):
            listed = unescape(visitor.get(f"/{LANG}/products?page={page}").text)
            self.products += dict.fromkeys(PRODUCT.findall(listed))
            self.categories += dict.fromkeys(CATEGORY.findall(listed))
        self.categories = list(dict.fromkeys(self.categories))[:12]
        for path in self.products:
            for form in forms_of(visitor.get(path).text):
                if (
                    form.action.endswith("/cart/add")
                    and form.values.get("variant_id", "").isdigit()
                ):
                    self.goods.append((int(form.values["variant_id"]), path))
                    break
        for number in range(SHOPPERS):
            shopper = self.shop.shopper(lang=LANG)
            variant, page_ = self.goods[number % len(self.goods)]
            shopper.add([variant], page=page_)
            shopper.follow(shopper.seen[-1])  # reads the notice, so that it is not carried along
            self.shoppers.append(shopper)
        for name, requests in self.kinds():
            self.weights[name] = self.weigh(name, requests)

    def weigh(self, name: str, requests: Sequence[Request]) -> int:
        """Ask for each page once: the right status and words, or it does not count. Tell the bytes."""
        status, words = EXPECTED[name]
        sizes = []
        for request in requests:
            visitor = self.shop.shopper(lang=LANG)
            visitor.cookies = dict(self.shoppers[0].cookies) if request.headers else {}
            if request.method == "POST":
                visitor = self.shoppers[0]
                variant, _page = self.goods[0]
                answer = visitor.post(request.path, {"variant_id": variant, "quantity": 1})
            else:
                answer = visitor.get(request.path)
            if answer.status != status or words not in answer.text:
                message = f"{name}: {request.path} answered {answer.status} without {words!r}"
                raise RuntimeError(message)
            sizes.append(len(answer.text.encode()))
        return round(statistics.mean(sizes))

    def kinds(self) -> Iterator[tuple[str, list[Request]]]:
        """What is asked for, by name; shoppers have a session and something in the cart."""
        lists = [f"/{LANG}/products?page={page}" for page in range(1, PAGES + 1)]
        searches = [f"/{LANG}/products?q={quote(phrase)}" for phrase in PHRASES]
        yield "hello", [Request(path="/healthz")]
        yield "home, anonymous", [Request(path=f"/{LANG}/")]
        yield "list, anonymous", [Request(path=path) for path in lists]
        yield "list", self.carried(lists)
        yield "category", self.carried(self.categories)
        yield "product", self.carried(self.products[:60])
        yield "search", self.carried(searches)
        yield (
            "add to cart",
            [
                Request(
                    path=f"/{LANG}/cart/add",
                    method="POST",
                    headers=cookie(shopper) | {"Content-Type": "application/x-www-form-urlencoded"},
                    body=urlencode(
                        {"csrf_token": shopper.token, "variant_id": variant, "quantity": 1}
                    ),
                )
                for shopper, (variant, _page) in zip(self.shoppers, cycle(self.goods), strict=False)
            ],
        )

    def carried(self, paths: Sequence[str]) -> list[Request]:
        """Pages as shoppers with a cart ask for them."""
        return [
            Request(path=path, headers=cookie(shopper))
            for path, shopper in zip(paths, cycle(self.shoppers), strict=False)
        ]


def cookie(shopper: Shopper) -> dict[str, str]:
    """The header that carries a shopper's session and cart."""
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in shopper.cookies.items())}


@contextmanager
def open_stand(size: int, folder: Path, server: PostgresServer | None) -> Iterator[Stand]:
    """Fill a catalogue if it is not kept from last time, serve it, and find what there is to ask for."""
    address = server.create(f"bench_{size}") if server else ""
    shop = RunningShop(folder, address, workers=WORKERS, worker_class="sync")
    if server or not (folder / FILLED).exists():
        fill(shop, size)
    with running(shop):
        stand = Stand(size=size, shop=shop, roots=[shop.master(), *postmaster(server)])
        stand.look_around()
        for _name, requests in stand.kinds():  # each process compiles its templates once
            press(stand.address, requests, seconds=1, roots=stand.roots)
        yield stand


def fill(shop: RunningShop, size: int) -> None:
    """Make a demonstration shop with so many products."""
    shop.folder.mkdir(parents=True, exist_ok=True)
    with opened(shop.folder, shop.address):
        command.upgrade(configuration(db.engine.url.render_as_string(hide_password=False)), "head")
    say(f"Making a catalogue of {size} products …")
    for arguments in (("seed", "demo", "--products", str(size)), ("search", "rebuild")):
        done = shop.command(*arguments)
        if done.returncode:
            message = f"flask {' '.join(arguments)}: {done.stdout[-2_000:]}{done.stderr[-2_000:]}"
            raise RuntimeError(message)
    with opened(shop.folder, shop.address), db.engine.begin() as connection:
        connection.execute(text("ANALYZE"))
    (shop.folder / FILLED).touch()


def postmaster(server: PostgresServer | None) -> list[int]:
    """The process at the root of the database server, if there is one on this machine."""
    if server is None:
        return []
    with psycopg.connect(server.url) as connection:
        return [parent(connection.info.backend_pid)]


def run_round(stand: Stand, *, seconds: int, backwards: bool) -> None:
    """Measure every page once; the order changes so that none always follows the same one."""
    kinds = list(stand.kinds())
    for name, requests in reversed(kinds) if backwards else kinds:
        turn = press(stand.address, requests, seconds=seconds, roots=stand.roots)
        stand.turns.setdefault(name, []).append(turn)
    for name, turn in check_out(stand):
        stand.turns.setdefault(name, []).append(turn)


def check_out(stand: Stand) -> Iterator[tuple[str, Turn]]:
    """Let guests buy three things each, first one after another and then together at the last step."""
    rest(stand.roots)
    began, cpu = time.monotonic(), cpu_of(stand.roots)
    ready = [prepare_order(stand, number) for number in range(ORDERS)]
    spent, passed = cpu_of(stand.roots) - cpu, time.monotonic() - began
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        began, cpu = time.monotonic(), cpu_of(stand.roots)
        answers = list(pool.map(lambda place: place(), ready))
        placing = Turn(
            requests=ORDERS,
            seconds=time.monotonic() - began,
            cpu=cpu_of(stand.roots) - cpu,
            p50=1_000 * statistics.median(one.seconds for one in answers),
            p95=1_000 * statistics.quantiles((one.seconds for one in answers), n=20)[-1],
            errors=sum(one.order_number is None for one in answers),
        )
    yield "place order", placing
    whole = 1_000 * (passed / ORDERS + placing.seconds / ORDERS)
    yield (
        "guest checkout",
        Turn(
            requests=ORDERS,
            seconds=passed + placing.seconds,
            cpu=spent + placing.cpu,
            p50=whole,
            p95=whole,
            errors=placing.errors,
        ),
    )


def prepare_order(stand: Stand, number: int) -> Callable[[], Answer]:
    """Go shopping up to the last button; what comes back presses it."""
    shopper = stand.shop.shopper(lang=LANG)
    for step in range(LINES):
        variant, page = stand.goods[(number * LINES + step) % len(stand.goods)]
        shopper.add([variant], page=page)
    started = shopper.start_checkout()
    values = shopper.filled(started.location)
    if isinstance(values, Answer):
        message = f"no checkout: {values.status} after {started.status} {started.location}"
        raise RuntimeError(message)  # noqa: TRY004 - what came is a page, and the wrong one
    return partial(shopper.post, started.location, values)


def say(text_: str) -> None:
    """Write a line at once."""
    sys.stdout.write(f"{text_}\n")
    sys.stdout.flush()
