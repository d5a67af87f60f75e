"""What officers decide about words and results holds from the next search on, in every process."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.foundation.actors import Role, Scope
from app.foundation.audit import AuditEntry
from app.foundation.database import db
from app.foundation.errors import ConflictError, NotPermittedError
from app.foundation.outbox import deliver_due
from app.foundation.work import unit_of_work
from app.search import refusals, services
from app.search.finder import find, what_officers_keep
from app.search.models import SearchRedirect, SearchRule, SynonymGroup
from app.search.rules import Treatment
from app.shop.catalogue.asking import Answer, Ask
from app.shop.catalogue.models import Listing
from app.shop.catalogue.narrowing import Filters, Sort
from tests.shop.catalogue.sale import on_sale
from tests.support import make
from tests.support.browser import Browser
from tests.support.statements import counted_statements

CENTRE = make.actor(Role.OFFICER, Scope.territory())


@pytest.fixture
def teas(app: Flask) -> dict[str, tuple[int, str]]:
    """Three teas and a honey, indexed: number and public id by name."""
    with unit_of_work():
        maker = make.producer("HTX Vùng Cao")
        made = {
            name: on_sale(name, en, stars=stars, dong=dong, set_code=kind, by=maker)
            for name, en, stars, dong, kind in (
                ("Chè Shan tuyết", "Shan snow tea", 5, 300_000, "11"),
                ("Chè Tân Cương", "Tân Cương tea", 4, 200_000, "11"),
                ("Chè sen", "Lotus tea", 3, 100_000, "11"),
                ("Mật ong bạc hà", "Mint honey", 4, 150_000, "04"),
            )
        }
        for listing in db.session.query(Listing):
            listing.summary = make.both("Của vùng cao.", "From the highlands.")
        ids = {name: (product.id, product.public_id) for name, product in made.items()}
    deliver_due(clock=lambda: make.NOW)
    return ids


def asked(text: str = "chè", **wanted: Any) -> Answer:
    """Ask as the list does."""
    return find(Ask(text=text, today=make.TODAY, **wanted))


def rule(query: str, product: tuple[int, str], treatment: Treatment, place: int = 1) -> None:
    """Make a rule as the centre's officer."""
    with unit_of_work():
        services.set_rule(query, product[1], treatment, place, actor=CENTRE, now=make.NOW)


def test_pinned_stands_first_and_buried_last(teas: dict[str, tuple[int, str]]) -> None:
    last = asked().ids[-1]
    first = asked().ids[0]
    names = {number: (number, public_id) for number, public_id in teas.values()}

    rule("chè", names[last], Treatment.PIN)
    rule("chè", names[first], Treatment.BURY)

    answer = asked("CHÈ")
    assert answer.ids[0] == last
    assert answer.ids[-1] == first
    assert answer.total == 3
    assert asked("trà sen").ids == asked("sen").ids, "other queries stand as they were"


def test_a_pinned_product_need_not_have_the_words_but_must_fit_the_filters(
    teas: dict[str, tuple[int, str]],
) -> None:
    honey = teas["Mật ong bạc hà"]
    rule("chè", honey, Treatment.PIN, place=2)

    assert asked().ids.index(honey[0]) == 1
    assert asked().total == 4
    assert honey[0] not in asked(filters=Filters(star=5)).ids
    assert honey[0] not in asked(filters=Filters(price_max=120_000)).ids
    assert honey[0] in asked(filters=Filters(price_max=160_000)).ids


def test_whoever_sorts_gets_what_was_sorted(teas: dict[str, tuple[int, str]]) -> None:
    rule("chè", teas["Chè Shan tuyết"], Treatment.PIN)
    rule("chè", teas["Chè sen"], Treatment.BURY)

    assert asked(sort=Sort.PRICE_ASC).total == 3
    assert teas["Mật ong bạc hà"][0] not in asked(sort=Sort.NAME).ids


