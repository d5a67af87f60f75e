"""A language nobody speaks, to find words that no catalogue holds and labels that cut long words off.

`python -m ops.pseudo FOLDER` writes it into FOLDER/translations: with OCOP_INSTANCE=FOLDER the shop speaks it
at `/eo/`. Every text stands in ⟦brackets⟧, is two fifths longer and wears accents, so that a reader sees at once
what is missing, cut off or put together from pieces. It is made anew whenever it is needed and never shipped.

The code is that of Esperanto, because Babel has to know a language for dates, figures and plurals.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from ops import messages

CODE: Final = "eo"
OPENING: Final = "⟦"
CLOSING: Final = "⟧"
GROWTH: Final = 0.4
PADDING: Final = "ëxtrå löngér wörds "
# What a translator leaves as it is: placeholders, tags, entities.
KEPT: Final = re.compile(r"(%\(\w+\)[sd]|%%|%[sd]|</?[a-zA-Z][^>]*>|&#?\w+;)")
ACCENTS: Final = str.maketrans("aeiouycnszAEIOUYCNSZ", "åéîöüýçñšžÅÉÎÖÜÝÇÑŠŽ")


def disguise(text: str) -> str:
    """Write a text in the language: accents, more length, brackets; placeholders and tags stay."""
    parts = KEPT.split(text)
    shown = "".join(part if at % 2 else part.translate(ACCENTS) for at, part in enumerate(parts))
    more = round(sum(len(part) for part in parts[::2]) * GROWTH)
    padding = (PADDING * (more // len(PADDING) + 1))[:more].strip()
    return f"{OPENING}{shown}{' ' if padding else ''}{padding}{CLOSING}"


def translated(catalogue: Catalog) -> Catalog:
    """Translate every message of a catalogue, singular and plural."""
    made = Catalog(locale=CODE, charset="utf-8")
    for message in catalogue:
        if not message.id:
            continue
        texts = messages.forms(message.id)
        string = tuple(map(disguise, texts)) if len(texts) > 1 else disguise(texts[0])
        made.add(message.id, string, context=message.context)
    return made


def write(instance: Path) -> Path:
    """Put the language beside an instance's data, where the application finds it."""
    folder = instance / "translations" / CODE / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    domains = {"messages": messages.extract()}
    for path in messages.CATALOGUE.parent.glob("*.po"):  # the texts of libraries, in our words
        domains.setdefault(path.stem, messages.read(path))
    for domain, catalogue in domains.items():
        with (folder / f"{domain}.mo").open("wb") as file:
            write_mo(file, translated(catalogue))
    return folder


def main() -> int:
    """Write the language into the folder named first."""
    sys.stdout.write(f"{write(Path(sys.argv[1]).resolve())}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
