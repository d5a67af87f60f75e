"""What a producer types: a product, how it is offered, its sizes, a photo; and steps of an order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask_babel import lazy_gettext as _l
from wtforms import FileField, FormField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, StopValidation, ValidationError

from app.foundation.money import Money
from app.shop.desk.services import NewProduct, Offer, OfferedSize
from app.web.forms import BaseForm, CountField, DongField, choice
from app.web.uploads import file_data

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SIZES: Final = 5
DEAREST: Final = Money(2_000_000_000)
PHOTO_TYPES: Final = "image/jpeg,image/png,image/webp"
UNITS: Final = (
    SelectChoice("g", _l("grams (g)")),
    SelectChoice("ml", _l("millilitres (ml)")),
    SelectChoice("piece", _l("pieces")),
)
CARRIER_LENGTH: Final = 80
LONGEST_TEXT: Final = 4_000
LONGEST_WORDS: Final = 200
PHOTOS_AT_ONCE: Final = 4
HEAVIEST: Final = 1_000_000


class Needed:
    """Demand a value without the HTML attribute, which would lock rows that stay empty."""

    def __call__(self, form: Any, field: Any) -> None:  # noqa: ANN401, ARG002
        """Refuse an empty value."""
        if not field.data and not field.errors:
            raise StopValidation(str(_l("This is missing.")))


def can_be_asked(form: Any, field: Any) -> None:  # noqa: ANN401, ARG001 - WTForms calls it
    """Refuse a price of nothing and one beyond reason."""
    if field.money is not None and not Money(0) < field.money <= DEAREST:
        raise ValidationError(str(_l("A price is more than 0 ₫ and at most 2.000.000.000 ₫.")))


class SizeForm(BaseForm):
    """One size with its price; a row that stays empty is left out."""

    class Meta(BaseForm.Meta):
        """A part of a form that has the token."""

        csrf = False

    key = HiddenField()
    label_vi = StringField(_l("Size, in Vietnamese"), [Needed(), Length(max=200)])
    label_en = StringField(_l("Size, in English"), [Length(max=200)])
    net_quantity = CountField(_l("Net quantity"), [Needed()], least=1, most=HEAVIEST)
    net_unit = SelectField(_l("Unit"), choices=UNITS)
    weight_grams = CountField(
        _l("Weight with packaging, in grams"), [Needed()], least=1, most=HEAVIEST
    )
    price = DongField(_l("Price in đồng"), [Needed(), can_be_asked])
    on_hand = CountField(_l("In stock now"), least=0, most=100_000)

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed."""
        texts = (
            self.label_vi,
            self.label_en,
            self.net_quantity,
            self.weight_grams,
            self.price,
            self.on_hand,
        )
        return not any(field.data for field in texts)

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401
        """Check a row that is not blank."""
        return self.is_blank or bool(super().validate(extra_validators))

    def size(self) -> OfferedSize:
        """Give what was typed, once it is valid."""
        return OfferedSize(
            variant_id=int(self.key.data) if is_number(self.key.data) else None,
            label={"vi": self.label_vi.data, "en": self.label_en.data},
            net_quantity=self.net_quantity.count or 0,
            net_unit=self.net_unit.data,
            weight_grams=self.weight_grams.count or 0,
            price=self.price.money or Money(0),
            on_hand=self.on_hand.count or 0,
        )


class ListingForm(BaseForm):
    """How a registered product is offered."""

    version = HiddenField()
    summary_vi = TextAreaField(
        _l("Description, in Vietnamese"),
        [InputRequired(_l("This is missing.")), Length(max=LONGEST_TEXT)],
    )
    summary_en = TextAreaField(_l("Description, in English"), [Length(max=LONGEST_TEXT)])
    ingredients_vi = StringField(_l("Ingredients or material, in Vietnamese"), [Length(max=500)])
    ingredients_en = StringField(_l("Ingredients or material, in English"), [Length(max=500)])
    usage_vi = StringField(_l("How to use it, in Vietnamese"), [Length(max=500)])
    usage_en = StringField(_l("How to use it, in English"), [Length(max=500)])
    storage_vi = StringField(_l("How to keep it, in Vietnamese"), [Length(max=200)])
    storage_en = StringField(_l("How to keep it, in English"), [Length(max=200)])
    shelf_life_days = CountField(_l("Shelf life in days"), least=1, most=3_650)
    size_1 = FormField(SizeForm)
    size_2 = FormField(SizeForm)
    size_3 = FormField(SizeForm)
    size_4 = FormField(SizeForm)
    size_5 = FormField(SizeForm)
    rows = HiddenField()
    photo = FileField(_l("Photo"))
    alt_vi = StringField(_l("What the photo shows, in Vietnamese"), [Length(max=200)])
    alt_en = StringField(_l("What the photo shows, in English"), [Length(max=200)])

    @property
    def sizes(self) -> list[Any]:
        """List the rows of sizes."""
        return [getattr(self, f"size_{number}") for number in range(1, SIZES + 1)]

    @property
    def shown(self) -> list[Any]:
        """List the rows to draw: up to the last that is filled, and as many as were asked for."""
        filled = [at for at, row in enumerate(self.sizes) if not row.form.is_blank]
        asked = int(self.rows.data) if is_number(self.rows.data) else 1
        count = max(asked, filled[-1] + 1 if filled else 1)
        return self.sizes[: min(count, SIZES)]

    def add_row(self) -> None:
        """Ask for one more row of a size."""
        self.rows.data = str(min(len(self.shown) + 1, SIZES))

    @property
    def has_room(self) -> bool:
        """Whether one more row may be asked for."""
        return len(self.shown) < SIZES

    def photo_data(self) -> bytes | None:
        """Read the file that was sent, if one was."""
        return file_data(self.photo.data)

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401
        """Check each field, and that there is a size."""
        is_valid = bool(super().validate(extra_validators))
        if all(row.form.is_blank for row in self.sizes):
            self.form_errors.append(str(_l("Fill in at least one size with its price.")))
            is_valid = False
        if self.photo.data and not isinstance(self.photo.data, str) and not self.alt_vi.data:
            self.alt_vi.errors = [*self.alt_vi.errors, str(_l("Say what the photo shows."))]
            is_valid = False
        return is_valid

    def offer(self) -> Offer:
        """Give what was typed, once it is valid."""
        return Offer(
            summary={"vi": self.summary_vi.data, "en": self.summary_en.data},
            ingredients={"vi": self.ingredients_vi.data, "en": self.ingredients_en.data},
            usage={"vi": self.usage_vi.data, "en": self.usage_en.data},
            storage={"vi": self.storage_vi.data, "en": self.storage_en.data},
            shelf_life_days=self.shelf_life_days.count,
            sizes=tuple(row.form.size() for row in self.sizes if not row.form.is_blank),
            alt={"vi": self.alt_vi.data, "en": self.alt_en.data},
            shown=frozenset(
                int(row.form.key.data) for row in self.sizes if is_number(row.form.key.data)
            ),
        )


