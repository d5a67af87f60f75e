"""The page that shows every component in its states, by day and by night; never in production."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from flask import Blueprint, abort, current_app, render_template

from app.web import samples
from app.web.access import public
from app.web.sitemaps import leave_out

if TYPE_CHECKING:
    from flask import Flask

COMPONENTS: Final = Path(__file__).resolve().parents[1] / "templates" / "components"
GROUPS: Final = (
    ("Words and signs", ("icon", "star_badge", "tag", "chip", "price", "rating_line", "notice", "flashes")),
    ("Goods", ("product_card", "picture", "wish_button", "buy_bar", "compare_link",
               "compare_tray", "compare_table", "gift_card", "quantity")),
    ("Trust and places", ("certificate_panel", "producer_strip", "trust_row", "map", "village_card", "showroom_card")),
    ("Stories and events", ("story_card", "fair_card")),
    ("Finding the way", ("breadcrumb", "menu", "facet", "sort", "search_within", "pagination", "disclosure")),
    ("Forms", ("field", "rating_input", "date_range", "upload", "dialog")),
    ("Buying", ("steps", "package", "timeline")),
    ("Desks", ("stat", "chart", "data_table")),
    ("Waiting and nothing", ("skeleton", "empty_state")),
)  # fmt: skip
_CONTRACT: Final = re.compile(r"\s*\{#(.*?)#\}", re.DOTALL)

bp = Blueprint("living", __name__, url_prefix="/<lang:lang>")


@dataclass(frozen=True, slots=True)
class Component:
    """One file of templates/components: what it says of itself, and the template that shows it."""

    name: str
    contract: str
    sample: str | None


@bp.get("/_components")
@public
def components() -> str:
    """Show the components; there is no such page where people really buy."""
    if current_app.config["SETTINGS"].is_production:
        abort(404)
    sides = [samples.side(theme) for theme in ("light", "dark")]
    return render_template("living/components.html", groups=grouped(), sides=sides)


def grouped() -> list[tuple[str, list[Component]]]:
    """Read every component, in groups; those that nobody put into one come last."""
    known = {path.stem: component(path) for path in sorted(COMPONENTS.glob("*.html"))}
    groups = [
        (title, [known.pop(name) for name in names if name in known]) for title, names in GROUPS
    ]
    return [*groups, ("Others", list(known.values()))] if known else groups


def component(path: Path) -> Component:
    """Read one component."""
    contract = _CONTRACT.match(path.read_text(encoding="utf-8"))
    sample = COMPONENTS.parent / "living" / "samples" / path.name
    return Component(
        path.stem,
        contract[1].strip("\n") if contract else "",
        f"living/samples/{path.name}" if sample.exists() else None,
    )


def register(app: Flask) -> None:
    """Offer the page, and keep it to those who build the shop."""
    leave_out("for those who build the shop", "living.components")
    app.register_blueprint(bp)
