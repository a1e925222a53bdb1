"""Add the points that a person gives a department for a year, or takes from it, with the reason."""

from alembic import op
import sqlalchemy as sa


revision = '0030'
down_revision = '0029'


def upgrade() -> None:
    op.create_table('score_adjustments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('department_id', sa.Integer(), nullable=False),
    sa.Column('points', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('given_by_id', sa.Integer(), nullable=False),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('points <> 0', name=op.f('ck_score_adjustments_of_something')),
    sa.ForeignKeyConstraint(['department_id'], ['departments.id'], name=op.f('fk_score_adjustments_department_id')),
    sa.ForeignKeyConstraint(['given_by_id'], ['people.id'], name=op.f('fk_score_adjustments_given_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_score_adjustments'))
    )
    op.create_index('ix_score_adjustments_year', 'score_adjustments', ['year', 'id'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_score_adjustments_year', table_name='score_adjustments')
    op.drop_table('score_adjustments')
