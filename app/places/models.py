"""Tables of administrative units: two tiers since 1 July 2025, and the names that were before."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import Float, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.foundation.database import Base, Model
from app.foundation.localized import LocalizedText


class ProvinceKind(StrEnum):
    """A province, or a city run by the centre."""

    PROVINCE = "province"
    CITY = "city"


class CommuneKind(StrEnum):
    """Xã, phường or đặc khu."""

    COMMUNE = "commune"
    WARD = "ward"
    SPECIAL_ZONE = "special_zone"


class Province(Base):
    """One of the 34 provinces and cities (19/2025/QĐ-TTg)."""

    __tablename__ = "provinces"

    code: Mapped[str] = mapped_column(String(2), primary_key=True)
    kind: Mapped[ProvinceKind]
    name: Mapped[LocalizedText]
    full_name: Mapped[LocalizedText]
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    sort_key: Mapped[str]
    latitude: Mapped[float] = mapped_column(Float)
    longitude: Mapped[float] = mapped_column(Float)


class Commune(Base):
    """One of the 3,321 communes, wards and special zones."""

    __tablename__ = "communes"

    code: Mapped[str] = mapped_column(String(5), primary_key=True)
    province_code: Mapped[str] = mapped_column(ForeignKey("provinces.code"), index=True)
    kind: Mapped[CommuneKind]
    name: Mapped[LocalizedText]
    full_name: Mapped[LocalizedText]
    sort_key: Mapped[str]
    folded: Mapped[str] = mapped_column(index=True)
    latitude: Mapped[float | None] = mapped_column(Float)
    longitude: Mapped[float | None] = mapped_column(Float)

    province: Mapped[Province] = relationship()


class FormerCommune(Model):
    """A commune of before July 2025 and where it lies today; a divided one has several rows."""

    __tablename__ = "former_communes"
    __table_args__ = (
        Index("ix_former_communes_folded", "folded_name", "folded_province"),
        {"sqlite_autoincrement": True},
    )

    old_code: Mapped[str] = mapped_column(String(5), index=True)
    name: Mapped[str]
    district: Mapped[str]
    province: Mapped[str]
    folded_name: Mapped[str]
    folded_district: Mapped[str]
    folded_province: Mapped[str]
    commune_code: Mapped[str] = mapped_column(ForeignKey("communes.code"), index=True)
    is_divided: Mapped[bool]
    is_main_part: Mapped[bool]


class FormerProvince(Base):
    """One of the 63 provinces of before July 2025 and the one that it is part of today."""

    __tablename__ = "former_provinces"

    old_code: Mapped[str] = mapped_column(String(2), primary_key=True)
    name: Mapped[str]
    folded: Mapped[str] = mapped_column(index=True)
    province_code: Mapped[str] = mapped_column(ForeignKey("provinces.code"))
