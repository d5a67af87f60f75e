from __future__ import annotations

from typing import TYPE_CHECKING

from app.web.access import access_of
from ops.pages import EXCUSED, PUBLIC

if TYPE_CHECKING:
    from flask import Flask


def test_every_public_page_is_looked_at_or_excused(application: Flask) -> None:
    shown = set()
    for rule in application.url_map.iter_rules():
        access = access_of(application, rule.endpoint)
        if (
            access
            and access.is_public
            and "GET" in (rule.methods or ())
            and "lang" in rule.arguments
        ):
            shown.add(rule.endpoint)

    assert shown == set(PUBLIC) | set(EXCUSED)
