"""Add corrections of the annual report by hand, and what departments report of a year's work by a day."""

from alembic import op
import sqlalchemy as sa


revision = '0036'
down_revision = '0035'


def upgrade() -> None:
    op.create_table('report_corrections',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('department_id', sa.Integer(), nullable=True),
    sa.Column('part', sa.String(length=40), nullable=False),
    sa.Column('row', sa.String(length=40), nullable=False),
    sa.Column('column', sa.String(length=40), nullable=False),
    sa.Column('by_how_many', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('corrected_by_id', sa.Integer(), nullable=False),
    sa.Column('corrected_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('by_how_many <> 0', name=op.f('ck_report_corrections_of_something')),
    sa.ForeignKeyConstraint(['department_id'], ['departments.id'], name=op.f('fk_report_corrections_department_id')),
    sa.ForeignKeyConstraint(['corrected_by_id'], ['people.id'], name=op.f('fk_report_corrections_corrected_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_corrections'))
    )
    op.create_index('ix_report_corrections_year', 'report_corrections', ['year', 'id'], unique=False)
    op.create_table('progress_rounds',
    sa.Column('year', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['asked_by_id'], ['people.id'], name=op.f('fk_progress_rounds_asked_by_id')),
    sa.PrimaryKeyConstraint('year', name=op.f('pk_progress_rounds'))
    )
    op.create_table('progress_reports',
    sa.Column('year', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('department_id', sa.Integer(), nullable=False),
    sa.Column('work', sa.Text(), nullable=False),
    sa.Column('trouble', sa.Text(), nullable=False),
    sa.Column('plan', sa.Text(), nullable=False),
    sa.Column('submitted_on', sa.Date(), nullable=False),
    sa.Column('written_by_id', sa.Integer(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['year'], ['progress_rounds.year'], name=op.f('fk_progress_reports_year')),
    sa.ForeignKeyConstraint(['department_id'], ['departments.id'], name=op.f('fk_progress_reports_department_id')),
    sa.ForeignKeyConstraint(['written_by_id'], ['people.id'], name=op.f('fk_progress_reports_written_by_id')),
    sa.PrimaryKeyConstraint('year', 'department_id', name=op.f('pk_progress_reports'))
    )


def downgrade() -> None:
    op.drop_table('progress_reports')
    op.drop_table('progress_rounds')
    op.drop_index('ix_report_corrections_year', table_name='report_corrections')
    op.drop_table('report_corrections')
