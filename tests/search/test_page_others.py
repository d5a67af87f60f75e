"""What is no product is found by the same words: an index in memory, tabs, pages of results."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

import pytest

from app.content.models import Story
from app.foundation.database import db
from app.foundation.localized import LocalizedText
from app.foundation.work import unit_of_work
from app.search import queries
from app.search.finder import engine
from app.search.jobs import rebuild_index
from app.search.kinds import Built
from app.search.language.analysis import query_slots
from app.search.language.excerpts import LONGEST, excerpt
from app.search.language.highlight import highlight
from app.search.language.tokens import query_pairs
from app.search.others import Entry, Kind, Others
from app.search.traces import read_trace
from app.vendors.models import Producer
from tests.shop.catalogue.sale import on_sale
from tests.showrooms import builders as showrooms
from tests.support import make
from tests.support.statements import counted_statements
from tests.villages import builders as villages

if TYPE_CHECKING:
    from tests.support.browser import Browser, Page

MAKERS = ("HTX chè Hảo Đạt", "Công ty Trà Vinh Farm", "Cơ sở bánh tráng Mỹ Lồng", "HTX lạc Kỳ Sơn")
OTHERS = Others(
    [
        *(Entry(Kind.PRODUCERS, name, (name, f"{name} Co.")) for name in MAKERS),
        Entry(
            Kind.PRODUCERS, "near", ("HTX Long Việt",), ("Trồng chè",), ("Lâm Đồng",), ("p_68", "q_daknong")
        ),
        Entry(Kind.HELP, "returns", ("Đổi trả", "Returns"), ("Trả hàng trong 7 ngày.",)),
        Entry(Kind.HELP, "delivery", ("Giao hàng", "Delivery"), ("Hàng trả sau khi nhận.",)),
    ]
)  # fmt: skip


def found(text: str, kind: Kind = Kind.PRODUCERS) -> list[int | str]:
    return OTHERS.find(kind, query_slots(text), query_pairs(text))


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("hao dat", [MAKERS[0]]),
        ("chè", [MAKERS[0], "near"]),  # called so before those who only make it
        ("tea", [MAKERS[0], "near"]),
        ("trà vinh", [MAKERS[1]]),
        ("banh trang", [MAKERS[2]]),
        ("trắng", [MAKERS[2]]),  # marks are forgiven where nothing has them
        ("bánh đa", [MAKERS[2]]),
        ("peanut", [MAKERS[3]]),
        ("lắc", [MAKERS[3]]),
        ("htx lâm đồng", ["near"]),
        ("htx đắk nông", ["near"]),
        ("htx cà phê", []),
        ("***", []),
        ("", []),
    ],
)
def test_words_mean_the_same_as_for_products(typed: str, keys: list[str]) -> None:
    assert found(typed) == keys


def test_words_side_by_side_come_before_words_apart() -> None:
    assert found("tra hang", Kind.HELP) == ["returns", "delivery"]


def test_counts_are_those_of_the_lists() -> None:
    counts = OTHERS.counts(query_slots("trả hàng"))

    assert counts == {kind: len(found("trả hàng", kind)) for kind in Kind}
    assert counts[Kind.HELP] == 2


@pytest.mark.parametrize("typed", ["a" * 1_000_000, "\0\ud800", "* OR (", "x " * 10_000, "_ __"])
def test_hostile_words_are_answered_at_once(typed: str) -> None:
    began = time.process_time()

    found(typed)

    assert time.process_time() - began < 1


def test_twenty_thousand_producers_are_read_and_searched_fast() -> None:
    luck = random.Random(1)  # noqa: S311 - the same market each time
    names = [
        "Hợp",
        "tác",
        "xã",
        "Nông",
        "nghiệp",
        "Công",
        "ty",
        "TNHH",
        "Chè",
        "Cà",
        "phê",
        "Mật",
        "ong",
        "Xanh",
        "Sạch",
        "Việt",
        "Nam",
        "Hòa",
        "Bình",
        "An",
    ]
    entries = [
        Entry(
            Kind.PRODUCERS,
            number,
            (f"Hợp tác xã {' '.join(luck.choices(names, k=4))} {number % 997}",),
            place=(f"Xã {luck.choice(names)} {number % 3_000}", f"Tỉnh {number % 34}"),
        )
        for number in range(20_000)
    ]

    began = time.process_time()
    many = Others(entries)
    built = time.process_time()
    for typed in ("hop tac xa", "htx chè", "mật ong hòa bình", "cong ty tnhh ca phe", "zzz"):
        many.counts(query_slots(typed))
        many.find(Kind.PRODUCERS, query_slots(typed), query_pairs(typed))
    ended = time.process_time()

    assert len(many) == 20_000
    assert built - began < 3  # within a second on a machine that does nothing else
    assert (ended - built) / 10 < 0.05


def test_an_excerpt_shows_the_words_that_were_found() -> None:
    text = "Không có gì ở đây. " * 30 + "Rồi đến chè Shan tuyết trên núi. " + "Hết. " * 50
    slots = query_slots("shan")

    pieces = excerpt(text, lambda one: highlight(one, slots))

    assert ("Shan", True) in pieces
    assert pieces[0] == ("… ", False)
    assert pieces[-1] == (" …", False)
    assert sum(len(piece) for piece, _hit in pieces) <= LONGEST + 4
    assert excerpt("Ngắn.", None) == (("Ngắn.", False),)
    assert "".join(piece for piece, _hit in excerpt("x" * 500, None)).startswith("x" * LONGEST)


@pytest.fixture
def things(browser: Browser) -> Browser:
    """One of each kind that has to do with tea."""
    with unit_of_work():
        make.producer("HTX Chè Phìn Hồ", story=make.both("Hái chè cổ thụ.", "Picks old tea trees."))
        make.producer("HTX Gốm Thổ Hà", province_code="01", commune_code="00004")
        villages.village("Bản Chè")
        showrooms.showroom("Điểm bán Chè")
        db.session.add(
            Story(
                slug="tea",
                title=make.both("Một ngày hái chè", "A day of tea"),
                summary=make.both("Trên núi.", "On the mountain."),
                body=LocalizedText({"vi": "## Sáng\n\nĐi [lên](orders) *núi*.", "en": "## Dawn\n\nUp."}),
                published_at=make.NOW,
            )
        )  # fmt: skip
    return browser


def tabs_of(page: Page) -> dict[str, int]:
    """Read each tab's number and name."""
    lines = page.one(data_testid="tabs").iter("{http://www.w3.org/1999/xhtml}li")
    said = [" ".join("".join(one.itertext()).split()) for one in lines]
    return {line.rsplit(" ", 1)[0]: int(line.rsplit(" ", 1)[1]) for line in said}


