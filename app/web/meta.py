"""What a page tells those who find and share it: canonical address, languages, robots, sharing card.

Every page gets sensible words by itself: the title and description of its template, the address of its
endpoint without a query. A view says more with `describe(…)`. The rules:

* A page is indexed when it is public, answers a GET and was not left out (`app.web.sitemaps.leave_out`).
* The address keeps only parameters that the view names (`parameters`), so that an unknown one changes nothing.
* A page that is not indexed has neither a canonical address nor languages: it stands for nothing.
* `x-default` is the page in the language that people without a known one are sent to.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from flask import current_app, g, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from app.web.access import access_of
from app.web.assets import asset
from app.web.headers import is_personal
from app.web.locale import DEFAULT, LANGUAGES, language, regional
from app.web.sitemaps import is_left_out
from app.web.structured import absolute, breadcrumb_data, script

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from flask import Flask

    from app.web.structured import Node
    from config import Settings

    Parameters = Callable[[str], Mapping[str, str]]

CARD_WIDTH: Final = 1_200
CARD_HEIGHT: Final = 630
DRAWN_CARDS: Final = frozenset({"vi", "en"})  # `make share-cards` draws one for each
INDEX: Final = "index, follow, max-image-preview:large"
FOLLOW: Final = "noindex, follow"
NOTHING: Final = "noindex, nofollow"


@dataclass(frozen=True, slots=True)
class ShareImage:
    """A picture for those who share the page."""

    url: str
    alt: str
    width: int = CARD_WIDTH
    height: int = CARD_HEIGHT


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a view said of its page."""

    title: str = ""
    description: str = ""
    kind: str = "website"
    image: ShareImage | None = None
    parameters: Parameters | None = None
    is_indexable: bool = True
    data: tuple[Node, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta:
    """What `layouts/_meta.html` writes; without `canonical` the page stands for nothing."""

    title: str
    description: str
    kind: str
    robots: str
    url: str
    canonical: str
    alternates: tuple[tuple[str, str], ...]
    image: ShareImage
    locale: str
    other_locales: tuple[str, ...]


def register(app: Flask) -> None:
    """Begin each request with nothing said, and give templates what layouts ask."""
    app.before_request(_begin)
    app.jinja_env.globals.update(
        page_meta=page_meta, page_data=page_data, remember_trail=remember_trail
    )


def describe(
    *,
    data: Iterable[Node] = (),
    **said: Any,  # noqa: ANN401 - the fields of `Said`
) -> None:
    """Say more of this page: any field of `Said`; later words win, structured data is added up."""
    before = _said()
    g.page_said = replace(before, data=(*before.data, *data), **said)


def enrich(kind: str, **more: Any) -> None:  # noqa: ANN401 - properties of schema.org
    """Add properties to this page's node of a type, such as reviews to its product."""
    g.page_said = replace(
        _said(),
        data=tuple(one | more if one["@type"] == kind else one for one in _said().data),
    )


def hide() -> None:
    """Say that this answer is no page to find: a problem, a form sent back."""
    g.page_said = Said(is_indexable=False)
    g.page_hidden = True


def remember_trail(items: Sequence[tuple[Any, str | None]]) -> str:
    """Note the breadcrumb that a template draws, for the structured data; writes nothing."""
    if "page_hidden" not in g:
        g.page_trail = [(str(label), url) for label, url in items]
    return ""


def page_meta(title: str, description: str) -> Meta:
    """Put together what the head of this page says."""
    said = _said()
    here = language()
    urls = _addresses(said)
    indexed = bool(urls) and robots() == INDEX
    return Meta(
        title=said.title or plain(title),
        description=said.description or plain(description),
        kind=said.kind,
        robots=robots(),
        url=urls.get(here, ""),
        canonical=urls[here] if indexed else "",
        alternates=(*urls.items(), ("x-default", urls[DEFAULT])) if indexed else (),
        image=said.image or generic_card(),
        locale=regional(here),
        other_locales=tuple(regional(one) for one in LANGUAGES if one != here),
    )


def plain(words: str) -> str:
    """Give the words of a block of a template, without marks of languages, which the head cannot hold."""
    return Markup(words).striptags() if "</" in words else words.strip()  # noqa: S704 - tags go


def page_data() -> Markup | None:
    """Write this page's structured data; none where it has none."""
    nodes = list(_said().data)
    trail = g.get("page_trail")
    if trail:
        nodes.append(breadcrumb_data(trail, here=_addresses(_said()).get(language(), "")))
    return script(nodes) if nodes else None


def robots() -> str:
    """Tell what crawlers may do with this page."""
    settings: Settings = current_app.config["SETTINGS"]
    if not settings.allow_indexing:
        return NOTHING
    if is_personal():
        return NOTHING
    return INDEX if _is_found() and _said().is_indexable else FOLLOW


def generic_card() -> ShareImage:
    """Give the card of pages without one of their own."""
    lang = language() if language() in DRAWN_CARDS else "en"
    return ShareImage(
        absolute(asset(f"img/share-{lang}.jpg")),
        _("Chợ Phiên, specialities of Vietnamese villages"),
    )


def _begin() -> None:
    for name in ("page_said", "page_trail", "page_hidden"):
        g.pop(name, None)


def _said() -> Said:
    said: Said = g.get("page_said") or Said()
    return said


def _is_found() -> bool:
    endpoint = request.endpoint
    if endpoint is None or request.method not in {"GET", "HEAD"} or is_left_out(endpoint):
        return False
    access = access_of(current_app, endpoint)
    return access is not None and access.is_public


def _addresses(said: Said) -> dict[str, str]:
    """Write this page's address in every language; none for a page without a view."""
    if request.endpoint is None or request.view_args is None or "page_hidden" in g:
        return {}
    found = {}
    for lang in LANGUAGES:
        path = url_for(request.endpoint, **(dict(request.view_args) | {"lang": lang}))
        pairs = dict(said.parameters(lang)) if said.parameters else {}
        found[lang] = absolute(f"{path}?{urlencode(pairs)}" if pairs else path)
    return found
