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
    # shop/reviews
    op.create_table('voice_marks',
    sa.Column('subject', sa.String(length=32), nullable=False),
    sa.Column('kind', sa.Enum('helpful', 'report', name='markkind', native_enum=False, length=32), nullable=False),
    sa.Column('visitor', sa.String(length=64), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_voice_marks')),
    sa.UniqueConstraint('subject', 'kind', 'visitor', name=op.f('uq_voice_marks_subject_kind_visitor')),
    sqlite_autoincrement=True
    )
    op.create_table('questions',
    sa.Column('public_id', sa.String(length=12), nullable=False),
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('producer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('email', sa.String(length=255), nullable=False),
    sa.Column('token', sa.String(length=40), nullable=True),
    sa.Column('state', sa.Enum('unconfirmed', 'pending', 'open', 'answered', 'refused', name='questionstate', native_enum=False, length=32), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('letter_language', sa.String(length=2), nullable=False),
    sa.Column('faults', sa.JSON(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('reports', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('answer', sa.Text(), nullable=True),
    sa.Column('answer_language', sa.String(length=2), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('is_illustrative', sa.Boolean(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.ForeignKeyConstraint(['producer_id'], ['producers.id'], name=op.f('fk_questions_producer_id')),
    sa.ForeignKeyConstraint(['product_id'], ['registered_products.id'], name=op.f('fk_questions_product_id')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_questions_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_questions')),
    sa.UniqueConstraint('public_id', name=op.f('uq_questions_public_id')),
    sa.UniqueConstraint('token', name=op.f('uq_questions_token')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('questions', schema=None) as batch_op:
        batch_op.create_index('ix_questions_producer_id_state', ['producer_id', 'state'], unique=False)
        batch_op.create_index('ix_questions_product_id_state', ['product_id', 'state'], unique=False)
        batch_op.create_index('ix_questions_state_asked_at', ['state', 'asked_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_questions_user_id'), ['user_id'], unique=False)

    op.create_table('reviews',
    sa.Column('public_id', sa.String(length=12), nullable=False),
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('producer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('order_line_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('buyer_key', sa.String(length=64), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('state', sa.Enum('pending', 'published', 'refused', 'withdrawn', name='reviewstate', native_enum=False, length=32), nullable=False),
    sa.Column('rating', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('shown_as', sa.Enum('name', 'initials', 'province', name='shownas', native_enum=False, length=32), nullable=False),
    sa.Column('author', sa.String(length=120), nullable=False),
    sa.Column('province_code', sa.String(length=2), nullable=True),
    sa.Column('variant_label', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('faults', sa.JSON(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('reports', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('helpful', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reply', sa.Text(), nullable=True),
    sa.Column('reply_language', sa.String(length=2), nullable=True),
    sa.Column('replied_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('is_illustrative', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.CheckConstraint('rating BETWEEN 1 AND 5', name=op.f('ck_reviews_rating')),
    sa.ForeignKeyConstraint(['order_line_id'], ['order_lines.id'], name=op.f('fk_reviews_order_line_id')),
    sa.ForeignKeyConstraint(['producer_id'], ['producers.id'], name=op.f('fk_reviews_producer_id')),
    sa.ForeignKeyConstraint(['product_id'], ['registered_products.id'], name=op.f('fk_reviews_product_id')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_reviews_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reviews')),
    sa.UniqueConstraint('product_id', 'buyer_key', name=op.f('uq_reviews_product_id_buyer_key')),
    sa.UniqueConstraint('public_id', name=op.f('uq_reviews_public_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('reviews', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reviews_buyer_key'), ['buyer_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_reviews_order_line_id'), ['order_line_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_reviews_producer_id'), ['producer_id'], unique=False)
        batch_op.create_index('ix_reviews_product_id_state_created_at', ['product_id', 'state', 'created_at'], unique=False)
        batch_op.create_index('ix_reviews_state_changed_at', ['state', 'changed_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_reviews_user_id'), ['user_id'], unique=False)

    op.create_table('review_photos',
    sa.Column('review_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.String(length=255), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.ForeignKeyConstraint(['review_id'], ['reviews.id'], name=op.f('fk_review_photos_review_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review_photos')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('review_photos', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_review_photos_key'), ['key'], unique=False)
        batch_op.create_index(batch_op.f('ix_review_photos_review_id'), ['review_id'], unique=False)

    # shop/saved
    op.create_table(
        'wish_lists',
        sa.Column('token', sa.String(length=40), nullable=True),
        sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
        sa.CheckConstraint('(token IS NULL) <> (user_id IS NULL)', name=op.f('ck_wish_lists_owner')),
        sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_wish_lists_user_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_wish_lists')),
        sa.UniqueConstraint('token', name=op.f('uq_wish_lists_token')),
        sa.UniqueConstraint('user_id', name=op.f('uq_wish_lists_user_id')),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f('ix_wish_lists_changed_at'), 'wish_lists', ['changed_at'])
    op.create_table(
        'wish_items',
        sa.Column('wish_list_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
        sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
        sa.Column('price', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
        sa.Column('was_in_stock', sa.Boolean(), nullable=False),
        sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(['product_id'], ['registered_products.id'], name=op.f('fk_wish_items_product_id')),
        sa.ForeignKeyConstraint(['wish_list_id'], ['wish_lists.id'], name=op.f('fk_wish_items_wish_list_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_wish_items')),
        sa.UniqueConstraint('wish_list_id', 'product_id', name=op.f('uq_wish_items_wish_list_id_product_id')),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f('ix_wish_items_product_id'), 'wish_items', ['product_id'])

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

    # shop/catalogue: pictures are asked for by key
    op.create_index(op.f('ix_photos_key'), 'photos', ['key'])
    # shop/catalogue: the product page
    with op.batch_alter_table('listings') as batch_op:
        batch_op.add_column(sa.Column('ingredients', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=True))
        batch_op.add_column(sa.Column('usage', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=True))
    op.create_table('lots',
    sa.Column('code', sa.String(length=24), nullable=False),
    sa.Column('listing_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('variant_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.Column('best_before', sa.Date(), nullable=True),
    sa.Column('steps', sa.JSON(), nullable=False),
    sa.Column('is_illustrative', sa.Boolean(), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.CheckConstraint('best_before IS NULL OR best_before >= made_on', name=op.f('ck_lots_dates')),
    sa.ForeignKeyConstraint(['listing_id'], ['listings.id'], name=op.f('fk_lots_listing_id')),
    sa.ForeignKeyConstraint(['variant_id'], ['variants.id'], name=op.f('fk_lots_variant_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lots')),
    sa.UniqueConstraint('code', name=op.f('uq_lots_code')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('lots') as batch_op:
        batch_op.create_index('ix_lots_listing_id_made_on', ['listing_id', 'made_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_lots_variant_id'), ['variant_id'], unique=False)

    # shop/orders: bought together
    op.create_table('companions',
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('other_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('orders', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint('orders > 0', name=op.f('ck_companions_orders')),
    sa.ForeignKeyConstraint(['other_id'], ['registered_products.id'], name=op.f('fk_companions_other_id')),
    sa.ForeignKeyConstraint(['product_id'], ['registered_products.id'], name=op.f('fk_companions_product_id')),
    sa.PrimaryKeyConstraint('product_id', 'other_id', name=op.f('pk_companions'))
    )
    # demonstration: pictures of producers, villages, showrooms
    for table in ('producers', 'villages', 'showrooms'):
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column('photo_key', sa.String(length=255), nullable=True))
    # vendors: who works there and with whom
    op.create_table('producer_people',
    sa.Column('producer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=255), nullable=False),
    sa.Column('role', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('is_illustrative', sa.Boolean(), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.ForeignKeyConstraint(['producer_id'], ['producers.id'], name=op.f('fk_producer_people_producer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_producer_people')),
    sqlite_autoincrement=True
    )
    op.create_index(op.f('ix_producer_people_producer_id'), 'producer_people', ['producer_id'])
    op.create_table('producer_links',
    sa.Column('producer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.Enum('supplier', 'households', 'buyer', name='linkkind', native_enum=False, length=32), nullable=False),
    sa.Column('name', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('commodity', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('since_year', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('is_illustrative', sa.Boolean(), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.ForeignKeyConstraint(['producer_id'], ['producers.id'], name=op.f('fk_producer_links_producer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_producer_links')),
    sqlite_autoincrement=True
    )
    op.create_index(op.f('ix_producer_links_producer_id'), 'producer_links', ['producer_id'])


def downgrade() -> None:
    """Go back, from the last part to the first."""
    # shop/saved
    op.drop_table('wish_items')
    op.drop_table('wish_lists')
    # vendors: who works there and with whom
    op.drop_table('producer_links')
    op.drop_table('producer_people')
    # content
    op.drop_table('gift_items')
    op.drop_table('gift_sets')
    op.drop_table('fairs')
    op.drop_table('stories')

    # shop/orders: bought together
    op.drop_table('companions')

    # shop/catalogue: pictures are asked for by key
    op.drop_index(op.f('ix_photos_key'), table_name='photos')
    # shop/catalogue: the product page
    op.drop_table('lots')
    with op.batch_alter_table('listings') as batch_op:
        batch_op.drop_column('usage')
        batch_op.drop_column('ingredients')

    # foundation: former_slugs
    op.drop_index('ix_former_slugs_kind_owner_id', table_name='former_slugs')
    op.drop_table('former_slugs')
    # shop/reviews
    for table in ('review_photos', 'voice_marks', 'questions', 'reviews'):
        op.drop_table(table)


    # demonstration: pictures of producers, villages, showrooms
    for table in ('showrooms', 'villages', 'producers'):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column('photo_key')
    # shop/catalogue
    with op.batch_alter_table('product_cards') as batch_op:
        batch_op.drop_column('rating_total')
        batch_op.drop_column('rating_count')