@pytest.mark.parametrize(
    ("lang", "q", "names"),
    [
        ("en", "tea", ["Products", "Producers", "Villages", "Showrooms", "Stories", "Help and policies"]),
        ("vi", "chè", ["Sản phẩm", "Nhà sản xuất", "Làng du lịch", "Điểm bán OCOP", "Câu chuyện",
                       "Trợ giúp và chính sách"]),
    ],
)  # fmt: skip
def test_tabs_above_the_products_count_every_kind_and_lead_there(
    things: Browser, lang: str, q: str, names: list[str]
) -> None:
    things.lang = lang

    page = things.get("catalogue.products", q=q)

    counts = tabs_of(page)
    assert list(counts) == names
    assert [counts[name] for name in names[:5]] == [0, 1, 1, 1, 1]
    for kind in ("producers", "villages", "showrooms", "stories"):
        there = things.open(things.url("search.others", kind=kind, q=q))
        assert tabs_of(there) == counts
        assert len(there.all(data_testid="found")) == 1
        assert len(there.all("h1")) == 1
        assert there.texts("mark")


def test_a_kind_that_has_nothing_is_no_link(things: Browser) -> None:
    page = things.get("catalogue.products", q="phìn hồ")

    links = [str(one.get("href")) for one in page.one(data_testid="tabs").iter("{http://www.w3.org/1999/xhtml}a")]  # fmt: skip
    assert links == [things.url("search.others", kind="producers", q="phìn hồ")]


def test_no_tabs_stand_above_a_list_without_words(things: Browser) -> None:
    assert not things.get("catalogue.products").all(data_testid="tabs")


def test_a_result_says_who_and_where_it_is_and_why_it_was_found(things: Browser) -> None:
    page = things.get("search.others", kind="producers", q="old trees")

    said = page.texts(data_testid="found")
    assert len(said) == 1
    assert "HTX Chè Phìn Hồ (English)" in said[0]
    assert "Cooperative" in said[0]
    assert "Hà Giang 1 Ward, Tuyên Quang" in said[0]
    assert page.texts("mark") == ["old", "trees"]


def test_nothing_found_leads_to_where_something_is(things: Browser) -> None:
    page = things.get("search.others", kind="showrooms", q="phìn hồ")

    assert page.one(data_testid="result-count").get("data-count") == "0"
    assert "Nothing here has all of these words" in page
    elsewhere = page.all("a", href=things.url("search.others", kind="producers", q="phìn hồ"))
    assert elsewhere


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("liên hệ", "about"),
        ("lien he", "about"),
        ("shipping", "delivery"),
        ("phí ship", "delivery"),
        ("return policy", "returns"),
        ("hoàn tiền", "returns"),
        ("bảo mật", "privacy"),
    ],
)
def test_help_is_found_by_what_people_call_it(browser: Browser, typed: str, slug: str) -> None:
    page = browser.get("catalogue.products", q=typed)

    lines = list(page.one(data_testid="tabs").iter("{http://www.w3.org/1999/xhtml}a"))
    there = browser.open(str(lines[0].get("href")))
    assert str(lines[0].get("href")).startswith("/en/search/help"), "what has something comes first"
    assert there.all("a", href=f"/en/help/{slug}")


