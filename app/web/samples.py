"""What the components show on their own page: plain values, invented, long where words may run over."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Final

from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    FileField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from app.foundation.money import Money
from app.foundation.slots import slot
from app.web.forms import BaseForm
from app.web.pictures import picture_view

MORNING: Final = datetime(2026, 10, 2, 2, 30, tzinfo=UTC)
LONG: Final = (
    "Chè Shan tuyết cổ thụ Suối Giàng hái tay một tôm hai lá, ướp sương ủ men lá truyền thống"
)
MAKER: Final = "Hợp tác xã Nông nghiệp Hữu cơ và Dịch vụ Tổng hợp Đồng bào Suối Giàng"
SQUARE: Final = Markup(
    '<svg viewBox="0 0 7 7" aria-hidden="true"><path fill="white" d="M0 0h7v7H0z"/>'
    '<path d="M0 0h3v3H0zM4 0h3v3H4zM0 4h3v3H0zM4 4h1v1H4zM6 6h1v1H6z"/></svg>'
)


class SampleForm(BaseForm):
    """One field of each kind."""

    name = StringField("Full name", validators=[InputRequired()])
    password = PasswordField("Password")
    note = TextAreaField("Note to the producer")
    province = SelectField(
        "Province", choices=[SelectChoice("", "Choose"), SelectChoice("22", "Quảng Ninh")]
    )
    way = RadioField(
        "Delivery", choices=[SelectChoice("send", "To your door"), SelectChoice("fetch", "Pick-up")]
    )
    rating = RadioField("Your rating", choices=[SelectChoice(str(n), str(n)) for n in range(1, 6)])
    terms = BooleanField("I have read the conditions")
    photo = FileField("Picture")
    first = DateField("From")
    last = DateField("To")


# A key whose files are nowhere: its frame is shown in its tone.
NO_PICTURE: Final = "drawn/00/none~640~222"


def side(theme: str) -> SimpleNamespace:
    """Make the values for one side of the page; ids differ, so that both may stand on it."""
    drawn = slot("living.pictures")
    key = next(iter(drawn() if drawn else []), NO_PICTURE)
    picture = picture_view(key, alt="Hộp chè Shan tuyết", alt_lang="vi")
    return SimpleNamespace(
        theme=theme,
        long=LONG,
        morning=MORNING,
        money=Money(265_000),
        old_money=Money(295_000),
        picture=picture,
        cards=cards(picture),
        certificate=certificate(theme),
        facet=facet(theme),
        form=form(theme, {}),
        events=events(),
        wrong=form(f"{theme}-wrong", {f"{theme}-wrong-name": ""}),
        page=SimpleNamespace(
            number=3, count=12, window=[1, 2, 3, 4, None, 12], url_for_number="#page-{}".format
        ),
        provinces=[
            SimpleNamespace(slug="lao-cai", name="Lào Cai", count=26, url="#"),
            SimpleNamespace(slug="lam-dong", name="Lâm Đồng", count=60, url="#"),
        ],
        points=[
            (f"T{month}", value, f"{value}")
            for month, value in zip(range(5, 11), (12, 18, 9, 24, 31, 27), strict=True)
        ],
    )


def cards(picture: object) -> list[SimpleNamespace]:
    """Give a product as it usually is, one with long words, and one that is not sold."""
    usual = {
        "id": "a1",
        "url": "#",
        "name": "Mật ong bạc hà",
        "name_lang": "vi",
        "producer": "HTX Ong Bạc Hà",
        "producer_lang": "vi",
        "place": "Tuyên Quang",
        "stars": 4,
        "recognised_stars": None,
        "recognised_year": None,
        "price": Money(265_000),
        "price_from": False,
        "unit": "hũ 500 g",
        "picture": picture,
        "rating": "4,9",
        "rating_count": 312,
        "variant_id": 1,
        "in_stock": True,
        "is_listed": True,
        "is_illustrative": True,
    }
    long = usual | {"id": "a2", "name": LONG, "producer": MAKER, "stars": 5, "price_from": True}
    gone = usual | {"id": "a3", "name": "Gốm Chu Đậu", "picture": None, "in_stock": False}
    quiet = usual | {
        "id": "a4",
        "name": "Miến Việt Cường",
        "stars": None,
        "recognised_year": 2023,
        "is_listed": False,
        "rating_count": 0,
    }
    return [SimpleNamespace(**one) for one in (usual, long, gone, quiet)]


def certificate(theme: str) -> SimpleNamespace:
    """Give a certificate of nobody."""
    return SimpleNamespace(
        serial=f"MH-2026-{theme.upper()}",
        stars=4 if theme == "light" else 3,  # names the region: one of a kind on the page
        decision=None,
        issuer="Cơ quan cấp giấy minh họa",
        issued_on=date(2026, 3, 18),
        expires_on=date(2029, 3, 18),
        is_demonstration=True,
        url="#",
        qr_svg=SQUARE,
    )


def facet(theme: str) -> SimpleNamespace:
    """Give a group of filters, one of them on."""
    names = (("Thực phẩm", 307, 0), ("Chè", 41, 1), ("Đồ uống", 20, 0))
    options = [
        SimpleNamespace(
            value=f"{count}", label=name, count=count, url="#", active=depth == 1, depth=depth
        )
        for name, count, depth in names
    ]
    return SimpleNamespace(name=f"category-{theme}", title=f"Nhóm hàng, {theme}", options=options)


def form(prefix: str, typed: dict[str, str]) -> SampleForm:
    """Give a form; what was typed is judged."""
    made = SampleForm(formdata=MultiDict(typed) or None, prefix=prefix, meta={"csrf": False})
    if typed:
        made.validate()
    return made


def events() -> list[SimpleNamespace]:
    """Give the history of an order."""
    rows = (
        ("Đã đặt hàng", MORNING, None),
        ("Đã đóng gói", MORNING, "Kiện 1,2 kg"),
        ("Đang giao", None, "Bưu cục Lào Cai"),
    )
    return [SimpleNamespace(title=title, at=at, detail=detail) for title, at, detail in rows]