def test_pages_of_an_arranged_result_do_not_repeat(teas: dict[str, tuple[int, str]]) -> None:
    rule("chè", teas["Mật ong bạc hà"], Treatment.PIN)
    rule("chè", teas["Chè Tân Cương"], Treatment.BURY)

    pages = [asked(offset=offset, limit=1).ids for offset in range(4)]

    assert [len(page) for page in pages] == [1, 1, 1, 1]
    assert len({one for page in pages for one in page}) == 4
    assert pages[0] == (teas["Mật ong bạc hà"][0],)
    assert pages[3] == (teas["Chè Tân Cương"][0],)


def test_officers_words_join_those_of_the_shop(app: Flask) -> None:
    with unit_of_work():
        group = services.add_synonyms(
            ["Măng cụt", "mangosteen", "măng  cụt"], note="", actor=CENTRE, now=make.NOW
        )

    book, thesaurus = what_officers_keep()

    assert book.groups == (("măng cụt", "mangosteen"),)
    assert ("măng cụt", "mangosteen") in thesaurus.groups
    with unit_of_work():
        services.use_synonyms(group, is_active=False, version=1, actor=CENTRE, now=make.NOW)
    assert what_officers_keep()[0].groups == ()


def test_a_word_of_a_group_finds_what_has_another(teas: dict[str, tuple[int, str]]) -> None:
    before = asked("nectar of bees")
    with unit_of_work():
        services.add_synonyms(
            ["mật ong bạc hà", "nectar of bees"], note="", actor=CENTRE, now=make.NOW
        )

    after = asked("nectar of bees")

    assert teas["Mật ong bạc hà"][0] not in before.ids
    assert after.ids == (teas["Mật ong bạc hà"][0],)


def test_the_rules_are_read_once_an_edition(teas: dict[str, tuple[int, str]]) -> None:
    rule("chè", teas["Chè sen"], Treatment.BURY)
    asked()
    db.session.rollback()

    with counted_statements() as again:
        asked()
    db.session.rollback()
    rule("chè", teas["Chè Shan tuyết"], Treatment.BURY)
    with counted_statements() as changed:
        found = asked()

    assert len(again) == 1, "the stamp alone"
    assert len([one for one in changed if "search_rules" in one]) == 1
    assert found.ids[0] == teas["Chè Tân Cương"][0]


def test_a_page_of_results_asks_little_of_the_database(
    teas: dict[str, tuple[int, str]], browser: Browser
) -> None:
    browser.open("/vi/products?q=ch%C3%A8")
    rule("chè", teas["Chè sen"], Treatment.BURY)

    with counted_statements() as cold:
        browser.open("/vi/products?q=ch%C3%A8")
    with counted_statements() as kept:
        browser.open("/vi/products?q=ch%C3%A8")
    rule("chè", teas["Chè Shan tuyết"], Treatment.PIN)
    browser.open("/vi/products?q=ch%C3%A8")
    with counted_statements() as pinned:
        browser.open("/vi/products?q=ch%C3%A8")

    assert len([one for one in cold if "search_" in one]) == 1, cold
    assert len(kept) <= 3, kept
    assert len(pinned) <= 4, pinned


def test_a_query_leads_to_its_page(teas: dict[str, tuple[int, str]], browser: Browser) -> None:
    with unit_of_work():
        services.add_redirect(
            "Đổi trả",
            path_vi="/vi/help/returns",
            path_en="/en/help/returns",
            actor=CENTRE,
            now=make.NOW,
        )

    page = browser.open("/vi/products?q=doi+tra", status=302)
    filtered = browser.open("/vi/products?q=doi+tra&star=5")
    part = browser.client.get("/en/products?q=doi+tra", headers={"HX-Request": "true"})

    assert page.location == "/vi/help/returns"
    assert filtered.status == 200
    assert part.status_code == 200, "whoever takes the last filter off looks at the list"
    assert asked("đổi trả", lang="en").redirect == "/en/help/returns"
    assert asked("đổi trả", lang="en", is_literal=True).redirect == ""


