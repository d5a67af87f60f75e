"""The officers' search desk, as officers and operators meet it."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.foundation.actors import Role, Scope
from app.foundation.clock import today
from app.foundation.database import db
from app.foundation.outbox import deliver_due
from app.foundation.work import unit_of_work
from app.search.log_queries import monday_of
from app.search.models import SearchCount, SearchRedirect, SearchRule, SynonymGroup
from tests.shop.catalogue.sale import on_sale
from tests.support import make
from tests.support.browser import Browser
from tests.support.statements import counted_statements

PAGES = (
    "search_desk.report",
    "search_desk.synonyms",
    "search_results.results",
    "search_redirects.redirects",
)


@pytest.fixture(params=["en", "vi"])
def centre(app: Flask, request: pytest.FixtureRequest) -> Browser:
    """An officer of the centre, in both languages."""
    with unit_of_work():
        user = make.user(Role.OFFICER, Scope.territory())
    browser = Browser(app, request.param)
    browser.sign_in(user)
    return browser


@pytest.fixture
def tea(app: Flask) -> str:
    """The public id of a tea on sale."""
    with unit_of_work():
        number = on_sale().public_id
        on_sale("Chè sen", "Lotus tea")
    deliver_due(clock=lambda: make.NOW)
    return number


def searched(query: str, searches: int, empty: int = 0, clicked: int = 0, lang: str = "vi") -> None:
    """Let a query have been made today."""
    with unit_of_work():
        db.session.add(
            SearchCount(
                day=today(), lang=lang, query=query, searches=searches, empty=empty, clicked=clicked
            )
        )


def all_saved(table: Any) -> list[Any]:
    """What is in a table now, and not when this test began."""
    db.session.rollback()
    return list(db.session.query(table))


def saved(table: Any) -> Any:
    """The only row of a table."""
    (row,) = all_saved(table)
    return row


@pytest.mark.parametrize("endpoint", PAGES)
def test_every_page_of_the_desk_opens_empty(centre: Browser, endpoint: str) -> None:
    page = centre.get(endpoint)

    assert len(page.all("a", class_="chip", aria_current="true")) == 1
    assert page.all("div", class_="empty-state")


@pytest.mark.parametrize("endpoint", PAGES)
def test_others_stay_outside(app: Flask, endpoint: str) -> None:
    with unit_of_work():
        user = make.user(Role.PRODUCER_OWNER, Scope.producer(1))
    browser = Browser(app)

    assert "sign-in" in browser.get(endpoint, status=303).location
    browser.sign_in(user)
    assert browser.get(endpoint, status=403).status == 403


@pytest.mark.parametrize("endpoint", PAGES)
def test_a_provinces_officer_reads_and_changes_nothing(app: Flask, endpoint: str) -> None:
    with unit_of_work():
        user = make.user(Role.OFFICER, Scope.territory("01"))
        db.session.add(
            SynonymGroup(words=["a", "b"], changed_by="Lan", changed_at=make.NOW, note="")
        )
    browser = Browser(app)
    browser.sign_in(user)

    page = browser.get(endpoint)

    main = page.one("main")
    assert not [
        one
        for one in main.iter()
        if one.tag.endswith("form")
        and one.get("method") == "post"
        and "sign-out" not in one.get("action", "")
    ]
    browser.post("search_desk.add_synonyms", {"words": "c\nd"}, status=403)


def test_the_report_leads_from_what_was_not_found_to_its_cure(centre: Browser) -> None:
    searched("măng cụt", 4, empty=4)
    searched("chè", 10, clicked=1)
    searched("trà", 10, clicked=7, lang="en")

    page = centre.get("search_desk.report")
    line = page.one("tr", data_testid="vain")
    links = [one.get("href", "") for one in line.iter() if one.tag.endswith("}a")]
    synonyms = centre.open(next(one for one in links if "synonyms" in one))
    redirects = centre.open(next(one for one in links if "redirects" in one))
    english = centre.get("search_desk.report", language="en")

    assert "măng cụt" in page
    assert "17%" in page or "17 %" in page
    assert synonyms.form_values(action=centre.url("search_desk.add_synonyms"))["words"] == (
        "măng cụt"
    )
    assert redirects.form_values(action=centre.url("search_redirects.add_redirect"))["query"] == (
        "măng cụt"
    )
    assert "măng cụt" not in english


@pytest.mark.parametrize("week", ["x", "2026-13-01", "0001-01-01", "9999-12-31", "../"])
def test_a_week_that_is_none_is_refused_or_empty(centre: Browser, week: str) -> None:
    answer = centre.client.get(centre.url("search_desk.report", week=week))

    assert answer.status_code in {200, 400}


def test_the_file_holds_no_formula(centre: Browser) -> None:
    searched("=1+1", 3)
    searched("chè", 2)

    answer = centre.client.get(
        centre.url("search_desk.report_file", week=monday_of(today()).isoformat())
    )

    lines = answer.get_data(as_text=True).lstrip("\ufeff").splitlines()
    assert answer.mimetype == "text/csv"
    assert lines[1:] == ["'=1+1,vi,3,0,0", "chè,vi,2,0,0"]


def test_a_group_is_added_changed_and_retired(centre: Browser) -> None:
    centre.post("search_desk.add_synonyms", {"words": "Bòng\nbưởi bòng", "note": "miền Bắc"})
    group = saved(SynonymGroup)
    opened = centre.get("search_desk.synonym", group_id=group.id)
    form = opened.form_values(action=centre.url("search_desk.change_synonyms", group_id=group.id))

    centre.post(
        "search_desk.change_synonyms",
        form | {"words": "bòng, bưởi bòng, pomelo"},
        group_id=group.id,
    )
    stale = centre.post(
        "search_desk.change_synonyms",
        form | {"words": "mine\nyours"},
        group_id=group.id,
        status=409,
    )
    again = stale.form_values(action=centre.url("search_desk.change_synonyms", group_id=group.id))

    assert saved(SynonymGroup).words == ["bòng", "bưởi bòng", "pomelo"]
    assert again["words"].split() == ["mine", "yours"], "what was typed is kept"
    assert "bòng, bưởi bòng, pomelo" in stale
    centre.post("search_desk.change_synonyms", again, group_id=group.id)
    now = saved(SynonymGroup)
    assert now.words == ["mine", "yours"]
    centre.post(
        "search_desk.use_synonyms",
        {"version": str(now.version), "wanted": "retire"},
        group_id=group.id,
    )
    assert not saved(SynonymGroup).is_active


@pytest.mark.parametrize("words", ["", "one", "a" * 2_000])
def test_a_group_that_cannot_be_says_why_and_keeps_the_words(centre: Browser, words: str) -> None:
    page = centre.post("search_desk.add_synonyms", {"words": words, "note": "why"}, status=422)

    typed = page.form_values(action=centre.url("search_desk.add_synonyms"))
    assert typed["words"] == words
    assert typed["note"] == "why"
    assert page.all(id="error-summary")
    assert len(all_saved(SynonymGroup)) == 0


def test_a_result_is_arranged_and_shown_as_shoppers_get_it(centre: Browser, tea: str) -> None:
    opened = centre.get("search_results.results", query="Chè", status=303)
    page = centre.open(opened.location + "&find=shan")
    tools = {"data_testid": "arrange"}

    assert len(page.all("tr", data_testid="found-product")) == 1
    assert page.texts("ol", data_testid="preview")
    path = centre.url("search_results.set_rule")
    form = page.form_values(**tools) | {"do": "bury"}
    wrong = centre.send(path, form | {"place": "99"}, status=422)
    centre.send(path, form)

    assert wrong.form_values(**tools)["place"] == "99"
    rule = saved(SearchRule)
    assert (rule.query, rule.treatment.value) == ("chè", "bury")
    after = centre.open(opened.location)
    assert len(after.all("tr", data_testid="rule")) == 1
    twice = centre.send(path, form, status=422)
    assert twice.all(id="error-summary")
    drop = after.form_values(action=centre.url("search_results.drop_rule", rule_id=rule.id))
    centre.send(centre.url("search_results.drop_rule", rule_id=rule.id), drop)
    assert len(all_saved(SearchRule)) == 0


def test_a_query_without_words_has_no_result_to_arrange(centre: Browser) -> None:
    centre.get("search_results.result", query="***", status=404)


def test_a_redirect_is_added_changed_and_taken_away(centre: Browser) -> None:
    wrong = centre.post(
        "search_redirects.add_redirect",
        {"query": "đổi trả", "path_vi": "https://elsewhere.test/"},
        status=422,
    )
    again = wrong.form_values(action=centre.url("search_redirects.add_redirect"))
    centre.post("search_redirects.add_redirect", again | {"path_vi": "/vi/help"})
    kept = saved(SearchRedirect)
    taken = centre.post(
        "search_redirects.add_redirect", {"query": "ĐỔI TRẢ", "path_vi": "/vi/map"}, status=422
    )
    path = centre.url("search_redirects.change_redirect", redirect_id=kept.id)
    form = centre.get("search_redirects.one_redirect", redirect_id=kept.id).form_values(action=path)
    centre.send(path, form | {"path_en": "/en/help"})
    stale = centre.send(path, form | {"path_en": "/en/map"}, status=409)

    assert again["path_vi"] == "https://elsewhere.test/"
    assert taken.all(id="error-summary")
    assert stale.form_values(action=path)["path_en"] == "/en/map"
    kept = saved(SearchRedirect)
    assert (kept.path_vi, kept.path_en) == ("/vi/help", "/en/help")
    drop = centre.url("search_redirects.drop_redirect", redirect_id=kept.id)
    centre.send(drop, {"version": "1"})
    assert len(all_saved(SearchRedirect)) == 1, "somebody had changed it"
    centre.send(drop, {"version": str(kept.version)})
    assert len(all_saved(SearchRedirect)) == 0


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (f"chè\n{'x' * 61}", "60"),
        ("\n".join(f"chữ {number}" for number in range(13)), "12"),
    ],
)
def test_words_that_are_too_long_or_too_many_are_told_so(
    centre: Browser, words: str, why: str
) -> None:
    page = centre.post("search_desk.add_synonyms", {"words": words}, status=422)

    said = " ".join(page.texts(id="error-summary"))
    assert why in said


@pytest.mark.parametrize(
    "path",
    [
        "/vi/khong-co",
        "/vi/help/a/b",
        "/vi/khong-co?x=1#y",
        "/vi/help/khong-co",
        "/vi/showrooms/khong-co",
        "/vi/producers/khong-co#about",
        "/vi/provinces/khong-co",
        "/vi/products/che-shan-zzzz99",
        "/vi/products?category=khong-co",
    ],
)
def test_a_redirect_to_no_page_is_refused_and_what_was_typed_stays(
    centre: Browser, path: str
) -> None:
    page = centre.post(
        "search_redirects.add_redirect", {"query": "đổi trả", "path_vi": path}, status=422
    )

    assert "This site has no such page." in page or "Trang web này không có trang đó." in page
    again = page.form_values(action=centre.url("search_redirects.add_redirect"))
    assert (again["query"], again["path_vi"]) == ("đổi trả", path)
    assert len(all_saved(SearchRedirect)) == 0


def test_a_redirect_that_is_changed_to_no_page_is_refused_too(centre: Browser) -> None:
    centre.post("search_redirects.add_redirect", {"query": "đổi trả", "path_vi": "/vi/help"})
    kept = saved(SearchRedirect)
    path = centre.url("search_redirects.change_redirect", redirect_id=kept.id)
    form = centre.get("search_redirects.one_redirect", redirect_id=kept.id).form_values(action=path)

    page = centre.send(path, form | {"path_vi": "/vi/help/khong-co"}, status=422)

    assert page.form_values(action=path)["path_vi"] == "/vi/help/khong-co"
    assert saved(SearchRedirect).path_vi == "/vi/help"


def test_a_redirect_may_lead_to_any_page_that_opens(centre: Browser, tea: str) -> None:
    opened = (
        "/vi/",
        "/vi/help/returns",
        f"/vi/products/che-{tea}",
        "/vi/products?category=food#listing",
        "/vi/account",
    )

    for number, path in enumerate(opened):
        centre.post("search_redirects.add_redirect", {"query": f"chè {number}", "path_vi": path})

    assert [one.path_vi for one in all_saved(SearchRedirect)] == list(opened)
    assert centre.get("search_redirects.redirects").texts("h1"), "and nobody was signed out"


@pytest.mark.parametrize(
    ("most", "endpoint", "form"),
    [
        ("MOST_REDIRECTS", "search_redirects.add_redirect", {"query": "b", "path_vi": "/vi/help"}),
        ("MOST_GROUPS", "search_desk.add_synonyms", {"words": "c\nd"}),
        (
            "MOST_RULES_IN_ALL",
            "search_results.set_rule",
            {"query": "b", "place": "1", "do": "pin"},
        ),
    ],
)
def test_there_is_an_end_to_what_can_be_kept(
    centre: Browser,
    tea: str,
    monkeypatch: pytest.MonkeyPatch,
    most: str,
    endpoint: str,
    form: dict[str, str],
) -> None:
    form = form | {"product": tea}
    monkeypatch.setattr(f"app.search.services.{most}", 0)

    page = centre.post(endpoint, form, status=422)

    said = " ".join(page.texts(id="error-summary"))
    assert "There are 0 already" in said or "Đã có 0" in said
    monkeypatch.setattr(f"app.search.services.{most}", 1)
    centre.post(endpoint, form)


def test_a_redirect_to_a_page_of_before_leads_nowhere(centre: Browser) -> None:
    with unit_of_work():
        for query, end in (("đổi trả", "gone"), ("bản đồ", "map")):
            paths = {f"path_{lang}": f"/{lang}/{end}" for lang in ("vi", "en")}
            make.add(SearchRedirect(query=query, changed_by="", changed_at=make.NOW, **paths))

    centre.get("catalogue.products", q="đổi trả", status=200)
    centre.get("catalogue.products", q="bản đồ", status=302)


@pytest.mark.parametrize("version", ["", "x", "9" * 40, "0" * 20 + "9" * 5_000, "-1"])
def test_a_form_without_the_version_that_was_read_changes_nothing(
    centre: Browser, version: str
) -> None:
    with unit_of_work():
        group = make.add(
            SynonymGroup(words=["a", "b"], changed_by="Lan", changed_at=make.NOW, note="")
        )
        number = group.id
    centre.post(
        "search_desk.use_synonyms", {"version": version, "wanted": "retire"}, group_id=number
    )

    assert saved(SynonymGroup).is_active


def test_the_desk_asks_little_of_the_database(centre: Browser, tea: str) -> None:
    for number in range(30):
        searched(f"chè {number}", 9, empty=number % 2)
    centre.get("search_desk.report")
    centre.get("search_results.result", query="chè", find="chè")

    with counted_statements() as report:
        centre.get("search_desk.report")
    with counted_statements() as result:
        centre.get("search_results.result", query="chè", find="chè")

    assert len(report) <= 6, report
    assert len(result) <= 8, result


def test_a_week_begins_on_monday() -> None:
    assert monday_of(make.TODAY).isoweekday() == 1
    assert make.TODAY - monday_of(make.TODAY) < timedelta(days=7)
