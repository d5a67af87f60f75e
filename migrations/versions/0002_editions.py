"""The edition of public pages, and an index for the newly certified."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table('editions',
    sa.Column('number', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('stamp', sa.String(length=255), nullable=False),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_editions'))
    )
    op.create_index('ix_product_cards_certified_from_rank', 'product_cards', ['certified_from', 'rank'], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_index('ix_product_cards_certified_from_rank', table_name='product_cards')
    op.drop_table('editions')
