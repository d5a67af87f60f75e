"""The words of the catalogue, kept in the database by whoever builds the index, read by the others."""

from datetime import datetime

import structlog
from sqlalchemy import select

from app.foundation.database import db, insert_into
from app.foundation.work import read_anew
from app.search import queries
from app.search.mending.lexicon import Lexicon
from app.search.models import KeptLexicon

log = structlog.get_logger(__name__)


def count_words() -> Lexicon:
    """Count the words of all products."""
    lexicon = Lexicon.of(queries.all_documents())
    read_anew()
    return lexicon


def keep_lexicon(lexicon: Lexicon, *, now: datetime) -> None:
    """Write the words down, in place of those of before."""
    insert = insert_into(KeptLexicon).values(number=1, made_at=now, data=lexicon.to_bytes())
    db.session.execute(
        insert.on_conflict_do_update(
            index_elements=["number"],
            set_={"made_at": insert.excluded.made_at, "data": insert.excluded.data},
        )
    )


def lexicon_made_at() -> datetime | None:
    """Tell when the words were written down last; never, before the first index."""
    return db.session.scalar(select(KeptLexicon.made_at))


def kept_lexicon() -> Lexicon:
    """Read the words; none while there are none, or none that this release can read."""
    data = db.session.scalar(select(KeptLexicon.data))
    if data is None:
        return Lexicon()
    try:
        return Lexicon.from_bytes(data)
    except Exception as error:  # noqa: BLE001 - words of another release are no reason to fail
        log.warning("search.unreadable_lexicon", error=str(error))
        return Lexicon()
