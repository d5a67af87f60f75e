"""Keep the index in step with the shop: through the outbox, by the clock, and when a reader finds it broken."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import structlog

from app.foundation import clock
from app.foundation.chores import do_every_hour, do_every_minute, do_when_asked
from app.foundation.clock import VIETNAM
from app.foundation.outbox import TryLaterError, handle_batches, oldest_due
from app.foundation.work import unit_of_work
from app.search import indexer
from app.search.engine import SearchBusyError, SearchUnavailableError
from app.search.finder import REPORTED
from app.search.learning import count_popularity, keep_popularity
from app.search.lexicon_store import count_words, keep_lexicon
from app.search.tracing import forget_old

log = structlog.get_logger(__name__)

PRODUCT_CHANGED: Final = "search.product_changed"
# A killed indexer holds up what it had claimed for no longer than this (R34).
LEASE: Final = timedelta(seconds=20)
LEXICON_HOUR: Final = 3
LEARNING_HOUR: Final = 2
# Twice within this time a reader could not read an index that looks whole: then it is not.
REPORTED_AGAIN: Final = timedelta(minutes=10)
_reported: Final[list[datetime]] = []


def register_jobs() -> None:
    """Name what search does outside requests."""
    handle_batches(PRODUCT_CHANGED, index_batch, limit=indexer.BATCH, lease=LEASE)
    do_every_minute("search.repair", repair)
    do_when_asked(REPORTED, look_into)
    do_every_hour("search.reconcile", reconcile, at_start=True)
    do_every_hour("search.lexicon", remake_words)
    do_every_hour("search.learning", learn_at_night)


def index_batch(messages: Sequence[tuple[int, Mapping[str, Any]]]) -> None:
    """Bring the products that messages name to their present state in the index, in one go.

    A missing or torn index is built again, which does all of them. Raises `TryLaterError` while
    another process writes or builds.
    """
    try:
        indexer.index_products([int(payload["product_id"]) for _number, payload in messages])
    except SearchBusyError as error:
        raise TryLaterError(str(error)) from error
    except SearchUnavailableError as error:
        if indexer.is_whole():
            raise  # the fault of one of these products, not of the index
        log.warning("search.rebuild", reason=str(error))
        try:
            rebuild_index()
        except SearchBusyError as busy:
            raise TryLaterError(str(busy)) from busy


def rebuild_index() -> int:
    """Build the index anew, then the words to mend queries by, and count the products.

    Raises `SearchBusyError` while another rebuild runs.
    """
    count = indexer.rebuild()
    remake_lexicon()
    return count


def remake_lexicon() -> None:
    """Count the words of the catalogue anew and keep them for every process."""
    lexicon = count_words()
    with unit_of_work():
        keep_lexicon(lexicon, now=clock.now())


def repair(now: datetime) -> None:
    """Build the index anew when it is missing or damaged, and bring it in line when its number is wrong.

    A minute's look is cheap: the sizes of its files and two counts. The number says nothing while
    messages wait that would change it.
    """
    try:
        if not indexer.is_whole():
            rebuild_index()
        elif not indexer.has_all() and oldest_due(now) is None:
            indexer.reconcile()
    except SearchBusyError as error:
        log.info("search.repair_waits", reason=str(error))


def look_into(now: datetime) -> None:
    """Repair an index that somebody could not read; one that looks whole is built anew at the second time."""
    recent = [at for at in _reported if now - REPORTED_AGAIN < at <= now]
    try:
        if not indexer.is_whole() or recent:
            rebuild_index()
            now_reported = []
        else:
            now_reported = [now]
    except SearchBusyError as error:
        log.info("search.repair_waits", reason=str(error))
    else:
        _reported[:] = now_reported


def reconcile(now: datetime) -> None:
    """Compare the version of every product and bring those in line that differ; build what is lost."""
    try:
        indexer.reconcile()
    except SearchUnavailableError as error:
        log.warning("search.not_reconciled", reason=str(error))
        repair(now)


def remake_words(now: datetime) -> None:
    """Count the words of the catalogue anew, once a night."""
    if now.astimezone(VIETNAM).hour == LEXICON_HOUR:
        remake_lexicon()


def learn_at_night(now: datetime) -> None:
    """Forget old searches every hour, as the page on privacy promises; learn once a night."""
    with unit_of_work():
        forget_old(now=now)
    if now.astimezone(VIETNAM).hour == LEARNING_HOUR:
        learn(now)


def learn(now: datetime) -> int:
    """Learn what is popular, and count the products that are written anew."""
    scores = count_popularity(now=now)
    with unit_of_work():
        return len(keep_popularity(scores, now=now))
