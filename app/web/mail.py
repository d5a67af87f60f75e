"""Letters: rendered in the reader's language and handed to the mail server, always from a job.

A letter is a pair of templates, `<name>.txt` and `<name>.html`; the first line of the text one is the
subject. MAIL_URL chooses the way: `file:///folder` keeps letters as files, `smtp://user:secret@host:port`
(or `smtps://`) sends them.
"""

from __future__ import annotations

import smtplib
import ssl
from email.header import Header
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import formatdate, make_msgid
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit

from flask import current_app, g, render_template
from flask_babel import force_locale

from app.web.locale import spoken_or_default

if TYPE_CHECKING:
    from config import Settings

SECONDS: Final = 15
SUBMISSION: Final = 587
SUBMISSION_TLS: Final = 465


class LetterPolicy(EmailPolicy):
    """Folds subjects without losing spaces, which Python 3.11 drops between encoded words."""

    def fold(self, name: str, value: Any) -> str:  # noqa: ANN401 - as the base class has it
        """Write a header on lines of a lawful length."""
        if name.lower() != "subject" or str(value).isascii():
            return str(super().fold(name, value))
        words = Header(str(value), "utf-8", header_name=name).encode(linesep=self.linesep)
        return f"{name}: {words}{self.linesep}"

    def fold_binary(self, name: str, value: Any) -> bytes:  # noqa: ANN401 - as the base class has it
        """Write a header as bytes."""
        if name.lower() != "subject" or str(value).isascii():
            return super().fold_binary(name, value)
        return self.fold(name, value).encode("ascii")


def send_letter(template: str, *, to: str, language: str, **values: Any) -> None:  # noqa: ANN401
    """Render a letter and send it; whatever goes wrong is the caller's message to try again.

    `url_for(..., _external=True)` in a letter gives addresses under BASE_URL only (S17).
    """
    settings: Settings = current_app.config["SETTINGS"]
    language = spoken_or_default(language)
    with (
        current_app.test_request_context(base_url=settings.base_url),
        force_locale(language),
    ):
        g.lang = language
        subject, _, text = render_template(f"{template}.txt", **values).strip().partition("\n")
        html = render_template(f"{template}.html", **values)
    send(to=to, subject=subject, text=text.strip() + "\n", html=html)


def send(*, to: str, subject: str, text: str, html: str) -> None:
    """Hand one letter over. Raises `ValueError` for line breaks in a header (S34)."""
    settings: Settings = current_app.config["SETTINGS"]
    letter = EmailMessage(LetterPolicy())
    letter["From"] = settings.mail_from
    letter["To"] = to
    letter["Subject"] = " ".join(subject.split())
    letter["Date"] = formatdate(localtime=False)
    letter["Message-ID"] = make_msgid(domain="chophien.invalid")
    letter.set_content(text)
    letter.add_alternative(html, subtype="html")
    where = urlsplit(settings.mail_url)
    if where.scheme == "file":
        keep(letter, Path(unquote(where.path)))
    else:
        post(letter, settings.mail_url)


def keep(letter: EmailMessage, folder: Path) -> None:
    """Write a letter into a folder, for development and demonstration."""
    folder.mkdir(parents=True, exist_ok=True)
    name = letter["Message-ID"].strip("<>").split("@")[0]
    partial = folder / f".{name}"
    partial.write_bytes(bytes(letter))
    partial.rename(folder / f"{name}.eml")


def post(letter: EmailMessage, url: str) -> None:
    """Send a letter by SMTP, encrypted unless the server stands on this machine."""
    where = urlsplit(url)
    host = where.hostname or "localhost"
    context = ssl.create_default_context()
    if where.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            host, where.port or SUBMISSION_TLS, timeout=SECONDS, context=context
        )
    else:
        server = smtplib.SMTP(host, where.port or SUBMISSION, timeout=SECONDS)
    with server:
        if where.scheme == "smtp" and host not in {"localhost", "127.0.0.1", "::1"}:
            server.starttls(context=context)
        if where.username:
            server.login(unquote(where.username), unquote(where.password or ""))
        server.send_message(letter)
