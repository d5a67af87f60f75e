"""What is published at once, and what a person reads first."""

from __future__ import annotations

import pytest

from app.shop.reviews.screening import Fault, faults_of


@pytest.mark.parametrize(
    "text",
    [
        "Chè thơm, 200 g uống được 2 tuần, giá 125.000 đồng là hợp lý.",
        "Ngủ ngon hơn nhiều. Chị đi chợ mua được.",
        "Bought 3 bags of 500 g on 24.11.2026, all fine.",
        "Nước mắm 40 độ đạm, đậm đà.",
        "Excellent. My parents in Assen ate them all.",
        "Loại 1, năm 2026; hộp 10 gói 80 g.",
    ],
)
def test_what_buyers_write_of_goods_is_published(text: str) -> None:
    assert faults_of(text) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Xem thêm ở http://vi-du.example/x", Fault.LINK),
        ("Vào www.vi-du.example", Fault.LINK),
        ("rẻ hơn ở chogiare.vn nhé", Fault.LINK),
        ("Write to me: lan@example.test", Fault.LINK),
        ("Gọi tôi 0912 345 678", Fault.PHONE),
        ("Zalo 0912.345.678", Fault.PHONE),
        ("+84 912 345 678", Fault.PHONE),
        ("\uff10\uff19\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18", Fault.PHONE),
        ("This is SHIT", Fault.WORD),
        ("Đồ LỪA ĐẢO!", Fault.WORD),
        ("chơi cá  độ ở đây", Fault.WORD),
        ("choi ca do o day", Fault.WORD),
    ],
)
def test_links_numbers_and_rude_words_wait_for_a_person(text: str, fault: Fault) -> None:
    assert faults_of("", text) == [fault]
