from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from app.content.documents import SLUGS, documents, rendered
from app.content.models import Fair, GiftItem, GiftSet, Story
from app.foundation.clock import now, today
from app.foundation.database import db
from app.foundation.localized import LocalizedText
from app.shop.catalogue.models import Variant
from tests.support.buying import on_sale
from tests.support.found import data
from tests.support.statements import counted_statements

if TYPE_CHECKING:
    from tests.support.browser import Browser


def both(words: str) -> LocalizedText:
    return LocalizedText({"vi": f"{words} vi", "en": f"{words} en"})


def story(slug: str, **values: Any) -> Story:
    wanted = {
        "title": both(slug),
        "summary": both("summary"),
        "body": LocalizedText({"vi": "## Giữa\n\n[Đơn](orders) <b>x</b>"}),
        "published_at": now() - timedelta(days=1),
    }
    one = Story(slug=slug, **(wanted | values))
    db.session.add(one)
    return one


def fair(slug: str, first: date, last: date) -> Fair:
    names = ("name", "summary", "body", "venue", "organiser")
    one = Fair(
        slug=slug,
        **{name: both(f"{slug} {name}") for name in names},
        province_code="01",
        starts_on=first,
        ends_on=last,
    )
    db.session.add(one)
    return one


def gift_set(slug: str, *variant_ids: int, quantity: int = 1) -> GiftSet:
    items = [
        GiftItem(variant_id=one, quantity=quantity, position=at)
        for at, one in enumerate(variant_ids)
    ]
    one = GiftSet(slug=slug, name=both(slug), summary=both("summary"), items=items)
    db.session.add(one)
    return one


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("slug", SLUGS)
def test_every_page_of_help_is_there_in_both_languages(
    browser: Browser, slug: str, lang: str
) -> None:
    browser.lang = lang

    page = browser.get("content.help_page", slug=slug)

    (title,) = (one.title for one in documents(lang) if one.slug == slug)
    assert page.texts("h1") == [title]


def test_links_of_help_lead_somewhere(browser: Browser) -> None:
    for lang in ("vi", "en"):
        browser.lang = lang
        for slug in SLUGS:
            page = browser.get("content.help_page", slug=slug)
            (body,) = [one for one in page.all("div") if "document__body" in one.get("class", "")]
            for link in body.iter("{http://www.w3.org/1999/xhtml}a"):
                browser.open(link.get("href", ""))


def test_tags_written_in_a_text_stay_text() -> None:
    html = rendered("[a](help/x) <script>alert(1)</script> [b](javascript:alert(1))", "en")

    assert '<a href="/en/help/x">' in html
    assert "<script>" not in html
    assert 'href="javascript' not in html


def test_an_unknown_page_of_help_is_none(browser: Browser) -> None:
    browser.get("content.help_page", slug="nothing", status=404)
    browser.get("content.help_page", slug="..", status=404)


def test_a_story_is_told_in_the_language_that_it_has(browser: Browser) -> None:
    story("honey")
    story("later", published_at=now() + timedelta(days=1))
    db.session.commit()

    page = browser.get("content.story", slug="honey")
    stories = browser.get("content.stories")

    assert page.texts("h1") == ["honey en"]
    assert "English text is being prepared" in page
    (body,) = [one for one in page.all("div") if "document__body" in one.get("class", "")]
    assert body.get("lang") == "vi"
    assert "honey en" in stories
    assert "later" not in stories
    browser.get("content.story", slug="later", status=404)
    browser.get("content.stories", page=2, status=404)


def test_fairs_to_come_stand_before_those_that_are_over(browser: Browser) -> None:
    day = today()
    fair("over", day - timedelta(days=9), day - timedelta(days=8))
    fair("now", day - timedelta(days=1), day)
    fair("next", day + timedelta(days=3), day + timedelta(days=5))
    db.session.commit()

    page = browser.get("content.fairs")

    assert page.text.index("now name") < page.text.index("next name") < page.text.index("over name")
    assert "This fair is over" in browser.get("content.fair", slug="over")
    assert "This fair is over" not in browser.get("content.fair", slug="now")


def test_a_gift_set_goes_into_the_cart_as_a_whole(browser: Browser) -> None:
    gift_set("tea", on_sale(dong=100_000), on_sale(dong=50_000), quantity=2)
    db.session.commit()

    page = browser.get("content.gift_set", slug="tea")
    browser.post("content.add_gift_set", slug="tea")
    cart = browser.get("basket.cart")

    assert "300,000 ₫" in page
    assert len(cart.all(data_testid="cart-line")) == 2
    assert cart.texts(data_testid="cart-count") == ["4"]


def test_a_gift_set_with_a_part_that_is_not_sold_cannot_be_bought(browser: Browser) -> None:
    one, two = on_sale(), on_sale()
    gift_set("tea", one, two)
    variant = db.session.get(Variant, two)
    assert variant is not None
    variant.is_active = False
    db.session.commit()

    page = browser.get("content.gift_set", slug="tea")
    refused = browser.post("content.add_gift_set", slug="tea", status=409)

    assert "A part of this set is not sold" in page
    assert not page.all(data_testid="add-set")
    assert "A part of this set is not sold" in refused
    assert "tea en" not in browser.get("content.gifts")
    assert browser.get("basket.cart").all(data_testid="cart-line") == []


def test_gift_sets_are_read_in_a_fixed_number_of_statements(browser: Browser) -> None:
    for at in range(4):
        gift_set(f"set-{at}", on_sale())
    db.session.commit()
    browser.get("content.gifts")
    story("new")  # a new edition, so that nothing kept is shown
    db.session.commit()

    with counted_statements() as statements:
        browser.get("content.gifts")

    assert len(statements) <= 5, "\n".join(statements)


def test_a_story_is_named_to_search_engines_on_the_day_it_comes_out(browser: Browser) -> None:
    story("told")
    story("to-come", published_at=now() + timedelta(days=1))
    db.session.commit()

    listed = browser.open("/sitemaps/stories-vi-1.xml").text

    assert "/vi/stories/told" in listed
    assert "/vi/stories/to-come" not in listed


def test_search_engines_read_of_a_made_up_fair_that_it_is(browser: Browser) -> None:
    fair("made-up", today(), today()).is_illustrative = True
    fair("real", today(), today())
    db.session.commit()

    told = [
        data(browser.get("content.fair", slug=slug))["Event"]["description"]
        for slug in ("made-up", "real")
    ]

    assert told[0].endswith("Illustrative: this fair is made up for the demonstration.")
    assert told[1] == "real summary en"
