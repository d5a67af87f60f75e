"""What people do in the shop: windows that they look through, and steps that journeys share."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

WIDTHS: Final = {"phone": (390, 844), "desk": (1280, 900)}
PASSWORD: Final = "ocop-demo"  # noqa: S105 - the demonstration's, printed by `make run`
ORDER_NUMBER: Final = re.compile(r"CP-\d{6}-[0-9A-Z]+")
THEMES: Final[tuple[Literal["light", "dark"], ...]] = ("dark", "light")
AXE_SCRIPT: Final = Path(__file__).parents[1] / "tools/node_modules/axe-core/axe.min.js"
AXE: Final = """async () => (await axe.run(document, {runOnly: [
    "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})).violations.flatMap(
    rule => rule.nodes.map(node => `${rule.id}: ${node.target} ${node.failureSummary}`))"""


@dataclass(frozen=True)
class Shop:
    """A running shop."""

    url: str
    instance: Path


@dataclass(frozen=True)
class Letter:
    """What a mail program shows."""

    subject: str
    text: str
    html: str


@dataclass
class Window:
    """A browser's window, as wide as a phone or a desk, of somebody who reads one language."""

    page: Page
    lang: str
    width: str
    has_script: bool

    def look(self, step: str) -> None:
        """See that the page fits its width and speaks the reader's language."""
        pictures = os.environ.get("E2E_PICTURES")
        if pictures:
            kind = "" if self.has_script else "-plain"
            name = f"{self.width}-{self.lang}{kind}-{step}.png"
            self.page.screenshot(path=Path(pictures) / name, full_page=True)
        wide: int = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0, f"{self.page.url} is {wide} px too wide"
        assert self.page.locator("html").get_attribute("lang") == self.lang
        assert self.page.locator("h1").count() == 1
        if self.has_script and AXE_SCRIPT.exists():
            self.page.evaluate(AXE_SCRIPT.read_text(encoding="utf-8"))
            for theme in THEMES:
                self.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
                faults = self.page.evaluate(AXE)
                assert not faults, "\n".join([f"{self.page.url} ({theme})", *faults])
            self.page.emulate_media(color_scheme="light", reduced_motion="reduce")

    def open(self, path: str) -> None:
        """Open a page of the shop in the reader's language."""
        answer = self.page.goto(f"/{self.lang}{path}")
        assert answer
        assert answer.ok, f"{answer.status} {answer.url}"

    def search(self, words: str) -> None:
        """Type words into the search box and send them."""
        box = self.page.get_by_test_id("search-input").first
        box.fill(words)
        box.press("Enter")
        self.page.wait_for_url(re.compile(r"/products\?.*q="))

    def results(self) -> int:
        """Tell how many products the list says it has."""
        count = self.page.get_by_test_id("result-count").get_attribute("data-count")
        assert count is not None
        return int(count)

    def filter(self, facet: str) -> None:
        """Choose a filter, and get as many products as it promised."""
        option = self.page.get_by_test_id(f"facet-{facet}")
        if not option.is_visible():
            self.page.locator("details.facets > summary").click()
        promised = int(re.sub(r"\D", "", option.locator(".facet__count").inner_text()))
        before = self.page.url
        option.click()
        self.page.wait_for_url(lambda url: url != before)
        self.page.locator(f"[data-testid=result-count][data-count='{promised}']").wait_for()
        done = self.page.locator(".facets [data-close]")
        if done.is_visible():  # on a phone the filters lie over the list
            done.click()
        assert self.results() == promised

    def cards(self) -> Locator:
        """Find the products on the page that are for sale."""
        return self.page.get_by_test_id("product-card").filter(
            has=self.page.get_by_test_id("product-price")
        )

    def open_other_than(self, maker: str) -> str:
        """Open a product of somebody else that can be sent, and tell whose it is.

        What stands beside a product follows what was bought together and what is left of it, so the first
        one may have to be collected by now.
        """
        for at in range(self.cards().count()):
            card = self.cards().nth(at)
            producer = card.get_by_test_id("product-producer").inner_text().strip()
            if producer == maker:
                continue
            self.open_card(card)
            stock = self.page.locator("main [data-testid=stock]:not([data-kind=collected])")
            if stock.count():
                return producer
            self.page.go_back()
        message = f"{self.page.url} has no such product"
        raise AssertionError(message)

    def open_card(self, card: Locator) -> None:
        """Open the page of a product."""
        before = self.page.url
        card.get_by_role("link").first.click()
        self.page.wait_for_url(lambda url: url != before and "/products/" in url)

    def put_in_cart(self) -> str:
        """Put the product of this page in the cart; tell what it is called."""
        name = self.page.locator("h1").inner_text()
        self.page.locator("main").get_by_test_id("add-to-cart").first.click()
        self.page.wait_for_url(re.compile(r"/cart$"))
        return name

    def start_checkout(self) -> None:
        """Go from the cart to the checkout."""
        self.page.get_by_test_id("start-checkout").click()
        self.page.wait_for_url(re.compile("/checkout/"))

    def introduce(self, *, email: str) -> None:
        """Say who buys."""
        self.page.locator("[name=name]").fill("Nguyễn Thị Lan")
        self.page.locator("[name=phone]").fill("0912 345 678")
        self.page.locator("[name=email]").fill(email)

    def place_order(self) -> str:
        """Press the button until the shop has nothing more to ask; tell the order's number."""
        button = self.page.get_by_test_id("place-order")
        for _attempt in range(3):
            with self.page.expect_navigation():  # the page that asks back has the same address
                button.click()
            if "/orders/" in self.page.url:
                break
            self.look("08-asked-back")
        self.page.wait_for_url(re.compile("/orders/CP-"))
        found = ORDER_NUMBER.search(self.page.get_by_test_id("order-number").first.inner_text())
        assert found
        return found[0]

    def sign_in(self, email: str) -> None:
        """Sign in with an account of the demonstration."""
        self.open("/sign-in")
        self.page.locator("[name=email]").fill(email)
        self.page.locator("[name=password]").fill(PASSWORD)
        self.page.locator("main button[type=submit]").first.click()
        self.page.wait_for_url(lambda url: "/sign-in" not in url)
