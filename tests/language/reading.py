"""Finding words on a page that no catalogue holds: the made-up language puts all others into ⟦brackets⟧."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from babel import Locale
from sqlalchemy import Enum, String, select

from app.foundation.database import db, mapper_registry
from app.foundation.localized import LocalizedText, LocalizedTextType
from ops.pseudo import CLOSING, CODE, OPENING
from tests.support.browser import HTML

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree import ElementTree as ET

    from flask import Flask

# Words that are the same in every language: our name, the programme's, units, payment, an editor's mark.
SAME: Final = frozenset(
    {
        *(
            "Chợ",
            "Phiên",
            "OCOP",
            "Z",
            "QR",
            "JPEG",
            "PNG",
            "WebP",
            "AVIF",
            "Zalo",
            "Facebook",
            "SKU",
        ),
        *("g", "kg", "ml", "l", "cm", "mm", "m", "km", "KB", "MB"),
        *("Pro", "Lora", "Lucide", "ISC", "OFL", "CC", "BY", "@svg", "maps", "vietnam"),
        *Locale.parse(CODE).months["format"]["wide"].values(),
        *(Locale.parse(CODE).languages[one] for one in ("en", "vi")),
        *(
            "English",
            "Tiếng",
            "Việt",
            "Esperanto",
            "VietQR",
            "VNPay",
            "OpenStreetMap",
            "Be",
            "Vietnam",
        ),
    }
)
WORD: Final = re.compile(r"[^\s·,;:()/|+–—…“”'\"!?.&%×<>←→↑↓•=-]+")
LETTER: Final = re.compile(r"[^\W\d_]")
PARTS: Final = re.compile(r" [–·|] |, |\. ")
CUT: Final = 20
EDGES: Final = " .,:;()–·…"
ADDRESS: Final = re.compile(
    r"https?://\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|dev|org|vn)\b|[\w.+-]+@[\w.-]+|/[\w/.-]+"
)
DAY: Final = re.compile(
    r"\b\d{4}-[A-Z][a-zŭ]{2}-\d\d\b|\b[A-Z]{2,4}(-[A-Z0-9]+)+\b"
)  # as Babel writes it in this language; codes of ours
NAMED: Final = frozenset(
    {"alt", "title", "aria-label", "placeholder", "aria-roledescription", "label"}
)
DATA_FOR_MACHINES: Final = frozenset(
    {"data-testid", "data-island", "data-src", "data-srcset", "data-token"}
)
META: Final = frozenset(
    {"description", "og:title", "og:description", "og:image:alt", "twitter:title"}
)
UNREAD: Final = frozenset({"script", "style", "code", "template", "textarea"})


def untold(page: ET.Element, known: frozenset[str]) -> list[str]:
    """List the words of a page that come neither from a catalogue nor from marked content or data."""
    reading = Reading(known, frozenset(marked(page)))
    reading.read(page, is_ours=True)
    return reading.faults


def untold_text(text: str, known: frozenset[str]) -> list[str]:
    """List the lines of a letter in plain text with words that are neither ours nor data."""
    reading = Reading(known, frozenset())
    text = DAY.sub("·", text)
    for said in sorted((one for one in known if one in text), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(said)}(?!\w)", "·", text) if said else text
    for line in text.splitlines():
        reading.hear(line, "text")
    return reading.faults


class Reading:
    """Goes through a page as a reader does; a translated sentence may hold elements and values."""

    def __init__(self, known: frozenset[str], marked_texts: frozenset[str]) -> None:
        """Begin outside of any sentence."""
        self.known = known
        self.marked = marked_texts
        self.depth = 0
        self.faults: list[str] = []

    def read(self, element: ET.Element, *, is_ours: bool) -> None:
        """Read an element: its attributes, its words, what is in it, and what follows."""
        tag = str(element.tag).removeprefix(HTML)
        if tag.startswith("<"):  # a comment, whose tag is a function
            return
        lang = element.get("lang")
        if lang:
            is_ours = lang == CODE
        if element.get("translate") == "no" or tag in UNREAD:
            is_ours = False
        if is_ours:
            for name, value in self.spoken(element, tag):
                self.judge(value, f"{tag} {name}")
        if is_ours:
            self.hear(element.text or "", tag)
        for inner in element:
            self.read(inner, is_ours=is_ours)
            if is_ours:
                self.hear(inner.tail or "", tag)

    def spoken(self, element: ET.Element, tag: str) -> Iterator[tuple[str, str]]:
        """Give the attributes that people see or hear."""
        for name, value in element.attrib.items():
            # WTForms writes no language on a group of options; the options in it have theirs.
            if (name in NAMED and tag != "optgroup") or (
                name.startswith("data-")
                and name not in DATA_FOR_MACHINES
                and not name.startswith("data-hx-")
                and (" " in value.strip() or value[:1].isupper())
                and not value.startswith(("{", "[", "/"))
            ):
                yield name, value
        kind = element.get("type")
        if tag == "input" and kind in {"submit", "button", "reset"}:
            yield "value", element.get("value", "")
        if tag == "meta" and {element.get("name"), element.get("property")} & META:
            yield "content", element.get("content", "")

    def hear(self, text: str, where: str) -> None:
        """Follow a text into and out of brackets, and judge what stands outside."""
        outside = ""
        for letter in text:
            if letter == OPENING:
                self.depth += 1
                outside += "\n"
            elif letter == CLOSING:
                self.depth = max(0, self.depth - 1)
            elif not self.depth:
                outside += letter
        for part in outside.split("\n"):
            self.judge(part, where)

    def judge(self, text: str, where: str) -> None:
        """Note a text that has words of its own."""
        text = " ".join(re.sub(rf"{OPENING}.*{CLOSING}", " ", text, flags=re.DOTALL).split())
        if self.is_data(text) or all(self.is_data(part) for part in PARTS.split(text)):
            return
        self.faults.append(f"{where}: {text}")

    def is_data(self, text: str) -> bool:
        """Whether a text is a value, or has no word that a translator could change."""
        text = text.strip(EDGES)
        if text in self.known or text in self.marked:
            return True
        if len(text) > CUT and any(
            one.startswith(text) for one in self.marked
        ):  # a description, cut
            return True
        rest = DAY.sub(" ", ADDRESS.sub(" ", text))
        return all(
            word in SAME
            or not LETTER.search(word)
            or re.search(r"\d", word)
            or (len(word) == 1 and word.isupper())  # the initial of somebody's name
            for word in WORD.findall(rest)
        )


def marked(page: ET.Element) -> Iterator[str]:
    """Give the texts that a page marks as content of a language; titles and alternatives repeat them."""
    for element in page.iter():
        if element.get("lang") not in {None, CODE}:
            text = " ".join("".join(element.itertext()).split()).strip(EDGES)
            yield text
            yield from (part.strip(EDGES) for part in PARTS.split(text))
            for inner in element.iter():
                yield from (
                    str(inner.get(name)) for name in ("alt", "aria-label") if inner.get(name)
                )


def data_of(app: Flask) -> frozenset[str]:
    """Collect the values of every text column that is neither a choice nor localized."""
    found: set[str] = set()
    with app.app_context():
        for mapper in mapper_registry.mappers:
            for column in mapper.columns:
                if column.table is not mapper.local_table:
                    continue
                for value in _values(column):
                    found.update(" ".join(one.split()).strip(EDGES) for one in _texts(value))
        db.session.remove()
    return frozenset(found)


def content_of(app: Flask) -> frozenset[str]:
    """Collect the values of every localized column, in all their languages."""
    found: set[str] = set()
    with app.app_context():
        for mapper in mapper_registry.mappers:
            for column in mapper.columns:
                if isinstance(column.type, LocalizedTextType):
                    for value in db.session.scalars(select(column).where(column.is_not(None))):
                        found.update(
                            " ".join(one.split()).strip(EDGES) for one in (value or {}).values()
                        )
        db.session.remove()
    return frozenset(found)


def _values(column: Any) -> Iterator[Any]:
    kind = column.type
    if isinstance(kind, Enum):
        return
    name = type(kind).__name__
    if isinstance(kind, String) or name == "JSON":
        yield from db.session.scalars(select(column).distinct().where(column.is_not(None)))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, LocalizedText):
        return
    if isinstance(value, str):
        yield value
        yield from value.splitlines()
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
