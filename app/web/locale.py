"""Which language a page is in: the URL says it; where it does not, cookie, then browser, then Vietnamese."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from gettext import c2py
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from babel import Locale
from babel.core import get_global
from babel.messages.plurals import get_plural
from flask import current_app, g, has_app_context, has_request_context, request, url_for
from flask_babel import Babel, Domain, get_locale
from werkzeug.routing import BaseConverter

from app.foundation.text import is_storable
from app.web.cookies import keep

if TYPE_CHECKING:
    from flask import Flask, Response

    from config import Settings

DEFAULT: Final = "vi"
COOKIE: Final = "lang"
BUILT_IN: Final = {"vi": "Tiếng Việt", "en": "English"}
QUERY_SAFE: Final = "!$&'()*+,;=:@/?%~"  # what a query may hold as it is (RFC 3986)
YEAR: Final = 365 * 24 * 3_600


class Languages(Mapping[str, str]):
    """The languages of the running application by code, each with its name in itself.

    They come from the catalogues and from LANGUAGES (see `config.Settings`), so one more needs no code.
    Outside an application these are the two that content is written in: decide at call time.
    """

    def __getitem__(self, code: str) -> str:
        """Give a language's own name."""
        return spoken()[code]

    def __iter__(self) -> Iterator[str]:
        """List the codes in the order of the language switch."""
        return iter(spoken())

    def __len__(self) -> int:
        """Count them."""
        return len(spoken())


LANGUAGES: Final = Languages()


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The same page in a language."""

    code: str
    label: str
    url: str
    is_current: bool


class Words(Domain):
    """Our catalogues, of whichever folder, counting as their language counts.

    Flask-Babel takes the rule of the folder read last, and a folder without the language has the rule of English.
    """

    def get_translations(self) -> Any:  # noqa: ANN401 - as the library has it
        """Give the words of the reader's language."""
        words = super().get_translations()
        locale = get_locale()
        if locale is not None and words is not None and not hasattr(words, "counts_in"):
            words.plural = c2py(get_plural(locale).plural_expr)
            words.counts_in = str(locale)
        return words


def register(app: Flask) -> None:
    """Take the language from the URL before views run and put it back into links."""
    settings: Settings = app.config["SETTINGS"]
    app.config["SPOKEN"] = named(settings.languages or settings.catalogues)
    app.url_map.converters["lang"] = converter_of(app.config["SPOKEN"])
    app.config["BABEL_DEFAULT_LOCALE"] = DEFAULT
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Asia/Ho_Chi_Minh"
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = ";".join(map(str, settings.translation_folders))
    Babel(app, locale_selector=language).domain_instance = Words()
    app.url_value_preprocessor(_take_language)
    app.url_defaults(_give_language)
    app.after_request(_name)  # after what is remembered: these run from the last to the first
    app.after_request(_remember)


def named(codes: Iterable[str]) -> dict[str, str]:
    """Name languages, each in itself and as a heading writes it: Tiếng Việt, English."""
    names = {code: Locale.parse(code).get_display_name(code) or code for code in codes}
    return {code: name[:1].upper() + name[1:] for code, name in names.items()}


def converter_of(codes: Iterable[str]) -> type[BaseConverter]:
    """Make what reads the first part of a public URL: a language that this shop speaks."""
    return type("LanguageConverter", (BaseConverter,), {"regex": "|".join(codes)})


def spoken() -> dict[str, str]:
    """Give the languages of the running application."""
    found: dict[str, str] = current_app.config["SPOKEN"] if has_app_context() else BUILT_IN
    return found


def spoken_or_default(code: str) -> str:
    """Give a language that somebody once chose, or the default where it is not spoken any more."""
    return code if code in spoken() else DEFAULT


@cache
def regional(code: str) -> str:
    """Name a language with its likeliest country, as sharing cards want it: vi_VN."""
    likely = get_global("likely_subtags").get(code, code).split("_")
    return f"{code}_{likely[-1]}" if likely[-1].isupper() else code


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
        keep(response, COOKIE, chosen, seconds=YEAR)
    return response
