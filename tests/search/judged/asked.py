"""Reading the judged queries, grading a catalogue for them, and asking a search."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.places.spelling import plain
from app.search.engine import Query, SearchEngine
from app.search.seeking.seek import Sought, seek
from tests.search.judged.measure import Outcome, ndcg, reciprocal_rank
from tests.search.judged.rules import Judged, grade

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from app.search.documents import SearchDocument
    from app.search.language.synonyms import Thesaurus
    from app.search.mending.lexicon import Lexicon

HOME: Final = Path(__file__).parent
TODAY: Final = date(2026, 11, 24)
DEVELOPMENT: Final = "development"
SECOND: Final = "second"
FRESH: Final = "fresh"
PARTS: Final = (DEVELOPMENT, SECOND, FRESH)
EMPTY: Final = "empty"
CATALOGUES: Final = ("real", "generated")
KINDS: Final = (
    "exact", "bare", "partly", "tone", "telex", "unspaced", "english", "mixed", "synonym",
    "producer", "commune", "old", "new", "intent", "prefix", "misspelt", "homograph", "question",
    EMPTY,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """One judged query: where it is asked, of which kind and language, and the rules for 3, 2 and 1."""

    catalogue: str
    kind: str
    lang: str
    text: str
    rules: tuple[str, ...]


def queries(part: str, catalogue: str) -> list[Asked]:
    """Read the queries of a part that are asked of a catalogue. Raises `ValueError` for a bad line."""
    found = []
    lines = (HOME / f"{part}.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if not line.strip() or line.startswith("#"):
            continue
        where, kind, lang, text, *rules = line.split("\t")
        if where not in (*CATALOGUES, "both") or kind not in KINDS or lang not in ("vi", "en"):
            raise ValueError(line)
        if where in (catalogue, "both"):
            found.append(Asked(where, kind, lang, text, tuple(rule.strip() for rule in rules)))
    return found


def unmarked(text: str) -> str:
    """Write a query without marks and capitals, to tell whether another one asks the same."""
    return " ".join(plain(text).split())


def graded(
    asked: Sequence[Asked], documents: Sequence[SearchDocument]
) -> Iterator[tuple[Asked, dict[int, int]]]:
    """Grade a catalogue for each query. Raises `ValueError` when a query's rules fit nothing in it."""
    products = [Judged.of(document) for document in documents]
    for one in asked:
        grades = {
            product.document.product_id: value
            for product in products
            if (value := grade(one.rules, product, on=TODAY))
        }
        if bool(grades) == (one.kind == EMPTY):
            message = f"{one.text!r} ({one.kind}) has {len(grades)} products that answer it"
            raise ValueError(message)
        yield one, grades


def answer(engine: SearchEngine, text: str, lexicon: Lexicon, thesaurus: Thesaurus) -> Sought:
    """Search as the shop does."""
    query = Query(on=TODAY, wants_counts=False)
    return seek(engine, text, query, lexicon=lexicon, thesaurus=thesaurus)


def outcome(one: Asked, shown: Sequence[int], grades: Mapping[int, int]) -> Outcome:
    """Measure what a query gave."""
    return Outcome(
        query=one.text,
        kind=one.kind,
        ndcg=ndcg(shown, grades),
        rank=reciprocal_rank(shown, grades),
        shown=len(shown),
        must_be_empty=one.kind == EMPTY,
    )
