"""The shared engine: PostgreSQL's full text over our own tokens, for a shop on many machines.

It has connections of its own and every call is a transaction of its own, so nothing here waits for
what a request or a unit of work has open, and nothing they do is seen half done.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, Final

from sqlalchemy import Connection, Row, text
from sqlalchemy.exc import DBAPIError

from app.search.documents import SearchDocument, newest
from app.search.engine import (
    CatchUp,
    Health,
    Hits,
    Query,
    SearchBusyError,
    SearchUnavailableError,
)
from app.search.engines import postgres_query
from app.search.engines import postgres_tables as tables
from app.search.engines.postgres_connections import (
    CANCELLED,
    UNDEFINED_TABLE,
    Connections,
    state_of,
    translated_errors,
)
from app.search.engines.postgres_facts import KeptFacts
from app.shop.catalogue.narrowing import Sort

BATCH: Final = 500
STATE: Final = "SELECT build, building, generation FROM search.state"
_NO_INDEX: Final = "no index has been built"


class PostgresEngine:
    """Search in the schema `search` of a PostgreSQL database."""

    def __init__(
        self,
        url: str,
        *,
        time_limit: float = 1.0,
        lock_timeout: float = 10.0,
        connections: int = 5,
    ) -> None:
        """Open nothing yet. Raises `ValueError` for the address of another kind of database."""
        self._patience = f"{max(1, round(time_limit * 1_000))}ms"
        self._facts = KeptFacts()
        self._connections = Connections(
            url, time_limit=time_limit, lock_timeout=lock_timeout, size=connections
        )

    def search(self, query: Query) -> Hits:
        """Find products; partial and empty when the time limit is not enough."""
        with translated_errors():
            try:
                return self._search(query)
            except DBAPIError as error:
                if state_of(error) == CANCELLED:
                    return Hits(partial=True)
                if state_of(error) != UNDEFINED_TABLE:
                    raise
                return self._search(query)  # a new build came in use and the table went meanwhile

    def update(self, documents: Iterable[SearchDocument]) -> int:
        """Add or replace products in one transaction, the newest version of each."""
        changed = newest(documents)
        if not changed:
            return 0
        rows = tables.rows_of(changed)
        with self._connections.transaction() as connection:
            state = _locked_state(connection)
            count = 0
            for build in filter(None, (state.building, state.build)):
                count = connection.execute(
                    text(tables.on(tables.CHANGE, build)), {"rows": rows}
                ).rowcount
            if count:
                _mark_changed(connection)
        if state.build is None:
            raise SearchUnavailableError(_NO_INDEX)
        return count

    def delete(self, product_ids: Sequence[int]) -> None:
        """Forget products in one transaction."""
        ids = {"ids": list(product_ids)}
        if not product_ids:
            return
        with self._connections.transaction() as connection:
            state = _locked_state(connection)
            if state.building is not None:
                connection.execute(text(tables.on(tables.MARK_GONE, state.building)), ids)
            if state.build is not None:
                connection.execute(text(tables.on(tables.FORGET, state.build)), ids)
                _mark_changed(connection)
        if state.build is None:
            raise SearchUnavailableError(_NO_INDEX)

    def rebuild(
        self,
        documents: Iterable[SearchDocument],
        *,
        catch_up: Callable[[], CatchUp] | None = None,
    ) -> int:
        """Build in a table beside the one in use and switch; what changes meanwhile goes into both.

        Raises `SearchBusyError` while another process is building.
        """
        with self._connections.alone():
            build = self._start_build()
            seen: set[int] = set()
            coming = iter(documents)
            while batch := list(islice(coming, BATCH)):
                seen.update(document.product_id for document in batch)
                rows = tables.rows_of(newest(batch))
                with self._connections.transaction() as connection:
                    connection.execute(text(tables.on(tables.FILL, build)), {"rows": rows})
            count = self._finish_build(build, len(seen), catch_up)
            self._drop_others(build)
        return count

    def versions(self) -> dict[int, int]:
        """Read which version of each product is kept."""
        with self._connections.transaction() as connection:
            build = _build_in_use(connection)[0]
            rows = connection.execute(
                text(tables.on("SELECT product_id, version FROM $table", build))
            )
            return {row.product_id: row.version for row in rows}

    def health(self) -> Health:
        """Count the index in use."""
        try:
            with self._connections.transaction() as connection:
                build, generation = _build_in_use(connection)
                count = connection.execute(
                    text(tables.on("SELECT count(*) FROM $table", build))
                ).scalar_one()
                return Health(is_ready=True, documents=count, generation=generation)
        except SearchUnavailableError as error:
            return Health(is_ready=False, problem=str(error))

    def close(self) -> None:
        """Give every connection back to the server; the next call opens new ones."""
        self._connections.close()

    def _search(self, query: Query) -> Hits:
        with self._connections.reading() as connection:
            build, generation = _build_in_use(connection)
            statement = postgres_query.write(query, build)
            if statement is None:
                return Hits(generation=generation)
            rows = connection.execute(text(statement.text), statement.values)
            hits, best = postgres_query.read(rows, generation)
            if query.sort is not Sort.RELEVANCE:
                return hits
            return replace(hits, facts=self._facts.of(best, connection, build))

    def _start_build(self) -> int:
        """Make the table of a new build, and let changes go into it too from now on."""
        with self._connections.transaction() as connection:
            if not connection.execute(text("SELECT to_regnamespace('search')")).scalar():
                connection.execute(text("CREATE SCHEMA search"))
            connection.execute(text(tables.HOME))
            connection.execute(text(tables.FIRST_STATE))
            _locked_state(connection)
            build: int = connection.execute(
                text(
                    "UPDATE search.state SET builds = builds + 1, building = builds + 1"
                    " RETURNING building"
                )
            ).scalar_one()
            connection.execute(text(tables.on("DROP TABLE IF EXISTS $table", build)))
            connection.execute(text(tables.on(tables.BUILD, build)))
            return build

    def _finish_build(
        self, build: int, expected: int, catch_up: Callable[[], CatchUp] | None
    ) -> int:
        """Index what was written, count it, and put it in use."""
        with self._connections.transaction(seconds=0) as connection:
            connection.execute(text("SET LOCAL maintenance_work_mem = '128MB'"))
            connection.execute(text(tables.on(tables.INDEX, build)))
            connection.execute(text(tables.on("ANALYZE $table", build)))
        with self._connections.transaction() as connection:
            if _locked_state(connection).building != build:
                message = "another build was started meanwhile"
                raise SearchBusyError(message)
            written = connection.execute(
                text(tables.on("SELECT count(*) FROM $table", build))
            ).scalar_one()
            if written < expected:
                message = f"the new index holds {written} of {expected} products"
                raise SearchUnavailableError(message)
            changes = catch_up() if catch_up is not None else None
            if changes is not None:
                _apply(connection, build, changes)
            connection.execute(text(tables.on(tables.SWEEP, build)))
            kept: int = connection.execute(
                text(tables.on("SELECT count(*) FROM $table", build))
            ).scalar_one()
            if changes is not None and kept != changes.total:
                message = f"the new index holds {kept} of {changes.total} products"
                raise SearchUnavailableError(message)
            connection.execute(
                text(
                    "UPDATE search.state SET build = building, building = NULL,"
                    " generation = generation + 1"
                )
            )
            return kept

    def _drop_others(self, build: int) -> None:
        """Drop builds that are not in use; one that is still being read waits for the next time."""
        with self._connections.transaction() as connection:
            names = connection.execute(
                text("SELECT tablename FROM pg_tables WHERE schemaname = 'search'")
            ).scalars()
            numbers = [
                int(name.removeprefix("documents_"))
                for name in names
                if name.startswith("documents_")
            ]
        for other in numbers:
            if other == build:
                continue
            try:
                with self._connections.transaction() as connection:
                    connection.execute(text(f"SET LOCAL lock_timeout = '{self._patience}'"))
                    connection.execute(text(tables.on("DROP TABLE IF EXISTS $table", other)))
            except SearchBusyError:
                continue


def _build_in_use(connection: Connection) -> tuple[int, str]:
    """Read which build answers and the name of its state."""
    state = connection.execute(text(STATE)).one_or_none()
    if state is None or state.build is None:
        raise SearchUnavailableError(_NO_INDEX)
    return state.build, f"{state.build}/{state.generation}"


def _locked_state(connection: Connection) -> Row[Any]:
    """Read the row of state and let no other writer pass until this transaction ends."""
    state = connection.execute(text(f"{STATE} FOR UPDATE")).one_or_none()
    if state is None:
        raise SearchUnavailableError(_NO_INDEX)
    return state


def _apply(connection: Connection, build: int, changes: CatchUp) -> None:
    """Bring a new build to what became of the products that were read for it."""
    if changes.documents:
        rows = {"rows": tables.rows_of(newest(changes.documents))}
        connection.execute(text(tables.on(tables.CHANGE, build)), rows)
    if changes.gone:
        connection.execute(text(tables.on(tables.FORGET, build)), {"ids": list(changes.gone)})


def _mark_changed(connection: Connection) -> None:
    connection.execute(text("UPDATE search.state SET generation = generation + 1"))
