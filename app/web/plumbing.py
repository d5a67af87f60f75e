"""Everything a page needs before a module is asked: one call for the composition root."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import Flask, current_app, redirect, url_for
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from app.foundation.slots import slot
from app.web import (
    access,
    addresses,
    assets,
    csrf,
    delivery,
    formats,
    fragments,
    headers,
    inputs,
    limits,
    living,
    locale,
    machines,
    marking,
    meta,
    pictures,
    problems,
    sitemaps,
    theme,
    uploads,
    worker,
)
from app.web.access import public
from app.web.identity import current_actor
from app.web.navigation import footer_links, has_page

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from config import Settings

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Site:
    """What layouts say about the whole site."""

    name: str
    is_demonstration: bool
    base_url: str
    has_worker: bool


def configure(app: Flask, settings: Settings) -> None:
    """Turn settings into Flask's own names."""
    secure = settings.base_url.startswith("https")
    app.config.update(
        SETTINGS=settings,
        TESTING=settings.is_testing,
        SECRET_KEY=settings.secret_key,
        SECRET_KEY_FALLBACKS=list(settings.secret_key_fallbacks),
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings),
        MAX_CONTENT_LENGTH=12 * MEGABYTE,
        MAX_FORM_MEMORY_SIZE=MEGABYTE // 2,
        MAX_FORM_PARTS=500,
        TRUSTED_HOSTS=list(settings.trusted_hosts) or None,
        SESSION_COOKIE_NAME="__Host-session" if secure else "session",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=14 * 24 * 3_600,
        SESSION_REFRESH_EACH_REQUEST=False,
    )
    if settings.proxy_count:
        count = settings.proxy_count
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]


def engine_options(settings: Settings) -> dict[str, Any]:
    """Choose how connections are kept, by database."""
    if settings.is_sqlite:
        return {}
    return {
        "pool_pre_ping": True,
        "pool_size": 5,
        "max_overflow": 5,
        "connect_args": {"options": "-c statement_timeout=5000 -c lock_timeout=4000 -c jit=off"},
    }


def register(app: Flask) -> None:
    """Put the plumbing in place, in the order in which a request meets it."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension("jinja2.ext.i18n")
    marking.register(app)
    delivery.register(app)
    headers.register(app)
    locale.register(app)
    inputs.register(app)
    addresses.register(app)
    uploads.register(app)
    csrf.register(app)
    limits.register(app)
    access.register(app)
    assets.register(app)
    formats.register(app)
    fragments.register(app)
    pictures.register(app)
    problems.register(app)
    meta.register(app)
    worker.register(app)
    app.context_processor(page_context)
    app.jinja_env.globals["has_page"] = has_page
    app.add_url_rule("/", "start", start)
    machines.register(app)
    theme.register(app)
    living.register(app)
    sitemaps.register(app)


def page_context() -> dict[str, Any]:
    """Give every template what layouts show."""
    settings = site_settings()
    cart_count = slot("page.cart_count")
    categories = slot("page.categories")
    return {
        "actor": current_actor(),
        "cart_count": cart_count() if cart_count else 0,
        "lang": locale.language(),
        "page_lang": locale.language(),
        "language_links": locale.language_links(),
        "navigation": {
            "categories": categories() if categories else [],
            "footer": footer_links(),
        },
        "themes": theme.THEMES,
        "theme": theme.theme(),
        "theme_target": theme.target(),
        "site": Site(
            "Chợ Phiên", settings.is_demonstration, settings.base_url, settings.has_worker
        ),
    }


def site_settings() -> Settings:
    """Give the settings of the running application."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings


@public
def start() -> ResponseReturnValue:
    """Choose a language for whoever comes without one."""
    return redirect(url_for("catalogue.home", lang=locale.preferred()), code=302)


__all__ = ["configure", "register"]
