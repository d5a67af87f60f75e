"""Judge what search finds: each engine, each catalogue, each kind of query, against the targets.

    make relevance ARGS="--engine whoosh,tantivy,postgres --catalogue real,generated -v"

Exits with 1 when a figure misses its target. `tests/search/judged/measure.py` says how they are made.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.search.language.synonyms import Thesaurus
from app.search.mending.lexicon import Lexicon
from tests.search.judged.asked import KINDS, PARTS, answer, graded, outcome, queries
from tests.search.judged.engines import ENGINES, EngineMissingError, opened
from tests.search.judged.generated import MANY, generated_documents
from tests.search.judged.measure import Figures, Outcome
from tests.search.judged.real import real_documents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.search.documents import SearchDocument
    from app.search.engine import SearchEngine
    from tests.search.judged.asked import Asked

WORST: Final = 20
SHOWN: Final = 5
GOOD: Final = 0.995


@dataclass(frozen=True, slots=True)
class Judgement:
    """One query, the grades of the catalogue for it, and what came of it."""

    asked: Asked
    grades: dict[int, int]


def main() -> int:
    """Judge what the arguments say."""
    options = _options()
    is_good = True
    for name in options.catalogue.split(","):
        documents = _catalogue(name, options.products)
        lexicon, parts = Lexicon.of(documents), _judgements(name, documents)
        for engine_name in options.engine.split(","):
            with ExitStack() as stack:
                folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
                try:
                    engine = stack.enter_context(opened(engine_name, folder))
                except EngineMissingError as missing:
                    print(f"\n{engine_name}: left out, {missing}")
                    continue
                started = time.perf_counter()
                engine.rebuild(documents)
                built = time.perf_counter() - started
                print(f"\n{engine_name}, {name}: {len(documents):,} products in {built:.1f} s")
                for part, judged in parts.items():
                    print(f"\n  {part}")
                    is_good &= _judge(engine, judged, lexicon, documents, verbose=options.verbose)
    return 0 if is_good else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Judge what search finds.")
    parser.add_argument("--engine", default="whoosh", help=f"some of {','.join(ENGINES)}")
    parser.add_argument("--catalogue", default="real,generated", help="real, generated or both")
    parser.add_argument("--products", type=int, default=MANY, help="how many to generate")
    parser.add_argument("-v", "--verbose", action="store_true", help="list the worst queries")
    return parser.parse_args()


def _catalogue(name: str, products: int) -> Sequence[SearchDocument]:
    return real_documents() if name == "real" else list(generated_documents(products))


def _judgements(name: str, documents: Sequence[SearchDocument]) -> dict[str, list[Judgement]]:
    return {
        part: [Judgement(one, grades) for one, grades in graded(queries(part, name), documents)]
        for part in PARTS
    }


def _judge(
    engine: SearchEngine,
    judged: Sequence[Judgement],
    lexicon: Lexicon,
    documents: Sequence[SearchDocument],
    *,
    verbose: bool,
) -> bool:
    thesaurus = Thesaurus()
    found: list[tuple[Outcome, Judgement, tuple[int, ...], str]] = []
    for one in judged:
        sought = answer(engine, one.asked.text, lexicon, thesaurus)
        notes = sought.notes
        said = f"{notes.corrected and f'corrected to {notes.corrected!r} '}{notes.dropped and f'without {notes.dropped!r}'}"
        result = outcome(one.asked, sought.hits.ids, one.grades)
        found.append((result, one, sought.hits.ids, said))
    _print_table([result for result, *_ in found])
    if verbose:
        names = {one.product_id: one.name_vi for one in documents}
        _print_worst(found, names)
    return Figures.of([result for result, *_ in found]).is_good


def _print_table(outcomes: Sequence[Outcome]) -> None:
    print(f"  {'kind':10} {'queries':>7} {'nDCG@10':>8} {'MRR':>7} {'nothing':>8} {'wrong':>6}")
    for kind in KINDS:
        of_kind = [one for one in outcomes if one.kind == kind]
        if of_kind:
            _print_row(kind, Figures.of(of_kind))
    figures = Figures.of(outcomes)
    _print_row("all", figures)
    print(f"  {'meets' if figures.is_good else 'MISSES'} the targets")


def _print_row(name: str, said: Figures) -> None:
    print(
        f"  {name:10} {said.queries:7} {said.ndcg:8.3f} {said.rank:7.3f}"
        f" {said.nothing:8.1%} {said.wrongly_filled:6}"
    )


def _print_worst(
    found: Sequence[tuple[Outcome, Judgement, tuple[int, ...], str]], names: dict[int, str]
) -> None:
    bad = [row for row in found if row[0].is_wrongly_filled or row[0].ndcg < GOOD]
    bad = [row for row in bad if row[0].is_wrongly_filled or not row[0].must_be_empty]
    for result, one, shown, said in sorted(bad, key=lambda row: row[0].ndcg)[:WORST]:
        top = ", ".join(
            f"{names[number]} ({one.grades.get(number, 0)})" for number in shown[:SHOWN]
        )
        print(f"  {result.ndcg:.2f} {result.rank:.2f} {result.query!r} {said}[{len(shown)}]: {top}")


if __name__ == "__main__":
    sys.exit(main())
