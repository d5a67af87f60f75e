"""Keep the index in step with the shop, through the outbox."""

from collections.abc import Mapping
from typing import Any, Final

import structlog

from app.search import queries
from app.search.engine import SearchBusyError, SearchUnavailableError
from app.search.finder import engine

log = structlog.get_logger(__name__)

PRODUCT_CHANGED: Final = "search.product_changed"


def index_product(message_id: int, payload: Mapping[str, Any]) -> None:
    """Bring one product in the index to its present state, or take it out (R36).

    What is written is read now, so a message that comes twice or late does no harm. A missing or
    torn index is built again. Raises `SearchBusyError` while another process writes; the outbox
    tries again.
    """
    product_id = int(payload["product_id"])
    try:
        documents = queries.documents([product_id])
        if documents:
            engine().update(documents)
        else:
            engine().delete([product_id])
    except SearchBusyError:
        raise
    except SearchUnavailableError as error:
        log.warning("search.rebuild", message=message_id, reason=str(error))
        engine().rebuild(queries.all_documents())
