"""Add what is kept beside an issued letter: sealed scans, proofs of delivery, deliveries that failed (D34)."""

from alembic import op
import sqlalchemy as sa


revision = '0021'
down_revision = '0020'


def upgrade() -> None:
    op.create_table('letter_papers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('letter_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('stored_name', sa.String(length=64), nullable=False),
    sa.Column('original_name', sa.String(length=200), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('added_by_id', sa.Integer(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('size > 0', name=op.f('ck_letter_papers_not_empty')),
    sa.ForeignKeyConstraint(['added_by_id'], ['people.id'], name=op.f('fk_letter_papers_added_by_id')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_letter_papers_case_id')),
    sa.ForeignKeyConstraint(['letter_id'], ['letters.id'], name=op.f('fk_letter_papers_letter_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letter_papers')),
    sa.UniqueConstraint('letter_id', 'kind', 'sha256', name='uq_letter_papers_file'),
    sa.UniqueConstraint('stored_name', name=op.f('uq_letter_papers_stored_name'))
    )
    op.create_index('ix_letter_papers_case', 'letter_papers', ['case_id', 'id'], unique=False)
    op.create_table('failed_deliveries',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('letter_id', sa.Integer(), nullable=False),
    sa.Column('way', sa.String(length=40), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('tracking_number', sa.String(length=40), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_failed_deliveries_case_id')),
    sa.ForeignKeyConstraint(['letter_id'], ['letters.id'], name=op.f('fk_failed_deliveries_letter_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['people.id'], name=op.f('fk_failed_deliveries_recorded_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_failed_deliveries')),
    sa.UniqueConstraint('letter_id', 'on', name='uq_failed_deliveries_day')
    )
    op.create_index('ix_failed_deliveries_case', 'failed_deliveries', ['case_id', 'id'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_failed_deliveries_case', table_name='failed_deliveries')
    op.drop_table('failed_deliveries')
    op.drop_index('ix_letter_papers_case', table_name='letter_papers')
    op.drop_table('letter_papers')
