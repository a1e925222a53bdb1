"""Add the kinds of letter that a department numbers by a pattern of its own, each a series without gaps (R44)."""

from alembic import op
import sqlalchemy as sa


revision = '0020'
down_revision = '0019'


def upgrade() -> None:
    op.create_table('letter_series',
    sa.Column('department_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('pattern', sa.String(length=80), nullable=False),
    sa.ForeignKeyConstraint(['department_id'], ['departments.id'], name=op.f('fk_letter_series_department_id')),
    sa.PrimaryKeyConstraint('department_id', 'kind', name=op.f('pk_letter_series'))
    )


def downgrade() -> None:
    op.drop_table('letter_series')
