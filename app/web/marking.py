"""Content in another language than its page says so by itself, in every template (WCAG 3.1.2).

`LocalizedText.in_language` gives texts that know their language. This extension puts the filter `marked` on
whatever a template writes between tags, so a text that fell back stands in `<span lang="…">`. Nothing is added
inside of tags, where an attribute is written, nor where HTML allows no element: a title, an option, a drawing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from jinja2.ext import Extension
from jinja2.lexer import Token
from markupsafe import Markup, escape

from app.foundation.localized import InLanguage
from app.web.locale import language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from jinja2.lexer import TokenStream

PLAIN: Final = frozenset({"script", "style", "title", "textarea", "option", "svg", "template"})
HEAD_BLOCKS: Final = frozenset({"title", "description", "subject"})
TAG: Final = re.compile(r"<(/?)([a-zA-Z][\w-]*)")
END_OF_TAG: Final = re.compile(r"[\"'>]")


class Place:
    """Where in the HTML a template has come to."""

    def __init__(self) -> None:
        """Begin between tags."""
        self.quote = ""
        self.tag: tuple[str, str] | None = None
        self.plain = 0

    @property
    def takes_elements(self) -> bool:
        """Whether an element may stand here."""
        return self.tag is None and not self.plain

    def pass_over(self, html: str) -> None:
        """Go on over a piece of HTML."""
        at = 0
        while at < len(html):
            if self.tag is None:
                found = TAG.search(html, at)
                if found is None:
                    return
                self.tag, at = (found[1], found[2].lower()), found.end()
                continue
            found = (
                re.compile(self.quote).search(html, at)
                if self.quote
                else END_OF_TAG.search(html, at)
            )
            if found is None:
                return
            at = found.end()
            if found[0] == ">":
                self._leave_tag(closes_itself=html[: found.start()].endswith("/"))
            else:
                self.quote = "" if self.quote else found[0]

    def _leave_tag(self, *, closes_itself: bool) -> None:
        slash, name = self.tag or ("", "")
        self.tag = None
        if name in PLAIN and not closes_itself:
            self.plain = max(0, self.plain - 1) if slash else self.plain + 1


class ContentLanguage(Extension):
    """Puts `| marked` behind the expressions that a page's text is made of."""

    def filter_stream(self, stream: TokenStream) -> TokenStream | Iterator[Token]:
        """Change the templates of pages and leave all others as they are."""
        return self._with_marks(stream) if (stream.name or "").endswith(".html") else stream

    def _with_marks(self, stream: TokenStream) -> Iterator[Token]:
        place = Place()
        is_message = False  # gettext's own placeholders are bare names
        is_plain = False  # blocks whose text goes into the head of the page
        is_marking = False
        before: Token | None = None
        for token in stream:
            if token.type == "data":
                place.pass_over(token.value)
            elif token.type == "name" and before is not None and before.type == "block_begin":
                is_message = token.value == "trans" or (is_message and token.value != "endtrans")
                is_plain = is_plain and token.value != "endblock"
            elif token.type == "name" and before is not None and before.value == "block":
                is_plain = token.value in HEAD_BLOCKS
            if token.type == "variable_end" and is_marking:
                yield Token(token.lineno, "rparen", ")")
                yield Token(token.lineno, "pipe", "|")
                yield Token(token.lineno, "name", "marked")
                is_marking = False
            yield token
            if (
                token.type == "variable_begin"
                and place.takes_elements
                and not (is_message or is_plain)
            ):
                yield Token(token.lineno, "lparen", "(")
                is_marking = True
            before = token


def marked(value: Any) -> Any:  # noqa: ANN401 - whatever a template writes
    """Put a text of another language than the page's into an element that says so."""
    if type(value) is InLanguage and value.lang != language():
        return Markup('<span lang="%s">%s</span>') % (value.lang, escape(str(value)))
    return value


def unmarked(words: str) -> Markup:
    """Take the marks off again where HTML allows no element, in the title of a page."""
    return escape(Markup(words).striptags()) if "</" in words else Markup(words)  # noqa: S704 - a block's own output


def register(app: Flask) -> None:
    """Teach the templates; before the first of them is read."""
    app.jinja_env.filters.update(marked=marked, unmarked=unmarked)
    app.jinja_env.add_extension(ContentLanguage)
