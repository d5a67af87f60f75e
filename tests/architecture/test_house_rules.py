"""What no linter knows and everybody here relies on; a broken rule names its file and line."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from app.web.access import access_of
from app.web.sentences import known_codes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

ROOT: Final = Path(__file__).resolve().parents[2]
APP: Final = ROOT / "app"
SOURCES: Final = sorted(APP.rglob("*.py"))
TEMPLATES: Final = sorted(APP.rglob("templates/**/*.*"))
DESIGN: Final = sorted((ROOT / "static" / "css").rglob("*.css"))


def where(path: Path, line: int = 0) -> str:
    """Name a place for whoever broke the rule."""
    return f"{path.relative_to(ROOT)}:{line}"


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """List the calls in a file with the name that is called."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def test_only_the_unit_of_work_commits() -> None:
    found = [
        where(path, call.lineno)
        for path in SOURCES
        if path != APP / "foundation" / "work.py"
        for name, call in calls(path)
        if name.endswith(".commit") and "session" in name
    ]

    assert found == []


def test_only_edges_open_a_unit_of_work() -> None:
    edges = {"routes", "cli", "jobs", "demonstration", "security"}
    found = [
        where(path, call.lineno)
        for path in SOURCES
        if not edges & {*path.relative_to(APP).with_suffix("").parts}
        and path.parent != APP / "foundation"
        for name, call in calls(path)
        if name in {"unit_of_work", "in_unit_of_work"}
    ]

    assert found == []


def test_packages_hold_no_code() -> None:
    found = [
        where(path)
        for path in SOURCES
        if path.name == "__init__.py"
        and path.parent != APP
        and len(ast.parse(path.read_text(encoding="utf-8")).body) > 1
    ]

    assert found == []


def test_files_stay_small() -> None:
    long = [where(path) for path in SOURCES if len(path.read_text("utf-8").splitlines()) > 400]
    long += [where(path) for path in TEMPLATES if len(path.read_text("utf-8").splitlines()) > 150]

    assert long == []


def test_the_wall_clock_is_read_in_one_place() -> None:
    forbidden = {"datetime.now", "datetime.utcnow", "date.today", "time.time"}
    found = [
        where(path, call.lineno)
        for path in SOURCES
        if path != APP / "foundation" / "clock.py"
        for name, call in calls(path)
        if name in forbidden
    ]

    assert found == []


def test_rows_are_locked_by_condition_and_not_by_request() -> None:
    found = [
        where(path, call.lineno)
        for path in SOURCES
        for name, call in calls(path)
        if name.endswith("with_for_update")
    ]

    assert found == []


def test_no_template_trusts_text() -> None:
    trusted = re.compile(r"\|\s*safe\b|autoescape false")
    found = [where(path) for path in TEMPLATES if trusted.search(path.read_text(encoding="utf-8"))]

    assert found == []


def test_no_template_holds_style_or_script() -> None:
    inline = re.compile(r"\sstyle=|<style|\son[a-z]+=\"|<script(?![^>]*src=)")
    found = [where(path) for path in TEMPLATES if inline.search(path.read_text(encoding="utf-8"))]
    data = APP / "templates" / "layouts" / "_data.html"  # no program: structured data of the page

    assert found == [where(data)]
    assert data.read_text(encoding="utf-8").count('<script type="application/ld+json">') == 1
    assert data.read_text(encoding="utf-8").count("<script") == 1


def test_every_component_says_what_it_takes() -> None:
    silent = [
        where(path)
        for path in sorted((APP / "templates" / "components").glob("*.html"))
        if not path.read_text(encoding="utf-8").lstrip().startswith("{#")
    ]

    assert silent == []


def test_colours_are_named_in_one_file() -> None:
    colour = re.compile(r"#[0-9a-fA-F]{3,8}\b")
    found = [
        where(path, number)
        for path in DESIGN
        if path.name != "tokens.css"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if colour.search(line) and "url(" not in line
    ]

    assert found == []


def test_every_template_compiles(application: Flask) -> None:
    names = application.jinja_env.list_templates(extensions=["html", "txt", "xml"])
    ours = [name for name in names if not name.startswith(("flask_", "debug"))]

    assert len(ours) > 30
    for name in ours:
        application.jinja_env.get_template(name)


def test_every_route_declares_its_access(application: Flask) -> None:
    undeclared = sorted(
        {
            rule.endpoint
            for rule in application.url_map.iter_rules()
            if access_of(application, rule.endpoint) is None
        }
    )

    assert undeclared == []


def test_every_page_that_people_open_carries_its_language(application: Flask) -> None:
    machines = (
        "/static/", "/media/", "/healthz", "/readyz", "/webhooks/", "/api/", "/robots", "/sitemap", "/sw.js",
    )  # fmt: skip
    bare = sorted(
        str(rule)
        for rule in application.url_map.iter_rules()
        if "<lang:lang>" not in str(rule)
        and str(rule) != "/"
        and not str(rule).startswith(machines)
    )

    assert bare == []


def test_every_error_code_has_a_sentence(application: Flask) -> None:
    codes = {
        node.value.value
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Assign | ast.AnnAssign)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
        and ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target) == "code"
    }

    assert codes - known_codes() == set()


@pytest.mark.parametrize("module", sorted(path.parent.name for path in APP.glob("*/module.py")))
def test_every_module_says_what_it_is_for(module: str) -> None:
    text = (APP / module / "__init__.py").read_text(encoding="utf-8")

    assert ast.get_docstring(ast.parse(text))


def test_every_number_of_a_risk_is_explained() -> None:
    number = re.compile(r"\b[RSIPOF]\d{2}\b")
    explained = set(number.findall((ROOT / "docs" / "risks.md").read_text(encoding="utf-8")))
    named = {
        one: where(path)
        for path in [*SOURCES, *sorted((ROOT / "tests").rglob("*.py")), ROOT / "config.py"]
        for text in re.findall(r"#.*|\"\"\".*?\"\"\"", path.read_text(encoding="utf-8"), re.DOTALL)
        for one in number.findall(text)
    }

    assert {one: place for one, place in named.items() if one not in explained} == {}


def test_no_comment_names_a_document_that_is_not_here() -> None:
    document = re.compile(r"[\w/-]+\.md\b")
    missing = [
        f"{where(path)} {name}"
        for path in [*SOURCES, *TEMPLATES]
        for name in document.findall(path.read_text(encoding="utf-8"))
        if not (ROOT / name).exists()
    ]

    assert missing == []
