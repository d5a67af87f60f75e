"""What the storefront needs: ratings on cards, and the tables of the parts that are named below."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward, part by part."""
    # shop/catalogue
    with op.batch_alter_table('product_cards') as batch_op:
        batch_op.add_column(sa.Column('rating_count', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('rating_total', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False, server_default='0'))
    # demonstration: pictures of producers, villages, showrooms
    for table in ('producers', 'villages', 'showrooms'):
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column('photo_key', sa.String(), nullable=True))


def downgrade() -> None:
    """Go back, from the last part to the first."""
    # demonstration: pictures of producers, villages, showrooms
    for table in ('showrooms', 'villages', 'producers'):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column('photo_key')
    # shop/catalogue
    with op.batch_alter_table('product_cards') as batch_op:
        batch_op.drop_column('rating_total')
        batch_op.drop_column('rating_count')
