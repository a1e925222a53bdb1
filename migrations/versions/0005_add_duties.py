"""Add the duties: what must be done on a case by when, each once, with the marks of its reminders."""

from alembic import op
import sqlalchemy as sa


revision = '0005'
down_revision = '0004'


def upgrade() -> None:
    op.create_table('duties',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('ref', sa.Integer(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('done_on', sa.Date(), nullable=True),
    sa.Column('reminded_for', sa.Date(), nullable=True),
    sa.Column('reminded_on', sa.Date(), nullable=True),
    sa.Column('warned_for', sa.Date(), nullable=True),
    sa.Column('warned_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_duties_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_duties')),
    sa.UniqueConstraint('case_id', 'kind', 'ref', name='uq_duties_once')
    )
    op.create_index('ix_duties_open', 'duties', ['due_on', 'id'], unique=False, sqlite_where=sa.text('done_on IS NULL'), postgresql_where=sa.text('done_on IS NULL'))


def downgrade() -> None:
    op.drop_index('ix_duties_open', table_name='duties', sqlite_where=sa.text('done_on IS NULL'), postgresql_where=sa.text('done_on IS NULL'))
    op.drop_table('duties')
