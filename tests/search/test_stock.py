"""Our sums over arrays are those of the library's own search, which is slow and known to be right."""

from collections.abc import Iterator
from random import Random
from typing import Any, Final

import pytest
from whoosh import query as stock  # noqa: TID251 - the oracle
from whoosh.filedb.filestore import FileStorage  # noqa: TID251 - the oracle

from app.search.engine import PAIR_BOOST, Query
from app.search.engines.embedded import WhooshEngine
from app.search.engines.index import TEXT, WEIGHTING
from app.search.language.analysis import Slot, query_slots
from app.search.language.tokens import query_pairs
from tests.search.engines.goods import GOODS, WORDS, ask, slot
from tests.search.register import DOCUMENTS

NAMES: Final = tuple(one.name_vi for one in DOCUMENTS) + tuple(one.name_en for one in DOCUMENTS)


def _made_up() -> Iterator[Query]:
    chance = Random(3)  # noqa: S311 - nothing secret
    for _ in range(60):
        ways = [" ".join(chance.choices(WORDS, k=chance.choice((1, 1, 2)))) for _ in range(4)]
        slots = [
            slot(*ways[:2], boosts=(1.0, chance.choice((0.4, 0.6)))),
            slot(ways[2], required=chance.random() < 0.5),
            slot(ways[3], required=False),
        ]
        pair = "_".join(chance.choices(WORDS, k=2))
        yield ask(*slots[: chance.randrange(1, 4)], pairs=(pair,) * chance.randrange(2))


QUERIES: Final = (
    *(ask(*query_slots(name), pairs=query_pairs(name)) for name in NAMES),
    *(
        ask(*query_slots(word))
        for word in ("tea", "trà", "cà phê", "mật ong", "honey", "đậu phộng")
    ),
    *_made_up(),
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> WhooshEngine:
    """Give an index in several parts, with products that were replaced and deleted."""
    engine = WhooshEngine(tmp_path_factory.mktemp("stock"), check_every=0)
    numbers = {one.product_id for one in DOCUMENTS}
    goods = [one for one in GOODS if one.product_id not in numbers]
    engine.rebuild([*DOCUMENTS[:40], *goods[:150]])
    engine.update(DOCUMENTS[30:])
    engine.update(goods[140:])
    engine.delete([goods[3].product_id, DOCUMENTS[7].product_id])
    engine.update([*DOCUMENTS[7:9], *goods[:20]])
    return engine


def _asked(query: Query) -> Any:
    def all_of(tokens: tuple[str, ...], boost: float) -> Any:
        return stock.And([stock.Term(TEXT, token, boost=boost) for token in tokens])

    def met(wanted: Slot) -> Any:
        return stock.Or([all_of(way.tokens, way.boost) for way in wanted.alternatives])

    required = stock.And([met(one) for one in query.slots if one.required])
    more = [stock.Term(TEXT, pair, boost=PAIR_BOOST) for pair in query.pairs]
    more += [met(one) for one in query.slots if not one.required]
    return stock.AndMaybe(required, stock.Or(more)) if more else required


def test_scores_and_order_are_those_of_the_library(engine: WhooshEngine) -> None:
    """On well over a hundred queries, over several segments with deletions."""
    folder = engine.home.current()
    assert folder is not None
    found = 0
    with (
        FileStorage(str(folder), supports_mmap=False)
        .open_index()
        .searcher(weighting=WEIGHTING) as searcher
    ):
        assert not searcher.is_atomic()
        assert searcher.reader().has_deletions()
        number = searcher.reader().column_reader("number")
        for query in QUERIES:
            if not any(one.required for one in query.slots):
                continue
            hits = engine.search(query)
            results = searcher.search(_asked(query), limit=None)
            expected = {number[hit.docnum]: hit.score for hit in results}
            assert dict(zip(hits.ids, hits.scores, strict=True)) == pytest.approx(expected)
            scores = [expected[one] for one in hits.ids]
            assert scores == pytest.approx(sorted(scores, reverse=True))
            found += bool(hits.ids)
    assert found >= 100
