"""The map, the list of provinces, and the page of one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from app.foundation import slots
from app.foundation.database import db
from app.foundation.text import slugify, sort_key
from app.places.intros import province_intro
from app.places.models import Province, ProvinceKind
from app.places.queries import ProvinceCount, forget_places
from app.shop.catalogue.intros import category_intro
from app.shop.catalogue.origins import step_of
from tests.shop.catalogue import market
from tests.shop.catalogue.sale import card, on_sale
from tests.support import make
from tests.support.statements import counted_statements

if TYPE_CHECKING:
    from tests.support.browser import Browser, Page

DATA = Path(__file__).resolve().parents[3] / "data"


def _rows(page: Page) -> dict[str, str]:
    rows = [one for one in page.all("tr") if (one.get("data-testid") or "").startswith("province-")]
    return {
        str(row.get("data-testid")).removeprefix("province-"): " ".join(row.itertext()).split()[-1]
        for row in rows
    }


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_map_counts_each_province(browser: Browser, lang: str) -> None:
    browser.lang = lang
    on_sale()
    card(make.registered(province_code="01"))
    db.session.commit()

    page = browser.get("catalogue.map_page")

    assert _rows(page) == {"tuyen-quang": "1", "ha-noi": "1", "lam-dong": "0"}
    links = page.all(class_="map__province")
    assert len(links) == 3
    assert links[0].get("href") == f"/{lang}/provinces/ha-noi"
    assert "Quần đảo Hoàng Sa" in page
    assert "Quần đảo Trường Sa" in page


def test_the_map_counts_one_kind_at_a_time(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_sale(
        "Bình gốm", "Vase", set_code="21", by=make.producer(province_code="01", commune_code=None)
    )
    on_sale()
    village = ProvinceCount("68", "lam-dong", make.both("Lâm Đồng"), 4)
    filled = dict(slots._filled) | {"map.villages": lambda: [village]}
    monkeypatch.setattr(slots, "_filled", filled)
    db.session.commit()

    def counted(kind: str) -> dict[str, str]:
        return _rows(browser.get("catalogue.map_page", kind=kind))

    assert counted("handicrafts") == {"ha-noi": "1", "tuyen-quang": "0", "lam-dong": "0"}
    assert counted("villages") == {"lam-dong": "4", "ha-noi": "0", "tuyen-quang": "0"}
    assert counted("producers") == {"tuyen-quang": "2", "ha-noi": "1", "lam-dong": "0"}
    assert counted("showrooms") == {"ha-noi": "0", "tuyen-quang": "0", "lam-dong": "0"}
    assert "4 tourism villages" in browser.get("catalogue.map_page", kind="villages")


def test_kinds_and_orders_are_links_that_keep_each_other(browser: Browser) -> None:
    card(make.registered(province_code="68"))
    db.session.commit()

    page = browser.get("catalogue.map_page", kind="food", order="name")

    assert list(_rows(page)) == ["ha-noi", "lam-dong", "tuyen-quang"]
    assert page.all("a", href="/en/map?kind=villages&order=name")
    assert page.all("a", href="/en/map?kind=food")
    assert next(iter(_rows(browser.get("catalogue.map_page")))) == "lam-dong"


def test_a_kind_or_order_that_is_none_is_refused(browser: Browser) -> None:
    browser.get("catalogue.map_page", kind="ships", status=404)
    browser.get("catalogue.map_page", kind="tea", status=404)  # a group has no map of its own
    browser.get("catalogue.map_page", order="size", status=400)


def test_shades_tell_nothing_from_little_and_little_from_much() -> None:
    assert [step_of(count, 60) for count in (0, 1, 15, 16, 46, 60)] == [0, 1, 1, 2, 4, 4]
    assert step_of(0, 0) == 0


def test_provinces_stand_in_the_order_of_the_vietnamese_alphabet(browser: Browser) -> None:
    for code, name in (("66", "Đắk Lắk"), ("75", "Đồng Nai"), ("96", "Cà Mau"), ("04", "Cao Bằng")):
        db.session.add(
            Province(
                code=code,
                kind=ProvinceKind.PROVINCE,
                name=make.both(name),
                full_name=make.both(f"Tỉnh {name}"),
                slug=slugify(name),
                sort_key=sort_key(name),
                latitude=0.0,
                longitude=0.0,
            )
        )
    db.session.commit()
    forget_places()

    page = browser.get("catalogue.provinces_page")

    assert page.texts(data_testid="province") == [
        *("Cà Mau", "Cao Bằng", "Đắk Lắk", "Đồng Nai"),
        *("Hà Nội", "Lâm Đồng", "Tuyên Quang"),
    ]
    assert page.texts("h2", class_="letters__letter") == ["C", "Đ", "H", "L", "T"]
    forget_places()


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_province_has_a_page_with_its_words_goods_and_ways_on(
    browser: Browser, lang: str
) -> None:
    browser.lang = lang
    producer = make.producer()
    product = on_sale(by=producer)
    on_sale(
        "Mật ong", "Honey", set_code="04", by=make.producer(province_code="01", commune_code=None)
    )
    db.session.commit()

    page = browser.get("catalogue.province", slug="tuyen-quang")

    assert province_intro("08")[lang][:40] in page
    assert page.one(data_testid="result-count").get("data-count") == "1"
    assert [one.get("data-product-id") for one in page.all(data_testid="product-card")] == [
        product.public_id
    ]
    assert page.all("a", href=f"/{lang}/producers?province=tuyen-quang")
    tea = {"vi": "che", "en": "tea"}[lang]
    assert page.all("a", href=f"/{lang}/products?category={tea}&province=tuyen-quang")
    assert page.one("a", rel="prev").get("href") == f"/{lang}/provinces/lam-dong"


def test_a_province_without_goods_says_so(browser: Browser) -> None:
    page = browser.get("catalogue.province", slug="lam-dong")

    assert "Nothing from here is in the register yet" in page
    browser.get("catalogue.province", slug="atlantis", status=404)


def test_pages_of_places_ask_little_of_the_database(browser: Browser) -> None:
    market.fill(60)
    db.session.commit()
    browser.get("catalogue.home")

    with counted_statements() as one:
        browser.get("catalogue.province", slug="ha-noi")
    with counted_statements() as all_of_them:
        browser.get("catalogue.provinces_page")

    assert len(one) <= 5
    assert len(all_of_them) <= 2


def test_every_province_of_today_is_told_of_in_both_languages() -> None:
    rows: Any = json.loads((DATA / "places" / "provinces.json").read_text(encoding="utf-8"))
    rows = rows if isinstance(rows, list) else rows["provinces"]

    told = [province_intro(one["code"]) for one in rows]

    assert len(told) == 34
    assert all(set(one) == {"vi", "en"} for one in told)


def test_every_category_is_told_of_in_both_languages() -> None:
    rows: Any = json.loads((DATA / "categories.json").read_text(encoding="utf-8"))
    parents = {one["code"]: one["parent"] for one in rows}

    for one in rows:
        line = [one["code"]]
        while parent := parents[line[0]]:
            line.insert(0, parent)
        intro = category_intro(tuple(line))
        assert intro is not None
        assert set(intro.about) == set(intro.look) == {"vi", "en"}
