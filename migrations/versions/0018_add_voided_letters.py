"""Add which letters were voided before they left the office, and why; their numbers stay taken (R44)."""

from alembic import op
import sqlalchemy as sa


revision = '0018'
down_revision = '0017'


def upgrade() -> None:
    op.create_table('voided_letters',
    sa.Column('letter_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('voided_by_id', sa.Integer(), nullable=False),
    sa.Column('voided_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['letter_id'], ['letters.id'], name=op.f('fk_voided_letters_letter_id')),
    sa.ForeignKeyConstraint(['voided_by_id'], ['people.id'], name=op.f('fk_voided_letters_voided_by_id')),
    sa.PrimaryKeyConstraint('letter_id', name=op.f('pk_voided_letters'))
    )


def downgrade() -> None:
    op.drop_table('voided_letters')
