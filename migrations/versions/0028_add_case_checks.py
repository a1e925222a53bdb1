"""Add the cases that were drawn at random and looked at, with what was found."""

from alembic import op
import sqlalchemy as sa


revision = '0028'
down_revision = '0027'


def upgrade() -> None:
    op.create_table('case_checks',
    sa.Column('case_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('drawn_by_id', sa.Integer(), nullable=False),
    sa.Column('drawn_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('verdict', sa.String(length=40), nullable=True),
    sa.Column('findings', sa.Text(), nullable=False),
    sa.Column('checked_by_id', sa.Integer(), nullable=True),
    sa.Column('checked_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(verdict IS NULL) = (checked_at IS NULL)", name=op.f('ck_case_checks_checked_when_judged')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_case_checks_case_id')),
    sa.ForeignKeyConstraint(['drawn_by_id'], ['people.id'], name=op.f('fk_case_checks_drawn_by_id')),
    sa.ForeignKeyConstraint(['checked_by_id'], ['people.id'], name=op.f('fk_case_checks_checked_by_id')),
    sa.PrimaryKeyConstraint('case_id', name=op.f('pk_case_checks'))
    )
    op.create_index('ix_case_checks_open', 'case_checks', ['verdict', 'case_id'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_case_checks_open', table_name='case_checks')
    op.drop_table('case_checks')
