"""The catalogues: extract strings, bring translations up to date, compile them, and check them.

English is the source; Vietnamese is complete, by `check`, which CI runs.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Message

ROOT: Final = Path(__file__).resolve().parents[1]
APP: Final = ROOT / "app"
FOLDER: Final = ROOT / "translations"
CATALOGUE: Final = FOLDER / "vi" / "LC_MESSAGES" / "messages.po"
PLACEHOLDER: Final = re.compile(r"%\(\w+\)[sd]|%[sd]")
KEYWORDS: Final = DEFAULT_KEYWORDS | {"_l": None, "lazy_gettext": None, "lazy_ngettext": (1, 2)}
NAMED: Final = re.compile(r"%\(\w+\)[sd]")
TAG: Final = re.compile(r"</?[a-zA-Z][^>]*>")


def extract() -> Catalog:
    """Collect the strings of the application."""
    catalogue = Catalog(locale="vi", charset="utf-8")
    methods = [("**/*.py", "python"), ("**/*.html", "jinja2"), ("**/*.txt", "jinja2")]
    found = extract_from_dir(str(APP), method_map=methods, keywords=KEYWORDS, comment_tags=())
    for _file, _line, message, _comments, context in found:
        catalogue.add(message, context=context)
    return catalogue


def update() -> list[str]:
    """Bring the Vietnamese catalogue in line with the strings; old translations stay."""
    wanted = extract()
    known = read(CATALOGUE) if CATALOGUE.exists() else Catalog(locale="vi")
    for message in wanted:
        old = known.get(message.id) if message.id else None
        if old is not None and isinstance(old.id, tuple) == isinstance(message.id, tuple):
            message.string = old.string
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        write_po(file, wanted, width=100, omit_header=True, sort_output=True)
    return []


def compile_all() -> list[str]:
    """Compile every catalogue; tell what is wrong with one that cannot be compiled."""
    for path in FOLDER.rglob("*.po"):
        catalogue = read(path)
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue)
    return []


def read(path: Path) -> Catalog:
    """Read a catalogue."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parents[1].name)


def check() -> list[str]:
    """List missing, fuzzy and obsolete entries, and what a translation of any catalogue must keep and does not."""
    wanted = {key(message) for message in extract() if message.id}
    catalogue = read(CATALOGUE)
    have = {key(message) for message in catalogue if message.id}
    faults = [f"not in the catalogue: {one}" for one in sorted(wanted - have)]
    faults += [f"no longer used: {one}" for one in sorted(have - wanted)]
    for path in sorted(FOLDER.rglob("*.po")):
        catalogue = read(path)
        for message in catalogue:
            if message.id:
                found = faults_of(message, plurals=catalogue.num_plurals)
                faults += [f"{key(message)}: {fault}" for fault in found]
    return faults


def key(message: Message) -> str:
    """Name a message by its English singular."""
    identity = message.id
    return identity[0] if isinstance(identity, tuple) else str(identity)


def faults_of(message: Message, *, plurals: int) -> Iterator[str]:
    """Tell what is wrong with one translation into a language with so many plural forms."""
    texts = forms(message.string)
    sources = forms(message.id)
    if message.fuzzy or not all(texts):
        yield "not translated"
        return
    if len(texts) != (plurals if len(sources) > 1 else 1):
        yield "plural forms are missing or too many"
    source = sources[-1]
    for text in texts:
        if placeholders(text) != placeholders(source):
            yield "placeholders differ"
        if sorted(TAG.findall(text)) != sorted(TAG.findall(source)):
            yield "tags differ"


def placeholders(text: str) -> tuple[set[str], list[str]]:
    """Find what is filled in: by name, however often, and by place, each once."""
    return set(NAMED.findall(text)), PLACEHOLDER.findall(NAMED.sub("", text))


def forms(given: object) -> list[str]:
    """Give the singular, and the plural forms where there are any."""
    return (
        [str(one or "") for one in given] if isinstance(given, list | tuple) else [str(given or "")]
    )


def main() -> int:
    """Run the command named first."""
    commands = {"update": update, "compile": compile_all, "check": check}
    faults = commands[sys.argv[1]]()
    for fault in faults:
        sys.stderr.write(f"{fault}\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
