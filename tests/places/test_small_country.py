"""Places as the process keeps them, and what it does with anything that is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from app.foundation.database import db
from app.foundation.work import unit_of_work
from app.places import queries
from app.places.models import Province

if TYPE_CHECKING:
    from flask import Flask


def test_the_process_forgets_places_when_it_is_told(app: Flask) -> None:
    assert len(queries.provinces()) == 3
    with unit_of_work():
        db.session.execute(text("UPDATE provinces SET slug = 'thu-do' WHERE code = '01'"))

    assert queries.province_by_slug("thu-do") is None
    queries.forget_places()

    assert queries.province_by_slug("thu-do") is not None
    assert db.session.scalar(select(func.count()).select_from(Province)) == 3


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(typed=st.text(max_size=400), around=st.text(max_size=60))
def test_nothing_that_is_typed_breaks_the_search(app: Flask, typed: str, around: str) -> None:
    queries.understand(typed, district=around)
    queries.begin_with(typed)
    queries.understand("\ud800\x00" + typed + "," * 200)