class NewListingForm(ListingForm):
    """A product that is registered first, and how it is offered."""

    name_vi = StringField(
        _l("Name, in Vietnamese"), [InputRequired(_l("This is missing.")), Length(max=200)]
    )
    name_en = StringField(_l("Name, in English"), [Length(max=200)])
    set_code = SelectField(_l("Kind of product"), [InputRequired(_l("This is missing."))])
    commune_code = SelectField(_l("Commune where it is made"))

    def choose_from(
        self, *, sets: Mapping[str, list[tuple[str, str]]], communes: Iterable[tuple[str, str]]
    ) -> None:
        """Fill the lists to choose from."""
        self.set_code.choices = [
            SelectChoice("", str(_l("Choose a kind"))),
            *(
                choice(code, label, optgroup=industry)
                for industry, rows in sets.items()
                for code, label in rows
            ),
        ]
        self.commune_code.choices = [choice(code, label) for code, label in communes]

    def new_product(self) -> NewProduct:
        """Give what is to be registered, once it is valid."""
        return NewProduct(
            name={"vi": self.name_vi.data, "en": self.name_en.data},
            set_code=self.set_code.data,
            commune_code=self.commune_code.data or None,
        )


class WordsForm(BaseForm):
    """What a photo shows, in both languages."""

    class Meta(BaseForm.Meta):
        """One of several on a page, beside a token of its own."""

        csrf = False

    alt_vi = StringField(
        _l("What the photo shows, in Vietnamese"), [Needed(), Length(max=LONGEST_WORDS)]
    )
    alt_en = StringField(_l("What the photo shows, in English"), [Length(max=LONGEST_WORDS)])

    def alt(self) -> dict[str, str | None]:
        """Give what was typed, once it is valid."""
        return {"vi": self.alt_vi.data, "en": self.alt_en.data}


class PhotoForm(WordsForm):
    """One photo to add; a row that stays empty is left out."""

    photo = FileField(_l("Photo"))

    @property
    def has_file(self) -> bool:
        """Whether a file came with the row."""
        sent = self.photo.data
        return bool(sent and not isinstance(sent, str) and sent.filename)

    @property
    def is_blank(self) -> bool:
        """Whether nothing was chosen or typed."""
        return not (self.has_file or self.alt_vi.data or self.alt_en.data)

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401
        """Check a row that is not blank: words need a photo, a photo needs words."""
        if self.is_blank:
            return True
        is_valid = bool(super().validate(extra_validators))
        if not self.has_file:
            self.photo.errors = [str(_l("Choose a photo, or empty the words of this row."))]
        return is_valid and self.has_file


class PhotosForm(BaseForm):
    """Several photos to add at once."""

    row_1 = FormField(PhotoForm)
    row_2 = FormField(PhotoForm)
    row_3 = FormField(PhotoForm)
    row_4 = FormField(PhotoForm)

    @property
    def rows(self) -> list[PhotoForm]:
        """List the rows."""
        return [getattr(self, f"row_{number}").form for number in range(1, PHOTOS_AT_ONCE + 1)]

    @property
    def sent(self) -> list[PhotoForm]:
        """List the rows that brought a file."""
        return [row for row in self.rows if row.has_file]

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401
        """Check each row, and that there is one."""
        is_valid = bool(super().validate(extra_validators))
        if all(row.is_blank for row in self.rows):
            self.form_errors.append(str(_l("Choose at least one photo.")))
            is_valid = False
        return is_valid


class StockForm(BaseForm):
    """How many were counted of one size."""

    variant = HiddenField()
    on_hand = CountField(_l("Pieces in stock"), [Needed()], least=0, most=100_000)


class StepForm(BaseForm):
    """A step of an order, with what it needs."""

    carrier = StringField(_l("Carrier"), [Length(max=CARRIER_LENGTH)])
    tracking_code = StringField(_l("Tracking code"), [Length(max=CARRIER_LENGTH)])
    reason = StringField(_l("Reason, as the buyer will read it"), [Length(max=500)])


def is_number(text: str | None) -> bool:
    """Whether a hidden value is a number that we wrote."""
    return bool(text) and str(text).isascii() and str(text).isdigit() and len(str(text)) < 16  # noqa: PLR2004
