"""Add what a person writes of the annual report: sections, table two, and verdicts on warnings."""

from alembic import op
import sqlalchemy as sa


revision = '0029'
down_revision = '0028'

TABLES = (
    ('report_texts', 'section', 20, 'text', sa.Text(), 'written'),
    ('report_numbers', 'name', 20, 'value', sa.String(length=20), 'entered'),
    ('report_verdicts', 'key', 200, 'words', sa.Text(), 'judged'),
)


def upgrade() -> None:
    for table, key, length, value, kind, done in TABLES:
        op.create_table(
            table,
            sa.Column('year', sa.Integer(), autoincrement=False, nullable=False),
            sa.Column(key, sa.String(length=length), nullable=False),
            sa.Column(value, kind, nullable=False),
            sa.Column(f'{done}_by_id', sa.Integer(), nullable=False),
            sa.Column(f'{done}_at', sa.DateTime(timezone=True), nullable=False),
            sa.ForeignKeyConstraint([f'{done}_by_id'], ['people.id'], name=op.f(f'fk_{table}_{done}_by_id')),
            sa.PrimaryKeyConstraint('year', key, name=op.f(f'pk_{table}')),
        )


def downgrade() -> None:
    for table, *_ in reversed(TABLES):
        op.drop_table(table)
