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
    # search: what officers keep, the log, and popularity
    op.create_table('search_synonyms',
    sa.Column('words', sa.JSON(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('is_active', sa.Boolean(), nullable=False),
    sa.Column('changed_by', sa.String(length=255), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_search_synonyms')),
    sqlite_autoincrement=True,
    )
    op.create_table('search_rules',
    sa.Column('query', sa.String(length=100), nullable=False),
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('treatment', sa.Enum('pin', 'bury', name='treatment', native_enum=False, length=32), nullable=False),
    sa.Column('place', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('changed_by', sa.String(length=255), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.CheckConstraint('place >= 1', name=op.f('ck_search_rules_place')),
    sa.ForeignKeyConstraint(['product_id'], ['registered_products.id'], name=op.f('fk_search_rules_product_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_search_rules')),
    sqlite_autoincrement=True,
    )
    op.create_index('uq_search_rules_query_product_id', 'search_rules', ['query', 'product_id'], unique=True)
    op.create_index(op.f('ix_search_rules_product_id'), 'search_rules', ['product_id'])
    op.create_table('search_redirects',
    sa.Column('query', sa.String(length=100), nullable=False),
    sa.Column('path_vi', sa.String(length=500), nullable=False),
    sa.Column('path_en', sa.String(length=500), nullable=False),
    sa.Column('changed_by', sa.String(length=255), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_search_redirects')),
    sa.UniqueConstraint('query', name=op.f('uq_search_redirects_query')),
    sqlite_autoincrement=True,
    )
    op.create_table('search_counts',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('lang', sa.String(length=2), nullable=False),
    sa.Column('query', sa.String(length=100), nullable=False),
    sa.Column('searches', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('empty', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('clicked', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.PrimaryKeyConstraint('day', 'lang', 'query', name=op.f('pk_search_counts')),
    )
    op.create_index('ix_search_counts_query_lang', 'search_counts', ['query', 'lang'])
    op.create_table('search_visits',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('visitor', sa.String(length=24), nullable=False),
    sa.Column('lang', sa.String(length=2), nullable=False),
    sa.Column('query', sa.String(length=100), nullable=False),
    sa.Column('has_clicked', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('day', 'visitor', 'lang', 'query', name=op.f('pk_search_visits')),
    )
    op.create_table('search_clicks',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('visitor', sa.String(length=24), nullable=False),
    sa.Column('query', sa.String(length=100), nullable=False),
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(['product_id'], ['registered_products.id'], name=op.f('fk_search_clicks_product_id')),
    sa.PrimaryKeyConstraint('day', 'visitor', 'query', 'product_id', name=op.f('pk_search_clicks')),
    )
    op.create_index('ix_search_clicks_product_id_day', 'search_clicks', ['product_id', 'day'])
    op.create_table('search_salts',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('salt', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('day', name=op.f('pk_search_salts')),
    )
    op.create_table('search_popularity',
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('score', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint('score BETWEEN 0 AND 1000', name=op.f('ck_search_popularity_score')),
    sa.ForeignKeyConstraint(['product_id'], ['registered_products.id'], name=op.f('fk_search_popularity_product_id')),
    sa.PrimaryKeyConstraint('product_id', name=op.f('pk_search_popularity')),
    )


def downgrade() -> None:
    """Go back, from the last part to the first."""
    # search: what officers keep, the log, and popularity
    for table in (
        'search_popularity', 'search_salts', 'search_clicks', 'search_visits', 'search_counts',
        'search_redirects', 'search_rules', 'search_synonyms',
    ):
        op.drop_table(table)
    # search: lexicon
    op.drop_table('search_lexicon')
