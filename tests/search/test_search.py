"""What a shopper finds."""

import unicodedata

import pytest

from app.search.documents import SearchDocument
from app.search.engines.embedded import WhooshEngine
from tests.search.conftest import Ask, found
from tests.search.register import DOCUMENTS, NAMES

SHAN_TEAS = {"Chè Shan tuyết Suối Giàng", "Trà Shan tuyết Tà Xùa"}


@pytest.mark.parametrize(
    "typed",
    [
        "che shan tuyet",
        "chè shan tuyết",
        "CHE SHAN",
        "chè shan tuyet",
        "shan snow tea",
        "tra shan tuyết",
    ],
)
def test_shan_tea_is_found_however_it_is_typed(ask: Ask, typed: str) -> None:
    """With marks, without, partly, in capitals, in English, under the other name."""
    assert set(ask(typed)) == SHAN_TEAS


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("chè shan tuyết", "Chè Shan tuyết Suối Giàng"),
        ("trà shan tuyết", "Trà Shan tuyết Tà Xùa"),
        ("nuoc mam phu quoc", "Nước mắm Phú Quốc Khải Hoàn 38 độ đạm"),
        ("NƯỚC MẮM PHÚ QUỐC", "Nước mắm Phú Quốc Khải Hoàn 38 độ đạm"),
        ("khai hoan fish sauce", "Nước mắm Phú Quốc Khải Hoàn 38 độ đạm"),
        ("macadamia nut", "Hạt Mắc ca Mơ Nông"),
        ("duong thot not", "Đường thốt nốt Palmania"),
        ("green skin pomelos", "Bưởi da xanh Ninh Thới"),
        ("HTX Suối Giàng", "Chè Shan tuyết Suối Giàng"),
        ("hao dat dinh", "Chè đinh Tân Cương Hảo Đạt"),
    ],
)
def test_the_product_meant_comes_first(ask: Ask, typed: str, first: str) -> None:
    """The name weighs most, then marks, then stars."""
    assert ask(typed)[0] == first


@pytest.mark.parametrize(
    "typed", ["ca phe dak lak", "cà phê Đắk Lắk", "coffee dak lak", "ĐẮK LẮK cà phê"]
)
def test_coffee_of_a_province_is_found_without_dj(ask: Ask, typed: str) -> None:
    """Đ is a d for whoever types one."""
    assert "Cà phê bột Buôn Ma Thuột" in ask(typed)


@pytest.mark.parametrize("typed", ["dau phong", "đậu phộng", "lạc", "peanuts"])
def test_peanuts_have_three_names(ask: Ask, typed: str) -> None:
    """North, centre, south and English mean the same."""
    found = ask(typed)

    assert {"Bơ đậu phộng Super Green", "Dầu lạc nguyên chất Super Green"} <= set(found)
    assert "Dầu đậu phụng nguyên chất An Khang" in found


def test_a_shaker_is_no_peanut(ask: Ask) -> None:
    """Lắc and lạc fold alike; only their own marks bring other names."""
    assert "Muối lắc tôm" not in ask("peanut")
    assert "Bơ đậu phộng Super Green" not in ask("lắc")


@pytest.mark.parametrize("typed", ["mat ong", "mật ong", "honey", "MẬT ONG"])
def test_honey_is_found(ask: Ask, typed: str) -> None:
    """Pure honey stands above things that have some in them."""
    found = ask(typed)

    assert {"Mật ong Phúc Thành", "Mật ong Bometa"} <= set(found)
    assert found.index("Mật ong Bometa") < found.index("Đông trùng hạ thảo ngâm mật ong")


def test_marks_that_were_typed_are_taken_at_their_word(ask: Ask) -> None:
    """Lắc is not lạc; a tone that nobody has is forgiven."""
    assert ask("lắc") == ["Muối lắc tôm"]
    assert "Muối lắc tôm" in ask("muối lặc tôm")
    assert set(ask("chè shán tuyệt")) == SHAN_TEAS


def test_a_name_written_without_marks_is_found_with_them(engine: WhooshEngine) -> None:
    """Some producers type their names in bare capitals."""
    number = 7_777
    engine.update([SearchDocument(product_id=number, name_vi="TRA HOA VANG", name_en="Golden tea")])

    assert number in found(engine, "trà hoa vàng").hits.ids


def test_decomposed_input_finds_the_same(ask: Ask) -> None:
    """Text pasted from a Mac comes decomposed."""
    assert ask(unicodedata.normalize("NFD", "chè shan tuyết")) == ask("chè shan tuyết")


@pytest.mark.parametrize("province", ["Trà Vinh", "tra vinh", "Vĩnh Long", "vinh long"])
def test_a_province_is_found_under_its_former_name(ask: Ask, province: str) -> None:
    """Trà Vinh is Vĩnh Long now; people say both."""
    assert "Bưởi da xanh Ninh Thới" in ask(province)


def test_tea_does_not_mean_the_province_of_tra_vinh(ask: Ask) -> None:
    """A name is a name, in places as in queries."""
    assert "Bưởi da xanh Ninh Thới" in ask("Trà Vinh")
    assert "Bưởi da xanh Ninh Thới" not in [*ask("trà"), *ask("tea"), *ask("chè")]


def test_all_matches_are_counted(shelf: WhooshEngine) -> None:
    """The page says how many there are, however many it shows."""
    hits = found(shelf, "tea").hits

    teas = {document.product_id for document in DOCUMENTS if "tea" in document.name_en.split()}
    assert teas <= set(hits.ids)
    assert hits.total == len(hits.ids) == len(set(hits.ids))


def test_the_number_of_ids_is_capped_but_not_the_total(shelf: WhooshEngine) -> None:
    """A very broad word costs a bounded amount."""
    hits = found(shelf, "tea", limit=2).hits

    assert len(hits.ids) == 2
    assert hits.total > 2


def test_one_word_too_many_is_given_up_and_said(shelf: WhooshEngine) -> None:
    """Something close is better than nothing, as long as we say so."""
    sought = found(shelf, "chè shan tuyết zzyzx")

    assert {NAMES[number] for number in sought.hits.ids} == SHAN_TEAS
    assert sought.notes.dropped == "zzyzx"


@pytest.mark.parametrize(
    "typed", ["", "   ", "zzyzx", "zzyzx qwrtp tea", "*", "\0", "()[]{}", "\ud800"]
)
def test_nonsense_finds_nothing(shelf: WhooshEngine, typed: str) -> None:
    """Nothing is nothing; it is no error either."""
    assert found(shelf, typed).hits.ids == ()


def test_time_runs_out_without_an_error(
    shelf: WhooshEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A search that takes too long gives what it has and says so."""
    monkeypatch.setattr(shelf, "time_limit", -1.0)
    hits = found(shelf, "tea").hits

    assert hits.partial
