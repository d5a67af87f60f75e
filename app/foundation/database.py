"""The database: base class, column types, naming, and how a connection behaves (P02, P08, P13)."""

from __future__ import annotations

import enum
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, Date, DateTime, Enum, Integer, MetaData, String, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry
from sqlalchemy.types import TypeDecorator

from app.foundation.localized import LocalizedText, LocalizedTextType
from app.foundation.money import Money

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, Dialect, Engine

WRITES: Final = "writes"
SQLITE_PRAGMAS: Final = {
    "foreign_keys": 1,
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: an acknowledged order survives a power cut (I07)
    "busy_timeout": 10_000,
}
BIG: Final = BigInteger().with_variant(Integer(), "sqlite")


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware in Python, UTC in the database on both engines."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Refuse an instant without a zone, and write UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = "instants carry a time zone"
            raise TypeError(msg)
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Read UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class MoneyType(TypeDecorator[Money]):
    """Whole đồng in a 64-bit integer."""

    impl = BIG
    cache_ok = True

    def process_bind_param(self, value: Money | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Write the đồng."""
        return None if value is None else value.dong

    def process_result_value(self, value: int | None, dialect: Dialect) -> Money | None:  # noqa: ARG002
        """Read the đồng."""
        return None if value is None else Money(int(value))


def _values(kind: type[enum.Enum]) -> list[str]:
    return [str(member.value) for member in kind]


mapper_registry = registry(
    metadata=MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    ),
    type_annotation_map={
        int: BIG,
        datetime: UtcDateTime(),
        Money: MoneyType(),
        LocalizedText: LocalizedTextType(),
        str: String(255),
        enum.StrEnum: Enum(
            enum.StrEnum,
            native_enum=False,
            length=32,
            values_callable=_values,
            validate_strings=True,
        ),
    },
)


class Base(DeclarativeBase):
    """What every table's class is made from."""

    registry = mapper_registry


class Model(Base):
    """A table with a number of its own; the number is never given out twice (P09)."""

    __abstract__ = True
    __table_args__: Any = {"sqlite_autoincrement": True}  # noqa: RUF012 - SQLAlchemy reads it once

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)


db: SQLAlchemy = SQLAlchemy(metadata=mapper_registry.metadata, session_options={"autoflush": True})

__all__ = [
    "BIG",
    "WRITES",
    "Base",
    "Date",
    "Model",
    "MoneyType",
    "UtcDateTime",
    "by_name",
    "db",
    "insert_into",
    "prepare",
]


def insert_into(model: type[Base]) -> postgresql.Insert | sqlite.Insert:
    """Begin an INSERT that may say what to do on conflict, on either engine (P03, P04)."""
    if db.session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(model)
    return sqlite.insert(model)


def by_name(sort_key: Any) -> Any:  # noqa: ANN401 - a column of any table
    """Order by a column of `text.sort_key`s: byte by byte, whatever order PostgreSQL was set up with."""
    is_postgres = db.session.get_bind().dialect.name == "postgresql"
    return sort_key.collate("C") if is_postgres else sort_key


def prepare(engine: Engine) -> None:
    """Give an engine's connections the settings of P13 and writers an immediate lock (P02)."""
    if engine.dialect.name != "sqlite":
        return
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)


def _configure(connection: Any, record: object) -> None:  # noqa: ANN401, ARG001
    connection.isolation_level = None  # the driver must not open transactions by itself
    cursor = connection.cursor()
    for name, value in SQLITE_PRAGMAS.items():
        cursor.execute(f"PRAGMA {name}={value}")
        if name == "busy_timeout":
            continue
        answer = cursor.execute(f"PRAGMA {name}").fetchone()[0]
        if answer != value:
            msg = f"SQLite did not accept {name}={value}"
            raise RuntimeError(msg)
    cursor.close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