@pytest.mark.parametrize(
    "path",
    [
        "https://elsewhere.test/vi/",
        "//elsewhere.test/vi/",
        "/en/help",
        "/vi/products?q=doi+tra",
        "/vi/\\elsewhere",
        "/vi/a b",
        "/vi/<script>",
        "javascript:alert(1)",
        "/vi/" + "a" * 600,
    ],
)
def test_a_redirect_leads_to_pages_of_ours_alone(app: Flask, path: str) -> None:
    with unit_of_work(), pytest.raises(refusals.BadPathError):
        services.add_redirect("đổi trả", path_vi=path, path_en="", actor=CENTRE, now=make.NOW)


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (["chè"], refusals.TooFewWordsError),
        (["chè", " CHÈ "], refusals.TooFewWordsError),
        (["", "***"], refusals.TooFewWordsError),
        (["bưởi", "pomelo"], refusals.WordTakenError),
    ],
)
def test_a_group_is_several_words_that_no_other_has(
    app: Flask, words: list[str], error: type[Exception]
) -> None:
    with unit_of_work():
        services.add_synonyms(["bưởi", "bòng", "citrus"], note="", actor=CENTRE, now=make.NOW)

    with unit_of_work(), pytest.raises(error):
        services.add_synonyms(words, note="", actor=CENTRE, now=make.NOW)


WRITES: tuple[Callable[[Any, int, Any], object], ...] = (
    lambda rows, version, actor: services.change_synonyms(
        rows[0], ["a", "b"], note="", version=version, actor=actor, now=make.NOW
    ),
    lambda rows, version, actor: services.use_synonyms(
        rows[0], is_active=False, version=version, actor=actor, now=make.NOW
    ),
    lambda rows, version, actor: services.drop_rule(
        rows[1], version=version, actor=actor, now=make.NOW
    ),
    lambda rows, version, actor: services.change_redirect(
        rows[2], "x", path_vi="/vi/map", path_en="", version=version, actor=actor, now=make.NOW
    ),
    lambda rows, version, actor: services.drop_redirect(
        rows[2], version=version, actor=actor, now=make.NOW
    ),
)


@pytest.fixture
def rows(teas: dict[str, tuple[int, str]]) -> list[Any]:
    """One of each that officers keep."""
    with unit_of_work():
        services.add_synonyms(["a", "c"], note="", actor=CENTRE, now=make.NOW)
        services.set_rule("chè", teas["Chè sen"][1], Treatment.PIN, 1, actor=CENTRE, now=make.NOW)
        services.add_redirect("y", path_vi="/vi/map", path_en="", actor=CENTRE, now=make.NOW)
    return [db.session.query(table).one() for table in (SynonymGroup, SearchRule, SearchRedirect)]


@pytest.mark.parametrize("write", WRITES)
def test_nobody_overwrites_what_they_have_not_seen(
    rows: list[Any], write: Callable[[Any, int, Any], object]
) -> None:
    """The version that was read decides (R25)."""
    with unit_of_work(), pytest.raises(ConflictError):
        write(rows, 9, CENTRE)


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize(
    "actor",
    [
        make.actor(),
        make.actor(Role.OFFICER, Scope.territory("01")),
        make.actor(Role.PRODUCER_OWNER, Scope.producer(1)),
    ],
)
def test_only_the_centre_and_operators_change_search(
    rows: list[Any], write: Callable[[Any, int, Any], object], actor: Any
) -> None:
    """A province's officer reads the report and changes nothing of everybody's search."""
    with unit_of_work(), pytest.raises(NotPermittedError):
        write(rows, 1, actor)


def test_every_change_is_in_the_trail(rows: list[Any]) -> None:
    for write in (WRITES[0], WRITES[3], WRITES[2]):
        with unit_of_work():
            write([db.session.get(type(row), row.id) for row in rows], 1, CENTRE)

    trail = [entry.action for entry in db.session.query(AuditEntry).order_by(AuditEntry.id)]

    assert [one for one in trail if one.startswith("search.")] == [
        "search.synonyms_added",
        "search.pin",
        "search.redirect_added",
        "search.synonyms_changed",
        "search.redirect_changed",
        "search.rule_dropped",
    ]
