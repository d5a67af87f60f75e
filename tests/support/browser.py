"""A test client that inspects every page it opens, as a reader with a screen reader would meet it."""

from __future__ import annotations

import os
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import html5lib
from flask import request, url_for

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

    from flask import Flask
    from werkzeug.test import TestResponse

HTML: Final = "{http://www.w3.org/1999/xhtml}"
LABELLED: Final = frozenset({"input", "select", "textarea"})
ANY_ELEMENT: Final = ".//{*}*"  # comments are none
UNLABELLED_TYPES: Final = frozenset({"hidden", "submit", "button", "image", "reset"})
# A folder to keep pages of every kind in, for the Nu checker; some of a kind are enough.
KEPT: Final = os.environ.get("KEEP_PAGES", "")
MOST_OF_A_KIND: Final = 4
_kept: Final[Counter[str]] = Counter()
PASSWORD: Final = "ocop-demo"  # noqa: S105 - of accounts that tests make


@dataclass
class Page:
    """An answer, with its document when it is one."""

    response: TestResponse
    document: ET.Element | None

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.response.status_code

    @property
    def text(self) -> str:
        """All words of the page, with single spaces."""
        if self.document is None:
            return self.response.get_data(as_text=True)
        return " ".join("".join(self.document.itertext()).split())

    @property
    def location(self) -> str:
        """Where a redirect leads, without the host."""
        parts = urlsplit(self.response.headers["Location"])
        return parts.path + (f"?{parts.query}" if parts.query else "")

    def __contains__(self, words: str) -> bool:
        """Whether a reader finds the words on the page."""
        return words in self.text

    def all(self, tag: str = "*", **attributes: str) -> list[ET.Element]:
        """Find elements by tag and attributes; `data_testid` means `data-testid`, `class_` `class`."""
        assert self.document is not None, "this answer is not a page"
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            element
            for element in self.document.findall(ANY_ELEMENT)
            if (tag == "*" or element.tag == HTML + tag)
            and all(element.get(name) == value for name, value in wanted.items())
        ]

    def one(self, tag: str = "*", **attributes: str) -> ET.Element:
        """Find the only element of its kind."""
        found = self.all(tag, **attributes)
        assert len(found) == 1, f"{len(found)} elements {tag} {attributes}"
        return found[0]

    def texts(self, tag: str = "*", **attributes: str) -> list[str]:
        """Give the words of each element found."""
        return [words(element) for element in self.all(tag, **attributes)]

    def form_values(self, **attributes: str) -> dict[str, str]:
        """Give what a form would send if nothing were changed."""
        values: dict[str, str] = {}
        form = self.one("form", **attributes)
        for element in form.iter():
            name = element.get("name")
            if not name or element.get("disabled") is not None:
                continue
            if element.tag == HTML + "textarea":
                values[name] = "".join(element.itertext()).removeprefix("\n")
            elif element.tag == HTML + "select":
                options = list(element.iter(HTML + "option"))
                chosen = [one for one in options if one.get("selected") is not None] or options[:1]
                values[name] = (chosen[0].get("value") or words(chosen[0])) if chosen else ""
            elif element.tag == HTML + "input":
                kind = element.get("type", "text")
                is_choice = kind in {"checkbox", "radio"}
                if kind in {"submit", "button", "file"} or (
                    is_choice and element.get("checked") is None
                ):
                    continue
                values[name] = element.get("value", "on" if is_choice else "")
        return values


def words(element: ET.Element) -> str:
    """Give the words inside an element, with single spaces."""
    return " ".join("".join(element.itertext()).split())


