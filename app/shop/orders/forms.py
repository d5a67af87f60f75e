"""The checkout's form: who, how, and where; an address is understood by today's and former names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, Regexp

from app.foundation.money import Money
from app.places.queries import PlaceMatch, communes_of, provinces, understand
from app.shop.orders.services import PlaceOrder
from app.shop.orders.states import FulfilmentKind
from app.web.forms import BaseForm, PhoneField, choice
from app.web.locale import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.shop.orders.views import PickUpPoint

MOST_DONG: Final = 99_999_999_999
# What browsers accept in an e-mail field, with a dot in the domain.
EMAIL: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+\Z")


class CheckoutForm(BaseForm):
    """What a buyer fills in."""

    name = StringField(_l("Full name"), [InputRequired(_l("Who is it for?")), Length(max=100)])
    phone = PhoneField(
        _l("Phone"),
        [InputRequired(_l("Give a phone number: the carrier calls it.")), Length(max=30)],
    )
    email = StringField(
        _l("E-mail"),
        [
            InputRequired(_l("Give an e-mail address: the confirmation goes there.")),
            Length(max=200),
            Regexp(EMAIL, message=_l("This is not an e-mail address.")),
        ],
    )
    fulfilment = RadioField(
        _l("How do you want it?"),
        choices=[
            SelectChoice(FulfilmentKind.DELIVERY.value, _l("Delivery to an address")),
            SelectChoice(FulfilmentKind.PICK_UP.value, _l("Pick-up at a showroom")),
        ],
        default=FulfilmentKind.DELIVERY.value,
    )
    province = SelectField(_l("Province or city"), validate_choice=True, default="")
    commune = StringField(_l("Commune or ward"), [Length(max=120)])
    commune_asked = HiddenField()
    commune_code = RadioField(_l("Which one is it today?"), choices=[], validate_choice=False)
    street = StringField(_l("House number and street, or hamlet"), [Length(max=200)])
    note = TextAreaField(_l("Note for the carrier"), [Optional(), Length(max=500)])
    showroom = RadioField(_l("Showroom"), choices=[], validate_choice=False)
    expected_total = HiddenField()

    match: PlaceMatch | None = None
    points: Sequence[PickUpPoint] = ()

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        points: Sequence[PickUpPoint] = (),
        must_be_collected: bool = False,
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        """Offer the provinces, and the showrooms that have all of it."""
        super().__init__(*args, **kwargs)
        lang = language()
        self.province.choices = [SelectChoice("", _("Choose a province"))] + [
            choice(row.code, row.name.in_language(lang)) for row in provinces()
        ]
        self.points = points
        self.must_be_collected = must_be_collected
        self.showroom.choices = [choice(str(point.place_id), point.name) for point in points]
        if not points:
            self.fulfilment.choices = self.fulfilment.choices[:1]

    @property
    def kind(self) -> FulfilmentKind:
        """How the goods are to reach the buyer."""
        wants = self.fulfilment.data == FulfilmentKind.PICK_UP.value and self.points
        return FulfilmentKind.PICK_UP if wants else FulfilmentKind.DELIVERY

    @property
    def province_code(self) -> str | None:
        """The province that parcels go to, once a real one is chosen."""
        known = {choice.value for choice in self.province.choices if choice.value}
        chosen = self.province.data if self.province.data in known else None
        return chosen if self.kind is FulfilmentKind.DELIVERY else None

    @property
    def point(self) -> PickUpPoint | None:
        """The showroom chosen."""
        found = (one for one in self.points if str(one.place_id) == self.showroom.data)
        return next(found, None) if self.kind is FulfilmentKind.PICK_UP else None

    @property
    def commune_names(self) -> list[str]:
        """Names to suggest while the commune is typed."""
        code = self.province_code
        return [row.full_name.in_language(language()) for row in communes_of(code)] if code else []

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401
        """Check each field, then the way of delivery as a whole."""
        is_valid: bool = super().validate(extra_validators)
        if self.kind is FulfilmentKind.PICK_UP:
            if self.point is None:
                self._fault("showroom", _("Choose where you will collect it."))
                is_valid = False
        elif self.must_be_collected:
            self._fault(
                "fulfilment",
                _(
                    "Some of this stands only in a showroom and cannot be sent. Choose pick-up, or take it out of your cart."
                ),
            )
            is_valid = False
        else:
            if self.province_code is None:
                self._fault("province", _("Choose the province that it goes to."))
                is_valid = False
            if not self.street.data:
                self._fault("street", _("Where exactly does it go?"))
                is_valid = False
            is_valid = self.settle_commune() and is_valid
        return is_valid

    def settle_commune(self) -> bool:
        """Find the commune meant; a former or shared name is asked back with what it is today."""
        if not self.commune.data or self.commune.errors:
            if not self.commune.errors:
                self._fault("commune", _("Which commune or ward is it?"))
            return False
        if self.province_code is None:
            return False
        found = {
            one.commune_code: one
            for one in understand(self.commune.data, province_code=self.province_code)
        }
        if not found:
            self._fault("commune", _("We do not know this commune or ward in this province."))
            return False
        asked = self.commune_asked.data == self.asked_now
        first = next(iter(found.values()))
        if asked and self.commune_code.data in found:
            self.match = found[self.commune_code.data]
            return True
        if len(found) == 1 and first.former_name is None:
            self.match = first
            return True
        self.commune_code.choices = [SelectChoice(code, told(one)) for code, one in found.items()]
        self.commune_code.data = first.commune_code if first.former_name else None
        self._fault("commune_code", _("Please confirm which commune this is today."))
        return False

    @property
    def asked_now(self) -> str:
        """What the question about the commune was asked of."""
        return f"{self.province.data}|{self.commune.data}"

    def _fault(self, name: str, message: str) -> None:
        field = self._fields[name]
        field.errors = [*field.errors, message]

    def tidy(self) -> None:
        """Make what is shown again fit to be shown."""
        for field in self:
            if isinstance(field.data, str) and field.name != "csrf_token":
                field.data = field.data.replace("\x00", "")
        self.commune_asked.data = self.asked_now

    def command(self, *, checkout_token: str, cart_token: str | None) -> PlaceOrder:
        """Say it all to the service."""
        total = self.expected_total.data or ""
        is_figure = total.isascii() and total.isdigit() and len(total) <= len(str(MOST_DONG))
        return PlaceOrder(
            checkout_token=checkout_token,
            cart_token=cart_token,
            language=language(),
            name=self.name.data,
            phone=self.phone.e164,
            email=self.email.data,
            fulfilment=self.kind,
            destination=self.destination(),
            expected_total=Money(int(total) if is_figure else 0),
            place_id=self.point.place_id if self.point else None,
            showroom_id=self.point.showroom_id if self.point else None,
        )

    def destination(self) -> dict[str, str]:
        """Write down where it goes, as understood now."""
        if self.point is not None:
            point = self.point
            return {"showroom": point.name, "address": point.where, "hours": point.hours}
        match = self.match
        assert match is not None  # noqa: S101 - `validate` said so
        return {
            "recipient": self.name.data,
            "phone": self.phone.e164,
            "street": self.street.data,
            "commune_code": match.commune_code,
            "commune": match.commune_name,
            "province_code": match.province_code,
            "province": match.province_name,
            "note": self.note.data or "",
        }


def told(match: PlaceMatch) -> str:
    """Say what a place is called today, and what it was called when the name typed was in use."""
    if match.former_name is None:
        return f"{match.commune_name}, {match.province_name}"
    return str(
        _(
            "%(former)s is now %(today)s, %(province)s",
            former=match.former_name,
            today=match.commune_name,
            province=match.province_name,
        )
    )


class FindForm(BaseForm):
    """Ask for an order's link again."""

    number = StringField(_l("Order number"), [InputRequired(), Length(max=24)])
    email = StringField(
        _l("E-mail"),
        [
            InputRequired(),
            Length(max=200),
            Regexp(EMAIL, message=_l("This is not an e-mail address.")),
        ],
    )
