"""What people write: a review, a question, an answer, a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    MultipleFileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, Regexp

from app.foundation.decoding import PictureRefusedError
from app.shop.orders.forms import EMAIL
from app.shop.reviews.services.questions import LONGEST_QUESTION
from app.shop.reviews.services.reviews import (
    LONGEST,
    LONGEST_REASON,
    LONGEST_TITLE,
    MOST_PHOTOS,
    SHORTEST,
    ReviewCommand,
    initials,
    keep_picture,
)
from app.shop.reviews.states import ShownAs
from app.web.forms import BaseForm
from app.web.locale import LANGUAGES, language
from app.web.sentences import sentence
from app.web.uploads import file_data

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

RATING_LABELS: Final[Mapping[int, Any]] = {
    5: _l("5 – excellent"),
    4: _l("4 – good"),
    3: _l("3 – all right"),
    2: _l("2 – poor"),
    1: _l("1 – bad"),
}
SHORT: Final = _l("At least 10 characters, please.")
PHOTO_TYPES: Final = "image/jpeg,image/png,image/webp"


def language_choices() -> list[SelectChoice]:
    """Offer the languages of the shop, each by its own name."""
    return [SelectChoice(code, label) for code, label in LANGUAGES.items()]


class ReviewForm(BaseForm):
    """What a buyer says of what they received."""

    rating = RadioField(
        _l("Your rating"),
        [InputRequired(_l("Choose from 1 to 5."))],
        choices=[SelectChoice(str(stars), label) for stars, label in RATING_LABELS.items()],
    )
    title = StringField(_l("In a few words"), [Optional(), Length(max=LONGEST_TITLE)])
    text = TextAreaField(
        _l("Your review"),
        [
            InputRequired(_l("Say what others should know.")),
            Length(min=SHORTEST, message=SHORT),
            Length(max=LONGEST),
        ],
    )
    language = SelectField(_l("Language of your text"), choices=language_choices)
    shown_as = RadioField(_l("Shown under the review"), choices=[], default=ShownAs.INITIALS.value)
    drop = SelectMultipleField(_l("Photos to take away"), choices=[], validate_choice=False)
    photos = MultipleFileField(_l("Photos"))

    def name_choices(self, name: str, place: str) -> None:
        """Offer the ways to be named, each as it will read."""
        where = _("A buyer in %(province)s", province=place) if place else _("A buyer")
        self.shown_as.choices = [
            SelectChoice(ShownAs.INITIALS.value, initials(name) or _("A buyer")),
            SelectChoice(ShownAs.NAME.value, name),
            SelectChoice(ShownAs.PROVINCE.value, where),
        ]

    @property
    def files(self) -> list[Any]:
        """List the files that were sent."""
        sent = self.photos.data or []
        return [one for one in sent if not isinstance(one, str) and one.filename]

    def kept(self, keys: Sequence[str]) -> list[str]:
        """List the pictures of before that stay."""
        dropped = set(self.drop.data or [])
        return [key for at, key in enumerate(keys) if str(at) not in dropped]

    def take_photos(self, keys: Sequence[str]) -> list[str] | None:
        """Keep the pictures that were sent, beside those that stay; none when one is refused."""
        files, found = self.files, self.kept(keys)
        if len(files) + len(found) > MOST_PHOTOS:
            self.photos.errors = [_("At most %(most)s photos, please.", most=MOST_PHOTOS)]
            return None
        faults = []
        for file in files:
            try:
                found.append(keep_picture(file_data(file) or b""))
            except PictureRefusedError as error:
                name = "".join(file.filename.split())[:60]
                faults.append(f"“{name}”: {sentence(error)}")
        if faults:
            self.photos.errors = faults
            return None
        return list(dict.fromkeys(found))

    def command(self, photo_keys: Sequence[str]) -> ReviewCommand:
        """Give what was written, once it is valid."""
        return ReviewCommand(
            rating=int(self.rating.data),
            title=self.title.data or "",
            text=self.text.data,
            language=self.language.data,
            shown_as=ShownAs(self.shown_as.data),
            photo_keys=tuple(photo_keys),
        )


class AskForm(BaseForm):
    """A question about a product; a guest says where the answer goes."""

    text = TextAreaField(
        _l("Your question"),
        [
            InputRequired(_l("What would you like to know?")),
            Length(min=SHORTEST, message=SHORT),
            Length(max=LONGEST_QUESTION),
        ],
    )
    language = SelectField(_l("Language of your text"), choices=language_choices, default=language)
    email = StringField(
        _l("E-mail for the answer"),
        [
            InputRequired(_l("Give an e-mail address: the answer goes there.")),
            Length(max=200),
            Regexp(EMAIL, message=_l("This is not an e-mail address.")),
        ],
    )

    def __init__(self, *args: Any, is_guest: bool, **kwargs: Any) -> None:  # noqa: ANN401
        """Ask for an address only whoever has not signed in."""
        super().__init__(*args, **kwargs)
        if not is_guest:
            del self.email


class AnswerForm(BaseForm):
    """What a producer answers to a question or a review."""

    text = TextAreaField(
        _l("Your answer"), [InputRequired(_l("This is missing.")), Length(max=LONGEST)]
    )
    language = SelectField(_l("Language of your text"), choices=language_choices, default=language)


class RefusalForm(BaseForm):
    """Why something is not published."""

    reason = StringField(
        _l("Reason, as its author will read it"),
        [
            InputRequired(_l("This is missing.")),
            Length(min=3),
            Length(max=LONGEST_REASON),
        ],
    )
