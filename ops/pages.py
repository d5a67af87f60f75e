"""Every page that people open, for whoever looks at all of them: browser tests and `make screenshots`.

A test demands that each public page of the application stands here or among the excused.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from playwright.sync_api import Page


@dataclass(frozen=True, slots=True)
class Found:
    """A page whose address is read off another one: the first link that a selector finds."""

    on: str | Found
    link: str


Address = str | Found
CARD: Final = "[data-testid=product-card] a"
TRACED: Final = Found(
    "/products?q=tra+dinh+dat+phat", CARD
)  # a product of the demonstration with lots

# Endpoint -> its addresses below the language.
PUBLIC: Final[dict[str, tuple[Address, ...]]] = {
    "catalogue.home": ("/",),
    "catalogue.products": (
        "/products",
        "/products?category=tea&star=4",
        "/products?page=3",
        "/products?q=che+shan+tuyet",
        "/products?q=khongcogica",
        "/products?seller=htx-che-bien-che-phin-ho&q=tra",
    ),
    "catalogue.product": (
        Found("/products", CARD),
        Found("/products?page=16", CARD),
        TRACED,
    ),
    "catalogue.map_page": ("/map", "/map?kind=villages&order=name"),
    "catalogue.provinces_page": ("/provinces",),
    "catalogue.province": ("/provinces/lam-dong", "/provinces/ha-tinh"),
    "catalogue.lots": ("/lots", "/lots?code=khong-co"),
    "catalogue.lot": (Found(TRACED, "main a[href*='/lots/']"), "/lots/KHONG-CO"),
    "reviews.product_reviews": ("/products/banh-vicosap-dua-sap-va-khoai-lang-pdc1mgnx/reviews",),
    "reviews.product_questions": ("/products/tra-xanh-phin-ho-x2rrm9qc/questions",),
    "vendors.producers": ("/producers", "/producers?kind=household", "/producers?q=khongcogica"),
    "vendors.producer": (
        Found("/producers", "main a[href*='/producers/']"),
        "/producers/htx-che-bien-che-phin-ho",
    ),
    "showrooms.showrooms": ("/showrooms", "/showrooms?province=ha-noi"),
    "showrooms.showroom": (Found("/showrooms", "main a[href*='/showrooms/']"),),
    "search.others": (
        "/search/producers?q=che",
        "/search/help?q=tra+hang",
        "/search/villages?q=khongcogica",
    ),
    "villages.villages": ("/villages",),
    "villages.village": (Found("/villages", "main a[href*='/villages/']"),),
    "programme.certificate": (
        Found(Found("/products", CARD), "main a[href*='/certificates/']"),
        "/certificates/CP-NONE",
    ),
    "programme.register": ("/register", "/register?page=2"),
    "worker.offline": ("/offline",),
    "content.help_index": ("/help",),
    "content.help_page": ("/help/about", "/help/how-stars-work"),
    "content.stories": ("/stories",),
    "content.story": (Found("/stories", "main a[href*='/stories/']"),),
    "content.fairs": ("/fairs",),
    "content.fair": (Found("/fairs", "main a[href*='/fairs/']"),),
    "content.gifts": ("/gifts",),
    "content.gift_set": (Found("/gifts", "main a[href*='/gifts/']"),),
    "living.components": ("/_components",),
    "basket.cart": ("/cart",),
    "saved.wishes": ("/wishes",),
    "saved.compare": ("/compare", "/compare?ids=pdc1mgnx,x2rrm9qc"),
    "orders.find": ("/orders",),
    "security.login": ("/sign-in",),
    "security.register": ("/sign-up",),
    "security.forgot_password": ("/account/reset",),
    "security.send_confirmation": ("/account/confirm",),
}
# Pages with an address that nobody keeps, or none of their own; journeys look at them.
EXCUSED: Final[dict[str, str]] = {
    "orders.checkout": "a checkout of one's own",
    "orders.checkout_begins": "a step that leads on to a checkout",
    "orders.show": "an order's private link",
    "own_reviews.write": "an order's private link",
    "reviews.confirm": "a link in a letter",
    "villages.thanks": "a visit's private link",
    "security.change_email_confirm": "a link in a letter",
    "security.confirm_email": "a link in a letter",
    "security.reset_password": "a link in a letter",
    "catalogue.delivery": "a fragment",
    "catalogue.seen": "a fragment",
    "catalogue.share_card": "a picture",
    "worker.manifest": "a file that a telephone reads",
    "places.suggest": "a fragment",
    "search.suggest": "a fragment",
    "saved.ids": "numbers for a script",
}
# Account -> the desk that it opens; all lines of the desk's menu are looked at.
DESKS: Final[dict[str, str]] = {
    "tea@chophien.example": "/desk/producer",
    "showroom@chophien.example": "/desk/showroom",
    "host@chophien.example": "/desk/village",
    "province@chophien.example": "/desk/office",
    "operator@chophien.example": "/account",
}


def go(page: Page, address: Address, lang: str) -> None:
    """Open a page in a browser, by its address or by the link that leads to it."""
    if isinstance(address, str):
        page.goto(f"/{lang}{address}")
        return
    go(page, address.on, lang)
    link = page.locator(address.link).first.get_attribute("href")
    assert link  # noqa: S101 - playwright waited for it
    page.goto(link)
