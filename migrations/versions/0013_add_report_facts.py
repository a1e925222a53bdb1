"""Add the row and the day by which a case counts in table three, and the frozen list of what is carried over (R56).

Both are written when a case first ends, and stay when it is handled anew (I6).
"""

from alembic import op
import sqlalchemy as sa


revision = '0013'
down_revision = '0012'


def upgrade() -> None:
    op.execute("ALTER TABLE cases ADD COLUMN report_row VARCHAR(8)")
    op.execute("ALTER TABLE cases ADD COLUMN reported_on DATE")
    op.create_index('ix_cases_received', 'cases', ['received_on', 'id'], unique=False)
    op.create_index('ix_cases_reported', 'cases', ['reported_on', 'id'], unique=False)
    op.create_table('carried_over',
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('frozen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('frozen_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_carried_over_case_id')),
    sa.ForeignKeyConstraint(['frozen_by_id'], ['people.id'], name=op.f('fk_carried_over_frozen_by_id')),
    sa.PrimaryKeyConstraint('year', 'case_id', name=op.f('pk_carried_over'))
    )
    op.create_table('frozen_years',
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('frozen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('frozen_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['frozen_by_id'], ['people.id'], name=op.f('fk_frozen_years_frozen_by_id')),
    sa.PrimaryKeyConstraint('year', name=op.f('pk_frozen_years'))
    )


def downgrade() -> None:
    op.drop_table('frozen_years')
    op.drop_table('carried_over')
    op.drop_index('ix_cases_reported', table_name='cases')
    op.drop_index('ix_cases_received', table_name='cases')
    op.drop_column('cases', 'reported_on')
    op.drop_column('cases', 'report_row')