def test_words_mended_for_products_find_other_things_too(things: Browser) -> None:
    with unit_of_work():
        on_sale("Chè Shan tuyết", "Shan snow tea", by=make.producer("HTX Mai Châu"))
    rebuild_index()

    page = things.get("search.others", kind="producers", q="mai cahu")

    assert page.texts(data_testid="found")[0].startswith("HTX Mai Châu")
    assert tabs_of(page)["Producers"] == 1
    assert "Showing results for" in page.texts(data_testid="did-you-mean")[0]
    assert page.texts("mark")


def test_a_page_without_words_asks_for_some_and_an_unknown_kind_is_not_there(
    things: Browser,
) -> None:
    assert "What are you looking for?" in things.get("search.others", kind="villages")
    things.get("search.others", kind="nothing", q="x", status=404)
    things.get("search.others", kind="villages", q="x", page="2", status=404)
    things.get("search.others", kind="villages", q="x" * 201, status=400)


def test_results_are_kept_from_search_engines(things: Browser) -> None:
    page = things.get("search.others", kind="producers", q="tea")

    assert page.one("meta", name="robots").get("content", "").startswith("noindex")
    assert not page.all("link", rel="canonical")


def test_many_results_stand_on_pages(browser: Browser) -> None:
    with unit_of_work():
        for number in range(30):
            make.producer(f"HTX Chè {number:02d}")

    first = browser.get("search.others", kind="producers", q="chè")
    second = browser.open(str(first.one("a", rel="next").get("href")))

    assert [len(page.all(data_testid="found")) for page in (first, second)] == [24, 6]
    assert first.texts("h2", class_="place-card__name")[0] == "HTX Chè 00 (English)"


def test_a_new_name_is_found_at_once_in_a_small_shop(things: Browser) -> None:
    assert tabs_of(things.get("catalogue.products", q="thổ hà"))["Producers"] == 1
    with unit_of_work():
        made = db.session.query(Producer).filter(Producer.slug.startswith("htx-gom")).one()
        made.name = make.both("HTX Gốm Chu Đậu")

    assert tabs_of(things.get("catalogue.products", q="thổ hà"))["Producers"] == 0
    assert tabs_of(things.get("catalogue.products", q="chu đậu"))["Producers"] == 1


def test_pages_of_results_ask_little_of_the_database(things: Browser) -> None:
    things.open("/en/search/producers?q=tea")

    with counted_statements() as sent:
        things.open("/en/search/villages?q=tea")

    without_index = [one for one in sent if "product_cards" in one]
    assert len(sent) - len(without_index) <= 2


def test_words_that_find_nothing_together_are_offered_one_by_one(browser: Browser) -> None:
    with unit_of_work():
        on_sale("Chè Shan tuyết", "Shan snow tea")
    rebuild_index()  # with the lexicon, which says that the other words are strange

    page = browser.get("catalogue.products", q="qqxx tea zzkk wwjj")

    assert page.texts(data_testid="nearest-terms") == ["tea · 1"]
    found = browser.open(str(page.one("a", href="/en/products?q=tea").get("href")))
    assert found.one(data_testid="result-count").get("data-count") == "1"
    assert found.texts("mark") == ["tea"]


def test_a_price_that_was_typed_is_given_up_aloud(browser: Browser) -> None:
    with unit_of_work():
        on_sale("Chè Shan tuyết", "Shan snow tea", dong=125_000)
    engine().rebuild(queries.all_documents())

    page = browser.get("catalogue.products", q="tea under 50k")

    assert page.one(data_testid="result-count").get("data-count") == "1"
    assert "under 50k" in page.texts(data_testid="relaxed")[0]
    mark = read_trace(page.one(data_island="trace").get("data-token", ""))
    assert mark is not None
    assert not mark.is_empty, "the report counts what was shown"
    assert not page.all(data_testid="reading")


def test_a_filter_that_empties_the_list_is_named_by_the_index_too(browser: Browser) -> None:
    with unit_of_work():
        on_sale("Chè Shan tuyết", "Shan snow tea", dong=125_000)
    engine().rebuild(queries.all_documents())

    page = browser.get("catalogue.products", q="tea", price_max="50000")

    assert page.one(data_testid="result-count").get("data-count") == "0"
    assert page.texts(data_testid="without") == ["1 product without the filter “Up to 50,000 ₫”"]
    assert not page.all(data_testid="nearest-terms")


@pytest.mark.parametrize(
    ("stamp", "age", "cost", "size", "is_good"),
    [
        ("now", 1, 0.01, 10, True),
        ("before", 1, 0.01, 10, False),  # a small shop's is made anew at once
        ("before", 1, 0.5, 10, False),  # though it once took long on a busy machine
        ("before", 20, 0.5, 2_000, True),  # a large one's not all the time
        ("before", 30, 0.5, 2_000, False),
        ("now", 500, 0.5, 2_000, True),
    ],
)
def test_the_index_is_made_anew_as_often_as_it_is_cheap(
    stamp: str, age: float, cost: float, size: int, *, is_good: bool
) -> None:
    entries = [Entry(Kind.PRODUCERS, number, ("HTX",)) for number in range(size)]
    built = Built(Others(entries), stamp, time.monotonic() - age, cost)

    assert built.is_good_for("now") is is_good
