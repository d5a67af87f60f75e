"""Somebody who shops over HTTP: cookies, forms as a page gives them, one connection a request."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode, urljoin, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

HOST: Final = "127.0.0.1"
PATIENCE: Final = 20.0
ORDER: Final = re.compile(r"/orders/([A-Z0-9-]+)")
# What a guest types; a checkout form takes those that it asks for.
DETAILS: Final = {
    "name": "Nguyễn Thị Thử",
    "phone": "0912 345 678",
    "email": "guest@example.com",
    "province": "01",
    "commune": "Ba Đình",
    "street": "12 Phố Thử",
}


class CutOffError(Exception):
    """The server went away before it had answered in full: nobody knows what became of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back, and how long it took."""

    status: int
    location: str
    text: str
    seconds: float

    @property
    def order_number(self) -> str | None:
        """The number of the order that this answer acknowledges, or none."""
        found = ORDER.search(self.location) if self.status == 303 else None
        return found.group(1) if found else None


@dataclass(slots=True)
class Form:
    """A form of a page and what it would send if nothing were changed."""

    action: str
    values: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)


class FormReader(HTMLParser):
    """Collects the forms of a page; quick rather than thorough, the browser fixture is the latter."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take what a form holds."""
        given = dict(attrs)
        if tag == "form":
            self.forms.append(Form(given.get("action") or ""))
            return
        if not self.forms:
            return
        form = self.forms[-1]
        name = given.get("name") or ""
        if tag == "option" and self._select:
            if "selected" in given or self._select not in form.values:
                form.values[self._select] = given.get("value") or ""
        elif name and tag in {"input", "textarea", "select"}:
            form.names.add(name)
            self._select = name if tag == "select" else None
            kind = given.get("type") or "text"
            is_choice = kind in {"checkbox", "radio"}
            if tag != "select" and kind not in {"submit", "button", "file"}:
                if is_choice and "checked" not in given:
                    return
                form.values[name] = given.get("value") or ("on" if is_choice else "")
        elif name and tag == "button":
            form.names.add(name)

    def handle_endtag(self, tag: str) -> None:
        """Leave a list of choices."""
        if tag == "select":
            self._select = None


def forms_of(text: str) -> list[Form]:
    """List the forms of a page."""
    reader = FormReader()
    reader.feed(text)
    return reader.forms


def form_to(answer: Answer, path: str) -> Form | None:
    """Find the form of a page that is sent to a path."""
    found = [one for one in forms_of(answer.text) if urlsplit(one.action).path == path]
    return found[-1] if answer.status == 200 and found else None


@dataclass(slots=True)
class Shopper:
    """A guest with a jar of cookies, or somebody signed in by a cookie."""

    port: int
    lang: str = "en"
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""
    seen: list[Answer] = field(default_factory=list)

    def get(self, path: str) -> Answer:
        """Open a page."""
        return self._ask("GET", path, None)

    def post(self, path: str, values: Mapping[str, str | int] | None = None) -> Answer:
        """Send a form with the token of the last page that had one."""
        return self._ask("POST", path, {"csrf_token": self.token} | dict(values or {}))

    def follow(self, answer: Answer) -> Answer:
        """Go where an answer sends us; the answer itself when it is a page."""
        return self.get(answer.location) if answer.location else answer

    def add(self, variants: Iterable[int], *, page: str, quantity: int = 1) -> None:
        """Put goods into the cart from a page, which is opened only by who has no token yet."""
        if not self.token:
            self.get(page)
        for variant_id in variants:
            answer = self.post(
                f"/{self.lang}/cart/add", {"variant_id": variant_id, "quantity": quantity}
            )
            assert answer.status == 303, answer

    def start_checkout(self) -> Answer:
        """Go from the cart to the checkout; the answer is the redirect."""
        if not self.token:
            self.get(f"/{self.lang}/cart")
        return self.post(f"/{self.lang}/checkout")

    def filled(self, path: str, **changes: str) -> dict[str, str] | Answer:
        """Open a checkout, fill it in and have its total worked out: what the last button then sends.

        The answer instead when there is no form.
        """
        opened = self.get(path)
        form = form_to(opened, path)
        if form is None:
            return opened
        typed = {name: value for name, value in DETAILS.items() if name in form.names}
        counted = self.post(path, form.values | typed | changes | {"step": "update"})
        form = form_to(counted, path)
        return counted if form is None else form.values

    def place(self, **changes: str) -> Answer:
        """Check the cart out as a guest who pays cash; the last answer tells how far it came."""
        started = self.start_checkout()
        if started.status != 303 or "/checkout/" not in started.location:
            return started
        values = self.filled(started.location, **changes)
        if isinstance(values, Answer):
            return values
        return self.post(started.location, values | changes)

    def _ask(self, method: str, path: str, values: Mapping[str, str | int] | None) -> Answer:
        headers = {
            "Accept-Language": self.lang,
            "Connection": "close",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        body = None
        if values is not None:
            body = urlencode(values)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = HTTPConnection(HOST, self.port, timeout=PATIENCE)
        began = time.monotonic()
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            text = response.read().decode("utf-8")
        except (OSError, HTTPException) as error:
            message = f"{method} {path}: {error!r}"
            raise CutOffError(message) from error
        finally:
            connection.close()
        answer = Answer(
            status=response.status,
            location=self._local(path, response.getheader("Location")),
            text=text,
            seconds=time.monotonic() - began,
        )
        for line in response.headers.get_all("Set-Cookie") or []:
            self._keep(line)
        self._remember_token(text)
        self.seen.append(answer)
        return answer

    @staticmethod
    def _local(path: str, location: str | None) -> str:
        if not location:
            return ""
        parts = urlsplit(urljoin(path, location))
        return parts.path + (f"?{parts.query}" if parts.query else "")

    def _keep(self, line: str) -> None:
        for name, morsel in SimpleCookie(line).items():
            if morsel["max-age"] == "0" or not morsel.value:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = morsel.value

    def _remember_token(self, text: str) -> None:
        for form in forms_of(text) if "csrf_token" in text else ():
            if "csrf_token" in form.values:
                self.token = form.values["csrf_token"]
                return
