"""A first visit is light: what a phone loads before it shows a list of products (performance budgets, issue of speed).

Sizes are those of what is sent, packed as browsers ask for it; nothing here depends on a clock.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import brotli
import pytest
from babel.messages.pofile import read_po
from fontTools.ttLib import TTFont

from app.foundation.database import db
from app.web import assets
from ops.fonts import FACES, MAIN, Face
from tests.shop.catalogue.sale import on_sale

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.browser import Browser

ROOT: Final = Path(__file__).resolve().parents[2]
MOST_BYTES: Final = 60 * 1024
MOST_BEFORE_PAINT: Final = 5  # the page, the common sheet, that of lists, two fonts
MOST_SCRIPT: Final = 6 * 1024
MOST_STYLE: Final = 12 * 1024
MOST_FACE: Final = 14 * 1024
PRODUCTS: Final = 24
_LINK: Final = re.compile(r'<link rel="(stylesheet|preload)"(?! media="print")[^>]*href="([^"]+)"')
_ISLAND: Final = re.compile(r'data-island="([a-z-]+)"')
_FONT: Final = re.compile(r"url\(\"([^\"]+\.woff2)\"\)")
# Read by people and machines, and never shown in our letters: addresses, symbols of a source.
SHOWN_ELSEWHERE: Final = frozenset("\n\r\t\u200b\u2060★☆")


def sent(browser: Browser, url: str) -> bytes:
    """What comes over the wire."""
    with browser.app.app_context():
        answer = browser.client.get(url, headers={"Accept-Encoding": "gzip, deflate, br"})
    assert answer.status_code == 200, url
    return bytes(answer.data)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_list_of_products_weighs_sixty_kilobytes_at_most(browser: Browser, lang: str) -> None:
    for number in range(PRODUCTS):
        on_sale(f"Chè Shan tuyết số {number}", f"Ancient tree tea number {number}")
    db.session.commit()

    page = sent(browser, f"/{lang}/products")
    html = brotli.decompress(page).decode()
    links = _LINK.findall(html)
    sheets = [url for kind, url in links if kind == "stylesheet"]
    names = {
        "islands.js",
        *(f"islands/{name}.js" for name in _ISLAND.findall(html)),
    }
    scripts = [assets.read().link(f"js/{name}") for name in names]
    style = "".join(brotli.decompress(sent(browser, url)).decode() for url in sheets)
    fonts = {url for url in _FONT.findall(style) if "-rest" not in url}
    weights = {
        "page": len(page),
        "style": sum(len(sent(browser, url)) for url in sheets),
        "script": sum(len(sent(browser, url)) for url in scripts),
        "fonts": sum(len(sent(browser, url)) for url in fonts),
    }

    assert html.count('data-testid="product-card"') == PRODUCTS
    assert sum(weights.values()) <= MOST_BYTES, weights
    assert weights["script"] <= MOST_SCRIPT
    assert weights["style"] <= MOST_STYLE
    assert {url for kind, url in links if kind == "preload"} <= fonts
    assert 1 + len(links) <= MOST_BEFORE_PAINT
    assert '<script type="module"' in html  # a module waits for the page, and never holds it up
    assert html.count("<script ") == 1 + html.count('type="application/ld+json"')


@pytest.mark.parametrize("face", FACES, ids=lambda one: one.name)
def test_a_face_holds_every_letter_of_both_languages_and_is_small(face: Face) -> None:
    path = ROOT / "static" / "fonts" / f"{face.name}.woff2"

    able = {chr(code) for code in TTFont(path).getBestCmap()}

    assert path.stat().st_size <= MOST_FACE
    assert sorted(MAIN - able - frozenset("₫→←")) == []


def shown_words() -> Iterator[str]:
    """All words that pages may show: catalogues and the data of the programme."""
    with (ROOT / "translations/vi/LC_MESSAGES/messages.po").open("rb") as file:
        for message in read_po(file):
            for part in (message.id, message.string):
                yield from part if isinstance(part, tuple | list) else [str(part)]
    for name in ("products", "producers", "villages", "showrooms", "categories"):
        yield from texts(json.loads((ROOT / "data" / f"{name}.json").read_text("utf-8")))


def texts(value: object) -> Iterator[str]:
    """All texts in a document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from texts(one)


def test_what_pages_say_needs_no_second_file_of_a_font() -> None:
    shown = {letter for words in shown_words() for letter in words}

    assert sorted(shown - MAIN - SHOWN_ELSEWHERE) == []


def test_a_changed_file_has_another_address_and_no_other_file_has(tmp_path: Path) -> None:
    for name, text in {
        "css/main.css": '@import url("parts/a.css") layer(base);',
        "css/parts/a.css": 'p { background: url("../../img/a.svg"); }',
        "css/desk.css": "a { color: red; }",
        "img/a.svg": "<svg/>",
        "js/a.js": 'import "./b.js";',
        "js/b.js": "",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    before = assets.read.__wrapped__(tmp_path)
    (tmp_path / "img/a.svg").write_text("<svg></svg>", encoding="utf-8")
    (tmp_path / "js/b.js").write_text("1", encoding="utf-8")

    after = assets.read.__wrapped__(tmp_path)

    changed = {name for name in before.files if before.link(name) != after.link(name)}
    assert changed == {"img/a.svg", "css/main.css", "css/parts/a.css", "js/a.js", "js/b.js"}
    assert after.link("img/a.svg") in after.files["css/main.css"].data.decode()


def test_a_style_sheet_loses_only_what_browsers_do_not_read() -> None:
    sheet = """
    /* why */ .a :is(h2, h3) > b , .c { width: calc(1px + 2px) ; content: "  a /* b */ ; " }
    @media (min-width: 44rem) and (hover) { .d { --x: url("data:a b;c") } }
    """

    assert assets.minified(sheet) == (
        '.a :is(h2,h3)>b,.c{width:calc(1px + 2px);content:"  a /* b */ ; "}'
        '@media (min-width:44rem) and (hover){.d{--x:url("data:a b;c")}}'
    )


def test_scripts_find_each_other_by_relative_paths(browser: Browser) -> None:
    main = assets.read().link("js/islands.js")

    island = main.replace("islands.js", "islands/suggest.js")

    with browser.app.app_context():
        assert "immutable" in browser.client.get(island).headers["Cache-Control"]
