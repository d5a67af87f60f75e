"""A query of the shop written as one SQL statement, and its rows read as hits.

Nothing that was typed stands in the statement's text: tokens, codes and numbers are values of it, and
the tokens within the tsquery are quoted.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Row

from app.search.engine import PAIR_BOOST, RERANKED, Hits, Query
from app.search.engines.postgres_facts import Hit
from app.search.engines.postgres_tables import WEIGHTS, is_plain, named_token, on, quoted
from app.search.language.analysis import Alternative, Slot
from app.shop.catalogue.narrowing import PRICE_EDGES, Counts, Sort, add_step

RANKED: Final = 300  # more of them are ordered by how many words their names have, and popularity

_HIT, _TOTAL, _SET, _PROVINCE, _STAR, _PRICE = 0, 15, 7, 11, 13, 14
_FACETS: Final = ("in_sets", "in_province", "in_stars", "in_price")
_ORDERS: Final = {
    Sort.RELEVANCE: "popularity DESC, product_id",  # where no word says which is better
    Sort.NEWEST: "listed_at DESC, product_id",
    Sort.PRICE_ASC: "price ASC NULLS LAST, product_id",
    Sort.PRICE_DESC: "price DESC NULLS LAST, product_id",
}
_MATCHED: Final = """
WITH matched AS MATERIALIZED (
    SELECT *, $step AS step, $facets
    FROM (
        SELECT product_id, set_code, province_code, price, listed_at, popularity, tokens,
            facts_key, CASE WHEN stars > 0 AND stars_from <= :on AND stars_until >= :on THEN stars END
            AS stars
        FROM $table
        WHERE $where
    ) AS fitting
    WHERE $narrowed
)"""
_BY_COLUMN: Final = """,
ordered AS MATERIALIZED (
    SELECT product_id, 0.0 AS score, stars, popularity, facts_key,
        row_number() OVER (ORDER BY $order) AS place
    FROM (SELECT * FROM matched WHERE $all ORDER BY $order LIMIT :limit) AS best
)"""
_BY_SCORE: Final = """,
candidates AS MATERIALIZED (
    SELECT *, row_number() OVER (ORDER BY coverage DESC, popularity DESC, product_id) AS rank
    FROM (
        SELECT product_id, popularity, stars, facts_key, tokens,
            CASE WHEN (SELECT count(*) FROM matched) <= :ranked THEN 0 ELSE $coverage END AS coverage
        FROM matched WHERE $all
        ORDER BY coverage DESC, popularity DESC, product_id
        LIMIT greatest(:limit, :ranked)
    ) AS best
),
scored AS MATERIALIZED (
    SELECT product_id, popularity, stars, facts_key, CASE WHEN rank <= :ranked THEN $score
        ELSE $rest END AS score
    FROM candidates
),
ordered AS MATERIALIZED (
    SELECT product_id, score, stars, popularity, facts_key,
        row_number() OVER (ORDER BY score DESC, $ties) AS place
    FROM (SELECT * FROM scored ORDER BY score DESC, $ties LIMIT :limit) AS best
)"""
_NAMED: Final = "SELECT product_id FROM $table WHERE tokens @@ CAST(:named_$at AS tsquery)"
_RESULT: Final = """
SELECT 0 AS kind, product_id AS number, score, stars, popularity, facts_key, NULL AS text, place
FROM ordered
UNION ALL
"""
_COUNTED: Final = """
SELECT grouping(set_code, province_code, stars, step), CASE
        WHEN grouping(set_code) = 0 THEN count(*) FILTER (WHERE $but_in_sets)
        WHEN grouping(province_code) = 0 THEN count(*) FILTER (WHERE $but_in_province)
        WHEN grouping(stars) = 0 THEN count(*) FILTER (WHERE $but_in_stars)
        WHEN grouping(step) = 0 THEN count(*) FILTER (WHERE $but_in_price)
        ELSE count(*) FILTER (WHERE $all) END,
    NULL, NULL, NULL, NULL, coalesce(set_code, province_code, CAST(stars AS text), CAST(step AS text)), 0
