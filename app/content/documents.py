"""Help and rules: Markdown files, one for each page and language, read at start-up.

A file is a heading, one line that says what the page is about, and the text. Links without a scheme lead
to pages of the shop in the reader's language: `help/returns`, `orders`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from markdown_it import MarkdownIt
from markupsafe import Markup

from app.foundation.localized import InLanguage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

FOLDER: Final = Path(__file__).parent / "documents"
# In the order in which the help page lists them.
FALLBACKS: Final = ("en", "vi")  # what a reader of another language gets
SLUGS: Final = (
    "about",
    "how-stars-work",
    "delivery",
    "returns",
    "complaints",
    "privacy",
    "rules",
    "sell",
)


@dataclass(frozen=True, slots=True)
class Document:
    """A page of help in one language."""

    slug: str
    title: str
    summary: str
    body: Markup
    lang: str  # which it is in; a language without its own documents shows another one's


def document(slug: str, lang: str) -> Document | None:
    """Find a page of help; there is none beyond `SLUGS`."""
    return _read(slug, lang) if slug in SLUGS else None


def documents(lang: str) -> list[Document]:
    """List the pages of help."""
    return [_read(slug, lang) for slug in SLUGS]


def rendered(text: str, lang: str) -> Markup:
    """Turn Markdown of ours into HTML; tags written in it stay text."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(text)
    _lead_to_language(tokens, lang)
    html: str = parser.renderer.render(tokens, parser.options, {})
    return Markup(html)  # noqa: S704 - the parser escapes what is not its own


def _lead_to_language(tokens: Sequence[Token], lang: str) -> None:
    for token in tokens:
        href = token.attrGet("href")
        if token.type == "link_open" and isinstance(href, str) and ":" not in href:
            token.attrSet("href", f"/{lang}/{href.lstrip('/')}")
        _lead_to_language(token.children or [], lang)


@cache
def _read(slug: str, lang: str) -> Document:
    found = next(one for one in (lang, *FALLBACKS) if (FOLDER / one / f"{slug}.md").exists())
    text = (FOLDER / found / f"{slug}.md").read_text(encoding="utf-8")
    heading, summary, body = text.split("\n\n", 2)
    title = InLanguage(heading.removeprefix("# ").strip(), found)
    lead = InLanguage(summary.strip(), found)
    return Document(slug, title, lead, rendered(body, lang), found)
