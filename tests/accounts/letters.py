"""Reading the letters that the shop has sent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from app.foundation import clock, outbox

if TYPE_CHECKING:
    from email.message import EmailMessage
    from pathlib import Path

    from flask import Flask

PASSWORD: Final = "thuyền nan qua sông sớm"  # noqa: S105 - of accounts that tests make


@dataclass(frozen=True)
class Letter:
    """One letter, as it arrives."""

    to: str
    subject: str
    text: str
    html: str

    @property
    def url(self) -> str:
        """The only link of the letter."""
        [found] = re.findall(r"https?://\S+", self.text)
        return str(found)

    @property
    def path(self) -> str:
        """The link without its host."""
        return urlsplit(self.url).path


@dataclass(frozen=True)
class Post:
    """The way from the outbox to the reader."""

    app: Flask
    folder: Path

    def deliver(self) -> list[Letter]:
        """Deliver what waits, and give every letter in the folder, which is emptied."""
        with self.app.app_context():
            delivery = outbox.deliver_due(clock=clock.now)
        assert delivery.failed == 0
        letters = []
        for path in sorted(self.folder.glob("*.eml")):
            letters.append(read(message_from_bytes(path.read_bytes(), policy=policy.default)))
            path.unlink()
        return letters

    def one(self) -> Letter:
        """Deliver, and give the only letter."""
        [letter] = self.deliver()
        return letter


def read(message: EmailMessage) -> Letter:
    """Take a letter apart."""
    plain = message.get_body(("plain",))
    rich = message.get_body(("html",))
    assert plain is not None
    assert rich is not None
    return Letter(
        str(message["To"]), str(message["Subject"]), plain.get_content(), rich.get_content()
    )
