"""Parts of a page that an upper module draws: a slot answers with a template and its values.

The lower module's template includes whatever stands in the slot and knows neither name nor content:

    {% for fragment in fragments("product.voices", product.id) %}{% with it = fragment.values %}
      {% include fragment.template %}
    {% endwith %}{% endfor %}
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.foundation.slots import slot

if TYPE_CHECKING:
    from flask import Flask


@dataclass(frozen=True, slots=True)
class Fragment:
    """A template of the module that answers, and the values that it calls `it`."""

    template: str
    values: Any


def fragments(name: str, *arguments: Any) -> list[Fragment]:  # noqa: ANN401 - a slot's own business
    """Ask a slot for its fragments; none where nobody answers."""
    answer = slot(name)
    return list(answer(*arguments)) if answer else []


def register(app: Flask) -> None:
    """Give templates `fragments(name, …)`."""
    app.jinja_env.globals["fragments"] = fragments
