"""Add the catalogue of what is published without being asked for: kinds, items, files, and the index they are found by."""

from alembic import op
import sqlalchemy as sa


revision = '0025'
down_revision = '0024'

SQLITE = (
    "CREATE VIRTUAL TABLE item_entries USING fts5(tokens, tokenize='ascii')",
    "CREATE TRIGGER item_entries_follow AFTER DELETE ON items "
    "BEGIN DELETE FROM item_entries WHERE rowid = old.id; END",
)
POSTGRESQL = (
    "CREATE TABLE item_entries (item_id INTEGER CONSTRAINT pk_item_entries PRIMARY KEY "
    "CONSTRAINT fk_item_entries_item_id REFERENCES items (id) ON DELETE CASCADE, tokens TSVECTOR NOT NULL)",
    "CREATE INDEX ix_item_entries_tokens ON item_entries USING gin (tokens) WITH (fastupdate = off)",
)


def upgrade() -> None:
    op.create_table('item_kinds',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('field_code', sa.String(length=20), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('way', sa.String(length=200), nullable=False),
    sa.Column('supervision', sa.String(length=200), nullable=False),
    sa.Column('number_label', sa.String(length=40), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_item_kinds')),
    sa.UniqueConstraint('code', name=op.f('uq_item_kinds_code'))
    )
    op.create_table('items',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind_id', sa.Integer(), nullable=False),
    sa.Column('field_code', sa.String(length=20), nullable=False),
    sa.Column('department_id', sa.Integer(), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('document_no', sa.String(length=100), nullable=False),
    sa.Column('project_number', sa.String(length=80), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.Column('changed_on', sa.Date(), nullable=True),
    sa.Column('ground', sa.String(length=40), nullable=False),
    sa.Column('withheld', sa.Text(), nullable=False),
    sa.Column('reviewed_by', sa.String(length=60), nullable=False),
    sa.Column('drafted_by_id', sa.Integer(), nullable=False),
    sa.Column('published_by_id', sa.Integer(), nullable=True),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_reason', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(status = 'draft') = (published_at IS NULL)", name=op.f('ck_items_published_when_dated')),
    sa.CheckConstraint("(ground = '') = (withheld = '')", name=op.f('ck_items_withheld_with_ground')),
    sa.ForeignKeyConstraint(['kind_id'], ['item_kinds.id'], name=op.f('fk_items_kind_id')),
    sa.ForeignKeyConstraint(['department_id'], ['departments.id'], name=op.f('fk_items_department_id')),
    sa.ForeignKeyConstraint(['drafted_by_id'], ['people.id'], name=op.f('fk_items_drafted_by_id')),
    sa.ForeignKeyConstraint(['published_by_id'], ['people.id'], name=op.f('fk_items_published_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_items'))
    )
    for name, column in (('department', 'department_id'), ('kind', 'kind_id'), ('field', 'field_code'), ('project', 'project_number')):
        op.create_index(f'ix_items_{name}', 'items', [column, 'status', 'id'], unique=False)
    op.create_index('ix_items_status', 'items', ['status', 'id'], unique=False)
    op.create_table('item_files',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('stored_name', sa.String(length=64), nullable=False),
    sa.Column('original_name', sa.String(length=200), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('size > 0', name=op.f('ck_item_files_not_empty')),
    sa.ForeignKeyConstraint(['item_id'], ['items.id'], name=op.f('fk_item_files_item_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_item_files')),
    sa.UniqueConstraint('stored_name', name=op.f('uq_item_files_stored_name'))
    )
    op.create_index('ix_item_files_item', 'item_files', ['item_id', 'id'], unique=False)
    for statement in SQLITE if op.get_bind().dialect.name == 'sqlite' else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        op.execute("DROP TRIGGER item_entries_follow")
    op.execute("DROP TABLE item_entries")
    op.drop_index('ix_item_files_item', table_name='item_files')
    op.drop_table('item_files')
    for name in ('status', 'project', 'field', 'kind', 'department'):
        op.drop_index(f'ix_items_{name}', table_name='items')
    op.drop_table('items')
    op.drop_table('item_kinds')
