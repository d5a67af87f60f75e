"""What officers write about search."""

from __future__ import annotations

from typing import Final

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from app.search.rules import LONGEST_KEY
from app.search.services import LONGEST_NOTE, LONGEST_PATH, LONGEST_WORD, MOST_RULES, MOST_WORDS
from app.web.addresses import is_page, opens
from app.web.forms import BaseForm, CountField
from app.web.inputs import LARGEST, whole_number

MISSING: Final = _l("Please fill this in.")


class VersionedForm(BaseForm):
    """A form that knows which version it was filled from; one of a new thing knows none."""

    version = HiddenField()

    @property
    def read_version(self) -> int:
        """Give the version that was read. Raises `InvalidInputError`."""
        return whole_number(self.version.data or "", least=1, most=LARGEST, name="version")


class SynonymForm(VersionedForm):
    """A group of words for one thing."""

    words = TextAreaField(
        _l("Words for the same thing"),
        [InputRequired(MISSING), Length(max=(LONGEST_WORD + 2) * MOST_WORDS)],
    )
    note = StringField(_l("Note for colleagues"), [Optional(), Length(max=LONGEST_NOTE)])

    @property
    def lines(self) -> list[str]:
        """Give the words: one a line, or parted by commas."""
        text = (self.words.data or "").replace(",", "\n").replace(";", "\n")
        return [line.strip() for line in text.splitlines() if line.strip()]


class QueryForm(BaseForm):
    """A query whose result is to be arranged."""

    query = StringField(_l("What people type"), [InputRequired(MISSING), Length(max=LONGEST_KEY)])


class RuleForm(QueryForm):
    """A product of a query's result and what to do with it."""

    product = HiddenField(validators=[InputRequired(MISSING), Length(max=12)])
    place = CountField(_l("Place"), default="1", least=1, most=MOST_RULES)


def must_be_page(_form: BaseForm, field: StringField) -> None:
    """Refuse a path of this site that opens no page; any other is refused with its own words."""
    path = field.data or ""
    is_ours = path.startswith("/") and not path.startswith("//")
    if is_ours and not (is_page(path) and opens(path)):
        raise ValidationError(str(_l("This site has no such page.")))


class RedirectForm(VersionedForm):
    """A query and the pages that it leads to."""

    query = StringField(_l("What people type"), [InputRequired(MISSING), Length(max=LONGEST_KEY)])
    path_vi = StringField(
        _l("Page in Vietnamese"), [Optional(), Length(max=LONGEST_PATH), must_be_page]
    )
    path_en = StringField(
        _l("Page in English"), [Optional(), Length(max=LONGEST_PATH), must_be_page]
    )


class DropForm(VersionedForm):
    """What is to be taken away, as it was read."""
