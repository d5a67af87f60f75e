"""Who works at a few producers and with whom: made up, and marked so."""

from __future__ import annotations

from sqlalchemy import select

from app.demonstration.bulk import insert_rows
from app.demonstration.files import both, rows
from app.demonstration.register import producer_ids
from app.foundation.database import db
from app.vendors.models import LinkKind, ProducerLink, ProducerPerson


def load_linkage() -> None:
    """Bring the teams and partners of the producers that have none yet."""
    ids = producer_ids()
    peopled = set(db.session.scalars(select(ProducerPerson.producer_id)))
    linked = set(db.session.scalars(select(ProducerLink.producer_id)))
    said_of = [(ids[said["key"]], said) for said in rows("linkage") if said["key"] in ids]
    insert_rows(
        ProducerPerson,
        [
            {
                "producer_id": producer,
                "name": one["name"],
                "role": both(one["role"]),
                "position": position,
                "is_illustrative": True,
            }
            for producer, said in said_of
            if producer not in peopled
            for position, one in enumerate(said["people"])
        ],
    )
    insert_rows(
        ProducerLink,
        [
            {
                "producer_id": producer,
                "kind": LinkKind(one["kind"]),
                "name": both(one["name"]),
                "commodity": both(one["commodity"]),
                "since_year": one["since"],
                "is_illustrative": True,
            }
            for producer, said in said_of
            if producer not in linked
            for one in said["links"]
        ],
    )
