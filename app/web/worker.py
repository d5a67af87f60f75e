"""The shop as an application on a telephone: its manifest, and the worker that answers when the network is away.

The worker keeps static files and one page that is nobody's own; it never keeps a page of the shop
(static/js/worker.js). The setting SERVICE_WORKER=0 sends out a worker that removes itself and all it kept.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response, current_app, render_template, url_for
from flask_babel import gettext as _

from app.web.access import public
from app.web.assets import asset, assets_of, digest
from app.web.locale import LANGUAGES, language
from app.web.sitemaps import leave_out

if TYPE_CHECKING:
    from flask import Flask

GROUND: Final = "#fbf6ec"  # --colour-ground; a manifest knows no tokens
THEME: Final = "#7a2016"  # --lacquer-700
ASKED_AGAIN: Final = "public, max-age=0, must-revalidate"
HOURLY: Final = "public, max-age=3600"
# What the page for a missing network needs; sheets and scripts of first visits are among it.
PRECACHED: Final = (
    "css/main.css",
    "fonts/be-vietnam-pro-400.woff2",
    "fonts/be-vietnam-pro-600.woff2",
    "fonts/phien-serif-600.woff2",
    "img/favicon.svg",
    "img/icons.svg",
    "img/logo.svg",
    "js/islands.js",
    "js/islands/retry.js",
    "js/islands/worker.js",
)

TEMPLATE: Final = "errors/offline.html"
_PAGE: Final = "offline_page"  # its source: a new one is a new worker too

bp = Blueprint("worker", __name__)


def register(app: Flask) -> None:
    """Serve the manifest, the worker and its page; none is anything to find."""
    leave_out("no page to find", "worker.manifest", "worker.offline", "worker.script")
    app.register_blueprint(bp)
    loader = app.jinja_env.loader
    app.extensions[_PAGE] = loader.get_source(app.jinja_env, TEMPLATE)[0] if loader else ""


@bp.get("/<lang:lang>/manifest.webmanifest")
@public
def manifest() -> Response:
    """Describe the shop to whoever puts it on a home screen."""
    home = url_for("catalogue.home")
    words = {
        "id": "/",
        "lang": language(),
        "dir": "ltr",
        "name": "Chợ Phiên",
        "short_name": "Chợ Phiên",
        "description": _(
            "Specialities of Vietnamese villages, with star certificates anyone can check."
        ),
        "start_url": home,
        "scope": "/",
        "display": "standalone",
        "background_color": GROUND,
        "theme_color": THEME,
        "categories": ["shopping", "food"],
        "icons": [
            icon("img/icon-192.png", "192x192", "any"),
            icon("img/icon-512.png", "512x512", "any"),
            icon("img/icon-maskable-512.png", "512x512", "maskable"),
        ],
        "shortcuts": [
            {"name": _("All products"), "url": url_for("catalogue.products")},
            {"name": _("Map of specialities"), "url": url_for("catalogue.map_page")},
            {"name": _("Cart"), "url": url_for("basket.cart")},
        ],
    }
    response = Response(json.dumps(words, ensure_ascii=False), mimetype="application/manifest+json")
    response.headers["Cache-Control"] = HOURLY
    return response


def icon(name: str, sizes: str, purpose: str) -> dict[str, str]:
    """Describe one icon of the application."""
    return {"src": asset(name), "sizes": sizes, "type": "image/png", "purpose": purpose}


@bp.get("/sw.js")
@public
def script() -> Response:
    """Send the worker with the list of what it keeps; another list is another worker."""
    assets = assets_of(current_app)
    pages = {code: url_for("worker.offline", lang=code) for code in LANGUAGES}
    kept = [*pages.values(), *map(asset, PRECACHED)]
    source = assets.files["js/worker.js"].data.decode()
    told = {
        "version": digest(f"{kept}{source}{current_app.extensions[_PAGE]}".encode()),
        "kept": kept,
        "offline": pages,
        "isOn": current_app.config["SETTINGS"].has_worker,
    }
    response = Response(
        f"const SHOP = {json.dumps(told)};\n{source}", content_type="text/javascript; charset=utf-8"
    )
    response.headers["Cache-Control"] = ASKED_AGAIN
    return response


@bp.get("/<lang:lang>/offline")
@public
def offline() -> str:
    """Show what is there without a network; the worker asks for it as nobody in particular."""
    return render_template(TEMPLATE)
