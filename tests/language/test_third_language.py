"""One more catalogue is one more language: its pages, its name in the switch, its figures, its fallbacks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from app.foundation.localized import InLanguage, LocalizedText, joined
from app.foundation.money import Money
from app.web.formats import day, dong, number
from config import Settings, UnsafeSettingsError
from tests.support.found import alternates

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

    from tests.support.browser import Browser

NO_BREAK = "\N{NO-BREAK SPACE}"


def test_a_catalogue_makes_a_language_and_a_setting_leaves_it_out(folder: Path) -> None:
    settings = Settings(instance=folder)

    assert settings.catalogues == ("vi", "en", "eo")
    assert replace(settings, instance=folder / "none").catalogues == ("vi", "en")


def test_a_language_without_a_catalogue_stops_the_start(folder: Path) -> None:
    given = {"OCOP_INSTANCE": str(folder), "LANGUAGES": "en,xx"}

    with pytest.raises(UnsafeSettingsError) as caught:
        Settings.from_environment(given)

    assert len(caught.value.faults) == 2
    assert Settings.from_environment(given | {"LANGUAGES": "vi,eo"}).languages == ("vi", "eo")


def test_the_switch_and_search_engines_know_all_three(reader: Browser) -> None:
    page = reader.open("/eo/producers")

    assert {one.get("hreflang") for one in page.all("a") if one.get("hreflang")} == {
        "vi",
        "en",
        "eo",
    }
    assert set(alternates(page)) == {"vi", "en", "eo", "x-default"}
    assert "Esperanto" in page.text


def test_only_languages_that_are_spoken_are_addresses(reader: Browser) -> None:
    assert reader.open("/fr/producers", status=404).document is not None


def test_figures_are_grouped_and_days_written_as_the_language_does(shop: Flask) -> None:
    written = {}
    for lang in ("vi", "en", "eo"):
        with shop.app_context(), shop.test_request_context(f"/{lang}/"):
            shop.preprocess_request()
            written[lang] = (dong(Money(1_250_000)), number(12_345), day(date(2026, 11, 4)))

    assert written == {
        "vi": (f"1.250.000{NO_BREAK}₫", "12.345", "04/11/2026"),
        "en": (f"1,250,000{NO_BREAK}₫", "12,345", "4 Nov 2026"),
        "eo": (f"1{NO_BREAK}250{NO_BREAK}000{NO_BREAK}₫", f"12{NO_BREAK}345", "2026-Nov-04"),
    }


def test_a_text_falls_back_to_english_and_then_to_vietnamese() -> None:
    both = LocalizedText({"vi": "Chè", "en": "Tea"})
    only = LocalizedText({"vi": "Chè"})

    assert [both.in_language(lang) for lang in ("vi", "en", "eo")] == ["Chè", "Tea", "Tea"]
    assert [only.language(lang) for lang in ("vi", "en", "eo")] == ["vi", "vi", "vi"]


def test_a_row_of_texts_keeps_a_language_that_all_share() -> None:
    row = joined([InLanguage("Ba Đình", "vi"), InLanguage("Hà Nội", "vi"), "(3)"])
    mixed = joined([InLanguage("Hanoi", "en"), InLanguage("chợ", "vi")])

    assert isinstance(row, InLanguage)
    assert (row, row.lang) == ("Ba Đình, Hà Nội, (3)", "vi")
    assert not isinstance(mixed, InLanguage)


def test_a_page_of_help_without_a_translation_says_which_language_it_is_in(reader: Browser) -> None:
    page = reader.get("content.help_page", slug="privacy")

    [body] = [one for one in page.all("div") if "document__body" in (one.get("class") or "")]
    assert body.get("lang") == "en"
    assert page.text.count("prépåréd") == 1
