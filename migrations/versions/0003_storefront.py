"""What the storefront needs: ratings on cards, and the tables of the parts that are named below."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

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

    # content
    op.create_table(
        'stories',
        sa.Column('slug', sa.String(length=100), nullable=False),
        sa.Column('title', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
        sa.Column('summary', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
        sa.Column('body', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
        sa.Column('photo_key', sa.String(length=255), nullable=True),
        sa.Column('set_code', sa.String(length=8), nullable=True),
        sa.Column('province_code', sa.String(length=2), nullable=True),
        sa.Column('source_url', sa.Text(), nullable=True),
        sa.Column('is_illustrative', sa.Boolean(), nullable=False),
        sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(['province_code'], ['provinces.code'], name=op.f('fk_stories_province_code')),
        sa.ForeignKeyConstraint(['set_code'], ['categories.code'], name=op.f('fk_stories_set_code')),
        sa.UniqueConstraint('slug', name=op.f('uq_stories_slug')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_stories')),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f('ix_stories_published_at'), 'stories', ['published_at'])
    op.create_table(
        'fairs',
        sa.Column('slug', sa.String(length=100), nullable=False),
        sa.Column('name', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
        sa.Column('summary', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
        sa.Column('body', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
        sa.Column('venue', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
        sa.Column('organiser', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
        sa.Column('province_code', sa.String(length=2), nullable=False),
        sa.Column('starts_on', sa.Date(), nullable=False),
        sa.Column('ends_on', sa.Date(), nullable=False),
        sa.Column('photo_key', sa.String(length=255), nullable=True),
        sa.Column('source_url', sa.Text(), nullable=True),
        sa.Column('is_illustrative', sa.Boolean(), nullable=False),
        sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
        sa.CheckConstraint('ends_on >= starts_on', name=op.f('ck_fairs_days')),
        sa.ForeignKeyConstraint(['province_code'], ['provinces.code'], name=op.f('fk_fairs_province_code')),
        sa.UniqueConstraint('slug', name=op.f('uq_fairs_slug')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_fairs')),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f('ix_fairs_province_code'), 'fairs', ['province_code'])
    op.create_index(op.f('ix_fairs_starts_on'), 'fairs', ['starts_on'])
    op.create_table(
        'gift_sets',
        sa.Column('slug', sa.String(length=100), nullable=False),
        sa.Column('name', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
        sa.Column('summary', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
        sa.Column('photo_key', sa.String(length=255), nullable=True),
        sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
        sa.Column('is_illustrative', sa.Boolean(), nullable=False),
        sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
        sa.UniqueConstraint('slug', name=op.f('uq_gift_sets_slug')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_gift_sets')),
        sqlite_autoincrement=True,
    )
    op.create_table(
        'gift_items',
        sa.Column('gift_set_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
        sa.Column('variant_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
        sa.Column('quantity', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
        sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
        sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
        sa.CheckConstraint('quantity BETWEEN 1 AND 99', name=op.f('ck_gift_items_quantity')),
        sa.ForeignKeyConstraint(['gift_set_id'], ['gift_sets.id'], name=op.f('fk_gift_items_gift_set_id')),
        sa.ForeignKeyConstraint(['variant_id'], ['variants.id'], name=op.f('fk_gift_items_variant_id')),
        sa.UniqueConstraint('gift_set_id', 'variant_id', name=op.f('uq_gift_items_gift_set_id_variant_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_gift_items')),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f('ix_gift_items_variant_id'), 'gift_items', ['variant_id'])
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
    # content
    op.drop_table('gift_items')
    op.drop_table('gift_sets')
    op.drop_table('fairs')
    op.drop_table('stories')
    # foundation: former_slugs
    op.drop_index('ix_former_slugs_kind_owner_id', table_name='former_slugs')
    op.drop_table('former_slugs')
    # shop/catalogue
    with op.batch_alter_table('product_cards') as batch_op:
        batch_op.drop_column('rating_total')
        batch_op.drop_column('rating_count')
