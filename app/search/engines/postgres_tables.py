"""What the PostgreSQL engine keeps: its own schema, a table for each build, one row that says which is in use.

No migration knows of it: the index is derived, may stand on another server than the shop's data, and
is made again by a rebuild wherever it is missing. Everything is in the schema `search`, so one
`DROP SCHEMA search CASCADE` takes it away and a backup may leave it out.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import islice
from typing import Final

from app.search.documents import CONTEXT_WEIGHT, NAME_WEIGHT, TEXT_WEIGHT, SearchDocument

LETTERS: Final = {NAME_WEIGHT: "A", CONTEXT_WEIGHT: "B", TEXT_WEIGHT: "C"}
# The weights of D, C, B and A for ts_rank.
WEIGHTS: Final = "{0, 0.25, 0.5, 1}"
MOST_TOKENS: Final = 20_000  # a tsvector holds a megabyte
MOST_REPEATS: Final = 8  # of one token in one part
LONGEST_TOKEN: Final = 200

HOME: Final = """
CREATE TABLE IF NOT EXISTS search.state (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    build bigint,
    building bigint,
    builds bigint NOT NULL DEFAULT 0,
    generation bigint NOT NULL DEFAULT 0
)"""
FIRST_STATE: Final = "INSERT INTO search.state (one) VALUES (true) ON CONFLICT DO NOTHING"
# Rows are read by the thousand to count and to order, tokens and facts by the hundred to rank: the
# long columns stand apart, uncompressed, and the rest of a row stays short.
BUILD: Final = """
CREATE TABLE $table (
    product_id bigint PRIMARY KEY,
    version bigint NOT NULL,
    digest text NOT NULL,
    is_gone boolean NOT NULL,
    set_code text NOT NULL,
    province_code text NOT NULL,
    producer_id bigint NOT NULL,
    stars smallint NOT NULL,
    stars_from date,
    stars_until date,
    price bigint,
    listed_at bigint NOT NULL,
    popularity bigint NOT NULL,
    tokens tsvector STORAGE EXTERNAL NOT NULL,
    facts_key bigint NOT NULL,
    facts text STORAGE EXTERNAL NOT NULL
) WITH (toast_tuple_target = 128)"""
INDEX: Final = "CREATE INDEX ON $table USING gin (tokens) WITH (fastupdate = off)"

_ADD: Final = """
INSERT INTO $table AS kept
SELECT * FROM json_populate_recordset(NULL::$table, CAST(:rows AS json))
ON CONFLICT (product_id) DO UPDATE SET
    version = excluded.version, digest = excluded.digest, is_gone = false,
    set_code = excluded.set_code, province_code = excluded.province_code,
    producer_id = excluded.producer_id, stars = excluded.stars,
    stars_from = excluded.stars_from, stars_until = excluded.stars_until,
    price = excluded.price, listed_at = excluded.listed_at, popularity = excluded.popularity,
    tokens = excluded.tokens, facts_key = excluded.facts_key, facts = excluded.facts
"""
# What changed while a build was being made is newer than what the build read before.
CHANGE: Final = (
    _ADD
    + """WHERE kept.is_gone
    OR (kept.version <= excluded.version AND kept.digest <> excluded.digest)"""
)
FILL: Final = _ADD + "WHERE NOT kept.is_gone AND kept.version < excluded.version"
FORGET: Final = "DELETE FROM $table WHERE product_id = ANY(CAST(:ids AS bigint[]))"
# A product deleted while a build is being made leaves a mark there, or the build would bring it back.
MARK_GONE: Final = """
INSERT INTO $table
SELECT one, 0, '', true, '', '', 0, 0, NULL, NULL, NULL, 0, 0, '', 0, ''
FROM unnest(CAST(:ids AS bigint[])) AS one
ON CONFLICT (product_id) DO UPDATE SET is_gone = true"""
SWEEP: Final = "DELETE FROM $table WHERE is_gone"


def table_of(build: int) -> str:
    """Name the table of a build."""
    return f"search.documents_{int(build)}"


def on(statement: str, build: int) -> str:
    """Write a statement for the table of a build."""
    return statement.replace("$table", table_of(build))


def rows_of(documents: Iterable[SearchDocument]) -> str:
    """Lay products out as rows of a build's table, in JSON."""
    return json.dumps([_row(document) for document in documents])


def is_plain(token: str) -> bool:
    """Tell whether a token is one that an index can hold: short, of printed ASCII, without spaces."""
    return (
        0 < len(token) <= LONGEST_TOKEN
        and token.isascii()
        and token.isprintable()
        and " " not in token
    )


def quoted(token: str) -> str:
    """Write a plain token as a lexeme, whatever signs it has."""
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"


def named_token(token: str) -> str:
    """Name the token under which products with a word in their name stand once more.

    The index keeps no weights; so it can tell a word in a name without reading the rows.
    """
    return f"= {token}"


def _row(document: SearchDocument) -> dict[str, object]:
    """Lay one product out; facts are the words of its name, what it is, and where it comes from."""
    weighted = list(islice(_plain(document), MOST_TOKENS))
    parts = (
        [token for token, weight in weighted if weight == NAME_WEIGHT],
        filter(is_plain, document.head_tokens()),
        [token for token, weight in weighted if weight == CONTEXT_WEIGHT],
    )
    facts = "\n".join(" ".join(dict.fromkeys(part)) for part in parts)
    row: dict[str, object] = {
        "product_id": document.product_id,
        "version": document.version,
        "is_gone": False,
        "set_code": document.category_codes[0] if document.category_codes else "",
        "province_code": document.province_code,
        "producer_id": document.producer_id,
        "stars": document.stars,
        "stars_from": document.stars_from and document.stars_from.isoformat(),
        "stars_until": document.stars_until and document.stars_until.isoformat(),
        "price": document.price,
        "listed_at": document.listed_at,
        "popularity": document.popularity,
        "tokens": _vector(Counter(weighted)),
        "facts_key": int.from_bytes(_digest(facts)[:8], "big", signed=True),
        "facts": facts,
    }
    return row | {"digest": _digest(repr(row)).hex()}


def _digest(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=16).digest()


def _plain(document: SearchDocument) -> Iterator[tuple[str, int]]:
    return ((token, weight) for token, weight in document.weighted_tokens() if is_plain(token))


def _vector(counts: dict[tuple[str, int], int]) -> str:
    """Write a tsvector: each token with a place for each time it stands in a part.

    The places say nothing of the text's order, only how often and how heavy.
    """
    letters: dict[str, list[str]] = {}
    for (token, weight), number in sorted(counts.items(), key=lambda one: -one[0][1]):
        letters.setdefault(token, []).extend(LETTERS[weight] * min(number, MOST_REPEATS))
    named = [named_token(token) for token, weight in counts if weight == NAME_WEIGHT]
    return " ".join(
        [
            *map(quoted, named),
            *(
                f"{quoted(token)}:{','.join(f'{at}{of}' for at, of in enumerate(places, start=1))}"
                for token, places in letters.items()
            ),
        ]
    )
