"""What search needs: the words of the catalogue, and the tables of the parts that are named below."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward, part by part."""
    # search: lexicon
    op.create_table('search_lexicon',
    sa.Column('number', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('data', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_search_lexicon'))
    )


def downgrade() -> None:
    """Go back."""
    # search: lexicon
    op.drop_table('search_lexicon')
