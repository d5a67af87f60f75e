"""Lots as their public page and the product's page show them: when made, until when, on which way."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from flask import url_for

from app.foundation.localized import LocalizedText

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.shop.catalogue.models import Lot

CODE: Final = re.compile(r"[A-Z0-9][A-Z0-9-]{2,23}")


@dataclass(frozen=True, slots=True)
class Step:
    """One station of a journey."""

    title: LocalizedText
    detail: LocalizedText | None
    on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LotView:
    """One lot as pages show it."""

    code: str
    url: str
    made_on: date
    best_before: date | None
    is_past: bool
    is_illustrative: bool
    size: LocalizedText | None
    steps: tuple[Step, ...]


def plain_code(text: str) -> str:
    """Write a code as labels print it, however it was typed; nothing for what cannot be one."""
    code = "".join(text.split()).upper()
    return code if CODE.fullmatch(code) else ""


def lot_view(lot: Lot, *, on: date) -> LotView:
    """Prepare a lot for its page."""
    return LotView(
        code=lot.code,
        url=url_for("catalogue.lot", code=lot.code),
        made_on=lot.made_on,
        best_before=lot.best_before,
        is_past=lot.best_before is not None and lot.best_before < on,
        is_illustrative=lot.is_illustrative,
        size=lot.variant.label if lot.variant else None,
        steps=tuple(_step(one) for one in lot.steps),
    )


def lot_lines(lots: Sequence[Lot]) -> list[tuple[str, date, str]]:
    """Prepare a product's newest lots: code, day, link."""
    return [(one.code, one.made_on, url_for("catalogue.lot", code=one.code)) for one in lots]


def _step(said: dict[str, Any]) -> Step:
    detail, on = said.get("detail"), said.get("on")
    return Step(
        LocalizedText(said["title"]),
        LocalizedText(detail) if detail else None,
        date.fromisoformat(on) if on else None,
    )
