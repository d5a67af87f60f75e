"""What is peculiar to the engine in PostgreSQL; what every engine does is tested for all of them."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from app.search.documents import SearchDocument
from app.search.engine import (
    RERANKED,
    Hits,
    Query,
    SearchBusyError,
    SearchUnavailableError,
)
from app.search.engines.postgres_engine import PostgresEngine
from app.search.engines.postgres_query import RANKED
from app.search.engines.postgres_tables import LONGEST_TOKEN
from app.search.language.analysis import Alternative, Slot, query_slots
from app.search.language.tokens import query_pairs
from app.search.module import choose_engine
from app.shop.catalogue.narrowing import Filters, Sort
from config import Settings, database_url
from tests.search.register import DOCUMENTS
from tests.support import make
from tests.support.databases import PostgresServer


@pytest.fixture(scope="session")
def address(search_server: PostgresServer) -> str:
    """The address of a database that holds nothing but the index."""
    return search_server.copy("template0", "search_alone")


@pytest.fixture
def run(address: str) -> Callable[[str], list[tuple[object, ...]]]:
    """Do something to the database from outside."""

    def run(statement: str) -> list[tuple[object, ...]]:
        with psycopg.connect(address, autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    return run


@pytest.fixture
def shared(address: str, run: Callable[[str], object], tmp_path: Path) -> Iterator[PostgresEngine]:
    """An engine on an empty database."""
    run("DROP SCHEMA IF EXISTS search CASCADE")
    engine = PostgresEngine(database_url(address, tmp_path), time_limit=5, lock_timeout=0.3)
    yield engine
    engine.close()


def ask(engine: PostgresEngine, text: str, **wanted: object) -> Hits:
    """Ask an engine for words."""
    query = Query(slots=query_slots(text), pairs=query_pairs(text), on=make.TODAY)
    return engine.search(replace(query, **wanted))  # type: ignore[arg-type]


def tea(product_id: int, **facts: object) -> SearchDocument:
    """One of many products called tea."""
    document = SearchDocument(product_id=product_id, name_vi="Trà xanh", province_code="08")
    return replace(document, **facts)  # type: ignore[arg-type]


def test_only_postgresql_will_do(settings: Settings) -> None:
    with pytest.raises(ValueError, match="PostgreSQL in DATABASE_URL"):
        choose_engine("postgres", settings.instance, "sqlite:///shop.sqlite3")

    ours = choose_engine("postgres", settings.instance, "postgresql+psycopg://db.example/shop")
    other = choose_engine("postgresql://search.example/x", settings.instance, "sqlite://")

    assert isinstance(ours, PostgresEngine)
    assert isinstance(other, PostgresEngine)


def test_before_the_first_build_nothing_answers(shared: PostgresEngine) -> None:
    assert not shared.health().is_ready
    for attempt in (
        lambda: ask(shared, "trà"),
        lambda: shared.update([tea(1)]),
        lambda: shared.delete([1]),
        shared.versions,
    ):
        with pytest.raises(SearchUnavailableError):
            attempt()


def test_a_product_changed_during_a_build_is_in_both(shared: PostgresEngine) -> None:
    shared.rebuild([tea(1), tea(2), tea(3)])

    def coming() -> Iterator[SearchDocument]:
        stale = [tea(1, version=1), tea(2), tea(3)]
        shared.update([tea(1, version=2, name_vi="Mật ong"), tea(4)])
        shared.delete([2])
        assert ask(shared, "mật ong").ids == (1,)
        yield from stale
        shared.delete([3])

    assert shared.rebuild(coming()) == 2
    assert shared.versions() == {1: 2, 4: 0}
    assert ask(shared, "mật ong").ids == (1,)
    assert ask(shared, "trà").ids == (4,)


def test_a_product_that_came_back_during_a_build_stays(shared: PostgresEngine) -> None:
    shared.rebuild([tea(1, version=5)])

    def coming() -> Iterator[SearchDocument]:
        shared.delete([1])
        shared.update([tea(1, version=1)])
        yield tea(1, version=5)

    shared.rebuild(coming())
    shared.update([tea(2)])

    assert shared.versions()[2] == 0
    assert ask(shared, "trà").total == 2


def test_a_build_that_failed_leaves_the_old_one(
    shared: PostgresEngine, run: Callable[[str], list[tuple[object, ...]]]
) -> None:
    shared.rebuild([tea(1)])

    def broken() -> Iterator[SearchDocument]:
        yield tea(7)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        shared.rebuild(broken())
    shared.update([tea(2)])

    assert ask(shared, "trà").ids == (1, 2)
    assert shared.rebuild([tea(1), tea(2)]) == 2
    assert len(run("SELECT 1 FROM pg_tables WHERE tablename LIKE 'documents%'")) == 1


def test_two_do_not_build_at_once(shared: PostgresEngine) -> None:
    def coming() -> Iterator[SearchDocument]:
        with pytest.raises(SearchBusyError, match="another process"):
            shared.rebuild([])
        yield tea(1)

    assert shared.rebuild(coming()) == 1


def test_an_index_that_was_dropped_is_unavailable_and_can_be_built(
    shared: PostgresEngine, run: Callable[[str], object]
) -> None:
    shared.rebuild([tea(1)])
    ask(shared, "trà")

    run("DROP SCHEMA search CASCADE")

    with pytest.raises(SearchUnavailableError):
        ask(shared, "trà")
    with pytest.raises(SearchUnavailableError):
        shared.update([tea(1)])
    shared.rebuild([tea(1)])
    assert ask(shared, "trà").ids == (1,)


def test_a_cut_connection_does_no_harm(
    shared: PostgresEngine, run: Callable[[str], object]
) -> None:
    shared.rebuild([tea(1)])

    run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )

    assert ask(shared, "trà").ids == (1,)


def test_a_server_that_is_away_is_said_within_a_search_s_time(tmp_path: Path) -> None:
    engine = PostgresEngine(database_url(f"postgresql://nobody@/x?host={tmp_path}", tmp_path))

    with pytest.raises(SearchUnavailableError):
        ask(engine, "trà")
    assert not engine.health().is_ready


def test_a_search_out_of_time_is_partial(address: str, shared: PostgresEngine) -> None:
    shared.rebuild(tea(number) for number in range(3_000))
    hurried = PostgresEngine(database_url(address, Path()), time_limit=0.001)

    hits = ask(hurried, "trà")

    assert hits.partial
    assert hits.ids == ()
    hurried.close()


def test_writers_that_wait_too_long_are_told(address: str, shared: PostgresEngine) -> None:
    shared.rebuild([tea(1)])

    with psycopg.connect(address) as other:
        other.execute("SELECT * FROM search.state FOR UPDATE")
        with pytest.raises(SearchBusyError):
            shared.update([tea(2)])

        assert ask(shared, "trà").ids == (1,)


def test_more_hits_than_are_ranked_stand_in_a_steady_order(shared: PostgresEngine) -> None:
    many = RANKED + 200
    named = [tea(number, popularity=1) for number in range(1, many)]
    elsewhere = tea(0, name_vi="Bánh", category=("Trà xanh",), popularity=1_000)
    shared.rebuild([elsewhere, *named])

    hits = ask(shared, "trà", limit=many)

    assert hits.total == many
    assert hits.ids == (*range(1, many), 0)  # a word in the name outweighs popularity
    assert list(hits.scores) == sorted(hits.scores, reverse=True)
    assert ask(shared, "trà", limit=3).ids == (1, 2, 3)
    assert len(hits.facts) == RERANKED


def test_what_only_raises_leaves_the_rest_in_order_of_popularity(shared: PostgresEngine) -> None:
    many = [tea(number, popularity=number % 1_000) for number in range(1, RANKED + 50)]
    shared.rebuild([*many, tea(0, name_vi="Mật ong", popularity=1_000)])
    wished = Slot("mật ong", (Alternative(("mat_ong",), 1.0),), required=False)

    hits = shared.search(Query(slots=(wished,), on=make.TODAY, limit=1_000))

    assert hits.ids == (0, *(one.product_id for one in reversed(many)))


def test_facts_follow_a_changed_product(shared: PostgresEngine) -> None:
    shared.rebuild([tea(1)])
    before = ask(shared, "trà").facts[1]

    shared.update([tea(1, version=1, name_vi="Trà đen", popularity=7)])

    after = ask(shared, "trà").facts[1]
    assert "xanh" in before.name_tokens
    assert "xanh" not in after.name_tokens
    assert after.popularity == 7


@pytest.mark.parametrize(
    "token", ["'", "\\", "a'b", "')|!('", ":*", "a:A", "!x", "a\0b", "ử", "", " "]
)
def test_no_token_is_an_operator(shared: PostgresEngine, token: str) -> None:
    shared.rebuild([tea(1)])
    odd = Slot(token, (Alternative((token,), 1.0), Alternative(("khong", token), 0.5)))

    assert shared.search(Query(slots=(odd,), on=make.TODAY)).total == 0
    assert shared.search(Query(pairs=(token,), on=make.TODAY)).ids == (1,)


def test_a_text_beyond_measure_is_kept_as_far_as_it_goes(shared: PostgresEngine) -> None:
    words = " ".join(f"w{number}" for number in range(4_000))
    endless = tea(1, description_vi=words, description_en=words, place=(words,), producer=words)

    shared.rebuild([endless])

    assert ask(shared, "trà").ids == (1,)
    assert ask(shared, "x" * (LONGEST_TOKEN + 1)).total == 0


def test_a_thousand_words_are_answered(shared: PostgresEngine) -> None:
    shared.rebuild(DOCUMENTS)
    slots = tuple(Slot(str(n), (Alternative((f"w{n}",), 1.0),)) for n in range(1_000))

    assert shared.search(Query(slots=slots, on=make.TODAY)).total == 0


@pytest.mark.parametrize("sort", [Sort.RELEVANCE, Sort.NEWEST, Sort.PRICE_ASC, Sort.PRICE_DESC])
def test_without_words_everything_is_found(shared: PostgresEngine, sort: Sort) -> None:
    shared.rebuild([tea(1), tea(2, price=5, listed_at=9), tea(3, price=4, listed_at=9)])

    hits = shared.search(Query(on=make.TODAY, sort=sort, filters=Filters(province="08")))

    assert hits.total == 3
    assert (
        hits.ids
        == {
            Sort.RELEVANCE: (1, 2, 3),
            Sort.NEWEST: (2, 3, 1),
            Sort.PRICE_ASC: (3, 2, 1),
            Sort.PRICE_DESC: (2, 3, 1),
        }[sort]
    )
