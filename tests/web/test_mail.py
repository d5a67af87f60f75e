"""Letters reach a folder or a real SMTP server, in the reader's language."""

from __future__ import annotations

import email
import email.policy
import socket
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from jinja2 import DictLoader

from app.foundation.work import unit_of_work
from app.web.mail import send, send_letter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message as Letter

    from flask import Flask


class Sink(Message):
    """An SMTP server that keeps what it was sent, or refuses it."""

    def __init__(self) -> None:
        """Start empty and willing."""
        super().__init__()
        self.letters: list[Letter] = []
        self.answer = ""

    def handle_message(self, message: Letter) -> None:
        """Keep a letter."""
        self.letters.append(message)

    async def handle_RCPT(  # noqa: N802 - the library's name
        self,
        server: Any,  # noqa: ARG002
        session: Any,  # noqa: ARG002
        envelope: Any,
        address: str,
        options: list[str],  # noqa: ARG002
    ) -> str:
        """Take the recipient, or refuse as told."""
        if self.answer:
            return self.answer
        envelope.rcpt_tos.append(address)
        return "250 OK"


@pytest.fixture
def sink() -> Iterator[tuple[Sink, str]]:
    """A real SMTP server on this machine."""
    handler = Sink()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield handler, f"smtp://127.0.0.1:{port}"
    finally:
        controller.stop()


@pytest.fixture
def letters(app: Flask) -> Iterator[Flask]:
    """The application with a letter of our own."""
    loader = app.jinja_env.loader
    app.jinja_env.loader = DictLoader(
        {
            "t.txt": "Order {{ name }}\n{{ lang }}: {{ url_for('healthz', _external=True) }}",
            "t.html": "<p>{{ name }}</p>",
        }
    )
    yield app
    app.jinja_env.loader = loader


def test_a_letter_goes_out_by_smtp(
    letters: Flask, sink: tuple[Sink, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    server, url = sink
    monkeypatch.setitem(
        letters.config, "SETTINGS", replace(letters.config["SETTINGS"], mail_url=url)
    )

    send_letter("t", to="lan@example.test", language="en", name="Chè Shan <tuyết>")

    (letter,) = server.letters
    assert letter["To"] == "lan@example.test"
    text, html = (part.get_payload(decode=True).decode() for part in letter.get_payload())  # type: ignore[union-attr]
    assert "en: http" in text
    assert "&lt;tuyết&gt;" in html


def test_a_server_that_refuses_is_an_error_for_the_outbox(
    letters: Flask, sink: tuple[Sink, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    server, url = sink
    server.answer = "550 no such person"
    monkeypatch.setitem(
        letters.config, "SETTINGS", replace(letters.config["SETTINGS"], mail_url=url)
    )

    with pytest.raises(OSError, match="550"):
        send_letter("t", to="nobody@example.test", language="vi", name="x")


def test_a_demonstration_keeps_letters_in_a_folder(letters: Flask, settings: Any) -> None:
    send_letter("t", to="lan@example.test", language="vi", name="Chè")

    (path,) = Path(settings.instance, "mail").glob("*.eml")
    letter = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert letter["Subject"] == "Order Chè"
    body = letter.get_body(("plain",))
    assert body is not None
    assert "vi: http" in body.get_content()


def test_a_long_vietnamese_subject_keeps_its_spaces(app: Flask, settings: Any) -> None:
    subject = "Kiện hàng CP-261124-RRH4T5-1 đã sẵn sàng, mời đến nhận tại điểm bán của chúng tôi"

    with app.app_context():
        send(to="lan@example.test", subject=subject, text="x", html="x")

    (path,) = Path(settings.instance, "mail").glob("*.eml")
    raw = path.read_bytes()
    assert email.message_from_bytes(raw, policy=email.policy.default)["Subject"] == subject
    assert max(len(line) for line in raw.splitlines()) <= 78


def test_nobody_slips_a_header_into_a_letter(app: Flask) -> None:
    with pytest.raises(ValueError, match=r"linefeed|newline|header"):
        send(to="a@example.test\nBcc: all@example.test", subject="x", text="x", html="x")


def test_no_network_is_used_inside_a_unit_of_work(
    letters: Flask, sink: tuple[Sink, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, url = sink
    monkeypatch.setitem(
        letters.config, "SETTINGS", replace(letters.config["SETTINGS"], mail_url=url)
    )

    with pytest.raises(RuntimeError, match="inside a unit of work"), unit_of_work():
        send_letter("t", to="lan@example.test", language="en", name="x")
