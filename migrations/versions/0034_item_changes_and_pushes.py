"""Add the order of changes of the catalogue, the sites that are told of them, and each push with its receipt."""

from alembic import op
import sqlalchemy as sa


revision = '0034'
down_revision = '0033'

BEFORE = (
    "INSERT INTO item_changes (item_id, kind, at) SELECT id, "
    "CASE WHEN status = 'withdrawn' THEN 'withdrawn' ELSE 'published' END, "
    "CASE WHEN status = 'withdrawn' THEN changed_at ELSE published_at END "
    "FROM items WHERE status <> 'draft' ORDER BY published_at, id"
)


def upgrade() -> None:
    op.create_table('item_changes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['items.id'], name=op.f('fk_item_changes_item_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_item_changes'))
    )
    op.create_index('ix_item_changes_item', 'item_changes', ['item_id', 'id'], unique=False)
    op.create_table('push_targets',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('address', sa.String(length=300), nullable=False),
    sa.Column('site', sa.String(length=200), nullable=False),
    sa.Column('secret_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('added_by_id', sa.Integer(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['added_by_id'], ['people.id'], name=op.f('fk_push_targets_added_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_push_targets'))
    )
    op.create_table('pushes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('target_id', sa.Integer(), nullable=False),
    sa.Column('change_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('next_try_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('claimed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['target_id'], ['push_targets.id'], name=op.f('fk_pushes_target_id')),
    sa.ForeignKeyConstraint(['change_id'], ['item_changes.id'], name=op.f('fk_pushes_change_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pushes')),
    sa.UniqueConstraint('target_id', 'change_id', name='uq_pushes_target_id')
    )
    op.create_index('ix_pushes_due', 'pushes', ['state', 'next_try_at', 'id'], unique=False)
    op.create_index('ix_pushes_change', 'pushes', ['change_id'], unique=False)
    op.execute(BEFORE)


def downgrade() -> None:
    op.drop_index('ix_pushes_change', table_name='pushes')
    op.drop_index('ix_pushes_due', table_name='pushes')
    op.drop_table('pushes')
    op.drop_table('push_targets')
    op.drop_index('ix_item_changes_item', table_name='item_changes')
    op.drop_table('item_changes')
