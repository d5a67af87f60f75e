"""Search is judged on the real goods at every run of the tests; `make relevance` judges all of it."""

from pathlib import Path

import pytest

from app.search.language.synonyms import Thesaurus
from app.search.mending.lexicon import Lexicon
from tests.search.judged.asked import (
    CATALOGUES,
    EMPTY,
    PARTS,
    answer,
    graded,
    outcome,
    queries,
    unmarked,
)
from tests.search.judged.engines import opened
from tests.search.judged.measure import Figures
from tests.search.judged.real import real_documents


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(
    "name", ["whoosh", "tantivy", pytest.param("postgres", marks=pytest.mark.postgres)]
)
def test_shoppers_find_what_they_mean(name: str, part: str, tmp_path: Path) -> None:
    """The targets hold for queries of all kinds, and what is not sold finds nothing."""
    asked, lexicon = queries(part, "real"), Lexicon.of(real_documents())

    with opened(name, tmp_path) as engine:
        engine.rebuild(real_documents())
        outcomes = [
            outcome(one, answer(engine, one.text, lexicon, Thesaurus()).hits.ids, grades)
            for one, grades in graded(asked, real_documents())
        ]
    figures = Figures.of(outcomes)

    assert outcomes
    wrong = [one.query for one in outcomes if one.is_wrongly_filled]
    worst = sorted((round(one.ndcg, 2), one.query) for one in outcomes if not one.must_be_empty)
    assert figures.is_good, (figures, wrong, worst[:10])


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_there_are_enough_queries_of_every_kind(catalogue: str, part: str) -> None:
    """More than a hundred, and some of them for what is not sold."""
    asked = queries(part, catalogue)

    assert len(asked) >= 110
    assert sum(one.kind == EMPTY for one in asked) >= 5
    assert len({one.text for one in asked}) == len(asked)


def test_a_fresh_query_is_asked_in_no_other_part() -> None:
    """However it is marked or cased: what search was mended with says nothing new of it."""
    texts = {
        part: {unmarked(one.text) for catalogue in CATALOGUES for one in queries(part, catalogue)}
        for part in PARTS
    }

    *known, fresh = texts.values()

    assert not fresh & set().union(*known)