FROM matched
GROUP BY GROUPING SETS ((), (set_code), (province_code), (stars), (step))"""
_TOTAL_ONLY: Final = "SELECT 15, count(*), NULL, NULL, NULL, NULL, NULL, 0 FROM matched"


@dataclass(slots=True)
class Statement:
    """SQL for the table of a build, and the values it is run with."""

    text: str
    values: dict[str, Any] = field(default_factory=dict)


def write(query: Query, build: int) -> Statement | None:
    """Write a query for a build; None when nothing can meet it."""
    required = [slot for slot in query.slots if slot.required]
    if not all(_ways(slot) for slot in required):
        return None
    values: dict[str, Any] = {"on": query.on, "limit": query.limit}
    facets = _facet_conditions(query, values)
    where = _conditions(query, values)
    if required:
        where.append("tokens @@ CAST(:words AS tsquery)")
        values["words"] = " & ".join(_of_slot(slot) for slot in required)
    narrowed = [f"({condition})" for condition in facets.values()]
    if query.wants_counts:
        narrowed = _at_most_one_fails(narrowed)
    parts = {
        "$where": " AND ".join(where) or "true",
        "$narrowed": " AND ".join(narrowed) or "true",
        "$step": _price_step(),
        "$facets": ", ".join(
            f"coalesce({facets.get(name, 'true')}, false) AS {name}" for name in _FACETS
        ),
    }
    text = _MATCHED
    score = _score(query, values) if query.sort is Sort.RELEVANCE else ""
    if score:
        text += _BY_SCORE
        values["ranked"] = RANKED
        parts |= {"$coverage": _coverage(query, values), "$score": score}
        parts["$ties"] = "product_id" if required else _ORDERS[Sort.RELEVANCE]
        # Always less than the rank of a word that was found.
        parts["$rest"] = "(coverage * 1001 + popularity) * 1e-9" if required else "0"
    else:
        text += _BY_COLUMN
        parts["$order"] = _ORDERS[query.sort]
    text += _RESULT + (_COUNTED if query.wants_counts else _TOTAL_ONLY)
    for name in _FACETS:
        parts[f"$but_{name}"] = " AND ".join(other for other in _FACETS if other != name)
    parts["$all"] = " AND ".join(_FACETS)
    for name, part in parts.items():
        text = text.replace(name, part)
    return Statement(on(text, build), values)


def read(rows: Iterable[Row[Any]], generation: str) -> tuple[Hits, list[Hit]]:
    """Read the rows of a statement as hits without facts, and what the facts are found by."""
    total, found = 0, []
    sets: dict[str, int] = {}
    provinces: dict[str, int] = {}
    stars: dict[int, int] = {}
    prices: dict[tuple[int | None, int | None], int] = {}
    for row in rows:
        kind, number, text = row.kind, row.number, row.text
        if kind == _HIT:
            found.append(row)
        elif kind == _TOTAL:
            total = number
        elif not number or not text:
            continue
        elif kind == _SET:
            sets[text] = number
        elif kind == _PROVINCE:
            provinces[text] = number
        elif kind == _STAR:
            stars[int(text)] = number
        elif kind == _PRICE:
            add_step(prices, int(text), number)
    found.sort(key=lambda row: row.place)
    hits = Hits(
        ids=tuple(row.number for row in found),
        scores=tuple(float(row.score) for row in found),
        counts=Counts(total=total, sets=sets, provinces=provinces, stars=stars, prices=prices),
        generation=generation,
    )
    best = found[:RERANKED]
    return hits, [Hit(row.number, row.facts_key, row.stars or 0, row.popularity) for row in best]


def _conditions(query: Query, values: dict[str, Any]) -> list[str]:
    """Write the filters that are no facet: they narrow every count."""
    filters, wanted = query.filters, []
    if filters.producer_id is not None:
        wanted.append("producer_id = :producer_id")
        values["producer_id"] = filters.producer_id
    for name, ids in (("only", filters.only), ("matched", filters.matched)):
        if ids is not None:
            wanted.append(f"product_id = ANY(CAST(:{name} AS bigint[]))")
            values[name] = list(ids)
    return wanted


def _facet_conditions(query: Query, values: dict[str, Any]) -> dict[str, str]:
    """Write the filters of facets: each is left out where its own choices are counted."""
    filters = query.filters
    named: dict[str, list[str]] = {name: [] for name in _FACETS}
    if filters.sets:
        named["in_sets"].append("set_code = ANY(CAST(:sets AS text[]))")
        values["sets"] = list(filters.sets)
    for facet, name, value, condition in (
        ("in_province", "province", filters.province, "province_code = :province"),
        ("in_stars", "star", filters.star, "stars = :star"),
        ("in_stars", "star_min", filters.star_min, "stars >= :star_min"),
        ("in_price", "price_min", filters.price_min, "price >= :price_min"),
        ("in_price", "price_max", filters.price_max, "price <= :price_max"),
    ):
        if value is not None:
            named[facet].append(condition)
            values[name] = value
    return {name: " AND ".join(parts) for name, parts in named.items() if parts}


def _at_most_one_fails(conditions: list[str]) -> list[str]:
    """Leave out what no facet counts: a product that misses two filters."""
    if len(conditions) < 2:  # noqa: PLR2004 - one filter can miss one
        return []
    met = " + ".join(f"CAST(coalesce({condition}, false) AS int)" for condition in conditions)
    return [f"{met} >= {len(conditions) - 1}"]


def _ways(slot: Slot) -> list[Alternative]:
    """List the alternatives that an index can meet."""
    return [way for way in slot.alternatives if way.tokens and all(map(is_plain, way.tokens))]


def _of_slot(slot: Slot) -> str:
    """Write a slot as a part of a tsquery."""
    return _any_of(way.tokens for way in _ways(slot))


def _any_of(ways: Iterable[Iterable[str]]) -> str:
    """Write as a part of a tsquery: all tokens of any of these ways."""
    return "(" + " | ".join(dict.fromkeys(" & ".join(map(quoted, way)) for way in ways)) + ")"


def _coverage(query: Query, values: dict[str, Any]) -> str:
    """Count how many of the words stand in the name."""
    counted = []
    for at, slot in enumerate(query.slots):
        ways = _ways(slot)
        if ways:
            counted.append(f"CAST(product_id IN ({_NAMED.replace('$at', str(at))}) AS int)")
            values[f"named_{at}"] = _any_of(map(named_token, way.tokens) for way in ways)
    return " + ".join(counted) or "0"


def _score(query: Query, values: dict[str, Any]) -> str:
    """Add up the ranks of all tokens, each as its alternative is boosted; empty when there are none.

    `ts_rank` divides by how many tokens were asked for, which is taken back here.
    """
    boosted: dict[float, dict[str, None]] = {}
    for slot in query.slots:
        for way in _ways(slot):
            boosted.setdefault(way.boost, {}).update(dict.fromkeys(way.tokens))
    pairs = dict.fromkeys(pair for pair in query.pairs if is_plain(pair))
    if pairs:
        boosted.setdefault(PAIR_BOOST, {}).update(pairs)
    summed = []
    for at, (boost, tokens) in enumerate(boosted.items()):
        summed.append(f":boost_{at} * ts_rank('{WEIGHTS}', tokens, CAST(:tokens_{at} AS tsquery))")
        values[f"boost_{at}"] = float(boost * len(tokens))
        values[f"tokens_{at}"] = " | ".join(map(quoted, tokens))
    return " + ".join(summed)


def _price_step() -> str:
    """Number the stretches between the edges and the edges themselves: 0 below the first, 1 at it."""
    steps = [
        f"WHEN price < {edge} THEN {2 * at} WHEN price = {edge} THEN {2 * at + 1}"
        for at, edge in enumerate(PRICE_EDGES)
    ]
    return f"CASE {' '.join(steps)} WHEN price IS NOT NULL THEN {2 * len(PRICE_EDGES)} END"
