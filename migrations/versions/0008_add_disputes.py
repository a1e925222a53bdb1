"""Add reviews and suits with their results, and the handling anew that a decision orders (R63; decision 11)."""

from alembic import op
import sqlalchemy as sa


revision = '0008'
down_revision = '0007'


def upgrade() -> None:
    op.create_table('disputes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('body', sa.String(length=120), nullable=False),
    sa.Column('docket', sa.String(length=80), nullable=False),
    sa.Column('began_on', sa.Date(), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('result', sa.String(length=40), nullable=True),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.Column('decision_no', sa.String(length=80), nullable=False),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('result_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('(result IS NULL) = (decided_on IS NULL)', name=op.f('ck_disputes_decided_when_dated')),
    sa.CheckConstraint('decided_on >= began_on', name=op.f('ck_disputes_decided_after_beginning')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_disputes_case_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['people.id'], name=op.f('fk_disputes_recorded_by_id')),
    sa.ForeignKeyConstraint(['result_by_id'], ['people.id'], name=op.f('fk_disputes_result_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disputes'))
    )
    op.create_index('ix_disputes_case', 'disputes', ['case_id', 'id'], unique=False)
    op.create_index('ix_disputes_table_four', 'disputes', ['began_on', 'kind', 'result', 'decided_on'], unique=False)
    op.create_index('uq_disputes_one_pending', 'disputes', ['case_id'], unique=True, sqlite_where=sa.text('result IS NULL'), postgresql_where=sa.text('result IS NULL'))

    op.create_table('reopenings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('dispute_id', sa.Integer(), nullable=False),
    sa.Column('effective_on', sa.Date(), nullable=False),
    sa.Column('working_days', sa.Integer(), nullable=True),
    sa.Column('answer_by', sa.Date(), nullable=True),
    sa.Column('earlier_status', sa.String(length=40), nullable=False),
    sa.Column('earlier_outcome', sa.String(length=40), nullable=True),
    sa.Column('earlier_answered_on', sa.Date(), nullable=True),
    sa.Column('earlier_closed_on', sa.Date(), nullable=True),
    sa.Column('earlier_reply', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('working_days IS NULL OR answer_by IS NULL', name=op.f('ck_reopenings_one_period')),
    sa.CheckConstraint('working_days > 0', name=op.f('ck_reopenings_some_days')),
    sa.CheckConstraint('answer_by > effective_on', name=op.f('ck_reopenings_some_time')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_reopenings_by_id')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_reopenings_case_id')),
    sa.ForeignKeyConstraint(['dispute_id'], ['disputes.id'], name=op.f('fk_reopenings_dispute_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reopenings')),
    sa.UniqueConstraint('dispute_id', name=op.f('uq_reopenings_dispute_id'))
    )
    op.create_index('ix_reopenings_case', 'reopenings', ['case_id', 'id'], unique=False)

    op.execute(
        "ALTER TABLE reply_files ADD COLUMN reopening_id INTEGER"
        " CONSTRAINT fk_reply_files_reopening_id REFERENCES reopenings (id)"
    )


def downgrade() -> None:
    op.drop_column('reply_files', 'reopening_id')
    op.drop_index('ix_reopenings_case', table_name='reopenings')
    op.drop_table('reopenings')
    op.drop_index('uq_disputes_one_pending', table_name='disputes', sqlite_where=sa.text('result IS NULL'), postgresql_where=sa.text('result IS NULL'))
    op.drop_index('ix_disputes_table_four', table_name='disputes')
    op.drop_index('ix_disputes_case', table_name='disputes')
    op.drop_table('disputes')
