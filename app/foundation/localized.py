"""Text in several languages, kept in one JSON column with a visible fallback."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import JSON
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.engine import Dialect

DEFAULT_LANGUAGE: Final = "vi"
# What a reader of another language gets first, then what everything is written in.
FALLBACKS: Final = ("en", DEFAULT_LANGUAGE)


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
        return self.get(self.language(wanted), "")

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
