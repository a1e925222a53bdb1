"""Add the yearly review of what items keep back, the case an item is a copy of, and the form that drafted it."""

from datetime import date

from alembic import op
import sqlalchemy as sa


revision = '0035'
down_revision = '0034'

OWED = "SELECT id, published_at FROM items WHERE status = 'published' AND withheld <> ''"


def upgrade() -> None:
    op.execute("ALTER TABLE items ADD COLUMN source_case_id INTEGER CONSTRAINT fk_items_source_case_id REFERENCES cases (id)")
    op.add_column('items', sa.Column('form_digest', sa.String(length=64), nullable=True))
    op.add_column('items', sa.Column('review_due_on', sa.Date(), nullable=True))
    op.create_index('ix_items_form_digest', 'items', ['form_digest'], unique=True)
    op.create_index('ix_items_source', 'items', ['source_case_id', 'id'], unique=False)
    op.create_index('ix_items_review', 'items', ['review_due_on', 'id'], unique=False)
    op.create_table('item_reviews',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('done_on', sa.Date(), nullable=False),
    sa.Column('result', sa.String(length=40), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['items.id'], name=op.f('fk_item_reviews_item_id')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_item_reviews_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_item_reviews'))
    )
    op.create_index('ix_item_reviews_item', 'item_reviews', ['item_id', 'id'], unique=False)
    _plan()


def downgrade() -> None:
    op.drop_index('ix_item_reviews_item', table_name='item_reviews')
    op.drop_table('item_reviews')
    op.drop_index('ix_items_review', table_name='items')
    op.drop_index('ix_items_source', table_name='items')
    op.drop_index('ix_items_form_digest', table_name='items')
    for column in ('review_due_on', 'form_digest', 'source_case_id'):
        op.drop_column('items', column)


def _plan() -> None:
    """Let what is kept back already come up a year after it was published."""
    connection = op.get_bind()
    items = sa.table('items', sa.column('id', sa.Integer), sa.column('review_due_on', sa.Date))
    for item_id, published_at in connection.execute(sa.text(OWED)).all():
        day = date.fromisoformat(str(published_at)[:10])
        due = date(day.year + 1, 3, 1) if (day.month, day.day) == (2, 29) else day.replace(year=day.year + 1)
        connection.execute(sa.update(items).where(items.c.id == item_id).values(review_due_on=due))