@dataclass
class Browser:
    """Opens pages of the application and refuses to look away from their faults."""

    app: Flask
    lang: str = "en"
    token: str = ""
    client: Any = field(init=False)

    def __post_init__(self) -> None:
        """Start with an empty jar of cookies."""
        self.client = self.app.test_client()

    def url(self, endpoint: str, **values: Any) -> str:
        """Build the path of an endpoint in this browser's language."""
        with self.app.test_request_context():
            if self.app.url_map.is_endpoint_expecting(endpoint, "lang"):
                values.setdefault("lang", self.lang)
            return url_for(endpoint, **values)

    def open(self, path: str, *, status: int = 200) -> Page:
        """Open a path and inspect the page."""
        with self.app.app_context():  # each request begins with nothing remembered
            response = self.client.get(path, headers={"Accept-Language": self.lang})
        return self._page(response, status)

    def get(self, endpoint: str, *, status: int = 200, **values: Any) -> Page:
        """Open an endpoint and inspect the page."""
        return self.open(self.url(endpoint, **values), status=status)

    def post(
        self, endpoint: str, data: dict[str, Any] | None = None, *, status: int = 303, **values: Any
    ) -> Page:
        """Send a form to an endpoint, with the CSRF token of the last page."""
        return self.send(self.url(endpoint, **values), data, status=status)

    def send(self, path: str, data: dict[str, Any] | None = None, *, status: int = 303) -> Page:
        """Send a form to a path, with the CSRF token of the last page."""
        if not self.token:
            self.get("security.forgot_password")  # a form that everybody may open
        with self.app.app_context():
            response = self.client.post(
                path,
                data={"csrf_token": self.token} | (data or {}),
                headers={"Accept-Language": self.lang},
            )
        return self._page(response, status)

    def follow(self, page: Page) -> Page:
        """Follow a redirect."""
        return self.open(page.location)

    def sign_in(self, user: Any) -> None:
        """Sign a user in as the sign-in page does, without the cost of a password."""
        with self.client.session_transaction() as session:
            session["_user_id"] = user.fs_uniquifier
            session["_fresh"] = True
            session["fs_paa"] = time.time()
        self.token = ""

    def _page(self, response: TestResponse, status: int) -> Page:
        assert response.status_code == status, (
            f"{response.request.method} {response.request.path}: {response.status_code}\n"
            + response.get_data(as_text=True)[:3_000]
        )
        document = None
        if response.mimetype == "text/html" and status not in {301, 302, 303, 308}:
            document = self._inspected(response)
        return Page(response, document)

    def _inspected(self, response: TestResponse) -> ET.Element | None:
        source = response.get_data(as_text=True)
        self._keep(response, source)
        if not source.lstrip().lower().startswith("<!doctype html"):
            return parse_fragment(source)
        parser = html5lib.HTMLParser(strict=False)
        document: ET.Element = parser.parse(source)
        faults = [
            f"invalid HTML: {code} {values} at {at}" for at, code, values in parser.errors
        ] + inspect(document, source)
        assert not faults, f"{response.request.path}\n" + "\n".join(faults)
        tokens = [
            one.get("value", "")
            for one in document.iter(HTML + "input")
            if one.get("name") == "csrf_token"
        ]
        if tokens:
            self.token = tokens[0]
        return document

    def _keep(self, response: TestResponse, source: str) -> None:
        """Keep some pages of each kind: endpoint, status and language."""
        if not KEPT or not source.lstrip().lower().startswith("<!doctype html"):
            return
        with self.app.test_request_context(response.request.path):
            kind = f"{request.endpoint or 'none'}-{response.status_code}-{self.lang}"
        _kept[kind] += 1
        if _kept[kind] <= MOST_OF_A_KIND:
            name = f"{kind}-{os.getpid()}-{_kept[kind]}.html"
            (Path(KEPT) / name).write_text(source, encoding="utf-8")


def parse_fragment(source: str) -> ET.Element:
    """Parse a part of a page, as htmx or a suggestion list gets it."""
    root: ET.Element = html5lib.parseFragment(source)
    return root


def inspect(document: ET.Element, source: str) -> list[str]:
    """List what is wrong with a page."""
    faults: list[str] = []
    elements = [document, *document.findall(ANY_ELEMENT)]
    html = document if document.tag == HTML + "html" else document.find(HTML + "html")
    if html is None or not re.fullmatch("[a-z]{2}", html.get("lang") or ""):
        faults.append("the page has no language")
    headings = [words(one) for one in elements if one.tag == HTML + "h1"]
    if len(headings) != 1 or not headings[0]:
        faults.append(f"a page has one h1, not {headings}")
    titles = [words(one) for one in elements if one.tag == HTML + "title"]
    if not titles or not titles[0].split("–")[0].strip():
        faults.append("the page has no title")
    repeated = [
        name
        for name, times in Counter(one.get("id") for one in elements).items()
        if name and times > 1
    ]
    faults += [f"id {name} stands more than once" for name in repeated]
    ids = {one.get("id") for one in elements}
    labelled = {one.get("for") for one in elements if one.tag == HTML + "label"}
    wrapped = {
        id(inner) for label in elements if label.tag == HTML + "label" for inner in label.iter()
    }
    for one in elements:
        tag = one.tag.removeprefix(HTML)
        if one.get("style") is not None:
            faults.append(f"inline style on {tag}")
        if any(name.startswith("on") for name in one.attrib):
            faults.append(f"inline script on {tag}")
        if tag == "script" and not one.get("src") and one.get("type") != "application/ld+json":
            faults.append("inline script")
        if tag == "style":
            faults.append("inline style sheet")
        if tag == "form" and not one.get("action"):
            faults.append("a form without an action")
        if tag == "img" and one.get("alt") is None:
            faults.append(f"a picture without alt: {one.get('src')}")
        if (
            tag in LABELLED
            and one.get("type") not in UNLABELLED_TYPES
            and not (one.get("id") in labelled and one.get("id"))
            and id(one) not in wrapped
            and not one.get("aria-label")
            and not one.get("aria-labelledby")
        ):
            faults.append(f"{tag} {one.get('name')} has no label")
        if tag in {"a", "button"} and not words(one) and not one.get("aria-label"):
            inner_alt = any(inner.get("alt") or inner.get("aria-label") for inner in one.iter())
            if not inner_alt:
                faults.append(f"{tag} {one.get('href') or one.get('name')} has no words")
        for name in ("aria-describedby", "aria-labelledby", "aria-controls"):
            faults += [
                f"{name} names {target}, which is not there"
                for target in (one.get(name) or "").split()
                if target not in ids
            ]
    if re.search(r"%\([a-z_]+\)[sd]|\{\{|\}\}", source):
        faults.append("a placeholder was not filled")
    return faults
