"""What people who mean ill put into a search box, and how they send it (risks.md part 0 line 6, S29)."""

from __future__ import annotations

import re
import socket
import time
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from tests.support.shopper import HOST

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_LINE: Final = 4_094  # what the server reads of a request line
MOST_HEADERS: Final = 100
PATIENCE: Final = 30.0
LANGUAGE: Final = re.compile(r"<html[^>]*\blang=\"(\w+)\"")
LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
MEGABYTE: Final = 1_000_000

QUERIES: Final[dict[str, str]] = {
    "a star": "*",
    "a mark and a star": "?*",
    "stars": "*" * 100_000,
    "200 stars": "*" * 200,
    "all letters with stars": " OR ".join(f"{letter}*" for letter in LETTERS),
    "10,000 terms": " ".join(f"che{number}" for number in range(10_000)),
    "10,000 ORed terms": " OR ".join(f"che{number}" for number in range(10_000)),
    "a word far away": "term~9",
    "words far away": " ".join(f"{letter}hanh~9" for letter in LETTERS),
    "one word of 1 MB": "a" * MEGABYTE,
    "one word of 200 letters": "b" * 200,
    "2,000 brackets": "(" * 2_000,
    "200 brackets": "(" * 100 + "a" + ")" * 99,
    "3,000 NOT": "NOT " * 3_000 + "a",
    "50 NOT": "NOT " * 49 + "a",
    "fields": 'price:[0 TO *] OR name:* AND _all:(a b)^99999999999 AND \\"',
    "a hostile regex": "/(a+)+$/ " + "a" * 150 + "!",
    "another hostile regex": "(.*)*" * 30 + "x",
    "gaps and gaps": "gia" + " " * 180 + "x",
    "a price of gaps": "từ" + "\t " * 60 + "đến" + " " * 50 + "5",
    "half a price, often": "tu 1 den " * 22,
    "amounts": "1.000.000.000 " * 14,
    "a price beyond all": "từ 1 đến 999999999999999999999999k",
    "a million of millions": "9999999999 triệu đến 9999999999 triệu rưỡi",
    "price words": "dưới trên từ đến khoảng tầm giá " * 6,
    "stars and numbers": "1-2-3-4-5 sao+ " * 13,
    "gifts": "set quà tặng biếu tết " * 9,
    "5,000 digits": "9" * 5_000,
    "190 digits": "9" * 190,
    "digits of others": "١٢٣٤٥٦٧٨٩٠²³½" * 15,
    "NUL": "mật\x00ong",
    "half a pair": "mật \ud800 ong \udfff",
    "from right to left": "\u202emật ong\u202c \u2067gno\u2069 \u200f",
    "no width at all": "m\u200bậ\u200dt\ufeff \u2060ong" + "\u200b" * 150,
    "a pile of marks": "o" + "\u0323\u0301" * 99,
    "piles of marks": ("a" + "\u0300\u0323\u0306" * 8) * 8,
    "marks alone": "\u0301" * 200,
    "wide letters": "\ufdfa" * 190,
    "ligatures": "ﬀﬁﬂﬃﬄﬅﬆ㎯㏿" * 20,
    "emoji": "\U0001f469\u200d\U0001f33e" * 60,
    "markup": "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>",
    "placeholders": "%(name)s {{ 7*7 }} {% for x in y %} ${7*7} %s %n",
    "SQL": "' OR 1=1; DROP TABLE product_card; --",
    "two lines": "a\r\nSet-Cookie: b=c\r\n\r\n",
    "codes of the index": "p_68 g_gift e__0123456789 che_shan v0__che _all: __",
    "words in one piece": "chetramatongcaphegaonepbuntuoimiendongthitbodacsantaynguyen" * 3,
    "words in one piece, mistyped": "cehtramtaognacpaehgoanepubntuoimeindongtihtbodcasantya" * 3,
    "syllables without sense": "nghiengnguongkhuyengquyenhthuongchuongtruongphuong" * 4,
    "16 words without sense": " ".join(f"xq{letter}zwvk{letter}jh" for letter in LETTERS[:16]),
    "16 words nearly right": "caf phee matt ogn muoois tomm chaf hatt dieeu ruou nuowc mams gaoj nepp cham tree",
    "words of one letter": " ".join(LETTERS) + " " + " ".join(LETTERS * 2),
    "the beginnings of all": "t h c n b m d l s k g q v p r x " * 6,
}  # fmt: skip
# Bytes that are no text, as they stand in an address.
ENCODED: Final[dict[str, str]] = {
    "no UTF-8": "%ff%fe%c0%af%ed%a0%80%f8%88%80%80%80",
    "half of a letter": "m%E1%BA",
    "half an escape": "%%%u0041%0%zz%",
    "NULs": "%00" * 500,
}


