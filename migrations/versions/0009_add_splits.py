"""Add filings that became several cases (分案): what was filed, and which cases came of it."""

from alembic import op
import sqlalchemy as sa


revision = '0009'
down_revision = '0008'


def upgrade() -> None:
    op.create_table('splits',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('first_number', sa.String(length=20), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('document_no', sa.String(length=100), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_splits_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_splits')),
    sa.UniqueConstraint('first_number', name=op.f('uq_splits_first_number'))
    )
    op.execute("ALTER TABLE cases ADD COLUMN split_id INTEGER CONSTRAINT fk_cases_split_id REFERENCES splits (id)")
    op.create_index('ix_cases_split', 'cases', ['split_id', 'id'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_cases_split', table_name='cases')
    op.drop_column('cases', 'split_id')
    op.drop_table('splits')
