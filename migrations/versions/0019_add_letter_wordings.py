"""Add the office's own words of its letters, proposed by one person and decided by another."""

from alembic import op
import sqlalchemy as sa


revision = '0019'
down_revision = '0018'


def upgrade() -> None:
    op.create_table('letter_wordings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('proposed_by_id', sa.Integer(), nullable=False),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('refusal', sa.Text(), nullable=False),
    sa.CheckConstraint('decided_by_id IS NULL OR decided_by_id <> proposed_by_id', name=op.f('ck_letter_wordings_two_people')),
    sa.CheckConstraint("(status = 'proposed') = (decided_at IS NULL)", name=op.f('ck_letter_wordings_decided_when_dated')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['people.id'], name=op.f('fk_letter_wordings_decided_by_id')),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['people.id'], name=op.f('fk_letter_wordings_proposed_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letter_wordings'))
    )
    op.create_index('ix_letter_wordings_kind', 'letter_wordings', ['kind', 'status', 'id'], unique=False)
    op.create_index('uq_letter_wordings_one_waits', 'letter_wordings', ['kind'], unique=True,
                    sqlite_where=sa.text("status = 'proposed'"), postgresql_where=sa.text("status = 'proposed'"))
    op.create_index('ix_letters_kind', 'letters', ['kind', 'id'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_letters_kind', table_name='letters')
    op.drop_table('letter_wordings')
