"""Whoever asks as one asks a shopkeeper finds what is named between the little words."""

from __future__ import annotations

import pytest

from app.search.language.intents import cut


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("có bán tỏi đen lý sơn không", "tỏi đen lý sơn"),
        ("co ban mat ong khong", "mat ong"),
        ("shop có bán dầu phụng nguyên chất không ạ", "dầu phụng nguyên chất"),
        ("cho hỏi có gạo st25 không shop", "gạo st25"),
        ("mua bánh tráng phơi sương ở đâu ngon", "bánh tráng phơi sương"),
        ("giá mật ong bao nhiêu", "mật ong"),
        ("tôi muốn mua nước mắm cá cơm", "nước mắm cá cơm"),
        ("where can I buy macadamia nuts", "macadamia nuts"),
        ("what is the price of bird's nest", "bird's nest"),
        ("do you sell lotus tea?", "lotus tea?"),
        ("a brocade scarf for my mother", "brocade scarf"),
    ],
)
def test_a_question_is_read_as_what_it_asks_for(asked: str, named: str) -> None:
    left = " ".join(cut(asked).rest.split())

    assert left == named


@pytest.mark.parametrize(
    "goods",
    [
        "giá đỗ",
        "trà không đường",
        "có cồn",
        "mùa vàng",
        "gạo hữu cơ",
        "tìm",
        "ở đâu",
        "cần thơ",
        "can tho",
        "toi can tho",
        "an giang",
        "a lưới",
        "cần tây",
    ],
)
def test_words_that_may_be_goods_stay_when_nothing_shows_a_question(goods: str) -> None:
    assert " ".join(cut(goods).rest.split()) == goods


def test_a_price_in_a_question_is_still_a_price() -> None:
    said = cut("có bán mật ong dưới 300k không")

    assert [(one.kind, one.value) for one in said.readings] == [("price_max", 300_000)]
    assert " ".join(said.rest.split()) == "mật ong"
