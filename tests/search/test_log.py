"""Searches are counted without anybody being known, and nobody alone makes a thing look wanted."""

import re
import shutil
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.foundation.database import db
from app.foundation.work import unit_of_work
from app.search import log_queries
from app.search.finder import engine
from app.search.models import SearchClick, SearchCount, SearchSalt, SearchVisit
from app.search.traces import read_trace
from app.search.tracing import forget_old, note_click, note_search
from config import Settings
from tests.shop.catalogue.sale import on_sale
from tests.support import make
from tests.support.browser import Browser

NETWORKS = ("203.0.113.1", "203.0.113.2", "203.0.113.3")


def search(text: str = "chè shan", network: str = NETWORKS[0], **values: Any) -> bool:
    """Let somebody search."""
    wanted: dict[str, Any] = {"lang": "vi", "is_empty": False, "now": make.NOW} | values
    with unit_of_work():
        return note_search(text, network=network, **wanted)


def click(product: str, text: str = "chè shan", network: str = NETWORKS[0], **values: Any) -> bool:
    """Let somebody open a product."""
    wanted: dict[str, Any] = {"lang": "vi", "now": make.NOW} | values
    with unit_of_work():
        return note_click(text, product, network=network, **wanted)


def counts() -> list[tuple[str, int, int, int]]:
    """What has been counted."""
    rows = db.session.scalars(select(SearchCount).order_by(SearchCount.query))
    return [(row.query, row.searches, row.empty, row.clicked) for row in rows]


def public_id() -> str:
    """A product on sale."""
    with unit_of_work():
        return on_sale().public_id


def test_a_visitor_counts_once_a_day_for_a_query(app: Flask) -> None:
    counted = [search(), search("  CHÈ  shan!"), search(network=NETWORKS[1])]

    assert counted == [True, False, True]
    assert counts() == [("chè shan", 2, 0, 0)]
    assert search(now=make.NOW + timedelta(days=1))


def test_marks_and_languages_are_told_apart_and_what_was_not_found_counted(app: Flask) -> None:
    search("lạc", is_empty=True)
    search("lắc")
    search("lạc", lang="en", network=NETWORKS[1])

    week = log_queries.report(log_queries.monday_of(make.TODAY))
    english = log_queries.report(log_queries.monday_of(make.TODAY), "en")

    assert (week.searches, week.empty, week.queries) == (3, 1, 2)
    assert [(line.query, line.lang) for line in week.in_vain] == [("lạc", "vi")]
    assert english.searches == 1


@pytest.mark.parametrize(
    "text", ["lan@example.test", "0912 345 678", "+84 912.345.678", "0912/345/678", "", "***", "\0"]
)
def test_what_is_somebodys_own_is_not_kept(app: Flask, text: str) -> None:
    assert not search(text)
    assert counts() == []


def test_opening_products_counts_once_for_a_visitor_a_product_and_a_day(app: Flask) -> None:
    tea, other = public_id(), public_id()
    search()

    counted = [click(tea), click(tea), click(other), click("nothing")]

    assert counted == [True, False, True, False]
    assert counts() == [("chè shan", 1, 0, 1)], "one search of which something was opened"
    assert db.session.scalar(select(func.count()).select_from(SearchClick)) == 2


def test_no_address_is_kept_and_tomorrow_nobody_can_tell(app: Flask) -> None:
    search()
    today = db.session.scalars(select(SearchVisit.visitor)).one()
    search(now=make.NOW + timedelta(days=1))
    with unit_of_work():
        forget_old(now=make.NOW + timedelta(days=1))

    visitors = set(db.session.scalars(select(SearchVisit.visitor)))
    days = list(db.session.scalars(select(SearchSalt.day)))

    assert len(visitors) == 2
    assert today in visitors
    assert not any(NETWORKS[0] in one for one in visitors)
    assert days == [make.TODAY + timedelta(days=1)], "the key of a past day is gone"


def test_digests_go_after_five_weeks_and_rare_queries_with_them(app: Flask) -> None:
    tea = public_id()
    for network in NETWORKS:
        search(network=network)
    search("chỉ một người")
    click(tea)

    with unit_of_work():
        forget_old(now=make.NOW + timedelta(days=36))
    kept = counts()
    with unit_of_work():
        forget_old(now=make.NOW + timedelta(days=401))

    assert [query for query, *_rest in kept] == ["chè shan"]
    assert counts() == []
    for table in (SearchVisit, SearchClick):
        assert db.session.scalar(select(func.count()).select_from(table)) == 0


