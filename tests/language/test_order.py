"""Lists in the order of names follow the Vietnamese alphabet, and say which language they fell back to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.foundation.database import db
from app.foundation.localized import LocalizedText
from app.foundation.text import sort_key
from app.vendors.models import Producer
from app.villages.models import Village
from app.web.limits import limiter
from ops.pseudo import CODE, disguise
from tests.support.browser import HTML, Browser, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

NOTE = disguise("English text is being prepared.")


@pytest.fixture
def vietnamese(shop: Flask) -> Browser:
    """A client that reads Vietnamese, as all names here are written."""
    limiter.reset()
    return Browser(shop, lang="vi")


def in_order(names: list[str]) -> bool:
    """Whether names stand as in a dictionary, and there are enough of them to tell."""
    return len(names) > 3 and names == sorted(names, key=sort_key)


@pytest.mark.parametrize(
    ("path", "select"),
    [("/vi/producers", "province"), ("/vi/products/tra-xanh-phin-ho-x2rrm9qc", "to")],
)
def test_provinces_to_choose_from_stand_in_order(
    vietnamese: Browser, path: str, select: str
) -> None:
    page = vietnamese.open(path)

    options = [words(one) for one in page.all("select", name=select)[0].iter(HTML + "option")][1:]
    assert in_order(options)


@pytest.mark.parametrize("path", ["/vi/showrooms", "/vi/villages"])
def test_provinces_with_their_counts_stand_in_order(vietnamese: Browser, path: str) -> None:
    page = vietnamese.open(path)

    chips = [one.partition(" (")[0] for one in page.texts("a", class_="chip")]
    assert in_order(chips[1:])


@pytest.mark.parametrize("path", ["/vi/producers", "/vi/villages"])
def test_names_stand_in_order(vietnamese: Browser, path: str) -> None:
    page = vietnamese.open(path)

    names = [words(one) for one in page.all(class_="place-card__name")]
    assert in_order(names)


def test_showrooms_of_a_province_stand_in_order(vietnamese: Browser) -> None:
    page = vietnamese.open("/vi/showrooms")

    groups = [one for one in page.all("ul", class_="grid") if one.get("data-kind") == "pair"]
    assert groups
    for group in groups:
        names = [words(one) for one in group.iter() if one.get("class") == "place-card__name"]
        assert names == sorted(names, key=sort_key)


@pytest.fixture
def unwritten(shop: Flask) -> Iterator[tuple[str, str]]:
    """A producer and a village that nobody has described in English yet; their paths."""
    producer = db.session.query(Producer).order_by(Producer.id).first()
    place = db.session.query(Village).order_by(Village.id).first()
    assert producer
    assert place
    said = producer.story, place.known_for
    producer.story = place.known_for = LocalizedText({"vi": "Làm từ xưa đến nay."})
    paths = f"producers/{producer.slug}", f"villages/{place.slug}"
    db.session.commit()
    yield paths
    producer.story, place.known_for = said
    db.session.commit()


@pytest.mark.parametrize(
    ("lang", "note"), [("en", "English text is being prepared."), (CODE, NOTE)]
)
def test_a_text_in_another_language_says_so(
    shop: Flask, unwritten: tuple[str, str], lang: str, note: str
) -> None:
    limiter.reset()
    reader = Browser(shop, lang=lang)

    for path in unwritten:
        page = reader.open(f"/{lang}/{path}")
        said = [one for one in page.all(lang="vi") if words(one) == "Làm từ xưa đến nay."]
        assert said, path
        assert note in page, path


def test_a_text_in_the_language_of_its_page_says_nothing(
    vietnamese: Browser, unwritten: tuple[str, str]
) -> None:
    for path in unwritten:
        assert vietnamese.open(f"/vi/{path}").all(class_="fallback-note") == [], path
