"""Search is judged on the real goods at every run of the tests; `make relevance` judges all of it."""

from pathlib import Path

import pytest

from app.search.language.synonyms import Thesaurus
from app.search.mending.lexicon import Lexicon
from tests.search.judged.asked import DEVELOPMENT, EMPTY, FRESH, answer, graded, outcome, queries
from tests.search.judged.engines import EngineMissingError, opened
from tests.search.judged.measure import Figures
from tests.search.judged.real import real_documents


@pytest.mark.parametrize("part", [DEVELOPMENT, FRESH])
@pytest.mark.parametrize(
    "name", ["whoosh", "tantivy", pytest.param("postgres", marks=pytest.mark.postgres)]
)
def test_shoppers_find_what_they_mean(name: str, part: str, tmp_path: Path) -> None:
    """The targets hold for queries of all kinds, and what is not sold finds nothing."""
    asked, lexicon = queries(part, "real"), Lexicon.of(real_documents())
    if not asked:
        pytest.skip("no queries yet")
    try:
        with opened(name, tmp_path) as engine:
            engine.rebuild(real_documents())
            outcomes = [
                outcome(one, answer(engine, one.text, lexicon, Thesaurus()).hits.ids, grades)
                for one, grades in graded(asked, real_documents())
            ]
    except EngineMissingError as missing:
        pytest.skip(str(missing))

    figures = Figures.of(outcomes)

    wrong = [one.query for one in outcomes if one.is_wrongly_filled]
    worst = sorted((round(one.ndcg, 2), one.query) for one in outcomes if not one.must_be_empty)
    assert figures.is_good, (figures, wrong, worst[:10])


def test_there_are_enough_queries_of_every_kind() -> None:
    """More than a hundred, on both catalogues, and some of them for what is not sold."""
    for catalogue in ("real", "generated"):
        asked = queries(DEVELOPMENT, catalogue)

        assert len(asked) >= 110
        assert sum(one.kind == EMPTY for one in asked) >= 5
        assert len({one.text for one in asked}) == len(asked)
