"""Text in several languages, kept in one JSON column with a visible fallback."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Self

from sqlalchemy import JSON
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy.engine import Dialect

DEFAULT_LANGUAGE: Final = "vi"
# What a reader of another language gets first, then what everything is written in.
FALLBACKS: Final = ("en", DEFAULT_LANGUAGE)


class InLanguage(str):
    """A text that knows which language it is in, so that a page can say it where it differs."""

    __slots__ = ("lang",)

    lang: str

    def __new__(cls, text: str, lang: str) -> Self:
        """Keep the language beside the text."""
        made = super().__new__(cls, text)
        made.lang = lang
        return made

    def __reduce__(self) -> tuple[type[InLanguage], tuple[str, str]]:
        """Be copied and kept with the language."""
        return InLanguage, (str(self), self.lang)


def joined(parts: Iterable[str], mark: str = ", ") -> str:
    """Write texts in a row; the row knows its language when all of them share one."""
    texts = [part for part in parts if part]
    languages = {getattr(part, "lang", "") for part in texts if any(map(str.isalpha, part))}
    row = mark.join(texts)
    return InLanguage(row, languages.pop()) if len(languages) == 1 and "" not in languages else row


class LocalizedText(dict[str, str]):
    """A text by language; what is asked for and missing falls back to English, then Vietnamese."""

    def language(self, wanted: str) -> str:
        """Tell which language `in_language` will answer in."""
        if self.get(wanted):
            return wanted
        chain = (code for code in (*FALLBACKS, *self) if self.get(code))
        return next(chain, wanted)

    def in_language(self, wanted: str) -> str:
        """Give the text in a language, or in the one it falls back to."""
        lang = self.language(wanted)
        return InLanguage(self.get(lang, ""), lang)

    @classmethod
    def of(cls, values: Mapping[str, str | None]) -> LocalizedText:
        """Keep the languages that have a text."""
        return cls({language: text for language, text in values.items() if text})


class LocalizedTextType(TypeDecorator[LocalizedText]):
    """Stores `LocalizedText` as JSON, as JSONB on PostgreSQL."""

    impl = JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:  # noqa: ANN401
        """Choose the column type of the database."""
        return dialect.type_descriptor(JSONB() if dialect.name == "postgresql" else JSON())

    def process_bind_param(self, value: Mapping[str, str] | None, dialect: Dialect) -> Any:  # noqa: ANN401, ARG002
        """Write a plain mapping."""
        return None if value is None else dict(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> LocalizedText | None:  # noqa: ANN401, ARG002
        """Read the mapping back as `LocalizedText`."""
        return None if value is None else LocalizedText(value)
