"""Which language a page is in: the URL says it; where it does not, cookie, then browser, then Vietnamese."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from flask import current_app, g, has_app_context, has_request_context, request, url_for
from flask_babel import Babel
from werkzeug.routing import BaseConverter

from app.foundation.text import is_storable

if TYPE_CHECKING:
    from flask import Flask, Response

LANGUAGES: Final = {"vi": "Tiếng Việt", "en": "English"}
DEFAULT: Final = "vi"
COOKIE: Final = "lang"
QUERY_SAFE: Final = "!$&'()*+,;=:@/?%~"  # what a query may hold as it is (RFC 3986)
YEAR: Final = 365 * 24 * 3_600


class LanguageConverter(BaseConverter):
    """The first part of a public URL: a language that the shop speaks."""

    regex = "|".join(LANGUAGES)


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The same page in a language."""

    code: str
    label: str
    url: str
    is_current: bool


def register(app: Flask) -> None:
    """Take the language from the URL before views run and put it back into links."""
    app.url_map.converters["lang"] = LanguageConverter
    app.config["BABEL_DEFAULT_LOCALE"] = DEFAULT
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Asia/Ho_Chi_Minh"
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "../translations"
    Babel(app, locale_selector=language)
    app.url_value_preprocessor(_take_language)
    app.url_defaults(_give_language)
    app.after_request(_name)  # after what is remembered: these run from the last to the first
    app.after_request(_remember)


def language() -> str:
    """Tell the language of this request; outside one, the default."""
    if not has_request_context():
        return str(g.get("lang", DEFAULT)) if has_app_context() else DEFAULT
    if "lang" not in g:
        g.lang = preferred()
    return str(g.lang)


def preferred() -> str:
    """Guess the language of somebody whose URL does not say it."""
    cookie = request.cookies.get(COOKIE, "")
    if cookie in LANGUAGES:
        return cookie
    first = request.path.strip("/").split("/", 1)[0]
    if first in LANGUAGES:  # a page that does not exist, in a language that does
        return first
    return request.accept_languages.best_match(list(LANGUAGES), DEFAULT) or DEFAULT


def language_links() -> list[LanguageLink]:
    """Link this very page in each language, its query kept."""
    links = []
    for code, label in LANGUAGES.items():
        if not is_storable(request.path):
            url = f"/{code}/"
        elif request.endpoint and request.view_args is not None and request.method == "GET":
            arguments: dict[str, Any] = dict(request.view_args) | {"lang": code}
            url = url_for(request.endpoint, **arguments)
        else:
            rest = request.path.strip("/").split("/", 1)
            url = f"/{code}/" + (rest[1] if len(rest) > 1 and rest[0] in LANGUAGES else "")
        query = quote(request.query_string, safe=QUERY_SAFE)
        links.append(
            LanguageLink(code, label, f"{url}?{query}" if query else url, code == language())
        )
    return links


def _take_language(endpoint: str | None, values: dict[str, Any] | None) -> None:
    if values and "lang" in values and endpoint:
        g.lang = values.pop("lang")


def _give_language(endpoint: str, values: dict[str, Any]) -> None:
    if "lang" in values or endpoint not in current_app.view_functions:
        return
    if current_app.url_map.is_endpoint_expecting(endpoint, "lang"):
        values["lang"] = language()


def _name(response: Response) -> Response:
    """Say which language a page is in; where its address does not, who asks decides."""
    if response.mimetype == "text/html":
        response.headers.setdefault("Content-Language", language())
        if request.path.strip("/").split("/", 1)[0] not in LANGUAGES:
            response.vary.update(("Accept-Language", "Cookie"))
    return response


def _remember(response: Response) -> Response:
    """Keep the chosen language for links without one; written only when it changed."""
    chosen = g.get("lang")
    if response.cache_control.public:
        return response  # what caches share carries nobody's cookie
    if chosen and request.method == "GET" and request.cookies.get(COOKIE, DEFAULT) != chosen:
        response.set_cookie(
            COOKIE, chosen, max_age=YEAR, httponly=True, samesite="Lax", secure=request.is_secure
        )
    return response
