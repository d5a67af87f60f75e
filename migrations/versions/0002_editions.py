"""The edition of public pages."""

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


def downgrade() -> None:
    """Go back."""
    op.drop_table('editions')
