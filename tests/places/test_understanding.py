"""What people type is understood: today's names, former ones, with and without accents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select, text

from app.foundation.database import db
from app.foundation.work import unit_of_work
from app.places import queries
from app.places.models import Commune, FormerCommune
from app.places.services import load_places
from config import ROOT
from tests.support.browser import Browser

if TYPE_CHECKING:
    from flask import Flask

FOLDER: Final = ROOT / "data" / "places"
# (what is typed, the commune of today that comes first, the former name or None)
CASES: Final = (
    ("Phường Ba Đình", "Phường Ba Đình, Hà Nội", None),
    ("p. ba dinh", "Phường Ba Đình, Hà Nội", None),
    ("Ba Dinh ward, Hanoi", "Phường Ba Đình, Hà Nội", None),
    ("Ba Đình, quận Ba Đình, Hà Nội", "Phường Ba Đình, Hà Nội", None),
    ("Phúc Xá, Ba Đình, Hà Nội", "Phường Hồng Hà, Hà Nội", "Phường Phúc Xá"),
    ("phuc xa ba dinh ha noi", "Phường Hồng Hà, Hà Nội", "Phường Phúc Xá"),
    ("số 5 phố Nghĩa Dũng, P.Phúc Xá, Hà Nội", "Phường Hồng Hà, Hà Nội", "Phường Phúc Xá"),
    ("phường Phan Thiết, Bình Thuận", "Phường Phan Thiết, Lâm Đồng", None),
    ("tt. Yên Định, h. Hải Hậu, Nam Định", "Xã Hải Hậu, Ninh Bình", "Thị trấn Yên Định"),
    ("Phường 01, Quận 3, TP.HCM", "Phường Bàn Cờ, Hồ Chí Minh", "Phường 1"),
    ("Phúc Xá, Ba Đin, Hà Nội", "Phường Hồng Hà, Hà Nội", "Phường Phúc Xá"),
    ("xã Bắc Sơn, huyện Sóc Sơn (cũ)", "Xã Trung Giã, Hà Nội", "Xã Bắc Sơn"),
    ("đặc khu Phú Quốc", "Đặc khu Phú Quốc, An Giang", None),
    ("Cư M’gar, Đắk Lắk", "Xã Cư M'gar, Đắk Lắk", None),
    ("Xa Dung", "Xã Xa Dung, Điện Biên", None),
)


def test_the_whole_country_is_loaded_once(country: Flask) -> None:
    with unit_of_work():
        again = load_places(FOLDER)

    assert again["provinces"] == 34
    assert again["communes"] == 3_321
    assert again["former_provinces"] == 63
    assert db.session.scalar(select(func.count(FormerCommune.old_code.distinct()))) == 10_035


def test_a_second_loading_mends_what_was_changed(country: Flask) -> None:
    with unit_of_work():
        db.session.execute(text("UPDATE communes SET folded = 'wrong' WHERE code = '00004'"))
        db.session.execute(text("DELETE FROM former_communes WHERE old_code = '00001'"))

    with unit_of_work():
        load_places(FOLDER)

    assert db.session.scalar(select(Commune.folded).where(Commune.code == "00004")) == "ba dinh"
    assert queries.understand("Phúc Xá")


def test_places_are_found_as_people_write_them(country: Flask) -> None:
    for typed, place, former in CASES:
        found = queries.understand(typed)

        assert found, typed
        first = found[0]
        assert f"{first.commune_name}, {first.province_name}" == place, typed
        assert first.former_name == former, typed


def test_tone_marks_may_stand_on_either_vowel(country: Flask) -> None:
    assert queries.understand("Hoà Bình, Cà Mau") == queries.understand("Hòa Bình, Cà Mau")


def test_a_divided_commune_gives_its_main_part_first(country: Flask) -> None:
    found = queries.understand("Phường Cống Vị")

    assert [one.commune_name for one in found] == ["Phường Ngọc Hà", "Phường Giảng Võ"]
    assert all(one.is_divided for one in found)


def test_todays_commune_comes_before_former_ones_of_its_name(country: Flask) -> None:
    found = queries.understand("Phan Thiết")

    assert [(one.commune_name, one.former_name) for one in found] == [
        ("Phường Phan Thiết", None),
        ("Phường Minh Xuân", "Phường Phan Thiết"),
    ]


def test_a_district_or_a_province_narrows_the_answer(country: Flask) -> None:
    assert len(queries.understand("Bắc Sơn")) > 1
    assert len(queries.understand("Bắc Sơn", district="Sóc Sơn", province_code="01")) == 1
    assert queries.understand("Phan Thiết", province_code="01") == []


def test_a_place_has_a_name_in_both_languages(country: Flask) -> None:
    assert queries.place_name("68", "22945", "vi") == "Phường Phan Thiết, Lâm Đồng"
    assert queries.place_name("68", "22945", "en") == "Phan Thiết ward, Lâm Đồng"
    assert queries.place_name("01", None, "en") == "Hanoi"
    assert queries.place_name("xx", "xxxxx", "en") == ""


def test_lists_follow_the_vietnamese_alphabet(country: Flask) -> None:
    names = [row.name["vi"] for row in queries.provinces()]

    assert names[:3] == ["An Giang", "Bắc Ninh", "Cà Mau"]
    assert names.index("Điện Biên") < names.index("Gia Lai")
    row = queries.province_by_slug("lam-dong")
    assert row is not None
    assert row.former_names == ("Bình Thuận", "Đắk Nông", "Lâm Đồng")
    assert len(queries.communes_of("01")) == 126


def test_the_address_field_offers_places(country: Flask) -> None:
    page = Browser(country).get("places.suggest", q="phuc xa", province="01")

    option = page.all(data_testid="place-suggestion")[0]
    assert option.get("data-commune") == "00097"
    assert "Phường Phúc Xá (Quận Ba Đình) is now Hồng Hà ward, Hanoi" in page


def test_at_most_eight_places_are_offered(country: Flask) -> None:
    page = Browser(country).get("places.suggest", q="h")

    assert len(page.all(data_testid="place-suggestion")) == 8


def test_a_beginning_is_enough_for_an_offer(country: Flask) -> None:
    today = queries.begin_with("hoàn k")
    former = queries.begin_with("phuc xa", province_code="01")

    assert today[0].commune_name == "Phường Hoàn Kiếm"
    assert former[0].former_name == "Phường Phúc Xá"
