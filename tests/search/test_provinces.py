"""Provinces of today and of before, however they are typed."""

import json
from pathlib import Path
from typing import Final

import pytest

from app.search.documents import SearchDocument
from app.search.language.analysis import Slot, query_slots
from app.search.language.provinces import PROVINCES
from app.search.language.synonyms import Thesaurus
from app.search.language.tokens import near_token
from app.search.seeking.understanding import understand

DATA: Final = Path(__file__).parents[2] / "data" / "places" / "provinces.json"


def _tokens(slot: Slot, *, is_loose: bool = False) -> set[tuple[str, ...]]:
    return {way.tokens for way in slot.alternatives if way.is_loose == is_loose}


def test_the_table_agrees_with_the_list_of_places() -> None:
    """Names, codes and mergers are those that the shop imports."""
    said = json.loads(DATA.read_text(encoding="utf-8"))["provinces"]

    listed = {
        (
            one["code"],
            one["name_vi"],
            frozenset(
                part["name_vi"].removeprefix("Tỉnh ").removeprefix("Thành phố ")
                for part in one["merged_from"]
            ),
        )
        for one in said
    }
    assert {(code, name, frozenset(former)) for code, name, former in PROVINCES} == listed
    assert len(PROVINCES) == 34
    assert sum(len(former) for _code, _name, former in PROVINCES) == 63


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Thái Nguyên", "p_19"),
        ("thai nguyen", "p_19"),
        ("tỉnh Thái Nguyên", "p_19"),
        ("thai nguyen province", "p_19"),
        ("Hà Nội", "p_01"),
        ("hanoi", "p_01"),
        ("TP.HCM", "p_79"),
        ("tphcm", "p_79"),
        ("Sài Gòn", "p_79"),
        ("ho chi minh city", "p_79"),
        ("daklak", "p_66"),
        ("Đăk Lăk", "p_66"),
        ("TT Huế", "p_46"),
        ("Thừa Thiên - Huế", "p_46"),
    ],
)
def test_a_province_is_one_thing_to_find(typed: str, code: str) -> None:
    """By its code, so that its goods are found whatever their texts say; by its words too."""
    (slot,) = query_slots(typed)

    assert (code,) in _tokens(slot)
    assert len(_tokens(slot)) > 1


@pytest.mark.parametrize(
    ("typed", "former", "today"),
    [
        ("Trà Vinh", "q_travinh", "p_86"),
        ("ben tre", "q_bentre", "p_86"),
        ("brvt", "q_bariavungtau", "p_79"),
        ("Bà Rịa - Vũng Tàu", "q_bariavungtau", "p_79"),
        ("Bắc Cạn", "q_backan", "p_19"),
    ],
)
def test_a_former_province_comes_before_the_one_it_went_into(
    typed: str, former: str, today: str
) -> None:
    """Coconuts of Bến Tre are not those of all Vĩnh Long, as long as there are some."""
    (slot,) = query_slots(typed)

    assert (former,) in _tokens(slot)
    assert (today,) not in _tokens(slot)
    assert (today,) in _tokens(slot, is_loose=True)


@pytest.mark.parametrize("typed", ["chè thái", "đa năng", "hương", "longan", "tỉnh", "tp", "đn"])
def test_other_words_are_no_provinces(typed: str) -> None:
    """Thái alone is a people, đa năng is no Đà Nẵng, and đn could be three."""
    tokens = {
        token for slot in query_slots(typed) for way in slot.alternatives for token in way.tokens
    }

    assert not any(token.startswith(("p_", "q_")) for token in tokens)


def test_a_province_called_tea_is_no_tea() -> None:
    """Trà Vinh brings in no tea, and tea no Trà Vinh."""
    (place,) = query_slots("trà vinh")
    (tea,) = query_slots("trà")

    assert ("tea",) not in _tokens(place)
    assert ("q_travinh",) not in _tokens(tea)


def test_goods_and_their_place_are_two_things() -> None:
    """Both must be met."""
    slots = understand("chè thái nguyên", thesaurus=Thesaurus()).slots

    assert [slot.text for slot in slots] == ["chè", "thái nguyên"]


def test_a_document_carries_its_codes() -> None:
    """Its province, those of before, and that it makes a present."""
    document = SearchDocument(
        product_id=1,
        province_code="86",
        former_provinces=("Trà Vinh", "Bến Tre"),
        category_codes=("11", "I.5", "I"),
    )

    assert document.code_tokens() == ["p_86", "q_travinh", "q_bentre", "g_gift"]
    codes = set(document.code_tokens())
    near = set(map(near_token, codes))
    assert {token for token, _weight in document.weighted_tokens()} == codes | near


def test_a_text_never_looks_like_a_code() -> None:
    """A lone p before a number is no province."""
    document = SearchDocument(product_id=1, name_vi="p 86 q travinh g gift")

    assert {"p_86", "q_travinh", "g_gift"}.isdisjoint(document.name_tokens())


@pytest.mark.parametrize(
    ("town", "province"),
    [("Đà Lạt", "p_68"), ("sa pa", "p_15"), ("phu quoc", "p_91"), ("Hội An", "p_48")],
)
def test_a_town_means_its_province_only_loosely(town: str, province: str) -> None:
    """What has its name comes first; only when nothing has, the land around it will do."""
    (slot,) = query_slots(town)

    assert (province,) in {way.tokens for way in slot.alternatives}
    assert (province,) not in {way.tokens for way in slot.strict().alternatives}
    assert slot.strict().alternatives
