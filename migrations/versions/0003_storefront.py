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

    # foundation: former_slugs
    op.create_table('former_slugs',
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('slug', sa.String(length=100), nullable=False),
    sa.Column('owner_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('left_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_former_slugs')),
    sa.UniqueConstraint('kind', 'slug', name=op.f('uq_former_slugs_kind_slug')),
    sqlite_autoincrement=True
    )
    op.create_index('ix_former_slugs_kind_owner_id', 'former_slugs', ['kind', 'owner_id'], unique=False)


def downgrade() -> None:
    """Go back, from the last part to the first."""
    # foundation: former_slugs
    op.drop_index('ix_former_slugs_kind_owner_id', table_name='former_slugs')
    op.drop_table('former_slugs')
    # shop/catalogue
    with op.batch_alter_table('product_cards') as batch_op:
        batch_op.drop_column('rating_total')
        batch_op.drop_column('rating_count')