@dataclass(frozen=True, slots=True)
class Attempt:
    """A request as it goes over the line; one that is none the server may refuse by itself, or hang up."""

    name: str
    lang: str
    data: bytes

    @property
    def is_refused_unread(self) -> bool:
        """Whether it is too long for the server, has too many headers, or is not written as HTTP is."""
        head, _, _body = self.data.partition(b"\r\n\r\n")
        return len(head) > LONGEST_LINE or head.count(b"\r\n") > MOST_HEADERS or not head.isascii()


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: nothing where the server hung up, which it may do to a line it does not read."""

    attempt: Attempt
    status: int
    text: str
    seconds: float

    @property
    def fault(self) -> str:
        """Say what is wrong with it, if anything is."""
        what = f"{self.attempt.lang} {self.attempt.name}: {self.status}"
        if self.attempt.is_refused_unread and self.status in {0, 400, 414, 431}:
            return ""
        if self.status not in {200, 204} and not 400 <= self.status < 500:
            return what
        if "\x00" in self.text or "<script>alert" in self.text:
            return f"{what} with what was typed"
        shown = LANGUAGE.findall(self.text)
        if shown and shown != [self.attempt.lang]:
            return f"{what} in {shown}"
        if self.status >= 400 and not shown:
            return f"{what} without a page"
        return ""


def attempts() -> Iterator[Attempt]:
    """Everything, at every address, in both languages."""
    for lang in ("vi", "en"):
        for path in (
            f"/{lang}/products?q=",
            f"/{lang}/products?exact=1&q=",
            f"/{lang}/products?sort=price_asc&q=",
            f"/{lang}/search/suggest?q=",
            f"/{lang}/search/producers?q=",
            f"/{lang}/search/stories?q=",
        ):
            for name, value in _values():
                yield _opened(f"{path[4:]}{name}", lang, path + value)
        for name, value in _values():
            body = f"token={value}&product={value}".encode()
            yield _sent(f"trace {name}", lang, f"/{lang}/search/opened", body)
        for name, address in _addresses(lang):
            yield _opened(name, lang, address)
        for name, lines in (
            ("a header of 8,000", f"X-Search: {'a' * 8_000}\r\n"),
            ("a header of 1 MB", f"X-Search: {'a' * MEGABYTE}\r\n"),
            ("90 headers", "".join(f"X-{number}: a\r\n" for number in range(90))),
            ("1,000 headers", "".join(f"X-{number}: a\r\n" for number in range(1_000))),
            ("languages", f"Accept-Language: {'vi;q=0.1,' * 800}\r\n"),
        ):
            yield Attempt(name, lang, _head("GET", f"/{lang}/products?q=tra", lines))
        raw = f"/{lang}/products?q=".encode() + b"m\xe1\xba\xadt\xff\x80ong"
        yield Attempt("bytes as they are", lang, b"GET %s HTTP/1.1\r\n%s" % (raw, _ends()))


def _values() -> Iterator[tuple[str, str]]:
    """What a query can be, whole and as much of it as a line holds."""
    longest = LONGEST_LINE - 100
    for name, text in QUERIES.items():
        value = quote(text, safe="", errors="surrogatepass")
        if len(value) <= longest:
            yield name, value
            continue
        yield f"{name}, whole", value
        yield name, re.sub("%[^%]?$", "", value[:longest])
        yield f"{name}, 200 of it", quote(text[:200], safe="", errors="surrogatepass")
    yield from ENCODED.items()


def _addresses(lang: str) -> Iterator[tuple[str, str]]:
    list_page = f"/{lang}/products"
    yield "q a thousand times", f"{list_page}?{'q=a&' * 1_000}"
    yield "a thousand names", f"{list_page}?q=tra&{'&'.join(f'{n}' for n in range(900))}"
    for page in ("0", "-1", "9" * 31, str(10**30), "1e9", "%00", "99999"):
        yield f"page {page}", f"{list_page}?q=tra&page={page}"
        yield f"page {page} of producers", f"/{lang}/search/producers?q=htx&page={page}"
    for kind in ("x", "%00", "..%2f..%2fetc", "a" * 3_000, "products"):
        yield f"kind {kind[:20]}", f"/{lang}/search/{kind}?q=tra"
    bomb = quote("từ 1 đến 999999999999999999999999k")
    yield "price twice", f"{list_page}?q={bomb}&price_min={'9' * 40}&price_max=-1"
    yield "price in words and out", f"{list_page}?q={bomb}&price_min=0&price_max=2000000000"


def _opened(name: str, lang: str, address: str) -> Attempt:
    return Attempt(name, lang, _head("GET", address))


def _sent(name: str, lang: str, address: str, body: bytes) -> Attempt:
    kind = "Content-Type: application/x-www-form-urlencoded\r\n"
    return Attempt(
        name, lang, _head("POST", address, f"{kind}Content-Length: {len(body)}\r\n") + body
    )


def _head(method: str, address: str, lines: str = "") -> bytes:
    return f"{method} {address} HTTP/1.1\r\n{lines}".encode() + _ends()


def _ends() -> bytes:
    return f"Host: {HOST}\r\nConnection: close\r\n\r\n".encode()


def ask(port: int, attempt: Attempt) -> Reply:
    """Send a request byte for byte and read what comes; nothing when the server hung up."""
    began = time.monotonic()
    status, text = 0, ""
    with socket.create_connection((HOST, port), timeout=PATIENCE) as line:
        with suppress(ConnectionError):
            line.sendall(attempt.data)
        with suppress(ConnectionError, HTTPException), HTTPResponse(line) as response:
            response.begin()
            status = response.status
            text = response.read().decode("utf-8", "replace")
    return Reply(attempt, status, text, time.monotonic() - began)
