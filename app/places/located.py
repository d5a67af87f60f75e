"""Rows that stand somewhere, together with the administrative units that they stand in today."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select

from app.places.models import Commune, Province


def located(table: Any) -> Select[*tuple[Any, ...]]:  # noqa: ANN401 - a table with the two codes
    """Select rows of a table with the province's name and slug, and the commune's full name.

    The table has a `province_code` and a `commune_code`, which may be empty.
    """
    return (
        select(table, Province.name, Province.slug, Commune.full_name)
        .join(Province, Province.code == table.province_code)
        .outerjoin(Commune, Commune.code == table.commune_code)
    )
