"""The design system holds together: one night, no colour or class or drawing that nobody uses or nobody made."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from app.web.assets import FOLDER, bundle, minified, read

ROOT: Final = Path(__file__).resolve().parents[2]
SHEETS: Final = ROOT / "static" / "css"
TEMPLATES: Final = sorted((ROOT / "app").rglob("templates/**/*.html"))
SPRITE: Final = (ROOT / "static" / "img" / "icons.svg").read_text(encoding="utf-8")
MOST_BYTES: Final = 11 * 1024


def sheet(name: str) -> str:
    """Read a style sheet as the server joins it, without comments."""
    return re.sub(r"/\*.*?\*/", "", bundle(FOLDER, f"css/{name}", read()), flags=re.DOTALL)


def words_of_pages() -> str:
    """Everything that may name a class: templates, views and islands."""
    files = [*(ROOT / "app").rglob("*.html"), *(ROOT / "app").rglob("*.py")]
    files += (ROOT / "static" / "js").rglob("*.js")
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def declarations(block: str) -> list[str]:
    """List what a rule sets."""
    return [one.strip() for one in block.split(";") if one.strip()]


def test_the_night_of_the_system_is_the_night_that_readers_choose() -> None:
    tokens = sheet("tokens.css")

    nights = re.findall(
        r"(?::root:not\(\[data-theme=\"light\"\]\)|\[data-theme=\"dark\"\]) \{([^}]*)\}", tokens
    )

    assert len(nights) == 2
    assert declarations(nights[0]) == declarations(nights[1])


def test_every_role_of_the_night_is_a_role_of_the_day() -> None:
    day, night = sheet("tokens.css").split("@media", 1)
    name = re.compile(r"(--[\w-]+):")

    assert set(name.findall(night)) - set(name.findall(day)) == set()


def test_every_tone_of_a_picture_has_its_colour() -> None:
    rules = sheet("components/tone.css")

    for red in range(4):
        for green in range(4):
            assert (
                f'[data-tone^="{red}{green}"] {{ --tone-r: {red * 85}; --tone-g: {green * 85}; }}'
                in rules
            )
    for blue in range(4):
        assert f'[data-tone$="{blue}"] {{ --tone-b: {blue * 85}; }}' in rules


def test_no_style_is_written_for_nobody() -> None:
    pages = words_of_pages()
    rules = "".join(sheet(path.relative_to(SHEETS).as_posix()) for path in SHEETS.rglob("*.css"))
    selectors = re.sub(r"url\([^)]*\)|\{[^{}]*\}", " ", rules)

    named = set(re.findall(r"\.([a-z][\w-]*)", selectors))

    assert [
        one for one in sorted(named) if not re.search(rf"(?<![\w-]){one}(?![\w-])", pages)
    ] == []


def test_every_token_that_a_rule_uses_exists() -> None:
    rules = "".join(sheet(path.relative_to(SHEETS).as_posix()) for path in SHEETS.rglob("*.css"))

    used = set(re.findall(r"var\((--[\w-]+)\)", rules))

    assert used - set(re.findall(r"(--[\w-]+):", rules)) == set()


def test_no_ground_is_taken_for_words() -> None:
    """By night a ground is too dark to be read on another: words take `accent` and `trust-text`."""
    worn = re.compile(r"(?<![-\w])(?:color|fill): var\(--colour-(?:action|trust)(?:-hover)?\)")
    found = [
        f"{path.name}: {line.strip()}"
        for path in sorted(SHEETS.rglob("*.css"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if worn.search(line)
    ]

    assert found == []


def test_every_drawing_that_a_page_names_is_in_the_sprite() -> None:
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', SPRITE))
    named = {
        (name, path.name)
        for path in TEMPLATES
        for name in re.findall(r"\bicon\(\"([\w-]+)\"", path.read_text(encoding="utf-8"))
    }

    assert [one for one in sorted(named) if one[0] not in drawn] == []


def test_the_sheet_of_every_page_stays_light() -> None:
    assert len(read().files["css/main.css"].packed("br")) <= MOST_BYTES


def test_leaving_out_spaces_changes_no_rule() -> None:
    text = '/* a */\n.a > .b,\n.c:hover {\n  margin: calc(1px + 2px) 0;\n  content: "/" / "";\n}\n'

    assert minified(text) == '.a>.b,.c:hover{margin:calc(1px + 2px) 0;content:"/" / ""}'
