"""Which passwords are good enough: long, and not what everybody tries first (S24)."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, Final

from flask_babel import gettext as _
from flask_security.password_util import PasswordUtil
from flask_security.utils import hash_password

from app.foundation.text import fold

SHORTEST: Final = 12
LONGEST: Final = 1_000
DISTINCT: Final = 5
OWN_LETTERS: Final = 4
# Folded words that guessers begin with: the site's own, Vietnamese commonplaces, keyboards.
WORDS: Final = (
    "chophien", "ocop", "matkhau", "password", "passwd", "pass", "dangnhap", "quantri", "admin",
    "vietnam", "hanoi", "saigon", "hochiminh", "danang", "hue", "anhyeuem", "emyeuanh", "iloveyou",
    "yeuem", "yeuanh", "conyeu", "giadinh", "hanhphuc", "mainho", "khongbiet", "khongnho", "xinchao",
    "chaoban", "toiyeu", "congsan", "bacho", "qwertyuiop", "qwerty", "asdfghjkl", "asdfgh",
    "zxcvbnm", "abcdefgh", "abcdef", "abcd", "abc", "welcome", "letmein", "login", "test", "demo",
    "user", "facebook", "zalo", "google", "gmail", "com", "vn", "xyz", "aa", "qq",
)  # fmt: skip
_PLAIN: Final = re.compile("[^a-z]")


class PasswordRules(PasswordUtil):
    """What Flask-Security asks about a new password."""

    def validate(
        self,
        password: str,
        is_register: bool,  # noqa: FBT001 - the library's signature
        **about: Any,  # noqa: ANN401
    ) -> tuple[list[str] | None, str]:
        """Say what is wrong with a password, and give it in one form of its letters."""
        chosen = self.normalize(password)
        person = about if is_register else vars_of(about.get("user"))
        if len(password) < SHORTEST:
            return [_("At least %(count)s characters, please.", count=SHORTEST)], chosen
        if len(password) > LONGEST:
            return [_("At most %(count)s characters, please.", count=LONGEST)], chosen
        if is_commonplace(chosen, own=[str(person.get("email")), str(person.get("name"))]):
            return [
                _(
                    "This password is among the first that others would try. A few words that only you would put together work better."
                )
            ], chosen
        return None, chosen


def vars_of(user: Any) -> dict[str, Any]:  # noqa: ANN401 - a user or the proxy of one
    """Give what a guesser would know of a person."""
    return {"email": getattr(user, "email", ""), "name": getattr(user, "name", "")}


def is_commonplace(password: str, *, own: list[str]) -> bool:
    """Whether little is left once figures, well-known words and the person's own are taken out."""
    if len(set(password)) < DISTINCT:
        return True
    if any(
        unicodedata.category(letter)[0] == "L" and not letter.isascii() for letter in fold(password)
    ):
        return False  # another script: no list of ours fits
    rest = _PLAIN.sub("", fold(password))
    names = [_PLAIN.sub("", part) for text in own for part in re.split(r"[\s@.]+", fold(text))]
    words = (*WORDS, *(name for name in names if len(name) > 2))  # noqa: PLR2004 - a syllable
    for word in sorted(words, key=len, reverse=True):
        rest = rest.replace(word, "")
    marks = re.sub(r"[\w\s]", "", fold(password), flags=re.ASCII)
    return len(set(rest)) + len(set(marks)) < OWN_LETTERS


def hash_of(password: str) -> str:
    """Hash a password with the site's parameters."""
    hashed: str = hash_password(unicodedata.normalize("NFKD", password))
    return hashed
