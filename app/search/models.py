"""Tables of search: what officers keep of words and results, and what visitors' searches teach.

Who searched is never kept: a digest tells one visitor from another within a day, its key is drawn by
lot for that day and destroyed after it, and rows with digests go after five weeks.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.database import Base, Model
from app.search.rules import Treatment


class SynonymGroup(Model):
    """Words for one thing that officers add to those which come with the shop."""

    __tablename__ = "search_synonyms"
    is_public: ClassVar[bool] = True  # a change makes a new edition

    words: Mapped[list[str]] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(Text, default="")
    is_active: Mapped[bool] = mapped_column(default=True)
    changed_by: Mapped[str]
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it once


class SearchRule(Model):
    """A product that stands at a place of one query's result, or behind all others."""

    __tablename__ = "search_rules"
    is_public: ClassVar[bool] = True  # a change makes a new edition
    __table_args__ = (
        Index("uq_search_rules_query_product_id", "query", "product_id", unique=True),
        CheckConstraint("place >= 1", name="place"),
        {"sqlite_autoincrement": True},
    )

    query: Mapped[str] = mapped_column(String(100))
    product_id: Mapped[int] = mapped_column(ForeignKey("registered_products.id"), index=True)
    treatment: Mapped[Treatment]
    place: Mapped[int] = mapped_column(default=1)  # of a pinned one, from 1
    changed_by: Mapped[str]
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it once


class SearchRedirect(Model):
    """A page of this site that a query leads to, in each language that has one."""

    __tablename__ = "search_redirects"
    is_public: ClassVar[bool] = True  # a change makes a new edition

    query: Mapped[str] = mapped_column(String(100), unique=True)
    path_vi: Mapped[str] = mapped_column(String(500), default="")
    path_en: Mapped[str] = mapped_column(String(500), default="")
    changed_by: Mapped[str]
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it once


class SearchCount(Base):
    """How often a query was searched on a day in a language: a visitor counts once."""

    __tablename__ = "search_counts"
    __table_args__ = (Index("ix_search_counts_query_lang", "query", "lang"),)

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    lang: Mapped[str] = mapped_column(String(2), primary_key=True)
    query: Mapped[str] = mapped_column(String(100), primary_key=True)
    searches: Mapped[int] = mapped_column(default=0)
    empty: Mapped[int] = mapped_column(default=0)  # of them with nothing found
    clicked: Mapped[int] = mapped_column(default=0)  # of them with a result that was opened


class SearchVisit(Base):
    """That a visitor of a day asked something, so that they count once; of the visitor a digest."""

    __tablename__ = "search_visits"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    visitor: Mapped[str] = mapped_column(String(24), primary_key=True)
    lang: Mapped[str] = mapped_column(String(2), primary_key=True)
    query: Mapped[str] = mapped_column(String(100), primary_key=True)
    has_clicked: Mapped[bool] = mapped_column(default=False)


class SearchClick(Base):
    """That a visitor of a day opened a product from a query's result, once."""

    __tablename__ = "search_clicks"
    __table_args__ = (Index("ix_search_clicks_product_id_day", "product_id", "day"),)

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    visitor: Mapped[str] = mapped_column(String(24), primary_key=True)
    query: Mapped[str] = mapped_column(String(100), primary_key=True)
    product_id: Mapped[int] = mapped_column(
        ForeignKey("registered_products.id"), primary_key=True, autoincrement=False
    )


class SearchSalt(Base):
    """The key of a day's digests, drawn by lot; gone after the day, and with it all ways back."""

    __tablename__ = "search_salts"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    salt: Mapped[str] = mapped_column(String(64))


class SearchPopularity(Base):
    """What buyers and visitors together made of a product, 0 to 1,000; none where too few did."""

    __tablename__ = "search_popularity"
    __table_args__ = (CheckConstraint("score BETWEEN 0 AND 1000", name="score"),)

    product_id: Mapped[int] = mapped_column(
        ForeignKey("registered_products.id"), primary_key=True, autoincrement=False
    )
    score: Mapped[int]


class KeptLexicon(Base):
    """The one row that holds the words of the catalogue, for every process to mend queries by."""

    __tablename__ = "search_lexicon"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    made_at: Mapped[datetime]
    data: Mapped[bytes] = mapped_column(LargeBinary)