def test_low_click_queries_are_those_that_many_made_and_few_went_on_from(app: Flask) -> None:
    with unit_of_work():
        for query, searches, clicked in (("a", 20, 1), ("b", 20, 9), ("c", 4, 0)):
            db.session.add(
                SearchCount(
                    day=make.TODAY, lang="vi", query=query, searches=searches, clicked=clicked
                )
            )

    week = log_queries.report(log_queries.monday_of(make.TODAY))

    assert [line.query for line in week.rarely_opened] == ["a"]
    assert [line.query for line in week.top] == ["a", "b", "c"]


def token_of(browser: Browser, path: str) -> dict[str, str]:
    """The mark of a page of results."""
    page = browser.open(path)
    mark = page.one(data_island="trace")
    return {name: mark.get(f"data-{name}", "") for name in ("token", "url", "click-url")}


def test_a_page_of_results_counts_when_its_script_says_so(app: Flask, browser: Browser) -> None:
    tea = public_id()
    mark = token_of(browser, "/vi/products?q=ch%C3%A8+shan")
    before = counts()

    seen = browser.client.post(mark["url"], data={"token": mark["token"]})
    again = browser.client.post(mark["url"], data={"token": mark["token"]})
    opened = browser.client.post(mark["click-url"], data={"token": mark["token"], "product": tea})

    assert before == [], "reading a page writes nothing"
    assert (seen.status_code, again.status_code, opened.status_code) == (204, 204, 204)
    assert [(query, searches, clicked) for query, searches, _empty, clicked in counts()] == [
        ("chè shan", 1, 1)
    ]


@pytest.mark.parametrize("more", ["&star=5", "&page=2", "&price_max=90000"])
def test_a_narrowed_list_says_nothing_of_the_words(browser: Browser, more: str) -> None:
    if "page" in more:
        with unit_of_work():
            for number in range(30):
                on_sale(f"Chè shan {number}")

    mark = token_of(browser, f"/vi/products?q=ch%C3%A8+shan{more}")

    assert mark["url"] == ""
    assert mark["click-url"]


def test_what_names_alone_answered_is_counted_and_is_not_in_vain(
    browser: Browser, settings: Settings
) -> None:
    engine().rebuild([])
    with_index = token_of(browser, "/vi/products?q=thanh+long")
    shutil.rmtree(settings.instance / "search")
    without = token_of(browser, "/vi/products?q=thanh+long")

    for mark, is_in_vain in ((with_index, True), (without, False)):
        made = read_trace(mark["token"])
        assert made is not None
        assert made.is_empty is is_in_vain
        assert mark["url"]


def test_a_list_without_words_has_no_mark(browser: Browser) -> None:
    assert browser.open("/vi/products").all(data_island="trace") == []


@pytest.mark.parametrize("words", ["lan@example.test", "0912/345/678", "0912 345 678"])
def test_words_that_are_somebodys_own_have_no_mark(browser: Browser, words: str) -> None:
    page = browser.open(f"/vi/products?q={quote(words)}")

    assert page.all(data_island="trace") == []


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "é" * 3_000, "\0"])
@pytest.mark.parametrize("endpoint", ["search_log.searched", "search_log.opened"])
def test_a_made_up_token_counts_nothing(browser: Browser, endpoint: str, token: str) -> None:
    path = browser.url(endpoint, lang="vi")

    answer = browser.client.post(path, data={"token": token, "product": "p"})

    assert answer.status_code == 400
    assert counts() == []


def test_a_token_lasts_a_day_and_is_ours(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    mark = token_of(browser, "/vi/products?q=tr%C3%A0")
    forged = re.sub(r"^.", "X", mark["token"])

    answers = [browser.client.post(mark["url"], data={"token": forged}).status_code]
    monkeypatch.setattr("app.search.traces.A_DAY", -1)
    answers.append(browser.client.post(mark["url"], data={"token": mark["token"]}).status_code)

    assert answers == [400, 400]


@pytest.mark.parametrize("header", ["DNT", "Sec-GPC"])
def test_whoever_asks_not_to_be_tracked_is_not_counted(browser: Browser, header: str) -> None:
    mark = token_of(browser, "/vi/products?q=tr%C3%A0")

    answer = browser.client.post(mark["url"], data={"token": mark["token"]}, headers={header: "1"})

    assert answer.status_code == 204
    assert counts() == []


def test_another_site_cannot_make_its_readers_count(browser: Browser) -> None:
    mark = token_of(browser, "/vi/products?q=tr%C3%A0")

    answer = browser.client.post(
        mark["url"], data={"token": mark["token"]}, headers={"Sec-Fetch-Site": "cross-site"}
    )

    assert answer.status_code == 403
