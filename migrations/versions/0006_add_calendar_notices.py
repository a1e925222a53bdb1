"""Add the State Council's notices as entered, and the due dates that a change of the calendar moved (L6)."""

from alembic import op
import sqlalchemy as sa


revision = '0006'
down_revision = '0005'


def upgrade() -> None:
    op.create_table('calendar_notices',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=60), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('entered_by_id', sa.Integer(), nullable=True),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['entered_by_id'], ['people.id'], name=op.f('fk_calendar_notices_entered_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calendar_notices'))
    )
    op.create_index('ix_calendar_notices_year', 'calendar_notices', ['year', 'id'], unique=False)

    op.create_table('due_date_changes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('cause', sa.String(length=200), nullable=False),
    sa.Column('local_before', sa.Date(), nullable=True),
    sa.Column('local_after', sa.Date(), nullable=True),
    sa.Column('statutory_before', sa.Date(), nullable=True),
    sa.Column('statutory_after', sa.Date(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_due_date_changes_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_due_date_changes'))
    )
    op.create_index('ix_due_date_changes_case', 'due_date_changes', ['case_id', 'id'], unique=False)

    with op.batch_alter_table('calendar_days') as table:
        table.add_column(sa.Column('notice_year', sa.Integer(), nullable=True))
        table.alter_column('entered_by_id', existing_type=sa.Integer(), nullable=True)
    op.create_index('ix_calendar_days_notice_year', 'calendar_days', ['notice_year'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_calendar_days_notice_year', table_name='calendar_days')
    with op.batch_alter_table('calendar_days') as table:
        table.drop_column('notice_year')
    op.drop_index('ix_due_date_changes_case', table_name='due_date_changes')
    op.drop_table('due_date_changes')
    op.drop_index('ix_calendar_notices_year', table_name='calendar_notices')
    op.drop_table('calendar_notices')
