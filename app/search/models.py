"""The tables of search."""

from datetime import datetime

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.foundation.database import Base


class KeptLexicon(Base):
    """The one row that holds the words of the catalogue, for every process to mend queries by."""

    __tablename__ = "search_lexicon"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    made_at: Mapped[datetime]
    data: Mapped[bytes] = mapped_column(LargeBinary)
